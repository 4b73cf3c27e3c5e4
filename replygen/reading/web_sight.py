"""What a web page holds that a browser does not show, by its own styles and its <style> parts.

Style sheets that are files of their own are not there when a page was saved; what only they
hide counts as seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from colorsys import hls_to_rgb
from dataclasses import dataclass, field, replace

from replygen.reading.sight import PAPER, TINY, Colour, count_text, is_same_tone, read_hex
from replygen.reading.xml import Element

_PX = 0.75  # points
_UNITS = {
    "px": _PX,
    "pt": 1.0,
    "in": 72.0,
    "cm": 28.35,
    "mm": 2.835,
    "pc": 12.0,
    "vw": 9.6,
    "vh": 5.4,
}
# 12px, -9999em, 0; a number without a unit is no length unless it is 0 (CSS Values 5.2)
_LENGTH = re.compile(
    r"(-?\d*\.?\d+)\s*(px|pt|in|cm|mm|pc|em|rem|vw|vh|%)|(?<![\w.-])(-?0(?:\.0*)?)()(?![\w.%])",
    re.IGNORECASE,
)
_RGB = re.compile(
    r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)"
)
_HSL = re.compile(
    r"hsla?\(\s*([\d.]+)(?:deg)?[\s,]+([\d.]+)%[\s,]+([\d.]+)%(?:[\s,/]+([\d.]+%?))?\s*\)"
)
# the palest of CSS's named colours, and those that a page's ground usually has
_NAMED = dict(
    row.split()
    for row in (
        "white ffffff|snow fffafa|ivory fffff0|ghostwhite f8f8ff|floralwhite fffaf0|azure f0ffff"
        "|mintcream f5fffa|whitesmoke f5f5f5|aliceblue f0f8ff|seashell fff5ee|honeydew f0fff0"
        "|lavenderblush fff0f5|oldlace fdf5e6|linen faf0e6|cornsilk fff8dc|lightyellow ffffe0"
        "|lightcyan e0ffff|black 000000|red ff0000|blue 0000ff|navy 000080|green 008000"
        "|gray 808080|grey 808080|silver c0c0c0|maroon 800000|yellow ffff00|orange ffa500"
    ).split("|")
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# @media print { … }, @media (max-width: 600px) { … }: not the page on a screen
_OTHER_MEDIA = re.compile(
    r"@media(?!\s*(?:screen|all)\s*\{)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.I
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z][\w-]*|[.#][\w-]+|\*", re.IGNORECASE)
_COMPOUND = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*", re.IGNORECASE)
_RELEVANT = re.compile(
    r"display|visibility|opacity|font|color|background|clip|text-indent|left|top|width|height"
    r"|transform|mso-hide|zoom|visibility|text-fill|margin-left",
    re.IGNORECASE,
)
# rect(0 0 0 0), rect(1px, 1px, 1px, 1px), inset(50%), circle(0)
_CLIPPED = re.compile(
    r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%|circle\(\s*0(?![.\d])"
)
_MOVED = re.compile(r"translate[xy]?\(([^)]*)\)")
_SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0\d*)?\s*[,)]")
_SENTENCE_END = re.compile(r"[。；！？]")
_FAR = -900.0  # points: left of or above every page

_Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of an element looks: ``ink`` and ``ground`` None where they are not known,
    ``size`` in points."""

    ink: Colour | None = (0, 0, 0)
    ground: Colour | None = PAPER
    size: float = 12.0
    visible: bool = True
    indent: float = 0.0

    @property
    def is_seen(self) -> bool:
        """Whether text that looks so can be read."""
        if not self.visible or self.size <= TINY or self.indent < _FAR:
            return False
        return self.ink is None or self.ground is None or not is_same_tone(self.ink, self.ground)


@dataclass(slots=True)
class _Rules:
    """The rules of a page's <style> parts by the last name in their selector."""

    _by_key: dict[str, list[tuple[tuple[str, ...], _Style]]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> _Rules:
        """Return the rules of a page."""
        made = cls()
        for part in root.iter("style"):
            text = _OTHER_MEDIA.sub("", _CSS_COMMENT.sub("", part.text_content() or ""))
            for selectors, body in _RULE.findall(text):
                if _RELEVANT.search(body):
                    for selector in selectors.split(","):
                        made._add(selector.strip(), _read_style(body))
        return made

    def _add(self, selector: str, style: _Style) -> None:
        chain = tuple(selector.replace(">", " ").split())
        if chain and all(_COMPOUND.fullmatch(c) for c in chain):
            key = _SIMPLE.findall(chain[-1])[-1].lower()
            self._by_key.setdefault(key, []).append((chain, style))

    def style_of(self, element: Element) -> _Style:
        """Return what the rules and the element's own style say, the own last."""
        style: _Style = {}
        if self._by_key:
            for key in _keys(element):
                for chain, declared in self._by_key.get(key, ()):
                    if _matches(element, chain):
                        style |= declared
        own = _read_style(element.get("style", ""))
        firm = {
            n: v
            for n, v in style.items()
            if "!important" in v and "!important" not in own.get(n, "")
        }
        return style | own | firm


def cut_unseen(root: Element, shown: Collection[Element] = ()) -> int:
    """Cut what a browser does not show out of the tree, and return how many characters that
    were. A page that shows not one sentence without its scripts is left as it is; so are the
    elements that a click shows (``shown``)."""
    rules = _Rules.of(root)
    hidden: list[tuple[Element, bool]] = []  # element, with all that is in it
    shows = False
    stack: list[tuple[Element, _Look]] = [(root, _Look())]
    while stack:
        element, look = stack.pop()
        if not isinstance(element.tag, str) or element.tag in ("head", "script", "style"):
            continue
        style = rules.style_of(element)
        if _is_gone(element, style) and element not in shown:
            hidden.append((element, True))
            continue
        look = _inherit(look, element, style)
        if look.is_seen:
            own = (element.text, *(child.tail for child in element))
            shows = shows or any(_SENTENCE_END.search(text or "") for text in own)
        else:
            hidden.append((element, False))
        stack += [(child, look) for child in element]
    return _cut(hidden) if shows else 0


def _cut(hidden: list[tuple[Element, bool]]) -> int:
    count = 0
    for element, whole in hidden:
        if whole:
            count += count_text(element.text_content())
            for child in list(element):
                element.remove(child)
        else:
            count += count_text(element.text) + sum(count_text(c.tail) for c in element)
            for child in element:
                child.tail = None
        element.text = None
    return count


def _keys(element: Element) -> Iterator[str]:
    yield "*"
    yield str(element.tag).lower()
    yield from (f".{name.lower()}" for name in element.get("class", "").split())
    if element.get("id"):
        yield f"#{element.get('id').lower()}"


def _matches(element: Element, chain: tuple[str, ...]) -> bool:
    """Return whether an element and those around it answer to the names of a selector."""
    if not _answers(element, chain[-1]):
        return False
    left = list(chain[:-1])
    for around in element.iterancestors():
        if not left:
            break
        if _answers(around, left[-1]):
            left.pop()
    return not left


def _answers(element: Element, compound: str) -> bool:
    keys = set(_keys(element))
    return all(part.lower() in keys for part in _SIMPLE.findall(compound))


def _read_style(text: str) -> _Style:
    """Return the declarations of a style, names and values in lower case."""
    style: _Style = {}
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            style[name.strip().lower()] = value.strip().lower()
    return style


def _is_gone(element: Element, style: _Style) -> bool:
    """Return whether nothing of an element is shown, whatever is in it."""
    if element.tag == "datalist" or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") is not None or style.get("display", "").startswith("none"):
        return True
    if style.get("mso-hide", "").startswith("all") or _is_zero(style.get("opacity")):
        return True
    return _is_clipped(style) or _is_away(style)


def _is_clipped(style: _Style) -> bool:
    clip = style.get("clip", "") + style.get("clip-path", "")
    if _CLIPPED.search(clip) or _SHRUNK.search(style.get("transform", "")):
        return True
    if _is_zero(style.get("zoom")) or style.get("content-visibility") == "hidden":
        return True
    cut = "hidden" in style.get("overflow", "") + style.get("overflow-y", "")
    return cut and any(
        "%" not in style.get(side, "")
        and (size := _points(style.get(side), 12.0)) is not None
        and size <= TINY
        for side in ("height", "max-height", "width", "max-width")
    )


def _is_away(style: _Style) -> bool:
    moved = [style.get("margin-left"), *_MOVED.findall(style.get("transform", ""))]
    if any((by := _points(text, 12.0)) is not None and by < _FAR for text in moved):
        return True
    if not style.get("position", "").startswith(("absolute", "fixed")):
        return False
    places = (_points(style.get(side), 12.0) for side in ("left", "top", "right", "bottom"))
    return any(place is not None and place < _FAR for place in places)


def _inherit(look: _Look, element: Element, style: _Style) -> _Look:
    """Return how the text of an element looks inside one that looks as ``look``."""
    changes: dict[str, object] = {}
    ink = (
        style.get("-webkit-text-fill-color")
        or style.get("color")
        or (element.get("color") if element.tag == "font" else None)
    )
    if ink and not ink.startswith(("inherit", "currentcolor")):
        changes["ink"] = look.ground if _is_clear(ink) else _colour(ink)
    ground = style.get("background-color") or style.get("background") or element.get("bgcolor")
    if element.get("background"):
        changes["ground"] = None  # a picture
    if ground and not _is_clear(ground) and not ground.startswith(("none", "inherit", "initial")):
        changes["ground"] = _colour(ground)
    if (size := _font_size(style, look.size)) is not None:
        changes["size"] = size
    if "visibility" in style:
        changes["visible"] = not style["visibility"].startswith(("hidden", "collapse"))
    if (indent := _points(style.get("text-indent"), look.size)) is not None:
        changes["indent"] = indent
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _font_size(style: _Style, around: float) -> float | None:
    """Return a size in points; ``font: 12px/1.5 宋体`` gives it too."""
    if (size := style.get("font-size")) is not None:
        return _points(size, around)
    font = style.get("font")
    return _points(font, around) if font is not None else None


def _points(text: str | None, around: float) -> float | None:
    """Return a length in points; ``around`` is the size of the type that em and % are of."""
    match = _LENGTH.search(text or "")
    if match is None:
        return None
    if match.group(1) is None:
        return 0.0
    number, unit = float(match.group(1)), match.group(2).lower()
    if unit == "%":
        return number * around / 100
    return number * (around if unit == "em" else 12.0 if unit == "rem" else _UNITS[unit])


def _is_zero(text: str | None) -> bool:
    match = re.match(r"([\d.]+)(%?)", text or "")
    try:
        return match is not None and float(match.group(1)) <= (5 if match.group(2) else 0.05)
    except ValueError:
        return False


def _is_clear(colour: str) -> bool:
    match = _RGB.search(colour) or _HSL.search(colour)
    alpha = match.group(4) if match else None
    return colour.startswith("transparent") or (alpha is not None and _is_zero(alpha))


def _channel(text: str) -> int:
    number = float(text.rstrip("%"))
    return min(255, round(2.55 * number if text.endswith("%") else number))


def _colour(text: str) -> Colour | None:
    """Return the colour that a value begins with; None for pictures, gradients and names that
    are not known."""
    if "url(" in text or "gradient" in text:
        return None
    if match := _RGB.search(text):
        red, green, blue = (_channel(match.group(n)) for n in (1, 2, 3))
        return red, green, blue
    if match := _HSL.search(text):
        hue, full, light = (float(match.group(n)) for n in (1, 2, 3))
        mixed = hls_to_rgb(hue / 360 % 1, min(light, 100) / 100, min(full, 100) / 100)
        red, green, blue = (round(255 * part) for part in mixed)
        return red, green, blue
    first = text.split()[0].lower() if text.split() else ""
    first = first.replace("!important", "")
    return read_hex(_NAMED.get(first)) or (
        read_hex(first) if first[:1] == "#" or len(first) == 6 else None
    )

"""What a Word file holds that its page does not show: hidden, white and tiny runs, rows and
boxes without height, boxes off the page.

Fonts, pictures behind the text and themes are not looked at: text that stands on a ground
which is not said counts as seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from replygen.reading.numbering import W
from replygen.reading.sight import PAPER, TINY, Colour, is_same_tone, read_hex
from replygen.reading.styles import Styles, is_on
from replygen.reading.xml import Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TAGS = frozenset(
    {f"{W}{tag}" for tag in ("vanish", "color", "sz", "w", "spacing", "shd", "highlight")}
    | {f"{_W14}textFill"}
)
_POINT = 12_700  # EMU; a twip is a twentieth of a point
_FAR = 12_000_000  # EMU, 33 cm: more than an A4 page is high
_WIDE = 11_906  # twips, 21 cm
_ON_ANOTHER = 0.9  # of a character's width that the next one is moved back
_PAPER_THEMES = ("background1", "light1")
_NARROW = 10  # per cent of a character's width
_ALPHA = 90_000  # thousandths of a per cent of transparency
_HIDDEN_STYLE = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)
# Word's colours for marking text (ECMA-376-1 17.18.40)
_HIGHLIGHTS = dict(
    row.split()
    for row in (
        "black 000000|blue 0000FF|cyan 00FFFF|green 00FF00|magenta FF00FF|red FF0000"
        "|yellow FFFF00|white FFFFFF|darkBlue 000080|darkCyan 008080|darkGreen 008000"
        "|darkMagenta 800080|darkRed 800000|darkYellow 808000|darkGray 808080|lightGray C0C0C0"
    ).split("|")
)

_Look = dict[str, Element]


@dataclass(slots=True)
class Sight:
    """Tells the runs and drawings of one document that its page does not show."""

    styles: Styles
    _looks: dict[str, _Look] = field(default_factory=dict)

    def hides_run(self, run: Element, paragraph: Element | None) -> bool:
        """Return whether a run's text is not seen."""
        own = paragraph.find(f"{W}pPr") if paragraph is not None else None
        look = self._look(own, run.find(f"{W}rPr"))
        if look and (_is_hidden(look) or self._is_paper(look, own, run)):
            return True
        return own is not None and (
            _is_flat(own.find(f"{W}spacing")) or _is_beside(own.find(f"{W}ind"))
        )

    def _look(self, own: Element | None, direct: Element | None) -> _Look:
        """Return what is set for a run: by itself, its style, its paragraph's, the default."""
        named = self.styles.paragraph_style(own)
        look = self._looks.get(named)
        if look is None:
            look = self._looks[named] = _merge(self.styles.run_properties(named))
        if direct is None:
            return look
        style = direct.find(f"{W}rStyle")
        if style is not None:
            look = look | _merge(self.styles.run_properties(style.get(f"{W}val", ""), base=False))
        return look | {child.tag: child for child in direct if child.tag in _TAGS}

    def _is_paper(self, look: _Look, own: Element | None, run: Element) -> bool:
        """Return whether the type has the colour of what it stands on."""
        colour = look.get(f"{W}color")
        ink = _ink(colour) if colour is not None else None
        if ink is None:
            return False
        ground = next(self._grounds(look, own, run))
        return ground is not None and is_same_tone(ink, ground)

    def _grounds(self, look: _Look, own: Element | None, run: Element) -> Iterator[Colour | None]:
        """Yield what a run stands on, the nearest first; None where it is not known."""
        if (mark := look.get(f"{W}highlight")) is not None and mark.get(f"{W}val") != "none":
            yield read_hex(_HIGHLIGHTS.get(mark.get(f"{W}val", "")))
        for shade in (look.get(f"{W}shd"), _shade(own), *self.styles.shades(own)):
            if shade is not None and (fill := _fill(shade)) is not None:
                yield fill
        for around in run.iterancestors():
            if around.tag == f"{W}tc":
                shade = around.find(f"{W}tcPr/{W}shd")
                if shade is not None and (fill := _fill(shade)) is not None:
                    yield fill
            elif around.tag == f"{W}tbl" and self.styles.table_is_shaded(around):
                yield None
            elif around.tag == f"{_WPS}wsp":
                yield from _box_fill(around)
            elif around.tag.endswith("}shape") and around.get("fillcolor"):
                yield read_hex(around.get("fillcolor"))
        yield PAPER


def hides_row(row: Element) -> bool:
    """Return whether a table's row is hidden or has no height."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    height = properties.find(f"{W}trHeight")
    return is_on(properties.find(f"{W}hidden")) or (
        height is not None
        and height.get(f"{W}hRule") == "exact"
        and _number(height.get(f"{W}val"), 999) <= 20 * TINY
    )


def hides_box(box: Element) -> bool:
    """Return whether the drawing that a text box is in is hidden, has no size or lies off
    the page."""
    for around in box.iterancestors():
        if around.tag in (f"{_WP}anchor", f"{_WP}inline"):
            return _is_off(around)
        if around.tag.endswith("}shape") and _HIDDEN_STYLE.search(around.get("style", "")):
            return True
        if around.tag == f"{W}p":
            return False
    return False


def hides_frame(paragraph: Element) -> bool:
    """Return whether a paragraph stands in a frame off the page."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    places = (frame.get(f"{W}x"), frame.get(f"{W}y")) if frame is not None else ()
    return any(abs(_number(p, 0)) * _POINT / 20 > _FAR for p in places)


def _is_off(drawing: Element) -> bool:
    named, extent = drawing.find(f"{_WP}docPr"), drawing.find(f"{_WP}extent")
    if named is not None and named.get("hidden") in ("1", "true"):
        return True
    if extent is not None and any(
        _number(extent.get(side), _FAR) <= TINY * _POINT for side in ("cx", "cy")
    ):
        return True
    return any(abs(_number(at.text, 0)) > _FAR for at in drawing.iter(f"{_WP}posOffset"))


def _is_hidden(look: _Look) -> bool:
    if is_on(look.get(f"{W}vanish")):
        return True
    size, wide = look.get(f"{W}sz"), look.get(f"{W}w")
    if size is not None and 0 < _number(size.get(f"{W}val"), 99) <= 2 * TINY:
        return True
    gap = look.get(f"{W}spacing")  # in twips, where sizes are half points
    own = _number(size.get(f"{W}val"), 21) if size is not None else 21
    if gap is not None and _number(gap.get(f"{W}val"), 0) <= -_ON_ANOTHER * 10 * own:
        return True
    if wide is not None and 0 < _number(wide.get(f"{W}val"), 100) <= _NARROW:
        return True
    fill = look.get(f"{_W14}textFill")
    if fill is None:
        return False
    alphas = fill.iter(f"{_W14}alpha")
    clear = any(_number(a.get(f"{_W14}val"), 0) >= _ALPHA for a in alphas)
    return fill.find(f"{_W14}noFill") is not None or clear


def _ink(colour: Element) -> Colour | None:
    """Return a run's colour: the theme's, where it has that, is what Word shows."""
    mixed = colour.get(f"{W}themeShade") or colour.get(f"{W}themeTint")
    if colour.get(f"{W}themeColor") in _PAPER_THEMES and not mixed:
        return PAPER
    return read_hex(colour.get(f"{W}val"))


def _is_beside(indent: Element | None) -> bool:
    """Return whether a paragraph is moved off a page as wide as A4 (in twips)."""
    if indent is None:
        return False
    sides = ("left", "start", "firstLine")
    return any(_number(indent.get(f"{W}{side}"), 0) >= _WIDE for side in sides)


def _is_flat(spacing: Element | None) -> bool:
    """Return whether a paragraph's lines are cut to less than type can be (in twips)."""
    return (
        spacing is not None
        and spacing.get(f"{W}lineRule") == "exact"
        and 0 < _number(spacing.get(f"{W}line"), 999) <= 20 * TINY
    )


def _shade(own: Element | None) -> Element | None:
    return own.find(f"{W}shd") if own is not None else None


def _fill(shade: Element) -> Colour | None:
    """Return a shade's colour; None for ``auto``, which lets through what is below."""
    if shade.get(f"{W}val") == "solid":
        return read_hex(shade.get(f"{W}color"))
    return read_hex(shade.get(f"{W}fill"))


def _box_fill(shape: Element) -> Iterator[Colour | None]:
    properties = shape.find(f"{_WPS}spPr")
    for fill in properties if properties is not None else ():
        if fill.tag == f"{_A}solidFill":
            named = fill.find(f"{_A}srgbClr")
            yield read_hex(named.get("val")) if named is not None else None
        elif fill.tag in (f"{_A}gradFill", f"{_A}blipFill", f"{_A}pattFill"):
            yield None


def _merge(properties: Iterator[Element]) -> _Look:
    """Return the looks of a chain whose nearest comes first."""
    look: _Look = {}
    for found in properties:
        for child in found:
            if child.tag in _TAGS:
                look.setdefault(child.tag, child)
    return look


def _number(text: str | None, missing: float) -> float:
    try:
        return float(text) if text is not None else missing
    except ValueError:
        return missing

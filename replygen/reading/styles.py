"""What a Word file's styles say of a paragraph: heading, bold, place in a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from replygen.reading.numbering import W
from replygen.reading.xml import Element

# Style names in English and Chinese Word and in WPS: heading 1, 标题 1, Title, Subtitle.
_HEADING_NAMES = ("heading", "标题", "title", "subtitle", "副标题")


def is_on(toggle: Element | None) -> bool:
    """Return a toggle's value (ECMA-376-1 17.17.4): there and not switched off."""
    return toggle is not None and toggle.get(f"{W}val", "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Styles:
    """The styles of one document by id, with what they inherit."""

    _by_id: dict[str, Element] = field(default_factory=dict)
    _default: str = ""
    _all: Element | None = None

    @classmethod
    def from_xml(cls, root: Element | None) -> Styles:
        """Return the styles of styles.xml; none without that part."""
        made = cls()
        for style in root.findall(f"{W}style") if root is not None else ():
            made._by_id[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and is_on_attribute(style):
                made._default = style.get(f"{W}styleId", "")
        if root is not None:
            made._all = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return made

    def _chain(self, style: str) -> Iterator[Element]:
        """Yield a style and what it is based on, a loop cut."""
        seen: set[str] = set()
        while style in self._by_id and style not in seen:
            seen.add(style)
            element = self._by_id[style]
            yield element
            based = element.find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""

    def paragraph_style(self, properties: Element | None) -> str:
        """Return the id of a paragraph's style, its own or the default."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        return named.get(f"{W}val", "") if named is not None else self._default

    def _paragraph_chain(self, properties: Element | None) -> Iterator[Element]:
        return self._chain(self.paragraph_style(properties))

    def run_properties(self, style: str, *, base: bool = True) -> Iterator[Element]:
        """Yield what a style and those below it say of characters, the nearest first; with
        ``base`` also what holds for the whole document."""
        for element in self._chain(style):
            if (found := element.find(f"{W}rPr")) is not None:
                yield found
        if base and self._all is not None:
            yield self._all

    def shades(self, properties: Element | None) -> Iterator[Element]:
        """Yield the shades that a paragraph's style lays behind it, the nearest first."""
        for style in self._paragraph_chain(properties):
            if (found := style.find(f"{W}pPr/{W}shd")) is not None:
                yield found

    def table_is_shaded(self, table: Element) -> bool:
        """Return whether a table's style shades any of its cells."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        chain = self._chain(named.get(f"{W}val", "")) if named is not None else ()
        return any(any(True for _ in style.iter(f"{W}shd")) for style in chain)

    def paragraph_is_bold(self, properties: Element | None) -> bool:
        """Return whether the paragraph's style makes its text bold."""
        for style in self._paragraph_chain(properties):
            toggle = style.find(f"{W}rPr/{W}b")
            if toggle is not None:
                return is_on(toggle)
        return False

    def run_is_bold(self, properties: Element, inherited: bool) -> bool:
        """Return whether a run is bold: by itself, by its style, or by its paragraph."""
        toggle = properties.find(f"{W}b")
        if toggle is not None:
            return is_on(toggle)
        named = properties.find(f"{W}rStyle")
        for style in self._chain(named.get(f"{W}val", "")) if named is not None else ():
            toggle = style.find(f"{W}rPr/{W}b")
            if toggle is not None:
                return is_on(toggle)
        return inherited

    def is_heading(self, properties: Element | None) -> bool:
        """Return whether the paragraph is a heading by style name or outline level."""
        own = properties.find(f"{W}outlineLvl") if properties is not None else None
        if own is not None:
            return _is_outline(own)
        for style in self._paragraph_chain(properties):
            name = style.find(f"{W}name")
            if name is not None and name.get(f"{W}val", "").lower().startswith(_HEADING_NAMES):
                return True
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return _is_outline(level)
        return False

    def list_place(self, properties: Element | None) -> tuple[str, int] | None:
        """Return (list id, depth from 0) of a numbered paragraph, its own or its style's."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        places = [own] if own is not None else []
        places += [
            p
            for style in self._paragraph_chain(properties)
            if (p := style.find(f"{W}pPr/{W}numPr")) is not None
        ]
        num: str | None = None
        depth: str | None = None
        for place in places:
            num = num if num is not None else _value(place, "numId")
            depth = depth if depth is not None else _value(place, "ilvl")
        if num is None or num == "0":
            return None
        return num, int(depth) if depth is not None and depth.isdigit() else 0


def is_on_attribute(style: Element) -> bool:
    """Return whether a style is its type's default."""
    return style.get(f"{W}default", "0") in ("1", "true", "on")


def _value(parent: Element, tag: str) -> str | None:
    found = parent.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val")


def _is_outline(level: Element) -> bool:
    value = level.get(f"{W}val", "9")
    return value.isdigit() and int(value) < 9

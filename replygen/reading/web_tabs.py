"""Tabs of a web page: panes that a click shows, each with the words of its tab above it; terms
with what they say (dl) as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from replygen.reading.xml import Element

_CLICKS = ("onclick", "onmouseover", "onmouseenter", "data-toggle", "data-target", "aria-controls")
_NUMBERED = re.compile(r"^(.*?)\d+(\D*)$")
_HIDES = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_TAB, _LONGEST_TERM = 12, 12
_BLOCKS = "p div table ul ol dl br h1 h2 h3 h4 h5 h6 pre section".split()
# how the pages of portals and their libraries name the list of tabs and its panes
_TAB_NAME = re.compile(r"(?:^|[\W_])tabs?(?:$|[\W_\d])|tab[-_]|[-_]tab|qiehuan", re.IGNORECASE)


def find_tab_panes(root: Element) -> dict[Element, Element]:
    """Return the panes of the page's tabs with the tab of each: siblings as many as the tabs
    in one list above them. Each is shown by a click on its tab, so all are seen."""
    lists = [tabs for element in root.iter() if (tabs := _read_tabs(element))]
    panes: dict[Element, Element] = {}
    for element in root.iter() if lists else ():
        for group in _groups(element):
            tabs = next((t for t in lists if len(t) == len(group)), ())
            if tabs and not set(tabs) & set(group) and not all(map(_is_hidden, group)):
                panes |= dict(zip(group, tabs, strict=True))
    return panes


def head_panes(panes: dict[Element, Element]) -> None:
    """Put the words of each tab above its pane, and take the list of tabs away."""
    for pane, tab in panes.items():
        words = " ".join(tab.text_content().split())
        head = pane.makeelement("h4", {})
        head.text, head.tail, pane.text = words, pane.text, None
        pane.insert(0, head)
        tab.text = None
        for child in list(tab):
            tab.remove(child)


def join_terms(root: Element) -> None:
    """Write a term and its short definition as one line: <dt>提案编号</dt><dd>0233</dd>."""
    for term in list(root.iter("dt")):
        said = term.getnext()
        name = "".join(term.text_content().split()).rstrip("：:")
        if said is None or said.tag != "dd" or not 1 < len(name) <= _LONGEST_TERM:
            continue
        if next(said.iter(*_BLOCKS), None) is not None or not said.text_content().strip():
            continue
        said.text = f"{name}：{(said.text or '').lstrip()}"
        parent = term.getparent()
        if parent is not None:
            parent.remove(term)


def _read_tabs(element: Element) -> Sequence[Element]:
    """The tabs that an element lists: two or more short children, each to be clicked on."""
    children = [c for c in element if isinstance(c.tag, str)]
    named = bool(_TAB_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"))
    if len(children) < 2 or len({c.tag for c in children}) > 1:
        return ()
    if not (named or all(map(_is_clicked, children))):
        return ()
    short = all(0 < len(c.text_content().strip()) <= _LONGEST_TAB for c in children)
    return children if short else ()


def _is_clicked(element: Element) -> bool:
    """Whether a click on an element, or on the link in it, shows something of this page."""
    return any(
        any(e.get(name) for name in _CLICKS)
        or e.get("role") == "tab"
        or (e.get("href") or "").startswith("#")
        for e in (element, *element[:1])
        if isinstance(e.tag, str)
    )


def _is_hidden(pane: Element) -> bool:
    """Whether a pane hides itself; of a page's panes one is shown at first."""
    return pane.get("hidden") is not None or bool(_HIDES.search(pane.get("style", "")))


def _groups(element: Element) -> Iterator[Sequence[Element]]:
    """The groups of children that are panes by their names: t0, t1 or all of one class."""
    groups: dict[tuple[str, ...], list[Element]] = {}
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("li", "a", "span", "td"):
            continue
        numbered = _NUMBERED.match(child.get("id", ""))
        name = numbered.groups() if numbered else (child.get("class", "").split() or [""])[:1]
        if any(name):
            groups.setdefault((child.tag, *name), []).append(child)
    yield from (group for group in groups.values() if len(group) > 1)

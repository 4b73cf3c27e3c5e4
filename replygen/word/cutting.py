"""Cut the runs of a paragraph, so that a stretch of its text stands in runs of its own."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from replygen.word.reader import read_pieces

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def cut_runs(paragraph: BaseOxmlElement, start: int, end: int) -> list[BaseOxmlElement]:
    """Return the w:r elements that hold the characters start..end of a w:p and nothing else,
    in order; runs that held more were cut in two, each with the look of the whole."""
    for place in (end, start):
        _cut_at(paragraph, place)
    runs: list[BaseOxmlElement] = []
    position = 0
    for element, text in read_pieces(paragraph):
        low, position = position, position + len(text)
        run = element.getparent()
        if start <= low and position <= end and text and run.tag == f"{_W}r" and run not in runs:
            runs.append(run)
    return runs


def _cut_at(paragraph: BaseOxmlElement, place: int) -> None:
    """Make a run end before the character ``place``."""
    position = 0
    for element, text in list(read_pieces(paragraph)):
        low, position = position, position + len(text)
        run = element.getparent()
        if not low <= place < position or run.tag != f"{_W}r":
            continue
        if place > low:
            element.addnext(_cut_text(element, place - low))
            element = element.getnext()
        _move_rest(run, element)
        return


def _cut_text(element: BaseOxmlElement, at: int) -> BaseOxmlElement:
    """Cut a w:t in two; return the second, not yet in its place."""
    text = element.text or ""
    rest = deepcopy(element)
    element.text, rest.text = text[:at], text[at:]
    for part in (element, rest):
        part.set(_SPACE, "preserve")
    return rest


def _move_rest(run: BaseOxmlElement, first: BaseOxmlElement) -> None:
    """Move ``first`` and what follows it in its run into a new run behind."""
    properties = run.find(f"{_W}rPr")
    before = [e for e in run if e is not properties]
    at = before.index(first)
    if at == 0:
        return
    rest = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    if properties is not None:
        rest.append(deepcopy(properties))
    for element in before[at:]:
        rest.append(element)
    run.addnext(rest)

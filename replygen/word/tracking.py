"""Make edits in a .docx as tracked changes (w:ins, w:del): whoever opens it accepts or
rejects each in Word or WPS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timezone
from difflib import SequenceMatcher
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.checking import Edit, apply_edits
from replygen.word.comments import AUTHOR
from replygen.word.cutting import cut_runs
from replygen.word.editing import edit_draft, save_docx
from replygen.word.provenance import attach_draft, detach_drafts, find_draft
from replygen.word.reader import list_paragraphs, open_docx, read_pieces, read_text

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def track_docx(path: Path, output: Path, rounds: Sequence[Sequence[Edit]]) -> Path:
    """Return ``output``, where the file now lies with the edits as tracked changes; what it
    says with all of them accepted is what :func:`replygen.word.edit_docx` makes of it, and
    the draft in the data part is that one's. Raises ReadError, ExportError."""
    document = open_docx(path)
    package = document.part.package
    draft = find_draft(package, name=str(path)) if package is not None else None
    paragraphs = list_paragraphs(document.element.body)
    texts = tuple(read_text(p) for p in paragraphs)
    for edits in rounds:
        draft = None if draft is None else edit_draft(draft, texts, edits)
        texts = tuple(
            apply_edits(text, [e for e in edits if e.paragraph == n])
            for n, text in enumerate(texts)
        )
    numbers = count(_last_number(document.element.body) + 1)
    for paragraph, text in zip(paragraphs, texts, strict=True):
        for start, end, new in _differences(read_text(paragraph), text):
            _track(paragraph, start, end, new, numbers)
    if draft is not None:
        detach_drafts(document)
        attach_draft(document, draft)
    return save_docx(document, output)


def _differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return what becomes of ``old``, the last place first: (start, end, what stands there)."""
    if old == new:
        return []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, new[c:d]) for kind, a, b, c, d in reversed(steps) if kind != "equal"]


def _track(
    paragraph: BaseOxmlElement, start: int, end: int, new: str, numbers: Iterator[int]
) -> None:
    """Mark the characters start..end as deleted and ``new`` as inserted behind them."""
    runs = cut_runs(paragraph, start, end)
    last = runs[-1] if runs else _run_before(paragraph, start)
    if new:
        inserted = _change(paragraph, "ins", numbers)
        inserted.append(_make_run(paragraph, last, new))
        if last is not None:
            last.addnext(inserted)
        else:
            _append_first(paragraph, inserted)
    for run in runs:
        deleted = _change(paragraph, "del", numbers)
        run.addprevious(deleted)
        deleted.append(run)
        for text in list(run.iter(f"{_W}t")):
            text.tag = f"{_W}delText"
            text.set(_SPACE, "preserve")


def _run_before(paragraph: BaseOxmlElement, place: int) -> BaseOxmlElement | None:
    """The run that ends at ``place``; ``None`` at the paragraph's beginning."""
    cut_runs(paragraph, place, place)
    found, position = None, 0
    for element, text in read_pieces(paragraph):
        position += len(text)
        if position > place:
            break
        found = element.getparent()
    return found


def _append_first(paragraph: BaseOxmlElement, element: BaseOxmlElement) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is not None:
        properties.addnext(element)
    else:
        paragraph.insert(0, element)


def _make_run(
    paragraph: BaseOxmlElement, like: BaseOxmlElement | None, text: str
) -> BaseOxmlElement:
    """A run with ``text``, with the look of ``like`` or of the paragraph's first run."""
    like = paragraph.find(f".//{_W}r") if like is None else like
    run: BaseOxmlElement = paragraph.makeelement(f"{_W}r", {}, nsmap=paragraph.nsmap)
    properties = None if like is None else like.find(f"{_W}rPr")
    if properties is not None:
        run.append(deepcopy(properties))
    holder = run.makeelement(f"{_W}t", {_SPACE: "preserve"}, nsmap=run.nsmap)
    holder.text = text
    run.append(holder)
    return run


def _change(paragraph: BaseOxmlElement, kind: str, numbers: Iterator[int]) -> BaseOxmlElement:
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {f"{_W}id": str(next(numbers)), f"{_W}author": AUTHOR, f"{_W}date": now}
    change: BaseOxmlElement = paragraph.makeelement(f"{_W}{kind}", said, nsmap=paragraph.nsmap)
    return change


def _last_number(body: BaseOxmlElement) -> int:
    """The highest number of a tracked change that the file has already."""
    marks = (e for kind in ("ins", "del", "moveFrom", "moveTo") for e in body.iter(f"{_W}{kind}"))
    numbers = [int(n) for e in marks if (n := e.get(f"{_W}id") or "").isdigit()]
    return max(numbers, default=0)

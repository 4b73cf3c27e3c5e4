"""Write what a check found into the .docx itself: each finding a Word comment at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.models import Finding, Remark
from replygen.word.comments import (
    AUTHOR,
    DECIDED,
    SOURCE,
    SOURCE_AUTHOR,
    describe_finding,
    describe_remark,
    is_of_finding,
)
from replygen.word.confirming import ALIKE, CONFIRM, find_anchors, read_anchors
from replygen.word.cutting import cut_runs
from replygen.word.editing import save_docx
from replygen.word.placing import find_title
from replygen.word.provenance import find_draft
from replygen.word.reader import list_paragraphs, open_docx, read_text

if TYPE_CHECKING:
    from docx.comments import Comment
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INITIALS = "rg"  # of every comment that a program wrote, whoever its author is
_ASKED = "promise.unconfirmed"  # the finding that a comment of the draft asks about already
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def comment_docx(
    path: Path,
    output: Path,
    findings: Sequence[Finding],
    *,
    author: str = AUTHOR,
    remark: Remark | None = None,
    sources: bool = True,
) -> Path:
    """Return ``output``, where the file now lies with a comment of ``author`` for each finding
    at the words it is about. What stands in no comment's reach (a header, a text box) is told at
    the first line, what is on the whole paper at its title; before all else the reviewer's
    ``remark`` on the paper at the first line, by him. A commitment that a comment asks about
    already gets none that asks again, only what was decided on it. Comments of an earlier
    check go, and those on sentences that are written otherwise now, or without ``sources`` on
    all of them; all others stay, what a sentence rests on under a name of its own. Raises
    ReadError, ExportError."""
    document = open_docx(path)
    _drop_old(document, sources=sources)
    body = list_paragraphs(document.element.body)
    cells = _list_cells(document.element.body, body)
    first = next((p for p in body if read_text(p).strip()), None)
    first = first if first is not None else _add_paragraph(document)
    title = find_title([read_text(p) for p in body])
    top = body[title] if title is not None else first
    if remark is not None:
        _add_comment(document, *_whole(first), describe_remark(remark), remark.by)
    for finding in findings:
        told = _tell_decision(finding) if _is_asked(document, finding) else _tell(finding)
        if told:
            place = _find_place(finding, body, cells)
            whole = top if finding.where is None else first
            _add_comment(document, *(place or _whole(whole)), told, author)
    return save_docx(document, output)


def texts_to_docx(texts: Sequence[str], output: Path) -> Path:
    """Return ``output``, a plain .docx with a paragraph for each text: what a draft in .txt or
    .md becomes before it can be commented. Raises ExportError."""
    import docx

    document = docx.Document()
    for text in texts:
        document.add_paragraph(_NOT_XML.sub("\ufffd", text))
    return save_docx(document, output)


def _find_place(
    finding: Finding, body: Sequence[BaseOxmlElement], cells: Sequence[BaseOxmlElement]
) -> tuple[BaseOxmlElement, int, int] | None:
    """The paragraph and the span a finding is about; ``None`` where no comment can stand."""
    where = finding.where
    if where is None or where.part != "body":
        return None
    if where.paragraph < len(body):
        paragraph = body[where.paragraph]
        length = len(read_text(paragraph))
        start, end = max(where.start, 0), min(where.end, length)
        return (paragraph, start, end) if start < end else _whole(paragraph)
    for cell in cells:
        at = read_text(cell).find(where.text) if where.text else -1
        if at >= 0:
            return cell, at, at + len(where.text)
    return None


def _is_asked(document: Document, finding: Finding) -> bool:
    """True where a comment of the draft asks about what was found."""
    if finding.rule != _ASKED or finding.where is None:
        return False
    words = finding.where.text.strip()
    return any(words and words in anchor.text for anchor in find_anchors(document))


def _tell_decision(finding: Finding) -> str:
    """What a reviewer decided on a finding, "" where nobody did."""
    decided = finding.message.partition("〔")[2].removesuffix("〕")
    return f"{DECIDED}{decided}" if decided else ""


def _find_outlived(document: Document, ids: set[str]) -> set[str]:
    """Return which of the comments on a sentence's source stand at other words than any
    sentence of the draft that the file came from."""
    from rapidfuzz.fuzz import ratio

    package = document.part.package
    draft = find_draft(package, name="") if package is not None else None
    if draft is None:
        return set()
    texts = {s.text.strip() for block in draft.blocks for s in block.sentences} - {""}
    return {
        a.id
        for a in read_anchors(document, ids)
        if a.text.strip() not in texts
        and max((ratio(a.text.strip(), text) for text in texts), default=0.0) < ALIKE
    }


def _whole(paragraph: BaseOxmlElement) -> tuple[BaseOxmlElement, int, int]:
    return paragraph, 0, len(read_text(paragraph))


def _list_cells(
    root: BaseOxmlElement, body: Sequence[BaseOxmlElement]
) -> tuple[BaseOxmlElement, ...]:
    """The paragraphs of tables; Word allows no comment in a text box."""
    known = set(map(id, body))
    boxed = {id(p) for box in root.iter(f"{_W}txbxContent") for p in box.iter(f"{_W}p")}
    return tuple(p for p in root.iter(f"{_W}p") if id(p) not in known and id(p) not in boxed)


def _add_paragraph(document: Document) -> BaseOxmlElement:
    return document.add_paragraph()._p


def _add_comment(
    document: Document,
    paragraph: BaseOxmlElement,
    start: int,
    end: int,
    told: str,
    author: str,
) -> None:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    holder = Paragraph(paragraph, document._body)
    runs = [Run(r, holder) for r in cut_runs(paragraph, start, end)] or [holder.add_run()]
    text = _NOT_XML.sub("\ufffd", told)
    document.add_comment(runs, text=text, author=author, initials=_INITIALS)


def _tell(finding: Finding) -> str:
    """The comment's text; what stands elsewhere says where."""
    where = finding.where
    told = describe_finding(finding)
    if where is None or where.part == "body":
        return told
    return f"{where.place}“{where.text}”\n{told}"


def _sign_sources(ours: Sequence[Comment]) -> None:
    """Put what sentences rest on under its name, also where it was written under another."""
    for comment in ours:
        if comment.text.startswith((SOURCE, CONFIRM)):
            comment.author = SOURCE_AUTHOR


def _drop_old(document: Document, *, sources: bool) -> None:
    """Take away the comments that an earlier check or our own export left on findings, and
    those on sentences of ours that are not in the text any more, without ``sources`` on any; a
    question stays, or it would count as answered."""
    ours = [c for c in document.comments if c.initials == _INITIALS]
    _sign_sources(ours)
    for comment in ours:
        for paragraph in comment.paragraphs:
            if comment.text.startswith(CONFIRM) and paragraph.text.startswith(DECIDED):
                paragraph._p.getparent().remove(paragraph._p)
    old = {str(c.comment_id) for c in ours if is_of_finding(c.text)}
    told = {str(c.comment_id) for c in ours if c.text.startswith(SOURCE)}
    old |= _find_outlived(document, told) if sources else told
    if not old:
        return
    for mark in [e for kind in _MARKS for e in document.element.body.iter(f"{_W}{kind}")]:
        if mark.get(f"{_W}id") not in old:
            continue
        run, holder = mark.getparent(), mark
        if mark.tag.endswith("Reference") and run.tag == f"{_W}r":
            holder, run = run, run.getparent()
        run.remove(holder)
    for element in list(document.part._comments_part.element):
        if element.get(f"{_W}id") in old:
            element.getparent().remove(element)

"""Write what a check found into the .docx itself: each finding a Word comment at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.models import Finding
from replygen.word.comments import AUTHOR, describe_finding
from replygen.word.cutting import cut_runs
from replygen.word.editing import save_docx
from replygen.word.reader import list_paragraphs, open_docx, read_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# how a comment on a finding ends: （leak.place）
_RULE = re.compile(r"（[a-z]+\.[a-z_]+）\s*$")
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def comment_docx(path: Path, output: Path, findings: Sequence[Finding]) -> Path:
    """Return ``output``, where the file now lies with a comment for each finding at the words
    it is about; what stands in no comment's reach (a header, a text box, the whole paper) is
    told at the first line. Comments of an earlier check go, all others stay. Raises ReadError,
    ExportError."""
    document = open_docx(path)
    _drop_old(document)
    body = list_paragraphs(document.element.body)
    cells = _list_cells(document.element.body, body)
    first = next((p for p in body if read_text(p).strip()), None)
    for finding in findings:
        place = _find_place(finding, body, cells)
        if place is None:
            place = _whole(first if first is not None else _add_paragraph(document))
        _add_comment(document, *place, finding)
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
    document: Document, paragraph: BaseOxmlElement, start: int, end: int, finding: Finding
) -> None:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    holder = Paragraph(paragraph, document._body)
    runs = [Run(r, holder) for r in cut_runs(paragraph, start, end)] or [holder.add_run()]
    text = _NOT_XML.sub("\ufffd", _tell(finding))
    document.add_comment(runs, text=text, author=AUTHOR, initials="rg")


def _tell(finding: Finding) -> str:
    """The comment's text; what stands elsewhere says where."""
    where = finding.where
    told = describe_finding(finding)
    if where is None or where.part == "body":
        return told
    return f"{where.place}“{where.text}”\n{told}"


def _drop_old(document: Document) -> None:
    """Take away the comments that an earlier check or our own export left on findings."""
    old = {
        str(comment.comment_id)
        for comment in document.comments
        if comment.author == AUTHOR and _RULE.search(comment.text)
    }
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

"""Make edits in a .docx, run by run, so that fonts, comments and provenance stay."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.checking import Edit, apply_edits
from replygen.models import Block, Draft, Sentence, Slot
from replygen.word.provenance import attach_draft, detach_drafts, find_draft
from replygen.word.reader import list_paragraphs, open_docx, read_pieces, read_text
from replygen.word.writing import write_whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def edit_docx(path: Path, output: Path, rounds: Sequence[Sequence[Edit]]) -> Path:
    """Return ``output``, where the file now lies with the edits made in its body, round by
    round; each word keeps its font and its comment, and the draft in the data part gets
    the same edits, so that sentences keep their sources. Raises ReadError, ExportError."""
    document = open_docx(path)
    package = document.part.package
    draft = find_draft(package, name=str(path)) if package is not None else None
    for edits in rounds:
        paragraphs = list_paragraphs(document.element.body)
        before = tuple(read_text(p) for p in paragraphs)
        edit_paragraphs(paragraphs, edits)
        if draft is not None:
            draft = edit_draft(draft, before, edits)
    if draft is not None:
        detach_drafts(document)
        attach_draft(document, draft)
    return save_docx(document, output)


def save_docx(document: Document, output: Path) -> Path:
    """Write the document whole or not at all; return ``output``. Raises ExportError."""
    buffer = io.BytesIO()
    document.save(buffer)
    return write_whole(output, buffer.getvalue())


def edit_paragraphs(paragraphs: Sequence[BaseOxmlElement], edits: Sequence[Edit]) -> None:
    """Make the edits in w:p elements, which ``Edit.paragraph`` counts; one with ``whole``
    takes its paragraph away where another can stay in its place."""
    for edit in sorted(edits, key=lambda e: (e.paragraph, e.start), reverse=True):
        element = paragraphs[edit.paragraph]
        _replace(element, edit.start, edit.end, edit.new)
        if edit.whole and _is_spare(element):
            element.getparent().remove(element)


def _is_spare(paragraph: BaseOxmlElement) -> bool:
    """A table cell must keep a paragraph; one with a section's end must stay."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{_W}pPr/{_W}sectPr") is not None:
        return False
    return parent.tag == f"{_W}body" or len(parent.findall(f"{_W}p")) > 1


def _replace(paragraph: BaseOxmlElement, start: int, end: int, new: str) -> None:
    """Put ``new`` for the characters start..end, into the run in which they begin."""
    position = 0
    for element, text in list(read_pieces(paragraph)):
        low, high = position, position + len(text)
        position = high
        touches = low < end and start < high
        inserts = start == end and low < start <= high or (start == end == 0 == low)
        if element.tag != f"{_W}t":
            if touches:
                element.getparent().remove(element)
            continue
        if not (touches or (inserts and new)):
            continue
        _set_text(element, text[: max(start - low, 0)] + new + text[max(end - low, 0) :])
        new = ""


def _set_text(element: BaseOxmlElement, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")


# ── the draft in the data part ─────────────────────────────────────────────


def edit_draft(draft: Draft, texts: Sequence[str], edits: Sequence[Edit]) -> Draft:
    """Return the draft with the edits in every block that still stands as it was."""
    by_text: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit not in by_text[texts[edit.paragraph]]:
            by_text[texts[edit.paragraph]].append(edit)
    sections = tuple(
        replace(
            section,
            heading=_edit_heading(section.heading, by_text),
            blocks=_edit_blocks(section.blocks, by_text),
        )
        for section in draft.sections
    )
    return replace(
        draft,
        header=_edit_blocks(draft.header, by_text),
        sections=sections,
        signoff=_edit_blocks(draft.signoff, by_text),
    )


def _edit_heading(heading: Sentence | None, by_text: Mapping[str, list[Edit]]) -> Sentence | None:
    if heading is None:
        return None
    return _edit_sentence(heading, 0, _first_paragraph(by_text.get(heading.text, ())))


def _edit_blocks(blocks: Sequence[Block], by_text: Mapping[str, list[Edit]]) -> tuple[Block, ...]:
    edited = []
    for block in blocks:
        edits, position, sentences = _first_paragraph(by_text.get(block.text, ())), 0, []
        for sentence in block.sentences:
            last = sentence is block.sentences[-1]
            sentences.append(_edit_sentence(sentence, position, edits, last=last))
            position += len(sentence.text)
        edited.append(replace(block, sentences=tuple(sentences)))
    return tuple(edited)


def _first_paragraph(edits: Sequence[Edit]) -> list[Edit]:
    """Of equal paragraphs one stands for all: each got the same edits."""
    return [e for e in edits if e.paragraph == edits[0].paragraph]


def _edit_sentence(
    sentence: Sentence, position: int, edits: Sequence[Edit], *, last: bool = True
) -> Sentence:
    end = position + len(sentence.text)
    own = [
        replace(e, start=e.start - position)
        for e in edits
        if position <= e.start and e.end <= end and (e.start < end or last)
    ]
    if not own:
        return sentence
    text = apply_edits(sentence.text, own)
    slots: tuple[Slot, ...] = tuple(s for s in sentence.slots if s.text in text)
    return replace(sentence, text=text, slots=slots)

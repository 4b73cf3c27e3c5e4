"""The two copies that leave the house: one clean of our marks, one for the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.checking import Edit, find_private
from replygen.models import Draft
from replygen.word.editing import edit_paragraphs, save_docx
from replygen.word.provenance import detach_drafts, find_draft
from replygen.word.reader import list_paragraphs, open_docx, read_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.run import Run

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RED = "FF0000"
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
# comments, commentsExtended, commentsIds, commentsExtensible; people: who wrote them
_EDITOR_PARTS = ("comments", "people")
_DROPPED = ("del", "moveFrom")  # tracked changes: what was deleted
_UNWRAPPED = ("ins", "moveTo")  # what was inserted
_CHANGE_NOTES = (
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
)


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was taken out of a copy: its kind, what it said, and the body
    paragraph it stood in (from 0), ``None`` for what has no place in the body."""

    kind: str
    text: str
    paragraph: int | None = None


def write_clean(path: Path, output: Path, *, drop_sources: bool = False) -> tuple[Removed, ...]:
    """Write a copy of a .docx without comments, highlights and red marks, with
    ``drop_sources`` also without the data part; return what was taken out. Tracked changes
    stay. Raises ReadError, ExportError."""
    document = open_docx(path)
    ours = _find_own_draft(document, path) is not None
    removed = [*_remove_comments(document), *_remove_colours(document, red=ours)]
    if drop_sources:
        removed += _remove_sources(document)
    save_docx(document, output)
    return tuple(removed)


def write_public(path: Path, output: Path) -> tuple[Removed, ...]:
    """Write the public copy of a .docx: no contact data, signer, internal marks, comments,
    highlights, hidden text, tracked changes (accepted), data part, names of editors; return
    what was taken out. Tables, headers and footers are looked through as well.
    Raises ReadError, ExportError."""
    document = open_docx(path)
    draft = _find_own_draft(document, path)
    removed = _accept_changes(document)
    body = list_paragraphs(document.element.body)
    edits = find_private([read_text(p) for p in body], draft=draft)
    removed += [Removed(e.message, tell_edit(e), e.paragraph) for e in edits]
    edit_paragraphs(body, edits)
    known = set(map(id, list_paragraphs(document.element.body)))
    others = [p for root in _roots(document) for p in root.iter(f"{_W}p") if id(p) not in known]
    for other in others:
        found = find_private([read_text(other)])
        removed += [Removed(e.message, tell_edit(e)) for e in found]
        edit_paragraphs([other], found)
    removed += _remove_hidden(document)
    removed += _remove_comments(document)
    removed += _remove_colours(document, red=draft is not None)
    removed += [*_remove_sources(document), *_remove_names(document)]
    save_docx(document, output)
    return tuple(removed)


def _find_own_draft(document: Document, path: Path) -> Draft | None:
    package = document.part.package
    return find_draft(package, name=str(path)) if package is not None else None


def tell_edit(edit: Edit) -> str:
    """Return what an edit took out, for the list of what was removed."""
    return edit.old.strip()


# ── parts of the file ──────────────────────────────────────────────────────


def _roots(document: Document) -> Iterator[BaseOxmlElement]:
    """The body, then headers and footers of all sections, and notes."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.is_external:
            continue
        part = relation.target_part
        if str(part.partname).startswith(("/word/header", "/word/footer")):
            yield part._element


def _each(document: Document, *names: str) -> list[BaseOxmlElement]:
    tags = [f"{_W}{name}" for name in names]
    return [e for root in _roots(document) for e in root.iter(*tags)]


def _drop(element: BaseOxmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_comments(document: Document) -> list[Removed]:
    texts = [" ".join(comment.text.split()) for comment in document.comments]
    for element in _each(document, *_COMMENT_MARKS):
        run = element.getparent()
        _drop(element)
        if run is not None and run.tag == f"{_W}r" and not _has_content(run):
            _drop(run)
    for ident, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1].lower().startswith(_EDITOR_PARTS):
            del document.part.rels[ident]
    return [Removed("批注", text) for text in texts]


def _has_content(run: BaseOxmlElement) -> bool:
    return any(child.tag != f"{_W}rPr" for child in run)


def _remove_colours(document: Document, *, red: bool) -> list[Removed]:
    """Take highlights away, with ``red`` also the red of findings in the body: our own
    letterhead stands in the first page's header, that of other files in the body."""
    marked: list[Removed] = []
    for number, paragraph in enumerate(document.paragraphs):
        texts = [run.text for run in paragraph.runs if _uncolour(run, red)]
        if any(text.strip() for text in texts):
            marked.append(Removed("颜色标记", "".join(texts), number))
    for element in _each(document, "highlight"):
        _drop(element)
    return marked


def _uncolour(run: Run, red: bool) -> bool:
    properties = run._r.rPr
    found = [] if properties is None else properties.findall(f"{_W}highlight")
    if properties is not None and red:
        found += [c for c in properties.findall(f"{_W}color") if c.get(f"{_W}val") == _RED]
    for element in found:
        _drop(element)
    return bool(found)


def _remove_hidden(document: Document) -> list[Removed]:
    removed = []
    for mark in _each(document, "vanish"):
        properties = mark.getparent()
        run = properties.getparent() if properties is not None else None
        if run is not None and run.tag == f"{_W}r" and mark.get(f"{_W}val") not in ("0", "false"):
            text = "".join(t.text or "" for t in run.iter(f"{_W}t"))
            removed.append(Removed("隐藏文字", text))
            _drop(run)
    return removed


def _accept_changes(document: Document) -> list[Removed]:
    """Accept tracked changes: what was deleted would otherwise go out in the file."""
    removed = []
    for element in _each(document, *_DROPPED):
        text = "".join(t.text or "" for t in element.iter(f"{_W}delText", f"{_W}t"))
        if text.strip():
            removed.append(Removed("修订中删去的文字", text))
        _drop(element)
    for element in _each(document, *_UNWRAPPED):
        parent = element.getparent()
        if parent is None:
            continue
        for child in list(element):
            element.addprevious(child)
        parent.remove(element)
    for element in _each(document, *_CHANGE_NOTES):
        _drop(element)
    return removed


def _remove_sources(document: Document) -> list[Removed]:
    count = detach_drafts(document)
    return [Removed("出处数据", "逐句出处（数据部件）")] if count else []


def _remove_names(document: Document) -> list[Removed]:
    """Take away who wrote and saved the file."""
    properties = document.core_properties
    fields: tuple[tuple[str, Callable[[str], None]], ...] = (
        (properties.author, lambda v: setattr(properties, "author", v)),
        (properties.last_modified_by, lambda v: setattr(properties, "last_modified_by", v)),
        (properties.comments, lambda v: setattr(properties, "comments", v)),
    )
    removed = []
    for value, put in fields:
        if value:
            removed.append(Removed("文件属性", value))
            put("")
    return removed

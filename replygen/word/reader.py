"""Read a .docx back: the paragraphs as they are now, and where they came from."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.errors import LimitError, ReadError
from replygen.models import Draft, EdgeText, Source
from replygen.settings import Limits
from replygen.word.confirming import apply_confirmations, find_anchors
from replygen.word.provenance import find_draft

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What stands inside a paragraph but is no part of its text as the reader sees it: text
# that track changes has deleted, text boxes, the second copy of a drawing.
_SKIPPED = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}txbxContent",
    f"{_W}pPr",
    f"{_W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
# What python-docx and zipfile stumble with over parts that are broken or lack an attribute
_BROKEN = (
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError),
    *(NotImplementedError, RuntimeError, EOFError, zlib.error, struct.error),
)
_BESIDE = 300  # characters of one line of what stands beside the body
_HOLDERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"}


def read_docx_draft(path: Path) -> tuple[tuple[str, ...], Draft | None]:
    """Return the texts of the body's paragraphs (empty ones included, slots as 【…】,
    tracked changes as if accepted) and the draft that the file was exported from; None
    where it has no data part or one that cannot be read. The text is what the file says
    now, so it differs from the draft's after editing; a commitment whose comment was deleted
    is confirmed. Raises ReadError, LimitError."""
    document = open_docx(path)
    texts = tuple(read_text(p) for p in list_paragraphs(document.element.body))
    package = document.part.package
    draft = find_draft(package, name=str(path)) if package is not None else None
    if draft is not None and draft.unconfirmed:
        draft = apply_confirmations(draft, find_anchors(document))
    return texts, draft


def read_beside(source: Source, body: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what stands outside the flow of the body, so that it is checked as well: tables
    and text boxes in a few lines, then headers and footers, each line an ``EdgeText``; they
    follow the paragraphs of ``body``, of which none is given again."""
    lines: list[str] = []
    known = {text.strip() for text in body}
    for paragraph in source.paragraphs:
        text = paragraph.text.strip()
        beside = paragraph.index is None and paragraph.style not in ("header", "footer")
        if not beside or not text or text in known:
            continue
        if lines and len(lines[-1]) + len(text) < _BESIDE:
            lines[-1] += f"；{text}"
        else:
            lines.append(text)
    return (*lines, *_read_edges(source, known))


def _read_edges(source: Source, known: set[str]) -> Iterator[EdgeText]:
    for paragraph in source.paragraphs:
        text = paragraph.text.strip()
        if text and text not in known:
            if paragraph.style == "header":
                yield EdgeText(text, "header")
            elif paragraph.style == "footer":
                yield EdgeText(text, "footer")


def open_docx(path: Path) -> Document:
    """Return the opened file. Raises ReadError, LimitError."""
    import zipfile

    import docx
    from docx.opc.exceptions import PackageNotFoundError

    limits = Limits()
    wrong = "不是完好的 .docx 文件，请用 Word 或 WPS 打开后另存为 .docx"
    try:
        if path.stat().st_size > limits.file_bytes:
            raise LimitError(str(path), f"文件超过 {limits.file_bytes // 1_000_000} MB")
        with zipfile.ZipFile(path) as archive:
            size = sum(i.file_size for i in archive.infolist())
            packed = sum(i.compress_size for i in archive.infolist())
        if size > limits.file_bytes and size > packed * limits.archive_ratio:
            raise LimitError(str(path), "压缩比异常，不予打开")
        return docx.Document(str(path))
    except OSError as error:
        raise ReadError(str(path), f"打不开（{error.strerror}），请检查路径") from error
    except (zipfile.BadZipFile, PackageNotFoundError, SyntaxError) as error:
        raise ReadError(str(path), wrong) from error
    except _BROKEN as error:
        raise ReadError(str(path), wrong) from error


def list_paragraphs(parent: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The paragraphs of the body's flow; those of tables are not part of it."""
    found: list[BaseOxmlElement] = []
    for child in parent:
        if child.tag == f"{_W}p":
            found.append(child)
        elif child.tag in _HOLDERS:
            found.extend(list_paragraphs(child))
    return found


def read_text(paragraph: BaseOxmlElement) -> str:
    """Return a paragraph's text as its reader sees it."""
    return "".join(text for _, text in read_pieces(paragraph))


def read_pieces(element: BaseOxmlElement) -> Iterator[tuple[BaseOxmlElement, str]]:
    """Yield the elements that carry a paragraph's text (w:t, breaks) with what each
    contributes, in order."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child, child.text or ""
        elif child.tag in _BREAKS:
            yield child, _BREAKS[child.tag]
        else:
            yield from read_pieces(child)

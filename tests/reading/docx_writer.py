"""Word files for the tests: python-docx, and raw XML where it has no words for a thing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_EXTRA = (
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def save(document: Any) -> bytes:
    """Return the file's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def from_body(*elements: str) -> bytes:
    """Return a Word file whose body is these w: elements."""
    document = Document()
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, xml(element))
    return save(document)


def xml(element: str) -> Any:
    """Return one element with the usual prefixes declared."""
    tag = element[1:].split(">")[0].split(" ")[0].rstrip("/")
    return parse_xml(element.replace(f"<{tag}", f"<{tag} {nsdecls('w', 'r')}{_EXTRA}", 1))


def numbered(levels: str, nums: str, paragraphs: list[tuple[int, int, str]]) -> bytes:
    """Return a Word file with lists: ``levels`` are w:lvl elements of one abstract list,
    ``nums`` w:num elements, ``paragraphs`` (list, depth, text) with list 0 for none."""
    document = Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.append(xml(f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'))
    for num in nums.split("|"):
        root.append(xml(num))
    body = document.element.body
    for number, depth, text in paragraphs:
        level = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
        place = f"<w:pPr><w:numPr>{level}</w:numPr></w:pPr>"
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        body.insert(len(body) - 1, xml(f"<w:p>{place if number else ''}{run}</w:p>"))
    return save(document)


def repack(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the zip with each member changed; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            member = change(info.filename, old.read(info))
            if member is not None:
                new.writestr(info.filename, member, zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""Word's document as one XML file (flat OPC, pkg:package): its parts as the zip they stand for."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from dataclasses import replace

from replygen.errors import ReadError
from replygen.reading.content import Content, Job
from replygen.reading.docx import read_docx
from replygen.reading.xml import Element, parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_DAMAGED = "Word 的 XML 文件已损坏或不完整，请用 Word 或 WPS 打开后另存为 docx"


def read_flat(job: Job) -> Content:
    """Return the paragraphs of a Word document saved as one XML file; ``format`` is ``doc``.

    Raises as :func:`replygen.reading.docx.read_docx` does.
    """
    root = parse_xml(job.name, job.data.lstrip())
    job.check_time()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in root.iter(f"{_PKG}part"):
            archive.writestr(part.get(f"{_PKG}name", "").lstrip("/"), _content(job, part))
    return replace(read_docx(replace(job, data=packed.getvalue())), format="doc")


def _content(job: Job, part: Element) -> bytes:
    from lxml import etree

    inside = part.find(f"{_PKG}xmlData")
    if inside is not None and len(inside):
        return bytes(etree.tostring(inside[0], encoding="utf-8"))
    binary = part.find(f"{_PKG}binaryData")
    try:
        return base64.b64decode((binary.text or "") if binary is not None else "")
    except (binascii.Error, ValueError) as error:
        raise ReadError(job.name, _DAMAGED) from error

"""What a file is, by its content."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Format = Literal[
    "empty",
    "docx",
    "flat_docx",
    "broken_docx",
    "office",
    "encrypted",
    "zip",
    "broken_zip",
    "pdf",
    "image",
    "html",
    "mhtml",
    "text",
    "xlsx",
    "pptx",
    "ofd",
    "rar",
    "program",
    "database",
    "unknown",
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "office"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "rar"),
    (b"\x1f\x8b", "rar"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "database"),
)
# <!DOCTYPE html>, <html lang=…>, or a fragment: <div class="TRS_Editor">, <p>, <META …>
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span|script|style|font|br|h1)"
    rb"(?:[\s>/])",
    re.IGNORECASE,
)
# MIME-Version: 1.0 ... Content-Type: multipart/related, the head of a page saved as .mht
_MHTML = re.compile(rb"^(?:mime-version|from|content-type|subject|date):", re.IGNORECASE)
# <?mso-application progid="Word.Document"?>, Word 2003's single XML file
_WORD_XML = re.compile(rb"mso-application\s+progid=.Word|schemas.microsoft.com/office/word/2003")

# <pkg:package xmlns:pkg="…/office/2006/xmlPackage">, Word 2007's single XML file
_FLAT = re.compile(rb"<pkg:package[\s>]|schemas.microsoft.com/office/2006/xmlPackage")


def sniff_format(data: bytes) -> Format:
    """Return what ``data`` is; ``text`` when it may be text, ``unknown`` when it is not."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return _sniff_mz(data) if magic == b"MZ" else found
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    # Some sites send a few bytes before the PDF header; readers accept 1,024 of them.
    if b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]:
        return "pdf"
    return _sniff_markup(data)


def _sniff_mz(data: bytes) -> Format:
    """Tell a program from a text that happens to start with the letters MZ."""
    return "program" if b"\0" in data[:512] else "text"


def _sniff_markup(data: bytes) -> Format:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:64]:
        head = head.replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    if _FLAT.search(head):
        return "flat_docx"
    if _WORD_XML.search(head):
        return "office"
    if _MHTML.match(head) and b"mime-version" in head.lower() and b"multipart/" in head.lower():
        return "mhtml"
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    # A page that a script or a comment precedes, or text that a portal put before <html>.
    if re.search(rb"<(?:!doctype\s+html|html[\s>])", head, re.IGNORECASE):
        return "html"
    return "text"


def _sniff_ole(data: bytes) -> Format:
    """Tell Office's binary files apart by the stream names in their directory."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return "encrypted"
    if has("WordDocument"):
        return "encrypted" if _word_is_encrypted(data) else "office"
    if has("Workbook") or has("Book"):
        return "xlsx"
    if has("PowerPoint Document"):
        return "pptx"
    return "office"


def _word_is_encrypted(data: bytes) -> bool:
    """Return the fEncrypted bit of the FIB ([MS-DOC] 2.5.2), which starts a sector."""
    for offset in range(512, len(data) - 12, 512):
        if data[offset : offset + 2] == b"\xec\xa5":
            return bool(data[offset + 11] & 0x01)
    return False


def _sniff_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            return _sniff_names(names, archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        return "broken_docx" if b"word/" in data else "broken_zip"


def _sniff_names(names: set[str], archive: zipfile.ZipFile) -> Format:
    folders = {name.split("/", 1)[0] for name in names if "/" in name}
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names:
        kind = archive.read("mimetype")[:200]
        if b"opendocument" in kind:
            return "office" if b"opendocument.text" in kind else "xlsx"
    if "[Content_Types].xml" not in names:
        # An unpacked-and-repacked or half-written .docx; a folder called word is no proof.
        return "broken_docx" if "word/document.xml" in names else "zip"
    if "xl" in folders:
        return "xlsx"
    if "ppt" in folders:
        return "pptx"
    has_main = any(n.startswith("word/document") and n.endswith(".xml") for n in names)
    return "docx" if has_main else "broken_docx"

"""A part of a .docx that holds a document of another format (w:altChunk)."""

from __future__ import annotations

from collections.abc import Callable

from replygen.errors import ReadError
from replygen.reading.content import Content, Job
from replygen.reading.html import read_html
from replygen.reading.mhtml import read_mhtml
from replygen.reading.sniff import Format, sniff_format
from replygen.reading.text import read_text

_READERS: dict[Format, Callable[[Job], Content]] = {
    "html": read_html,
    "mhtml": read_mhtml,
    "text": read_text,
}


def read_chunk(job: Job) -> Content:
    """Return what a part says that is a page or plain text. Raises ReadError for what it
    cannot read (RTF needs LibreOffice, which is for whole files)."""
    reader = _READERS.get(sniff_format(job.data))
    if reader is None:
        raise ReadError(job.name, "文件里嵌入的内容读不出，请用 Word 或 WPS 打开后另存为 docx")
    return reader(job)

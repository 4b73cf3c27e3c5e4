"""A page that a browser or WPS saved as one file (.mht, often named .doc)."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from replygen.errors import ReadError
from replygen.reading.content import Content, Job
from replygen.reading.html import read_html


def read_mhtml(job: Job) -> Content:
    """Return the page inside. Raises ReadError when there is none."""
    message = email.message_from_bytes(job.data.lstrip(), policy=email.policy.compat32)
    pages: list[bytes] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                pages.append(_with_charset(payload, part.get_content_charset()))
    if not pages:
        raise ReadError(job.name, "网页存档里没有正文，请用 Word 或 WPS 打开后另存为 docx")
    # Frames and advertisements are parts of their own; the page is the largest.
    return read_html(replace(job, data=max(pages, key=len)))


def _with_charset(page: bytes, charset: str | None) -> bytes:
    """Return the page as UTF-8 where its header names another encoding that fits."""
    if charset is None:
        return page
    try:
        return page.decode("gb18030" if charset.startswith("gb") else charset).encode()
    except (LookupError, UnicodeDecodeError):
        return page

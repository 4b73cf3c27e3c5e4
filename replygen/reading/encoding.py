"""Bytes -> characters for text and web pages.

UTF-8 that decodes wins at once. Otherwise every encoding that Chinese offices use decodes
a sample and the one whose result looks most like Chinese text is taken: GB18030 decodes
nearly anything, so that it decodes proves nothing. What cannot be decoded stays visible
as U+FFFD and is counted in a warning.
"""

from __future__ import annotations

import re

from replygen.errors import ReadError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 20_000
_BELIEVED = 0.6  # share of ordinary characters from which a guess is taken
# <meta charset="gb2312">, <meta http-equiv=… content="text/html; charset=gbk">
_META = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_GB = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "hz-gb-2312"})
_BINARY = "是二进制文件，不是文本，请确认文件类型"


def decode_text(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text and the warnings about it. Raises ReadError for binary data and
    for bytes that no encoding explains."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _finish(name, data[len(bom) :], encoding)
    if b"\0" in data:
        return _finish(name, data, _wide_encoding(name, data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _finish(name, data, _guess_encoding(name, data))
    if _is_binary(text):
        raise ReadError(name, _BINARY)
    return text, ()


def decode_html(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a page's text, by BOM, then by what its <meta> says when that fits, then as
    :func:`decode_text`."""
    meta = _META.search(data[:4096])
    if meta is not None and b"\0" not in data[:64]:
        stated = meta.group(1).decode("ascii", "replace").lower()
        encoding = "gb18030" if stated in _GB else stated
        try:
            if encoding != "utf-8":
                # A page saved by a browser is often UTF-8 whatever its <meta> says.
                return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            pass
        try:
            return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text(name, data)


def _finish(name: str, data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    if _is_binary(text):
        raise ReadError(name, _BINARY)
    broken = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    if not broken:
        return text, ()
    if broken > 20 and broken > 0.2 * len(text):
        raise ReadError(name, "认不出文字编码，请在记事本中打开，另存为 UTF-8 再读")
    return text, (f"有 {broken} 处字节无法解码，已用 \ufffd 标出，请对照原件补正",)


def _wide_encoding(name: str, data: bytes) -> str:
    """Return utf-16-le or -be for text with NULs and no BOM; raise ReadError for binary."""
    best = max(("utf-16-le", "utf-16-be"), key=lambda e: _score(data, e))
    if len(data) > 1 and _score(data, best) > 0.8:
        return best
    raise ReadError(name, _BINARY)


def _guess_encoding(name: str, data: bytes) -> str:
    best = max(
        ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5"), key=lambda e: _score(data, e)
    )
    if _score(data, best) >= _BELIEVED:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE]).best()
    if found is None:
        raise ReadError(name, "认不出文字编码，请在记事本中打开，另存为 UTF-8 再读")
    return str(found.encoding)


def _score(data: bytes, encoding: str) -> float:
    """Return the share of ordinary characters in the sample's text, in -1..1."""
    text = data[:_SAMPLE].decode(encoding, "replace")
    if len(data) > _SAMPLE:
        text = text[:-2]  # the cut may have split a character
    if not text:
        return -1.0
    good = sum(_is_ordinary(c) for c in text)
    return (good - 2 * text.count("\ufffd")) / len(text)


def _is_ordinary(char: str) -> bool:
    """ASCII text, Chinese punctuation, full-width forms, and the 3,755 common characters
    of GB 2312 level 1 or their traditional equals (Big5 level 1, 5,401)."""
    if char < "\x7f":
        return char >= " " or char in "\t\r\n\f"
    if "\u3000" <= char <= "\u301f" or "\uff01" <= char <= "\uff5e" or char in "—…“”‘’·○〇":
        return True
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= char.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    if "\0" in sample:
        return True
    control = sum(c < " " and c not in "\t\r\n\f\v\x1a\x1b" for c in sample)
    return control > 2 and control > 0.02 * len(sample)

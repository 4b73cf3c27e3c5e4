"""Names and numbers in the one form in which they are compared."""

from __future__ import annotations

import hashlib
import re

# 《中华人民共和国食品安全法》 and 食品安全法 are one law.
_COUNTRY = "中华人民共和国"
# 食品安全法（2021年修正）, 广告法(2018修订): which version is meant, not part of the name.
_VERSION = re.compile(
    r"[（(]\s*(?:\d{4}\s*年?)?\s*(?:第[一二三四五六七八九十]+次)?(?:修正|修订)[^（()）]*[)）]$"
)
# 第三十八条, 第38条, 三十八, 第一百二十条之一, 第 38 条之1
_ARTICLE = re.compile(
    r"^第?([0-9]{1,6}|[〇零○一二两三四五六七八九十百千]{1,12})条?"
    r"(?:之([0-9]{1,3}|[一二三四五六七八九十]{1,3}))?(?:[第款项].*)?$"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FULL_WIDTH = {c: c - 0xFEE0 for c in range(0xFF10, 0xFF1A)}  # ０１２ -> 012
_SPACE = re.compile(r"\s+")
# 连市监办复[2024]77号, 长市监议字（2025）5号: brackets vary, the number does not
_BRACKETS = str.maketrans("[]【】（）()［］", "〔〕〔〕〔〕〔〕〔〕")


def normalise_statute(name: str) -> str:
    """Return the key under which a statute's name is compared: without 《》, spaces,
    the country's name and the year of a revision. "" stays ""."""
    name = name.encode("utf-8", "replace").decode("utf-8")
    key = _SPACE.sub("", name).strip('《》〈〉"“”')
    key = _VERSION.sub("", key)
    key = key.replace("(", "（").replace(")", "）")
    return key.removeprefix(_COUNTRY) or key


def normalise_article(number: str) -> str | None:
    """Return 38 for 第三十八条, 38-1 for 第38条之一, or None when it is no 条. A 款 or
    项 that follows is not looked at."""
    match = _ARTICLE.match(_SPACE.sub("", number).translate(_FULL_WIDTH))
    if match is None:
        return None
    main, sub = match.groups()
    key = str(_read_numeral(main))
    return f"{key}-{_read_numeral(sub)}" if sub else key


def normalise_doc_number(text: str) -> str:
    """Return a 文号 with 〔〕 and without spaces or a leading zero count (〔2024〕077号
    stays as it is: the register's zeros are the issuer's)."""
    return _SPACE.sub("", text).translate(_FULL_WIDTH).translate(_BRACKETS)


def hash_text(text: str) -> str:
    """Return the hash under which texts that differ in white space only are equal."""
    return hashlib.sha256(_SPACE.sub("", text).encode("utf-8", "surrogatepass")).hexdigest()


def _read_numeral(text: str) -> int:
    """Return the value of digits or of a Chinese numeral below ten thousand."""
    if text.isdecimal():
        return int(text)
    if not any(c in _UNITS for c in text):  # 二〇 read digit by digit
        return int("".join(str(_DIGITS[c]) for c in text))
    total = current = 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + current

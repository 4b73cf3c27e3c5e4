"""Names and numbers in the one form in which they are compared."""

from __future__ import annotations

import hashlib
import re

from replygen.language.numerals import read_numeral

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
    value = read_numeral(main)
    if value is None:
        return None
    return f"{value}-{read_numeral(sub)}" if sub else str(value)


def normalise_doc_number(text: str) -> str:
    """Return a 文号 with 〔〕 and without spaces or a leading zero count (〔2024〕077号
    stays as it is: the register's zeros are the issuer's)."""
    return _SPACE.sub("", text).translate(_FULL_WIDTH).translate(_BRACKETS)


def hash_text(text: str) -> str:
    """Return the hash under which texts that differ in white space only are equal."""
    return hashlib.sha256(_SPACE.sub("", text).encode("utf-8", "surrogatepass")).hexdigest()

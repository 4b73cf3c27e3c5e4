"""Titles of statutes in the one form in which they are compared."""

from __future__ import annotations

import re

_COUNTRY = "中华人民共和国"
# （2021年修正）, (2018 修订), （2012修正本）, （2015）
_EDITION = re.compile(r"（(?:19|20)\d\d年?(?:\d{1,2}月)?(?:最新)?(?:修正|修订|修改)?(?:版|本)?）$")
# 民法典·物权编
_BOOK = re.compile(r"(?<=法典)[·•・](?:[\u4e00-\u9fff]{1,8}编|总则|分则)$")
_BRACKETS = str.maketrans({"(": "（", ")": "）", "〈": "《", "〉": "》", "<": "《", ">": "》"})
# 法, 法典, 条例, 办法, 规定, 细则, 决定 ..., with （试行） or （暂行） behind
_LAW_LIKE = re.compile(
    r"(?:法|法典|条例|办法|规定|规则|细则|决定|解释)(?:（(?:试行|暂行|草案|[一二三四五六七八九十]+|[^（）]{0,6}修[订正])）)*$"
)
_HARD = re.compile(r"(?:(?<!办)法|法典|条例)(?:（(?:试行|暂行|草案)）)*$")
_NO_LAW = re.compile(r"(?:方法|算法|做法|用法|书法|看法|想法|打法|教法|疗法|说法|执法|司法|普法)$")
# 第三十八条, 第一百二十条之一
_ARTICLE = re.compile(
    r"第([〇零一二三四五六七八九十百千两]+|\d+)条(?:之([一二三四五六七八九十]+|\d+))?"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


def normalise_title(name: str) -> str:
    """Return the title without 《》 at its ends, 中华人民共和国, an edition in brackets and
    white space, with full-width brackets."""
    title = re.sub(r"\s", "", name).translate(_BRACKETS)
    if title.startswith("《") and title.endswith("》"):
        title = title[1:-1]
    title = _BOOK.sub("", _EDITION.sub("", title))
    if title.startswith(_COUNTRY) and len(title) > len(_COUNTRY) + 1:
        title = title[len(_COUNTRY) :]
    return title


def is_law_like(name: str) -> bool:
    """True when a title ends as statutes do (法, 条例, 办法, 规定, 细则, 决定 ...)."""
    title = normalise_title(name)
    return bool(_LAW_LIKE.search(title)) and not _NO_LAW.search(title)


def is_law(name: str) -> bool:
    """True when a title ends as only laws and regulations do (法, 法典, 条例)."""
    title = normalise_title(name)
    return bool(_HARD.search(title)) and not _NO_LAW.search(title)


def read_article(number: str) -> tuple[int, int] | None:
    """Return 第三十八条 as (38, 0), 第一百二十条之一 as (120, 1); ``None`` for no 条."""
    match = _ARTICLE.search(re.sub(r"\s", "", number))
    if match is None:
        return None
    branch = match.group(2)
    return read_numeral(match.group(1)), read_numeral(branch) if branch else 0


def read_numeral(numeral: str) -> int:
    """Return 三十八, 一百零二 or 38 as a whole number."""
    if numeral.isdigit():
        return int(numeral)
    total = digit = 0
    for char in numeral:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit

"""Titles of statutes in the one form in which they are compared."""

from __future__ import annotations

import re

from replygen.language.numerals import read_numeral

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
_VAGUE = re.compile(
    r"(?:暂行|试行|实施|管理|监督管理|监督|若干|工作|有关|相关|地方性?|配套|上述|国家|现行|新|旧|上位)*"
    r"(?:条例|办法|规定|规则|细则|意见|通知|法律|法规|法律法规|规章|制度|标准|前述|规|法)(?:（试行）)?"
)
_HARD = re.compile(r"(?:(?<!办)法|法典|条例)(?:（(?:试行|暂行|草案)）)*$")
_NO_LAW = re.compile(r"(?:方法|算法|做法|用法|书法|看法|想法|打法|教法|疗法|说法|执法|司法|普法)$")
# 第三十八条, 第一百二十条之一
_ARTICLE = re.compile(
    r"第([〇零一二三四五六七八九十百千两]+|\d+)条(?:之([一二三四五六七八九十]+|\d+))?"
)
# 第三四条: two digits without 十 or 百 between them
_MALFORMED = re.compile(r"[一二三四五六七八九两]{2}")


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


def is_vague(name: str) -> bool:
    """True for a name that many texts have: 《管理办法》, 《实施细则》, 有关法律."""
    return bool(_VAGUE.fullmatch(normalise_title(name)))


def is_law_like(name: str) -> bool:
    """True when a title ends as statutes do (法, 条例, 办法, 规定, 细则, 决定 ...)."""
    title = normalise_title(name)
    return bool(_LAW_LIKE.search(title)) and not _NO_LAW.search(title)


def is_law(name: str) -> bool:
    """True when a title ends as only laws and regulations do (法, 法典, 条例)."""
    title = normalise_title(name)
    return bool(_HARD.search(title)) and not _NO_LAW.search(title)


def read_article(number: str) -> tuple[int, int] | None:
    """Return 第三十八条 as (38, 0), 第一百二十条之一 as (120, 1); ``None`` for no 条
    and for one that is written wrongly (第三四条)."""
    match = _ARTICLE.search(re.sub(r"\s", "", number))
    if match is None or _MALFORMED.search(match.group(1)):
        return None
    branch = match.group(2)
    article = read_numeral(match.group(1))
    return None if article is None else (article, read_numeral(branch) or 0 if branch else 0)

"""Roles: how much a place in a demand counts for what the demand asks.

A demand asks for the object of its verb. By which means (通过…，), where (在…), for whom
(为…), what a thing is likened to (像…一样) and what stands in quotation marks as a name that
the proposal coined (“湿地医院”) tell how or for whom it is asked, not what.
"""

from __future__ import annotations

import re

from replygen.drafting.acts import acts

MEANS, NAMED, PLACE, MODIFIER = 0.0, 0.4, 0.4, 0.7

# 通过网络媒体、报纸等|加大…宣传; 以空港为依托，; 结合老旧小区改造，; 像“河长”一样，
_MEANS = (
    re.compile(
        r"(?:充分)?(?:通过|利用|运用|借助|依托|依靠|凭借|采取|采用)[^，；。]{2,40}?"
        r"(?:等?(?:多种|各类|新)?(?:媒体|形式|方式|渠道|途径|手段)等?|等(?=[^，；。、])|(?=，))"
    ),
    re.compile(
        r"以[^，；。]{2,30}?为(?:依托|载体|抓手|核心|基础|契机|重点|主体|平台|导向|引领|突破口|主线)"
    ),
    re.compile(
        r"(?:^|(?<=[，；。]))(?:结合|围绕|按照|根据|参照|借鉴|学习|立足|针对|随着|比照)[^，；。]{2,30}(?=，)"
    ),
    re.compile(r"(?:像|如|如同)[^，；。]{2,20}(?:一样|那样)"),
)
# 将…|纳入医保: of what enters something the list that it enters is asked for
_ENTERS = re.compile("(?:纳入|列入|并入|编入|写入)(?=[^，；。]{2})")
# 不同人群（残障人士、母婴）|使用的: an example
_BRACKETED = re.compile("[（(][^（）()]{1,40}[）)]")
_ONLY_MEANS = re.compile("(?:充分)?(?:通过|利用|运用|借助|依托|依靠|凭借)[^，；。]+$")
_QUOTED = re.compile("[“‘]([^“”‘’]{2,12})[”’]")
_IN = re.compile(r"(?<![存实现所潜内])在(?!建|职|册|线|读|编|岗|校)[^，；。]{2,16}")
_FOR = re.compile(
    r"(?<![认成作视转变行因])(?:为|给|向|由)(?!主|期|止|了|予|此|于)[^，；。的]{2,14}"
)
_PLACE_END = re.compile("[中上内里下边侧](?=[^，；。、的]{2})|周边|附近|区域|领域|方面|场所|等地")
_SHORT_ACTS = "设建装办开挂配种修送发留划增加"
_LEAST = 2  # characters of a place, a person, an object


def weigh_places(text: str) -> list[float]:
    """Return how much each character of ``text`` counts, 0..1."""
    weights = [1.0] * len(text)
    for pattern in _MEANS:
        for found in pattern.finditer(text):
            if len(text) - found.end() > _LEAST or found.start() > 0:
                _lower(weights, *found.span(), MEANS)
    for found in _BRACKETED.finditer(text):
        _lower(weights, *found.span(), NAMED)
    for found in _QUOTED.finditer(text):
        if len(found[0]) < len(text):
            _lower(weights, *found.span(), NAMED)
    for pattern in (_IN, _FOR):
        for found in pattern.finditer(text):
            _lower(weights, found.start(), _find_end(text, found), PLACE)
    for found in _ENTERS.finditer(text):
        _lower(
            weights,
            max(text.rfind(mark, 0, found.start()) for mark in "，；。") + 1,
            found.start(),
            MODIFIER,
        )
    return weights


def strip_means(text: str) -> str:
    """Return a demand without the words that say by which means, as it names what is asked
    for: 以空港为依托，|发展临空产业; "" where it has nothing else (通过供应链体系的设计)."""
    kept = text
    for pattern in _MEANS:
        kept = pattern.sub("", kept)
    if kept == text and _ONLY_MEANS.match(text):
        return ""
    kept = re.sub("^[，；、]+|(?<=[，；])[，；、]+", "", kept)
    return kept if len(kept) > _LEAST else ""


def _find_end(text: str, found: re.Match[str]) -> int:
    """Return where a place or a person ends: at its own end word, else at the verb after it;
    nothing stands lower where no verb follows."""
    start = found.start() + 1 + _LEAST
    closed = _PLACE_END.search(text, start, found.end())
    if closed is not None and found[0][0] == "在":
        return closed.end()
    verbs = acts()[0]
    for place in range(start, found.end()):
        if text.startswith(verbs, place) or (
            text[place] in _SHORT_ACTS and len(text) - place > _LEAST
        ):
            return place
    return found.start()


def _lower(weights: list[float], start: int, end: int, weight: float) -> None:
    for place in range(start, end):
        weights[place] = min(weights[place], weight)

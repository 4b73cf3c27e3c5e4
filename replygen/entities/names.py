"""Names that no register has: shops and firms by what follows, platforms without quotes,
Latin brands, and awards that a place won.

A name is seen by what it is not: the characters before 超市, 小程序 or 律师事务所 belong to no
ordinary word (恒源|市场, 苏食安|小程序).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.independent import is_said_of_many
from replygen.entities.tables import read_words
from replygen.entities.vocabulary import find_leftover

# 嘉联华超市, 鼎盛食品厂, 河海律师事务所, 必胜客餐厅, 翔宇物业, 海鸥大厦
_KIND = (
    "律师事务所|会计师事务所|事务所|食品厂|加工厂|酿造厂|饲料厂|制药厂|酒厂|茶厂|商厦|大厦|商城|百货|购物中心|超市|"
    "市场|餐厅|饭店|酒楼|酒店|宾馆|大药房|药店|药房|影城|书店|门店|门市|物业|直播间|茶楼|农庄|山庄|小学|中学|食堂|"
    "药业|乳业|酒业|置业|实业|控股"
)
# Kinds that always bear a name, whatever words it is made of: 海鸥大厦, 鼎盛食品厂.
_STRONG = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[在对与和及向的])(?P<stem>[\u4e00-\u9fff]{2,4})"
    r"(?:大厦|商厦|食品厂|制药厂|饲料厂|酿造厂|酒厂|大药房|律师事务所|影城|山庄|酒楼|物业(?![管服费企公纠矛行小单用服协、]))"
)
_SHOP = re.compile(rf"(?:{_KIND})")
# 苏食安小程序, 港城云大数据平台, 春雷护企专项行动
_SERVICE = re.compile(
    r"(?:(?:大数据|智慧|微信|移动|手机|监管|服务|执法|政务|数字)*"
    r"(?:小程序|App|APP|公众号|视频号|平台|专项行动|系统|联合执法|执法行动|行动))"
)
# 柳城发布公众号: how governments name their accounts
_ACCOUNT = re.compile(
    r"[\u4e00-\u9fff]{2,4}发布(?=(?:官方|政务)?(?:微信|公众号|客户端|抖音|视频号|微博))"
)
# 亮剑2023执法行动, 蓝盾2024
_YEARLY = re.compile(r"[\u4e00-\u9fff]{2}[-—]?20\d\d(?=专项|执法|行动|联合)")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9@./_-])[A-Za-z][A-Za-z+&]{2,}(?:[ -][A-Z][A-Za-z]+)*(?![A-Za-z0-9@./_-])"
)
# 获评全国文明城市, 创成国家食品安全示范城市, 获得省长质量奖, 获批“国家电子商务示范城市”
_AWARD = re.compile(
    r"(?:获评|荣获|获得|获批|获|创成|创建成为|成功创建|保持|蝉联|夺得|捧回|拿下|入选|被评为|被列为|被确定为|确定为|确立为|被授予|评为|命名为|认定为|跻身)(?:了|为)?"
    r"(?P<name>[“\"]?(?:首批|第[一二三四五六七八九十]+批|年度)?(?:国家|全国|全省|全市|中国|国务院|省|市|部|国际|世界|长三角)[\u4e00-\u9fff]{0,14}?"
    r"(?:城市(?:称号)?|先进集体|先进单位|示范[县市区镇村社]*[\u4e00-\u9fff]{0,2}|试点[县市区镇村]*|百强[县市区镇村]*|文明[县市区镇村]|之乡|基地|质量奖|奖项|奖|称号|案例|表彰|表扬|一等奖)[”\"]?)"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{1,8}$")


@lru_cache(maxsize=1)
def _latin_words() -> frozenset[str]:
    return frozenset(word.lower() for word in read_words("latin.tsv"))


@lru_cache(maxsize=1)
def _generic_stem() -> re.Pattern[str]:
    words = read_words("place_generic.tsv") | read_words("body_words.tsv")
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(ordered)})*")


def find_names(text: str) -> Iterator[Candidate]:
    """Firms and shops (``organisation``), platforms, campaigns, Latin brands and awards
    (``brand``), all of scope ``unknown``."""
    for match in _SHOP.finditer(text):
        yield from _named(text, match, "organisation", 5)
    for match in _STRONG.finditer(text):
        start = match.start("stem")
        stem = match["stem"]
        if not _generic_stem().fullmatch(stem) and not is_said_of_many(text[start : match.end()]):
            yield Candidate(
                "organisation", start, match.end(), text[start : match.end()], "unknown", 1
            )
    for match in _SERVICE.finditer(text):
        yield from _named(text, match, "brand", 4)
    yield from _find_brands(text)


def _find_brands(text: str) -> Iterator[Candidate]:
    for match in _ACCOUNT.finditer(text):
        start = stem_start(text, match.end() - 2, 4)
        if match.end() - 2 - start >= 2:
            yield Candidate("brand", start, match.end(), text[start : match.end()], "unknown", 1)
    for match in _YEARLY.finditer(text):
        yield Candidate("brand", *match.span(), match.group(), "unknown", 3)
    for match in _LATIN.finditer(text):
        if match.group().lower() not in _latin_words():
            yield Candidate("brand", *match.span(), match.group(), "unknown", 1)
    for match in _AWARD.finditer(text):
        start, end = match.span("name")
        yield Candidate("brand", start, end, match["name"].strip('“”"'), "unknown", 1)


def _named(text: str, kind: re.Match[str], what: str, longest: int) -> Iterator[Candidate]:
    """The name before a kind, when two of its characters belong to no ordinary word."""
    run = _RUN.search(text, max(0, kind.start() - longest - 3), kind.start())
    if not run:
        return
    begin = stem_start(text, kind.start(), longest)
    tail = _tail_leftover(text[begin : kind.start()])
    app = kind.group() in ("小程序", "App", "APP")
    if len(tail) >= 2 and (app or len(find_leftover(tail)) >= 2):
        start = kind.start() - len(tail)
        name = text[start : kind.end()]
        yield Candidate(what, start, kind.end(), name, "unknown", 1)  # type: ignore[arg-type]


def _tail_leftover(run: str) -> str:
    """The end of ``run`` from its first character that belongs to no ordinary word, when at
    least two do not: 设立|恒源 -> 恒源."""
    left = find_leftover(run)
    if len(left) < 2:
        # 易|停车: one odd character before a word, the name of an app
        return run if left and 3 <= len(run) <= 5 and run[0] == left else ""
    tail = run[run.index(left[0]) :]
    return tail if len(tail) <= len(left) + 1 else ""

"""Organisations: national ones by register, public bodies, and companies, schools, hospitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.independent import is_said_of_many
from replygen.entities.place_mentions import place_spans
from replygen.entities.prose import cut_tokens, is_everyday
from replygen.entities.tables import Automaton, build_automaton, read_table, read_words
from replygen.entities.vocabulary import find_leftover
from replygen.language.verbs import starts_with_verb

# The level word before a body that is named without its place: 市|网信办, 自治区|教育厅.
_LEVEL_BEFORE = re.compile(
    r"(?:(?:我|本|全|该|各|贵|原|外|上级)?(?:省|市|县|区|州|旗|镇|乡|自治区|自治州|自治县)(?:级)?|各级|各|相关|有关|属地|本级|上级|我|本|贵|该)$"
)
# 云川市, 澜江省, 甲市 directly before a body: a place that no gazetteer has.
_PATTERN_PLACE = re.compile(
    r"([\u4e00-\u9fff]{1,4}?(?:省|市|县|区|州|旗|镇|乡|街道|开发区|新区|高新区|经开区))$"
)
# 省委, 市局, 县委, 我局: only a level word and one character.
_SHORT = re.compile(
    r"(?:我|本|贵|该)(?:局|委|厅|办|院|中心|处|科|单位)(?![部分限势面内外托员派法])|(?<![\u4e00-\u9fff])?[省市县区州](?:局|委|厅)(?![部限势面托员派])"
)
# What a named body, company or school ends with.
_TAIL = (
    r"股份有限公司|有限责任公司|有限公司|集团公司|股份公司|分公司|子公司|公司|集团|合作联社|合作社|信用社|农商行|"
    r"银行|支行|分行|联合会|行业协会|协会|学会|商会|研究会|促进会|基金会|联盟|研究院|研究所|设计院|检验院|检测院|"
    r"医院|卫生院|保健院|卫生服务中心|大学|学院|党校|学校|中学|小学|幼儿园|[一二三四五六七八九十]中(?!学|全会|年|国|央|间|心|部)|实验室|电视台|广播电台|日报社|日报(?![送告名批备请警价账表])|晚报|"
    r"博物馆|图书馆|纪念馆|监狱|农场|林场|电厂|水厂|"
    r"管理局|监督局|分局|管委会|办事处|委员会|指挥部|领导小组|工作专班|专班|监管所|派出所|执法队|支队|大队|总队|"
    r"服务中心|管理中心|指导中心|促进中心|发展中心|研究中心|检测中心|检验中心|监测中心|评估中心|评价中心|认证中心|交易中心|调解中心|"
    r"管理处|管理所|服务站|工作站"
)
# Kinds that are more often meant as a kind (导致|患者|去|大医院) than by name
_PUBLIC = re.compile(r"医院|学校|中学|小学|幼儿园|大学|银行|博物馆|图书馆|纪念馆|卫生院|农场|林场")
_NAMED = re.compile(rf"(?:{_TAIL})(?!会议|员|生|品|长)")
_LEVELS = frozenset("省市县区州")
_ONE_OF = re.compile("[一两三几某另哪][家所个间座]$")  # 换一家|医院: any of them
_SORTS = frozenset("类型式性")  # 理工农医类|学校: of a sort, not of a name
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=1)
def _bodies() -> Automaton:
    return build_automaton(row[0] for row in read_table("bodies.tsv") if len(row[0]) > 1)


@lru_cache(maxsize=1)
def _national() -> tuple[Automaton, dict[str, str]]:
    normal = {row[0]: row[2] for row in read_table("national.tsv") if row[1] == "organisation"}
    return build_automaton(normal), normal


def find_organisations(
    text: str, spans: Sequence[tuple[int, int]] | None = None
) -> Iterator[Candidate]:
    """Organisations in ``text``. ``spans`` are its gazetteer places, found when not given.

    A body with its place is ``local``, one without is ``unknown`` (市网信办), the register's
    are ``national``.
    """
    if spans is None:
        spans = [(s.start, s.end) for s in place_spans(text)]
    starts = {end: start for start, end in spans}
    yield from _national_bodies(text)
    yield from _public_bodies(text, starts)
    yield from _named_bodies(text, spans)
    for match in _SHORT.finditer(text):
        start = starts.get(match.start() + 1, match.start())
        local = start < match.start()
        yield Candidate(
            "organisation",
            start,
            match.end(),
            text[start : match.end()],
            "local" if local else "unknown",
            3,
        )


def _national_bodies(text: str) -> Iterator[Candidate]:
    automaton, normal = _national()
    for last, name in automaton.iter(text):
        start = last + 1 - len(name)
        if name == "发展改革委" and text[start - 1 : start] in tuple("省市县区州"):
            continue
        if name in ("人民日报", "教育部") and text[last + 1 : last + 2] == "门":
            continue
        if name[-1] in "部" and text[last + 1 : last + 2] in tuple("门分署长"):
            if text[last + 1 : last + 2] in tuple("门分"):
                continue
        yield Candidate("organisation", start, last + 1, normal[name], "national", 6)


def _public_bodies(text: str, starts: dict[int, int]) -> Iterator[Candidate]:
    """A register body with what stands directly before it: place, level word, or nothing."""
    for last, name in _bodies().iter(text):
        begin, end = last + 1 - len(name), last + 1
        if name == "政府" and text[end : end + 2] in (
            "采购",
            "部门",
            "信息",
            "投资",
            "补贴",
            "主导",
        ):
            end_ok = _before(text, begin, starts)
            if end_ok[0] == begin:
                continue
        start, local = _before(text, begin, starts)
        if start == begin and (len(name) < 3 or name in _somewhere()):
            continue
        if start == begin and name.startswith("委"):
            continue
        yield Candidate(
            "organisation", start, end, text[start:end], "local" if local else "unknown", 4
        )


def _before(text: str, begin: int, starts: dict[int, int]) -> tuple[int, bool]:
    """(start, has a place) of the body whose own name begins at ``begin``."""
    start = _place_before(text, begin, starts)
    if start is not None:
        return start, True
    # 连云港市|市|市场监管局 and 连云港|市|公安局: the place ends before the level word.
    if text[begin - 1 : begin] and text[begin - 1] in "省市县区州":
        start = _place_before(text, begin - 1, starts)
        if start is not None:
            return start, True
    match = _LEVEL_BEFORE.search(text, max(0, begin - 5), begin)
    pattern = _PATTERN_PLACE.search(text, max(0, begin - 6), begin)
    if pattern:
        stem = stem_start(text, pattern.end(), len(pattern.group(1)), place=True)
        if _names_a_place(text[stem : pattern.end()]):
            return stem, True
    return (match.start(), False) if match else (begin, False)


def _place_before(text: str, end: int, starts: dict[int, int]) -> int | None:
    """The start of the chain of gazetteer places that ends at ``end``."""
    start = starts.get(end)
    while start is not None and start in starts:
        start = starts[start]
    return start


def _names_a_place(name: str) -> bool:
    """云川市, 甲市, 澜江省; not 我市, 全县, 各区, 省市."""
    from replygen.entities.place_patterns import is_place_pattern

    return is_place_pattern(name)


def _named_bodies(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Companies, schools, hospitals and other bodies that carry a name."""
    for match in _NAMED.finditer(text):
        public = _PUBLIC.fullmatch(match.group()) is not None
        start = stem_start(text, match.start(), 18, place=public)
        placed = [s for s, e in spans if start <= s and e <= match.end()] or [
            s for s, e in spans if s < start < e
        ]
        if placed:
            start = min(placed[0], start) if placed[0] < start else placed[0]
        stem = text[start : match.start()]
        if match.group().startswith("小学") and not placed:
            stem = stem.removesuffix("中")  # 全市中|小学
        if not placed and public and len(stem) >= 4 and len(find_leftover(stem)) < 2:
            continue
        if not placed and (len(stem) < 2 or len(stem) > 12 or _is_plain(stem)):
            continue
        if not placed and (not _HAN_RUN.search(stem) or _is_done_to(stem, text[:start])):
            continue
        if not placed and _is_kind(stem, match.group()):
            continue
        yield Candidate(
            "organisation",
            start,
            match.end(),
            text[start : match.end()],
            "local" if placed else "unknown",
            2,
        )


@lru_cache(maxsize=1)
def _plain_pattern() -> re.Pattern[str]:
    words = read_words("body_words.tsv") | {r[0] for r in read_table("bodies.tsv")}
    levels = "省市县区州镇乡村我本该各全贵等级外内大小多"
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(ordered)}|{'|'.join(levels)}|{_TAIL})*")


def _is_plain(stem: str) -> bool:
    """True when a name's stem is made of ordinary words of trade and function only."""
    return _plain_pattern().fullmatch(stem) is not None


def _is_kind(stem: str, body: str) -> bool:
    """理工农医类|学校, 换一家|医院, 期货|公司; not 港务|集团, for a group of a trade is one of some
    place."""
    if stem[-1] in _SORTS or _ONE_OF.search(stem):
        return True
    return not body.startswith("集团") and is_said_of_many(stem + body)


def _is_done_to(stem: str, before: str) -> bool:
    """研究健全|律师(协会), 引导规范|家政(公司): two verbs, and behind them what every place
    has."""
    tokens = cut_tokens(stem)
    if len(tokens) > 1 and starts_with_verb(tokens[0]) and _is_plain(stem[len(tokens[0]) :]):
        return True  # 防止|大医院
    verbs = [before[-2:], *tokens[:-1]][-2:]
    twice = len(verbs) == 2 and all(len(v) > 1 and starts_with_verb(v) for v in verbs)
    return twice and not find_leftover(stem) and is_everyday(tokens[-1])


def is_of_some(text: str) -> bool:
    """True for a body or firm that only some places have: 市|大数据中心, 县|城投公司."""
    return text[:1] in _LEVELS and text[1:] in _somewhere()


@lru_cache(maxsize=1)
def _somewhere() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("bodies.tsv") if row[1:] == ("some",))


def is_generic_organisation(text: str) -> bool:
    """True for a body that every place has, named without a proper name.

    市网信办, 区教育局, 县政府, 公安机关, 有关部门, 各县区, 我局, 电商行业协会 are generic;
    连云港市公安局, 云川市教育局, 快手公司 are not, nor is 市大数据中心, which not every place has.
    """
    text = re.sub(r"[\s\u3000]", "", text)
    if is_of_some(text):
        return False
    if not text or place_spans(text) and any(True for _ in place_spans(text)):
        return False
    text = re.sub(r"(?:机关|部门|单位|机构|组织)$", "", text)
    text = re.sub(r"^(?:原|会同|由)", "", text)
    return _plain_pattern().fullmatch(text) is not None

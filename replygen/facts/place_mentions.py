"""Places in running text: gazetteer names, chains of them, and names known by their pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.facts.candidates import Candidate, stem_start
from replygen.facts.places import BARE, CONTEXT, FULL, NO_PLACE, load_gazetteer
from replygen.facts.tables import (
    Automaton,
    build_automaton,
    is_common_word,
    read_table,
    read_words,
)
from replygen.facts.vocabulary import find_leftover, is_ordinary
from replygen.models import Mention, Scope

# 本市, 我县, 全省, 辖区: point to the writer's own place.
_DEICTIC = re.compile(
    r"(?:本|我|全|该|各|贵)(?:省|市|县|区|州|旗|镇|乡|街道|自治区|自治州|自治县|村|社区)(?![场域别])"
    r"|(?:省|市|县|区)(?:内|里)(?![容部])|本地区?|当地|辖区|我们(?:省|市|县|区)"
)
# A level word that belongs to the next word: 市|场监管, 区|域, 县|域, 乡|村.
_NOT_SUFFIX = {
    "市": frozenset("场場"),
    "区": frozenset("域块间别分"),
    "乡": frozenset("村镇"),
    "镇": frozenset("静"),
    "县": frozenset("级域"),
}
# In 赴和平召开, 在会同举办, 朝阳等地: a common word that is used as a place.
_PLACE_BEFORE = re.compile(r"(?:赴|前往|来自|位于|学习借鉴|借鉴|考察|走访|辖|包括)$")
_PLACE_AFTER = re.compile(
    r"(?:等地|等市|等县|等区|等省|等镇|等乡|等街|两地|三地|两市|三市|两县|两区|三县|警方|法院)"
)
_LIST = re.compile(r"[、和与及，—－至到]")


class Span(NamedTuple):
    """A gazetteer name in the text."""

    start: int
    end: int
    name: str
    strength: int


def find_deictics(text: str) -> tuple[Mention, ...]:
    """The words that point to the writer's own place (本市, 我省, 全县, 辖区) as mentions of
    kind ``place`` with scope ``unknown``; :func:`find_mentions` does not give them."""
    return tuple(
        Mention("place", m.group(), m.start(), m.end(), m.group()) for m in _DEICTIC.finditer(text)
    )


# G15高速, S242省道, 地铁3号线, 12路公交车, 204国道
_ROUTE = re.compile(
    r"(?<![A-Za-z0-9])(?:[GS]\d{1,4}[\u4e00-\u9fff]{0,4}?(?:高速|国道|省道|线)(?!路检)|[GS]\d{2,4}(?![A-Za-z0-9])|\d{3}(?:国道|省道|县道))"
    r"|(?:地铁|轨道交通|轻轨|BRT)[\d一二三四五六七八九十]+号线|(?<!\d)\d{1,3}路(?=公交|车|班车)|公交\d{1,3}路"
)
# 幸福大道|沿线: what is told of a road makes a name even of an ordinary word
_ROAD_WITH_NAME = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在沿对将]))[\u4e00-\u9fff]{2,3}(?:大道|大街|路|街)(?=沿线|两侧|沿街|周边|路段|东侧|西侧|南侧|北侧|以[东西南北]|夜市|小吃街|商圈|[东西南北中]段|改造|与)"
)
_ROAD_WORD = re.compile(
    r"道路|公路|铁路|马路|[主次]干路|高速|街道|沿街|城市|农村|乡村|背街|商业|步行"
)


def find_routes(text: str) -> Iterator[Candidate]:
    """Numbered roads and lines, and roads that are told by their sides."""
    for match in _ROUTE.finditer(text):
        yield Candidate("place", *match.span(), match.group(), "unknown", 2)
    for match in _ROAD_WITH_NAME.finditer(text):
        if not _ROAD_WORD.search(match.group()):
            yield Candidate("place", *match.span(), match.group(), "unknown", 1)


def find_places(text: str) -> Iterator[Candidate]:
    """Gazetteer places (local), national places by the register, and pattern places."""
    spans = place_spans(text)
    yield from _chains(text, spans)
    yield from _national_places(text)
    yield from _pattern_places(text, spans)
    yield from find_routes(text)


def place_spans(text: str) -> list[Span]:
    """Gazetteer names that may stand where they stand, not overlapping, leftmost longest."""
    gazetteer = load_gazetteer()
    strength = gazetteer.strength
    found: list[Span] = []
    blocked: list[tuple[int, int]] = []
    for last, name in gazetteer.automaton.iter(text):
        end = last + 1
        start = end - len(name)
        if strength[name] == NO_PLACE:
            blocked.append((start, end))
        elif text[end : end + 1] not in _NOT_SUFFIX.get(name[-1], ()):
            found.append(Span(start, end, name, strength[name]))
    if blocked:
        found = [s for s in found if not any(b <= s.start and s.end <= e for b, e in blocked)]
    if not found:
        return []
    found.sort(key=lambda s: (s.start, -s.end))
    return _with_context(text, _leftmost_longest(found))


def _leftmost_longest(found: list[Span]) -> list[Span]:
    """Without overlaps: sure names before those that need a context, longer before shorter
    (台|江苏省, not 台江|苏省), provinces and cities before others (中|江苏), then from the left."""
    taken: list[Span] = []
    last = max((s.end for s in found), default=0)
    used = bytearray(last)
    high = load_gazetteer().high
    for span in sorted(
        found, key=lambda s: (s.strength == CONTEXT, s.start - s.end, s.name not in high, s.start)
    ):
        if not any(used[span.start : span.end]):
            used[span.start : span.end] = b"\1" * (span.end - span.start)
            taken.append(span)
    return sorted(taken)


def _with_context(text: str, spans: list[Span]) -> list[Span]:
    """Drop the common words that nothing marks as a place."""
    kept: list[Span] = []
    for number, span in enumerate(spans):
        if span.strength >= BARE or _has_context(text, spans, number, kept):
            kept.append(span)
    # 马坝、管镇等乡镇: a place at the end of a list makes places of those before it.
    accepted = {s.start for s in kept}
    for span in reversed(spans):
        if span.start not in accepted and text[span.end : span.end + 1] == "、":
            if span.end + 1 in accepted:
                accepted.add(span.start)
    return [s for s in spans if s.start in accepted]


def _has_context(text: str, spans: list[Span], number: int, kept: list[Span]) -> bool:
    span = spans[number]
    before = text[max(0, span.start - 4) : span.start]
    after = text[span.end : span.end + 2]
    if kept and kept[-1].end == span.start:
        return _above(kept[-1].name, span.name)
    if kept and kept[-1].end + 1 == span.start and before[-1:] == "、":
        return True
    following = spans[number + 1] if number + 1 < len(spans) else None
    if following and following.start == span.end + 1 and after[:1] == "、":
        return following.strength >= BARE
    if following and following.start == span.end and following.strength == FULL:
        return _above(span.name, following.name)
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after))


def _above(upper: str, lower: str) -> bool:
    """True when some place of the first name contains some place of the second."""
    gazetteer = load_gazetteer()
    uppers = set(gazetteer.rows[upper])
    for row in gazetteer.rows[lower]:
        parent = gazetteer.parents[row]
        while parent >= 0:
            if parent in uppers:
                return True
            parent = gazetteer.parents[parent]
    return False


def _chains(text: str, spans: list[Span]) -> Iterator[Candidate]:
    """连云港市东海县白塔埠镇 as one candidate, single names as they are."""
    sure = _context_rows(spans)
    position = 0
    while position < len(spans):
        last = position
        while (
            last + 1 < len(spans)
            and spans[last].end == spans[last + 1].start
            and _above(spans[last].name, spans[last + 1].name)
        ):
            last += 1
        start, end = spans[position].start, spans[last].end
        yield Candidate("place", start, end, _normal(text[start:end], sure), "local", 3)
        position = last + 1


def _context_rows(spans: list[Span]) -> set[int]:
    """Rows of the names that can mean one place only, provinces and cities among them."""
    gazetteer = load_gazetteer()
    rows: set[int] = set()
    for span in spans:
        candidates = gazetteer.rows[span.name]
        if len(candidates) == 1:
            rows.add(candidates[0])
    return rows


@lru_cache(maxsize=4096)
def _rows_of(name: str) -> tuple[int, ...]:
    from replygen.facts.places import resolve_name

    return resolve_name(name)


def _normal(name: str, context: set[int]) -> str:
    """The full name when only one place can be meant, by itself or by the text around it."""
    gazetteer = load_gazetteer()
    rows = _rows_of(name)
    if len(rows) > 1:
        high = [r for r in rows if gazetteer.levels[r] in "pca"]
        provinces = [r for r in rows if gazetteer.levels[r] == "p"]
        near = [r for r in rows if any(c != r and gazetteer.is_within(r, c) for c in context)]
        for choice in (provinces, near, high):
            if len(choice) == 1:
                rows = (choice[0],)
                break
    return "".join(gazetteer.chain(rows[0])) if len(rows) == 1 else name


@lru_cache(maxsize=1)
def _national_pattern() -> re.Pattern[str]:
    names = [row[0] for row in read_table("national.tsv") if row[1] == "place"]
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _regions() -> Automaton:
    return build_automaton(read_words("regions.tsv"))


def _national_places(text: str) -> Iterator[Candidate]:
    for match in _national_pattern().finditer(text):
        yield Candidate("place", *match.span(), match.group(), "national", 4)
    # 苏北, 京津冀: regions are local to the text that names them.
    for last, name in _regions().iter(text):
        yield Candidate("place", last + 1 - len(name), last + 1, name, "local", 2)


# X村, X社区, X镇, X街道, X开发区, X路, X水库 ...: suffix, then the longest stem it takes.
_LONG_SUFFIX = (
    "经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|高新区|经开区|开发区|工业园区|产业园区|物流园区|"
    "科技园区|工业园|产业园|科技园|物流园|创业园|电商园|示范园|园区|新区|新城|示范区|保税区|港区|自贸区|度假区|"
    "风景名胜区|风景区|景区|湿地公园|森林公园|公园|广场|大桥|水库|灌区|小区|花园|社区|街道|商圈|"
    "大道|大街|高速|国道|省道|隧道|立交桥|立交|码头|机场|火车站|高铁站|客运站|汽车站|农贸市场|批发市场|步行街|"
    "古镇|古城|古村|林场|农场|渔场|海湾|湾区|流域|老街|夜市|商场|专业市场|夜经济街区|街区|片区"
)
_SUFFIX = re.compile(
    rf"(?:{_LONG_SUFFIX}|自治州|自治县|自治区|[省市县区州旗镇乡村路街巷河湖江山岛港湾溪桥])"
)
_NOISY = set("路街巷河湖江山岛港湾溪桥州旗")
# 市场, 区域, 路径: the suffix character begins another word.
_NEXT = {
    "市": "场場民值面容政级委",
    "区": "域块间别分划",
    "县": "域级",
    "省": "级内去力",
    "路": "径线演段人由面况灯网",
    "村": "民级庄两集级务规",
    "乡": "村镇亲愁土贤级情",
    "镇": "静村级域",
    "山": "水区林体",
    "河": "流道湖长段",
    "湖": "泊长",
    "街": "道头区巷面坊",
    "桥": "梁头",
    "港": "口澳股",
    "江": "河",
    "湾": "",
    "岛": "屿",
    "州": "",
    "旗": "帜下舰",
    "巷": "道",
    "溪": "流",
}
_ADMIN = set("省市县区镇乡村")
# Words that end like a place and are none: 现代|城市, 随着|城镇, 缩减|自然村, 产业|重镇.
_COMMON_TAIL = re.compile(
    r"(?:城市|城镇|乡镇|城乡|乡村|农村|山村|村镇|自然村|行政村|新村|重镇|强省|大省|强市|大市|强县|强区|"
    r"省市|市县|区县|县区|市区|省区|[一二两三四五六七八九十多各]省|地区|社区|街区|校区|"
    r"上市|超市|股市|楼市|门市|夜市|都市|菜市|江河|江湖|江山|河山|火山|矿山|海岛|群岛|孤岛|半岛|水乡|家乡|故乡|老乡|"
    r"回乡|还乡|返乡|下乡|线路|易发区|戍区|警备区|普查区|查小区|设区|渔港|货港|跑路|出路|思路|道路|公路|铁路|马路|网路|套路|销路|退路|一路|沿路|独木桥|搭桥|红旗|国旗|银河|巡河|清河|治河|"
    r"登山|靠山|下山|上山|荒山|青山|雪山|[出进抵到离靠]港|船籍港|过街|上街)$"
)


def _pattern_places(text: str, spans: list[Span]) -> Iterator[Candidate]:
    ends = {s.end: s for s in spans}
    inside = [(s.start, s.end) for s in spans]
    for match in _SUFFIX.finditer(text):
        suffix, end = match.group(), match.end()
        if end in ends or _is_other_word(text, suffix, end):
            continue
        if len(suffix) == 1 and _ends_like_a_word(text, match.start(), end):
            continue
        if any(s < end < e for s, e in inside):
            continue
        start = _pattern_start(text, match.start(), suffix, spans)
        stem = text[start : match.start()]
        if not _is_proper_stem(stem, suffix, text, start, inside):
            continue
        scope: Scope = "local" if suffix[-1] in _ADMIN and suffix not in _NOISY else "unknown"
        yield Candidate("place", start, end, text[start:end], scope, 2)


def _is_other_word(text: str, suffix: str, end: int) -> bool:
    following = text[end : end + 1]
    if suffix == "市" and re.match(r"直(?!播|接|通|营|达|升)", text[end : end + 2]):
        return True
    return bool(following) and following in _NEXT.get(suffix, "")


def _ends_like_a_word(text: str, at: int, end: int) -> bool:
    """现代城市, 随着城镇; not 夹谷|山村, whose first part belongs to no ordinary word."""
    tail = _COMMON_TAIL.search(text, max(0, end - 3), end)
    if not tail:
        return False
    start = stem_start(text, at, 4, place=True)
    before = text[start : tail.start()]
    return text[at] != "村" or len(before) < 2 or len(find_leftover(before)) < 2


# 省, 市, 县 inside a stem: another place stands before this one
_UPPER = re.compile(r"[省市县](?=[\u4e00-\u9fff]{2})(?![级场直区])")


def _pattern_start(text: str, end: int, suffix: str, spans: list[Span]) -> int:
    """Where the stem begins; a gazetteer name directly before belongs to it."""
    start = stem_start(text, end, 8 if len(suffix) > 1 else 4, place=True)
    upper = _UPPER.search(text, start, end)
    if upper and start < upper.start() + 4:
        # 澜江省|云川市: the name above belongs to the chain, whole.
        start = stem_start(text, upper.start(), 4, place=True)
    letter = re.search(r"(?<![A-Za-z0-9])[A-Z]\d{0,2}$", text[start:end])
    if letter:
        # A市, K6县: how names are hidden in published texts.
        return start + letter.start()
    for span in spans:
        if span.start < end and span.end > start and span.end <= end:
            return span.start
    return start


def _is_proper_stem(
    stem: str, suffix: str, text: str, start: int, inside: list[tuple[int, int]]
) -> bool:
    """True when the stem can be a name: not 乡(镇), 思(路), 智慧(社区), 省级(开发区)."""
    if re.fullmatch(r"[A-Z]\d{0,2}", stem):
        return suffix in _ADMIN
    if not stem or not re.match(r"[\u4e00-\u9fff]", stem):
        return False
    if any(s == start for s, _ in inside):
        return len(stem) > 0
    if _generic_stem().fullmatch(stem) or is_common_word(stem + suffix):
        return False
    if len(stem) >= 4 and is_ordinary(stem):
        return False
    if len(suffix) > 1:
        return len(stem) >= 2
    if suffix in _NOISY:
        return 2 <= len(stem) <= 3 and _stands_alone(text, start, len(stem))
    if _hides_a_word(stem, suffix):
        return False
    return len(stem) >= (1 if suffix in "市省县区" and stem in "甲乙丙丁戊己庚辛壬癸" else 2)


def _hides_a_word(stem: str, suffix: str) -> bool:
    """True for 建设|专业村, 沿海|港市: an ordinary word behind ordinary words; not 王|家村."""
    for size in range(1, len(stem) + 1):
        if is_common_word(stem[-size:] + suffix):
            before = stem[:-size]
            if len(before) == 1:
                return not find_leftover(before)
            return len(before) != 2 or len(find_leftover(before)) < 2
    return False


def _stands_alone(text: str, start: int, length: int) -> bool:
    """A noisy suffix (路, 河, 山) needs a boundary before the name: start, 在, 、, a verb."""
    before = text[:start][-1:]
    return (
        not before
        or not re.match(r"[\u4e00-\u9fff]", before)
        or before in "在沿对将把于至到与和及的是"
    )


@lru_cache(maxsize=1)
def _generic_stem() -> re.Pattern[str]:
    """Stems made of ordinary words only (place_generic.tsv): 国家级, 智慧, 老旧, 电商产业."""
    words = sorted(read_words("place_generic.tsv"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})+")


def is_place_pattern(name: str) -> bool:
    """True for a name that reads as a place's though no gazetteer has it: 云川市, 甲市, 澜江省;
    not 我市, 全县, 各区, 智慧社区."""
    match = _SUFFIX.search(name)
    while match and match.end() < len(name):
        match = _SUFFIX.search(name, match.end())
    if not match or _DEICTIC.fullmatch(name):
        return False
    stem = name[: match.start()]
    return _is_proper_stem(stem, match.group(), name, 0, [])

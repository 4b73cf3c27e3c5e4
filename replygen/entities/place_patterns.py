"""Places known by their pattern: X村, X街道, X大道, G15高速, 锦绣家园; no gazetteer has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.places import DEICTIC, Span, resolve_name
from replygen.entities.prose import read_auspicious, sort_word
from replygen.entities.tables import is_common_word, read_words
from replygen.entities.vocabulary import find_leftover, is_ordinary, is_word
from replygen.language.verbs import starts_with_verb
from replygen.models import Scope

# G15高速, S242省道, 地铁3号线, 12路公交车, 204国道
_ROUTE = re.compile(
    r"(?<![A-Za-z0-9])(?:[GSXY]\d{1,4}[\u4e00-\u9fff]{0,4}?(?:高速|国道|省道|县道|乡道|线)(?!路检)|[GS]\d{2,4}(?![A-Za-z0-9])|\d{3}(?:国道|省道|县道))"
    r"|(?:地铁|轨道交通|轻轨|BRT)[\d一二三四五六七八九十]+号线|(?:地铁|轻轨|轨道交通)[一二三四五六七八]期"
    r"|(?<![A-Za-z0-9])[A-Z]\d{1,3}路|(?<![A-Za-z0-9])(?:[A-Z]{1,3}|[游夜快环专微支])\d{1,3}(?=的?(?:停靠|首末|发车|班次|月台|站台|公交|线路|途经|末班|首班))"
    r"|(?<!\d)\d{1,3}路(?=公交|车|班车)|公交\d{1,3}路"
)
# 幸福大道|沿线: what is told of a road makes a name even of an ordinary word
_ROAD_WITH_NAME = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在沿对将]))(?![在沿对将])[\u4e00-\u9fff]{2,3}(?:大道|大街|路|街)"
    r"(?=沿线|两侧|沿街|周边|路段|东侧|西侧|南侧|北侧|以[东西南北]|夜市|小吃街|商圈|[东西南北中]段|改造|与|试点|试行|设置|设立|附近)"
)
_ROAD_WORD = re.compile(
    r"道路|公路|铁路|马路|[主次]干路|高速|街道|沿街|城市|农村|乡村|背街|商业|步行"
)


# Where a name may begin: after a mark or a particle.
_EDGE = r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在沿对将把与和及由到至的]))(?![在沿对将把与和及由到至的])"
# 建设北路, 望江西路: a part of the compass makes it a street's name
_COMPASS_ROAD = re.compile(
    rf"{_EDGE}(?P<name>[\u4e00-\u9fff]{{2,3}}[东南西北中](?:路|街|大道|大街))"
)
# 涡河|水质: one character before 河 where the river itself is told of
_RIVER = re.compile(
    rf"{_EDGE}(?P<name>[^江河湖各该本此内外沿治护巡清大小老新两入过跨行排一\W\d][河江](?!流|道|湖))"
    r"(?=水质|沿岸|沿线|流域|两岸|治理|干流|支流|大桥|段|岸线|水系|生态|以[东南西北])"
)
# 后湾屯, 杨家埠: hamlets by their last character
_HAMLET = re.compile(
    rf"{_EDGE}(?P<name>(?!驻|军|粮|囤)[\u4e00-\u9fff]{{2,3}}[屯寨圩埠坞浜墩堡])(?!田|积|门|头)"
)
# 赵家沟, 杨家埠: a family's name and what the land looks like
_FAMILY_PLACE = re.compile(
    r"(?P<name>[王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶苏吕丁卢姚沈钟姜崔谭陆范汪石贾夏付邹熊白孟秦邱侯江尹薛雷龙陶贺毛郝顾龚邵钱严莫孔汤温康牛樊葛邢齐乔庞颜倪聂章鲁岳耿焦左柳甘祝梅童凌毕季裴霍苗谷]"
    r"家[沟湾坡坪营寨坝店堡屯台洼塘洲垴窑冲岭嘴垭桥岗圩集墩埠庄坞畈坳河渡巷村口])(?!长)"
)
# 北三环, 二环南路; 江北片, 城东组团
_RING = re.compile(
    r"(?P<name>[东南西北][一二三四五六]环(?:路)?|[一二三四五六]环[东南西北][路段]|"
    r"(?<![\u4e00-\u9fff])[江河湖城][东南西北](?:片|片区|组团|板块|新城)(?!面))"
)
# 锦绣家园, 翠竹苑: housing estates
_ESTATE = re.compile(
    rf"{_EDGE}(?P<name>(?!美丽|共同|幸福|精神|生态|平安|和谐|美好|宜居|绿色|大|学|建设|共建|智慧)"
    r"[\u4e00-\u9fff]{2,4}(?:家园|花园|佳苑|雅苑|新苑|名苑|华庭|华府|公馆|名邸|嘉园))(?!式|小区)"
)

# Each with the characters of which every match has one: most texts hold none of them.
_NAMED = (
    (_COMPASS_ROAD, "路街道"),
    (_RIVER, "河江"),
    (_HAMLET, "屯寨圩埠坞浜墩堡"),
    (_ESTATE, "园苑庭府馆邸"),
    (_FAMILY_PLACE, "家"),
    (_RING, "环片团块城"),
)


def find_routes(text: str) -> Iterator[Candidate]:
    """Numbered roads and lines, and roads that are told by their sides."""
    chars = frozenset(text)
    for match in _ROUTE.finditer(text):
        yield Candidate("place", *match.span(), match.group(), "unknown", 2)
    for match in () if chars.isdisjoint("道街路") else _ROAD_WITH_NAME.finditer(text):
        name = match.group()
        if not _ROAD_WORD.search(name) and (name[-2] == "大" or not is_word(name[-2:])):
            yield Candidate("place", *match.span(), match.group(), "unknown", 1)
    for pattern, marks in _NAMED:
        for match in () if chars.isdisjoint(marks) else pattern.finditer(text):
            start, end = match.span("name")
            if not is_common_word(match["name"]):
                yield Candidate("place", start, end, match["name"], "unknown", 1)


# X村, X社区, X镇, X街道, X开发区, X路, X水库 ...: suffix, then the longest stem it takes.
_LONG_SUFFIX = (
    "经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|高新区|经开区|开发区|工业园区|产业园区|物流园区|"
    "科技园区|工业园|产业园|科技园|物流园|创业园|电商园|示范园|园区|新区|新城|示范区|保税区|港区|自贸区|度假区|"
    "风景名胜区|风景区|景区|湿地公园|森林公园|公园|广场|大桥|水库|灌区|小区|花园|社区|街道|商圈|"
    "大道|大街|高架|高速|国道|省道|隧道|立交桥|立交|码头|机场|火车站|高铁站|客运站|汽车站|农贸市场|批发市场|步行街|"
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
    "大道": "理",
    "大街": "小",
    "江河湖": "海",
    "巷": "道",
    "溪": "流",
}
_ADMIN = set("省市县区镇乡村")
# Words that end like a place and are none: 现代|城市, 随着|城镇, 缩减|自然村, 产业|重镇.
_COMMON_TAIL = re.compile(
    r"(?:城市|城镇|乡镇|城乡|乡村|农村|山村|村镇|自然村|行政村|新村|重镇|集镇|强省|大省|强市|大市|强县|强区|"
    r"省市|市县|区县|县区|市区|省区|[一二两三四五六七八九十多各]省|地区|社区|街区|校区|"
    r"上市|超市|股市|楼市|门市|夜市|都市|菜市|江河|江湖|江山|河山|火山|矿山|海岛|群岛|孤岛|半岛|水乡|家乡|故乡|老乡|"
    r"入乡|回乡|还乡|返乡|下乡|线路|易发区|戍区|警备区|普查区|查小区|设区|渔港|货港|跑路|出路|思路|道路|公路|铁路|马路|网路|套路|销路|退路|一路|沿路|独木桥|搭桥|红旗|国旗|银河|巡河|清河|治河|巡山|小巷|"
    r"登山|靠山|下山|上山|荒山|青山|雪山|[出进抵到离靠回返归入]港|船籍港|过街|上街)$"
)


def find_pattern_places(text: str, spans: Sequence[Span]) -> Iterator[Candidate]:
    """Places by their last characters; ``spans`` are the gazetteer's names in the text."""
    ends = {s.end: s for s in spans}
    inside = [(s.start, s.end) for s in spans]
    for match in _SUFFIX.finditer(text):
        suffix, end = match.group(), match.end()
        if end in ends or _is_other_word(text, suffix, end):
            continue
        if text[max(0, match.start() - 1) : match.start()] in _INTO:  # 家政企业进|社区
            continue
        if len(suffix) == 1 and _ends_like_a_word(text, match.start(), end):
            continue
        if any(s < end < e for s, e in inside):
            continue
        start = _pattern_start(text, match.start(), suffix, spans)
        stem = text[start : match.start()]
        city = suffix in ("市", "县") and stem in _KINDS_OF_AREA
        if not city and not _is_proper_stem(stem, suffix, text, start, inside):
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


def _pattern_start(text: str, end: int, suffix: str, spans: Sequence[Span]) -> int:
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


_INTO = tuple("进入赴")
# 高新|市: what makes a kind of an area makes a name of a city
_KINDS_OF_AREA = ("高新", "经开", "新城", "保税", "临港", "空港", "开发")


def _is_verb_or_kind(stem: str, suffix: str) -> bool:
    """激励|市内, 发达|省, 兄弟|县: real provinces stand in the gazetteer. A county that a word is
    the name of (青石|县) is one, unless official prose says so of any county (农业|县)."""
    if suffix == "省":
        return is_word(stem)
    return suffix in ("市", "县") and sort_word(stem) in ("VW" if suffix == "市" else "NVW")


_WATERS = re.compile("[江河湖海山川林田草沙库渠塘]+")


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
    if (
        _WATERS.fullmatch(stem + suffix)
        or _generic_stem().fullmatch(stem)
        or is_common_word(stem + suffix)
    ):
        return False
    if len(stem) >= 4 and is_ordinary(stem):
        return False
    if _is_verb_or_kind(stem, suffix):
        return False
    if len(suffix) > 1:
        return len(stem) >= 2 and not _is_act(stem)
    if suffix in _NOISY:
        return 2 <= len(stem) <= 3 and _stands_alone(text, start, len(stem))
    if _hides_a_word(stem, suffix):
        return False
    return len(stem) >= (1 if suffix in "市省县区" and stem in "甲乙丙丁戊己庚辛壬癸" else 2)


@lru_cache(maxsize=4096)
def _is_act(stem: str) -> bool:
    """True for 招聘|社区工作者: what is done, by which no place is called; 建设街道 is one."""
    if sort_word(stem) != "V" and not starts_with_verb(stem):
        return False
    called = (stem, *(f"{stem}{kind}" for kind in ("街道", "镇", "乡", "村", "区", "县")))
    return stem not in read_auspicious() and not any(map(resolve_name, called))


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
    if not match or DEICTIC.fullmatch(name):
        return False
    stem = name[: match.start()]
    return _is_proper_stem(stem, match.group(), name, 0, [])

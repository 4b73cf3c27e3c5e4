"""Figures with their units, in Arabic and Chinese writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from replygen.entities.candidates import Candidate
from replygen.entities.tables import Automaton, build_automaton, read_table
from replygen.language.numerals import read_decimal

_ABOUT = (
    r"(?:不少于|不低于|不超过|超过|将近|接近|大约|至少|累计|(?<!以)上|近|约|超|逾|破|达|共"
    r"|(?<![人户票总次])数|几)"
)
_ABOUT_BEFORE = re.compile(rf"{_ABOUT}$")
_UNIT = (
    r"(?:分贝|摄氏度|毫克|毫升|平米|辆次|架次|人份|吨级|人民币|美元|欧元|元|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|海里|英亩|"
    r"百分点|个百分点|个点(?=[，。；])|万千瓦时|千瓦时|千瓦|兆瓦|人次|车次|班次|批次|户次|家次|件次|课时|学时|学分|"
    r"个工作日|工作日|小时|分钟|秒钟|个月|个小时|周岁|周年|年级|星级|吨|斤|克|米|亩|度|"
    r"个|项|件|台|套|条|份|批|次|起|例|家|户|名|人|位|员|只|头|匹|株|棵|艘|辆|架|列|座|栋|幢|间|处|所|"
    r"支|张|幅|本|册|部|篇|期|场|轮|届|种|类|款|倍|成|折|天|日|周|月|季度|年|岁|步|级|层|车|船|袋|箱|瓶|盒|"
    r"枚|颗|粒|根|片|块|组|队|班|门|节|堂|路|线|站|点|座席|席|床|张床位|镇|乡|村|县|市|区|省|社区|街道|"
    r"校|园|店|企业|单位|部门|平台|网格|字节|兆|G|M|K|km|KM|kg|kW|MW|㎡|m2|m|%|％|‰|℃)"
)
# 230余条, 124.6万条, 1.2亿元, 47.1倍, 12,000人, 90%, 3-5个.
_ARABIC = re.compile(
    r"(?<![A-Za-z0-9.])"
    r"(\d{1,3}(?:[,，]\d{3})+(?!\d)|\d(?: \d)+(?=[ 余多]?[\u4e00-\u9fff])|\d+(?:\.\d+)?)"
    r"(?:%?\s*[-—~～至]\s*\d+(?:\.\d+)?)?"
    rf"([十百千万亿]*)(余|多|来|几)?([万亿]*)\s*({_UNIT})?"
)
_DIGIT = "〇零一二两三四五六七八九十百千万亿"
# 三百余个, 近万人, 两项, 百余家, 一点二亿元.
_CHINESE = re.compile(
    rf"([{_DIGIT}]+(?:点[〇零一二三四五六七八九]+[万亿]?)?)(余|多|来|几)?([万亿]*)({_UNIT})"
)
# 补助八百万, 投入三千万: a sum without its unit at the end of a clause
_SUM_OF_MONEY = re.compile(
    r"(?<=[助资入款值额达计约收付得金])[一二两三四五六七八九十百千]{1,6}[万亿](?:余|多)?(?=[，。；、）]|$)"
)
# 百分之九十, 千分之三点五, 三分之一.
_FRACTION = re.compile(
    rf"([百千万{_DIGIT}]+)分之([{_DIGIT}]+(?:点[〇零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
)
# 3+2, N+1; 数十家 and 几百人 are read as 十家 and 百人 with 数 or 几 before them.
_SUM = re.compile(r"(?<![A-Za-z\d+])[\dNnXx]+(?:\+[\dNnXx]+)+(?![A-Za-z\d])")
# 拨打110, 120调度员: numbers that all places have
_CALLED = re.compile(
    r"(?<=[打拨叫电话线])(?:了)?(?:11[0249]|12[02]|1[12]\d{3})(?!\d)"
    r"|(?<=(?:11[0249]|12[02])[、和或及])(?:11[0249]|12[02])(?!\d)"
    r"|(?<!\d)(?:11[0249]|12[02])(?=报警|急救|调度|指挥|接处?警|出警|热线|电话|平台|救护|中心|是|、)"
)
# 第三条, 第3项, 第 118 号; 三是, 一、, （二）, 1. at the start of a line: order, no figure.
_ORDINAL_BEFORE = re.compile(r"第\s*$")
_LIST_START = re.compile(r"(?:^|\n)[\s　]*[（(]?$")
_LIST_END = re.compile(r"[.．、)）]")
_TERM = re.compile(r"制(?![定作造品度约止订裁备成取])|(?<=元)[化论]|(?<=[级维层])化")
# 5G网络: which generation of networks
_GENERATION = re.compile(r"[2-6]G(?![A-Za-zB]|流量|内存)")
# 二|轮承包, 二期: the second one (how many there are is 两); 小学一二|年级: which form
_SECOND = re.compile(r"二[轮期](?!工程|项目)")
_FORM = re.compile(r"(?:[一二三四五六七八九\d]{1,3})年级")
# 只要有百分之一的隐患，就要付出百分之百的努力
_ALL_OF_IT = re.compile(r"[百千万]分之一的[^。；]{2,16}百分之百的")
# 黄金|四分钟, 几百块|钱: as everybody says
_GOLDEN = re.compile("黄金$")
_SPOKEN = re.compile("几[十百千万]*块钱?")
_WORD_AFTER = {
    "人": "民才员工均大口类身格性文群众间士",
    "个": "人体性别",
    "部": "门分署委队件级属",
    "点": "击面",
    "级": "别工",
    "成": "本立效果为长功员",
    "类": "似型别",
    "家": "庭长园用居具电属",
    "起": "来草点到",
    "次": "序日要",
    "条": "件例",
    "项": "目",
    "市": "场民",
    "区": "域别县",
    "线": "索上下路",
    "路": "径",
    "天": "然气",
    "日": "常益前",
    "年": "度轻",
    "处": "理置罚",
    "位": "置",
    "名": "称单义",
    "本": "地市省县区",
    "期": "间",
    "间": "接",
    "节": "能日假约气",
    "组": "织成",
    "站": "式",
    "片": "区",
    "队": "伍",
    "班": "子",
    "车": "辆",
    "村": "民庄",
    "层": "级次面",
}


@lru_cache(maxsize=1)
def _set_phrases() -> tuple[Automaton, dict[str, str]]:
    rows = {row[0]: row[1] for row in read_table("number_stop.tsv")}
    return build_automaton(rows), rows


def normalise_number(text: str) -> str | None:
    """The figure in digits with its unit (三百余个 -> 300余个, 1.2亿元 -> 120000000元,
    百分之九十 -> 90%), or ``None`` when the text is no figure."""
    text = re.sub(r"\s", "", text)
    for pattern in (_FRACTION, _ARABIC, _CHINESE):
        match = pattern.fullmatch(text)
        if match:
            return _BUILD[pattern](match)
    about = re.match(_ABOUT, text)
    if about and about.end() < len(text):
        rest = normalise_number(text[about.end() :])
        return None if rest is None else about.group() + rest
    if _SUM.fullmatch(text):
        return text
    if text and all(c in _DIGIT for c in text):
        value = read_decimal(text)
        return None if value is None else _write_decimal(value)
    return None


def _scaled(value: Decimal, scale: str) -> Decimal:
    """百, 万, 十万 behind a number."""
    return value * (read_decimal(f"1{scale}") or 1)


def _write_decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _arabic(match: re.Match[str]) -> str | None:
    digits, scale, more, scale2, unit = match.groups()
    value = _scaled(Decimal(re.sub(r"[,， ]", "", digits)), scale + scale2)
    span = re.match(r"%?\s*[-—~～至]\s*(\d+(?:\.\d+)?)", match.string[match.end(1) :])
    end = f"-{_write_decimal(_scaled(Decimal(span.group(1)), scale + scale2))}" if span else ""
    return f"{_write_decimal(value)}{end}{more or ''}{(unit or '').replace('％', '%')}"


def _chinese(match: re.Match[str]) -> str | None:
    digits, more, scale, unit = match.groups()
    value = read_decimal(digits)
    if value is None:
        return None
    return f"{_write_decimal(_scaled(value, scale))}{more or ''}{unit}"


def _fraction(match: re.Match[str]) -> str | None:
    base, part = match.groups()
    whole, share = read_decimal(base), read_decimal(part)
    if whole is None or share is None or whole == 0:
        return None
    of_whole = f"{_write_decimal(share)}/{_write_decimal(whole)}"
    return f"{_write_decimal(share)}%" if whole == 100 else of_whole


_BUILD = {_FRACTION: _fraction, _ARABIC: _arabic, _CHINESE: _chinese}


def find_numbers(text: str) -> Iterator[Candidate]:
    """Figures in ``text``; not the numbers of a list, nor 第…, nor set phrases (一体化)."""
    automaton, scopes = _set_phrases()
    blocked: list[tuple[int, int]] = []
    for last, phrase in automaton.iter(text):
        span = (last + 1 - len(phrase), last + 1)
        blocked.append(span)
        if scopes[phrase] == "national":
            yield Candidate("number", *span, phrase, "national")
    phrases = [match.span() for match in _ALL_OF_IT.finditer(text)]
    for match in _SUM_OF_MONEY.finditer(text):
        yield Candidate("number", *match.span(), normalise_number(match.group()) or match.group())
    for pattern in (_FRACTION, _ARABIC, _CHINESE, _SUM):
        for match in pattern.finditer(text):
            said = any(s <= match.start() < e for s, e in phrases)
            if not said and _is_figure(text, match, pattern, blocked):
                about = _ABOUT_BEFORE.search(text, max(0, match.start() - 3), match.start())
                start = about.start() if about else match.start()
                whole = text[start : match.end()]
                yield Candidate("number", start, match.end(), normalise_number(whole) or whole)


def _is_figure(
    text: str, match: re.Match[str], pattern: re.Pattern[str], blocked: list[tuple[int, int]]
) -> bool:
    start, end = match.span()
    if _ORDINAL_BEFORE.search(text, max(0, start - 3), start) or _is_said(text, start, end):
        return False
    if pattern is _CHINESE:
        if any(s <= start < e for s, e in blocked):
            return False
        unit = match.group(4)
        if match.group(1) == "一" and unit not in ("倍", "成", "元"):
            return False
        following = text[end : end + 1]
        if text.startswith(("电商", "庭农场", "政企业", "电子商务"), end):  # 数十家|电商企业
            return True
        if _TERM.match(text, end):  # 二元|制教育, 六年|制
            return False
        return not (following and following in _WORD_AFTER.get(unit[-1:], ""))
    if pattern is _ARABIC and _GENERATION.match(text, start):
        return False
    if pattern is _ARABIC and not match.group(5):
        return _is_bare_figure(text, match)
    return True


def _is_said(text: str, start: int, end: int) -> bool:
    """True for which one of several (二轮, 三年级) and for a figure of a phrase (黄金四分钟)."""
    if _FORM.fullmatch(text, start, end) or _SECOND.match(text, start) and end == start + 2:
        return True
    spoken = text[start - 1 : start] == "几" and _SPOKEN.match(text, start - 1)
    return bool(spoken or _SPOKEN.match(text, start) or _GOLDEN.search(text[:start]))


def _is_bare_figure(text: str, match: re.Match[str]) -> bool:
    """A figure without a unit counts unless it numbers a list item or a part of a code."""
    end = match.end()
    if _LIST_START.search(text[max(0, match.start() - 8) : match.start()]) and _LIST_END.match(
        text, end
    ):
        return False
    if text[end : end + 1].isalpha() and text[end : end + 1].isascii():
        return False
    if _CALLED.match(text, match.start()):
        return False
    return len(match.group(1)) > 1 or bool(match.group(2))

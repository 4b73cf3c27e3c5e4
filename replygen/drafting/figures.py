"""Figures: what a wish demands in figures and dates, taken out so that the phrase stays whole.

A figure goes with all that only leans on it: what compares (不少于, 至少), what it is per
(每人每月), what follows (以上的). Where it is what the verb says (提高到5000元), the direction is
said (提高补助标准); where it measures a part (20%的岗位), that there is one (一定比例的). Where
taking it out would leave a hole, the clause goes.
"""

from __future__ import annotations

import re

from replygen.drafting.acts import acts, opens_with_act, prepositions
from replygen.entities.numbers import find_numbers

_F = "[\uf000-\uf0ff]"  # a figure, while its clause is worked on
_SPOKEN = r"[一二两三四五六七八九十\d]{1,3}"
# 2026年, 2026年6月30日, 2026—2028年, “十五五”期间, 三年内, 1-3年内, 今年, 两年时间
_DATE = (
    r"(?:\d{4}年?[-—－~～至到]\d{4}年|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|“?十[三四五六]五”?(?:期间|时期|末)?|[今明后]年(?!轻)"
    rf"|(?<![第\d—~～-]){_SPOKEN}(?:[-—－~～至到]{_SPOKEN})?(?:个)?(?:[年月]|[周天](?=时间))(?=内|[之以]内|(?:左右)?的?时间))"
)
_WHEN = re.compile(
    r"(?:力争|争取|计划|最迟|确保|预计)?(?P<lead>用|利用|到|在|自|从|(?<![低高少多大小等优早晚迟限])于)?"
    rf"{_DATE}(?:上半年|下半年|年?底|年?末|年?初|(?:左右)?的?时间内?|[之以]?内|期间|度)?"
    r"(?:之?前|以前|起|开始|以后)?，?"
)
# 延长至|2028年, 安排在|2025年: the date is what is said; 入学|1年内: a condition
_SAID_OF = re.compile(
    r"(?:[延推提][长迟前]|[定排整]|延续|实施期|期限|[满后学职近]|连续|[至为])(?:至|到|为|在)?$"
)
_COMPARES = re.compile(
    r"(?:(?:不(?:得|应)?(?:少于|低于|高于|多于|大于|小于|超过)|至少|最多|最少|最高|最低|大约|(?<![节集])约|将近|(?<![附])近|超过"
    r"|达到|达|高达|多达|总计|共计|合计|累计|分别|平均|总数|总量|总额|各|共|力争)(?:为|是)?)+$"
)
_COMPARED = re.compile("不少于|不低于|不超过|至少|超过|近|约|达")
_CALLED = re.compile(r"(?:省|国|级|线|路|号|代|吨级?|[\d０-９])$")
_ABOUT = re.compile(r"左右|以上|以下|不等|(?<=\d)(?:多|余)")
# 把…由15天压缩至5天, 补助标准提高到5000元, 使绿化率提高5个百分点
_MORE_OR_LESS = (
    "提高|提升|增加|扩大|延长|上调|缩短|压缩|压减|降低|减少|下调|控制|调整|增|升|降|减|缩|压"
)
_WHOLE_VERBS = {"增": "增加", "升": "提高", "降": "降低", "减": "减少", "缩": "缩短", "压": "压减"}
_TURN = re.compile(
    rf"^(?:确保|力争|争取)?(?P<taken>将|把|使|让|推动)?(?P<what>[^，将把\uf000-\uf0ff]{{2,24}}?)"
    rf"(?:(?:由|从)[^，]{{0,12}}?{_F}[^，\uf000-\uf0ff]{{0,4}}?)?(?:再|逐步|进一步|适当|统一|均|都|分别)*"
    rf"(?P<verb>{_MORE_OR_LESS})(?:到|至|为|在)?(?:每[一-鿿]{{1,2}}){{0,2}}{_F}(?:以内|[之以]内|的?水平)?$"
)
# 提高|补助标准|至5000元, 延长开放时间|2小时
_TURNED_ALREADY = re.compile(
    rf"^(?P<act>(?:适当|逐步|进一步|适度)*(?:{_MORE_OR_LESS})[一-鿿、]{{2,20}}?)(?:到|至|为)?(?:每[一-鿿]{{1,2}}){{0,2}}{_F}(?:以内)?$"
)
# 覆盖率达到80%以上, 办结率保持在95%
_RATE = re.compile(
    r"^(?:确保|力争|争取|推动)?(?P<taken>将|把|使|让)?(?P<what>[^，将把\uf000-\uf0ff]{2,20}(?:率|比例|比重|占比))"
    rf"(?:要|均|都)?(?:(?:提高|保持|稳定|维持)?(?:到|在|至)?)?{_F}$"
)
_PRESENT = re.compile(r"(?:现在|目前|现行|原来|原有|现有)的?$")
# 按每人每月#的标准, 按照建筑面积#的比例
_BY_RATE = re.compile(
    rf"(?:按照?|依照|以)[^，按照]{{0,16}}?{_F}[^，]{{0,16}}?的[一-鿿]{{0,4}}(?:标准|要求|额度|幅度|规格|价格|配比|率|成绩)，?"
)
_BY_EACH = re.compile(rf"按照?(?:每[一-鿿]{{1,4}}){{0,2}}{_F}(?:/[一-鿿]{{1,2}})?(?!的)")
# 补贴3元, 每个补助5万元 at the end
_GRANT = re.compile(
    rf"(?:每[一-鿿]{{1,3}}){{0,2}}(?:给予|予以|一次性)*(?P<verb>奖补|补贴|补助|奖励|资助|补偿|救助)(?:资金)?(?:每[一-鿿]{{1,3}}){{0,2}}{_F}$"
)
_GIVING = re.compile(
    r"(?:投入|安排|拨付|筹集|列支|落实|拿出|划出|预留|腾出|提取|留出|给予)(?:专项|财政)?$"
)
_PER = re.compile(r"(?:每[一-鿿]{1,2}){1,2}(?:给予)?$")
_SIZE = re.compile(
    r"(?:(?:总|建筑|用地|占地|使用)?(?:面积|占地)|总?投资|规模|年?营业额|产值|产量|总?价值|总?金额|高度|宽度|长度|深度|距离"
    r"|[宽长高深厚])$"
)
_WIDE = re.compile("^[宽长高深厚](?:的)?(?=[一-鿿]{2})")
_GROUP = re.compile(r"^(?:对|给|为|向)[^，]*$")
_MONEY = re.compile(r"(?:元|人民币|美元|[万亿])$")
_PART = re.compile(r"[%％‰]|百分之|成$")
_WITHIN = re.compile(r"(?:的?范围)?(?:以|之)?内")
_OFTEN = re.compile(r"(?:工作日|小时|分钟|天|日|周)$")
_FAR = re.compile(r"(?:公里|千米|米)$")
# 满1年, 60岁, 1:3: without it another thing is meant
_LASTS = re.compile(r"(?:年|月|岁|[:：]\d+)$")
_WHO = re.compile(r"部门|单位|地区|行业|领域")
# 为|1000户困难家庭, 不达标的|19个社区: what is counted stands behind; 至少|建设1个
_LED = re.compile("(?:(?:^|，|[一-鿿]{2}的)|(?:^|，)(?:对|为|给|把|将|使|让|向|从|在))$")
_AT_LEAST = re.compile("(?:至少|最少|最多|不少于)(?=[^，]{2,6}$)")
# what cannot stand before a figure that is gone, or behind it
_OPEN_BEFORE = re.compile(
    r"(?:[到至为在于达比率占按由从超及和与以或的第满近逢：/、]|每[一-鿿]{0,2}|[≥≤<>=])$"
)
_OPEN_BEHIND = re.compile(r"^(?:以|为|即|内|外|的|及|和|与|或|至|到|/|次|倍|的$)")


def without_figures(clause: str) -> str | None:
    """Return ``clause`` without the figures and dates that it demands, a whole phrase, or
    ``None`` where they carry it: what is left of 高度设置在3米以上 says nothing."""
    figures: list[str] = []
    marked = _mark_numbers(_drop_dates(clause, figures), figures)
    if not figures:
        return marked
    turned = _turn(marked)
    if turned is not None:
        return turned
    marked = _BY_EACH.sub("", _BY_RATE.sub("", marked))
    for number in reversed(range(len(figures))):
        at = marked.find(chr(0xF000 + number))
        if at >= 0:
            edited = _drop(marked[:at], figures[number], marked[at + 1 :])
            if edited is None:
                return None
            marked = edited
    return marked.strip("，、")


def _drop_dates(clause: str, figures: list[str]) -> str:
    """Return ``clause`` without when it is to be done; a date that is itself what is said
    becomes a figure."""
    for match in reversed(list(_WHEN.finditer(clause))):
        before, after = clause[: match.start()], clause[match.end() :]
        if _SAID_OF.search(before + (match["lead"] or "")) and before:
            figures.append(f"@{match.group()}")  # a date
            clause = f"{before}{match['lead'] or ''}{chr(0xF000 + len(figures) - 1)}{after}"
        else:
            clause = before + after
    return clause


def _mark_numbers(clause: str, figures: list[str]) -> str:
    """Return ``clause`` with a mark for each figure, with what compares it and limits it; a list
    of figures is one."""
    spans: list[tuple[int, int]] = []
    for found in sorted(find_numbers(clause), key=lambda m: (m.start, -m.end)):
        said = clause[found.start : found.end]
        if found.scope == "national" or spans and found.start < spans[-1][1] or _is_name(said):
            continue
        if spans and clause[spans[-1][1] : found.start] in tuple("、-—－～至到"):
            spans[-1] = (spans[-1][0], found.end)
        else:
            spans.append((found.start, found.end))
    for start, end in reversed(spans):
        whole = clause[start:end]
        digits = re.search(r"[\d一二两三四五六七八九十百千万]", whole)
        start += digits.start() if digits else 0
        figures.append(clause[start:end])
        about = _ABOUT.match(clause, end)
        rest = clause[about.end() if about else end :]
        compared = _COMPARES.search(clause[:start])
        before = clause[: compared.start() if compared else start]
        clause = f"{before}{chr(0xF000 + len(figures) - 1)}{rest}"
    return clause


def _is_name(figure: str) -> bool:
    """Return whether a figure is part of what a thing is called: 344省道, 两种资源, 三步走."""
    if _CALLED.search(figure):
        return True
    demanded = _MONEY.search(figure) or _PART.search(figure)
    return not re.search(r"\d", figure) and not demanded and not _COMPARED.match(figure)


def _turn(marked: str) -> str | None:
    """Return a clause whose figure is what is said of something as which way it is to go."""
    already = _TURNED_ALREADY.match(marked)
    if already:
        return already["act"]
    turned = _TURN.match(marked)
    if turned and (turned["taken"] or not _is_led(turned["what"])):
        verb = _WHOLE_VERBS.get(turned["verb"], turned["verb"])
        return f"{verb}{_PRESENT.sub('', turned['what'])}"
    rate = _RATE.match(marked)
    if rate and (rate["taken"] or not _is_led(rate["what"])):
        return f"提高{rate['what']}"
    grant = _GRANT.search(marked)
    return f"{marked[: grant.start()]}给予{grant['verb']}" if grant else None


def _is_led(what: str) -> bool:
    """Return whether something opens with an act or a frame, and is no thing."""
    return opens_with_act(what) or what.startswith(prepositions()) or "每" in what


def _drop(before: str, figure: str, after: str) -> str | None:
    """Return a clause without one of its figures."""
    if figure.startswith("@") or _LASTS.search(figure):
        return None
    within = _WITHIN.match(after)
    if within and _FAR.search(figure):
        return f"{before}一定范围内{after[within.end() :]}"
    if within and _OFTEN.search(figure):
        lead = re.sub(r"在$", "", before)
        waits = not lead or lead != before or lead.endswith(("后", *acts()[1], "争取", "确保"))
        return f"{lead}及时{after[within.end() :]}" if waits else None
    if _PART.search(figure):
        if re.search(r"(?:不低于|不高于|不少于|高于|低于)", before):
            return None
        after = re.sub("^的?比例", "", after)
        return f"{before}一定比例{after}" if after and not _is_mark(after) else None
    if _MONEY.search(figure):
        before = _PER.sub("", before) if not _GIVING.search(before) else before
    who = _WHO.match(figure[-1:] + after) or _WHO.match(after) or _WHO.match(figure[-2:])
    if who:  # 联合5部门, 统筹10个部门
        behind = after[max(0, who.end() - len(who.string) + len(after)) :]
        return f"{before}有关{who.group()}{behind}"
    return _join(before, figure, after)


def _join(before: str, figure: str, after: str) -> str | None:
    """Return what stood before and behind a figure, put together, where it makes a phrase."""
    size = _SIZE.search(before)
    rest = re.sub(r"^的(?!地)", "", after)
    if size and not rest:
        return None
    if _FAR.search(figure):
        rest = _WIDE.sub("", rest)
    if size and rest != after:
        if _GROUP.match(before):
            return None  # 对营业额500万元以下的企业: others are meant without it
        before = before[: size.start()]
    if _GIVING.search(before):
        if _MONEY.search(figure) and (not rest or re.match("用于|支持|作为|，", rest)):
            return f"{before}资金{rest}"
        if not _MONEY.search(figure) and rest:
            return f"{before}一定数量的{rest}"
    led = rest and not _MONEY.search(figure) and _LED.search(before)
    before = _AT_LEAST.sub("", before)
    if before and not led and _OPEN_BEFORE.search(before) or _OPEN_BEHIND.match(rest):
        return None
    if not before and not rest or not rest and before.endswith(acts()[0]):
        return None
    return before + rest


def _is_mark(text: str) -> bool:
    return text[0] in "，；。"

"""The guard: the last look at a rewritten measure, independent of how it was rewritten.

Whatever passes contains no mention that is neither national nor known. Beside asking
``find_mentions`` again it refuses, on its own account, every figure, every title mark and
every Latin name it does not know, and the bare names of the place the measure came from:
two nets with different holes.
"""

from __future__ import annotations

import re

from replygen.drafting.clauses import is_balanced
from replygen.drafting.context import Rules, find_areas
from replygen.drafting.lexical import term_weights
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.names_unknown import find_unknown
from replygen.drafting.tense import sounds_past
from replygen.entities import find_lonely, find_mentions, find_oddities, list_famous
from replygen.language.slots import drop_slots, replace_slots

_DIGIT = re.compile(r"[0-9０-９]")
# Latin words that are general (5G carries a digit and is refused unless known)
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+(?![级类股])")
_LATIN_KEPT = {
    "app",
    "ai",
    "vr",
    "ar",
    "mcn",
    "ppp",
    "epc",
    "it",
    "led",
    "ktv",
    "ccc",
    "iso",
    "gps",
}
_TITLE = re.compile(r"《[^《》]*》")
# 与驼铃直播平台签订…, 约谈某某公司: a partner of theirs by name
_PARTNER = re.compile(
    r"(?:与|同|联合|会同|约谈|引入|邀请|依托)(?P<who>[\u4e00-\u9fff]{2,8}?)"
    r"(?:平台|公司|集团|企业|商城|超市|银行|医院|大学|学院|研究院|协会|商会|基金会)"
)
# 清源工程, 金种子计划, 三清工作法: what stands in front must be a general word
_PROGRAMME = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2})(?:工程|计划|行动|工作法|攻坚战|百日战|大会战|模式|品牌)(?!者|员|车|局|师|量|化|力|能力)"
)
# 与驼铃直播…, 指导老杨食品厂…: a rare word in front of what a business is called by
_TO_WHOM = (
    r"(?:与|和|同|会同|联合|督促|指导|组织|推动|引导|约谈|引入|邀请|支持|要求|帮助|对|向|依托|由|在"
    r"|建设|建立|打造|成立|发挥|推广|设立|开展|、)"
)
_BUSINESS = re.compile(
    rf"{_TO_WHOM}(?P<who>[\u4e00-\u9fff]{{2,6}}?)(?:等)?"
    r"(?:直播(?!间|电商|带货|营销|平台|机构|行业|人员|商品|活动|销售|服务|产业|内容|账号|基地)"
    r"|选品|优选|严选|食品厂|加工厂|餐饮店|饭店|酒楼|大院|商行|超市|商场|广场|便利店|药房|志愿队"
    r"|服务队|先锋队|突击队|工作室|合作社|生鲜|传媒|品牌企业|书院|学堂|专项行动|专项整治)"
)
# 在鼓楼…, 打造幸福里…: landmarks
_LANDMARK = re.compile(
    r"(?:在|打造|建成|建设|将|把)(?P<who>[\u4e00-\u9fff]{1,3}(?:里|坊|苑|湾|岛|桥|塔|楼|寺|庙|门|巷|弄|港|埠|山|湖))"
    r"(?=[\u4e00-\u9fff]{2})"
)
# 新开铺路, 金帆路: any 路 that is no kind of road
_STREET = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?<![道公铁马线网电思出套沿一陆水通退后上干支头养修主次各条走迷问半同])路(?![径线段面人由演灯况网边口费政桥])"
)
# 方上桥水泥厂, 金城国际项目, 市城投公司: a works, an estate, a town's own company; 污水处理厂
# and 工厂 are kinds
_WORKS = re.compile(
    r"[\u4e00-\u9fff]{2}(?<![工水电理烧])厂(?![房家区商界长])"
    r"|[\u4e00-\u9fff]{2}国际(?=项目|小区|楼盘|业主|广场|花园|公寓|商业|大厦|开发)"
    r"|市?(?:城投|交投|文旅投|水投)(?:公司|集团)"
)
# 与东师大合作
_UNIVERSITY = re.compile(r"(?:与|和|同|联合|会同|依托)[\u4e00-\u9fff]{1,3}大(?=[合共联开签建协])")
# 六一二三热线, 一零三路: a figure in characters
_SPELLED = re.compile(
    r"[零〇一二三四五六七八九]{4,}|[零〇一二三四五六七八九幺两]{2,}(?:号|路|线|热线)|[零〇幺]"
    r"|第[一二三四五六七八九十百]+[次届]|[近过超]半|[一二三四五六七八九十]+成(?![立果员效功本])"
)
_OTHER_PARTNER = re.compile(r"部门|机关|机构|开展|组织|推动|建立|督促|指导|加强|制定|完善|【|对")
_RARE = 0.8  # weight (see lexical.term_weights) of a word that official prose hardly has
_TALK = re.compile(r"您|你[们单局委]?|贵[委会局]|提案|委员提|代表提|上述|该[局委市县区项条]|如下")


def find_remains(text: str, rules: Rules) -> tuple[str, ...]:
    """Return what in ``text`` may not go out as this unit's words; empty when it is clean."""
    blind = replace_slots(text, lambda slot: "□" * len(slot))
    mentions = find_mentions(blind)
    remains = [m.text for m in mentions if not rules.allows(m)]
    free = [(m.start, m.end) for m in mentions if m.scope == "national"]

    def uncovered(match: re.Match[str]) -> bool:
        return not any(a <= match.start() and match.end() <= b for a, b in free)

    remains += [m.group() for m in _DIGIT.finditer(blind) if uncovered(m)]
    remains += [
        m.group() for m in _TITLE.finditer(blind) if uncovered(m) and m.group() not in rules.known
    ]
    remains += [
        m.group()
        for m in _LATIN.finditer(blind)
        if uncovered(m) and m.group().lower() not in _LATIN_KEPT and m.group() not in rules.known
    ]
    covered = [(m.start, m.end) for m in mentions if rules.allows(m)]
    remains += [
        blind[start:end]
        for start, end in find_areas(blind, (*rules.own_names, *rules.known))
        if not any(a < end <= b for a, b in covered)
    ]
    remains += find_unknown(_blank(blind, covered), rules.known_text)
    remains += find_lonely(_blank(blind, covered), rules.known_text)
    remains += [m.group() for m in _PARTNER.finditer(_blank(blind, covered)) if _is_named(m)]
    uncovered_text = _blank(blind, covered)
    remains += [m.group() for m in _SPELLED.finditer(uncovered_text)]
    remains += [m.group() for m in _STREET.finditer(uncovered_text)]
    remains += [m.group() for m in _WORKS.finditer(blind)]
    remains += _named_things(uncovered_text, rules)
    remains += [m.text for m in find_oddities(uncovered_text) if m.text not in rules.known_text]
    remains += [name for name in list_famous(uncovered_text) if name not in rules.known_text]
    remains += [name for name in rules.source_names if name in blind]
    remains += [m.group() for m in _TALK.finditer(blind) if uncovered(m)]
    if rules.own_generic and re.search(
        rf"(?:会同|联合|配合|协助|商|与|和){rules.own_generic}", blind
    ):
        remains.append(rules.own_generic)
    return tuple(dict.fromkeys(remains))


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _named_things(text: str, rules: Rules) -> list[str]:
    """Return programmes and businesses that go by a name of their own."""
    lexicon, found = load_lexicon(), []
    for match in _PROGRAMME.finditer(text):
        what = match["what"]
        if what not in lexicon.programme_words and match.group() not in rules.known_text:
            found.append(match.group())
    for pattern in (_BUSINESS, _LANDMARK):
        for match in pattern.finditer(text):
            if _is_rare(match["who"], rules):
                found.append(match.group())
    return found + [m.group() for m in _UNIVERSITY.finditer(text)]


def _is_rare(who: str, rules: Rules) -> bool:
    """Return whether no part of ``who`` is a word that official prose often has, or that
    the proposal or the tables have."""
    if who in rules.known_text or any(w in who for w in load_lexicon().partner_words):
        return False
    pieces = term_weights(who)
    return not pieces or min(pieces.values()) >= _RARE


def _is_named(match: re.Match[str]) -> bool:
    """Return whether 与…平台 names one: everything before the kind must be general."""
    middle = match["who"]
    if _OTHER_PARTNER.search(middle):  # 会同商务部门开展电商企业…: the partner ends earlier
        return False
    for word in load_lexicon().partner_words:
        middle = middle.replace(word, "")
    return len(middle.strip("的、和")) >= 2


def is_clean(text: str, rules: Rules) -> bool:
    """Return whether ``text`` is whole, not past, and free of another place's facts."""
    return is_balanced(text) and not sounds_past(drop_slots(text)) and not find_remains(text, rules)

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
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.names_unknown import find_unknown
from replygen.drafting.tense import sounds_past
from replygen.facts import find_mentions

SLOT = re.compile(r"【[^【】]*】")
_DIGIT = re.compile(r"[0-9０-９]")
# Latin words that are general (5G carries a digit and is refused unless known)
_LATIN = re.compile(r"[A-Za-z]{2,}")
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
_OTHER_PARTNER = re.compile(r"部门|机关|机构|开展|组织|推动|建立|督促|指导|加强|制定|完善|【|对")
_TALK = re.compile(r"您|你[们单局委]?|贵[委会局]|提案|委员提|代表提|上述|该[局委市县区项条]|如下")


def find_remains(text: str, rules: Rules) -> tuple[str, ...]:
    """Return what in ``text`` may not go out as this unit's words; empty when it is clean."""
    blind = SLOT.sub(lambda m: "□" * len(m.group()), text)
    mentions = find_mentions(blind)
    remains = [m.text for m in mentions if not rules.allows(m)]
    free = [(m.start, m.end) for m in mentions if m.scope == "national"]

    def loose(match: re.Match[str]) -> bool:
        return not any(a <= match.start() and match.end() <= b for a, b in free)

    remains += [m.group() for m in _DIGIT.finditer(blind) if loose(m)]
    remains += [
        m.group() for m in _TITLE.finditer(blind) if loose(m) and m.group() not in rules.known
    ]
    remains += [
        m.group()
        for m in _LATIN.finditer(blind)
        if loose(m) and m.group().lower() not in _LATIN_KEPT and m.group() not in rules.known
    ]
    covered = [(m.start, m.end) for m in mentions if rules.allows(m)]
    remains += [
        blind[start:end]
        for start, end in find_areas(blind, (*rules.own_names, *rules.known))
        if not any(a < end <= b for a, b in covered)
    ]
    remains += find_unknown(_blank(blind, covered), rules.known_text)
    remains += [m.group() for m in _PARTNER.finditer(_blank(blind, covered)) if _is_named(m)]
    remains += [name for name in rules.source_names if name in blind]
    remains += [m.group() for m in _TALK.finditer(blind) if loose(m)]
    if rules.own_generic and re.search(
        rf"(?:会同|联合|配合|协助|商|与|和){rules.own_generic}", blind
    ):
        remains.append(rules.own_generic)
    return tuple(dict.fromkeys(remains))


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


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
    return (
        is_balanced(text) and not sounds_past(SLOT.sub("", text)) and not find_remains(text, rules)
    )

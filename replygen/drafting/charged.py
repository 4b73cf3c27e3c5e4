"""Charged units: which units the sentence of a demand says are to act.

A sentence names them once, at the head of its first clause, and goes on without them: 由银保监局
牵头，完善监管机制；督促金融机构制定细则.
"""

from __future__ import annotations

import re

from replygen.drafting.acts import acts_after_frame, doer_ends
from replygen.drafting.duties import find_named, find_named_spans
from replygen.models import Ask, Demand
from replygen.settings import Profile

_CLAUSE = re.compile("[，；：:,;]")
_OPENERS = "(?:建议|请|由|应|要|希望|一是|二是|三是|四是)*"
_LINK = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,4}(?:分行|支行|监管局|分局))?[、和与及](?:[省市县区]|[\u4e00-\u9fff]{2}(?=银保监|金融监管))?$"
)
_BRANCH = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:分行|支行|监管局|分局)")
_LEADS = re.compile(
    "^(?:等(?:有关|相关)?(?:部门|单位)?)?(?:共同|一起|联合)?(?:牵头|负责|主导|应当?|要|可以?|需要?)"
)


def find_charged(demand: Demand, ask: Ask, profile: Profile) -> tuple[str, ...]:
    """Return the keys of the units that the sentence of ``demand`` charges with it, ours among
    them; none where the demand names a unit or a doer of its own."""
    if find_named(demand.text) or _has_doer(demand.text):
        return ()
    before = ask.text[: demand.start]
    sentence = before[max(before.rfind(mark) for mark in "。！？\n") + 1 :]
    for clause in reversed(_CLAUSE.split(sentence)):
        keys = _read_head(clause.strip(), profile)
        if keys:
            return keys
        if _has_doer(clause.strip()):
            return ()
    return ()


def _read_head(clause: str, profile: Profile) -> tuple[str, ...]:
    """Return the units that stand at the head of ``clause`` as those who act."""
    places = [profile.region, profile.region[:-1], profile.province, profile.province[:-1]]
    head = re.compile(f"^{_OPENERS}(?:{'|'.join(p for p in places if p) or '我'})?[省市县区]?$")
    keys: list[str] = []
    end = 0
    for key, start, stop in find_named_spans(clause):
        between = clause[end:start]
        if not (head.match(between) if not keys else _LINK.match(between)):
            break
        keys.append(key)
        end = stop
    rest = _BRANCH.sub("", clause[end:])
    acting = _LEADS.match(rest) or (not rest.startswith("的") and acts_after_frame(rest))
    return tuple(keys) if keys and acting else ()


def _has_doer(clause: str) -> bool:
    """Return whether ``clause`` opens with somebody else who acts: 学校开设课程."""
    for place in range(2, min(12, len(clause) - 2)):
        if clause[:place].endswith(doer_ends()) and not acts_after_frame(clause):
            return True
    return False

"""Figures that are no fact of any place: what counts the things that the sentence has just listed
(教育、公安、市场监管三家) and what is only said for many (胜过多发十张纸)."""

from __future__ import annotations

import re

from replygen.models import Mention

_HAN = "\u4e00-\u9fff"
_SMALL = {char: number for number, char in enumerate("二三四五六七八九十", start=2)} | {"两": 2}
# 三|家, 两|类, 两|件: how many of what was listed
_LISTED = re.compile(rf"(?P<many>[{''.join(_SMALL)}])[个家种类项件样条道关端头方者步大]")
_CLAUSE = re.compile(r"[，；：。！？\n]")
_JOINT = re.compile(r"、|以及|和|与|及|或")
_DEED = re.compile("[已在了将把对被让]")  # 已在|两个小区: counted where something was done
_THAT_IS = re.compile("[是这]|^$")  # ，都|是|必须管好的两件大事
# 这|两步, 这|三个|字: said of what stands before it
_THESE = re.compile(r"[这那]$")
_THINGS = re.compile(r"[步条道件句样招关头类项点种]|个字")
# 十步, 百句, 上十次: as many as one says, not as one counts
_ROUND = re.compile(rf"上?[一两三十百千万]{{1,2}}[{_HAN}]?")
# 胜过多发|十张, 抵得|上十次, 比事后打|十次, 宁可多跑|十步, 少返|十次: weighed, not counted
_WEIGHED = re.compile(
    rf"(?:胜过|好过|强过|赛过|抵得|顶得|不如|不及|宁可|宁愿|宁肯|哪怕|(?<![同环占对])比(?![例重率值上去计原])(?![{_HAN}]{{0,4}}[年月期]))"
    rf"[{_HAN}]{{0,7}}$|(?<![减至不多缺稀])少[{_HAN}]{{1,3}}$"
)


def is_spoken(text: str, mention: Mention) -> bool:
    """Return whether the figure ``mention`` of ``text`` counts what the sentence lists or is only
    a way of speaking."""
    before = text[: mention.start]
    if _ROUND.fullmatch(mention.text) and _WEIGHED.search(before[-12:]):
        return True
    listed = _LISTED.match(mention.text)
    if listed is None:
        return False
    if _THESE.search(before) and _THINGS.match(text, mention.start + 1):
        return True
    return _count_listed(before) == _SMALL[listed["many"]]


def _count_listed(before: str) -> int:
    """How many things are listed in front of a figure, in its clause or, where that only says
    what they are, in the one before."""
    *earlier, clause = _CLAUSE.split(before)
    joints = list(_JOINT.finditer(clause))
    start = joints[-1].end() if joints else 0
    if not joints and earlier and _THAT_IS.search(clause):
        joints = list(_JOINT.finditer(earlier[-1]))
    return len(joints) + 1 if joints and not _DEED.search(clause, start) else 0

"""Demands: the single things that one ask wants, and which of them still want an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.drafting.clauses import starts_with_verb, strip_number
from replygen.drafting.lexical import matter, overlap
from replygen.models import Ask

_COVERED = 0.45  # weighted share of a demand's matter that a sentence must have
_TAKEN_UP = 0.25
_SHORT_ASK = 160
_LONGEST = 36
_MARKS = re.compile(r"[，；。;,：]")
_NOISE = re.compile(
    r"^(?:建议|提议|一是|二是|三是|四是|要求|要|应当?|应该|希望|进一步|并|同时|由市政府牵头|由政府牵头|加快|尽快|积极|大力|鼓励和|还要|此外)+"
)
# 加大监管力度, 推动行业自律, 加强组织领导: any measure on the matter answers it
_ATTITUDE = re.compile(
    r"^(?:进一步)?(?:加大|加强|强化|提高|提升|重视|压实|严查|严打|推动|推进|引导|促进|优化|规范|补齐|严把|完善|健全|压紧)"
)
# 建立主播培训制度, 设立快速处理窗口: something that will be there or not
_THING = re.compile(
    r"^(?:进一步)?(?:探索)?(?:研究)?(?:建立|制定|制订|出台|建设|设立|设置|搭建|编制|组建|成立|开发|推广使用|推广|推行|布设|创建|开设|开通)"
    r".{2,24}(?:制度|机制|平台|系统|标准|规范|办法|细则|指引|指南|规划|方案|名录|目录|清单|台账|档案|数据库|中心|基地|站点|驿站|服务站|窗口|网络|网点|专区|设施|充电桩|停车场|食堂|示范文本|合同|封签|公约|基金|热线|队伍|专班|名单|榜|库|点|机构)$"
)


def split_demands(ask: Ask) -> tuple[str, ...]:
    """Return the single things one ask wants, as verb phrases: 压实平台主体责任，建立主播
    培训制度 gives two. An ask that cannot be taken apart has none beside its topic."""
    lines = [strip_number(line) for line in ask.text.splitlines() if line.strip()]
    body = lines[1:] if len(lines) > 1 else lines  # the first line repeats the topic
    source = "；".join(body) if sum(map(len, body)) <= _SHORT_ASK else ask.topic
    parts = [_NOISE.sub("", part.strip()) for part in _MARKS.split(source)]
    demands = [p for p in parts if starts_with_verb(p) and 4 <= len(p) <= _LONGEST]
    return tuple(dict.fromkeys(demands))


def is_thing(demand: str) -> bool:
    """Return whether ``demand`` is for a thing to be set up, not for more of something."""
    return _THING.match(demand) is not None


def is_covered(demand: str, said: Sequence[str]) -> bool:
    """Return whether one of ``said`` answers ``demand``; so does anything on the matter
    where it only asks for more force (加大监管力度)."""
    if not matter(demand) or (_ATTITUDE.match(demand) and not is_thing(demand) and said):
        return True
    return any(overlap(demand, text) >= _COVERED for text in said)


def answers(demand: str, text: str) -> bool:
    """Return whether ``text`` takes up ``demand`` at all: less than covering it."""
    return overlap(demand, text) >= _TAKEN_UP

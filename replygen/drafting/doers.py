"""Doers: who does what is asked, a bureau or somebody whom it brings to do it.

A proposal names its doer once (民间博物馆应…。一方面…) and goes on without it; what a museum, a
school or a firm does by its nature (营销, 课程, 聘企业顾问) is never said as ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from replygen.drafting.acts import (
    acts,
    doer_ends,
    doer_rows,
    opens_with_act,
    skip_adverbs,
    words,
)
from replygen.drafting.clauses import split_spans
from replygen.drafting.leads import lead_for
from replygen.drafting.speaker import Speaker
from replygen.drafting.spoken import MODAL
from replygen.drafting.tables import TABLES
from replygen.drafting.voice import find_doer
from replygen.language.verbs import strip_adverbs
from replygen.models import Ask

# clauses that say what we do with somebody need no doer before them
LED = tuple("引导 指导 推动 督促 会同 支持 鼓励 配合 协调 协助 要求 组织 动员 帮助 联合".split())
# 引导平台提供商|面向…: whom the proposal itself wants led
_IS_LED = re.compile(
    r"^(?:[^，。；“”]{0,6})(?P<how>引导|指导|支持|鼓励|要求|督促|推动)(?:和[\u4e00-\u9fff]{2})?(?:[^，。；“”]{2,14}的)?(?P<who>[^，。；、“”的]{2,16}?)"
    r"(?=面向|在|对|将|把|以|通过|利用|与|遵照|按照|依照|取得|积极|加强|开展|建立|参与|提供(?!商)|开发(?!商)|建设|打造|采用|使用)"
)
_SUCH = re.compile("^(?:此类|这类|各类|相关|有关)")
_OF_WHOM = re.compile(r"^对于?(?:相关的?|有关的?|各类)?")
# 发挥大医院的作用，|主动…: who is to act stands in what goes before
_PLAYS = re.compile(
    r"^[^，]{0,4}发挥(?:好)?(?P<who>[^，。；“”的]{2,10}?)的?(?:主体|主导|带动|引领|示范|桥梁|积极|骨干|支撑|龙头|纽带|和)*作用$"
)
# 统一承担生态保护职能: what a body that is to be founded does
_OF_A_BODY = re.compile(r"^(?:统一|集中|统筹)?(?:承担|行使|履行)[^，]*(?:职能|职权|职责|管辖权)$")
_SENTENCE = re.compile("[^。；;！？\n]+[。；;！？\n]?")
# 工商联, 红十字会, 妇联: no power of government is theirs
_PEOPLES = re.compile(
    r"(?:联合会|工商联|红十字会|总工会|妇联|残联|文联|侨联|台联|科协|协会|学会|团委|青年团.{0,6}委员会)$"
)
_POWERS = re.compile(
    r"执法|自由裁量|行政(?:审批|许可|处罚|部门|服务)|党政|干部|容错|审批|监管|红黑名单|“红黑|规定政府|税率|立法"
    r"|(?:公共|财政|产业|土地|人才)政策"
)


# 在…课程中增设…, 与高校合作: what stands before the act
_FRAMES = ("在", "于", "与", "和", "同", "以")


@dataclass(frozen=True, slots=True)
class Doers:
    """Who may act in a demand: ``here`` by its own sentence, ``before`` by the sentences before
    it, as we bring it about (引导开发商); ``about`` are the bodies that its heading or the title of
    the proposal is about (博物馆), ``named`` those of its text; ``joined`` says that the demand
    goes on with the act before it (…，并…)."""

    here: str = ""
    before: str = ""
    led: str = ""
    about: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    joined: bool = False


NOBODY = Doers()


def find_doers(ask: Ask, start: int, speaker: Speaker) -> Doers:
    """Return who may act in the demand of ``ask`` that begins at ``start``."""
    said = text_before(ask, start)
    before = led = ""
    for sentence in _SENTENCE.findall(said):
        before = _follow_asked(sentence, before, speaker)
        led = "" if sentence[-1] in "。\n" else _follow_led(sentence, led)
    joined = re.search("[，；](?:并且?|且|同时)$", said) is not None
    about = _bodies(ask.topic, speaker.title)
    return Doers("", before, led, about, _bodies(ask.text), joined)


def text_before(ask: Ask, start: int) -> str:
    """Return the text of ``ask`` before ``start``, without the heading that runs into it:
    挖掘功能|民间博物馆应…"""
    skipped = len(ask.topic) if ask.text.startswith(ask.topic) and start > len(ask.topic) else 0
    return ask.text[skipped:start]


def read_doer(said: str, speaker: Speaker) -> str:
    """Return who acts where the clauses ``said`` end, as we bring it about; "" where it is us."""
    return _follow(said, "", speaker)


def _follow(said: str, doer: str, speaker: Speaker) -> str:
    """Return who acts behind ``said``, where ``doer`` acted before it."""
    clauses = [said[start:end].strip() for start, end in split_spans(said, "，；：。,;:")]
    for clause, following in zip(clauses, (*clauses[1:], ""), strict=False):
        if _OF_WHOM.match(clause) and re.match(MODAL, following):
            clause = f"{_OF_WHOM.sub('', clause)}在"  # 对采集机构，要本着…: it is who must
        elif re.match(MODAL, following) and (bodies := _bodies(clause)):
            if clause.endswith(bodies[-1]):  # 有专业特色的省内高校，|要抓住机遇
                clause = f"{bodies[-1]}在"
        named = find_doer(clause, speaker)
        plays = _PLAYS.match(clause)
        if plays and plays["who"].endswith(doer_ends()):
            named = lead_for(plays["who"], speaker)
        doer = doer if named is None else named
    return doer


def _follow_asked(said: str, doer: str, speaker: Speaker) -> str:
    """Return who acts behind the sentence ``said``, where ``doer`` acted before it: only a body
    that is plainly asked (医院要公布号源), no other one that is told of."""
    for start, end in split_spans(said, "，；：。,;:"):
        clause = said[start:end].strip().removeprefix("一是").removeprefix("二是")
        asked = _asked_pattern().match(clause)
        if asked:
            doer = lead_for(asked["who"], speaker)
        elif find_doer(clause, speaker) is not None:
            doer = ""
    return doer


def _follow_led(said: str, led: str) -> str:
    """Return whom the clauses of ``said`` want led (引导平台提供商开放接口；提供工具), ``led``
    where they say nothing of it; "" after an act of ours (出台政策)."""
    for clause in re.split("[，：]", said.strip("。；;！？\n")):
        match = _IS_LED.match(clause)
        who = _SUCH.sub("", match["who"]) if match else ""
        if who.endswith(doer_ends()):
            led = f"{match['how']}{who}" if match else ""
        elif is_governments(clause):
            led = ""
    return led


def is_governments(clause: str) -> bool:
    """Return whether the act at the head of ``clause`` is one that only a government does:
    制定办法, 加强监管; 加强管理 and 建立微博 are anybody's."""
    bare = _bare(clause)
    if bare.startswith(_listed("state_verbs")):
        return True
    with_object = bare.startswith(_listed("state_verbs_with"))
    inner = re.search(_table()["of_oneself"], clause)
    return with_object and not inner and any(word in bare for word in _listed("state_objects"))


def hand_over(clause: str, doers: Doers, speaker: Speaker) -> str:
    """Return a clause whose act is no bureau's with how we bring it about: 大力研发… →
    支持研发…, 养成…习惯 → 引导群众养成…, 开设…课程 → 推动学校开设…; by the body that the ask is
    about, where that does such things; else as it is."""
    if clause.startswith(LED) or _bare(clause).startswith(LED):
        return clause
    if _PEOPLES.search(speaker.profile.name) and _is_power(clause):
        return f"推动有关部门{clause}"
    if _OF_A_BODY.match(clause):
        return f"推动由专门机构{clause}"
    if _acts_at_body(clause):
        return clause if doers.here else f"推动{clause}"
    row = _row_of(clause)
    led = doers.here or doers.led or doers.before
    if row is None:
        return _hand_to_carried(clause, doers)
    if led:
        return f"{led}{clause}"
    lead = row.get("lead", "")
    who = _who_does(row, (*doers.about, *doers.named) if lead else doers.about)
    bare = clause if clause.startswith(_FRAMES) else _bare(clause)
    if who:
        return f"{lead[:2] or lead_for(who, speaker)[:2]}{who}{bare}"
    return f"{lead}{bare}" if lead else clause


def _acts_at_body(clause: str) -> bool:
    """Return whether something is to be done at a body that acts by itself: 在医学院|开设课程."""
    match = _body_pattern().match(clause, 1) if clause.startswith("在") else None
    place = match is not None and match.group() not in ("社区", "景区", "园区", "小镇")
    return match is not None and place and opens_with_act(clause[match.end() :])


def _is_power(clause: str) -> bool:
    """Return whether a clause is of powers that only a government has (执法, 干部)."""
    return _POWERS.search(clause) is not None and not clause.startswith(("列入", *words("leaning")))


def hand_over_next(clauses: Sequence[str], doers: Doers, speaker: Speaker) -> list[str]:
    """Return the clauses behind the first with who does them, where that is not the one who
    acts in the first (完善政策，研发技术 → 完善政策，支持研发技术)."""
    first, *others = clauses
    said: list[str] = []
    if re.search("的[^，的]{1,6}$", others[-1] if others else "") and "的" not in first:
        return others  # 挑选源于乡村，热爱教育，品行端良的学生: one object
    led = first.startswith(LED) or not is_governments(first)
    for clause in others:
        acts_anew = not led and opens_with_act(clause) and _row_of(clause) is not None
        said.append(hand_over(clause, doers, speaker) if acts_anew else clause)
        led = led or acts_anew
    return said


def _row_of(clause: str) -> dict[str, Any] | None:
    """Return the row of the table for an act that is no bureau's, ``None`` for one that can be."""
    bare = _bare(clause)
    return next((row for row in _table()["act"] if re.search(row["say"], bare)), None)


def _hand_to_carried(clause: str, doers: Doers) -> str:
    """Return a clause with who acts by the sentence that it stands in, or by those before where
    the act can be theirs."""
    if doers.here:
        return clause if _bare(clause).startswith(_listed("state_only")) else doers.here + clause
    theirs = opens_with_act(clause) and not is_governments(clause)
    if re.search(_table()["of_oneself"], clause):
        about = f"指导{doers.about[0]}" if doers.about else ""
        return f"{doers.before or about}{clause}"
    if doers.led and (doers.joined or _bare(clause).startswith(_listed("led_on"))):
        return f"{doers.led}{clause}"
    return f"{doers.before}{clause}" if theirs else clause


def _who_does(row: dict[str, Any], about: tuple[str, ...]) -> str:
    """Return the body that the ask is about, if it is one that does what ``row`` tells of."""
    kinds = tuple(str(row.get("whom", "")).split())
    return next((body for body in about if kinds and body.endswith(kinds)), "")


def _bodies(*texts: str) -> tuple[str, ...]:
    """Return the bodies that ``texts`` name, in their order."""
    found = (match.group() for text in texts for match in _body_pattern().finditer(text))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _body_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(_listed('modifiers'))})*(?:{'|'.join(_listed('bodies'))})"
        r"(?![家主员长化级联法服群])"
    )


@lru_cache(maxsize=1)
def _asked_pattern() -> re.Pattern[str]:
    ends = {end for row in doer_rows() if not row.get("whole") for end in row["ends"]}
    kinds = sorted({*ends, *_listed("bodies")}, key=len, reverse=True)
    before = "|".join(("有条件的", "各级", "各类", "各", *_listed("modifiers")))
    return re.compile(rf"(?P<who>(?:{before})*(?:{'|'.join(kinds)}))(?:都|均|也|还)?{MODAL}")


def _bare(clause: str) -> str:
    return strip_adverbs(skip_adverbs(clause, *acts()))


def _listed(key: str) -> tuple[str, ...]:
    return TABLES.listed("doers.toml", key)


def _table() -> dict[str, Any]:
    return TABLES.toml("doers.toml")

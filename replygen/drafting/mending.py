"""Mending: what reads badly in a proposal's own words, put right before it is taken up.

Two sentences that were glued (整合资源|加大…), a mark inside a word (弘、扬), a word said twice
(进行…进行), a frame left open (在淘汰落后和改造升级，).
What is still broken then is refused by :mod:`replygen.drafting.wholeness`.
"""

from __future__ import annotations

import re
from typing import Any

from replygen.drafting.acts import (
    acts,
    acts_after_frame,
    opens_with_act,
    prepositions,
    skip_adverbs,
)
from replygen.drafting.spoken import MODAL
from replygen.drafting.tables import TABLES
from replygen.language.words import ALONE, cut_words, read_vocabulary

_HAN_BEFORE, _HAN_AFTER = re.compile("[\u4e00-\u9fff]+$"), re.compile("^[\u4e00-\u9fff]+")
# 对加强对…的培训, 通过从…方面: the first of two frames for one act
_TWO_FRAMES = re.compile(r"(?:(?<![\u4e00-\u9fff])对(?=[\u4e00-\u9fff]{2}对)|通过(?=从|在|由))")
# 成立协会进行自律行为进行约束: what is done something to
_DONE_TWICE = re.compile(r"进行(?P<what>[^，；]{2,10})进行(?=[^，；]{2,})")
# 以多种方式如组织参观，聘请人员等方法学习: one means in two halves
_MEANS_AHEAD = re.compile(
    r"^(?:以|通过|用|采取)(?:多种|各种|不同|多样|多样化)的?(?:方式|形式|途径|方法|手段|渠道)(?:，|，?(?:如|例如|比如))"
    r"(?=(?P<list>[^；。]*?)等(?:方法|方式|形式|手段|途径|渠道)[^，；。]{2,})"
)
# 提供如营养成分、价格等信息: things, no examples
_SUCH_THINGS = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:诸如|例如|比如|如)(?=[^，；。]{2,60}等[^，；。、]{2,6}$)"
)
# 细化规则、健全体系、推进助餐等任务: the list is what is done
_AND_TASKS = re.compile(
    r"^(?P<list>[^；。]+、[^；。]+)等(?:各项)?(?:工作)?(?:任务|内容|举措|措施|事项|工作)$"
)
# 在淘汰落后和改造升级，: 在 without 方面
_OPEN_IN = re.compile(r"^(?:会同[^，]{2,14})?在(?P<what>[^，的在]{4,16})(?=，)")
_IN_CLOSED = tuple(
    "中 上 下 内 里 前 后 时 间 处 方面 领域 期间 环节 层面 阶段 之中 地区 区域".split()
)
# 政策层面上给予…
_LEVEL = re.compile(r"^(?P<where>[\u4e00-\u9fff]{2}(?:层面|方面)上?)(?P<rest>[^，]{4,})")
# 养老院设计中要考虑…: in what it is done
_WITHIN = re.compile(
    rf"^(?P<where>(?![在从对把将由])[^，]{{3,12}}中)(?:都|还|也)?{MODAL}(?P<rest>[^，]{{4,}})"
)
_WAITING = re.compile(r"有待(?:进一步)?(?:加强|完善|改善|提高|提升|改进|加快)的?")
# 政策支持|力度, 人才培育|基地: a verb in a noun
_NOUN_BEHIND = tuple(
    "的 和 与 及 、 或 机制 体系 制度 作用 力度 措施 政策 基地 平台 中心 工程 项目 示范 效应 水平"
    " 能力 资金".split()
)
_WITH_BODY = re.compile("^会同[^，、]{2,8}?部门")
_LONG_ENOUGH = 6


def mend_text(text: str) -> str:
    """Return a demand with what is wrong in its wording put right, as far as a rule can."""
    text = _join_split_words(_drop_sayings(text))
    text = _DONE_TWICE.sub(r"对\g<what>进行", _TWO_FRAMES.sub("", _WAITING.sub("", text)))
    text = _name_means(text)
    text = "，".join(_split_glued(_mend_clause(clause)) for clause in text.split("，"))
    return _close_in(text)


def mend_collocation(clause: str) -> str:
    """Return a clause whose verb goes with its object: 促进…参与率 → 提高…参与率."""
    lead = _WITH_BODY.match(clause)
    if lead:
        return f"{lead.group()}{mend_collocation(clause[lead.end() :])}"
    for row in _table()["collocation"]:
        verb = next((v for v in row["verbs"].split() if clause.startswith(v)), None)
        if verb and clause.endswith(tuple(row["ends"].split())):
            return f"{row['to']}{clause[len(verb) :]}"
    return clause


def acts_again(clause: str) -> bool:
    """Return whether a means leads to an act of its own: 通过购买服务|引入社工, 通过聘请专家等
    方式…; 通过查处过期食材 has none."""
    if re.search("等(?:多种)?(?:方式|方法|形式|手段|途径|渠道|措施|办法)", clause):
        return True
    bare = clause.removeprefix("通过")
    verbs = [verb for verb in acts()[0] if len(verb) == 2]
    return any(
        bare.startswith(verb, place) and _is_whole_act(bare[place:], verb)
        for verb in verbs
        for place in range(4, len(bare) - 4)
        if bare[place - 1] not in "的和与及、"
    )


def acts_behind(clause: str) -> bool:
    """Return whether an act with its adverb stands behind a means: 结合实际|加快落实…, 根据人数|
    按年收取…."""
    verbs, adverbs = acts()
    places = range(4, len(clause) - 4)
    return any(
        clause[place:].startswith(word) and clause[place + len(word) :].startswith(verbs)
        for word in adverbs
        for place in places
        if len(word) > 1
    )


# ── inside ─────────────────────────────────────────────────────────────────


def _join_split_words(text: str) -> str:
    """Return ``text`` without a mark inside a word: 负、担得起 → 负担得起; where the word is an
    act behind another one, the mark belongs before it: 权益弘、扬精神 → 权益、弘扬精神."""
    place = text.find("、")
    while place > 0:
        before, after = _HAN_BEFORE.search(text[:place]), _HAN_AFTER.search(text[place + 1 :])
        if before and after and len(before[0]) > 1 and len(after[0]) > 1:
            left = cut_words(before[0], read_vocabulary())[-1]
            right = cut_words(after[0], read_vocabulary())[0]
            word = left + right
            if len(word) == 2 and word in read_vocabulary() and not ALONE.intersection(word):
                ahead = text[: place - 1]
                last = ahead[ahead.rfind("，") + 1 :]
                mark = "、" if len(last) > 3 and opens_with_act(last) and word in acts()[0] else ""
                text = f"{ahead}{mark}{word}{text[place + 2 :]}"
        place = text.find("、", place + 1)
    return text


def _drop_sayings(text: str) -> str:
    for word in _listed("sayings"):
        text = re.sub(rf"(?:^|(?<=[，、])){word}(?:[，、]|$)|{word}(?:也|还|都)?", "", text)
    return text.strip("，、")


def _name_means(text: str) -> str:
    """Return one means for one in two halves: 以多种方式，聘请专家和开设讲堂等方式普及 →
    通过聘请专家和开设讲堂等方式普及."""
    match = _MEANS_AHEAD.match(text)
    if match is None:
        return text
    means = match["list"]
    return f"通过{means.replace('，', '、')}{text[match.end() + len(means) :]}"


def _mend_clause(clause: str) -> str:
    clause = _SUCH_THINGS.sub(_such_things(clause), clause)
    tasks = _AND_TASKS.match(clause)
    if tasks and not skip_adverbs(clause, *acts()).startswith(_listed("listing_verbs")):
        items = tasks["list"].split("、")
        if all(map(opens_with_act, items)):
            clause = tasks["list"]
    within = _WITHIN.match(clause)
    if within and acts_after_frame(within["rest"]):
        clause = f"在{within['where']}{within['rest']}"
    level = _LEVEL.match(clause)
    if level and opens_with_act(level["rest"]) and not clause.startswith(prepositions()):
        clause = f"在{clause}"
    for first, second in _table()["doubled"]:
        inner = clause.removesuffix(second)
        if (
            inner != clause
            and first in inner[: max(0, len(inner) - 2)]
            and not inner.endswith("的")
        ):
            clause = inner
    return clause


def _such_things(clause: str) -> str:
    """Return what stands for 如 before a list of things: nothing where a verb is before it."""
    match = _SUCH_THINGS.search(clause)
    before = clause[: match.start()] if match else ""
    return "" if before.endswith(acts()[0]) else "\\g<0>"


def _split_glued(clause: str) -> str:
    """Return a clause with a comma between two acts that stand together without one: 整合资源|
    加大支持. What can take a whole clause as its object (支持企业加强…) is one act."""
    bare = skip_adverbs(clause, *acts())
    if bare.startswith(_listed("clause_verbs")) or not opens_with_act(clause):
        return clause
    nouns, verbs = _listed("closing_nouns"), _listed("second_acts")
    for place in range(4, len(clause) - _LONG_ENOUGH):
        verb = next((v for v in verbs if clause.startswith(v, place)), None)
        rest = clause[place:]
        if (
            verb is None
            or "、" in clause[:place]
            or not clause[:place].endswith(nouns)
            or "的" in clause[:place][-3:]
        ):
            continue
        if rest.startswith(verb) and _is_whole_act(rest, verb):
            return f"{clause[:place]}，{rest}"
    return clause


def _is_whole_act(rest: str, verb: str) -> bool:
    """True for an act that goes on for a while: 加大对…的支持; 政策支持|力度 is a noun."""
    behind = rest[len(verb) :]
    return (
        len(behind) >= 4
        and verb == "通过"
        or len(behind) >= 4
        and not behind.startswith(_NOUN_BEHIND)
    )


def _close_in(text: str) -> str:
    """Return ``text`` with 方面 behind a 在 that is left open: 在清理整顿和提质升级，推进…"""
    match = _OPEN_IN.match(text)
    if match is None or match["what"].endswith(_IN_CLOSED) or not opens_with_act(match["what"]):
        return text
    rest = text[match.end() + 1 :]
    return f"{text[: match.end()]}方面，{rest}" if acts_after_frame(rest) else text


def _listed(key: str) -> tuple[str, ...]:
    return TABLES.listed("mending.toml", key)


def _table() -> dict[str, Any]:
    return TABLES.toml("mending.toml")

"""Quoting: what an ask wants, in its own words, where no wording of ours was found for it.

Nothing that is asked goes without an answer: what the gate refuses (wholeness) is named whole
and correctly in quotation marks, and studied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.drafting.acts import DANGLING, is_refused, opens_with_act, words
from replygen.drafting.clauses import drop_brackets, is_balanced
from replygen.drafting.commitments import cites_repealed, speaks_of_other_area, word_commitment
from replygen.drafting.denied import is_denied, is_wanted, split_wanted
from replygen.drafting.duties import find_named, names_us
from replygen.drafting.settled import covers
from replygen.drafting.speaker import Speaker, names_others
from replygen.drafting.spoken import has_modal, strip_openers
from replygen.drafting.stance import load_rules
from replygen.drafting.tables import TABLES
from replygen.drafting.tense import sounds_past
from replygen.drafting.wholeness import find_fault
from replygen.language.marks import strip_mark
from replygen.models import Ask, Demand, Stance
from replygen.parsing.addressed import is_of_the_letter
from replygen.parsing.word_ends import last_word

_SENTENCE_END = re.compile("[。；;！？\n]")
_ASKING = re.compile("[？！您你他她它]|吗$|呢$")
# 从线上到线下、从网络到实体; 通过设立课题等方式: what leads to an act that is not there
_BY_THEN = re.compile(
    r"(?:等(?:多种)?(?:方式|形式|途径|手段|方法)|等(?:有关|相关)?(?:组织|部门|单位|机构)"
    r"|^通过[^，]*(?:合力|联动|协调|配合)|从[^，]+到[^，的]+|以[^，]+为[^，的]{1,6}|^(?:根据|按照)[^，]*进行)$"
)
# 教育、民政等部门共同参与: who takes part, and in what is said elsewhere
_TAKES_PART = re.compile("(?:共同|协调|协同|积极)?(?:参与|参加|配合|协作)(?:其中)?$")
# 创新|该校|培养模式, 鼓励|这类|企业: of which the proposal told before
_TOLD_BEFORE = re.compile(
    "(?<!应)该(?:[校院市区县镇村园局所馆厂店]|项目|企业|机构|单位)|[这此该](?:类|些|种)|那些|上述|前述"
)
# …的实施可|, 不仅要验明证件|: half a sentence; …可以解决: what a thing is good for
_CUT = re.compile(
    "(?:可|应|要|能|须|需|并|且|还)$|不仅|不但|不单|[^，]{6,}可以(?!采取|采用|由|通过)"
)
# 部门要高度重视…, 需要政府来推动, 许多学者指出: a call, a need and an opinion are no proposal
_CALL = re.compile(
    "高度重视|(?:需要|要靠|有赖于?|离不开)(?:[^，]{0,6}(?:政府|部门)|各方|全社会|大家|社会各界)[^，]{0,3}(?:来|共同|推动|参与|努力)"
    "|(?:学者|专家|人士|群众|居民|有人)[^，]{0,4}(?:指出|认为|反映|表示|呼吁)"
)
_GONE = re.compile("营业税(?!改)|农业税|暂住证|收容遣送")  # what no longer is
_WANTS_STUDY = re.compile(
    "(?:做|做好|开展|组织|进行|作)(?:一次|专题|专项|深入)*(?:的)?(?:调研|调查|研究|论证|摸底)$"
)
_MAY_BE = re.compile("^(?:以后|今后|将来)?有可能的话")
_ANY_MARK = re.compile("[^\u4e00-\u9fffA-Za-z0-9“”‘’《》、（）]")
_SHORTEST, _LONGEST = 6, 44  # characters of a demand that is quoted whole
_TOPIC = 30  # characters of a wish that stands for a topic
_MOST = 2
_BEFORE = 2  # characters before a topic that only lead to it


def say_quoted(ask: Ask, left: Sequence[Stance], speaker: Speaker, sentences: Sequence[str]) -> str:
    """Return what takes up the demands that were ``left``, in the ask's own words, behind 我局将;
    "" where none can be quoted, or what is ``said`` covers it."""
    wishes = (quote_demand(ask, stance.demand, speaker) for stance in left)
    letter = "，".join(sentences)
    quoted = [wish for wish in dict.fromkeys(wishes) if wish and not covers(wish, letter)]
    return _study(ask, "".join(f"“{wish}”" for wish in quoted[:_MOST])) if quoted else ""


def say_topic(ask: Ask) -> str:
    """Return what takes up an ask of which nothing else could be, behind 我局将; "" where it is a
    question or speaks to somebody."""
    wish = quote_wish(ask)
    quoted = wish.startswith("“") and wish.endswith("”") and is_balanced(wish[1:-1])
    return _study(ask, f"“{_inner(wish[1:-1] if quoted else wish)}”") if wish else ""


def word_topic(ask: Ask, speaker: Speaker) -> str | None:
    """Return the ask's topic as a commitment where it is no piece of a sentence of the ask, and
    nothing that others decide (制定《…条例》)."""
    level = speaker.profile.level
    decided = any(r.stance != "partly" and r.applies(ask.topic, level) for r in load_rules())
    return None if decided or _is_cut(ask) else word_commitment(ask.topic, speaker)


def _inner(text: str) -> str:
    """Return ``text`` as it stands inside quotes (GB/T 15834: ‘’ within “”)."""
    return text.replace("“", "‘").replace("”", "’")


def _study(ask: Ask, quoted: str) -> str:
    if _WANTS_STUDY.search(quoted.rstrip("”")):  # a study of a study
        return "组织做好这方面的调研论证"
    say: list[str] = TABLES.toml("commitments.toml")["quoted"]
    return say[ask.order % len(say)].format(quoted)


def quote_demand(ask: Ask, demand: Demand, speaker: Speaker) -> str:
    """Return a demand as it can stand in quotation marks: whole, with the rest of its sentence
    where that completes it, else its last clause that asks for something; "" where nothing of it
    asks, is whole and is our own place's."""
    if is_denied(ask, demand.start) and not is_wanted(demand.text):
        return ""
    rest = _SENTENCE_END.split(ask.text[demand.start :])[0]
    long_enough = len(demand.text) >= _SHORTEST
    whole = [part for part in (demand.text, rest) if long_enough and len(part) <= _LONGEST]
    for part in (*whole, *reversed(split_wanted(demand.text))):
        text = re.sub(r"\s", "", drop_brackets(strip_mark(part)))
        bare = strip_openers(text).strip("，。；：、")
        bare = bare.removesuffix("等") if last_word(bare) == "等" else bare
        if (
            not _is_our_duty(bare, speaker)
            and not text.startswith(words("reasons"))
            and _may_be_quoted(bare)
            and not names_others(bare, speaker)
            and not speaks_of_other_area(bare, speaker)
        ):
            return _inner(bare)
    return ""


def _is_our_duty(wish: str, speaker: Speaker) -> bool:
    """Return whether a wish says what our own unit is to do: 教育部门加强监管, in our letter."""
    match = re.match("(?:各级)?(?P<who>[^，的]{2,8}?(?:部门|机关|[厅局委办]))(?!员)", wish)
    return match is not None and names_us(match["who"], speaker.profile)


def _may_be_quoted(wish: str) -> bool:
    """Return whether a wish is whole in its own words: somebody else's act, a modal and what it
    points at may stand in quotation marks, half a phrase may not."""
    if not _SHORTEST <= len(wish) <= _LONGEST or not is_balanced(wish):
        return False
    if is_of_the_letter(wish) or _TOLD_BEFORE.search(wish) or _MAY_BE.search(wish):
        return False
    if _GONE.search(wish) or _CALL.search(wish):
        return False
    if _TAKES_PART.search(wish) and re.search("部门|单位|各方|各级", wish):
        return False
    asks = opens_with_act(wish) or has_modal(wish)
    argues = wish.startswith((*words("examples"), *words("reasons"))) or sounds_past(wish)
    cut = (
        _CUT.search(wish) or DANGLING.search(wish) or _ASKING.search(wish) or _BY_THEN.search(wish)
    )
    fit = find_fault(wish) in ("", "pronoun", "modal", "subject", "leader", "boast")
    return bool(asks and fit and not argues and not cut and not cites_repealed(wish))


def quote_wish(ask: Ask) -> str:
    """Return what an ask wants as it stands in quotation marks: its topic where that is whole,
    else the first clause of its first demand in quotes; "" where it is a question or
    speaks to somebody."""
    wish = _find_wish(ask)
    if not is_refused(wish):
        return wish
    if _ASKING.search(wish):
        return ""
    return wish if "“" in wish else f"“{wish}”"  # 高度不能过高: a wish all the same


def _is_cut(ask: Ask) -> bool:
    """Return whether a topic begins or ends within a clause of its ask: 不采用一家企业出事|都停产,
    结合连接线|建设标准予以补助; not where the next sentence stands behind it without a mark."""
    at = ask.text.find(ask.topic)
    if at < 0:
        return False
    before = _ANY_MARK.split(strip_mark(ask.text[:at]))[-1]
    behind = _ANY_MARK.split(ask.text[at + len(ask.topic) :])[0]
    led = len(strip_openers(before + ask.topic)) <= len(ask.topic) + _BEFORE
    goes_on = behind.startswith(tuple("与和及的等或、"))
    anew = (
        not goes_on
        and len(behind) > _SHORTEST
        and (
            opens_with_act(behind) or has_modal(behind) or any(not n for _, n in find_named(behind))
        )
    )
    return not led or bool(behind) and not anew


def _find_wish(ask: Ask) -> str:
    told = sounds_past(ask.topic) or _CALL.search(ask.topic)  # 出现了许多新的建筑
    if not (told or DANGLING.search(ask.topic) or _is_cut(ask)):
        return ask.topic
    wish = ask.demands[0].text if ask.demands else ask.topic
    for part in re.split(r"[，；。\n]", wish):
        bare = re.sub(r"[“”‘’\s]", "", part)
        if 4 <= len(bare) <= _TOPIC and not sounds_past(bare):
            return f"“{bare}”"
    return f"“{ask.topic}”"

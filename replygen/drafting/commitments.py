"""Commitments: what a proposal demands, said as what our bureau will do.

A demand comes with the proposer's voice (建议政府应…), his examples (借鉴…经验), his figures and
dates (2025年底前增设50个) and his reasons (从而…). What is left of it, when all that is gone,
is a verb phrase that stands behind 我局将; where nothing is left, there is no commitment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from replygen.drafting.acts import (
    DANGLING,
    acts,
    is_frame,
    is_frame_without_act,
    is_refused,
    opens_with_act,
    skip_adverbs,
    words,
)
from replygen.drafting.clauses import (
    drop_brackets,
    is_set_phrase,
    split_spans,
)
from replygen.drafting.denied import ends_denied, is_wanted
from replygen.drafting.doers import LED, NOBODY, Doers, hand_over, hand_over_next, read_doer
from replygen.drafting.leads import draft_paper, name_localities, without_ourselves
from replygen.drafting.mending import acts_again, mend_collocation, mend_text
from replygen.drafting.speaker import Speaker, adapt_to_level, without_figures, without_names
from replygen.drafting.spoken import MODAL, straighten_quotes, strip_openers, without_examples
from replygen.drafting.voice import find_doer, turn_doer
from replygen.drafting.wholeness import DONE_WITH, is_cut_off, is_misdeed, reads_whole
from replygen.language.marks import strip_mark
from replygen.laws.holding import is_repealed
from replygen.parsing.word_ends import last_word

LONGEST = 64  # characters of a commitment
_LEAST = 4  # characters of a clause that says something
_SPACES = re.compile(r"(?<=[\u4e00-\u9fff，。；、])\s+|\s+(?=[\u4e00-\u9fff，。；、“”])|[\r\n]+")
_END = "，。；：、,;:. "
# 使, 让 … at the head of a reason; 使用 is none
_REASON = re.compile(
    r"^(?:使(?!用)|是(?!否)|但(?!书)|即(?![时将使])|既|若(?!干)|才(?!能)|据(?!此))"
)
# 通过深入实施…改革: a means whose act is still to come; 通过网络发布信息 is an act
_THROUGH = re.compile(
    r"^通过(?:[^，]{2,90}等(?:多种)?(?:方式|形式|办法|方法|手段|途径|渠道|措施)$|[^，]{2,40}(?:改革|创新|机制|方式)$)"
)
_MAKING = re.compile(
    r"^[^，]{0,4}(?:营造|构建|建立|形成|打造|完善|培育|选拔|健全|设立|鼓励)[^，的]+$"
)
# 构建以公办机构为主导|, …的体系
_UNFINISHED = re.compile(
    r"^[^，]{0,4}(?:鼓励|构建|建立|形成|打造|完善|培育)[^，]{0,6}(?:以[^，]+为[^，的]{1,4}|从[^，]+到[^，的]+)$"
)
_AND = re.compile(r"^(?:且|以及|及|和|或|与|且具有)")
_TO_TAKE = re.compile(r"^将(?=[^，]{2,})")  # 我局将|将…结合起来
_TOWARDS = re.compile(r"^对于(?=[^，]{2,})")  # 我局将|对于…给予
# 组织专家|按照权威的标准, 会同公安机关|结合上级任务: a frame whose act is gone
_HANGING = re.compile(
    r"(?<=[^，]{2})(?:按照|依照|根据|结合(?!起来|的)|依托|借助|围绕|立足|借力)(?P<rest>[^，]{2,24})$"
)
# 结合|南京|经验: whose it was is gone
_WHOSE = re.compile(
    r"^(?:结合|借鉴|参照|按照|依托|参考|根据|学习)(?:的)?(?:先进|成功|有益)?(?:经验|做法|模式|实践)$"
)
# 参照北岭经验, 通过…, 目前…: a clause that only leads to the act behind it
_LEADS_IN = re.compile(
    "结合|借鉴|参照|按照|依照|依托|参考|根据|学习|通过|围绕|立足|着眼|基于|针对|面对|对|在|以|为|从|由|让|使|如|当|因|鉴于|目前|近|这|其|把|将|[^，]{0,12}(?:时|后|前|中|下|上|方面|基础上)$"
)
# …指出, …要求各地制定; …一是搭建: somebody else's text, an enumeration in a clause
_TALK = re.compile(
    r"^[^，]{2,12}(?<!不)是[^，]*(?:手段|关键|基础|保障|途径|前提|核心|重点)$|(?:明确)?(?:指出|(?<!加)强调|提出要|明确提出)|.一是|.二是|》(?:明确|要求|提出|规定)"
)
# 承担着…职责, 有助于坚持…, 如总书记要求的那样: how things are, not what is to be done
_TELLS = re.compile(
    r"(?:承担|面临|存在|发挥|担负|起|扮演)着|(?<!制定)(?<!出台)(?:有助|有利|取决)于(?![^，]*的)|总书记|那样"
)
_BY_DOING = re.compile(r"^通过(?=[^，]+$)")  # 通过严厉查处…事件: the doing is all there is
_NOUN_END = re.compile(
    r"^(?:对于?|针对|将|把).*的(?:整改|问题|情况|(?:失误|错误|过失|偏差)(?:[和、与及](?:失误|错误|过失|偏差))?)$"
)
_NOW = re.compile(r"近年来|近几年来?|(?<!不)目前|当前|现阶段|现在")
_LONGEST_REST = 30
_PAST = re.compile(
    r"(?<![为除罢])了(?![解结然断如])|已经|(?<![不而早])已(?![知])|曾(?!经济)|截[至止]|累计|共计|先后|去年|近年|以来|如(?:发现|遇)"
)
_LED_BY = re.compile(r"(由[^，。；]{1,24}?(?:牵头|负责|主导|会同))，")
# 教育部门如何提高效率: how is what is to be studied
_HOW = re.compile(r"^[^，]{0,12}?如何(?=[^，]{4,})")
# 给予他成长的条件: of whom the proposal told before
_SOMEBODY = re.compile(r"(?<!其)[他她它](?![人乡国处方日用山物])")
# 开展名医工作室的单位, 从事养殖的农户: who does it, without what becomes of them
_WHO_DOES = re.compile(
    r"^(?:进一步|积极)?(?:开展|从事|参与|参加|实施|使用|利用|违反|拥有|具有|符合|取得|获得|达到|遵守|履行|承担|采用|享受|进入|经营|承办|完成|申请|申报|需要|属于|存在)"
    r"[^，]*的(?:单位|企业|部门|机构|人员|人才|个人|医院|学校|高校|地区|家庭|群众|教师|学生|车主|业主|商家|农户|市民|公司|项目)$"
)
_PRONOUN_HEAD = re.compile(
    r"^(?:对于?|将|把|在|给|让|向|为)?(?:其(?!他|中)|该|此(?!外)|这|那|它|他|她|两者|后者|前者)"
)
# 创新该校培养模式: of which the proposal told before
_THAT_ONE = re.compile(
    r"(?<!应)该(?:[校院市区县镇村园局所馆厂店]|项目|企业|地区|机构|行业|平台|单位|政策|意见|办法|规划|方案|文件|制度)"
)
# 我市至淮安的公路: whose it is, no letter of the province can say
_OUR_CITY = re.compile("我[市县区](?![域别分间委长民])")
_TITLE = re.compile("《[^《》]+》")
# 发挥|其|产业优势: whose it is was told before
_ITS = re.compile(r"(?<=发挥|利用|提升|提高|突出|扩大|增强|保护|完善|加强|挖掘|改善)其(?![他中次])")
_AND_SO_ON = re.compile(r"(?<=[^、，]{6})等$")
_ET_CETERA = re.compile(r"等等$|(?:等)?(?:一系列)?(?:相关)?问题$")


def word_commitment(
    demand: str,
    speaker: Speaker,
    *,
    longest: int = LONGEST,
    before: str = "",
    doers: Doers = NOBODY,
) -> str | None:
    """Return ``demand`` as it stands behind 我局将, without a final mark: grammatical, in our
    voice and at our level, without the proposer's reasons, examples, figures and dates;
    ``None`` where nothing is left that we could undertake. ``before`` is what stands before it
    in its sentence: who is to act may stand there. ``doers`` are who may act in it by what the
    rest of its ask says."""
    text = _SPACES.sub("", demand).replace(",", "，").replace(";", "；").replace(":", "：")
    text = mend_text(_LED_BY.sub(r"\1", straighten_quotes(strip_mark(text)).strip(_END)))
    kept, doer = _keep_clauses(text, speaker, longest, read_doer(before, speaker))
    while kept and (
        is_frame_without_act(kept[-1])
        or (len(kept) > 1 and _THROUGH.match(kept[-1]))
        or _hangs(kept[-1])
        or (len(kept) > 1 and _leads_nowhere(kept[-1]))
    ):
        kept.pop()
    if kept and _UNFINISHED.search(kept[-1]):
        return None
    if kept:
        first = mend_collocation(kept[0])
        first = _TO_TAKE.sub("把", first) if doer else first
        kept[0] = hand_over(first, replace(doers, here=doer), speaker)
        kept[1:] = hand_over_next(kept, doers, speaker)
    result = "，".join(kept)
    if kept and "、" not in kept[-1] and last_word(result) == "等":  # 平等 ends in none
        result = _AND_SO_ON.sub("", result)
    result = _TOWARDS.sub("对", _take(result))
    return result if reads_whole(result) else None


def _keep_clauses(text: str, speaker: Speaker, longest: int, doer: str) -> tuple[list[str], str]:
    """Return the clauses that can be said of a demand, and who acts in the first of them where
    only a clause that is gone, or the sentence before (``doer``), says it."""
    kept: list[str] = []
    lost = act_lost = False  # a clause before cannot be said; it was the demand's first act
    for said, wanted in _read_clauses(text):
        clause = _word_next(said, kept, speaker, lost=lost) if wanted else None
        if clause and not kept and is_frame(clause) and act_lost:
            clause = None  # 揪出…单位，|在考核中一票否决: of whom went with the act before it
        doer = _next_doer(said, doer, speaker, worded=clause is not None, opens=not kept)
        fits = not kept or clause is None or _length([*kept, clause]) <= longest
        if not fits and all(map(_only_leads, kept)):
            kept, fits = [], True  # the act itself is said, not what it is done by
        if clause is not None and kept and _hangs(kept[-1]) and clause.startswith(LED):
            kept.pop()  # 结合上级任务|，会同公安机关…: it begins anew
        if clause is not None and fits:
            kept.append(clause)
            continue
        lost, act_lost = True, act_lost or not (kept or _leads_in(said))
        if kept and clause is None and _leans_back(said, kept[-1]):
            kept.pop()  # what it goes on with is no whole phrase
        _close(kept)
        if kept:
            break  # what follows leans on what is gone
    return kept, doer


def _read_clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of a demand, each with whether it is wanted: not where the one before
    it is denied and it is not said to be."""
    denied = False
    for start, end in split_spans(text, "，；：。"):
        said = text[start:end]
        if said in words("openers"):
            continue
        yield said, not denied or is_wanted(said)
        denied = ends_denied(said, denied)


def _leads_in(said: str) -> bool:
    return _LEADS_IN.match(strip_openers(said)) is not None


def _length(clauses: list[str]) -> int:
    return len("，".join(clauses))


def _word_next(said: str, kept: list[str], speaker: Speaker, *, lost: bool) -> str | None:
    """Return the next clause of a demand in our voice, behind those that are ``kept``."""
    first = not any(map(opens_with_act, kept))
    after_frame = bool(kept) and not opens_with_act(kept[-1])
    clause = _word_clause(said, speaker, first=first, after_frame=after_frame)
    if clause is None and kept and not lost:
        return _word_rest(said, speaker)
    leans = clause is not None and lost and first and clause.startswith(words("leaning"))
    return None if leans else clause


def _next_doer(said: str, doer: str, speaker: Speaker, *, worded: bool, opens: bool) -> str:
    """Return who acts in the first clause that is kept, after ``said`` was read."""
    if not opens:
        return doer
    named = find_doer(said, speaker)
    if named is None:
        return doer
    return "" if worded else named  # a clause in our voice says it itself


def is_unfinished(demand: str) -> bool:
    """Return whether a demand ends in a frame whose act stands in the next one: 扶持社会组织
    依托自身优势|，积极参与服务."""
    last = re.split("[，：；]", demand.strip(_END))[-1].strip()
    return is_frame_without_act(last) or _hangs(last) or bool(_THROUGH.match(last))


def _only_leads(clause: str) -> bool:
    return is_frame_without_act(clause) or _is_means(clause)


def _hangs(clause: str) -> bool:
    """Return whether a clause ends in a frame that waits for its act."""
    match = _HANGING.search(clause)
    if match is None:
        return False
    rest, verbs = match["rest"], acts()[0]
    return not any(rest.startswith(verbs, place) for place in range(len(rest) - 1))


def _leads_nowhere(clause: str) -> bool:
    """Return whether a last clause is a means without its act (通过政策倾斜), or cut in a word."""
    means = clause.startswith("通过") and not opens_with_act(clause)
    return means or is_cut_off(clause)


def _take(result: str) -> str:
    """Return 把…纳入 for 将…纳入, 组织学生参加 for 将组织学生参加, and 查处事件 for
    通过查处事件."""
    done = _BY_DOING.sub("", result)
    if (
        done != result
        and not acts_again(result)
        and skip_adverbs(done, *acts()).startswith(acts()[0])
    ):
        return done
    bare = _TO_TAKE.sub("", result)
    if bare != result and opens_with_act(bare) and not DONE_WITH.search(bare.split("，")[0][2:]):
        return bare
    return _TO_TAKE.sub("把", result)


def _leans_back(clause: str, before: str) -> bool:
    """Return whether a clause that is gone was the end of the phrase before it: 选拔愿意从教，
    且具有师范素养的学生; 建立党委统一领导，部门各负其责的机制."""
    if _AND.match(clause):
        return True
    if not _MAKING.match(before) or opens_with_act(strip_openers(clause)) or is_frame(clause):
        return False
    return re.search(r"的[^，]{2,8}$", clause) is not None


def _close(kept: list[str]) -> None:
    """Take away the frames and means at the end: the act that they lead to is gone."""
    while kept and (
        not opens_with_act(kept[-1])
        or _is_means(kept[-1])
        or _UNFINISHED.search(kept[-1])
        or _hangs(kept[-1])
    ):
        kept.pop()


def _is_means(clause: str) -> bool:
    return clause.startswith(words("means")) or bool(_THROUGH.match(clause))


def _word_rest(clause: str, speaker: Speaker) -> str | None:
    """Return what goes on with the clause before it, as it stands (…，供行人自行取用)."""
    bare = drop_brackets(clause).strip(_END)
    gone = (*words("reasons"), *words("examples"))
    if not 4 <= len(bare) <= _LONGEST_REST or bare.startswith(gone) or _REASON.match(bare):
        return None
    if re.search(MODAL, bare) or is_refused(bare):
        return None
    plain = without_figures(adapt_to_level(bare, speaker), speaker)
    if plain is None:
        return None
    bare = plain
    named = without_names(bare, speaker)
    return (
        named if named == bare and not _PAST.search(named) and not DANGLING.search(named) else None
    )


def _word_clause(
    clause: str, speaker: Speaker, *, first: bool, after_frame: bool = False
) -> str | None:
    """Return one clause of a demand in our voice, or ``None``; ``first`` says that no act
    stands before it, ``after_frame`` that a frame waits for its act (对…，予以…)."""
    clause = draft_paper(strip_mark(drop_brackets(clause)).strip(_END))
    clause = _ITS.sub("", _NOW.sub("", adapt_to_level(clause, speaker)))
    clause = strip_openers(name_localities(clause.strip(_END), speaker))
    telling = clause.startswith((*words("reasons"), *words("examples"))) or _REASON.match(clause)
    if telling or is_misdeed(clause):
        return None
    clause = without_examples(clause)
    clause = without_ourselves(turn_doer(_HOW.sub("研究如何", clause), speaker), speaker)
    if _is_of_others(clause, speaker) or cites_repealed(clause):
        return None
    if first and _PRONOUN_HEAD.match(clause) or _TALK.search(clause) or _TELLS.search(clause):
        return None
    if is_refused(clause):
        return None
    plain = without_figures(clause, speaker)
    named = without_names(plain, speaker) if plain else None
    # 多部门联动 has lost who acts: what is left says nothing
    if not named or len(named) < _LEAST or is_set_phrase(named) or _PAST.search(named):
        return None
    if named != clause and (_WHOSE.match(named) or _WHO_DOES.match(named)):
        return None
    named = _ET_CETERA.sub(lambda m: "等" if m[0] == "等等" else m[0], named)
    if first and named.startswith(words("results")) or _NOUN_END.match(named):
        return None
    frame = is_frame(named) or after_frame and named.startswith(words("frame_verbs"))
    if not opens_with_act(named) and not frame:
        return None
    return named if opens_with_act(named) and not DANGLING.search(named) or frame else None


def _is_of_others(clause: str, speaker: Speaker) -> bool:
    """Return whether a clause is of somebody or something that only the proposal knows."""
    unknown = _THAT_ONE.search(clause) or _SOMEBODY.search(clause) or _WHO_DOES.match(clause)
    return bool(unknown) or speaks_of_other_area(clause, speaker)


def speaks_of_other_area(text: str, speaker: Speaker) -> bool:
    """Return whether a text says 我市 where our letter is the province's: whose that is, only the
    proposal knows."""
    return speaker.char == "省" and _OUR_CITY.search(text) is not None


def cites_repealed(clause: str) -> bool:
    """Return whether a clause of a proposal names a text that no longer holds."""
    return any(is_repealed(title, date.today()) for title in _TITLE.findall(clause))

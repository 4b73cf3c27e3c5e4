"""Rewriting: one measure of another place, worded as a proposal of ours.

The guarantee: whatever :func:`rewrite_measure` returns contains no mention that is neither
national nor known. Known are the mentions of the proposal and the names of the unit's own
profile; figures, dates, people and contacts of another place are never known. What cannot
be made to keep it is not returned at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from replygen.drafting.clauses import (
    drop_brackets,
    is_outcome,
    is_set_phrase,
    judge_clause,
    split_spans,
)
from replygen.drafting.context import Rules, make_rules
from replygen.drafting.guard import is_clean
from replygen.drafting.lexical import overlap
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.names import adapt_level, strip_names
from replygen.drafting.quotes import strip_quotes
from replygen.drafting.tense import plan_clause
from replygen.entities import find_lonely, find_mentions
from replygen.language import slots as slots_of
from replygen.language.marks import strip_mark
from replygen.language.verbs import starts_with_verb
from replygen.models import Mention, Passage, Slot
from replygen.settings import Profile

# 加强监管.以小超市为重点: a full stop from another keyboard
_HAN_STOP = re.compile(r"(?<=[\u4e00-\u9fff])[.．](?=[\u4e00-\u9fff])")
_MOST_SLOTS = 2  # issue 2 §6: a sentence that would keep more than two slots is not used
_SHORTEST, _LONGEST = 10, 70  # characters of a rewritten measure
_ENOUGH = 36  # characters after which no further sentence is added
# 截至2024年6月底，… ; 据统计，…: the whole sentence reports
_REPORT = re.compile(r"^(?:\s*)(?:截至|截止|据统计|据不完全统计|数据显示|统计显示|经统计|统计表明)")
# 市网信办牵头, 商务部门, 相关行业协会 in front of what they do
_DOERS = (
    r"(?:[市县区省][\u4e00-\u9fff]{2,8}?(?:局|委|办|厅|支队|大队)"
    r"|[\u4e00-\u9fff]{0,10}?(?:部门|机关|机构|法院|协会|组织|院所|企业|学校|街道|政府|社区）|网信办|办公室))"
)
_LED_BY = ("企业", "协会", "学校", "组织", "院所", "社区）", "医疗机构", "金融机构")
# 依据《…法》第八条和《…条例》等规定: a law is cited only when the index has it in force
_BASIS = re.compile(
    r"^(?:将|要)?(?:严格)?(?:依据|依托|立足)[^，]{2,14}职能，?|"
    r"^(?:将|要)?(?:严格)?(?:依据|根据|按照|依照|对照|结合)(?:[、和及与]?《[^《》]*》(?:第[一二三四五六七八九十百零]+条)?)+"
    r"(?:等)?(?:法律法规规章|法律法规|有关规定|相关规定|规定|要求|文件精神|精神)?[，、]?"
)
# 督促其公示…: 其 is somebody in a clause before
_ITS = re.compile(
    r"^[^，]{0,4}(?:督促|指导|帮助|要求|引导|推动|支持|协助|使|让|将|把|为|对)其(?!他)"
)
_KEPT = 512  # measures of about eight drafts
# 建议市政府明确…, 提请省政府…: what another body is asked to do is no measure of ours
_PETITION = re.compile(r"(?:我[局委厅办]|将|也)*(?:建议|提请|报请|请示|提议|呼吁|恳请)")
# “十三五”规划, 2016—2020年: a plan that has run out
_PLAN = re.compile(r"十([一二三四五六七八九])(?:五|个五年)")
# 教育部门将召开…, 经学校研究决定: somebody else's doing
_THEIRS = re.compile(
    r"^[\u4e00-\u9fff]{0,10}(?:部门|机关|学校|机构|协会|公司|街道|政府)[也还均]?(?:将|已|要|会)(?!来)"
)
# 经学校研究决定, …审批单复印件: what was decided, what is to be handed in
_NO_MEASURE = re.compile(
    r"研究决定|(?:复印件|许可证|批准书|证明材料|申请表|原件)$|^(?:围绕|针对|聚焦)[^，]*(?:方面|问题|环节)$"
    r"|(?:机构|企业|单位|部门|协会)【单位】"
)
# 在全国率先制定…: a boast of theirs
_FIRST_OF_ALL = re.compile(r"^在?全[国省市](?:范围内)?(?:率先|首创)|^率先")
# 移交有资质企业处置: says nothing once the clause with its object is gone
_LEANS = re.compile(
    r"(?:移交|交由|反馈|予以|全部|逐一|优先|确保|使|直至|限期|责令|按期|处置|由|从|以|并|再|占|平均|给予|用于|不少于)"
)
# 发布直播电商自律公约: associations make these, we only support them
_BY_ASSOCIATIONS = re.compile(
    r"^(?:制定|发布|推出|编制)(?:并[\u4e00-\u9fff]{2})?([\u4e00-\u9fff]{2,20}(?:公约|团体标准))$"
)
# 依托…平台 / 发挥…联席会议作用 / 我局建设的…: they say that the thing is already ours
_HAVING = re.compile(
    r"(?:依托|借助|凭借|借力)(?!.{0,14}(?:大学|社区|学校|协会|医院|机构)).{0,16}|现有的?|已有的?|原有的?|(?:我局|我市|自主|自行|独立)(?:建设|研发|开发|搭建)的|发挥.{0,14}(?:联席会议|领导小组|专班|平台|系统|中心)(?:的)?作用"
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A measure as we could propose it.

    ``text`` has no final mark and starts with a verb phrase, so that it fits 一是…；;
    ``lead`` is its lead phrase or "", ``removed`` are the mentions of the original that
    are gone, ``slots`` the open places in ``text``, ``lost`` the names, figures and words
    of the original that no source but its own document has.
    """

    text: str
    lead: str
    removed: tuple[Mention, ...]
    slots: tuple[Slot, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    kind: str


@lru_cache(maxsize=_KEPT)
def rewrite_measure(
    passage: Passage, *, profile: Profile, known: str = "", focus: str = ""
) -> Rewrite | None:
    """Return ``passage`` as a planned measure of ``profile``'s unit, or ``None`` when no
    part of it can be used.

    ``known`` is the proposal's text, whose names may stay; ``focus`` the ask, whose
    wording decides which sentences of a long measure are taken. Whatever is returned
    contains no mention that is neither national nor known: it was searched for mentions
    again after rewriting, and refused if one was left. The last ones are kept: the cards and
    the letter ask for the same.
    """
    rules = make_rules(passage, profile, known)
    original = _HAN_STOP.sub("。", strip_mark(passage.text))
    mentions = _with_source_names(original, find_mentions(original), rules)
    sentences = [
        clauses
        for start, end in split_spans(original, "。；;！!？?\n")
        if (clauses := _rewrite_sentence(original, start, end, mentions, rules, known))
    ]
    text = _choose(sentences, focus, rules)
    if text is None:
        return None
    slots = find_slots(text)
    if len(slots) > _MOST_SLOTS:
        return None
    lead = sentences[0][0].text if sentences and passage.title else ""
    kept = {m.text for m in find_mentions(text)}
    removed = tuple(m for m in mentions if m.text not in kept)
    gone = [m.text for m in removed] + [w for w in find_lonely(original, known) if w not in text]
    lost = tuple(dict.fromkeys(gone))
    return Rewrite(text, lead if lead and text.startswith(lead) else "", removed, slots, lost)


def _with_source_names(text: str, mentions: Sequence[Mention], rules: Rules) -> tuple[Mention, ...]:
    """Return ``mentions`` and every place where the source's own region is named that
    they lack: a gazetteer does not know all places, but the document says where it is from."""
    added = []
    for core in rules.source_names:
        for match in re.finditer(
            rf"(?:{re.escape(core)})(?:省|市|自治[区州县]|地区|县|区|州|盟|旗)?", text
        ):
            if not any(m.start < match.end() and match.start() < m.end for m in mentions):
                name = match.group()
                added.append(Mention("place", name, match.start(), match.end(), name, "local"))
    return tuple(sorted([*mentions, *added], key=lambda m: m.start))


def find_slots(text: str) -> tuple[Slot, ...]:
    """Return the open places of ``text`` in order; their kind is the word before a ：."""
    slots = []
    for slot in slots_of.find_slots(text):
        kind = re.split(r"[：:，]", slot.text[1:-1])[0]
        slots.append(Slot(slot.text, "补充" if kind == "请补充" else kind))
    return tuple(slots)


def _rewrite_sentence(
    original: str, start: int, end: int, mentions: Sequence[Mention], rules: Rules, known: str
) -> list[_Clause]:
    """Return the usable clauses of one sentence, a frame only before its act."""
    sentence = original[start:end]
    if _REPORT.match(sentence):
        return []
    clauses: list[_Clause] = []
    dropped = False
    for a, b in split_spans(sentence, "，,：:"):
        inside = [
            replace(m, start=m.start - start - a, end=m.end - start - a)
            for m in mentions
            if start + a <= m.start and m.end <= start + b
        ]
        clause = _rewrite_clause(sentence[a:b], inside, rules, known)
        if clause is not None and not (dropped and _LEANS.match(clause.text)):
            clauses.append(clause)
            dropped = False
            continue
        dropped = True
        if clauses and clauses[-1].kind == "frame":
            clauses.pop()
    return _close_frames(clauses)


def _close_frames(clauses: list[_Clause]) -> list[_Clause]:
    while clauses and (_ITS.search(clauses[0].text) or is_outcome(clauses[0].text)):
        clauses = clauses[1:]
    kept: list[_Clause] = []
    for position, clause in enumerate(clauses):
        follows = position + 1 < len(clauses)
        if clause.kind == "act" or follows:
            kept.append(clause)
    return kept if any(c.kind == "act" for c in kept) else []


def _rewrite_clause(
    clause: str, mentions: Sequence[Mention], rules: Rules, known: str
) -> _Clause | None:
    """Return one clause de-localised and planned, or ``None`` when it is of no use."""
    if _PETITION.match(clause.lstrip("并一二三是")):
        return None
    if _has_run_out(clause):
        return None
    if _HAVING.search(clause) and not any(m.scope == "national" for m in mentions):
        return None
    edited: str | None = strip_names(clause, mentions, rules)
    edited = strip_quotes(edited, known) if edited else None
    if not edited:
        return None
    edited = _BASIS.sub("", plan_clause(drop_brackets(adapt_level(edited, rules))))
    edited = _FIRST_OF_ALL.sub("", edited)
    edited = plan_clause(_turn_subject(edited.removeprefix(rules.profile.short), rules))
    edited = _BY_ASSOCIATIONS.sub(r"支持行业协会制定\1", edited)
    kind = judge_clause(edited)
    if kind == "none" or is_set_phrase(edited):
        return None
    if _THEIRS.match(edited) or _NO_MEASURE.search(edited):
        return None
    return _Clause(edited, kind) if is_clean(edited, rules) else None


def _has_run_out(clause: str) -> bool:
    """Return whether a clause rests on a five-year plan that is over: the N-th of them ended
    in 1955 + 5 N."""
    for match in _PLAN.finditer(clause):
        ordinal = 10 + "一二三四五六七八九".index(match[1]) + 1
        if 1955 + 5 * ordinal < date.today().year:
            return True
    return False


def _turn_subject(clause: str, rules: Rules) -> str:
    """Return a clause whose doer is another body as what we do with it:
    市网信办牵头建立… → 配合市网信办建立…; 商务部门指导… → 会同商务部门指导…"""
    match = _subject_pattern().match(clause)
    lexicon = load_lexicon()
    if match is None:
        return clause
    who = match["who"].rstrip("、和与")
    if rules.own_generic and rules.own_generic in who and match["how"] == "负责":
        return ""  # 市场监管部门负责登记: a division of labour, no measure
    if rules.own_generic and rules.own_generic in who:
        return match["rest"] if who == rules.own_generic else clause
    if starts_with_verb(clause) or clause.startswith(lexicon.prepositions):
        return clause
    if who.endswith(_LED_BY):
        return f"指导{who}{match['rest']}"
    if who.endswith(("政府", "街道")):
        return f"推动{who}{match['rest']}"
    return f"{'配合' if match['how'] in ('牵头', '牵头负责') else '会同'}{who}{match['rest']}"


@lru_cache(maxsize=1)
def _subject_pattern() -> re.Pattern[str]:
    """Doers, how they act, and an act: the verb decides where the doers end."""
    lexicon = load_lexicon()
    starts = "|".join((*lexicon.verbs, *lexicon.adverbs, "在", "对", "建成", "印发"))
    return re.compile(
        rf"^(?P<who>{_DOERS}(?:[、和与]?{_DOERS})*?)"
        rf"(?P<how>牵头负责|牵头|负责|要|将|已|联合|会同)?(?P<rest>(?:{starts}).+)$"
    )


def _choose(sentences: list[list[_Clause]], focus: str, rules: Rules) -> str | None:
    """Return one text from the sentences that bear most on ``focus``, in their order."""
    texts = []
    for clauses in sentences:
        text = _join(clauses)
        if text is not None and is_clean(text, rules):
            texts.append(text)
    texts = list(dict.fromkeys(texts))
    if not texts:
        return None
    order = range(len(texts))
    scores = [overlap(focus, text) if focus else 1.0 for text in texts]
    ranked = sorted(order, key=lambda i: -scores[i])
    selected: list[int] = []
    for i in ranked:
        length = sum(len(texts[t]) for t in selected)
        fits = length < _ENOUGH and length + len(texts[i]) <= _LONGEST
        if not selected or (fits and scores[i] >= 0.5 * scores[selected[0]]):
            selected.append(i)
    result = "，".join(_without_repeats(texts[i] for i in sorted(selected)))
    return result if len(result) >= _SHORTEST and is_clean(result, rules) else None


def _without_repeats(texts: Iterable[str]) -> list[str]:
    """Return ``texts`` without those that only say an earlier one again."""
    kept: list[str] = []
    for text in texts:
        if not any(overlap(text, other) > 0.75 for other in kept):
            kept.append(text)
    return kept


def _join(clauses: list[_Clause]) -> str | None:
    """Return the clauses up to the longest length as one text ending with an act."""
    parts: list[_Clause] = []
    for clause in clauses:
        if parts and sum(len(p.text) + 1 for p in parts) + len(clause.text) > _LONGEST:
            break
        parts.append(clause)
    while parts and parts[-1].kind == "frame":
        parts.pop()
    text = "，".join(part.text for part in parts)
    return text if len(text) >= _SHORTEST else None

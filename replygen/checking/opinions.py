"""The 会办意见 that were given, against what the draft makes of them.

The answer says what every co-host thinks, and never as its own unit's doing (STANDARDS §2.3,
§3 row 26: 未写会办单位意见；把会办单位承诺写成本单位承诺).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replygen.checking.checked_draft import CheckedDraft, Part, make_finding
from replygen.checking.matching import Grams, find_runs, index_grams, mask_runs
from replygen.drafting.material import (
    OPINION,
    call_unit,
    find_opinions,
    is_not_ours,
    same_unit,
    whose_opinion,
)
from replygen.drafting.opinions import take_opinion
from replygen.entities import find_mentions
from replygen.index.relevance import ALIKE, Judge
from replygen.language.slots import find_slots
from replygen.models import Finding

_USED = 0.4  # share of an opinion's letters that must stand in the draft
_RUN = 12  # letters of an opinion in one sentence that must be attributed
# 该局已…, 该委将…: goes on under the name in front
_GOES_ON = re.compile(r"该(?:局|委|厅|办|单位|部门|院|中心)")
# 据市网信办会办意见，…
_NAMED = re.compile(
    r"[据按经](?P<unit>[\u4e00-\u9fff]{2,16}?)(?:的)?(?:会办|协办|提供|答复|反馈|意见)"
)


@dataclass(frozen=True)
class CoHostOpinion:
    """What one unit says: its names as a draft may write them, its parts with their runs;
    ``joint`` for a 会办意见, not for another paper of that unit."""

    unit: str
    names: tuple[str, ...]
    parts: tuple[tuple[str, Grams], ...]
    joint: bool


def opinion_texts(opinions: Sequence[CoHostOpinion]) -> tuple[str, ...]:
    """Return what was heard, as texts: a draft may quote it."""
    return tuple(text for opinion in opinions for text, _ in opinion.parts)


def material_texts(case: CheckedDraft) -> tuple[str, ...]:
    """Return the attached own material that the draft's data part still quotes."""
    references = case.draft.references if case.draft else ()
    return tuple(r.quote for r in references if r.own and r.id.startswith("material:"))


def check_opinions(case: CheckedDraft, opinions: Sequence[CoHostOpinion]) -> Iterator[Finding]:
    """Yield ``coverage.opinion_unused`` (warn: a 会办意见 was given and is not used),
    ``coverage.opinion_as_ours`` (block: what a co-host says stands as our doing) and
    ``coverage.opinion_missing`` (warn: the proposal names a co-host of whom nothing is said).
    """
    ours = _read_ours(case, opinions) if opinions else ""
    for opinion in opinions:
        yield from _check_used(case, opinion)
        yield from _check_attributed(case, opinion, ours)
    yield from _check_missing(case, opinions)


def gather_opinions(case: CheckedDraft) -> tuple[CoHostOpinion, ...]:
    """Return the opinions behind the draft's sentences, and those that the index holds."""
    texts: dict[tuple[str, bool], dict[str, None]] = {}

    def keep(unit: str, joint: bool, text: str, title: str) -> None:
        if opinion := take_opinion(text, title):
            texts.setdefault((unit, joint), {})["；".join(opinion)] = None

    draft = case.draft
    if draft is not None:
        sources = {
            s for b in draft.blocks for x in b.sentences if x.origin == "opinion" for s in x.sources
        }
        for reference in draft.references:
            if reference.id in sources and reference.issuer:
                joint = re.search("会办|协办", reference.title) is not None
                keep(reference.issuer, joint, reference.quote, reference.title)
    if case.proposal is not None and case.index is not None:
        passages = find_opinions(case.proposal, case.index, case.profile)
        said = ("measure", "refusal")
        measured = {p.document.id for p in passages if p.kind in said}
        for p in passages:
            unit = whose_opinion(p)
            if unit and (p.kind in said or p.document.id not in measured):
                keep(unit, p.document.kind == OPINION, p.text, p.title)
    called = case.proposal.co_hosts if case.proposal else ()
    return tuple(
        CoHostOpinion(
            call_unit(unit, called, case.profile),
            _names(unit, case),
            tuple((t, index_grams(t)) for t in opinion),
            joint,
        )
        for (unit, joint), opinion in texts.items()
    )


def _names(unit: str, case: CheckedDraft) -> tuple[str, ...]:
    """How a draft may call a unit: 云川市商务局, 市商务局, 商务局, 商务部门."""
    called = case.proposal.co_hosts if case.proposal else ()
    short = call_unit(unit, called, case.profile)
    bare = re.sub(r"^[省市县区州]", "", short)
    stem = re.sub(r"(?:局|委员会|办公室|厅|委|办)$", "", bare)
    names = [unit, short, bare, call_unit(unit, (), case.profile)]
    return tuple(dict.fromkeys([n for n in names if len(n) >= 2] + [f"{stem}部门"]))


def _check_used(case: CheckedDraft, opinion: CoHostOpinion) -> Iterator[Finding]:
    if not opinion.joint:
        return
    grams = index_grams("\n".join(case.paragraphs))
    for text, _ in opinion.parts:
        mask = mask_runs(text, [grams], least=8)
        letters = [i for i, c in enumerate(text) if c.isalnum()]
        share = sum(mask[i] for i in letters) / max(len(letters), 1)
        named = [p for p in case.paragraphs if any(n in p for n in opinion.names)]
        if share < _USED and not _paraphrased(text, named, case.judge):
            yield make_finding(
                "coverage.opinion_unused",
                "warn",
                None,
                f"{opinion.unit}的会办意见没有用到：“{_shorten(text)}”",
                f"在相应部分写明“据{opinion.unit}会办意见，……”；不采用的，先与该单位协商一致",
            )


def _paraphrased(text: str, paragraphs: Sequence[str], judge: Judge) -> bool:
    return any(sure >= ALIKE for sure in judge.alike(text, paragraphs))


def _read_ours(case: CheckedDraft, opinions: Sequence[CoHostOpinion]) -> str:
    """What the unit and the proposal say: own documents (no 会办意见 filed among them),
    attached material, the proposal."""
    quoted = {text for opinion in opinions for text, _ in opinion.parts}
    texts = [t for t in case.own_texts if t not in quoted] + [case.proposal_text]
    if case.index is not None:
        for document in case.index.documents(own=True):
            if not is_not_ours(document, case.profile):
                texts.append(case.index.text(document.id) or "")
    return "\n".join(texts)


def _check_attributed(case: CheckedDraft, opinion: CoHostOpinion, ours: str) -> Iterator[Finding]:
    grams = index_grams(ours)
    theirs = frozenset[str]().union(*(_numbers(text) for text, _ in opinion.parts)) - _numbers(ours)
    for part in case.parts:
        if not part.text.strip() or _is_attributed(case, part, opinion):
            continue
        taken = _taken(part, opinion, grams, theirs)
        if taken is not None:
            yield make_finding(
                "coverage.opinion_as_ours",
                "block",
                (part.number, part.start, part.end, part.text),
                f"“{_shorten(taken)}”是{opinion.unit}的意见，这里没有写明，像是本单位的工作",
                f"写明“据{opinion.unit}{'会办意见' if opinion.joint else '提供的情况'}，……”",
            )


def _numbers(text: str) -> frozenset[str]:
    found = (m for line in text.splitlines() for m in find_mentions(line))
    return frozenset(m.normal for m in found if m.kind == "number")


def _taken(part: Part, opinion: CoHostOpinion, ours: Grams, theirs: frozenset[str]) -> str | None:
    """What of a sentence only the other unit says: a run of its words, or a figure."""
    for _, grams in opinion.parts:
        for run in find_runs(part.text, grams, least=_RUN):
            words = part.text[run.start : run.end]
            if sum(mask_runs(words, [ours])) < _RUN:
                return words
    if not part.done:
        return None
    mentions = (m for m in find_mentions(part.text) if m.kind == "number")
    return next((m.text for m in mentions if m.normal in theirs), None)


def _is_attributed(case: CheckedDraft, part: Part, opinion: CoHostOpinion) -> bool:
    if any(name in part.text for name in opinion.names):
        return True
    named = _NAMED.search(part.text)
    if named and any(same_unit(named["unit"], name, case.profile) for name in opinion.names):
        return True
    before = case.paragraphs[part.number][: part.start]
    if before.endswith("；") and any(name in before.rsplit("。", 1)[-1] for name in opinion.names):
        return True  # one sentence, named at its head
    return bool(_GOES_ON.search(part.text)) and any(name in before for name in opinion.names)


def _check_missing(case: CheckedDraft, opinions: Sequence[CoHostOpinion]) -> Iterator[Finding]:
    proposal = case.proposal
    if proposal is None or proposal.host_role == "会办":
        return
    body = [p for p in case.paragraphs if len(p) > 20 and "现答复如下" not in p]
    for unit in proposal.co_hosts:
        if same_unit(unit, case.profile.name, case.profile):
            continue
        if any(unit == opinion.unit for opinion in opinions if opinion.joint):
            continue
        names = _names(unit, case)
        # 【请补充：会办单位（…）的会办意见…】 says so itself
        if any(name in text for text in body for name in names if not text.startswith("抄送")):
            continue
        if any(unit in slot.text for text in case.paragraphs for slot in find_slots(text)):
            continue
        yield make_finding(
            "coverage.opinion_missing",
            "warn",
            None,
            f"会办单位“{unit}”的意见没有写",
            f"写明“据{unit}会办意见，……”；没有收到的，向该单位催办",
        )


def _shorten(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 40 else f"{bare[:40]}……"

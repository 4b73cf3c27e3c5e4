"""A draft with the model's sentences where they pass the guard, ours where they do not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from replygen.checking import check_document
from replygen.drafting.compose import refer_passage
from replygen.drafting.evidence import known_text
from replygen.errors import WriterError
from replygen.index import Index
from replygen.index.relevance import Judge
from replygen.laws import load_register
from replygen.laws.register import Register
from replygen.models import (
    AskStance,
    Block,
    Draft,
    DraftSection,
    Evidence,
    Proposal,
    Reference,
    Sentence,
)
from replygen.settings import Profile
from replygen.writing.answer import AnsweredSentence, read_answer
from replygen.writing.guard import Ground, find_fault, lay_ground
from replygen.writing.items import Item, is_rewritable, number_items
from replygen.writing.journal import Journal
from replygen.writing.model import Model
from replygen.writing.prompt import write_prompt
from replygen.writing.rewording import repeats
from replygen.writing.tables import TABLES

MODEL_SOURCE = "model:"  # the source that names the model, before its name
_MOST_FAILURES = 3  # in an ask, from which on our whole paragraph stands
_END = re.compile(r"[。；，、！!;,.\s]+$")
_WE_WILL = re.compile(r"^(?:我局|我委|我办|我厅|我们|本局|我单位)?将")
_LEAKS = ("leak.", "citation.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence of the model that does not stand: which ask, what it said, what of ours
    stands instead, and why (a key of ``REASONS``)."""

    ask: int
    text: str
    ours: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """A draft after the model; ``kept`` counts its sentences in it, ``asked`` all that it said,
    ``failed`` says of an ask why our whole paragraph stands, ``seconds`` how long the call for
    an ask took."""

    draft: Draft
    kept: int = 0
    asked: int = 0
    refused: tuple[Refusal, ...] = ()
    failed: Mapping[int, str] = field(default_factory=dict)
    seconds: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _House:
    """What all asks share."""

    proposal: Proposal
    profile: Profile
    index: Index
    judge: Judge
    register: Register
    model: Model
    journal: Journal
    today: date


def write_draft(
    draft: Draft,
    proposal: Proposal,
    evidence: Sequence[Evidence],
    *,
    model: Model,
    profile: Profile,
    index: Index,
    judge: Judge,
    journal: Journal = Journal(),  # noqa: B008 - frozen
    asks: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Written:
    """Return ``draft`` with the model's sentences where they pass, ours where not: one call an
    ask (those in ``asks``, all where it is None). ``told`` hears (done, of); once ``stopped``
    is true the asks that are left keep our paragraphs. Whatever the model or its server does
    wrong ends in our paragraph; raises SettingsError where the journal cannot be written."""
    house = _House(
        proposal, profile, index, judge, load_register(index), model, journal, date.today()
    )
    by_order = {e.ask.order: e for e in evidence}
    stances = {stance.order: stance for stance in draft.stances}
    wanted = [n for n in _answered(draft) if n in by_order and (asks is None or n in asks)]
    sections, written = draft.sections, Written(draft)
    for done, order in enumerate(wanted):
        progress(done, len(wanted))
        if stopped():
            written = _fail(written, order, "已取消")
            continue
        sections, written = _write_ask(
            sections, by_order[order], stances.get(order), house, stopped, written
        )
    progress(len(wanted), len(wanted))
    finished = _finish(draft, sections, evidence, written, model.name)
    return replace(written, draft=finished)


def _answered(draft: Draft) -> list[int]:
    """Return the asks that the body answers, wherever their sentences stand: in a section of
    their own, or each in its place under 当前工作 and 下一步."""
    said = (
        s.ask for section in draft.sections for block in section.blocks for s in block.sentences
    )
    return sorted({ask for ask in said if ask is not None})


def _timed(written: Written, ask: int, start: float) -> Written:
    return replace(written, seconds={**written.seconds, ask: time.monotonic() - start})


def _fail(written: Written, ask: int, why: str) -> Written:
    return replace(written, failed={**written.failed, ask: why})


def _write_ask(
    sections: tuple[DraftSection, ...],
    evidence: Evidence,
    stance: AskStance | None,
    house: _House,
    stopped: Callable[[], bool],
    written: Written,
) -> tuple[tuple[DraftSection, ...], Written]:
    """Return the sections with what passed of the model's answer to one call for one ask."""
    order = evidence.ask.order
    ours = [
        s
        for section in sections
        for block in section.blocks
        for s in block.sentences
        if s.ask == order and is_rewritable(s, stance)
    ]
    items = number_items(
        evidence, stance, ours, profile=house.profile, known=known_text(house.proposal)
    )
    if not ours or not items:
        return sections, written
    messages = write_prompt(evidence.ask.topic, stance, ours, items)
    answer, start = "", time.monotonic()
    try:
        answer = house.model.ask(messages, stopped=stopped)
        said = read_answer(answer)
        if said is None:
            raise WriterError("模型的回答不是要求的格式")
    except WriterError as error:
        house.journal.note(house.model.name, order, messages, answer, str(error))
        return sections, _fail(_timed(written, order, start), order, str(error))
    written = _timed(written, order, start)
    house.journal.note(house.model.name, order, messages, answer)
    grounds = dict(_ground(said, ours, items, house.profile))
    faults = _judge(grounds, house)
    for one, ground in grounds.items():
        if ground is not None and not faults[one]:
            others = [s.text for s in ours if s is not ground.ours]
            faults[one] = "twice" if repeats(one.text, ground.ours.text, others) else ""
    refused = tuple(
        Refusal(order, s.text, _ours_of(s, ours), faults[s]) for s in said if faults.get(s)
    )
    kept = [s for s in said if not faults[s]]
    written = replace(
        written, asked=written.asked + len(said), refused=(*written.refused, *refused)
    )
    if len(refused) >= _MOST_FAILURES:
        return sections, _fail(written, order, TABLES.toml("prompt.toml")["notes"]["many"])
    new = _choose(kept, refused, ours, grounds, house.model.name)
    count = sum(len(sentences) for sentences in new.values())
    return _put(sections, ours, new), replace(written, kept=written.kept + count)


def _ours_of(said: AnsweredSentence, ours: Sequence[Sentence]) -> str:
    return ours[said.stands_for - 1].text if 1 <= said.stands_for <= len(ours) else ""


def _ground(
    said: Sequence[AnsweredSentence],
    ours: Sequence[Sentence],
    items: Sequence[Item],
    profile: Profile,
) -> Iterator[tuple[AnsweredSentence, Ground | None]]:
    """Give each sentence with what it rests on; ``None`` where it names what is not there."""
    for one in said:
        named = all(1 <= n <= len(items) for n in one.items) and bool(one.items)
        if not named or not 1 <= one.stands_for <= len(ours):
            yield one, None
            continue
        sentence = ours[one.stands_for - 1]
        named_items = [items[n - 1] for n in one.items]
        yield one, lay_ground(_shape(one.text, sentence), named_items, sentence, profile)


def _judge(
    grounds: Mapping[AnsweredSentence, Ground | None], house: _House
) -> dict[AnsweredSentence, str]:
    """Return what is wrong with each sentence, "" for nothing: our own guard first, then the
    checks that a typed sentence goes through, with the items as the material of ours."""
    faults = {}
    for said, ground in grounds.items():
        faults[said] = "items" if ground is None else find_fault(
            _shape(said.text, ground.ours), ground,
            judge=house.judge, register=house.register, today=house.today,
        )  # fmt: skip
    open_ = [(s, g) for s, g in grounds.items() if g is not None and not faults[s]]
    if not open_:
        return faults
    report = check_document(
        [_shape(s.text, g.ours) for s, g in open_],
        proposal=house.proposal,
        profile=house.profile,
        index=house.index,
        own_texts=[item.text for _, g in open_ for item in g.items if item.kind != "precedent"],
        today=house.today,
    )
    for finding in report.findings:
        if finding.where is None or finding.severity == "note":
            continue
        if finding.rule.startswith(_LEAKS):
            kind = finding.rule.split(".")[0]
            faults[open_[finding.where.paragraph][0]] = kind
    return faults


def _shape(text: str, ours: Sentence) -> str:
    """Return the model's sentence as it fits the place of ours: the same end, and 将 only
    where ours begins with it (the words before ours may have said it)."""
    end = _END.search(ours.text)
    text = _END.sub("", text) + (end.group() if end else "")
    return text if _WE_WILL.match(ours.text) else _WE_WILL.sub("", text)


def _choose(
    kept: Sequence[AnsweredSentence],
    refused: Sequence[Refusal],
    ours: Sequence[Sentence],
    grounds: Mapping[AnsweredSentence, Ground | None],
    model: str,
) -> dict[int, list[Sentence]]:
    """Return the sentences that stand for each of ours (its place among them): none where one
    of those that were to stand for it was refused, and one at most, so that nothing is said
    twice."""
    spoilt = {refusal.ours for refusal in refused}
    new: dict[int, list[Sentence]] = {}
    for said in kept:
        ground = grounds[said]
        place = said.stands_for - 1
        if ground is None or place in new or ground.ours.text in spoilt:
            continue
        text = _shape(said.text, ground.ours)
        if text == ground.ours.text:
            continue
        sources = dict.fromkeys(item.source for item in ground.items)
        new[place] = [
            replace(
                ground.ours,
                text=text,
                origin="model",
                sources=(*sources, f"{MODEL_SOURCE}{model}"),
                confirmed=None if ground.ours.confirmed is None else False,
            )
        ]
    return new


def _put(
    sections: tuple[DraftSection, ...],
    ours: Sequence[Sentence],
    new: Mapping[int, Sequence[Sentence]],
) -> tuple[DraftSection, ...]:
    places = {id(sentence): n for n, sentence in enumerate(ours)}

    def change(block: Block) -> Block:
        sentences = [s for old in block.sentences for s in new.get(places.get(id(old), -1), (old,))]
        return replace(block, sentences=tuple(sentences))

    return tuple(replace(s, blocks=tuple(map(change, s.blocks))) for s in sections)


def _finish(
    draft: Draft,
    sections: tuple[DraftSection, ...],
    evidence: Sequence[Evidence],
    written: Written,
    model: str,
) -> Draft:
    """Return the draft with its sections, the references and the use of evidence that follow
    from them, and notes on what the model did."""
    said = [s for section in sections for block in section.blocks for s in block.sentences]
    rests = {(s.ask, source) for s in said for source in s.sources}
    words = TABLES.toml("prompt.toml")["notes"]
    notes = [words["failed"].format(ask=a, why=why) for a, why in written.failed.items()]
    if written.asked:
        notes.append(
            words["done"].format(model=model, kept=written.kept, refused=len(written.refused))
        )
    return replace(
        draft,
        sections=sections,
        references=(*draft.references, *_new_references(draft, evidence, rests)),
        evidence=tuple(replace(u, used=u.used or (u.ask, u.id) in rests) for u in draft.evidence),
        notes=(*draft.notes, *notes),
    )


def _new_references(
    draft: Draft, evidence: Sequence[Evidence], rests: set[tuple[int | None, str]]
) -> Iterator[Reference]:
    known = {reference.id for reference in draft.references}
    passages = {
        hit.passage.id: hit.passage
        for e in evidence
        for hit in (*e.own, *e.statutes, *e.policies, *e.precedents)
    }
    for source in sorted({source for _, source in rests} - known):
        if source.startswith(MODEL_SOURCE):
            name = source.removeprefix(MODEL_SOURCE)
            yield Reference(source, f"语言模型 {name}", None, None, None, None, "")
        elif source in passages:
            yield refer_passage(passages[source])

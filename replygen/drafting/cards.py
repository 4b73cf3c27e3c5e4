"""Cards: what was found for each ask, laid out for a person to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from replygen.drafting.evidence import known_text
from replygen.drafting.laws import PROCEDURE
from replygen.drafting.moves import AskPlan
from replygen.drafting.own import OwnSentence
from replygen.drafting.rewrite import Rewrite, rewrite_measure
from replygen.drafting.sharing import CHOSEN
from replygen.drafting.steps import How, Step
from replygen.index import Index
from replygen.index.relevance import Judge
from replygen.laws import StatuteRecord
from replygen.models import Ask, Evidence, Hit, Passage, Proposal, StanceKind
from replygen.parsing.results import find_result_class
from replygen.settings import Profile

CardKind = Literal["own", "precedent", "policy", "statute", "refusal"]
_REFUSING: tuple[StanceKind, ...] = ("study", "refer", "decline")
_HEAD_LINES = 12  # of a paper, in which its mark stands; as many at its end


@dataclass(frozen=True, slots=True)
class Card:
    """One source for one ask.

    ``id`` names it within the draft (``order:passage``). ``wording`` is what would stand
    in the draft, ``None`` where no part can be used; ``removed`` are the words of the
    original that are gone; ``places`` counts the places that did the same, this one
    included; ``chosen`` says that the draft takes it when nobody chooses otherwise;
    ``record`` is the statute's entry in the register of the index; ``others`` are the
    near-copies that stand for the other places; ``result_class`` is the mark (A…D) that
    the paper bears; ``relevance`` is how surely (0..1) it bears on the ask. A ``refusal`` is
    an example of how the like was declined or put off: it is never taken into a draft.
    """

    id: str
    kind: CardKind
    passage: Passage
    wording: str | None
    removed: tuple[str, ...]
    places: int
    chosen: bool
    record: StatuteRecord | None = None
    others: tuple[Passage, ...] = ()
    result_class: str | None = None
    relevance: float | None = None


@dataclass(frozen=True, slots=True)
class AskCards:
    """The cards of one ask, most relevant first: own, precedents, policies, statutes, and
    refusals where a demand is studied, referred or declined."""

    ask: Ask
    cards: tuple[Card, ...]


class _Papers:
    """The papers of the index as the cards tell of them: the laws' entries in the register by
    document, and the mark (A…D) in the head or at the end of a paper, read when asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.records = {record.document: record for record in index.statutes()}
        self._marks: dict[str, str | None] = {}

    def mark(self, document: str) -> str | None:
        if document not in self._marks:
            text = self.index.text(document) or ""
            lines = [line for line in text.split("\n") if line.strip()]
            ends = [*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:]]
            self._marks[document] = find_result_class(ends)
        return self._marks[document]


def lay_out_cards(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    plans: Sequence[AskPlan],
    index: Index,
    *,
    profile: Profile,
    judge: Judge,
) -> tuple[AskCards, ...]:
    """Return the cards of every ask in order. ``plans`` are those of the same evidence:
    they say what is taken, and how it is worded. What the papers are is read once with the
    same ``judge``, while the index stays as it is."""
    known, papers = known_text(proposal), judge.once("papers", lambda: _Papers(index))
    by_order = {plan.ask.order: plan for plan in plans}
    return tuple(
        AskCards(e.ask, tuple(_cards(e, by_order[e.ask.order], known, papers, profile)))
        for e in evidence
    )


def choose_evidence(evidence: Sequence[Evidence], chosen: Sequence[str]) -> tuple[Evidence, ...]:
    """Return ``evidence`` with only the cards whose ids are in ``chosen``: a person has judged
    them, so each bears on its ask for sure."""
    wanted = set(chosen)

    def keep(ask: Ask, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(
            replace(h, relevance=CHOSEN) for h in hits if name_card(ask, h.passage) in wanted
        )

    return tuple(
        replace(
            e,
            own=keep(e.ask, e.own),
            precedents=keep(e.ask, e.precedents),
            policies=keep(e.ask, e.policies),
            statutes=(
                *keep(e.ask, tuple(h for h in e.statutes if PROCEDURE not in h.found_by)),
                *(h for h in e.statutes if PROCEDURE in h.found_by),
            ),
        )
        for e in evidence
    )


def name_card(ask: Ask, passage: Passage) -> str:
    """Return the id of the card of ``passage`` under ``ask``."""
    return f"{ask.order}:{passage.id}"


def _cards(
    evidence: Evidence,
    plan: AskPlan,
    known: str,
    papers: _Papers,
    profile: Profile,
) -> list[Card]:
    ask = evidence.ask
    role_of: dict[str, How | Step] = {
        step.sources[0]: step for step in plan.steps if step.origin != "proposal"
    }
    role_of.update({step.how.passage.id: step.how for step in plan.steps if step.how})
    said: dict[str, str] = {}
    for sentence in plan.done:
        said[sentence.passage.id] = said.get(sentence.passage.id, "") + _say(sentence, profile)
    promised = {promise.passage.id for promise in plan.promises}
    quoted = {basis.passage.id: basis.said for basis in plan.basis}
    quoted.update({policy.passage.id: policy.said for policy in plan.policies})
    cards = []
    for hit in evidence.own:
        id, how = hit.passage.id, role_of.get(hit.passage.id)
        wording = said.get(id) or (how.text if how else None)
        chosen = wording is not None or id in promised
        removed = _removed(how.rewrite) if how else ()
        cards.append(_card(ask, "own", hit, wording, removed, 1, chosen))
    for hit in evidence.precedents:
        how = role_of.get(hit.passage.id)
        rewrite = how.rewrite if how else None
        if how is None:
            rewrite = rewrite_measure(hit.passage, profile=profile, known=known, focus=ask.topic)
        wording = how.text if how else rewrite.text if rewrite else None
        others = _others(hit, papers.index)
        places = len({_place(p) for p in (hit.passage, *others)})
        card = _card(ask, "precedent", hit, wording, _removed(rewrite), places, how is not None)
        mark = papers.mark(hit.passage.document.id)
        cards.append(replace(card, others=others, result_class=mark))
    for hit in evidence.policies:
        id = hit.passage.id
        cards.append(_card(ask, "policy", hit, quoted.get(id), (), 1, id in quoted))
    for hit in evidence.statutes:
        id = hit.passage.id
        if PROCEDURE not in hit.found_by:
            card = _card(ask, "statute", hit, quoted.get(id), (), 1, id in quoted)
            cards.append(replace(card, record=papers.records.get(hit.passage.document.id)))
    if any(
        kind in _REFUSING for kind in (plan.stance.kind, *(s.kind for s in plan.stance.demands))
    ):
        cards += [_card(ask, "refusal", hit, None, (), 1, False) for hit in evidence.refusals]
    return cards


def _card(
    ask: Ask,
    kind: CardKind,
    hit: Hit,
    wording: str | None,
    removed: tuple[str, ...],
    places: int,
    chosen: bool,
) -> Card:
    id = name_card(ask, hit.passage)
    card = Card(id, kind, hit.passage, wording, removed, places, chosen)
    return replace(card, relevance=hit.relevance)


def _say(sentence: OwnSentence, profile: Profile) -> str:
    return sentence.text.replace("{short}", profile.short).rstrip("。；，") + "。"


def _removed(rewrite: Rewrite | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.text for m in rewrite.removed)) if rewrite else ()


def _others(hit: Hit, index: Index) -> tuple[Passage, ...]:
    """Return the near-copies of a hit, one a place, its own place left out."""
    seen = {_place(hit.passage)}
    found = []
    for id in hit.also:
        passage = index.passage(id)
        if passage is not None and _place(passage) not in seen:
            seen.add(_place(passage))
            found.append(passage)
    return tuple(found)


def _place(passage: Passage) -> str:
    return passage.region or passage.document.region or passage.document.title

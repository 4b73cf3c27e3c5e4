"""Cards: what was found for each ask, laid out for a person to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from replygen.drafting.own import OwnSentence
from replygen.drafting.plan import AskPlan, known_text
from replygen.drafting.rewrite import Rewrite, rewrite_measure
from replygen.models import Ask, Evidence, Hit, Passage, Proposal
from replygen.parsing.letterhead import find_result_class
from replygen.search import SearchIndex, StatuteRecord
from replygen.settings import Profile

CardKind = Literal["own", "precedent", "statute"]
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
    the paper bears.
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


@dataclass(frozen=True, slots=True)
class AskCards:
    """The cards of one ask, best first: own, then precedents, then statutes."""

    ask: Ask
    cards: tuple[Card, ...]


def lay_out_cards(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    plans: Sequence[AskPlan],
    index: SearchIndex,
    *,
    profile: Profile,
) -> tuple[AskCards, ...]:
    """Return the cards of every ask in order. ``plans`` are those of the same evidence:
    they say what is taken, and how it is worded."""
    known = known_text(proposal)
    records = {record.document: record for record in index.statutes()}
    by_order = {plan.ask.order: plan for plan in plans}
    return tuple(
        AskCards(e.ask, tuple(_cards(e, by_order[e.ask.order], known, index, profile, records)))
        for e in evidence
    )


def choose_evidence(evidence: Sequence[Evidence], chosen: Sequence[str]) -> tuple[Evidence, ...]:
    """Return ``evidence`` with only the cards whose ids are in ``chosen``."""
    wanted = set(chosen)

    def keep(ask: Ask, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(h for h in hits if name_card(ask, h.passage) in wanted)

    return tuple(
        replace(
            e,
            own=keep(e.ask, e.own),
            precedents=keep(e.ask, e.precedents),
            statutes=keep(e.ask, e.statutes),
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
    index: SearchIndex,
    profile: Profile,
    records: Mapping[str, StatuteRecord],
) -> list[Card]:
    ask = evidence.ask
    taken = {item.passage.id: item for item in plan.items}
    said: dict[str, str] = {}
    for sentence in plan.done:
        said[sentence.passage.id] = said.get(sentence.passage.id, "") + _say(sentence, profile)
    promised = {promise.passage.id for promise in plan.promises}
    laws = {hit.passage.id for hit in plan.laws}
    cards = []
    for hit in evidence.own:
        id, item = hit.passage.id, taken.get(hit.passage.id)
        wording = said.get(id) or (item.text if item else None)
        chosen = wording is not None or id in promised
        removed = _removed(item.rewrite) if item else ()
        cards.append(_card(ask, "own", hit, wording, removed, 1, chosen))
    for hit in evidence.precedents:
        item = taken.get(hit.passage.id)
        rewrite = item.rewrite if item else None
        if item is None:
            focus = f"{ask.topic} {ask.text[:400]}"
            rewrite = rewrite_measure(hit.passage, profile=profile, known=known, focus=focus)
        wording = item.text if item else rewrite.text if rewrite else None
        others = _others(hit, index)
        places = len({_place(p) for p in (hit.passage, *others)})
        card = _card(ask, "precedent", hit, wording, _removed(rewrite), places, item is not None)
        mark = _class_of(hit.passage.document.id, index)
        cards.append(replace(card, others=others, result_class=mark))
    for hit in evidence.statutes:
        card = _card(ask, "statute", hit, None, (), 1, hit.passage.id in laws)
        cards.append(replace(card, record=records.get(hit.passage.document.id)))
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
    return Card(name_card(ask, hit.passage), kind, hit.passage, wording, removed, places, chosen)


def _say(sentence: OwnSentence, profile: Profile) -> str:
    return sentence.text.replace("{short}", profile.short).rstrip("。；，") + "。"


def _removed(rewrite: Rewrite | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.text for m in rewrite.removed)) if rewrite else ()


def _others(hit: Hit, index: SearchIndex) -> tuple[Passage, ...]:
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


def _class_of(document_id: str, index: SearchIndex) -> str | None:
    """Return the mark (A…D) in the head or at the end of a paper."""
    lines = [line for line in (index.text(document_id) or "").split("\n") if line.strip()]
    return find_result_class([*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:]])

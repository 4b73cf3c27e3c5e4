"""What a clerk looked up in words of his own: whether a letter may use it, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from replygen.drafting.evidence import is_our_policy
from replygen.drafting.material import is_not_ours
from replygen.drafting.sharing import CHOSEN
from replygen.index import Index
from replygen.index.relevance import AskContext, Judge
from replygen.laws import StatuteRecord
from replygen.laws.holding import Holding, find_holding
from replygen.models import Evidence, Hit, Passage
from replygen.settings import Profile

Room = Literal["own", "precedents", "statutes", "policies"]  # the tuples of Evidence


@dataclass(frozen=True, slots=True)
class Sought:
    """A passage that was found for the clerk's words, judged by them: what it would be in the
    evidence of an ask (``None``: nothing, no letter may use it), and a statute's entry in the
    register of the index."""

    hit: Hit
    room: Room | None
    record: StatuteRecord | None = None


def seek_passages(
    words: str, index: Index, *, profile: Profile, judge: Judge, k: int
) -> tuple[Sought, ...]:
    """Return the ``k`` best passages for the clerk's words, most relevant first."""
    holding = find_holding(index, profile)
    records = {record.document: record for record in index.statutes()}
    hits = judge.judge(AskContext(words, words, words), index.search(words, k=k))
    return tuple(
        Sought(
            hit,
            find_room(hit.passage, holding, profile),
            records.get(hit.passage.document.id) if hit.passage.kind == "article" else None,
        )
        for hit in hits
    )


def may_use(passage: str, index: Index, *, profile: Profile) -> bool:
    """Return whether a letter may use the passage with this id."""
    found = index.passage(passage)
    return found is not None and bool(find_room(found, find_holding(index, profile), profile))


def add_sought(
    evidence: Sequence[Evidence], cards: Sequence[str], index: Index, *, profile: Profile
) -> tuple[Evidence, ...]:
    """Return the evidence with the passages of ``cards`` (``order:passage``) that a person chose
    and that were not found for their ask; what no letter may use is left out."""
    more = [_passages(e, cards, index) for e in evidence]
    if not any(more):
        return tuple(evidence)
    holding = find_holding(index, profile)
    return tuple(_add(e, those, holding, profile) for e, those in zip(evidence, more, strict=True))


def _passages(evidence: Evidence, cards: Sequence[str], index: Index) -> list[Passage]:
    there = {h.passage.id for room in _rooms(evidence) for h in room}
    mine = [card.partition(":") for card in cards]
    ids = [id for order, _, id in mine if order == str(evidence.ask.order) and id not in there]
    return [passage for id in dict.fromkeys(ids) if (passage := index.passage(id)) is not None]


def _add(
    evidence: Evidence, passages: Sequence[Passage], holding: Holding, profile: Profile
) -> Evidence:
    for passage in passages:
        hit = Hit(passage, CHOSEN, ("sought",), relevance=CHOSEN)
        match find_room(passage, holding, profile):
            case "own":
                evidence = replace(evidence, own=(*evidence.own, hit))
            case "precedents":
                evidence = replace(evidence, precedents=(*evidence.precedents, hit))
            case "statutes":
                evidence = replace(evidence, statutes=(*evidence.statutes, hit))
            case "policies":
                evidence = replace(evidence, policies=(*evidence.policies, hit))
    return evidence


def _rooms(evidence: Evidence) -> tuple[tuple[Hit, ...], ...]:
    return evidence.own, evidence.precedents, evidence.statutes, evidence.policies


def find_room(passage: Passage, holding: Holding, profile: Profile) -> Room | None:
    """Return what a passage would be in the evidence of an ask: an article that holds here, a
    policy that counts here, what we did, what others did; ``None`` for all else."""
    document = passage.document
    if passage.kind == "article":
        return "statutes" if holding.holds(passage) else None
    if passage.kind == "policy":
        return "policies" if is_our_policy(passage, profile) else None
    if document.own and passage.kind in ("measure", "reply"):
        return None if is_not_ours(document, profile) else "own"
    return "precedents" if passage.kind == "measure" else None

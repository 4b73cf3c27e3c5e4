"""Evidence: what the index and the given material hold for each ask, and only what bears on it.

A measure that merely shares officialese with an ask is worse than none, so every hit must
also pass a lexical gate of our own: it has to share particular words with the ask, and with
the subject of the proposal. Search scores only rank; halving them all changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from replygen.drafting.laws import applies_here, find_laws, query_of
from replygen.drafting.lexical import bearing, names_subject, rank, similarity, speaks_of_else
from replygen.drafting.material import (
    FOREIGN,
    OPINION,
    PARTNER,
    find_opinions,
    is_anothers_opinion,
)
from replygen.drafting.opinions import share_out_opinions
from replygen.models import Ask, Evidence, Hit, Passage, Proposal
from replygen.search import SearchIndex
from replygen.settings import Profile

_LOOKED_AT = 400  # characters of an ask that attached material is ranked by
# Weighted shares (0..1), set by reading every hit of 16 proposals: a measure of another
# place shares the proposal's subject and this much of the ask, or more where the subject
# shows only faintly. Own sentences are chosen one by one afterwards and need less here.
_ASK_WITH_SUBJECT, _ASK_WITH_TRACE, _ASK_ALONE = 0.20, 0.33, 0.45
_SUBJECT, _SUBJECT_TRACE = 0.30, 0.10
_OWN_ASK, _OWN_ALONE = 0.10, 0.25
_NEAR_BEST = 0.35  # of the best hit's score
_NEAR_COPY = 0.8
_OWN_REPLIES = 4
# 关于促进我市直播电商规范经营的提案 → 促进直播电商规范经营
_SUBJECT_NOISE = re.compile(
    r"^关于(?:对|进一步)?|的?(?:几点|若干|一些)?(?:提案|建议|议案|意见建议|对策建议)$|[我全本][省市县区州]"
)

__all__ = ["applies_here", "gather_evidence", "known_text", "query_of", "subject_of"]


def gather_evidence(
    proposal: Proposal,
    index: SearchIndex,
    *,
    material: Sequence[Passage] = (),
    k: int = 8,
    profile: Profile | None = None,
) -> tuple[Evidence, ...]:
    """Return one Evidence for each ask of ``proposal``, in their order; every tuple in it
    is best first. There are at most ``k`` precedents, ``k`` own measures and a few whole
    own replies, and three articles of laws.

    ``material`` are passages that the clerk attached (ids ``material:N``): own ones count as
    the unit's own, those of another unit of our place become its opinions, those of another
    place precedents. A 会办意见 on this proposal that the index holds is found as well. With
    ``profile``, local rules of other places are left out.
    """
    subject, known = subject_of(proposal), known_text(proposal)
    statutes = index.statutes()
    us = profile or Profile()
    said = [p for p in material if p.document.kind in (OPINION, PARTNER)]
    said += find_opinions(proposal, index, us)
    quoted = {p.document.id for p in said}
    opinions = share_out_opinions(proposal.asks, said, subject)
    ours = [p for p in material if p.document.own]
    foreign = [p for p in material if p.document.kind == FOREIGN]
    evidence = []
    for ask in proposal.asks:
        own, replies, other = _search(ask, subject, index, k)
        own, replies = (
            tuple(h for h in hits if not is_anothers_opinion(h.passage.document, us))
            for hits in (own, replies)
        )
        other = tuple(h for h in other if h.passage.document.id not in quoted)
        gated = [h for h in own if _bears(h.passage, ask, subject, own=True)]
        gated += _rank_material(ask, subject, ours, k)
        gated = sorted(gated, key=lambda h: -_use(h.passage, ask, subject))[:k]
        gated += [h for h in replies if names_subject(subject, h.passage.text) >= _SUBJECT]
        precedents = _rank_material(ask, subject, foreign, k)
        precedents += [h for h in _near_best(other) if _bears(h.passage, ask, subject, own=False)]
        precedents = list(_merge_copies(precedents)[:k])
        evidence.append(
            Evidence(
                ask=ask,
                own=_merge_copies(gated),
                precedents=tuple(precedents),
                statutes=find_laws(
                    ask,
                    subject,
                    [h for h in (*gated, *precedents) if not speaks_of_else(h.passage.text, known)],
                    index,
                    statutes,
                    profile=profile,
                ),
                opinions=opinions.get(ask.order, ()),
            )
        )
    return tuple(evidence)


def subject_of(proposal: Proposal) -> str:
    """Return what a proposal is about: its title without 关于…的提案 and without 我市."""
    return _SUBJECT_NOISE.sub("", (proposal.title or "").strip())


def known_text(proposal: Proposal) -> str:
    """Return the whole text of a proposal: its names are known to everybody."""
    asks = "\n".join(f"{a.topic}\n{a.text}" for a in proposal.asks)
    return "\n".join([proposal.title or "", proposal.background, proposal.problems, asks])


def _search(
    ask: Ask, subject: str, index: SearchIndex, k: int
) -> tuple[tuple[Hit, ...], tuple[Hit, ...], tuple[Hit, ...]]:
    query = query_of(ask, subject)
    return (
        index.search(query, kind="measure", k=2 * k, own=True),
        index.search(query, kind="reply", k=_OWN_REPLIES, own=True),
        index.search(query, kind="measure", k=3 * k, own=False),
    )


def _near_best(hits: tuple[Hit, ...]) -> list[Hit]:
    best = max((h.score for h in hits), default=0.0)
    return [h for h in hits if h.score >= _NEAR_BEST * best]


def _use(passage: Passage, ask: Ask, subject: str) -> float:
    return bearing(ask.topic, ask.text, f"{passage.title}。{passage.text}", subject)


def _bears(passage: Passage, ask: Ask, subject: str, *, own: bool) -> bool:
    text = f"{passage.title}。{passage.text}"
    around = f"{text}{passage.context or ''}{passage.document.title}"
    on_ask = bearing(ask.topic, ask.text, text, subject)
    on_subject = names_subject(subject, around)
    if own:
        return on_ask >= (_OWN_ASK if on_subject >= _SUBJECT_TRACE else _OWN_ALONE)
    if on_subject >= _SUBJECT:
        return on_ask >= _ASK_WITH_SUBJECT
    return on_ask >= (_ASK_WITH_TRACE if on_subject >= _SUBJECT_TRACE else _ASK_ALONE)


def _rank_material(ask: Ask, subject: str, material: Sequence[Passage], k: int) -> list[Hit]:
    """Return what of the attached material bears on the ask; the clerk chose it, so the
    subject need not show in every passage."""
    ranked = rank(f"{ask.topic} {ask.text[:_LOOKED_AT]}", [p.text for p in material])
    hits = [Hit(material[i], min(1.0, score), ("material",)) for score, i in ranked]
    return [
        h
        for h in hits
        if h.passage.kind == "measure"
        and bearing(ask.topic, ask.text, h.passage.text, subject) >= _OWN_ASK
    ][:k]


def _merge_copies(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return ``hits`` without near-copies; the best of each carries the others' ids."""
    kept: list[Hit] = []
    for hit in hits:
        for i, other in enumerate(kept):
            same_kind = hit.passage.kind == other.passage.kind
            if same_kind and similarity(hit.passage.text, other.passage.text) >= _NEAR_COPY:
                kept[i] = replace(other, also=(*other.also, hit.passage.id))
                break
        else:
            kept.append(hit)
    return tuple(kept)

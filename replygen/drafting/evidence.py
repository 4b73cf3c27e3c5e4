"""Evidence: what the index and the given material hold for each ask, and only what bears on it.

A measure that merely shares officialese with an ask is worse than none, so every hit must
also pass a lexical gate: it has to share matter with the ask itself, and with the subject
of the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from replygen.drafting.lexical import Weights, similarity
from replygen.facts import find_mentions, place_within
from replygen.models import Ask, Evidence, Hit, Passage, Proposal
from replygen.search import SearchIndex
from replygen.settings import Profile

_ASKED = 400  # characters of an ask that are looked up
# Shares of weighted grams, measured on sample and real proposals (tests/drafting).
_MEASURE_ASK, _MEASURE_SUBJECT = 0.14, 0.20
_OWN_ASK = 0.18
_STATUTE_ASK, _STATUTE_NAME = 0.16, 0.34
_MOST_STATUTES = 3
_NEAR_COPY = 0.8
# 关于规范我市直播电商健康发展的提案 → 规范直播电商健康发展
_SUBJECT_NOISE = re.compile(
    r"^关于(?:对|进一步)?|的?(?:几点|若干|一些)?(?:提案|建议|议案|意见建议|对策建议)$|[我全本][省市县区州]"
)


def gather_evidence(
    proposal: Proposal,
    index: SearchIndex,
    *,
    material: Sequence[Passage] = (),
    k: int = 8,
    profile: Profile | None = None,
) -> tuple[Evidence, ...]:
    """Return one Evidence for each ask of ``proposal``, in their order; every tuple in it
    is best first and holds at most ``k`` hits, statutes at most three.

    ``material`` are passages that the clerk attached (ids ``material:N``); they count as
    the unit's own. With ``profile``, local rules of other places are left out.
    """
    subject = subject_of(proposal)
    in_force = {s.document for s in index.statutes() if s.status == "in_force"}
    found = [_search(ask, subject, index, k) for ask in proposal.asks]
    pool = [p.text for own, other, _ in found for p in (h.passage for h in (*own, *other))]
    pool += [p.text for p in material]
    weights = Weights(dict.fromkeys(pool))
    evidence = []
    for ask, (own, other, articles) in zip(proposal.asks, found, strict=True):
        gated = [h for h in own if _bears(h.passage, ask, subject, weights, own=True)]
        gated += _rank_material(ask, subject, material, weights, k)
        precedents = [h for h in other if _bears(h.passage, ask, subject, weights, own=False)]
        statutes = [
            h
            for h in articles
            if h.passage.document.id in in_force
            and _is_about(h.passage, ask, subject)
            and applies_here(h.passage, profile)
        ]
        evidence.append(
            Evidence(
                ask=ask,
                own=_merge_copies(sorted(gated, key=lambda h: -h.score))[:k],
                precedents=_merge_copies(precedents)[:k],
                statutes=tuple(statutes[:_MOST_STATUTES]),
            )
        )
    return tuple(evidence)


def subject_of(proposal: Proposal) -> str:
    """Return what a proposal is about: its title without 关于…的提案 and without 我市."""
    return _SUBJECT_NOISE.sub("", (proposal.title or "").strip())


def applies_here(passage: Passage, profile: Profile | None) -> bool:
    """Return whether a statute holds where the unit is: a national one, or a local one
    whose region contains ours. An unknown place is not ours."""
    document = passage.document
    regions = [document.region] if document.region else []
    regions += [m.normal for m in find_mentions(document.title) if m.kind == "place"]
    regions = [r for r in regions if r not in ("全国", "中国", "中华人民共和国")]
    if not regions:
        return True
    if profile is None or not profile.region:
        return False
    ours = profile.province + profile.region.removeprefix(profile.province)
    return all(region in ours or place_within(profile.region, region) is True for region in regions)


def _search(
    ask: Ask, subject: str, index: SearchIndex, k: int
) -> tuple[tuple[Hit, ...], tuple[Hit, ...], tuple[Hit, ...]]:
    query = f"{ask.topic}\n{subject}\n{ask.text[:_ASKED]}"
    return (
        index.search(query, kind="measure", k=k, own=True),
        index.search(query, kind="measure", k=3 * k, own=False),
        index.search(query, kind="article", k=2 * k),
    )


def _bears(passage: Passage, ask: Ask, subject: str, weights: Weights, *, own: bool) -> bool:
    text = f"{passage.title}。{passage.text}"
    around = f"{text}{passage.context or ''}{passage.document.title}"
    on_ask = max(weights.cover(ask.topic, text), weights.cover(ask.text[:_ASKED], text))
    on_subject = weights.cover(subject, around) if subject else 1.0
    if own:
        return on_ask >= _OWN_ASK and on_subject >= _MEASURE_SUBJECT / 2
    return on_ask >= _MEASURE_ASK and on_subject >= _MEASURE_SUBJECT


def _rank_material(
    ask: Ask, subject: str, material: Sequence[Passage], weights: Weights, k: int
) -> list[Hit]:
    ranked = weights.rank(f"{ask.topic} {ask.text[:_ASKED]}", [p.text for p in material])
    hits = [Hit(material[i], min(1.0, score), ("material",)) for score, i in ranked]
    return [h for h in hits if _bears(h.passage, ask, subject, weights, own=True)][:k]


def _is_about(passage: Passage, ask: Ask, subject: str) -> bool:
    """Return whether an article really is about the ask: it shares the ask's matter, and
    its law or its text shares the subject's."""
    weights = Weights(())
    on_ask = weights.cover(f"{ask.topic} {ask.text[:_ASKED]}", passage.text)
    name = f"{passage.document.title}{passage.context or ''}{passage.text}"
    return on_ask >= _STATUTE_ASK and weights.cover(subject, name) >= _STATUTE_NAME


def _merge_copies(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return ``hits`` without near-copies; the best of each carries the others' ids."""
    kept: list[Hit] = []
    for hit in hits:
        for i, other in enumerate(kept):
            if similarity(hit.passage.text, other.passage.text) >= _NEAR_COPY:
                kept[i] = replace(other, also=(*other.also, hit.passage.id))
                break
        else:
            kept.append(hit)
    return tuple(kept)

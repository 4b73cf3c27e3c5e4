"""Evidence: what the index and the given material hold for each ask, and only what bears on it.

A measure that merely shares officialese with an ask is worse than none, so every hit must
also pass a lexical gate: it has to share matter with the ask itself, and with the subject
of the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from replygen.drafting.lexical import Weights, bearing, overlap, similarity
from replygen.facts import find_mentions, place_within
from replygen.models import Ask, Evidence, Hit, Passage, Proposal
from replygen.search import SearchIndex
from replygen.settings import Profile

_ASKED = 400  # characters of an ask that are looked up
# Shares of grams (0..1), set by looking at every hit of the sample proposals: a measure of
# another place must share a fifth of the ask and the proposal's subject, or more of the ask
# the less of the subject shows; own sentences are trimmed again afterwards and need less.
_ASK_OUTRIGHT, _ASK_ALONE, _ASK_WITH_SUBJECT = 0.45, 0.30, 0.20
_SUBJECT, _SUBJECT_TRACE = 0.15, 0.04
_OWN_ASK = 0.14
_NEAR_BEST = 0.4  # of the best hit's score
_STATUTE_ASK, _STATUTE_STRONG, _STATUTE_NAME = 0.16, 0.30, 0.34
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
    evidence = []
    for ask, (own, other, articles) in zip(proposal.asks, found, strict=True):
        gated = [h for h in _near_best(own) if _bears(h.passage, ask, subject, own=True)]
        gated += _rank_material(ask, subject, material, k)
        precedents = [h for h in _near_best(other) if _bears(h.passage, ask, subject, own=False)]
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


def _near_best(hits: tuple[Hit, ...]) -> list[Hit]:
    best = max((h.score for h in hits), default=0.0)
    return [h for h in hits if h.score >= _NEAR_BEST * best]


def _bears(passage: Passage, ask: Ask, subject: str, *, own: bool) -> bool:
    text = f"{passage.title}。{passage.text}"
    around = f"{text}{passage.context or ''}{passage.document.title}"
    on_ask = bearing(ask.topic, ask.text, text)
    on_subject = overlap(subject, around) if subject else 1.0
    if own:
        return on_ask >= _OWN_ASK and on_subject >= _SUBJECT
    if on_subject >= _SUBJECT:
        return on_ask >= _ASK_WITH_SUBJECT
    return on_ask >= (_ASK_ALONE if on_subject >= _SUBJECT_TRACE else _ASK_OUTRIGHT)


def _rank_material(ask: Ask, subject: str, material: Sequence[Passage], k: int) -> list[Hit]:
    """Return what of the attached material bears on the ask; the clerk chose it, so the
    subject need not show in every passage."""
    weights = Weights([p.text for p in material])
    ranked = weights.rank(f"{ask.topic} {ask.text[:_ASKED]}", [p.text for p in material])
    hits = [Hit(material[i], min(1.0, score), ("material",)) for score, i in ranked]
    return [
        h
        for h in hits
        if h.passage.kind == "measure" and bearing(ask.topic, ask.text, h.passage.text) >= _OWN_ASK
    ][:k]


def _is_about(passage: Passage, ask: Ask, subject: str) -> bool:
    """Return whether an article really is about the ask: it shares the ask's matter, and
    its law or its text shares the subject's."""
    on_ask = overlap(f"{ask.topic} {ask.text[:_ASKED]}", passage.text)
    name = f"{passage.document.title}{passage.context or ''}{passage.text}"
    on_subject = overlap(subject, name)
    if on_ask >= _STATUTE_STRONG and on_subject >= _SUBJECT:
        return True
    return on_ask >= _STATUTE_ASK and on_subject >= _STATUTE_NAME


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

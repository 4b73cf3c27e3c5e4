"""Words and vectors fused, near-copies merged.

All scores are absolute (words: the share of the query's weight that a passage covers;
vectors: cosine), so the fused one can be compared between queries, and a threshold on
it means something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from replygen.language.copies import are_near
from replygen.models import Hit, Passage, PassageKind


class Found(NamedTuple):
    """A candidate: the passage's row, its score in 0..1, the rankings that had it."""

    row: int
    score: float
    found_by: tuple[str, ...]


class Ranking(NamedTuple):
    """What one signal says: ``scores`` in 0..1 by row, for the candidates of all signals
    as far as it knows them; ``found`` are those that it found itself. A ``whole`` one
    knows every passage: what it has no score for scores 0."""

    name: str
    weight: float
    scores: Mapping[int, float]
    found: frozenset[int]
    whole: bool = False


def fuse(rankings: Sequence[Ranking]) -> list[Found]:
    """Return the candidates of all rankings, best first. The score is the mean of those
    known, by weight: a passage without a slow vector yet keeps the scale of the rest."""
    found: list[tuple[float, int]] = []
    for row in set().union(*(r.found for r in rankings)):
        total = score = 0.0
        for ranking in rankings:
            known = ranking.scores.get(row, 0.0 if ranking.whole else None)
            if known is not None:
                total += ranking.weight
                score += ranking.weight * known
        found.append((score / (total or 1.0), row))
    found.sort(key=lambda f: (-f[0], f[1]))
    return [
        Found(
            row,
            min(1.0, max(0.0, score)),
            tuple(dict.fromkeys(r.name for r in rankings if row in r.found)),
        )
        for score, row in found
    ]


def scale_cosines(cosines: Mapping[int, float], floor: float | None) -> dict[int, float]:
    """Return cosines as scores: 1 stays 1, ``floor`` becomes 0. A trained encoder puts
    all texts into a narrow cone; the floor is the cosine of two that have nothing to do
    with each other. Without one (a small index) they count from the lowest one seen."""
    if floor is None:
        floor = max(0.0, min(cosines.values(), default=0.0))
    return {row: (c - floor) / max(1.0 - floor, 1e-6) for row, c in cosines.items()}


def is_wanted(passage: Passage, kind: PassageKind | None, own: bool | None) -> bool:
    """Say whether a passage is of the kind and the origin that were asked for."""
    fits = kind is None or passage.kind == kind
    return fits and (own is None or passage.document.own == own)


def merge_copies(found: Iterator[tuple[Found, Passage]], *, k: int) -> tuple[Hit, ...]:
    """Return the first ``k`` hits, each near-copy merged into the better hit as its
    ``also``; own material is only merged with own, a 条 of a statute never."""
    hits: list[Hit] = []
    for candidate, passage in found:
        twin = _find_copy(passage, hits)
        if twin is not None:
            hit = hits[twin]
            hits[twin] = Hit(hit.passage, hit.score, hit.found_by, (*hit.also, passage.id))
        elif len(hits) < k:
            hits.append(Hit(passage, candidate.score, candidate.found_by))
    return tuple(hits)


def _find_copy(passage: Passage, hits: Sequence[Hit]) -> int | None:
    """Return the place of the first hit that the passage is a near copy of."""
    document = passage.document
    if passage.kind == "article":
        return None
    for place, hit in enumerate(hits):
        other = hit.passage
        if other.kind != passage.kind or other.document.own != document.own:
            continue
        if other.document.id != document.id and are_near(other.text, passage.text):
            return place
    return None

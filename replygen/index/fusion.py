"""Words and vectors fused, near-copies merged.

All scores are absolute (words: the share of the query's weight that a passage covers;
vectors: cosine), so the fused one can be compared between queries, and a threshold on
it means something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from replygen.language.copies import are_near_letters, bare_letters
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
    told = [(r.weight, r.scores.get, 0.0 if r.whole else None) for r in rankings]
    found: list[tuple[float, int]] = []
    for row in set().union(*(r.found for r in rankings)):
        total = score = 0.0
        for weight, get, unknown in told:
            known = get(row, unknown)
            if known is not None:
                total += weight
                score += weight * known
        found.append((-score / (total or 1.0), row))
    found.sort()
    return [
        Found(
            row,
            min(1.0, max(0.0, -score)),
            tuple(dict.fromkeys([r.name for r in rankings if row in r.found])),
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
    known: dict[tuple[PassageKind, bool], list[_Letters]] = {}
    for candidate, passage in found:
        letters = _Letters(len(hits), passage.document.id, bare_letters(passage.text))
        alike = known.setdefault((passage.kind, passage.document.own), [])
        twin = None if passage.kind == "article" else _find_copy(letters, alike)
        if twin is not None:
            hit = hits[twin]
            hits[twin] = Hit(hit.passage, hit.score, hit.found_by, (*hit.also, passage.id))
        elif len(hits) < k:
            hits.append(Hit(passage, candidate.score, candidate.found_by))
            alike.append(letters)
    return tuple(hits)


class _Letters(NamedTuple):
    """The letters of a hit, by which copies are told."""

    place: int
    document: str
    letters: str


def _find_copy(passage: _Letters, alike: Sequence[_Letters]) -> int | None:
    """Return the place of the first of the hits that the passage is a near copy of."""
    for place, document, letters in alike:
        if document != passage.document and are_near_letters(letters, passage.letters):
            return place
    return None

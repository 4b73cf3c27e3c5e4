"""Words and vectors fused, near-copies merged.

Both scores are absolute (words: the share of the query's weight that a passage covers;
vectors: cosine), so the fused one can be compared between queries, and a threshold on
it means something. Fitted on the dev halves, encoder ``hash``, by the share of the
vectors; the lexical ones add next to nothing to the words they are made of:

=====  ===================  =======================
share  letters R@1 / R@10   statutes R@10 / R@100
=====  ===================  =======================
0      .732 / .900          .419 / .632
0.05   .731 / .897          .424 / .634
0.1    .729 / .894          .422 / .633
0.3    .697 / .860          .416 / .628
=====  ===================  =======================

Those are exact scores over all documents (row 0.3 without the topic counted twice);
``replygen eval`` at 0.05 gives .734 / .898 and .419 / .636. Sums of z-scores (best at 0.2)
gained .001 to .002, too little to give up scores that mean something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from replygen.models import Hit, Passage
from replygen.search.similarity import are_near

LEXICAL_WEIGHT = 0.05  # share of the vectors when they are lexical themselves
TRAINED_WEIGHT = 0.7  # of a trained encoder (DESIGN §6: words 0.3 : e5-small 0.7)


class Found(NamedTuple):
    """A candidate: the passage's row, its score in 0..1, the rankings that had it."""

    row: int
    score: float
    found_by: tuple[str, ...]


def fuse(
    words: Sequence[tuple[int, float]],
    vectors: Sequence[tuple[int, float]],
    cosines: Mapping[int, float],
    *,
    weight: float,
) -> list[Found]:
    """Return the candidates of both rankings, best first.

    ``words`` scores are in 0..1, ``vectors`` are cosines; ``cosines`` are those of rows
    that only the words found. ``weight`` is the share of the vectors. A trained encoder
    puts all texts into a narrow cone, so cosines count from the lowest one seen.
    """
    by_words, by_vectors = dict(words), dict(vectors)
    near = {**cosines, **by_vectors}
    floor = max(0.0, min(near.values(), default=0.0))
    found = []
    for row in {**by_words, **by_vectors}:
        cosine = (near.get(row, floor) - floor) / max(1.0 - floor, 1e-6)
        score = (1 - weight) * by_words.get(row, 0.0) + weight * cosine
        rankings = [("words", by_words), ("vectors", by_vectors)]
        names = tuple(name for name, ranking in rankings if row in ranking)
        found.append(Found(row, min(1.0, max(0.0, score)), names))
    return sorted(found, key=lambda f: (-f.score, f.row))


def merge_copies(found: Iterator[tuple[Found, Passage]], *, k: int) -> tuple[Hit, ...]:
    """Return the first ``k`` hits, each near-copy merged into the better hit as its
    ``also``; own material is only merged with own, a 条 of a statute never."""
    hits: list[Hit] = []
    for candidate, passage in found:
        twin = next((i for i, hit in enumerate(hits) if _are_copies(hit.passage, passage)), None)
        if twin is not None:
            hit = hits[twin]
            hits[twin] = Hit(hit.passage, hit.score, hit.found_by, (*hit.also, passage.id))
        elif len(hits) < k:
            hits.append(Hit(passage, candidate.score, candidate.found_by))
    return tuple(hits)


def _are_copies(left: Passage, right: Passage) -> bool:
    if left.kind != right.kind or left.kind == "article":
        return False
    if left.document.own != right.document.own or left.document.id == right.document.id:
        return False
    return are_near(left.text, right.text)

"""Hard negatives that the model itself finds: what it takes for an answer and is none.

A text that scores nearly as high as the known answer is often a second answer that nobody
marked, so only texts clearly below it are taken (positive-aware mining, Moreira et al.
2024, arXiv 2407.15831).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from training.measuring import Encode
from training.pairs import Pair

KINDS = ("letters", "titles", "questions")  # kinds whose answers are known, not cut out
_MARGIN = 0.98  # of the answer's cosine: what lies above may be an answer as well
_BEST = 12  # of those below, how many one is drawn from


def mine_pairs(
    pairs: Mapping[str, Sequence[Pair]], encode: Encode, *, seed: int
) -> dict[str, list[Pair]]:
    """Return the pairs, those of ``KINDS`` with a new ``other``: one of the best-scored
    texts of the same kind (answers and others alike) that no pair of the same query
    names as its answer."""
    chance = random.Random(seed)
    return {
        kind: _mine(found, encode, chance) if kind in KINDS else list(found)
        for kind, found in pairs.items()
    }


def _mine(pairs: Sequence[Pair], encode: Encode, chance: random.Random) -> list[Pair]:
    import numpy as np

    texts = list(dict.fromkeys(t for p in pairs for t in (p.passage, p.other) if t))
    rows = {text: row for row, text in enumerate(texts)}
    queries = list(dict.fromkeys(p.query for p in pairs))
    answers: dict[str, set[int]] = {}
    for pair in pairs:
        answers.setdefault(pair.query, set()).add(rows[pair.passage])
    passages = encode(texts, "passage")
    scores = dict(zip(queries, encode(queries, "query") @ passages.T, strict=True))
    mined = []
    for pair in pairs:
        line = scores[pair.query]
        limit = _MARGIN * float(line[rows[pair.passage]])
        order = np.argsort(-line, kind="stable").tolist()
        known = answers[pair.query]
        best = [i for i in order if line[i] < limit and i not in known][:_BEST]
        mined.append(replace(pair, other=texts[chance.choice(best)]) if best else pair)
    return mined

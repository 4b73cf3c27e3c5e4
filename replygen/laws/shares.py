"""How much of what a sentence claims an article of its law says, the rarer words counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from replygen.laws.pairs import make_pairs

Articles = Mapping[tuple[int, int], str]

_RAREST = 6.0


def measure_share(claim: str, text: str, law: Articles) -> float:
    """Return what share 0..1 of a claim's pairs a text has, the rarer a pair in the articles of
    ``law``, the more it counts."""
    weights = _weights(tuple(law.values())) if law else {}
    wanted = make_pairs(claim)
    total = sum(weights.get(p, _RAREST) for p in wanted)
    there = wanted & make_pairs(text)
    return sum(weights.get(p, _RAREST) for p in there) / total if total else 0.0


@lru_cache(maxsize=16)
def _weights(texts: tuple[str, ...]) -> dict[str, float]:
    """How telling a pair is in a law: the rarer among its articles, the more."""
    counts = Counter(p for text in texts for p in make_pairs(text))
    return {p: min(_RAREST, math.log((len(texts) + 1) / n)) + 0.1 for p, n in counts.items()}

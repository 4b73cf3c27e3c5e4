"""Near copies: whether two texts are the same but for some words."""

from __future__ import annotations

import re
from functools import lru_cache

NEAR_RATIO = 88.0  # rapidfuzz ratio, 0..100: a place, a figure, a date exchanged
_COMPARED = 6000  # characters of a text that are compared
_SHORTEST = 10  # letters; shorter texts are copies only where they are equal
_NOISE = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=1024)  # each candidate of a query is compared with each hit
def bare_letters(text: str) -> str:
    """Return the letters of a text, without figures, marks and white space, as far as they
    are compared."""
    return _NOISE.sub("", text)[:_COMPARED]


def are_near(left: str, right: str) -> bool:
    """Say whether two texts are the same but for some words."""
    a, b = bare_letters(left), bare_letters(right)
    shorter, both = min(len(a), len(b)), len(a) + len(b)
    if shorter < _SHORTEST:
        return a == b
    if 200 * shorter < NEAR_RATIO * both:  # what the longer one has more is enough
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(a, b, score_cutoff=NEAR_RATIO) > 0

"""Near copies: whether two texts are the same but for some words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

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
    return are_near_letters(bare_letters(left), bare_letters(right))


def are_near_letters(left: str, right: str) -> bool:
    """Say the same of the letters of two texts, for who compares one with many."""
    one, other = len(left), len(right)
    shorter = one if one < other else other
    if shorter < _SHORTEST:
        return left == right
    if 200 * shorter < NEAR_RATIO * (one + other):  # what the longer one has more is enough
        return False
    return _read_ratio()(left, right, score_cutoff=NEAR_RATIO) > 0


@cache
def _read_ratio() -> Callable[..., float]:
    from rapidfuzz.fuzz import ratio

    return ratio

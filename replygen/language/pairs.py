"""Pairs of neighbouring characters: the measure of how many words two texts have in common."""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.language.words import read_empty_words


@lru_cache(maxsize=8192)
def make_pairs(text: str, without: frozenset[str] | None = None) -> frozenset[str]:
    """Return the pairs of neighbouring characters of ``text`` that carry meaning: none of a
    mark, none of an empty word or across one (``without``: others than
    :func:`replygen.language.words.read_empty_words`)."""
    pieces = _split(read_empty_words() if without is None else without).split(text)
    return frozenset(
        piece[i : i + 2]
        for piece in pieces
        for i in range(len(piece) - 1)
        if piece[i : i + 2].isalpha()
    )


@lru_cache(maxsize=8)
def _split(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern of the words, the longest first; one that never matches for none."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

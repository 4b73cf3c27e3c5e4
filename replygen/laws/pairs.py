"""The pairs of neighbouring characters in which claims and articles are compared."""

from __future__ import annotations

from functools import lru_cache

from replygen.language import pairs
from replygen.laws.tables import read_toml


def make_pairs(text: str) -> frozenset[str]:
    """Return the pairs, the words of grammar (的, 或者, 应当) left out.

    Not those of :func:`replygen.language.words.read_empty_words`: they are about papers, where
    加强 says nothing; in an article it is what is ordered. With them a misquotation that
    blocks was only warned of, and fewer than 85 of 100 wrong claims were found."""
    return pairs.make_pairs(text, _grammar())


@lru_cache(maxsize=1)
def _grammar() -> frozenset[str]:
    return frozenset(read_toml("rules.toml")["claims"]["empty"])


def measure_overlap(words: str, text: str) -> float:
    """Return the share 0..1 of the pairs of ``words`` that a text has."""
    wanted = make_pairs(words)
    return len(wanted & make_pairs(text)) / len(wanted) if wanted else 0.0

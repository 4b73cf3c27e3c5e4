"""Whether what a clause opens with goes with the word it ends with: 做好…衔接, not 做好…系列.

The counts (``data/endings.tsv.gz``) are of the clauses of laws, letters and proposals that
open with a verb, made by tools/fit_borders.py.
"""

from __future__ import annotations

import math
from functools import cache

from replygen.language.tables import Tables

_TABLES = Tables(__file__)
_NOUN, _NOUN_SHARE = 18, 0.25
_RARE = 5  # 调研: seldom, and oftener behind


def count_pair(verb: str, word: str) -> int:
    """Number of clauses that open with the verb and end with the word; 0 where it was one."""
    return _pairs().get((verb, word), 0)


def count_ending(word: str) -> int:
    """Number of clauses that end with the word."""
    return _endings().get(word, 0)


def is_nominal(verb: str) -> bool:
    """Whether a verb is a noun as well: 建设, 教育, 管理 end clauses nearly as often as they
    open them."""
    ends = count_ending(verb)
    opens = _openings().get(verb, 0)
    return ends >= _NOUN and ends >= _NOUN_SHARE * opens or ends > opens and ends >= _RARE


def pair_odds(verb: str, word: str) -> float:
    """How much oftener than by chance a clause that opens with the verb ends with the word,
    as a logarithm: -4 to 5, 0 where nothing is known of either."""
    expected = (_openings().get(verb, 0) + 5) * (count_ending(word) + 2) / _total()
    return math.log((count_pair(verb, word) + 0.5) / (expected + 0.5))


@cache
def _counts() -> dict[tuple[str, str], int]:
    return {(row[0], row[1]): int(row[2]) for row in _TABLES.rows("endings.tsv.gz")}


@cache
def _pairs() -> dict[tuple[str, str], int]:
    return {pair: n for pair, n in _counts().items() if all(pair)}


@cache
def _openings() -> dict[str, int]:
    return {verb: n for (verb, word), n in _counts().items() if not word}


@cache
def _endings() -> dict[str, int]:
    return {word: n for (verb, word), n in _counts().items() if not verb}


@cache
def _total() -> int:
    return sum(_openings().values())

"""What the user asked -> what is looked for."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from replygen.index.terms import split_terms
from replygen.index.tuning import Tuning
from replygen.language.tables import Tables
from replygen.language.words import read_empty_words

_LONGEST = 6000  # characters of a query that are read
_LONG = 30  # characters from which a query is an ask rather than search words
_DEFAULT = Tuning()
_TITLE = 80  # characters of a first line that is a topic
_TABLES = Tables(__file__)


class Query(NamedTuple):
    """``text`` as asked, ``core`` without officialese, ``terms`` of the word index."""

    text: str
    core: str
    terms: tuple[str, ...]


def read_query(text: str, tuning: Tuning = _DEFAULT) -> Query:
    """Return the query in ``text``. Wording that every proposal has is dropped from a
    long one (language/data/empty_words.txt), wording that every question has from any
    (data/asking.txt), unless nothing would be left. The first line of a query of several
    is its topic and counts more than once."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")[:_LONGEST].strip()
    core = text
    if tuning.plain:
        core = _pattern(_read_asking()).sub(" ", core).strip() or core
        if len(text) >= _LONG:
            core = _pattern(read_empty_words()).sub(" ", core).strip() or core
    terms = split_terms(core) or split_terms(text)
    first, _, rest = core.partition("\n")
    if rest.strip() and len(first) <= _TITLE:
        terms += split_terms(first) * (tuning.topic - 1)
    return Query(text, core, tuple(terms))


@cache
def _read_asking() -> frozenset[str]:
    return frozenset(row[0].strip() for row in _TABLES.rows("asking.txt"))


@cache
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))

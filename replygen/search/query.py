"""What the user asked -> what is looked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from replygen.search.tuning import Tuning
from replygen.search.words import split_terms

_LONGEST = 6000  # characters of a query that are read
_LONG = 30  # characters from which a query is an ask rather than search words
_DEFAULT = Tuning()
_TITLE = 80  # characters of a first line that is a topic
_DATA = Path(__file__).parent / "data"


class Query(NamedTuple):
    """``text`` as asked, ``core`` without officialese, ``terms`` of the word index."""

    text: str
    core: str
    terms: tuple[str, ...]


def read_query(text: str, tuning: Tuning = _DEFAULT) -> Query:
    """Return the query in ``text``. Wording that every proposal has is dropped from a
    long one (data/officialese.txt), wording that every question has from any
    (data/asking.txt), unless nothing would be left. The first line of a query of several
    is its topic and counts more than once."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")[:_LONGEST].strip()
    core = text
    if tuning.plain:
        core = _read_wording("asking").sub(" ", core).strip() or core
        if len(text) >= _LONG:
            core = _read_wording("officialese").sub(" ", core).strip() or core
    terms = split_terms(core) or split_terms(text)
    first, _, rest = core.partition("\n")
    if rest.strip() and len(first) <= _TITLE:
        terms += split_terms(first) * (tuning.topic - 1)
    return Query(text, core, tuple(terms))


@cache
def _read_wording(name: str) -> re.Pattern[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))

"""Verbs of official prose, the adverbs and prepositions before them: does a clause act?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from replygen.language.tables import Tables

_TABLES = Tables(__file__)
_MOST_ADVERBS = 4


@dataclass(frozen=True, slots=True)
class Verbs:
    """Word lists, the longest entries first, as a prefix test needs them."""

    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    prepositions: tuple[str, ...]


@lru_cache(maxsize=1)
def load_verbs() -> Verbs:
    """Return the shipped lists."""
    table = _TABLES.toml("verbs.toml")
    return Verbs(*(_words(table[name]) for name in ("verbs", "adverbs", "prepositions")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(text.split()), key=lambda word: (-len(word), word)))


def strip_adverbs(clause: str) -> str:
    """Return ``clause`` without the adverbs in front of its verb; a verb that is an adverb as
    well (加快, 联合, 统筹) stays."""
    lists = load_verbs()
    for _ in range(_MOST_ADVERBS):
        if clause.startswith(lists.verbs) or not clause.startswith(lists.adverbs):
            return clause
        adverb = next(word for word in lists.adverbs if clause.startswith(word))
        clause = clause[len(adverb) :].removeprefix("地")
    return clause


def starts_with_verb(clause: str) -> bool:
    """Return whether ``clause`` starts with a verb of the lists, adverbs in front allowed."""
    return strip_adverbs(clause).startswith(load_verbs().verbs)

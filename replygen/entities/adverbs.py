"""Adverbs that begin as a surname does, where a person could stand: 局长|曾带队, 书记|时常到场."""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.entities.prose import is_everyday, sort_word
from replygen.entities.tables import TABLES

_SURNAMES = frozenset("曾常尚都")  # adverbs that are surnames
# 曾两次|到场, 曾到|现场: how often, or a verb of one character
_ONCE = re.compile(
    r"[曾常尚都](?:(?P<often>[一二两三四五六七八九十数几多\d]+[次度回番])|[任到赴获经在对向就被让去来受])"
)


def is_adverb(text: str, at: int, size: int) -> bool:
    """True where an adverb and what it goes with stand in a person's place, ``size`` characters
    long at ``at``: 局长|曾带队, 专家|曾参|与, 书记|曾两次|到场, 所长|时常; not 局长|曾建国 and
    曾文明, of whose characters given names are made."""
    name, verb = text[at : at + size], text[at + 1 : at + 3]
    if name in TABLES.listed("person_slots.toml", "adverbs"):
        return True
    if name[:1] not in _SURNAMES or all(char in _given() for char in name[1:]):
        return False
    once = _ONCE.match(text, at)
    if once is not None and (size == 2 or once["often"]):
        return True
    return verb in _deeds() or is_everyday(verb) and sort_word(verb) in "VW"


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    """What a person does, in two characters, and the adverbs before it."""
    kinds = ("acts", "deeds", "asked", "leads", "after_title", "adverbs")
    listed = (TABLES.listed("person_slots.toml", kind) for kind in kinds)
    return frozenset(word for words in listed for word in words if len(word) == 2)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(TABLES.listed("person_slots.toml", "given"))

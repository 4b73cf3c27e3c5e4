"""What the detectors hand to the mentions, and the walk to a name's left end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.tables import Automaton, build_automaton, read_words
from replygen.models import MentionKind, Scope


class Candidate(NamedTuple):
    """A possible mention; of two that overlap the longer wins, then the higher ``rank``."""

    kind: MentionKind
    start: int
    end: int
    normal: str
    scope: Scope = "unknown"
    rank: int = 0


_HAN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z·]")
_HARD_STOPS = frozenset(
    "的了和与及或对在将被把由从以为是有并让使给至到于各该本我其这那每某、两某按据"
)


@lru_cache(maxsize=2)
def _cut_words(place: bool) -> Automaton:
    """Words that cannot be inside a name: 走访, 指导, 位于 ...; inside a place's: 管理, 保护 ..."""
    words = read_words("cut_words.tsv")
    return build_automaton(words | read_words("place_cut.tsv") if place else words)


def stem_start(text: str, end: int, longest: int, *, place: bool = False) -> int:
    """Where the name that ends at ``end`` begins, at most ``longest`` characters before it.

    Stops at punctuation and particles (的, 和, 在, ...) and behind the last verb or other word
    that is no part of a name; ``place`` asks for the name of a place.
    """
    start = end
    low = max(0, end - longest)
    while start > low and _HAN.match(text[start - 1]) and text[start - 1] not in _HARD_STOPS:
        start -= 1
    cut = 0
    # A verb may reach over the left end: 调|研究|云川市.
    early = max(0, start - 2)
    for last, _ in _cut_words(place).iter(text[early:end]):
        cut = last + 1
    return max(start, early + cut)

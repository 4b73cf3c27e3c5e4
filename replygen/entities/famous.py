"""Names that everybody knows to be some place's: 锅包肉, 秦腔, 塘约经验, 引汉济渭, 湘雅医院.

The table ``data/famous.tsv`` is written from general knowledge, a kind and its names a line;
none of its names says which place, only that a letter that has it speaks of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.prose import Piece, cut_prose
from replygen.entities.tables import Automaton, build_automaton, read_table

_HAN = re.compile("[\u4e00-\u9fff]+")
_SURE = 3  # characters; many a shorter name is a word as well


@lru_cache(maxsize=1)
def _names() -> tuple[Automaton, dict[str, str]]:
    kinds = {name: row[0] for row in read_table("famous.tsv") for name in row[1].split()}
    return build_automaton(kinds), kinds


def find_famous(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, int, str]]:
    """Yield where a famous name stands in a text that was cut into ``pieces``, and its kind;
    none that cuts a word in two (合同|里, 股|东大|会)."""
    automaton, kinds = _names()
    found = [(last + 1 - len(name), last + 1, kinds[name]) for last, name in automaton.iter(text)]
    if found:
        inside = {at for p in pieces for at in range(p.start + 1, p.end)}
        yield from (one for one in found if one[0] not in inside and one[1] not in inside)


def list_famous(text: str) -> tuple[str, ...]:
    """Return the famous names in a text that are no words as well."""
    pieces = [piece for run in _HAN.finditer(text) for piece in cut_prose(run.group(), run.start())]
    found = find_famous(text, pieces)
    return tuple(text[start:end] for start, end, _ in found if end - start >= _SURE)

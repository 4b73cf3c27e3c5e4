"""The gazetteer: provinces, cities, counties and towns of China."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.tables import read_text
from replygen.models import Level

_LEVELS: dict[str, Level] = {"p": "省", "c": "市", "a": "县", "t": "乡"}
_DEPTH = {"p": 0, "c": 1, "a": 2, "t": 3}
# Strength of a name in running text; NO_PLACE is a phrase that hides the names inside it.
FULL, BARE, CONTEXT, NO_PLACE = 3, 2, 1, 0


# 本市, 我县, 全省, 辖区: point to the writer's own place.
DEICTIC = re.compile(
    r"(?:本|我|全|该|各|贵)(?:省|市|县|区|州|旗|镇|乡|街道|自治区|自治州|自治县|村|社区)(?![场域别])"
    r"|(?:省|市|县|区)(?:内|里)(?![容部])|本地区?|当地|辖区|我们(?:省|市|县|区)"
)


class Span(NamedTuple):
    """A gazetteer name in the text."""

    start: int
    end: int
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; ``full`` are the names from the province down to it."""

    name: str
    full: tuple[str, ...]
    level: Level


class Gazetteer:
    """Rows by number, and what every name in use can mean; names are found in a text by their
    first two characters."""

    def __init__(self, blocks: str) -> None:
        names, self.levels, parents, cells, heads = blocks.split("\f")
        self.names = names.split("\n")
        self.parents = [int(number) for number in parents.split(" ")]
        parts = cells.split("\t")
        self._strength = dict(zip(parts[0::3], parts[1::3], strict=True))
        self._rows = dict(zip(parts[0::3], parts[2::3], strict=True))
        self._lengths = {line[:2]: line[2:] for line in heads.split("\n")}

    def rows_of(self, name: str) -> tuple[int, ...]:
        """The rows that a name can mean, in tree order; empty when it is none."""
        return _numbers(self._rows.get(name, ""))

    def strength_of(self, name: str) -> int:
        """Whether a name may stand alone (FULL, BARE), needs a CONTEXT or is NO_PLACE."""
        return int(self._strength[name][0])

    def is_high(self, name: str) -> bool:
        """True for the names of provinces and cities."""
        return "+" in self._strength.get(name, "")

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(start, name) of every name in the text; they may overlap."""
        lengths, known = self._lengths, self._strength
        for start in range(len(text) - 1):
            for size in lengths.get(text[start : start + 2], ""):
                name = text[start : start + ord(size) - 64]
                if name in known:
                    yield start, name

    def chain(self, row: int) -> tuple[str, ...]:
        """The names from the province down to the row."""
        names: list[str] = []
        while row >= 0:
            names.append(self.names[row])
            row = self.parents[row]
        return tuple(reversed(names))

    def is_within(self, row: int, region: int) -> bool:
        """True when ``region`` is the row itself or stands above it."""
        while row >= 0:
            if row == region:
                return True
            row = self.parents[row]
        return False


@lru_cache(maxsize=8192)
def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(map(int, cell.split(","))) if cell else ()


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read once (about 0.05 s); tools/pack_gazetteer.py lays it out."""
    return Gazetteer(read_text("gazetteer.gz"))


def lookup_places(name: str) -> tuple[Place, ...]:
    """The places a name can mean: full name, short form (赣榆), or a chain (连云港市东海县).

    Highest level first; several when the name is ambiguous, none when it is not known.
    """
    gazetteer = load_gazetteer()
    return tuple(
        Place(gazetteer.names[r], gazetteer.chain(r), _LEVELS[gazetteer.levels[r]])
        for r in resolve_name(name)
    )


def resolve_name(name: str) -> tuple[int, ...]:
    """The gazetteer rows of a name or a chain of names, highest level first."""
    gazetteer = load_gazetteer()
    name = name.strip()
    found = list(gazetteer.rows_of(name))
    if not found:
        found = _resolve_chain(name)
    exact = [r for r in found if gazetteer.names[r] == name]
    if exact and not any(gazetteer.levels[r] in "pc" for r in found if r not in exact):
        found = exact
    return tuple(sorted(dict.fromkeys(found), key=lambda r: _DEPTH[gazetteer.levels[r]]))


def _resolve_chain(name: str) -> list[int]:
    """江苏省东海县, 北京朝阳: the last name's rows that lie within the names before it."""
    gazetteer = load_gazetteer()
    for cut in range(len(name) - 2, 1, -1):
        heads = gazetteer.rows_of(name[:cut])
        if not heads:
            continue
        tails = resolve_name(name[cut:])
        inside = [t for t in tails if any(t != h and gazetteer.is_within(t, h) for h in heads)]
        if inside:
            return inside
    return []


def place_within(place: str, region: str) -> bool | None:
    """True when every place the name can mean lies in the region (or is it), False when none
    does; ``None`` when a name is not in the gazetteer or the answer depends on which is meant."""
    gazetteer = load_gazetteer()
    inner, outer = resolve_name(place), resolve_name(region)
    if not inner or not outer:
        return None
    answers = {gazetteer.is_within(i, o) for i in inner for o in outer}
    return answers.pop() if len(answers) == 1 else None

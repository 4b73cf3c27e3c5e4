"""Common runs of two texts, punctuation and white space left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SEED = 8  # runs shorter than this are ordinary wording


@dataclass(frozen=True, slots=True)
class Run:
    """``text[start:end]`` stands in the other text; ``length`` counts the characters
    that are letters, digits or Han."""

    start: int
    end: int
    length: int


@dataclass(frozen=True)
class Grams:
    """A text reduced to its letters, with the places of its runs of eight."""

    letters: str
    places: dict[str, list[int]] = field(repr=False)


def reduce_text(text: str) -> tuple[str, list[int]]:
    """Return the letters, digits and Han of a text, and where each stood."""
    kept = [(c, i) for i, c in enumerate(text) if c.isalnum()]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def index_grams(text: str) -> Grams:
    """Return a text ready to be looked for in many others."""
    letters, _ = reduce_text(text)
    places: dict[str, list[int]] = {}
    for i in range(len(letters) - _SEED + 1):
        places.setdefault(letters[i : i + _SEED], []).append(i)
    return Grams(letters, places)


def find_runs(text: str, other: Grams, *, least: int = _SEED) -> Iterator[Run]:
    """Yield the longest runs of ``text`` that stand in ``other``, from left to right, not
    overlapping, at least ``least`` letters long."""
    letters, where = reduce_text(text)
    position = 0
    while position <= len(letters) - _SEED:
        best = 0
        for start in other.places.get(letters[position : position + _SEED], ())[:20]:
            best = max(best, _extend(letters, position, other.letters, start))
        if best >= least:
            yield Run(where[position], where[position + best - 1] + 1, best)
            position += best
        else:
            position += 1


def mask_runs(text: str, others: Iterable[Grams], *, least: int = _SEED) -> list[bool]:
    """Return for every character of ``text`` whether it stands in a run of ``others``."""
    mask = [False] * len(text)
    for other in others:
        for run in find_runs(text, other, least=least):
            mask[run.start : run.end] = [True] * (run.end - run.start)
    return mask


def _extend(a: str, i: int, b: str, j: int) -> int:
    length = 0
    limit = min(len(a) - i, len(b) - j)
    while length < limit and a[i + length] == b[j + length]:
        length += 1
    return length

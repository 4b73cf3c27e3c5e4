"""The clauses of an ask: the pieces between its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from replygen.language.marks import find_marks
from replygen.parsing.borders import find_border
from replygen.parsing.wording import cue_pattern

_OPEN, _CLOSE = "（(《“‘〈【", "）)》”’〉】"
_MARKS = "，,。；;：:！？!?\n"
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece between two marks: ``bare`` begins behind words such as 建议, 应, 一是要;
    ``before`` and ``after`` are the marks around it; ``sentence`` counts the sentences."""

    start: int
    end: int
    bare: int
    before: str
    after: str
    sentence: int
    numbered: bool


def find_clauses(text: str, least: float | None = None) -> list[Clause]:
    """Return the clauses of a text in order; marks inside quotes and brackets divide none.
    ``least`` is the score of a heading's border (borders.least_score)."""
    clauses: list[Clause] = []
    sentence, before = 0, ""
    cuts = {m.start: m.end for m in find_marks(text) if m.strong or m.family in ("①", "一是")}
    numbers = set(cuts.values())
    for start, end in _pieces(text, _glued(text, least) | cuts):
        left = start + len(text[start:end]) - len(text[start:end].lstrip(" 　"))
        right = left + len(text[left:end].rstrip(" 　"))
        after = text[end : end + 1]
        if right - left >= 2:
            bare = left + _lead(text[left:right])
            clauses.append(Clause(left, right, bare, before, after, sentence, start in numbers))
        if after in "。；;！？!?\n" and after:
            sentence += 1
        before = after
    return clauses


def split_at_marks(text: str) -> list[str]:
    """Return the pieces of a text between its marks; those inside quotes and brackets divide
    none."""
    pieces = (text[start:end].strip(" 　") for start, end in _pieces(text, {}))
    return [piece for piece in pieces if piece]


def _glued(text: str, least: float | None) -> dict[int, int]:
    """Where a heading ran into its text, as a cut."""
    stop = re.search(r"[。；：\n]", text)
    if stop and stop.group() == "。" and stop.start() <= 32:
        least = 1.5
    border = find_border(text, least=least)
    return {border: border} if border else {}


def _pieces(text: str, cuts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    ends = dict(cuts)
    depth, start = 0, 0
    position = 0
    while position < len(text):
        char = text[position]
        if position in ends:
            yield start, position
            start = ends.pop(position)
            position, depth = start, 0
            continue
        if char == "\n":
            depth = 0
        if char in _OPEN:
            depth += _closes(text, position)
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _MARKS and depth == 0:
            yield start, position
            start = position + 1
        position += 1
    yield start, len(text)


def _closes(text: str, opened: int) -> int:
    """1 when a bracket closes on its line, else 0."""
    close = _CLOSE[_OPEN.index(text[opened])]
    line = text.find("\n", opened)
    end = text.find(close, opened)
    return int(0 < end - opened < 120 and (line < 0 or end < line))


def _lead(clause: str) -> int:
    """Length of the words in front of what is wanted: 因此建议, 政府应, 一要, 同时还要."""
    at = 0
    pattern = cue_pattern("demands", "lead")
    for _ in range(5):
        match = pattern.match(clause, at)
        if not match or not match.group() or len(clause) - match.end() < _LEAST:
            break
        at = match.end()
    return at

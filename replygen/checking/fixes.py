"""Form faults that have one right form: what to put in their place, as edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from replygen.checking.edits import Edit, apply_edits, keep_apart
from replygen.checking.tables import read_toml
from replygen.language.slots import find_slots

_HEAD = 14  # paragraphs with text among which the salutation stands
_ROUNDS = 3  # one fix may uncover the next: (一)、 -> （一）


class _Fix(NamedTuple):
    rule: str
    message: str
    pattern: re.Pattern[str]
    to: str
    line: bool
    head: bool


@lru_cache(maxsize=1)
def read_fixes() -> tuple[_Fix, ...]:
    """Return the rows of data/fixes.toml."""
    return tuple(
        _Fix(
            row["rule"],
            row["message"],
            re.compile(row["pattern"]),
            row["to"],
            row.get("scope") == "line",
            row.get("head", False),
        )
        for row in read_toml("fixes.toml")["fix"]
    )


def find_fixes(paragraphs: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits that put right what has one right form, in the order of the text, not
    overlapping; open places 【…】 are left alone. Made with ``apply_edits`` they leave no
    further one but where one uncovers another (``fix_texts``)."""
    edits: list[Edit] = []
    seen = 0
    for number, text in enumerate(paragraphs):
        seen += bool(text.strip())
        for fix in read_fixes():
            if text.strip() and (not fix.head or seen <= _HEAD):
                edits += _find(fix, number, text)
    return keep_apart(edits)


def fix_texts(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[Edit, ...], ...]]:
    """Return the texts with all fixes made, and the edits round by round: each round's
    places are those of the text that the round before left."""
    texts, rounds = tuple(paragraphs), []
    for _ in range(_ROUNDS):
        edits = find_fixes(texts)
        if not edits:
            break
        rounds.append(edits)
        texts = tuple(
            apply_edits(text, [e for e in edits if e.paragraph == number])
            for number, text in enumerate(texts)
        )
    return texts, tuple(rounds)


def _find(fix: _Fix, number: int, text: str) -> Iterator[Edit]:
    if fix.rule == "form.title_marks" and text.count("《") != text.count("》"):
        return
    slots = [(slot.start, slot.end) for slot in find_slots(text)]
    whole = fix.pattern.fullmatch(text) if fix.line else None
    for match in [whole] if whole else [] if fix.line else fix.pattern.finditer(text):
        start, end = match.span("x")
        new = match.expand(fix.to)
        if text[start:end] == new or any(s < max(end, start + 1) and start < e for s, e in slots):
            continue
        yield Edit(fix.rule, number, start, text[start:end], new, fix.message)

"""What the model answered: sentences, each with what it stands for and rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.S)
_THOUGHT = re.compile(r"<think>.*?</think>", re.S)
_TRAILING = re.compile(r",\s*(?=[\]}])")
_MOST = 60  # sentences


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the model: the number of ours that it replaces, the items it names."""

    stands_for: int
    items: tuple[int, ...]
    text: str


def read_answer(text: str) -> tuple[Said, ...] | None:
    """Return the sentences of an answer, mended once where it is not quite JSON; ``None`` for
    what is no such answer."""
    bare = _THOUGHT.sub("", text).strip()
    for attempt in (bare, _mend(bare)):
        try:
            told = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        rows = told.get("sentences") if isinstance(told, dict) else None
        return tuple(_read_rows(rows))[:_MOST] if isinstance(rows, list) else None
    return None


def _mend(text: str) -> str:
    """The outermost object of the text, out of its fence, without trailing commas."""
    fenced = _FENCE.search(text)
    text = fenced.group(1) if fenced else text
    start, end = text.find("{"), text.rfind("}")
    return _TRAILING.sub("", text[start : end + 1]) if 0 <= start < end else text


def _read_rows(rows: list[object]) -> Iterator[Said]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        stands_for, items, text = row.get("for"), row.get("items"), row.get("text")
        whole = isinstance(items, list) and all(type(i) is int for i in items)
        if type(stands_for) is int and isinstance(text, str) and text.strip():
            yield Said(stands_for, tuple(items) if whole and items else (), text.strip())

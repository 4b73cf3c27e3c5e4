"""What the model answered: sentences, each with what it stands for and rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.S)
# what a model thought before it answered; servers that open the thought themselves send its end
_THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.S)
# a string stays as it is; a comment and a comma before a bracket go
_MENDED = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/|,\s*(?=[\]}])', re.S)
_MOST = 60  # sentences


@dataclass(frozen=True, slots=True)
class AnsweredSentence:
    """One sentence of the model: the number of ours that it replaces, the items it names."""

    stands_for: int
    items: tuple[int, ...]
    text: str


def read_answer(text: str) -> tuple[AnsweredSentence, ...] | None:
    """Return the sentences of an answer, mended once where it is not quite JSON; ``None`` for
    what is no such answer."""
    bare = _THOUGHT.sub("", text).strip()
    for attempt in (bare, _mend(bare)):
        try:
            decoded = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        rows = decoded.get("sentences") if isinstance(decoded, dict) else decoded
        return tuple(_read_rows(rows))[:_MOST] if isinstance(rows, list) else None
    return None


def _mend(text: str) -> str:
    """The outermost object or list of the text, out of its fence, without comments and
    trailing commas."""
    fenced = _FENCE.search(text)
    text = fenced.group(1) if fenced else text
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    end = max(text.rfind("}"), text.rfind("]"))
    if not 0 <= start < end:
        return text
    text = _MENDED.sub(lambda m: m.group(1) or "", text[start : end + 1])
    return _MENDED.sub(lambda m: m.group(1) or "", text)  # a comma that stood before a comment


def _read_rows(rows: list[object]) -> Iterator[AnsweredSentence]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        stands_for, items, text = _number(row.get("for")), row.get("items"), row.get("text")
        named = [_number(i) for i in items] if isinstance(items, list) else []
        if stands_for is not None and isinstance(text, str) and text.strip():
            yield AnsweredSentence(
                stands_for, tuple(n for n in named if n is not None) if None not in named else (),
                text.strip(),
            )  # fmt: skip


def _number(value: object) -> int | None:
    """A whole number, also one that is written as a text."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if type(value) is int else None

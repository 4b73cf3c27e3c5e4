"""What people put right in how a document was split: two passages joined, one split, one given
another kind or left out. Each returns the passages anew, numbered from 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from replygen.errors import SettingsError
from replygen.models import Outcome, Passage, PassageKind, Tense
from replygen.parsing.measure_text import make_lead

_NONE = "这一条已经不在了，请重新点开这份材料"


def join_next(passages: Sequence[Passage], at: int) -> tuple[Passage, ...]:
    """Join a passage with the one behind it; the first one's kind and heading stay. Raises
    SettingsError where there is none."""
    if not 0 <= at < len(passages) - 1:
        raise SettingsError("后面没有可以合并的一条")
    first, second = passages[at], passages[at + 1]
    lead = "" if second.text.startswith(second.title) else f"{second.title}。"
    joined = replace(first, text=f"{first.text}\n{lead}{second.text}")
    return number_passages([*passages[:at], joined, *passages[at + 2 :]])


def split_at(passages: Sequence[Passage], at: int, offset: int) -> tuple[Passage, ...]:
    """Split a passage before the character ``offset`` of its text; the second part gets a
    heading of its own. Raises SettingsError where one part would be empty."""
    passage = _find(passages, at)
    parts = passage.text[:offset].strip(), passage.text[offset:].strip()
    if offset <= 0 or not all(parts):
        raise SettingsError("从这里拆不开：前后都要有字")
    first = replace(passage, text=parts[0])
    second = replace(passage, text=parts[1], title=make_lead(parts[1]) or passage.title)
    return number_passages([*passages[:at], first, second, *passages[at + 1 :]])


def change_kind(
    passages: Sequence[Passage],
    at: int,
    kind: str,
    *,
    tense: str | None = None,
    outcome: str | None = None,
) -> tuple[Passage, ...]:
    """Give a passage another kind, with the tense of a measure, the outcome of a refusal. Raises
    SettingsError for what is none."""
    passage = _find(passages, at)
    if kind not in get_args(PassageKind) or tense not in (None, *get_args(Tense)):
        raise SettingsError(f"没有这一种内容：{kind}")
    if outcome not in (None, *get_args(Outcome)):
        raise SettingsError(f"没有这一种内容：{outcome}")
    changed = replace(passage, kind=kind, tense=tense, outcome=outcome)  # type: ignore[arg-type]
    return number_passages([*passages[:at], changed, *passages[at + 1 :]])


def leave_out(passages: Sequence[Passage], at: int) -> tuple[Passage, ...]:
    """Leave a passage out: it is not found or used any more."""
    _find(passages, at)
    return number_passages([*passages[:at], *passages[at + 1 :]])


def number_passages(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return passages of one document with their places and names from 0 on."""
    return tuple(replace(p, position=n, id=f"{p.document.id}#{n}") for n, p in enumerate(passages))


def _find(passages: Sequence[Passage], at: int) -> Passage:
    if not 0 <= at < len(passages):
        raise SettingsError(_NONE)
    return passages[at]

"""What a person did stays when the asks change or a draft is composed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replygen.drafting.fill import name_slot
from replygen.models import Ask, Draft, Slot


@dataclass(frozen=True, slots=True)
class Carried:
    """Typed values under their names in another draft, and those that have no place
    there any more (as they were typed)."""

    values: Mapping[str, str | None]
    lost: tuple[str, ...]


def name_places(draft: Draft) -> dict[str, Slot]:
    """Return the open places of a draft by name, in the order of the text."""
    return {
        name_slot(b, s, n): slot
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
        for n, slot in enumerate(sentence.slots)
    }


def carry_values(values: Mapping[str, str | None], old: Draft, new: Draft) -> Carried:
    """Return ``values``, typed into ``old``, for the same open places of ``new``: the
    first 【单位】 of the one is the first of the other."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, slot in name_places(new).items():
        places[slot.text].append(name)
    carried: dict[str, str | None] = {}
    lost = []
    for name, slot in name_places(old).items():
        free = places[slot.text]
        there = free.pop(0) if free else None
        if name not in values:
            continue
        if there is not None:
            carried[there] = values[name]
        elif value := values[name]:
            lost.append(value)
    return Carried(carried, tuple(lost))


def carry_ticks(
    ticked: Sequence[str], old: Sequence[Ask], new: Sequence[Ask], usual: Sequence[str]
) -> tuple[str, ...]:
    """Return the cards (``order:passage``) that are ticked after the asks changed: an ask
    that stands word for word keeps its ticks wherever it moved, any other has the usual."""
    before = {(ask.topic, ask.text): ask.order for ask in old}
    kept: list[str] = []
    for ask in new:
        order = before.get((ask.topic, ask.text))
        source, number = (usual, ask.order) if order is None else (ticked, order)
        head = f"{number}:"
        kept += [f"{ask.order}:{c.removeprefix(head)}" for c in source if c.startswith(head)]
    return tuple(kept)

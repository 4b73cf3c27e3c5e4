"""What a person did stays when the asks change or a draft is composed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.fill import name_slot
from replygen.keeping.work import Work
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


def carry_ticks(work: Work, asks: Sequence[Ask], usual: Sequence[str]) -> tuple[str, ...]:
    """Return the cards (``order:passage``) that are ticked after asks, material or index
    changed. An ask that stands word for word keeps its ticks wherever it moved; what was
    not laid out for it before is ticked as ``usual``, and so is everything of other asks."""
    if work.ticked is None:
        return tuple(usual)
    before = {(ask.topic, ask.text): ask.order for ask in work.ticked_for}
    kept: list[str] = []
    for ask in asks:
        order = before.get((ask.topic, ask.text))
        old, new = f"{order}:", f"{ask.order}:"
        seen = {card.removeprefix(old) for card in work.laid if card.startswith(old)}
        mine = [card.removeprefix(old) for card in work.ticked if card.startswith(old)]
        mine += [c.removeprefix(new) for c in usual if c.startswith(new)]
        chosen = [c for c in mine if c not in seen or f"{old}{c}" in work.ticked]
        kept += [f"{new}{card}" for card in dict.fromkeys(chosen)]
    return tuple(kept)


def forget_material(work: Work) -> Work:
    """Return ``work`` without the ticks of attached material: its cards are named by its
    place among the files, which just changed."""

    def rest(cards: Sequence[str]) -> tuple[str, ...]:
        return tuple(card for card in cards if ":material:" not in card)

    ticked = None if work.ticked is None else rest(work.ticked)
    return replace(work, ticked=ticked, laid=rest(work.laid))

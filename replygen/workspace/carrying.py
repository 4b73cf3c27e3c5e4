"""What a person did stays when the asks change or a draft is composed anew."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.edits import is_edit, is_stance, name_added, name_text
from replygen.drafting.fill import name_confirmation, name_slot
from replygen.drafting.moving import carry_order, is_order, name_order
from replygen.models import Ask, Draft, Slot
from replygen.workspace.work import Work


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
    edits = _carry_edits(values, old, new)
    carried |= edits.values
    lost += edits.lost
    return Carried(carried | _carry_confirmed(values, old, new), tuple(lost))


def _carry_confirmed(
    values: Mapping[str, str | None], old: Draft, new: Draft
) -> dict[str, str | None]:
    """Return what was confirmed: what was promised in these very words stays so."""
    there = {tuple(words): ask for ask, words in _find_promises(new).items()}
    return {
        name_confirmation(there[tuple(words)]): values[name_confirmation(ask)]
        for ask, words in _find_promises(old).items()
        if values.get(name_confirmation(ask)) and tuple(words) in there
    }


def _carry_edits(values: Mapping[str, str | None], old: Draft, new: Draft) -> Carried:
    """Return what was edited or moved by hand, for the sentences that stand word for word in
    ``new``."""
    free: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, text in _number_sentences(new):
        free[text].append(place)
    there = {place: free[text].pop(0) for place, text in _number_sentences(old) if free[text]}
    carried: dict[str, str | None] = {}
    lost = []
    for place, _ in _number_sentences(old):
        for name_of in (name_text, name_added):
            name = name_of(*place)
            if name not in values:
                continue
            if place in there:
                carried[name_of(*there[place])] = values[name]
            elif value := values[name]:
                lost.append(value)
    for name in filter(is_order, values):
        order = carry_order(values[name], there, new)
        if order is not None:
            carried[name_order(order[0])] = order[1]
    return Carried(carried, tuple(lost))


def _number_sentences(draft: Draft) -> list[tuple[tuple[int, int], str]]:
    return [
        ((b, s), sentence.text)
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
    ]


def find_edits(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what of ``values`` are sentences edited or moved by hand."""
    return {name: v for name, v in values.items() if is_edit(name) or is_order(name)}


def _find_promises(draft: Draft) -> dict[int, list[str]]:
    """The commitments by the ask under which they are confirmed."""
    found: dict[int, list[str]] = defaultdict(list)
    for block in draft.blocks:
        for sentence in block.sentences:
            if sentence.confirmed is not None:
                found[sentence.ask or 0].append(sentence.text)
    return found


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


def match_asks(before: Sequence[Ask], now: Sequence[Ask]) -> dict[int, int]:
    """Return the orders that asks have ``now`` by those that they had ``before``: the same
    words, else the same topic, else the same place where nothing else stands for either."""
    matched: dict[int, int] = {}

    def take(same: Callable[[Ask, Ask], bool]) -> None:
        for ask in before:
            free = (n for n in now if n.order not in matched.values() and same(ask, n))
            found = next(free, None) if ask.order not in matched else None
            if found is not None:
                matched[ask.order] = found.order

    take(lambda ask, other: (ask.topic, ask.text) == (other.topic, other.text))
    take(lambda ask, other: ask.topic == other.topic or ask.text == other.text)
    if len(before) == len(now):
        take(lambda ask, other: ask.order == other.order)
    return matched


def name_making(work: Work) -> str:
    """Return a name of all that a draft is composed from: another one, and it is old."""
    made = (
        [(ask.topic, ask.text) for ask in work.proposal.asks],
        work.proposal.channel,
        work.proposal.host_role,
        sorted(work.ticked or ()),
        sorted((name, value) for name, value in work.values.items() if is_stance(name)),
        work.form,
        work.attached,
    )
    return hashlib.sha256(repr(made).encode()).hexdigest()[:16]

"""What a person did stays when the asks change or a draft is composed anew."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.edits import (
    is_edit,
    is_stance,
    name_added,
    name_text,
    rewrite_sentences,
)
from replygen.drafting.fill import name_confirmation, name_slot
from replygen.drafting.moving import carry_order, is_order, name_order
from replygen.models import Ask, Draft, Slot, Wording
from replygen.workspace.homes import Homes, Lost, find_homes, note_lost
from replygen.workspace.work import Work

# the topic, the units: 在“夜市管理”方面, 会办单位（市商务局）
_QUOTED = re.compile(r"“[^”]*”|（[^）]*）")
_MARKS = " \n。；，"  # what a text may end with where it was split
_AIDS = re.compile(r"[，；。]")  # behind it stands what may be written: ，可写检查次数


@dataclass(frozen=True, slots=True)
class Carried:
    """Typed values under their names in another draft, and those that have no place
    there any more."""

    values: Mapping[str, str | None]
    lost: tuple[Lost, ...]


def name_places(draft: Draft) -> dict[str, Slot]:
    """Return the open places of a draft by name, in the order of the text."""
    return {
        name_slot(b, s, n): slot
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
        for n, slot in enumerate(sentence.slots)
    }


def carry_values(
    values: Mapping[str, str | None],
    old: Draft,
    new: Draft,
    asks: Mapping[int, int] | None = None,
) -> Carried:
    """Return ``values``, typed into ``old``, for the same open places of ``new``: those of the
    ask that an ask has become (``asks``, as :func:`match_asks` gives them), also where the place
    names another topic now; else the first 【单位】 of the one is the first of the other."""
    there = _match_places(old, new, asks or {})
    carried: dict[str, str | None] = {}
    lost = []
    for name in filter(values.__contains__, name_places(old)):
        if name in there:
            carried[there[name]] = values[name]
        elif value := values[name]:
            block, sentence, _ = map(int, name.split("."))
            lost.append(note_lost(value, old, (block, sentence), filled=True))
    homes = find_homes(old, new, asks or {})
    edits = _carry_edits(values, old, new, homes)
    lost += edits.lost
    carried |= {**edits.values, **_carry_written_slots(values, old, homes)}
    return Carried(carried | _carry_confirmed(values, old, new), tuple(lost))


def _match_places(old: Draft, new: Draft, asks: Mapping[int, int]) -> dict[str, str]:
    """The names of open places in ``new`` by those in ``old``."""
    before, now = _ask_places(old), _ask_places(new)
    matched: dict[str, str] = {}

    def take(same: Callable[[_AskPlace, _AskPlace], bool]) -> None:
        taken = set(matched.values())
        for place in before:
            free = (p.name for p in now if p.name not in taken and same(place, p))
            found = next(free, None) if place.name not in matched else None
            if found is not None:
                matched[place.name] = found
                taken.add(found)

    def of_its_ask(place: _AskPlace, other: _AskPlace) -> bool:
        return other.ask == (asks.get(place.ask) if place.ask else 0)

    take(lambda a, b: of_its_ask(a, b) and a.text == b.text)
    take(lambda a, b: of_its_ask(a, b) and _shape(a.text) == _shape(b.text))
    take(lambda a, b: a.text == b.text)
    return matched


@dataclass(frozen=True, slots=True)
class _AskPlace:
    """An open place by name, with its words and the ask that it answers (0: none)."""

    name: str
    text: str
    ask: int


def _ask_places(draft: Draft) -> list[_AskPlace]:
    return [
        _AskPlace(name_slot(b, s, n), slot.text, sentence.ask or 0)
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
        for n, slot in enumerate(sentence.slots)
    ]


def _shape(text: str) -> str:
    """What an open place asks for, whatever its topic is: 【请补充：本单位在“夜市”方面已开展的，
    可写检查次数】 asks for what 【请补充：本单位在“集市”方面已开展的，可写面积】 asks for."""
    return _AIDS.split(_QUOTED.sub("“”", text))[0].strip("【】")


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


def _carry_edits(values: Mapping[str, str | None], old: Draft, new: Draft, homes: Homes) -> Carried:
    """Return what was edited or moved by hand. What was written for a sentence that ``new`` has
    not, or behind one, is added behind what went before it in its ask."""
    carried: dict[str, str | None] = {}
    lost = []
    for b, block in enumerate(old.blocks):
        for s in range(len(block.sentences)):
            written, added = name_text(b, s), name_added(b, s)
            at = homes.places.get((b, s))
            if at is not None and written in values:
                carried[name_text(*at)] = values[written]
            gone = at is None and values.get(written)
            for value in filter(None, (_close(gone or ""), values.get(added))):
                if (there := at or homes.beside.get((b, s))) is None:
                    lost.append(note_lost(value, old, (b, s)))
                else:
                    name = name_added(*there)
                    carried[name] = f"{carried.get(name) or ''}{value}"
    for name in filter(is_order, values):
        order = carry_order(values[name], homes.places, new)
        if order is not None:
            carried[name_order(order[0])] = order[1]
    return Carried(carried, tuple(lost))


def _carry_written_slots(
    values: Mapping[str, str | None], old: Draft, homes: Homes
) -> dict[str, str | None]:
    """Return what was typed into open places of sentences that were written anew."""
    carried = {}
    for name in name_places(rewrite_sentences(old, values)):
        block, sentence, slot = map(int, name.split("."))
        at = homes.places.get((block, sentence))
        if name in values and at is not None and values.get(name_text(block, sentence)):
            carried[name_slot(*at, slot)] = values[name]
    return carried


def _close(text: str) -> str:
    """Return what was a clause as a sentence."""
    return text.rstrip("，；、 ") + "。" if text.endswith(("，", "；", "、")) else text


def find_edits(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return what of ``values`` are sentences edited or moved by hand."""
    return {name: v for name, v in values.items() if is_edit(name) or is_order(name)}


def carry_wordings(
    worded: Sequence[Wording], old: Draft, new: Draft, asks: Mapping[int, int]
) -> tuple[Wording, ...]:
    """Return what a model said for the sentences of ``old`` that stand in ``new``."""
    places = find_homes(old, new, asks).places
    return tuple(
        replace(w, ask=asks[w.ask], block=at[0], sentence=at[1])
        for w in worded
        if w.ask in asks and (at := w.place if w.place[0] < 0 else places.get(w.place)) is not None
    )


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


def match_asks(
    before: Sequence[Ask], now: Sequence[Ask], *, by_place: bool = True
) -> dict[int, int]:
    """Return the orders that asks have ``now`` by those that they had ``before``: the same
    words, else the same topic, else text that is part of the other (split, merged), else the
    same place where nothing else stands for either (``by_place``; a fact that was typed does not
    go to an ask of which nothing is the same)."""
    matched: dict[int, int] = {}

    def take(same: Callable[[Ask, Ask], bool]) -> None:
        for ask in before:
            free = (n for n in now if n.order not in matched.values() and same(ask, n))
            found = next(free, None) if ask.order not in matched else None
            if found is not None:
                matched[ask.order] = found.order

    take(lambda ask, other: (ask.topic, ask.text) == (other.topic, other.text))
    take(lambda ask, other: ask.topic == other.topic or ask.text == other.text)
    take(lambda ask, other: _is_part(ask.text, other.text) or _is_part(other.text, ask.text))
    if by_place and len(before) == len(now):
        take(lambda ask, other: ask.order == other.order)
    return matched


def home_asks(before: Sequence[Ask], now: Sequence[Ask]) -> dict[int, int]:
    """Return the orders that asks have ``now`` by those that they had ``before``, as
    :func:`match_asks` does; several may be one now (merged)."""
    whole = {
        ask.order: other.order
        for ask in before
        for other in reversed(now)
        if _is_part(ask.text, other.text)
    }
    return {**whole, **match_asks(before, now, by_place=False)}


def _is_part(text: str, whole: str) -> bool:
    return bool(text.strip()) and text.strip(_MARKS) in whole


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
        *(work.proposal.co_hosts),
    )
    return hashlib.sha256(repr(made).encode()).hexdigest()[:16]

"""Moving a sentence within the answer to its ask.

The draft stays as composed. Under ``order.ask`` stands in which order its sentences are read
now, by their places in the draft, a bar between paragraphs: ``8.0 8.2 8.1|9.0``. What is one
sentence may be several clauses that share a beginning (我局将|甲，|乙；|丙。): a clause moves among
those, the sentence moves as a whole among sentences. Marks at the end belong to the place, not
to the words, so that what was last does not end with a comma.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from replygen.models import Block, Draft, Sentence

Place = tuple[int, int]
Values = Mapping[str, str | None]
_ORDER = "order."
_PLACE = re.compile(r"(\d{1,5})\.(\d{1,5})")
_END, _INSIDE = "。！？", "，；、："


def name_order(ask: int) -> str:
    """Return the name under which the order of an ask's sentences is kept."""
    return f"{_ORDER}{ask}"


def is_order(name: str) -> bool:
    """True for a name that :func:`name_order` gives."""
    return name.startswith(_ORDER) and name.removeprefix(_ORDER).isdecimal()


def arrange_sentences(draft: Draft, values: Values) -> dict[int, tuple[tuple[Place, str], ...]]:
    """Return the places of the sentences that each paragraph holds after moving, by the
    paragraph's number, each with the mark it ends with now ("" where that stays); only
    paragraphs of asks in which something was moved. An order that is not one of the ask's own
    sentences is ignored."""
    found: dict[int, tuple[tuple[Place, str], ...]] = {}
    for ask, natural in _paragraphs_of_asks(draft).items():
        now = _read_order(values.get(name_order(ask)), natural)
        if now is None:
            continue
        marks = _marks_now(draft, list(natural.values()), now)
        for number, places in zip(natural, now, strict=True):
            found[number] = tuple((place, marks.get(place, "")) for place in places)
    return found


def places_of(number: int, block: Block) -> tuple[tuple[Place, str], ...]:
    """Return a paragraph's sentences as :func:`arrange_sentences` does, where none was moved."""
    return tuple(((number, n), "") for n in range(len(block.sentences)))


def end_with(sentence: Sentence, mark: str) -> Sentence:
    """Return a sentence that ends with ``mark``, where it ends with another one."""
    if not mark or not sentence.text or sentence.text[-1] not in _END + _INSIDE:
        return sentence
    return replace(sentence, text=sentence.text[:-1] + mark)


def move_sentence(draft: Draft, values: Values, place: Place, step: int) -> dict[str, str | None]:
    """Return the values with the sentence at ``place`` moved up (-1) or down (1) by one within
    its ask; as they were where it cannot move."""
    for ask, natural in _paragraphs_of_asks(draft).items():
        before = list(natural.values())
        if not any(place in places for places in before):
            continue
        now = _read_order(values.get(name_order(ask)), natural) or before
        moved = _move(draft, now, _runs(draft, before), place, step)
        others = {name: value for name, value in values.items() if name != name_order(ask)}
        return others if moved == before else {**others, name_order(ask): _write_order(moved)}
    return dict(values)


def carry_order(
    value: str | None, places: Mapping[Place, Place], draft: Draft
) -> tuple[int, str] | None:
    """Return the ask and the order for another draft, in which its sentences stand at ``places``
    as far as it has them; what is new goes behind what it stands behind there. ``None`` where
    they are not those of one ask any more, or no sentence would be whole."""
    moved = [[places[p] for p in part if p in places] for part in _read_places(value)]
    flat = {place for part in moved for place in part}
    for ask, natural in _paragraphs_of_asks(draft).items():
        paragraphs = list(natural.values())
        known = {place for places in paragraphs for place in places}
        if not flat or len(moved) != len(paragraphs) or not flat <= known:
            continue
        now = _take_in_new(moved, paragraphs)
        if now != paragraphs and all(
            _is_whole(draft, run, now) for run in _runs(draft, paragraphs)
        ):
            return ask, _write_order(now)
    return None


# ── inside ─────────────────────────────────────────────────────────────────


def _paragraphs_of_asks(draft: Draft) -> dict[int, dict[int, list[Place]]]:
    """The paragraphs of the text by ask and number, each with the places of its sentences."""
    found: dict[int, dict[int, list[Place]]] = {}
    for number, block in enumerate(draft.blocks):
        asks = {s.ask for s in block.sentences if s.ask is not None}
        if block.style == "body" and len(asks) == 1:
            places = [(number, n) for n in range(len(block.sentences))]
            found.setdefault(asks.pop(), {})[number] = places
    return found


def _take_in_new(
    moved: Sequence[Sequence[Place]], paragraphs: Sequence[Sequence[Place]]
) -> list[list[Place]]:
    """An order with the places that it has not: each behind the one that it stands behind."""
    now = [list(part) for part in moved]
    for n, places in enumerate(paragraphs):
        for k, place in enumerate(places):
            if any(place in part for part in now):
                continue
            before = places[k - 1] if k else None
            part = next((part for part in now if before in part), now[n])
            part.insert(part.index(before) + 1 if before in part else 0, place)
    return now


def _is_whole(draft: Draft, run: Sequence[Place], now: Sequence[Sequence[Place]]) -> bool:
    """True where the clauses of a sentence stand together, behind the beginning that they share."""
    part = next(part for part in now if run[0] in part)
    at = [part.index(place) for place in run if place in part]
    together = len(at) == len(run) == max(at) - min(at) + 1
    return together and (run[0] in _clauses(draft, run) or at[0] == min(at))


def _runs(draft: Draft, paragraphs: Sequence[Sequence[Place]]) -> list[list[Place]]:
    """The sentences, each as the places of its clauses."""
    runs: list[list[Place]] = []
    for places in paragraphs:
        run: list[Place] = []
        for place in places:
            run.append(place)
            if _text(draft, place).endswith(tuple(_END)):
                runs.append(run)
                run = []
        if run:
            runs.append(run)
    return runs


def _clauses(draft: Draft, run: Sequence[Place]) -> list[Place]:
    """What of a sentence can change places: all but the beginning that they share."""
    return [p for p in run if p == run[-1] or _text(draft, p).endswith(tuple(_END + _INSIDE))]


def _move(
    draft: Draft,
    now: Sequence[Sequence[Place]],
    runs: Sequence[Sequence[Place]],
    place: Place,
    step: int,
) -> list[list[Place]]:
    home = next(run for run in runs if place in run)
    flat = [p for part in now for p in part]
    clauses = [p for p in flat if p in _clauses(draft, home)]
    if place in clauses and 0 <= (at := clauses.index(place) + step) < len(clauses):
        swap = {place: clauses[at], clauses[at]: place}
        return [[swap.get(p, p) for p in part] for part in now]
    parts = [[run for run in runs if run[0] in part] for part in now]
    ordered = [
        [sorted(run, key=flat.index) for run in sorted(part, key=lambda r: flat.index(r[0]))]
        for part in parts
    ]
    where = [(n, k) for n, part in enumerate(ordered) for k in range(len(part))]
    here = next(i for i, (n, k) in enumerate(where) if place in ordered[n][k])
    if 0 <= here + step < len(where):
        (a, b), (c, d) = where[here], where[here + step]
        ordered[a][b], ordered[c][d] = ordered[c][d], ordered[a][b]
    return [[p for run in part for p in run] for part in ordered]


def _marks_now(
    draft: Draft, before: Sequence[Sequence[Place]], now: Sequence[Sequence[Place]]
) -> dict[Place, str]:
    """The mark that each clause of a sentence ends with whose clauses changed places."""
    flat = [p for part in now for p in part]
    found: dict[Place, str] = {}
    for run in _runs(draft, before):
        was = _clauses(draft, run)
        for old, new in zip(was, sorted(was, key=flat.index), strict=True):
            if old != new:
                found[new] = _text(draft, old)[-1:]
    return {place: mark for place, mark in found.items() if mark in _END + _INSIDE}


def _read_order(value: str | None, natural: Mapping[int, list[Place]]) -> list[list[Place]] | None:
    parts = _read_places(value)
    flat = [place for part in parts for place in part]
    known = [place for part in natural.values() for place in part]
    return parts if len(parts) == len(natural) and sorted(flat) == sorted(known) else None


def _read_places(value: str | None) -> list[list[Place]]:
    parts = (value or "").split("|")
    return [[(int(b), int(s)) for b, s in _PLACE.findall(part)] for part in parts]


def _write_order(parts: Sequence[Sequence[Place]]) -> str:
    return "|".join(" ".join(f"{b}.{s}" for b, s in part) for part in parts)


def _text(draft: Draft, place: Place) -> str:
    return draft.blocks[place[0]].sentences[place[1]].text

"""Show the open places of a letter as fields, with what may go into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from replygen.drafting.fill import name_slot
from replygen.drafting.letterhead import ASKED_FIELDS
from replygen.models import ClassAdvice, Sentence, Slot
from replygen.settings import OPENNESS
from replygen.web.clerk.show_wording import Wordings

_LONG = 16  # characters of a hint that need a field of their own lines
_ROWS = (32, 64)  # characters from which a hint takes one line more
_DAYS = ("日期", "时间", "时限")
_MENUS = {"公开属性": OPENNESS}  # what may stand in a place, by its kind


@dataclass(frozen=True, slots=True)
class Advice:
    """The class that the stances point to, and why; ``taken`` when it is the one chosen."""

    reason: str
    mark: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An open place as a field: ``wide`` and ``short`` ones are typed into, one that is a
    ``choice`` has ``options``; ``rows`` its height. ``day`` says which day goes there, ``offers``
    what the unit typed before, ``field`` which field of the head says the same."""

    name: str
    look: Literal["wide", "short", "choice"]
    hint: str
    value: str
    dropped: bool = False
    can_drop: bool = False
    rows: int = 1
    day: str = ""
    offers: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    advice: Advice | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields: ``values`` by the place's name (``None``: taken out), what
    the unit typed before, by the kind of place, and the class ``marks`` to choose from with
    what they mean; ``advice`` says which of them the stances point to."""

    values: Mapping[str, str | None] = field(default_factory=dict)
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    wordings: Wordings | None = None
    advice: ClassAdvice | None = None


def cut_places(
    sentence: Sentence, at: tuple[int, int], typed: Typed, *, marked: bool
) -> tuple[str | Place, ...]:
    """Return a sentence's words and its open places, in order. ``at`` is where it stands in the
    draft; where it is ``marked``, its places are the class mark."""
    pieces, start = list[str | Place](), 0
    for n, slot in enumerate(sentence.slots):
        found = sentence.text.find(slot.text, start)
        if found < 0:
            continue
        place = (_choice if marked else _field)(slot, name_slot(*at, n), typed)
        place = replace(place, field=ASKED_FIELDS.get(slot.kind, ""))
        pieces += (sentence.text[start:found], place)
        start = found + len(slot.text)
    return (*pieces, sentence.text[start:])


def _field(slot: Slot, name: str, typed: Typed) -> Place:
    """One field; a menu where only some words may stand. A long hint is a text area and can be
    dropped: 没有的，删去本段. What the unit typed before stands beside, to be taken with one
    click."""
    hint = slot.text.strip("【】").removeprefix("请补充：").removeprefix("请补充")
    value = typed.values.get(name)
    dropped = name in typed.values and value is None
    if menu := _MENUS.get(slot.kind):
        words = menu if not value or value in menu else (*menu, value)
        return Place(name, "choice", hint, value or "", options=tuple((w, w) for w in words))
    if slot.kind == "补充" or len(hint) > _LONG:
        rows = 1 + sum(len(hint) > most for most in _ROWS)
        return Place(name, "wide", hint, value or "", dropped, can_drop=True, rows=rows)
    can_drop = "删去" in hint
    day = slot.kind if slot.kind.endswith(_DAYS) and not can_drop else ""
    offers: Sequence[str] = () if value else typed.offers.get(slot.kind, ())
    return Place(name, "short", hint, value or "", dropped, can_drop, day=day, offers=tuple(offers))


def _choice(slot: Slot, name: str, typed: Typed) -> Place:
    """The class mark: one of the scheme's, nothing chosen before a person does. What was
    typed under another scheme stays."""
    value = typed.values.get(name) or ""
    known = value in ("", *typed.marks)
    marks = typed.marks if known else {**typed.marks, value: ""}
    words = ((mark, f"{mark}　{meaning}" if meaning else mark) for mark, meaning in marks.items())
    return Place(
        name,
        "choice",
        slot.text.strip("【】"),
        value,
        options=tuple(words),
        advice=_advise(value, typed.advice),
    )


def _advise(value: str, advice: ClassAdvice | None) -> Advice | None:
    """What is offered as long as another class, or none, is chosen."""
    if advice is None or not advice.reason:
        return None
    return Advice(advice.reason, advice.proposed or "", value == advice.proposed)

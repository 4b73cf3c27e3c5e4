"""Filling: what a person types into the open places of a draft becomes part of it.

A place is named ``block.sentence.slot``, all counted from 0: the block in ``Draft.blocks``,
the sentence in it, the slot in its ``slots``. What was typed stands apart as a sentence of
origin ``typed``, so that nobody takes it for something that was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.confirm import confirm_asks
from replygen.drafting.edits import added_sentence, name_added, name_text, rewrite_sentences
from replygen.drafting.moving import arrange_sentences, end_with, places_of
from replygen.models import Block, Draft, DraftSection, Sentence

_CONFIRM = "confirm."
_LONGEST = 2_000  # characters of one value
_SPACE = re.compile(r"[\x00-\x20\x7f\u3000]+")
_END_MARKS = "。！？；：，、）”》…"


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft with typed values; ``kept[i]`` is the number that its paragraph ``i`` had
    in the draft before."""

    draft: Draft
    kept: tuple[int, ...]


def name_slot(block: int, sentence: int, slot: int) -> str:
    """Return the name of an open place."""
    return f"{block}.{sentence}.{slot}"


def name_confirmation(ask: int) -> str:
    """Return the name under which it is kept that the commitments of an ask are confirmed."""
    return f"{_CONFIRM}{ask}"


def is_confirmation(name: str) -> bool:
    """True for a name that :func:`name_confirmation` gives."""
    return name.startswith(_CONFIRM) and name.removeprefix(_CONFIRM).isdecimal()


def fill_slots(draft: Draft, values: Mapping[str, str | None]) -> Filled:
    """Return ``draft`` with ``values`` in its open places. A place without a value stays
    open, and so does one whose value is blank; ``None`` takes the whole sentence out, and
    the paragraph with it when nothing else is in it. A value under :func:`name_confirmation`
    confirms the commitments of that ask; edits by hand are those of
    :mod:`replygen.drafting.edits`, and :mod:`replygen.drafting.moving` says in which order the
    sentences stand. Names that the draft does not have are ignored."""
    asks = {int(n.removeprefix(_CONFIRM)) for n, v in values.items() if v and is_confirmation(n)}
    draft = confirm_asks(draft, asks) if asks else draft
    order = arrange_sentences(draft, values)
    draft = rewrite_sentences(draft, values)
    written = draft.blocks
    kept: list[int] = []
    number = 0

    def fill_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
        nonlocal number
        filled = []
        for block in blocks:
            sentences = tuple(
                sentence
                for (b, s), mark in order.get(number) or places_of(number, block)
                for sentence in _fill_place(end_with(written[b].sentences[s], mark), b, s, values)
            )
            if sentences or not block.sentences:
                filled.append(replace(block, sentences=sentences))
                kept.append(number)
            number += 1
        return tuple(filled)

    header = fill_blocks(draft.header)
    sections: list[DraftSection] = []
    for section in draft.sections:
        if section.heading is not None:  # a heading stays: the parts are counted by it
            kept.append(number)
            number += 1
        sections.append(replace(section, blocks=fill_blocks(section.blocks)))
    signoff = fill_blocks(draft.signoff)
    changed = replace(draft, header=header, sections=tuple(sections), signoff=signoff)
    return Filled(changed, tuple(kept))


def _fill_place(
    sentence: Sentence, block: int, number: int, values: Mapping[str, str | None]
) -> Iterable[Sentence]:
    """Give what stands at one place of the draft: the sentence filled, and what was added."""
    names = [name_slot(block, number, n) for n in range(len(sentence.slots))]
    gone = (*names, name_text(block, number))
    if not any(name in values and values[name] is None for name in gone):
        yield from _fill_sentence(sentence, [values.get(name) for name in names])
    yield from added_sentence(values.get(name_added(block, number)), sentence.ask)


def _fill_sentence(sentence: Sentence, values: Sequence[str | None]) -> Iterable[Sentence]:
    """Give the parts of a sentence: what stood there, what was typed, what stood there…"""
    rest, kept = "", []
    text, start = sentence.text, 0
    for slot, value in zip(sentence.slots, values, strict=True):
        found = text.find(slot.text, start)
        typed = _clean(value)
        if found < 0:
            continue
        if not typed:
            rest += text[start : found + len(slot.text)]
            kept.append(slot)
        else:
            rest += text[start:found]
            if rest:
                yield replace(sentence, text=rest, slots=tuple(kept))
            if slot.text == text and slot.kind == "补充" and typed[-1] not in _END_MARKS:
                typed += "。"
            yield replace(
                sentence, text=typed, origin="typed", sources=("typed",), slots=(), confirmed=None
            )
            rest, kept = "", []
        start = found + len(slot.text)
    if rest + text[start:]:
        yield replace(sentence, text=rest + text[start:], slots=tuple(kept))


def _clean(value: str | None) -> str:
    return _SPACE.sub(" ", value or "").strip()[:_LONGEST]

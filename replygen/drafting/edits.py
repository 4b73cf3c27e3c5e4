"""Editing a draft by hand: sentences written anew, taken out, added behind another.

What was done stands beside the draft, among what was typed into its open places, under names
of its own: ``text.block.sentence`` holds the sentence as the clerk wrote it (``None``: taken
out), ``after.block.sentence`` what was added behind it. The draft itself stays as composed,
so that each step can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from replygen.drafting.rewrite import find_slots
from replygen.models import Block, Draft, DraftSection, Sentence

_NAME = re.compile(r"(text|after)\.\d{1,5}\.\d{1,5}")
_STANCE = "stance."
_LONGEST = 4_000  # characters of one sentence
_ENDS = tuple("。！？；")  # behind one of them nothing is a lead-in any more
_PAUSES = ("", *"，：")  # what the doubled words of a lead-in stand behind
_SPACE = re.compile(r"[\x00-\x20\x7f\u3000]+")


def name_text(block: int, sentence: int) -> str:
    """Return the name under which a sentence stands as it was written anew."""
    return f"text.{block}.{sentence}"


def name_added(block: int, sentence: int) -> str:
    """Return the name under which stands what was added behind a sentence."""
    return f"after.{block}.{sentence}"


def name_stance(ask: int) -> str:
    """Return the name under which it is kept how the clerk wants an ask to be answered."""
    return f"{_STANCE}{ask}"


def is_edit(name: str) -> bool:
    """True for a name that :func:`name_text` or :func:`name_added` gives."""
    return _NAME.fullmatch(name) is not None


def is_text(name: str) -> bool:
    """True for a name that :func:`name_text` gives."""
    return is_edit(name) and name.startswith("text.")


def is_added(name: str) -> bool:
    """True for a name that :func:`name_added` gives."""
    return is_edit(name) and name.startswith("after.")


def is_stance(name: str) -> bool:
    """True for a name that :func:`name_stance` gives."""
    return name.startswith(_STANCE) and name.removeprefix(_STANCE).isdecimal()


def rewrite_sentences(draft: Draft, values: Mapping[str, str | None]) -> Draft:
    """Return ``draft`` with the sentences that were written anew in their places: typed ones
    that promise on the clerk's own word. Their number stays, so that names hold."""
    if not any(is_edit(name) and value for name, value in values.items()):
        return draft
    number = 0

    def edit(blocks: Iterable[Block]) -> tuple[Block, ...]:
        nonlocal number
        edited = []
        for block in blocks:
            sentences: list[Sentence] = []
            for n, sentence in enumerate(block.sentences):
                lead = sentences[-1].text if sentences else ""
                said = _without_lead(_clean(values.get(name_text(number, n))), lead)
                sentences.append(_write(sentence, said))
            edited.append(replace(block, sentences=tuple(sentences)))
            number += 1
        return tuple(edited)

    header = edit(draft.header)
    sections: list[DraftSection] = []
    for section in draft.sections:
        number += section.heading is not None
        sections.append(replace(section, blocks=edit(section.blocks)))
    return replace(draft, header=header, sections=tuple(sections), signoff=edit(draft.signoff))


def added_sentence(text: str | None, ask: int | None) -> tuple[Sentence, ...]:
    """Return what was added behind a sentence of an ask; nothing where nothing was."""
    said = _clean(text)
    return (Sentence(said, "typed", ("typed",), find_slots(said), ask),) if said else ()


def _without_lead(text: str, lead: str) -> str:
    """Return what was written for a clause without the words of its lead-in that it begins with:
    我局将会同… behind 围绕夜市，我局将 says 会同… only."""
    if lead.endswith(_ENDS):
        return text
    doubled = (
        n
        for n in range(min(len(lead), len(text) - 1), 1, -1)
        if lead.endswith(text[:n]) and lead[:-n][-1:] in _PAUSES
    )
    return text[next(doubled, 0) :]


def _write(sentence: Sentence, said: str) -> Sentence:
    if not said or said == sentence.text:
        return sentence
    return replace(
        sentence,
        text=said,
        origin="typed",
        sources=("typed",),
        slots=find_slots(said),
        confirmed=None,
    )


def _clean(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()[:_LONGEST]

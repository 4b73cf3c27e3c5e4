"""A model's sentences beside ours, to be taken one by one: what a page shows and keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

from replygen.models import Block, Draft, DraftSection, Sentence, Wording
from replygen.writing.writer import Written

Place = tuple[int, int]  # paragraph of the draft, sentence in it, both from 0
_NOWHERE: Place = (-1, -1)


def list_wordings(ours: Draft, written: Written) -> tuple[Wording, ...]:
    """Return what the model said for the sentences of ``ours``, those that may stand first, in
    the order of the letter; then what was refused."""
    after = dict(_places(written.draft))
    before = dict(_places(ours))
    found = [
        Wording(s.ask or 0, *place, s, after[place], after[place].text)
        for place, s in before.items()
        if after[place].origin == "model" and after[place] != s
    ]
    for refusal in written.refused:
        stood = (
            (p, s) for p, s in before.items() if s.ask == refusal.ask and s.text == refusal.ours
        )
        place, sentence = next(stood, (_NOWHERE, None))
        found.append(Wording(refusal.ask, *place, sentence, None, refusal.text, refusal.reason))
    return tuple(found)


def find_standing(
    draft: Draft, wordings: Collection[Wording]
) -> dict[Place, Literal["ours", "model"]]:
    """Return whose sentence stands at each place; none for a place that holds neither any more."""
    now = dict(_places(draft))
    standing: dict[Place, Literal["ours", "model"]] = {}
    for wording in wordings:
        if wording.theirs is None:
            continue
        if now.get(wording.place) == wording.theirs:
            standing[wording.place] = "model"
        elif now.get(wording.place) == wording.ours:
            standing[wording.place] = "ours"
    return standing


def take_wordings(draft: Draft, wordings: Collection[Wording], *, model: bool) -> Draft:
    """Return the draft with the model's sentences (with ``model``), or with ours, at the places
    of ``wordings``. A place that holds neither any more stays as it is."""
    standing = find_standing(draft, wordings)
    wanted = {
        w.place: w.theirs if model else w.ours
        for w in wordings
        if standing.get(w.place) == ("ours" if model else "model")
    }
    number = len(draft.header)

    def change(block: Block, at: int) -> Block:
        sentences = tuple(wanted.get((at, n)) or s for n, s in enumerate(block.sentences))
        return replace(block, sentences=sentences)

    sections: list[DraftSection] = []
    for section in draft.sections:
        number += section.heading is not None
        blocks = tuple(change(block, number + n) for n, block in enumerate(section.blocks))
        sections.append(replace(section, blocks=blocks))
        number += len(section.blocks)
    return replace(draft, sections=tuple(sections))


def with_references(draft: Draft, written: Draft) -> Draft:
    """Return ``draft`` with the references of ``written`` that it does not have."""
    known = {reference.id for reference in draft.references}
    more = (r for r in written.references if r.id not in known)
    return replace(draft, references=(*draft.references, *more))


def _places(draft: Draft) -> Iterator[tuple[Place, Sentence]]:
    for number, block in enumerate(draft.blocks):
        for n, sentence in enumerate(block.sentences):
            yield (number, n), sentence

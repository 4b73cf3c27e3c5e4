"""What the model of names (entities.taught) says in a draft: what may be a name though no list
has it, and what looks like one and is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, Part
from replygen.checking.norms import orders
from replygen.checking.tables import read_words
from replygen.entities.brands import is_firm
from replygen.models import Mention


def find_names_taught(
    case: CheckedDraft, number: int, known: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield what the model takes for names outside ``known`` and set phrases."""
    for mention in case.find_taught(number, known):
        part = case.part_at(number, mention.start)
        if not is_inside_phrase(part, mention.start, mention.end):
            yield mention


def is_only_shaped(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a place or body that no register has, seen by its shape alone, is surely
    none where it stands: 县、乡、|村三级路|长制. What stands in quotes is somebody's name."""
    if mention.kind not in ("place", "organisation") or mention.scope != "unknown":
        return False
    text = case.paragraphs[number]
    quoted = text[max(0, mention.start - 1) : mention.start] in ("“", "「", "《", "‘")
    named = quoted or mention.text[0] in "“「《‘" or is_firm(mention.text)
    return not named and case.is_plain_prose(mention, number)


def is_only_odd(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a word that nobody else puts there is surely no name, in a sentence that
    orders or plans (应当使用|牵引绳). One that reports (依托|天眼系统|开展…) is not passed: it
    is there that names of others stand."""
    part = case.part_at(number, mention.start)
    orderly = not part.done and (part.planned or orders(part.text))
    return orderly and case.is_plain_prose(mention, number)


def is_inside_phrase(part: Part, first: int, end: int) -> bool:
    """Return whether ``first`` to ``end`` of the paragraph stand in a set phrase."""
    first, end = first - part.start, end - part.start
    for phrase in read_words("figures.tsv", "phrase"):
        start = part.text.find(phrase)
        while start >= 0:
            if start <= first and end <= start + len(phrase):
                return True
            start = part.text.find(phrase, start + 1)
    return False

"""What the model of names (entities.taught) says in a draft: what may be a name though no list
has it, and what looks like one and is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, Part
from replygen.checking.tables import read_words
from replygen.entities import lookup_places
from replygen.entities.brands import is_firm
from replygen.entities.vocabulary import is_word
from replygen.models import Mention

# What the heaviest word of a mention must weigh for it to be told, on sentences that the fit had
# not seen: of 100 odd words taken off 85 named nothing, of places by their shape 8 of 11, of
# short names of the gazetteer that are words or cut one 20 of 28, of the rest nearly all.
_ODD, _SURE = -0.75, -2.5
_BARS = {"place": -1.5, "organisation": _SURE, "brand": _SURE, "person": -3.0}
_SHORT = 2  # characters of a short name of the gazetteer


def find_names_taught(
    case: CheckedDraft, number: int, known: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    """Yield what the model takes for names outside ``known`` and set phrases."""
    for mention in case.find_taught(number, known):
        part = case.part_at(number, mention.start)
        if not is_inside_phrase(part, mention.start, mention.end):
            yield mention


def is_only_shaped(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a name that only its shape or a short name of the gazetteer shows is
    surely none where it stands: 县、乡、|村三级路|长制, 泡在|水里. What stands in quotes
    is somebody's name."""
    text = case.paragraphs[number]
    quoted = text[max(0, mention.start - 1) : mention.start] in ("“", "「", "《", "‘")
    if quoted or mention.text[0] in "“「《‘" or is_firm(mention.text):
        return False
    bar = _BARS.get(mention.kind)
    if bar is None:
        return False
    if mention.scope == "local":
        levels = {place.level for place in lookup_places(mention.text)}
        known = levels and (len(mention.text) > _SHORT or levels & {"省", "市"})
        if mention.kind != "place" or known:
            return False
        word = is_word(mention.text) or case.cuts_words(mention, number)
        bar = _BARS["place"] if word and "县" not in levels or not levels else _SURE
    return case.is_plain_prose(mention, number, bar)


def is_only_odd(case: CheckedDraft, number: int, mention: Mention) -> bool:
    """Return whether a word that nobody else puts there is surely no name: 应当使用|牵引绳."""
    return case.is_plain_prose(mention, number, _ODD)


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

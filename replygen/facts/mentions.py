"""All detectors together: the mentions of a text, the longest and most specific first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from replygen.facts.brands import find_brands
from replygen.facts.candidates import Candidate
from replygen.facts.dates import find_dates
from replygen.facts.documents import find_documents
from replygen.facts.folding import fold_text
from replygen.facts.names import find_names
from replygen.facts.numbers import find_numbers
from replygen.facts.organisations import find_organisations
from replygen.facts.people import find_contacts, find_people
from replygen.facts.place_mentions import find_places
from replygen.facts.ranks import find_ranks
from replygen.facts.reach import find_reach
from replygen.models import Mention


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The mentions of a text, sorted by start, not overlapping.

    Of two that overlap the longer stays, at equal length the more specific kind; so
    连云港市市场监督管理局 is one organisation and 《长春市地方标准管理办法》 one document. Words
    that point to the writer's own place (我市) are not among them, see ``find_deictics``.
    """
    found = _detect(text)
    folded = fold_text(text)
    if folded is not None:
        found.extend(_carry_back(text, *folded))
    kept = (_strip(text, candidate) for candidate in _without_overlaps(found))
    return tuple(
        Mention(c.kind, text[c.start : c.end], c.start, c.end, c.normal, c.scope)
        for c in kept
        if c is not None
    )


def _detect(text: str) -> list[Candidate]:
    places = list(find_places(text))
    spans = [(c.start, c.end) for c in places if c.rank == 3]
    named = [(c.start, c.end) for c in places if c.scope == "local"]
    found = places
    found.extend(find_organisations(text, spans))
    for finder in (find_people, find_contacts, find_dates, find_numbers, find_ranks, find_reach):
        found.extend(finder(text))
    found.extend(find_documents(text, named))
    found.extend(find_brands(text, spans))
    found.extend(find_names(text))
    return found


def _carry_back(text: str, folded: str, places: list[int]) -> Iterator[Candidate]:
    """What only the folded text shows: mentions that a fold made, at their place in ``text``."""
    for c in _without_overlaps(_detect(folded)):
        start, end = places[c.start], places[c.end - 1] + 1
        if text[start:end] == folded[c.start : c.end]:
            continue
        if "\n" in text[start:end] and c.kind not in ("place", "number", "date"):
            continue
        yield c._replace(start=start, end=end, rank=max(c.rank, 3))


_EDGE = " \t\u3000\n\r、，。；：,;:！？!?的"


def _strip(text: str, c: Candidate) -> Candidate | None:
    """The candidate without punctuation and white space at its ends."""
    start, end = c.start, c.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if (start, end) == (c.start, c.end):
        return c
    if start == end:
        return None
    return c._replace(start=start, end=end, normal=c.normal.strip(_EDGE))


def _without_overlaps(found: list[Candidate]) -> list[Candidate]:
    """Greedy by rank of contacts, length, then rank."""
    found.sort(key=lambda c: (c.rank < 8, c.start - c.end, -c.rank, c.start))
    starts: list[int] = []
    kept: list[Candidate] = []
    for candidate in found:
        at = bisect_left(starts, candidate.start)
        if at < len(kept) and kept[at].start < candidate.end:
            continue
        if at and kept[at - 1].end > candidate.start:
            continue
        starts.insert(at, candidate.start)
        kept.insert(at, candidate)
    return kept

"""All detectors together: the mentions of a text, the longest and most specific first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from replygen.entities.actors import find_actors
from replygen.entities.borders import cuts_size, is_cut_out
from replygen.entities.brands import find_brands
from replygen.entities.built import find_built
from replygen.entities.candidates import Candidate
from replygen.entities.carried import find_carried
from replygen.entities.coined import find_coined
from replygen.entities.dates import find_dates
from replygen.entities.documents import find_documents
from replygen.entities.folding import fold_text
from replygen.entities.names import find_names
from replygen.entities.numbers import find_numbers
from replygen.entities.organisations import find_organisations
from replygen.entities.people import find_contacts, find_people
from replygen.entities.person_slots import find_in_slots
from replygen.entities.place_mentions import find_places
from replygen.entities.ranks import find_ranks
from replygen.entities.reach import find_reach
from replygen.entities.supplements import find_supplements
from replygen.entities.unmarked import find_unmarked
from replygen.models import Mention


@lru_cache(maxsize=2048)  # a measure is asked about clause by clause, in every letter anew
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
    kept = (_strip(text, _widen(text, c)) for c in _without_overlaps(found))
    mentions = tuple(
        Mention(c.kind, text[c.start : c.end], c.start, c.end, c.normal, c.scope)
        for c in kept
        if c is not None
    )
    more: tuple[Mention, ...] = ()
    for mention in find_supplements(text, mentions):
        if not any(t.start < mention.end and mention.start < t.end for t in more):
            more += (mention,)
    if not more:
        return mentions
    return tuple(sorted((*_outside(mentions, more), *more), key=lambda m: m.start))


def _outside(mentions: tuple[Mention, ...], titles: tuple[Mention, ...]) -> Iterator[Mention]:
    """The mentions that no title without marks holds."""
    for mention in mentions:
        if not any(t.start < mention.end and mention.start < t.end for t in titles):
            yield mention


def _detect(text: str) -> list[Candidate]:
    places = [c for c in _whole(text, find_places(text)) if not cuts_size(text, c.start, c.end)]
    spans = [(c.start, c.end) for c in places if c.rank == 3]
    named = [(c.start, c.end) for c in places if c.scope == "local"]
    found: list[Candidate] = []
    for finder in (
        find_people,
        find_in_slots,
        find_actors,
        find_contacts,
        find_dates,
        find_numbers,
        find_ranks,
        find_reach,
        find_unmarked,
        find_built,
        find_carried,
        find_coined,
    ):
        found.extend(finder(text))
    found.extend(find_organisations(text, spans))
    found.extend(find_documents(text, named))
    found.extend(find_brands(text, spans))
    found.extend(find_names(text))
    return [*places, *_whole(text, found)]


_NAMES = frozenset(("place", "organisation", "person", "brand"))


def _whole(text: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates without the names that are only cut out of the words around them."""
    for c in found:
        known = c.kind == "place" and c.rank == 3
        name = c.kind in _NAMES and c.scope != "national"
        if not (name and is_cut_out(text, c.start, c.end, known=known)):
            yield c


def _carry_back(text: str, folded: str, places: list[int]) -> Iterator[Candidate]:
    """What only the folded text shows: mentions that a fold made, at their place in ``text``."""
    for c in _without_overlaps(_detect(folded)):
        start, end = places[c.start], places[c.end - 1] + 1
        if text[start:end] == folded[c.start : c.end]:
            continue
        if "\n" in text[start:end] and c.kind not in ("place", "number", "date"):
            continue
        yield c._replace(start=start, end=end, rank=max(c.rank, 3))


# 大|别山, 小|清河, 老|君山: what begins the name of a hill or a water
_SIZES = frozenset("大小老")
_LAND = frozenset("山河江湖岭海岛泉沟溪")
_OPENS = frozenset("的和与及在对将到从由于把沿赴向是")


def _widen(text: str, c: Candidate) -> Candidate:
    """The candidate with 大, 小 or 老 before the name of a hill or a water."""
    at = c.start - 1
    if c.kind not in ("place", "organisation") or at < 0 or text[at] not in _SIZES:
        return c
    before = text[at - 1 : at]
    free = not before or not "\u4e00" <= before <= "\u9fff" or before in _OPENS
    if free and not _LAND.isdisjoint(text[c.start + 1 : c.start + 3]):
        whole = c.normal == text[c.start : c.end]
        return c._replace(start=at, normal=text[at] + c.normal if whole else c.normal)
    return c


_JOINTS, _AREA_ENDS = "和与及", "街路巷道村镇乡县市区场园站"
_EDGE = " \t\u3000\n\r、，。；：,;:！？!?的"


def _strip(text: str, c: Candidate) -> Candidate | None:
    """The candidate without punctuation and white space at its ends."""
    start, end = c.start, c.end
    while start < end and text[start] in _EDGE:
        start += 1
    if (
        start < end
        and text[start] in _JOINTS
        and start
        and text[start - 1] in _AREA_ENDS
        and end - start > 3
    ):
        start += 1  # 幸福街|和|龙阳路
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if (start, end) == (c.start, c.end):
        return c
    if start == end:
        return None
    normal = c.normal.strip(_EDGE)
    if normal[:1] in _JOINTS and text[start] != normal[0]:
        normal = normal[1:]
    return c._replace(start=start, end=end, normal=normal)


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

"""Homes: where each sentence of a letter stands in one that was composed anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from replygen.models import Draft, Sentence

Place = tuple[int, int]
_ALIKE = 70  # per cent of the letters: two sentences of one ask say the same
_NEAR = 6  # neighbours of what was lost that are kept, on each side
_MARKS = "，；。！ "  # what a sentence ends with, whatever it says
_ENDS = ("。", "！", "？")
_QUOTING = ("statute", "policy")  # what rests on the same source says the same


@dataclass(frozen=True, slots=True)
class Homes:
    """``places`` are those of the sentences that stand in the new letter, by their places in the
    old; ``beside`` the places behind which goes what was written for, or behind, one that does
    not; none for a sentence of an ask that the new letter does not answer."""

    places: Mapping[Place, Place]
    beside: Mapping[Place, Place]


@dataclass(frozen=True, slots=True)
class Lost:
    """What a person wrote (``text``) and a letter that was composed anew has no place for:
    ``before`` and ``behind`` are the sentences that it stood between, nearest first, and
    ``filled`` says that it filled an open place."""

    text: str
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    filled: bool = False


def note_lost(text: str, draft: Draft, at: Place, *, filled: bool = False) -> Lost:
    """Return what stood at, or behind, a sentence of ``draft`` with its neighbours in its ask."""
    sentences = _number_sentences(draft)
    ask = sentences[at].ask
    own = [p for p, s in sentences.items() if s.ask == ask and _is_of_an_ask(s)]
    before = [_bare(sentences[p]) for p in reversed(own) if p <= at]
    behind = [_bare(sentences[p]) for p in own if p > at]
    return Lost(text, tuple(before[:_NEAR]), tuple(behind[:_NEAR]), filled)


def find_way_back(draft: Draft, lost: Lost) -> Place | None:
    """Return the sentence of ``draft`` behind which what was ``lost`` goes: the nearest of those
    that went before it, else what goes before the nearest of those that stood behind it; ``None``
    where none of its neighbours is in the letter any more."""
    sentences = {p: s for p, s in _number_sentences(draft).items() if _is_of_an_ask(s)}
    ends = _find_ends(draft)
    for text in lost.before:
        if (at := _find_alike(text, sentences)) is not None:
            return next((p for p in ends[sentences[at].ask or 0] if p >= at), None)
    for text in lost.behind:
        if (at := _find_alike(text, sentences)) is not None:
            mine = ends[sentences[at].ask or 0]
            return next((p for p in reversed(mine) if p < at), next(iter(mine), None))
    return None


def _find_alike(text: str, sentences: Mapping[Place, Sentence]) -> Place | None:
    """The sentence that reads as ``text``, else the one that says the same."""
    from rapidfuzz.fuzz import ratio

    same = (place for place, sentence in sentences.items() if _bare(sentence) == text)
    alike = (p for p, sentence in sentences.items() if ratio(_bare(sentence), text) >= _ALIKE)
    return next(same, next(alike, None))


def find_homes(old: Draft, new: Draft, asks: Mapping[int, int]) -> Homes:
    """Return where the sentences of ``old`` stand in ``new``: word for word in their own ask
    (``asks``: its order now), word for word elsewhere, else in other words in their own ask."""
    before, now = _number_sentences(old), _number_sentences(new)
    places: dict[Place, Place] = {}
    taken: set[Place] = set()

    def at_home(a: Sentence, b: Sentence) -> bool:
        return a.ask is None and b.ask is None or asks.get(a.ask or 0) == b.ask is not None

    def take(same: Callable[[Sentence, Sentence], bool]) -> None:
        for place, sentence in before.items():
            if place in places:
                continue
            free = (p for p, s in now.items() if p not in taken and same(sentence, s))
            if (found := next(free, None)) is not None:
                places[place] = found
                taken.add(found)

    take(lambda a, b: a.text == b.text and at_home(a, b))
    take(lambda a, b: a.text == b.text and _is_of_an_ask(a) and _is_of_an_ask(b))
    take(lambda a, b: bool(a.ask) and at_home(a, b) and _bare(a) == _bare(b))
    take(lambda a, b: bool(a.ask) and at_home(a, b) and _says_the_same(a, b))
    return Homes(places, _find_beside(before, _find_ends(new), places, asks))


def _is_of_an_ask(sentence: Sentence) -> bool:
    """True for what answers an ask; its lead-ins stand in every ask."""
    return sentence.ask is not None and sentence.origin != "form"


def _find_ends(draft: Draft) -> dict[int, list[Place]]:
    """The places in the text of each ask behind which something can be said."""
    ends: dict[int, list[Place]] = defaultdict(list)
    for b, block in enumerate(draft.blocks):
        for s, sentence in enumerate(block.sentences):
            last = s + 1 == len(block.sentences)
            if sentence.ask and block.style == "body" and (last or sentence.text.endswith(_ENDS)):
                ends[sentence.ask].append((b, s))
    return ends


def _find_beside(
    before: Mapping[Place, Sentence],
    ends: Mapping[int, Sequence[Place]],
    places: Mapping[Place, Place],
    asks: Mapping[int, int],
) -> dict[Place, Place]:
    """Where what stood at a place that is no more goes: behind the sentence that went before it
    in its ask, else behind the first of its ask."""
    found: dict[Place, Place] = {}
    last_at: dict[int, Place] = {}  # where the last sentence of an ask that has a place stands
    for place, sentence in before.items():
        home = asks.get(sentence.ask or 0, 0)
        if place in places:
            last_at[home] = places[place]
        elif mine := ends.get(home):
            behind = (p for p in mine if p >= last_at.get(home, (0, 0)))
            found[place] = next(behind, mine[-1])
    return found


def _says_the_same(a: Sentence, b: Sentence) -> bool:
    from rapidfuzz.fuzz import ratio

    if a.origin in _QUOTING and a.origin == b.origin and a.sources == b.sources:
        return True
    return a.origin != "form" and ratio(_bare(a), _bare(b)) >= _ALIKE


def _bare(sentence: Sentence) -> str:
    return sentence.text.strip(_MARKS)


def _number_sentences(draft: Draft) -> dict[Place, Sentence]:
    return {
        (b, s): sentence
        for b, block in enumerate(draft.blocks)
        for s, sentence in enumerate(block.sentences)
    }

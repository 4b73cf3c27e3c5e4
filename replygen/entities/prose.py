"""How official prose cuts into words, and which of them it uses every day.

The words come from data/common.txt.gz (tools/build_common.py), the kinds of things that bear
names from data/oddities.tsv.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from replygen.entities.tables import read_text, read_words
from replygen.entities.vocabulary import read_dictionary
from replygen.language.words import ALONE, cut_words
from replygen.models import Mention, MentionKind

# Characters that join words: never part of a name that nothing else shows
_JOIN = frozenset(
    "的和与及或在对将把被由从以为是有并等其各该不也都再更要可会能就让使给于按向到至非无未应须先均若"
    "我您你他她它这那本很太较已现但则如又因此仅约请祝想说没才亦且了着过所且每某做些两只个"
    "一二三四五六七八九十百千万亿年月日时"
)
# 与中, 在城市, 由各: what begins with one of these is a joint, whatever list has it as a word
_GLUE = frozenset(
    "的和与及或在对将把被由从以为是并其各该不也都再要就让使给于按向到至非未应须先均且了着所每某因后仅已"
)
_STANDS_ALONE = _JOIN | ALONE
_NOUNS = ("body_words.tsv", "place_generic.tsv", "bodies.tsv", "oddities.tsv", "ordinary.tsv")


class Piece(NamedTuple):
    """A word or character of a text, with what official prose makes of it."""

    start: int
    end: int
    text: str
    sort: str  # N noun of official prose, V other word of it, R rare word, W rare verb,
    #            A end of compounds, J joining character, S character of no word


@lru_cache(maxsize=1)
def prose_words() -> tuple[frozenset[str], ...]:
    """Nouns and other words of official prose, rare verbs, and all words there are."""
    lines = read_text("common.txt.gz").split("\n")
    nouns, verbs, rare = (frozenset(line.split()) for line in lines)
    named = (
        frozenset(word for table in _NOUNS for word in read_words(table) if len(word) > 1)
        - read_auspicious()
    )
    cutting = read_words("cut_words.tsv") | read_words("place_cut.tsv")
    verbs |= frozenset(word for word in cutting if len(word) > 1)
    return (nouns | named) - verbs, verbs, rare, read_dictionary()


def is_everyday(word: str) -> bool:
    """True for a word that official prose uses every day (管理, 网格员; not 五常)."""
    return word in prose_words()[0] or word in prose_words()[1]


def make_mention(kind: MentionKind, text: str, start: int, end: int) -> Mention:
    """The mention of ``text[start:end]``, of scope ``unknown``."""
    return Mention(kind, text[start:end], start, end, text[start:end])


def cut_tokens(run: str) -> list[str]:
    """The words and single characters of a run of Chinese characters, in order."""
    return cut_words(run, prose_words()[3], _STANDS_ALONE)


def cut_prose(run: str, offset: int) -> list[Piece]:
    """The pieces of a run of Chinese characters that stands at ``offset``."""
    pieces, at = [], offset
    for text in cut_tokens(run):
        sort = sort_one(text) if len(text) == 1 else sort_word(text)
        pieces.append(Piece(at, at + len(text), text, sort))
        at += len(text)
    return pieces


def sort_one(char: str) -> str:
    """The sort of a single character: J, A or S (see :class:`Piece`)."""
    return "J" if char in _JOIN else "A" if char in ALONE else "S"


@lru_cache(maxsize=8192)
def sort_word(word: str) -> str:
    """The sort of a word: N, V, R or W (see :class:`Piece`)."""
    nouns, verbs, rare, _ = prose_words()
    if word in verbs or word[0] in _GLUE or (len(word) > 2 and word[-1] in "的了和与"):
        return "V"
    if len(word) > 2 and word[-1] in "性型化式":
        return "N"
    return "N" if word in nouns else "W" if word in rare else "R"


@lru_cache(maxsize=1)
def read_kinds() -> dict[str, MentionKind]:
    """Kinds of places and bodies that bear names (村, 超市, 小学), with the kind of mention."""
    kinds: dict[str, MentionKind] = dict.fromkeys(read_words("oddities.tsv", "place"), "place")
    for sort in ("firm", "house", "media"):
        kinds |= dict.fromkeys(read_words("oddities.tsv", sort), "organisation")
    return kinds


def read_auspicious() -> frozenset[str]:
    """Ordinary words that places and shops are called by: 团结, 阳光."""
    return read_words("oddities.tsv", "auspicious")

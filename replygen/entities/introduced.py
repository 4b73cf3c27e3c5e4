"""People behind the word for who they are, without a pattern of a name: 主播|王小丫|被…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.independent import count_documents
from replygen.entities.people import surnames
from replygen.entities.prose import Piece, make_mention, read_auspicious, sort_one
from replygen.entities.tables import TABLES, read_words
from replygen.models import Mention

_MANY = 60  # documents that have a word which begins nobody's name (周期|长)
_FORBIDDEN = re.compile("切[莫勿忌不]")


def find_introduced(text: str, pieces: list[Piece]) -> Iterator[Mention]:
    """主播|王|小|丫|被…, 工作人员|小|陈|全程…: a name between the word for who it is and a verb."""
    whom = tuple(read_words("oddities.tsv", "who"))
    for at, piece in enumerate(pieces):
        told = text.endswith(whom, max(0, piece.start - 3), piece.start)
        if piece.sort == "V" or not (told or _follows_noun(pieces, at)):
            continue
        last = at
        while last + 1 < len(pieces) and pieces[last + 1].sort not in "VJWN":
            last += 1
        strays = sum(p.sort == "S" for p in pieces[at : last + 1])
        name = text[piece.start : pieces[last].end]
        if _is_phrase(piece, name):
            continue
        if name in read_auspicious() and text[pieces[last].end :][:1] in tuple("、，。的和"):
            continue  # 群众|安康、社会和谐
        if (
            told
            and _is_introduced_name(name, strays)
            or not told
            and _is_bare_name(pieces, last, name)
        ):
            yield make_mention("person", text, piece.start, pieces[last].end)


def _is_phrase(first: Piece, name: str) -> bool:
    """True for 老人|听得懂, 医生|周期长, 群众|切莫当: words of the sentence, no name."""
    if _FORBIDDEN.match(name) or first.sort == "N" and count_documents(first.text) >= _MANY:
        return True
    return len(name) > 2 and name[1] == "得" and name[0] not in surnames(sure=True)


def _follows_noun(pieces: list[Piece], at: int) -> bool:
    return pieces[at].sort == "S" and at > 0 and pieces[at - 1].sort in "NR"


def _is_introduced_name(name: str, strays: int) -> bool:
    """小陈, 王小丫, 阿依古丽 behind the word for who it is."""
    sure = surnames(sure=True)
    if name[0] in "小老阿" and len(name) == 2 and name[1] in sure:
        return True
    known = name[0] in sure and strays or name[0] in surnames() and strays >= 2
    if known and 2 <= len(name) <= 3:
        return True
    foreign = sum(char in _syllables() for char in name) > len(name) / 2
    return strays >= 3 and 3 <= len(name) <= 6 and foreign


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """What names from the west and the north are written with, and given names made of."""
    kinds = (TABLES.listed("person_slots.toml", kind) for kind in ("syllables", "given"))
    return frozenset(char for chars in kinds for char in chars)


def _is_bare_name(pieces: list[Piece], last: int, name: str) -> bool:
    """能手|蔡文静|返乡: a surname and two characters of no word between a noun and a verb."""
    odd = len(name) == 3 and all(sort_one(char) == "S" for char in name)
    follows = last + 1 < len(pieces) and pieces[last + 1].sort in "VW"
    return odd and follows and name[0] in surnames(sure=True)

"""Unknown names: what no dictionary and no statute has ever called anything.

The second net of the guard. A gazetteer knows the places it knows; a brand, a street or a
brook that it lacks still shows, because its characters belong to no ordinary word: 与星桥
直播平台 leaves 星桥 over. Words of the proposal count as known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.drafting.lexicon import load_lexicon
from replygen.entities.vocabulary import read_dictionary
from replygen.language import words as words_of
from replygen.language.words import ALONE

_HAN = re.compile("[\u4e00-\u9fff]+")


@lru_cache(maxsize=1)
def load_words() -> frozenset[str]:
    """Return the ordinary words: those of facts and every word of the rewriting tables."""
    return read_dictionary() | load_lexicon().vocabulary


def cut_words(run: str, words: frozenset[str]) -> list[str]:
    """Return ``run`` (Chinese characters only) cut so that as few as possible stand alone."""
    return words_of.cut_words(run, words)


def find_unknown(text: str, known: str = "") -> tuple[str, ...]:
    """Return the runs of two and more characters in ``text`` that belong to no ordinary
    word and are not in ``known``."""
    words, found = load_words(), []
    for run in _HAN.findall(text):
        rest = ""
        for piece in (*cut_words(run, words), "  "):
            if len(piece) == 1 and piece not in ALONE:
                rest += piece
                continue
            if len(rest) >= 2 and rest not in words and rest not in known:
                found.append(rest)
            rest = ""
    return tuple(found)

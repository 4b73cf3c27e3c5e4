"""Where the words of a text end, and its last one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from replygen.language.words import cut_words, read_official_words, read_vocabulary

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_REACH = 6  # characters at the end of a phrase that its last word is looked for in


@lru_cache(maxsize=1024)
def word_borders(text: str) -> tuple[int, ...]:
    """Return the places between two words of a text, its ends left out."""
    places: list[int] = []
    words = dictionary()
    for run in _RUN.finditer(text):
        at = run.start()
        places.append(at)
        for word in cut_words(run.group(), words):
            at += len(word)
            places.append(at)
    return tuple(p for p in sorted(set(places)) if 0 < p < len(text))


@lru_cache(maxsize=1024)
def last_word(phrase: str) -> str:
    """Return the last word of a phrase that ends in Chinese characters, its last character
    otherwise."""
    runs = _RUN.findall(phrase[-_REACH:])
    ends = runs and phrase.endswith(runs[-1])
    return cut_words(runs[-1], dictionary())[-1] if ends else phrase[-1:]


@cache
def dictionary() -> frozenset[str]:
    """Return the words that texts are cut into here."""
    return read_vocabulary() | read_official_words()

"""What laws and rules count: 六十日 of 申请 and 复议, 三分之二 of 业主 and 专有. Such a figure is a
fact of no place.

The table is made by tools/build_counted.py; a figure and the words of its sentence a line.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from replygen.entities.independent import count_documents
from replygen.entities.ours import round_figure
from replygen.entities.prose import cut_tokens
from replygen.entities.tables import read_text

_HAN = re.compile("[\u4e00-\u9fff]+")
_COUNTS = re.compile("[〇零一二三四五六七八九十百千万亿两]|小时|日内|月内|年内|连续")
_DOCUMENTS = 2600  # independent ones, about
# Chosen on sentences of four writers: figures of a law have 5 and more, of 90 figures of a place
# one has more than 3.
_ENOUGH = 4.5
_WORDS = 2  # that both sentences have, at least


def is_counted_by_law(figure: str, sentence: str) -> bool:
    """Return whether a sentence has a figure (in the form of a mention) for what a law or a rule
    has it for."""
    sentences = _table().get(round_figure(figure))
    if not sentences:
        return False
    words = read_words_of(sentence)
    for line in sentences:
        both = [word for word in line if word in words]
        if len(both) >= _WORDS and sum(map(weigh_word, both)) >= _ENOUGH:
            return True
    return False


def read_words_of(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that have more than one character and count nothing."""
    tokens = (token for run in _HAN.findall(sentence) for token in cut_tokens(run))
    return frozenset(t for t in tokens if len(t) > 1 and not _COUNTS.search(t))


@lru_cache(maxsize=8192)
def weigh_word(word: str) -> float:
    """Return how much a word says: the fewer independent documents have it the more."""
    return math.log(_DOCUMENTS / (1 + count_documents(word)))


@lru_cache(maxsize=1)
def _table() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in read_text("counted.txt.gz").split("\n"):
        figure, *words = line.split(" ")
        found.setdefault(figure, []).append(words)
    return found

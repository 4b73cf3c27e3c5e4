"""How rare the words of a text are in official prose, and how much two texts share of them.

For wording only: which sentence of a long measure is taken, which word may be a name. Whether
a passage bears on an ask is for :mod:`replygen.index.relevance` alone.

Two-character pieces of words, each weighted by how rare it is in official prose: words that
every measure has (加强, 管理, 工作) weigh next to nothing, the matter (直播, 托管, 电池) decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from replygen.drafting.names_unknown import cut_words, load_words
from replygen.drafting.tables import TABLES
from replygen.language.pairs import make_pairs
from replygen.language.words import read_empty_words

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_RAREST = 3.0  # per mille: what is rarer weighs as much
_UNLISTED = 6.0
_MOST_WORD = 0.8


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    table = {gram: _weigh_rarity(float(count)) for gram, count in TABLES.rows("grams.tsv")}
    return table | {
        pair: 0.0 for word in read_empty_words() for pair in make_pairs(word, frozenset())
    }


def _weigh_rarity(permille: float) -> float:
    return max(0.0, min(1.0, math.log(1000 / permille) / math.log(1000 / _RAREST)))


@lru_cache(maxsize=8192)
def term_weights(text: str) -> Mapping[str, float]:
    """Return the two-character pieces of ``text``'s words, each with its weight: 0 for
    what stands everywhere, 1 for what hardly any text has."""
    known, words = _weights(), load_words()
    found: dict[str, float] = {}
    for run in _HAN.findall(text):
        singles = ""
        for word in (*cut_words(run, words), "\u3000\u3000"):
            if len(word) == 1:
                singles += word
                continue
            for piece in (singles, word.strip()):
                pairs = [piece[i : i + 2] for i in range(len(piece) - 1)]
                pairs = [pair for pair in pairs if pair in words] or pairs
                for gram in pairs:
                    found[gram] = known.get(gram, _weigh_rarity(_UNLISTED))
                if len(piece) >= 3 and piece in words:  # 地方标准 says more than 地方 and 标准
                    found[piece] = min(_MOST_WORD, sum(found[gram] for gram in pairs))
            singles = ""
    return MappingProxyType({gram: weight for gram, weight in found.items() if weight > 0.0})


def overlap(left: str, right: str) -> float:
    """Return the weighted share (0..1) of ``left``'s matter that ``right`` has."""
    wanted, has = term_weights(left), term_weights(right)
    whole = shared = 0.0
    for gram, weight in wanted.items():
        whole += weight
        shared += weight if gram in has else 0.0
    return shared / whole if whole else 0.0

"""The dictionary of the house, and what of a run of characters belongs to none of its words.

Ordinary words (language/words), those that official prose uses (data/common.txt.gz) and those
of the tables that tell names from ordinary phrases.
"""

from __future__ import annotations

from functools import lru_cache

from replygen.entities.tables import read_text, read_words
from replygen.language.words import ALONE, cut_words, read_official_words, read_vocabulary

_TABLES = (
    *("body_words.tsv", "place_generic.tsv", "place_cut.tsv", "cut_words.tsv", "bodies.tsv"),
    *("oddities.tsv", "ordinary.tsv"),
)
_ENDS_SO = frozenset(
    "目的 标的 有的 真的 总和 缓和 温和 柔和 饱和 调和 随和 平和 祥和 融和 共和 参与 给与 "
    "以及 涉及 普及 危及 波及 触及 顾及 惠及 提及 遍及".split()
)


@lru_cache(maxsize=1)
def read_dictionary() -> frozenset[str]:
    """Return every ordinary word there is."""
    tabled = frozenset(w for table in _TABLES for w in read_words(table) if len(w) > 1)
    words = read_vocabulary() | read_official_words() | tabled
    words |= frozenset(read_text("common.txt.gz").split())
    return words - _joined(words)


def _joined(words: frozenset[str]) -> frozenset[str]:
    """村的, 的易: no words, though statutes have them between two words."""
    joined = [w for w in words if w[0] == "的" or w[-1] in "的和与及对将在由把"]
    short = {w for w in joined if w[0] == "的" or (w[-1] in "的和与及" and len(w) <= 2)} - _ENDS_SO
    short |= {
        w
        for w in words
        if w[0] == "等" and (w[1] in ALONE and w[1] not in "级次式" or w[1:] in words)
    }  # 等非, 等海洋
    rest = words - short
    return frozenset(short) | {
        w for w in joined if len(w) > 2 and w[-1] in "对将在和与由把" and w[:-1] in rest
    }


@lru_cache(maxsize=8192)
def find_leftover(run: str) -> str:
    """The characters of ``run`` (Chinese only, a dozen at most) that belong to no ordinary
    word, in order; "" when the run reads as ordinary words."""
    pieces = cut_words(run, read_dictionary())
    return "".join(p for p in pieces if len(p) == 1 and p not in ALONE)


def is_word(text: str) -> bool:
    """True for a word of the dictionary."""
    return len(text) > 1 and text in read_dictionary()


def is_ordinary(run: str) -> bool:
    """True when the run is made of ordinary words, or is empty."""
    return not find_leftover(run)

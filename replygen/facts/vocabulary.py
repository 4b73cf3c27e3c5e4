"""Ordinary words of Chinese prose: what of a run of characters belongs to none of them.

``data/vocabulary.txt.gz`` is built by tools/build_vocabulary.py from jieba's dictionary
(MIT, without names of people, places and bodies) and the words of national statutes.
"""

from __future__ import annotations

from functools import lru_cache

from replygen.facts.tables import read_table, read_words

_LONGEST = 6
# Characters that stand alone in ordinary prose, or end and begin compounds: 工作|室, 市|级.
_ALONE = frozenset(
    "的和与及或在对将把被由从以为是有并等所其各该不也都再更多大小新老中上下内外前后间时年月日个要可能会者员"
    "化性率型类级式业区市县镇村乡街均就让使给于按向到至非无未可应须先后人物事点站室所部处科股组队户家校园馆厅"
    "堂院店厂社证书卡码网线路图表单据费税金款品具器机车船房屋楼层地块片段条项件批次种只每全本我了已还又且"
    "省州国总分主副正双单"
)


def read_vocabulary() -> frozenset[str]:
    """Return some 78,000 ordinary words of 2 to 4 characters, none of them a name."""
    return read_words("vocabulary.txt.gz")


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """The dictionary and the words of the tables that tell names from ordinary phrases."""
    tables = ("body_words.tsv", "place_generic.tsv", "place_cut.tsv", "cut_words.tsv", "bodies.tsv")
    named = (word for table in tables for word in read_words(table) if len(word) > 1)
    return read_vocabulary().union(named, read_official_words())


@lru_cache(maxsize=1)
def read_official_words() -> frozenset[str]:
    """Return words that official prose coined of late (容缺, 适老, 会办); hand-kept."""
    lines = read_table("official_words.txt")
    return frozenset(word for line in lines for word in line[0].split())


def cut_words(
    run: str, words: frozenset[str], alone: frozenset[str] = _ALONE, longest: int = _LONGEST
) -> list[str]:
    """``run`` (Chinese characters only) cut into ``words`` and single characters, so that as
    few as possible stand alone; those of ``alone`` may."""
    cost, back = [0.0] + [9e9] * len(run), [0] * (len(run) + 1)
    for i, char in enumerate(run):
        here = cost[i]
        single = here + (0.1 if char in alone else 1.0)
        if single < cost[i + 1]:
            cost[i + 1], back[i + 1] = single, i
        word = here + 0.01
        for end in range(i + 2, min(i + longest, len(run)) + 1):
            if word < cost[end] and run[i:end] in words:
                cost[end], back[end] = word, i
    pieces, end = [], len(run)
    while end:
        pieces.append(run[back[end] : end])
        end = back[end]
    return pieces[::-1]


@lru_cache(maxsize=8192)
def find_leftover(run: str) -> str:
    """The characters of ``run`` (Chinese only, a dozen at most) that belong to no ordinary
    word, in order; "" when the run reads as ordinary words."""
    pieces = cut_words(run, _words())
    return "".join(p for p in pieces if len(p) == 1 and p not in _ALONE)


def is_word(text: str) -> bool:
    """True for a word of the dictionary."""
    return len(text) > 1 and text in _words()


def is_ordinary(run: str) -> bool:
    """True when the run is made of ordinary words, or is empty."""
    return not find_leftover(run)

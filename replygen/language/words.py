"""Words: where one ends. One cutter, one set of characters that stand alone, the dictionary.

``data/vocabulary.txt.gz`` is built by tools/build_vocabulary.py from jieba's dictionary (MIT,
without names of people, places and bodies) and the words of national statutes;
``data/official_words.txt`` and ``data/empty_words.txt`` are hand-kept.

jieba with this vocabulary was tried first. On 1,249 planted names and 1,079 clean sentences
of the attack sets it leaves two characters of a name over in 37.6 % and of a clean sentence
in 7.8 %, this cutter in 38.0 % and 7.6 %; with its HMM 1.5 %, for that makes words of names.
It takes 1.2 s to import and to take up the words, this cutter nothing.
"""

from __future__ import annotations

from functools import lru_cache

from replygen.language.tables import Tables

_TABLES = Tables(__file__)
_LONGEST = 6
ALONE = frozenset(
    "的和与及或在对将把被由从以为是有并等所其各该不也都再更多大小新老中上下内外前后间时年月日个要可能会者员"
    "化性率型类级式业区市县镇村乡街均就让使给于按向到至非无未可应须先后人物事点站室所部处科股组队户家校园馆厅"
    "堂院店厂社证书卡码网线路图表单据费税金款品具器机车船房屋楼层地块片段条项件批次种只每全本我了已还又且"
    "省州国总分主副正双单"
)
"""Characters that stand alone in ordinary prose, or end and begin compounds: 工作|室, 市|级."""


def read_vocabulary() -> frozenset[str]:
    """Return some 78,000 ordinary words of 2 to 4 characters, none of them a name."""
    return _TABLES.words("vocabulary.txt.gz")


@lru_cache(maxsize=1)
def read_official_words() -> frozenset[str]:
    """Return words that official prose coined of late (容缺, 适老, 会办)."""
    return frozenset(
        word for line in _TABLES.rows("official_words.txt") for word in line[0].split()
    )


@lru_cache(maxsize=1)
def read_empty_words() -> frozenset[str]:
    """Return the words that say nothing of what a text is about (加强, 进一步, 有关部门)."""
    return frozenset(row[0].strip() for row in _TABLES.rows("empty_words.txt"))


def cut_words(
    run: str, words: frozenset[str], alone: frozenset[str] = ALONE, longest: int = _LONGEST
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

"""Unknown names: what no dictionary and no statute has ever called anything.

The second net of the guard. A gazetteer knows the places it knows; a brand, a street or a
brook that it lacks still shows, because its characters belong to no ordinary word: 与星桥
直播平台 leaves 星桥 over. Words of the proposal count as known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.drafting.lexicon import load_lexicon
from replygen.facts import read_vocabulary, vocabulary

_HAN = re.compile("[\u4e00-\u9fff]+")
# Characters that stand alone in ordinary prose, as particles or as ends of compounds
_ALONE = frozenset(
    "的和与及或在对将把被由从以为是有等并所其各该不也都再更多大小新老中上下内外前后间时年月日个要可能会者员化性率型类级式业"
    "区市县镇村乡街均就让使给于按向到至非无未可应须先后人物事点站室所部处科股组队员家户校园馆厅堂院店厂社会证书卡码网线路图表册"
    "簿单据费税金款品具器机车船房屋楼层地块片段条项件批次种只每全本我"
)


@lru_cache(maxsize=1)
def load_words() -> frozenset[str]:
    """Return the ordinary words: those of facts and every word of the rewriting tables."""
    return read_vocabulary() | load_lexicon().vocabulary


def cut_words(run: str, words: frozenset[str]) -> list[str]:
    """Return ``run`` (Chinese characters only) cut so that as few as possible stand alone."""
    return vocabulary.cut_words(run, words, _ALONE)


def find_unknown(text: str, known: str = "") -> tuple[str, ...]:
    """Return the runs of two and more characters in ``text`` that belong to no ordinary
    word and are not in ``known``."""
    words, found = load_words(), []
    for run in _HAN.findall(text):
        rest = ""
        for piece in (*cut_words(run, words), "  "):
            if len(piece) == 1 and piece not in _ALONE:
                rest += piece
                continue
            if len(rest) >= 2 and rest not in words and rest not in known:
                found.append(rest)
            rest = ""
    return tuple(found)

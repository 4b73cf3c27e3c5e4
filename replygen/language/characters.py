"""Characters that stand for others, and those that nobody sees.

Radicals that a PDF copied in place of characters (⻔ ⻄ ⾼ ⽉) are read one for one; marks of
width zero and of direction, fillers and tags are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Kangxi radicals, the supplement of radicals, compatibility ideographs
_ODD = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9]")
# The supplement's radicals that are whole characters; Unicode gives no decomposition for them.
_RADICALS = dict(
    zip(
        "⺁⺇⺈⺊⺌⺎⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺯⺰⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⻁⻃⻄⻅⻆⻇⻉⻊⻋⻐⻑⻒⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几刀卜小兀巳幺旡日月母民牛王疋目示竹糸纟网网网网羊羊羊老聿聿肉臼虎西西见角角贝足车钅長镸长门阜雨青韦页风飞食食饣食马骨鬼鱼鸟卤麦黄斉齐歯齿竜龙龜龟龟",
        strict=True,
    )
)

# What prints nothing: Unicode's Default_Ignorable_Code_Point, the marks of annotations and of
# musical notation, and the two that end a line without being seen to.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
"""A character that no reader sees."""
# Tags and the supplement of variation selectors carry whole texts; so does a run of eight
# marks of width zero, a bit each, and nothing less than that spells a letter.
_MESSAGE = re.compile(f"[\U000e0000-\U000e0fff]|[{_UNSEEN}]{{8}}")


def drop_unseen(text: str) -> str:
    """``text`` without the characters that no reader sees."""
    return UNSEEN.sub("", text)


def count_unseen(text: str) -> int:
    """How many characters of ``text`` no reader sees, where they may carry words; 0 where they
    are only what copying from a web page leaves behind."""
    return len(UNSEEN.findall(text)) if _MESSAGE.search(text) else 0


def normalise_characters(text: str) -> str:
    """``text`` with the characters that its radicals and compatibility forms stand for, of the
    same length: ⾼新市 as 高新市, ⻔诊 as 门诊."""
    return _ODD.sub(lambda match: _fold_char(match.group()), text)


@lru_cache(maxsize=2048)
def _fold_char(char: str) -> str:
    folded = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char

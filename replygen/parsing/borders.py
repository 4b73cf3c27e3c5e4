"""Where a heading that lost its mark runs into its text: 完善评估机制|目前…

Every place between two words is weighed by its signs (border_signs) against the item as a
whole, which may have no heading at all. The weights (``data/borders.tsv``) are learned by
tools/fit_borders.py: from headings that have their mark, which is taken away and found again, and
from asks whose headings were read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from replygen.language.tables import Tables
from replygen.parsing.border_signs import border_signs, none_signs
from replygen.parsing.endings import count_pair
from replygen.parsing.openings import first_verb
from replygen.parsing.word_ends import last_word, word_borders

_TABLES = Tables(__file__)
_LEAST_HEAD, _MOST_HEAD = 5, 36
_SEEN = _MOST_HEAD + 24  # characters of an item that are looked at
_LEAST_SCORE = 1.0  # how much likelier the border must be than none
_SURE_SCORE = 3.0
_SHARED = 8.0  # marks are lost together: what the other items of the list count for
_STRONG = re.compile(r"[。；：\n]")
_PREDICATE = re.compile("[是有应要可将能须无在]")
# 落实监管通过政策|倾斜，鼓励…: a word alone begins no text, 目前， does
_SHORT_CLAUSE = re.compile(
    "(?!目前|当前|首先|同时|因此|为此|此外|现在|如今|然而|但是|例如|比如|其中|对此|其一|一是|近期)[\u4e00-\u9fff]{2}，"
)
_LEAST_CLAUSE = 4  # with its comma: 在社会实践课程中，增加|…学习内容
_ATTRIBUTE = re.compile("[\u4e00-\u9fff]{2}的")
# 争取“放管服”领域的|国家试点: what no heading ends with
_OPEN_WORDS = frozenset("的 和 与 及 或 对 将 把 被 在 以 并 为 从 向 于 让 使 等".split())
# 建议省政府…, 各县政府部门应调整…: who asks and who must is said in texts, not in headings
_ASKS = re.compile(
    r"(?:因此|为此|同时|此外)?，?(?:强烈)?(?:建议|希望|恳请|提请|呼吁|请)|[^，。；：]{2,14}(?:政府|部门|单位"
    r"|机构|系统|企业|学校|[厅局委])[^，。；：]{0,4}(?:应当?|应该|必须|需要?|要(?!求))(?![急用对聘])"
)
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def find_border(
    text: str, *, weights: Mapping[str, float] | None = None, least: float | None = None
) -> int:
    """Return where the text behind a heading begins in an item that opens with both; 0
    where the item shows no such place. ``least`` is least_score of its list."""
    least = _LEAST_SCORE if least is None else least
    text = text[:_SEEN]
    place, score = _best(text) if weights is None else _search(text, weights)
    if _ASKS.match(text):
        least = max(least, _SURE_SCORE)
    if not place or score <= least or not _tells(text[place:]):
        return 0
    # 构建结构优化、布局合理、机制|完善的体系: within a list that a 的 closes
    listed = "、" in text[:place].rsplit("，", 1)[-1] and _ATTRIBUTE.match(text, place)
    return 0 if listed else place


def _tells(rest: str) -> bool:
    """Whether what stands up to the next strong mark is a sentence, not the end of the
    heading: 支持企业牵头建设|跨领域的工业互联网平台；"""
    stop = _STRONG.search(rest)
    sentence = rest[: stop.start()] if stop else ""
    if not sentence or "，" in sentence or _PREDICATE.search(sentence):
        return True
    return any(len(first_verb(sentence[at:])) > 1 for at in (0, *word_borders(sentence)))


def verb_fits(clause: str) -> bool:
    """Whether a verb of the clause was seen with the word that ends it (工业互联网平台: or with
    the end of that word)."""
    word = last_word(clause)
    opened = {first_verb(clause[at:]) for at in (0, *word_borders(clause))}
    return any(count_pair(verb, end) for verb in opened for end in (word, word[-2:]))


def least_score(
    texts: Sequence[str], *, weights: Mapping[str, float] | None = None
) -> float | None:
    """Return the score that a border needs in items of one list, ``None`` for one item alone:
    marks are lost together, so less is enough where most items show a border, more where few do."""
    if len(texts) < 2:
        return None
    seen = [text[:_SEEN] for text in texts]
    found = [_best(text) if weights is None else _search(text, weights) for text in seen]
    odds = [math.exp(max(-30.0, min(30.0, score))) for _, score in found]
    likely = sum(odd / (1 + odd) for odd in odds) / len(odds)
    return _LEAST_SCORE - _SHARED * (likely - 0.5)


@lru_cache(maxsize=512)
def _best(text: str) -> tuple[int, float]:
    return _search(text, _weights())


def _search(text: str, weights: Mapping[str, float]) -> tuple[int, float]:
    """The likeliest place of a border and how much likelier it is than none (log odds)."""
    best, place = -99.0, 0
    for candidate in candidates(text):
        score = sum(weights.get(name, 0.0) for name in border_signs(text, candidate))
        if score > best:
            best, place = score, candidate
    return place, best - sum(weights.get(name, 0.0) for name in none_signs(text))


def candidates(text: str) -> list[int]:
    """Return the places where a heading may end: between words, outside of pairs, with
    text behind it."""
    stop = re.search(r"[。；：\n]", text)
    end = min(stop.start() if stop else len(text), _MOST_HEAD)
    found = []
    for place in word_borders(text[: end + 8]):
        if (
            not _LEAST_HEAD <= place <= end - 2
            or text[place - 1] in "，、“《（"
            or text[place] in "，、”》）的"
            or last_word(text[:place]) in _OPEN_WORDS
            or _SHORT_CLAUSE.match(text, place)
            or place - text.rfind("，", 0, place) <= _LEAST_CLAUSE
        ):
            continue
        if all(text[:place].count(a) == text[:place].count(b) for a, b in _PAIRS):
            found.append(place)
    return found


@cache
def _weights() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in _TABLES.rows("borders.tsv")}

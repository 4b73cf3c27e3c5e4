"""Where a heading that lost its mark runs into its text: 完善评估机制|目前…

The weights (``data/borders.tsv``) are learned by tools/fit_borders.py from headings that
have their mark: it is taken away, and found again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from replygen.language.tables import Tables
from replygen.language.words import cut_words
from replygen.parsing.endings import count_ending, count_pair, pair_odds
from replygen.parsing.openings import first_verb, verbs
from replygen.parsing.word_ends import dictionary, last_word, word_borders

_TABLES = Tables(__file__)
_LEAST_HEAD, _MOST_HEAD = 5, 36
_LEAST_SCORE = -0.5
_SURE_SCORE = 2.5
_GLUED_SCORE, _GLUED_MEAN = -2.5, -1.2  # where all headings of a proposal lost their marks
_OWN_MARK = re.compile(r"[^。：；\n]{4,32}[。：\n].")
_LONG = 60
_STRONG = re.compile(r"[。；：\n]")
_PREDICATE = re.compile("[是有应要可将能须无在]")
# 落实监管通过政策|倾斜，鼓励…: a word alone begins no text, 目前， does
_SHORT_CLAUSE = re.compile(
    "(?!目前|当前|首先|同时|因此|为此|此外|现在|如今|然而|但是|例如|比如|其中|对此|其一|一是|近期)[\u4e00-\u9fff]{2}，"
)
_LEAST_CLAUSE = 4  # with its comma: 在社会实践课程中，增加|…学习内容
_ATTRIBUTE = re.compile("[\u4e00-\u9fff]{2}的")
_OFTEN = 8
_UNLIKELY = -1.0  # a border of this score needs a heading that is whole by its words
# 争取“放管服”领域的|国家试点: what no heading ends with
_OPEN_WORDS = frozenset("的 和 与 及 或 对 将 把 被 在 以 并 为 从 向 于 让 使 等".split())
# 建议省政府…, 各县政府部门应调整…: who asks and who must is said in texts, not in headings
_ASKS = re.compile(
    r"(?:因此|为此|同时|此外)?，?(?:强烈)?(?:建议|希望|恳请|提请|呼吁|请)|[^，。；：]{2,14}(?:政府|部门|单位"
    r"|机构|系统|企业|学校|[厅局委])[^，。；：]{0,4}(?:应当?|应该|必须|需要?|要(?!求))(?![急用对聘])"
)
_NEVER = -3.0  # two characters that were not seen side by side
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


def find_border(
    text: str, *, weights: Mapping[str, float] | None = None, least: float | None = None
) -> int:
    """Return where the text behind a heading begins in an item that opens with both; 0
    where the item shows no such place."""
    least = _LEAST_SCORE if least is None else least
    text = text[: _MOST_HEAD + 24]
    place, score = _best(text) if weights is None else _search(text, weights)
    if _ASKS.match(text):
        least = max(least, _SURE_SCORE)
    unlikely = score <= _UNLIKELY and not _is_whole(text[:place])
    if score <= least or unlikely or not _tells(text[place:]):
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


def _is_whole(head: str) -> bool:
    """Whether a heading opens with a verb and ends with a word that goes with it, or that
    clauses often end with."""
    clause = head.rsplit("，", 1)[-1]
    if len(first_verb(clause)) < 2:
        return False
    word = last_word(clause)
    often = count_ending(word) >= _OFTEN and word not in verbs()
    return often or verb_fits(clause)


def verb_fits(clause: str) -> bool:
    """Whether a verb of the clause was seen with the word that ends it (工业互联网平台: or with
    the end of that word)."""
    word = last_word(clause)
    opened = {first_verb(clause[at:]) for at in (0, *word_borders(clause))}
    return any(count_pair(verb, end) for verb in opened for end in (word, word[-2:]))


def least_score(texts: Sequence[str]) -> float | None:
    """Return the score that a border needs in items of one list: marks are lost together, so
    where no heading has its own and most show a likely border, less is enough; else ``None``."""
    if len(texts) < 2 or any(len(t) < _LONG or _OWN_MARK.match(t) for t in texts):
        return None
    scores = [max(_best(t[: _MOST_HEAD + 24])[1], -5.0) for t in texts]
    return _GLUED_SCORE if sum(scores) / len(scores) > _GLUED_MEAN else None


@lru_cache(maxsize=512)
def _best(text: str) -> tuple[int, float]:
    return _search(text, _weights())


def _search(text: str, weights: Mapping[str, float]) -> tuple[int, float]:
    best, place = -99.0, 0
    for candidate in candidates(text):
        names = border_features(text, candidate)
        score = weights["bias"] + sum(weights.get(name, 0.0) for name in names)
        if score > best:
            best, place = score, candidate
    return place, best


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


def border_features(text: str, place: int) -> list[str]:
    """Return what the model looks at, at one place."""
    head, rest = text[:place], text[place:]
    last = head.rsplit("，", 1)[-1]
    run = _RUN.match(rest)
    word = cut_words(run.group()[:8], dictionary())[0] if run else rest[:1]
    ends = _RUN.search(head[-8:])
    tail = cut_words(head[-6:], dictionary())[-1] if ends else head[-1:]
    clause = re.split(r"[，。；：\n]", rest, maxsplit=1)[0]
    again = rest[:2] in head
    found = [
        f"right={word}",
        f"left={tail}",
        f"r1={rest[:1]}",
        f"r2={rest[:2]}",
        f"l1={head[-1:]}",
        f"l2={head[-2:]}",
        f"head={min(len(head), 30) // 3}",
        f"clause={min(len(last), 24) // 3}",
        f"behind={min(len(clause), 30) // 4}",
        f"again={again}",
        f"again4={rest[:4] in head}",
        f"commas={head.count('，')}",
        f"rare={_share(head, clause)}",
        f"l1&r1={head[-1:]}{rest[:1]}",
    ]
    odds = _odds().get(word, (0, 0))[0] + _odds().get(tail, (0, 0))[1]
    bond = _bonds().get(head[-1:] + rest[:1], _NEVER)
    found += [f"odds={odds}", f"bond={bond}", f"bond&odds={max(-2, min(2, int(bond)))}&{odds}"]
    found += [f"starts={_odds().get(word, (0, 0))[0]}", f"ends={_odds().get(tail, (0, 0))[1]}"]
    found += _verb_features(last, rest)
    if any(rest[:n] in head for n in (3, 4, 5)) and rest[:2] in head:
        found.append("again_long")
    if head[-2:] in clause:
        found.append("tail_again")
    return found


def _verb_features(clause: str, rest: str) -> list[str]:
    """Whether the clause's verb goes with its last word, and a verb follows behind it."""
    verb, word = first_verb(clause), last_word(clause)
    acts = f"acts={bool(first_verb(rest))}&{bool(verb)}"
    ends = f"ending={min(8, int(math.log2(count_ending(word) + 1)))}"
    paired = len(verb) > 1 and count_pair(verb, word) > 0
    acts += f"&{word in verbs() and not paired}"  # …和集中度改变|当前: a verb of the text
    if len(verb) < 2:
        return [acts, ends]
    odds = max(-3, min(4, round(pair_odds(verb, word))))
    pairs = min(4, int(math.log2(count_pair(verb, word) + 1)))
    return [
        acts,
        ends,
        f"pair={odds}",
        f"pairs={pairs}",
        f"pairs&clause={pairs}&{min(len(clause), 24) // 4}",
    ]


def _share(head: str, clause: str) -> int:
    pairs = {clause[i : i + 2] for i in range(len(clause) - 1)}
    both = sum(p in head for p in pairs)
    return min(both, 4)


@cache
def _weights() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in _TABLES.rows("borders.tsv")}


@cache
def _odds() -> dict[str, tuple[int, int]]:
    """How much oftener than elsewhere a word begins and ends a sentence, as logarithms."""
    return {row[0]: (int(row[1]), int(row[2])) for row in _TABLES.rows("sentence_ends.tsv.gz")}


@cache
def _bonds() -> dict[str, float]:
    """How much oftener than by chance two characters stand side by side, as logarithms."""
    return {row[0]: float(row[1]) for row in _TABLES.rows("bonds.tsv.gz")}

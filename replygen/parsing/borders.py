"""Where a heading that lost its mark runs into its text: 完善评估机制|目前…

The weights (``data/borders.tsv``) are learned by tools/fit_borders.py from headings that
have their mark: it is taken away, and found again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from replygen.language.tables import Tables
from replygen.language.words import cut_words, read_official_words, read_vocabulary

_TABLES = Tables(__file__)
_LEAST_HEAD, _MOST_HEAD = 5, 36
_LEAST_SCORE = -0.5
_SURE_SCORE = 2.5
# 建议省政府…, 各县政府部门应调整…: who asks and who must is said in texts, not in headings
_ASKS = re.compile(
    r"(?:因此|为此|同时|此外)?，?(?:强烈)?(?:建议|希望|恳请|提请|呼吁|请)|[^，。；：]{2,14}(?:政府|部门|单位"
    r"|机构|系统|企业|学校|[厅局委])[^，。；：]{0,4}(?:应当?|应该|必须|需要?|要(?!求))(?![急用对聘])"
)
_NEVER = -3.0  # two characters that were not seen side by side
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))


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
    return place if score > least else 0


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
            or text[place] in "，、”》）"
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
    if any(rest[:n] in head for n in (3, 4, 5)) and rest[:2] in head:
        found.append("again_long")
    if head[-2:] in clause:
        found.append("tail_again")
    return found


def _share(head: str, clause: str) -> int:
    pairs = {clause[i : i + 2] for i in range(len(clause) - 1)}
    both = sum(p in head for p in pairs)
    return min(both, 4)


@cache
def dictionary() -> frozenset[str]:
    """Return the words that texts are cut into here."""
    return read_vocabulary() | read_official_words()


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

"""What is ours and about what: figures and dates of our own material, each with its sentence.

A figure covers only its matter: 15 cases of ours do not cover 15 cases of another kind. It is
ours where our own material counts the same thing in the same unit, in a sentence about the same
matter; how it is rounded and written (近七成 for 69.8 %, 九十六分 for 96分) does not matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from replygen.entities.independent import count_documents
from replygen.entities.mentions import find_mentions
from replygen.entities.prose import cut_tokens, sort_one
from replygen.entities.tables import read_table, read_words
from replygen.language import split_sentences
from replygen.models import Mention

_HAN = re.compile("[\u4e00-\u9fff]+")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?(.*)")
_BELOW = re.compile(r"^(?:将近|接近|近|不足|不到|不超过)")
_ABOVE = re.compile(r"^(?:不少于|不低于|超过|至少|逾|超|破|上)|[余多]|以上")
_ABOUT = re.compile(r"^(?:大约|约|共|累计|达)+")
_MORE = re.compile(r"^(?:以上|多|余|左右)")
_MARKS = re.compile(r"[，。；！？、：:;,\n（）()]")
# 该局, 我市, 本单位: who did it is another question than what was done
_DEICTIC = re.compile(r"[该我本贵各全](?:[局委办厅院省市县区镇乡街站所]|单位|部门|中心)")
_DOCUMENTS = 2600  # that count_documents counts
_LEAST_WEIGHT = 2.5  # of the words beside a figure, for them to say what it counts
_SLACK_NEAR, _SLACK_OVER = 0.09, 0.2  # 近七成 is .637 to .70; 超八成 is .80 to .96
_UNSPECIFIC = 900  # documents from which a word says nothing of the matter


_WE = re.compile("我[局委厅办会院]")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence of ours says of one figure or date: ``low`` to ``high`` in ``unit``,
    or the ``normal`` date; ``sentence`` is about its matter."""

    normal: str
    low: float
    high: float
    unit: str
    sentence: str


@dataclass(frozen=True)
class Statements:
    """The figures and dates of our own texts, by unit and by year."""

    figures: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    dates: tuple[Statement, ...] = ()

    def cover(self, mention: Mention, sentence: str, at: int) -> bool:
        """True when one of our sentences says the figure or date of ``mention``, which stands
        at ``at`` in ``sentence``, of the same matter."""
        sentence = _WE.sub("　　", sentence)  # who says it is no part of the matter
        if mention.kind == "date":
            days = (s.sentence for s in self.dates if _same_date(mention.normal, s.normal))
            return any(is_same_subject(sentence, at, len(mention.text), own) for own in days)
        told = _read_figure(mention.normal, sentence[at + len(mention.text) :])
        if told is None:
            return False
        low, high, unit = told
        return any(
            s.low <= high and low <= s.high
            and is_same_subject(sentence, at, len(mention.text), s.sentence)
            for s in self.figures.get(unit, ())
        )  # fmt: skip


def read_statements(texts: Iterable[str]) -> Statements:
    """Return the figures and dates that ``texts`` state."""
    figures: dict[str, dict[Statement, None]] = {}
    dates: dict[Statement, None] = {}
    for text in texts:
        for line in dict.fromkeys(text.splitlines()):
            before = ""
            for sentence in split_sentences(line):
                for mention, told in _read_sentence(sentence, before):
                    if mention.kind == "date":
                        dates[told] = None
                    else:
                        figures.setdefault(told.unit, {})[told] = None
                before = sentence
    return Statements({unit: tuple(found) for unit, found in figures.items()}, tuple(dates))


def date_statements(text: str, days: Iterable[str]) -> Statements:
    """Return what a paper of ours says as said of its own ``days`` (the ISO year that its title
    names, the ISO day it was signed on): its sentences need not name them."""
    known = tuple(days)
    lines = dict.fromkeys(text.splitlines()) if known else ()
    said = (sentence for line in lines for sentence in split_sentences(line))
    return Statements(
        {}, tuple(Statement(day, 0, 0, "", sentence) for sentence in said for day in known)
    )


def _read_sentence(sentence: str, before: str) -> Iterator[tuple[Mention, Statement]]:
    around = before[-60:] + sentence
    for mention in find_mentions(sentence):
        if mention.kind == "date":
            yield mention, Statement(mention.normal, 0, 0, "", around)
        elif mention.kind == "number":
            told = _read_figure(mention.normal, sentence[mention.end :])
            if told is not None:
                yield mention, Statement(mention.normal, *told, around)


def _read_figure(normal: str, after: str) -> tuple[float, float, str] | None:
    """The least and the most that a figure says, and its unit: 近七成 as .637 to .7 of %."""
    bare = _ABOUT.sub("", normal)
    below, above = _BELOW.search(bare), _ABOVE.search(bare) or _MORE.match(after)
    plain = re.sub(r"[余多]", "", _ABOVE.sub("", _BELOW.sub("", bare), count=1))
    match = _FIGURE.fullmatch(plain)
    if match is None:
        return _read_half(plain)
    low, high, unit = float(match[1]), float(match[2] or match[1]), match[3]
    if unit == "成":
        low, high, unit = low * 10, high * 10, "%"
    if below:
        low *= 1 - _SLACK_NEAR
    elif above:
        high *= 1 + _SLACK_OVER
    elif normal != bare or "左右" in after[:2]:
        low, high = low * (1 - _SLACK_NEAR / 2), high * (1 + _SLACK_NEAR / 2)
    return low, high, _units().get(unit, unit)


def _read_half(plain: str) -> tuple[float, float, str] | None:
    if "半" not in plain:
        return None
    return (50, 60, "%") if re.search("过|超|以上", plain) else (45, 55, "%")


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    """Units that count the same things, each with the one that stands for all of them."""
    groups = [row[0].split() for row in read_table("units.tsv")]
    return {unit: group[0] for group in groups for unit in group}


def _same_date(claimed: str, own: str) -> bool:
    """A known day covers its month and year."""
    return claimed == own or own.startswith(f"{claimed}-")


def is_same_subject(sentence: str, at: int, length: int, own: str) -> bool:
    """True when what stands beside ``sentence[at:at+length]`` is said in ``own``: most of the
    words of its clause, weighed by how few documents have them."""
    words = _weigh_clause(sentence, at, length)
    whole = sum(words.values())
    if not whole:
        return True
    shared = sum(weight * _stands_in(word, own) for word, weight in words.items())
    return shared >= _SHARE * whole


_SHARE = 0.7


@lru_cache(maxsize=4096)
def _weigh_clause(sentence: str, at: int, length: int) -> dict[str, float]:
    """The words beside a figure with their weights; where its own clause says little, those of
    the clauses before it too, then of those behind."""
    borders = [0, *(m.end() for m in _MARKS.finditer(sentence)), len(sentence) + 1]
    first = max(i for i, border in enumerate(borders) if border <= at)
    last = next(i for i, border in enumerate(borders) if border >= at + length)
    while True:
        start, end = borders[first], borders[last]
        words = dict(_weigh_words(f"{sentence[start:at]} {sentence[at + length : end]}"))
        if sum(words.values()) >= _LEAST_WEIGHT:
            return words
        if not first and last == len(borders) - 1:
            return words
        first, last = (first - 1, last) if first else (first, last + 1)


def _weigh_words(text: str) -> Iterator[tuple[str, float]]:
    for run in _HAN.findall(text):
        for word in cut_tokens(run):
            count = count_documents(word)
            if word in read_words("matter_stop.tsv") or count >= _UNSPECIFIC:
                continue
            if _DEICTIC.fullmatch(word):
                continue
            if len(word) == 1 and sort_one(word) != "S":
                continue
            yield word, math.log(_DOCUMENTS / (count + 2))


@lru_cache(maxsize=65536)
def _stands_in(word: str, own: str) -> float:
    """1 when ``own`` has the word, less when it has half of a long one (服务站点: 服务站)."""
    if word in own:
        return 1.0
    if len(word) < 3:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return 0.8 * sum(pair in own for pair in pairs) / len(pairs)

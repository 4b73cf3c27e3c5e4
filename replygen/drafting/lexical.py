"""How much two texts share of what is particular in them.

Two-character pieces of words, each weighted by how rare it is in official prose: words that
every measure has (加强, 管理, 工作) weigh next to nothing, the matter (直播, 托管, 电池)
decides. The measure does not depend on any search engine's scores.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.names_unknown import cut_words, load_words

_FILE = Path(__file__).with_name("data") / "grams.tsv"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_RAREST = 3.0  # per mille: what is rarer weighs as much
_UNLISTED = 6.0
PARTICULAR = 0.45  # weight from which a word tells what a text is about (电商, 自律, 监测)
_MOST_WORD = 0.8
_LONGEST = 400
_CLAUSES = re.compile(r"[，。；;,\n：]")
_CLAUSE_SHARE = 0.7  # what answers one clause of an ask wholly counts as this much of it
_SUBJECT_WEIGHT = 0.4
_CLAUSE_LEAST = 0.8  # weight of matter that a clause must have to count alone


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    rows = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#"))  # fmt: skip
    table = {gram: _weigh(float(count)) for gram, count in rows}
    return table | dict.fromkeys(load_lexicon().empty_grams, 0.0)


def _weigh(permille: float) -> float:
    return max(0.0, min(1.0, math.log(1000 / permille) / math.log(1000 / _RAREST)))


@lru_cache(maxsize=8192)
def matter(text: str) -> Mapping[str, float]:
    """Return the two-character pieces of ``text``'s words, each with its weight: 0 for
    what stands everywhere, 1 for what hardly any text has."""
    known, words = _weights(), load_words()
    found: dict[str, float] = {}
    for run in _HAN.findall(text):
        loose = ""
        for word in (*cut_words(run, words), "\u3000\u3000"):
            if len(word) == 1:
                loose += word
                continue
            for piece in (loose, word.strip()):
                pairs = [piece[i : i + 2] for i in range(len(piece) - 1)]
                pairs = [pair for pair in pairs if pair in words] or pairs
                for gram in pairs:
                    found[gram] = known.get(gram, _weigh(_UNLISTED))
                if len(piece) >= 3 and piece in words:  # 地方标准 says more than 地方 and 标准
                    found[piece] = min(_MOST_WORD, sum(found[gram] for gram in pairs))
            loose = ""
    return MappingProxyType({gram: weight for gram, weight in found.items() if weight > 0.0})


def particular(text: str, least: float = PARTICULAR) -> frozenset[str]:
    """Return the pieces of ``text`` that tell what it is about."""
    return frozenset(gram for gram, weight in matter(text).items() if weight >= least)


def overlap(left: str, right: str, subject: str = "") -> float:
    """Return the weighted share (0..1) of ``left``'s matter that ``right`` has; words of
    ``subject`` count less."""
    wanted, has, general = matter(left), matter(right), matter(subject)
    whole = shared = 0.0
    for gram, weight in wanted.items():
        weight *= _SUBJECT_WEIGHT if _is_of(gram, general) else 1.0
        whole += weight
        shared += weight if gram in has else 0.0
    return shared / whole if whole else 0.0


def bearing(topic: str, wish: str, text: str, subject: str = "") -> float:
    """Return how much of an ask ``text`` takes up, 0..1: of its topic, of its wording, or
    of one clause of it. Less than two shared pieces (平台 alone) are chance and are 0.
    Words of the proposal's ``subject`` count less: they do not tell its asks apart."""
    has, general = matter(text), matter(subject)
    best = 0.0
    for wanted, part in _wanted(topic, wish[:_LONGEST]):
        best = max(best, part * _share(wanted, has, general))
    return best


@lru_cache(maxsize=256)
def _wanted(topic: str, wish: str) -> tuple[tuple[Mapping[str, float], float], ...]:
    """Return what an ask can be matched by, each with what matching it wholly counts."""
    clauses = [matter(clause) for clause in _CLAUSES.split(wish)]
    telling = [(c, _CLAUSE_SHARE) for c in clauses if sum(c.values()) >= _CLAUSE_LEAST]
    return ((matter(topic), 1.0), (matter(wish), 1.0), *telling)


def _share(
    wanted: Mapping[str, float], has: Mapping[str, float], general: Mapping[str, float]
) -> float:
    whole, shared, count = 0.0, 0.0, 0
    for gram, weight in wanted.items():
        weight *= _SUBJECT_WEIGHT if _is_of(gram, general) else 1.0
        whole += weight
        if gram in has:
            shared += weight
            count += 1
    return shared / whole if count >= 2 and whole else 0.0


def telling(subject: str) -> frozenset[str]:
    """Return the words that make ``subject`` what it is: the particular ones, or the most
    particular there are."""
    weights = matter(subject)
    least = min(PARTICULAR, 0.6 * max(weights.values(), default=0.0))
    return frozenset(gram for gram, weight in weights.items() if weight >= least)


def names_subject(subject: str, text: str) -> float:
    """Return how much (0..1) of what is particular in ``subject`` stands in ``text``; 1
    where the subject says nothing particular."""
    wanted, has = matter(subject), matter(text)
    words = telling(subject)
    whole = sum(wanted[gram] for gram in words)
    return sum(wanted[gram] for gram in words if gram in has) / whole if whole else 1.0


def similarity(left: str, right: str) -> float:
    """Return how much two texts share, 0..1, measured on the shorter one."""
    a, b = matter(left), matter(right)
    shared = sum(weight for gram, weight in a.items() if gram in b)
    least = min(sum(a.values()), sum(b.values()))
    return shared / least if least else 0.0


def rank(wanted: str, texts: Sequence[str]) -> list[tuple[float, int]]:
    """Return (share of ``wanted``, position) of every text, best first."""
    scored = [(overlap(wanted, text), i) for i, text in enumerate(texts)]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


def _is_of(word: str, general: Mapping[str, float]) -> bool:
    """Return whether ``word`` or a part of it (直播间: 直播) is in ``general``."""
    return word in general or (
        len(word) > 2 and any(word[i : i + 2] in general for i in range(len(word) - 1))
    )


def say_again(text: str, others: Iterable[str], most: float, subject: str = "") -> bool:
    """Return whether one of ``others`` has more than ``most`` of what ``text`` says beside
    naming the ``subject``."""
    return any(overlap(text, other, subject) > most for other in others)


def speaks_of_else(text: str, known: str) -> bool:
    """Return whether ``text`` speaks of a setting (食堂, 外卖, 电梯) that the proposal,
    ``known``, never mentions."""
    return any(
        any(word in text for word in group) and not any(word in known for word in group)
        for group in load_lexicon().settings
    )

"""A plain lexical score, for passages that are in no index and as a second opinion on hits.

Two-character grams weighted by how rare they are among the texts at hand: words that every
measure has (加强, 管理, 工作) weigh next to nothing, the ask's own matter decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from replygen.drafting.lexicon import load_lexicon

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


def grams(text: str) -> set[str]:
    """Return the two-character grams of ``text`` that say something about its matter."""
    found: set[str] = set()
    for run in _HAN.findall(text):
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found - load_lexicon().empty_grams


def overlap(left: str, right: str) -> float:
    """Return the share (0..1) of ``left``'s grams that ``right`` has."""
    wanted = grams(left)
    return len(wanted & grams(right)) / len(wanted) if wanted else 0.0


def bearing(topic: str, wish: str, text: str) -> float:
    """Return how much of an ask (its topic or its wording) ``text`` takes up, 0..1; a
    single shared gram (平台) is chance and counts as nothing."""
    has = grams(text)
    shares = [
        len(wanted & has) / len(wanted) if len(wanted & has) >= 2 else 0.0
        for wanted in (grams(topic), grams(wish[:400]))
        if wanted
    ]
    return max(shares, default=0.0)


def similarity(left: str, right: str) -> float:
    """Return how much two texts share, 0..1, whichever is longer."""
    a, b = grams(left), grams(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


class Weights:
    """How much each gram tells, learned from the texts at hand."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(grams(text))
            total += 1
        self._total = max(total, 1)
        self._counts = counts

    def weigh(self, gram: str) -> float:
        """Return the weight of ``gram``, about 0.1 (everywhere) to 1 (nowhere else)."""
        count = self._counts.get(gram, 0)
        return math.log(1 + self._total / (1 + count)) / math.log(1 + self._total) + 0.05

    def cover(self, wanted: str, text: str) -> float:
        """Return the weighted share (0..1) of ``wanted``'s grams that ``text`` has."""
        asked = grams(wanted)
        whole = sum(map(self.weigh, asked))
        return sum(map(self.weigh, asked & grams(text))) / whole if whole else 0.0

    def rank(self, wanted: str, texts: Sequence[str]) -> list[tuple[float, int]]:
        """Return (score, position) of every text, best first."""
        scored = [(self.cover(wanted, text), i) for i, text in enumerate(texts)]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1]))

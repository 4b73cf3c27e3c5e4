"""Which sentence of an article a claim tells; both in the one word for each thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from replygen.language.marks import read_mark, strip_mark
from replygen.laws.pairs import measure_overlap
from replygen.laws.tables import read_toml

_SENTENCE = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[，,。；;：:！？\n]")


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Return the text with one word for each thing: 商家 is 经营者, 不能 is 不得."""
    for pattern, word in _plain():
        text = pattern.sub(word, text)
    return text


@lru_cache(maxsize=64)
def list_sentences(article: str) -> tuple[str, ...]:
    """Return the sentences of an article, each 项 with the words before its list."""
    found: list[str] = []
    lead = ""
    for line in filter(None, map(str.strip, article.splitlines())):
        if read_mark(line):
            found.append((lead + strip_mark(line)).strip("；;。"))
            continue
        sentences = split_sentences(line)
        found += sentences
        if sentences and line.endswith(("：", ":")):
            lead = sentences[-1]
    return tuple(found)


def split_sentences(text: str) -> list[str]:
    """Return its sentences."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def split_parts(text: str) -> list[str]:
    """Return its clauses, up to each mark."""
    return [part for part in _CLAUSE.split(text) if part.strip()]


def find_told(words: str, sentences: Sequence[str]) -> tuple[float, str]:
    """Return the sentence that has most of the words, the shorter of two, and how much 0..1."""
    ranked = ((measure_overlap(words, s), -len(s), s) for s in sentences)
    share, _, sentence = max(ranked, default=(0.0, 0, ""))
    return share, sentence


@lru_cache(maxsize=1)
def _plain() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(p), word) for p, word in read_toml("rules.toml")["support"]["plain"])

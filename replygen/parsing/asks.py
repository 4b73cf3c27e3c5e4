"""The asks of a proposal: what it wants done, one by one.

First the part that asks is found (a label, an introducing phrase, a heading), then the
top level of its enumeration; where nothing is numbered, the sentences that ask.
Enumerations of facts and problems never count: they stand outside that part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.facts.sentences import split_sentences
from replygen.models import Ask
from replygen.parsing.numbering import LEVELS, Mark, find_chains
from replygen.parsing.topics import make_topic
from replygen.parsing.wording import cue_pattern

_MIN_ASK = 8
# ----唐成杰 · 提案人：… behind the last ask
_SIGNATURE = re.compile(
    r"\n?(?:[-—–]{2,}\s*[\u4e00-\u9fff]{2,4}|(?:提案人|建议人|联系人|执笔人?)[：:].{0,40})\s*$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An ask as a span of the text it was found in; ``start`` is behind its number."""

    start: int
    end: int
    text: str


def split_asks(text: str) -> tuple[tuple[Found, ...], str]:
    """Return the asks in the part of a proposal that asks, and how they were found:
    ``numbers``, ``paragraphs``, ``sentences`` or ``whole``. Spans index ``text``."""
    text = _without_tail(text)
    groups = top_groups(text)
    if groups:
        found = _numbered(text, groups)
        if len(found) > 1:
            return found, "numbers"
    if len(found := _by_paragraphs(text)) > 1:
        return found, "paragraphs"
    if found := _by_sentences(text):
        return found, "sentences"
    whole = _trim(text, 0, len(text))
    return ((whole,) if whole else ()), "whole"


def make_asks(found: Sequence[Found]) -> tuple[Ask, ...]:
    """Number the asks and give each its short topic."""
    return tuple(
        Ask(order, make_topic(item.text), item.text) for order, item in enumerate(found, start=1)
    )


def top_groups(text: str) -> list[tuple[Mark, ...]]:
    """Return the top-level sequences of a text, in order: the first sequence, later
    ones of its kind that begin anew, and instead of them a sequence of a higher level
    when that comes behind (一、二、 after an introduction that said 一是…二是…)."""
    chains = list(find_chains(text))
    chains = [c for c in chains if not _is_list_of_words(text, c)]
    if not chains:
        return []
    top = chains[0]
    for chain in chains[1:]:
        if chain[0].start > top[-1].end and _outranks(text, chain, top):
            top = chain
    start = top[0].start
    same = [c for c in chains if c[0].family == top[0].family and c[0].start >= start]
    return _not_nested(text, same, chains)


def _outranks(text: str, later: Sequence[Mark], first: Sequence[Mark]) -> bool:
    """A later sequence takes over when its level is higher, or when a phrase such as
    建议如下： stands directly above it."""
    if LEVELS[later[0].family] < LEVELS[first[0].family]:
        return later[0].strong and "一是" != later[0].family
    between = text[first[-1].end : later[0].start]
    phrases = list(cue_pattern("proposal", "intro", "phrases").finditer(between))
    return bool(phrases) and len(between) - phrases[-1].end() < 12


def _not_nested(
    text: str, same: list[tuple[Mark, ...]], chains: Sequence[tuple[Mark, ...]]
) -> list[tuple[Mark, ...]]:
    """Drop restarts that lie inside an item: 一、(1、2、3、) 二、(1、2、)."""
    kept = [same[0]]
    for chain in same[1:]:
        inside = any(
            a.start < chain[0].start and chain[-1].start < b.start
            for outer in kept
            for a, b in zip(outer, outer[1:], strict=False)
        )
        if not inside:
            kept.append(chain)
    return kept


def _is_list_of_words(text: str, chain: Sequence[Mark]) -> bool:
    """(1)甲、(2)乙 inside a sentence lists words, not asks."""
    gaps = [b.start - a.end for a, b in zip(chain, chain[1:], strict=False)]
    return max(gaps) < _MIN_ASK


def _numbered(text: str, groups: Sequence[Sequence[Mark]]) -> tuple[Found, ...]:
    marks = sorted((m for group in groups for m in group), key=lambda m: m.start)
    found: list[Found] = []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(text)
        if item := _trim(text, mark.end, end):
            found.append(item)
    return tuple(found)


def _by_paragraphs(text: str) -> tuple[Found, ...]:
    """Several paragraphs without numbers that each ask for something."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if len(m.group().strip()) >= _MIN_ASK]
    asking = cue_pattern("proposal", "asking", "strong")
    weak = cue_pattern("proposal", "asking", "weak")
    found: list[Found] = []
    for line in lines:
        asks = asking.search(line.group()) or weak.search(line.group())
        if not asks or _is_intro(line.group()):
            continue
        if item := _trim(text, line.start(), line.end()):
            found.append(item)
    return tuple(found)


def _by_sentences(text: str) -> tuple[Found, ...]:
    """Each sentence that opens with 建议 or 希望 begins an ask; what follows belongs to
    it. Without such sentences, the first that says 应 or 需要 begins the one ask."""
    spans = _sentence_spans(text)
    strong = cue_pattern("proposal", "asking", "strong")
    starts = [a for a, b in spans if _opens(strong, text[a:b])]
    if not starts:
        weak = cue_pattern("proposal", "asking", "weak")
        starts = [a for a, b in spans if weak.search(text[a:b])][:1]
    found: list[Found] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        if item := _trim(text, start, end):
            found.append(item)
    return tuple(found)


def _opens(pattern: re.Pattern[str], sentence: str) -> bool:
    """Say whether a cue stands at the start of one of the sentence's first clauses."""
    clauses = re.split(r"[，,]", sentence.strip())[:3]
    return any(pattern.match(clause.strip()) for clause in clauses)


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    offset = 0
    for sentence in split_sentences(text):
        spans.append((offset, offset + len(sentence)))
        offset += len(sentence)
    return spans


def _is_intro(text: str) -> bool:
    return len(text) < 120 and text.rstrip().endswith(("：", ":"))


def _trim(text: str, start: int, end: int) -> Found | None:
    """Return the span without white space and stray punctuation at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \n\t　，、：:。；;.．"))
    body = piece[left:].rstrip(" \n\t　")
    body = re.sub(r"[；;，、]$", "", body)
    if len(re.sub(r"\W", "", body)) < 4:
        return None
    return Found(start + left, start + left + len(body), body)


def _without_tail(text: str) -> str:
    """Cut thanks, requests to consider, and signatures off the end."""
    text = _SIGNATURE.sub("", text)
    for match in cue_pattern("proposal", "thanks", "phrases").finditer(text):
        rest = text[match.start() :]
        begins = match.start() == 0 or text[match.start() - 1] in "。！；\n "
        if begins and len(rest) < 80:
            return text[: match.start()].rstrip()
    return text.rstrip()

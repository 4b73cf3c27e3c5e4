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
# 加强领导：… at a line's or sentence's start; 加强组织领导 as a line
_COLON_HEADING = re.compile(
    r"(?:^|(?<=[\n。；]))\s*([^\n。；，：、“《（]{4,30}(?:，[^\n。；，：“《（]{4,20})?：)(?!“|《)"
)
_LINE_HEADING = re.compile(r"(?:^|(?<=\n))[^\n。；：，]{4,36}(?=\n[^\n]{30})")
# 应 · 应当 · 必须 · 要加强; not 应用, 需求, 主要
_MODAL = re.compile(
    r"应(?:当|该)?(?![用急届对收变运力聘答激纳])|必须|亟需|急需|需要?(?=[加建完进推提设制出])"
    r"|(?:^|[，。；])(?:还|也|就|政府|我省|我市|各地)?要(?![求点素闻是])"
)
# 要建立政府、社区… as a sentence's opening
_MUST = re.compile(
    r"(?:还|也|就)?(?:要|应当?|应该|必须|需要?)(?=[建完加推引鼓明组设制出提健强把将对由])"
)
_FACT = re.compile(
    r"当前|目前|据|近年来|由于|随着|虽然|尽管|一方面|另一方面则|历年来|事实上|例如|比如|如"
)
_SIGNATURE = re.compile(
    r"\n?(?:[-—–]{2,}\s*[\u4e00-\u9fff]{2,4}|(?:提案人|建议人|联系人|执笔人?)[：:].{0,40})\s*$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An ask as a span of the text it was found in; ``start`` is behind its number."""

    start: int
    end: int
    text: str


def split_asks(text: str, *, labelled: bool = True) -> tuple[tuple[Found, ...], str]:
    """Return the asks in the part of a proposal that asks, and how they were found:
    ``numbers``, ``paragraphs``, ``sentences`` or ``whole``. Spans index ``text``.
    ``labelled`` says that the text is known to be that part; in a whole proposal only
    numbers and sentences count, for its paragraphs tell facts too."""
    text = _without_tail(text)
    groups = top_groups(text)
    if groups:
        found = _numbered(text, groups)
        if len(found) > 1:
            return found, "numbers"
    if labelled:
        if len(found := _by_headings(text)) > 1 or len(found := _by_paragraphs(text)) > 1:
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
        if not inside and not _is_announced(text, kept[-1][-1], chain[0]):
            kept.append(chain)
    return kept


def _is_announced(text: str, item: Mark, first: Mark) -> bool:
    """The last item says 开展下列专项工作： and a new 1 follows: it belongs to the item."""
    between = text[item.end : first.start].rstrip()
    return between.endswith("：") and len(between) >= _MIN_ASK


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
    return _without_closing(found)


def _without_closing(found: list[Found]) -> tuple[Found, ...]:
    """Take off the last ask what only closes the text: a paragraph of its own that asks
    for nothing, or last sentences such as 总之，… and 相信…"""
    if not found:
        return ()
    last = found[-1]
    one_liners = not any("\n" in item.text for item in found[:-1])
    head, newline, tail = last.text.rpartition("\n")
    if newline and one_liners and len(found) > 1 and not _asks_something(tail):
        last = Found(last.start, last.start + len(head.rstrip()), head.rstrip())
    closing = cue_pattern("proposal", "thanks", "closing")
    for start, _ in _sentence_spans(last.text)[1:]:
        rest = last.text[start:]
        if closing.match(rest.lstrip()) and len(rest) < 220 and not _asks_something(rest):
            kept = last.text[:start].rstrip()
            last = Found(last.start, last.start + len(kept), kept)
            break
    return (*found[:-1], last)


def _asks_something(text: str) -> bool:
    return bool(re.search(r"建议|应当|应该|要求|提请", text))


def _by_headings(text: str) -> tuple[Found, ...]:
    """Headings without numbers divide the asks: 加强领导：… or a short line of its own."""
    colon = [m.start(1) for m in _COLON_HEADING.finditer(text)]
    lines = [m.start() for m in _LINE_HEADING.finditer(text)]
    starts = colon if len(colon) > 1 else lines
    if len(starts) < 2 or starts[0] > len(text) / 2:
        return ()
    ends = [*starts[1:], len(text)]
    found = (_trim(text, a, b) for a, b in zip(starts, ends, strict=True))
    return tuple(item for item in found if item)


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
    """Sentences that open with 建议 or 希望 begin an ask each, and so do those that add
    to it (此外，应…); what follows belongs to the ask before. Without such sentences
    every sentence of doing (加强…, …应…) begins one."""
    spans = _sentence_spans(text)
    kinds = [_sentence_kind(text[a:b]) for a, b in spans]
    begins: list[int] = []
    for number, kind in enumerate(kinds):
        first = not begins
        after_heading = (
            bool(begins) and begins[-1] == number - 1 and _is_short(text, spans[number - 1])
        )
        if kind == "strong" and not after_heading:
            begins.append(number)
        elif kind == "further" and not first:
            begins.append(number)
        elif kind in ("doing", "verb") and ("strong" not in kinds or first and kind == "verb"):
            begins.append(number)
    if not begins:
        return ()
    starts = [spans[n][0] for n in begins]
    ends = [*starts[1:], len(text)]
    found = [item for a, b in zip(starts, ends, strict=True) if (item := _trim(text, a, b))]
    return _without_closing(found)


def _sentence_kind(sentence: str) -> str:
    """Return strong (建议…), further (此外，应…), verb (加强…), doing (…应…) or other."""
    bare = sentence.strip()
    if _opens(cue_pattern("proposal", "asking", "strong"), bare):
        return "strong"
    if _MUST.match(bare):
        return "further"
    if _FACT.match(bare):
        return "other"
    further = cue_pattern("proposal", "asking", "further").match(bare)
    rest = bare[further.end() :].lstrip("，, ") if further else bare
    modal = _MODAL.search(rest)
    imperative = cue_pattern("proposal", "asking", "imperative").match(rest)
    if further and (modal or imperative):
        return "further"
    if imperative:
        return "verb"
    return "doing" if modal else "other"


def _is_short(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] <= 26


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


# 第二方面，… · 另一方面，…: counts like a number
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九](?:个?方面|点|条)?|另一方面)[，、：:]\s*")


def _trim(text: str, start: int, end: int) -> Found | None:
    """Return the span without white space and stray punctuation at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \n\t　，、：:。；;.．"))
    if ordinal := _ORDINAL.match(piece, left):
        left = ordinal.end()
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

"""Cut a paragraph into runs: where sentences, slots, findings and copied words begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from replygen.language.slots import find_slots
from replygen.models import Block, Finding, Sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with one look. ``sentence`` is its position in the block;
    ``findings`` are those that cover it."""

    start: int
    end: int
    sentence: int
    bold: bool
    slot: bool
    findings: tuple[Finding, ...]


def split_slots(sentence: Sentence) -> tuple[tuple[int, int, bool], ...]:
    """Return (start, end, is a slot) stretches that make up the sentence's text."""
    spans = [(s.start, s.end) for s in find_slots(sentence.text)]
    at = 0
    for slot in sentence.slots:
        start = sentence.text.find(slot.text, at)
        if start < 0 or not slot.text:
            continue
        at = start + len(slot.text)
        if not any(s < at and start < e for s, e in spans):
            spans.append((start, at))
    edges = sorted({0, len(sentence.text), *(e for span in spans for e in span)})
    return tuple(
        (a, b, any(s <= a and b <= e for s, e in spans))
        for a, b in zip(edges, edges[1:], strict=False)
    )


def split_block(
    block: Block, findings: Sequence[Finding] = (), *, cuts: Sequence[int] = ()
) -> tuple[Piece, ...]:
    """Return the pieces that make up the block's text, in order, none empty. ``findings``
    are those of this paragraph; a span outside its text is cut to it. ``cuts`` are further
    places where a piece must end."""
    length = len(block.text)
    marks = [(f, *_clamp(f, length)) for f in findings]
    edges = {*cuts, *(e for _, start, end in marks for e in (start, end))}
    pieces, offset = [], 0
    for number, sentence in enumerate(block.sentences):
        for start, end, slot in split_slots(sentence):
            ends = sorted({start, end, *(e - offset for e in edges if start < e - offset < end)})
            for a, b in zip(ends, ends[1:], strict=False):
                over = tuple(f for f, s, e in marks if s < offset + b and offset + a < e)
                pieces.append(Piece(offset + a, offset + b, number, sentence.bold, slot, over))
        offset += len(sentence.text)
    return tuple(pieces)


def cut_at_findings(
    text: str, findings: Sequence[Finding]
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Yield the pieces of a text, each with the findings that cover it; one without a place
    covers nothing."""
    spans = [(f.where.start, f.where.end, f) for f in findings if f.where is not None]
    cuts = {0, len(text)} | {c for start, end, _ in spans for c in (start, end)}
    for start, end in pairwise(sorted(c for c in cuts if 0 <= c <= len(text))):
        yield text[start:end], tuple(f for s, e, f in spans if s <= start and end <= e)


def cut_at_runs(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, each with whether it lies in one of the ``runs``."""
    inside = [False] * len(text)
    for start, end in runs:
        inside[start:end] = [True] * (min(end, len(text)) - start)
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and inside[end] == inside[at]:
            end += 1
        yield text[at:end], inside[at]
        at = end


def _clamp(finding: Finding, length: int) -> tuple[int, int]:
    """The finding's span in the paragraph; an empty one means the whole of it."""
    if finding.where is None:
        return 0, length
    start = min(max(finding.where.start, 0), length)
    end = min(max(finding.where.end, 0), length)
    return (start, end) if start < end else (0, length)

"""What of a draft's paragraph and of a precedent near it is the same, in pieces."""

from __future__ import annotations

from collections.abc import Iterable

from replygen.checking.comparison import COPIED as _COPIED

_LONG = 120  # letters from which a stretch of the precedent that differs is cut short


def cut_runs(text: str, spans: Iterable[tuple[int, int]], other: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with what it is: ``same`` or, in a long run, ``copied``
    as the other text has it; ``other`` (``ins``, ``del``) between them; "" without words.
    Long stretches that a precedent alone has are cut short."""
    pieces, at = list[tuple[str, str]](), 0
    for start, end in sorted(spans):
        start, end = _leave_numbers(text, max(start, at), min(end, len(text)))
        if start >= end:
            continue
        pieces.append(_differ(text[at:start], other))
        pieces.append((text[start:end], "copied" if end - start >= _COPIED else "same"))
        at = end
    pieces.append(_differ(text[at:], other))
    return [piece for piece in pieces if piece[0]]


def _leave_numbers(text: str, start: int, end: int) -> tuple[int, int]:
    """A run without the pieces of numbers at its ends: of 98.7% and 97.6% no 9 is the same."""

    def inside(at: int) -> bool:
        return 0 < at < len(text) and all(c.isdigit() or c == "." for c in text[at - 1 : at + 1])

    while start < end and inside(start):
        start += 1
    while start < end and inside(end):
        end -= 1
    return start, end


def _differ(text: str, other: str) -> tuple[str, str]:
    if other == "del" and len(text) > _LONG:
        kept = _LONG // 3
        text = f"{text[:kept]}……（略 {len(text) - 2 * kept} 字）……{text[-kept:]}"
    return text, other if any(c.isalnum() for c in text) else ""

"""How wide a text is, and where that puts the sign-off, the letterhead and the title.

All lengths are points (1/72 inch) unless a name says twips (1/20 point).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.word.styles import LINE, TEXT_WIDTH, TIGHTEN

_WIDE = frozenset("WFA")
# Of a CJK glyph, how much of the size stands above and below the baseline; measured on
# 方正小标宋 and Noto Serif CJK within 0.02.
_ABOVE, _BELOW = 0.85, 0.10
# Word and LibreOffice put the baseline of an exact line at 80 % of its height.
_BASELINE = 0.8
_MM = 72 / 25.4
_LEAST_HEAD = 30.0  # points; below this a letterhead looks like text, so it is narrowed
_HEADER_TOP = 20 * _MM  # w:header of the templates


def measure_text(text: str, *, size: float = 16, tighten: int = TIGHTEN) -> float:
    """Return the width of one line of ``text`` in points: CJK and the marks that a Chinese
    font draws full width count 1, others half."""
    units = sum(1.0 if unicodedata.east_asian_width(c) in _WIDE else 0.5 for c in text)
    return units * size + len(text) * tighten / 20


def place_signature(unit: str, date: str) -> tuple[int, int]:
    """Return the right indents of unit and date in twips: the date stands four
    characters from the right, the unit centred over it (GB/T 9704—2012 7.3.5.1). A unit
    too long for that goes to the margin and moves the date with it."""
    unit_width, date_width = measure_text(unit), measure_text(date)
    date_right = 4 * 16.0
    unit_right = date_right + (date_width - unit_width) / 2
    if unit_right < 0:
        date_right, unit_right = date_right - unit_right, 0.0
    if unit_width > TEXT_WIDTH:  # it wraps; centring over the date means nothing
        date_right = 4 * 16.0
    return round(unit_right * 20), round(date_right * 20)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Type of the letterhead: ``size`` and ``before`` in points, ``spread`` in twips
    between characters, ``scale`` the width of a glyph in per cent, ``line`` its exact
    height in points, ``gap`` whole points from the line's end to the rule below."""

    size: float
    spread: int
    scale: int
    line: float
    before: float
    gap: int


def fit_letterhead(text: str, *, top: float, largest: float) -> Letterhead:
    """Return the type that sets ``text`` on one line of 156 mm with its upper edge
    ``top`` mm below the page's edge, and the rule 4 mm under it (GB/T 9704—2012 7.2.4,
    10.1). The standard leaves the size open; short names are spread, long ones narrowed."""
    count = max(len(text), 1)
    size = min(largest, max(int(2 * TEXT_WIDTH / count) / 2, _LEAST_HEAD))
    scale = min(100, int(100 * TEXT_WIDTH / (count * size)))
    spread = min(0.4 * size, (0.86 * TEXT_WIDTH - count * size) / count)
    line = 1.25 * size
    baseline = _BASELINE * line
    before = top * _MM - _HEADER_TOP - (baseline - _ABOVE * size)
    under = line - baseline - _BELOW * size
    return Letterhead(
        size=size,
        spread=max(round(spread * 20), 0),
        scale=scale,
        line=line,
        before=max(before, 0.0),
        gap=max(round(4 * _MM - under), 0),
    )


def skip_lines(lines: int, blanks: int) -> int:
    """Return the space before a paragraph in twips, less the blank paragraphs that the
    draft already has there."""
    return max(lines - blanks, 0) * LINE


# Where a title may turn to its next line, best first, and what each costs (7.3.1: 回行时
# 词意完整): 「…第三次会议|第0126号提案」, 「…局|关于…」; 「…第0126号|提案」, 「…的|答复」;
# anywhere else a word may be broken.
_TURNS = (
    (re.compile(r"(?<=会议)(?=第)|(?<=[局厅委办府院会])(?=关于|对)"), 0.0),
    (re.compile(r"(?<=号)(?=提案|建议|（)|(?<=）)(?=提案|建议)|(?<=届)|(?<=委员会)"), 1.0),
    (
        re.compile(
            r"(?=提案|建议|答复|第\d|第[一二三四五六七八九十]+次)|(?<=的)|(?<=关于)|(?<=[、，》])"
        ),
        2.0,
    ),
)
_BROKEN, _EXTRA_LINE, _RAGGED = 6.0, 8.0, 12.0


def balance_title(title: str, *, size: float = 22) -> int:
    """Return the indent in twips, for both sides, that turns a title of more than one
    line where its words end and keeps the lines alike in length; 0 for one line."""
    widths = [measure_text(c, size=size, tighten=0) for c in title]
    total = sum(widths)
    if total <= TEXT_WIDTH:
        return 0
    fewest = -int(-total // TEXT_WIDTH)
    costs = _cost_turns(title)
    best, lowest = TEXT_WIDTH, float("inf")
    limit = TEXT_WIDTH
    while limit >= total / (fewest + 1):
        turns, longest, last = _break_lines(widths, limit)
        cost = sum(costs[t] for t in turns) + _EXTRA_LINE * (len(turns) + 1 - fewest)
        cost += _RAGGED * (longest - last) / longest
        if cost < lowest:
            best, lowest = longest, cost
        limit = longest - 1  # the next narrower way to break
    # A quarter of a character to spare, so that rounding turns no character early.
    return max(int((TEXT_WIDTH - best - size / 4) / 2 * 20), 0)


def _cost_turns(title: str) -> list[float]:
    costs = [_BROKEN] * len(title)
    for pattern, cost in _TURNS:
        for match in pattern.finditer(title):
            at = match.start()
            if at < len(title):
                costs[at] = min(costs[at], cost)
    return costs


def _break_lines(widths: Sequence[float], limit: float) -> tuple[list[int], float, float]:
    """Fill lines up to ``limit``; return where they turn, the longest and the last."""
    turns, longest, line = [], 0.0, 0.0
    for at, width in enumerate(widths):
        if line + width > limit and line:
            turns.append(at)
            longest, line = max(longest, line), 0.0
        line += width
    return turns, max(longest, line), line

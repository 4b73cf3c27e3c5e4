"""How wide a text is, and where that puts the sign-off, the letterhead and the title.

All lengths are points (1/72 inch) unless a name says twips (1/20 point).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from replygen.export.styles import LINE, TEXT_WIDTH, TIGHTEN

_WIDE = frozenset("WFA")
_CHARACTER = 16 + TIGHTEN / 20  # one character of 16 pt body text with its spacing

# Of a CJK glyph, how much of the size stands above and below the baseline; measured on
# 方正小标宋 and Noto Serif CJK within 0.02.
_ABOVE, _BELOW = 0.85, 0.10
# Word and LibreOffice put the baseline of an exact line at 80 % of its height.
_BASELINE = 0.8
_MM = 72 / 25.4
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
    between characters, ``line`` its exact height in points, ``gap`` whole points from
    the line's end to the rule below."""

    size: float
    spread: int
    line: float
    before: float
    gap: int


def fit_letterhead(text: str, *, top: float, largest: float) -> Letterhead:
    """Return the type that sets ``text`` on one line of 156 mm with its upper edge
    ``top`` mm below the page's edge, and the rule 4 mm under it (GB/T 9704—2012 7.2.4,
    10.1). The standard leaves the size open; short names are spread."""
    count = max(len(text), 1)
    size = min(largest, int(2 * TEXT_WIDTH / count) / 2)
    size = max(size, 14.0)
    spread = min(0.4 * size, (0.86 * TEXT_WIDTH - count * size) / count)
    line = 1.25 * size
    baseline = _BASELINE * line
    before = top * _MM - _HEADER_TOP - (baseline - _ABOVE * size)
    under = line - baseline - _BELOW * size
    return Letterhead(
        size=size,
        spread=max(round(spread * 20), 0),
        line=line,
        before=max(before, 0.0),
        gap=max(round(4 * _MM - under), 0),
    )


def skip_lines(lines: int, blanks: int) -> int:
    """Return the space before a paragraph in twips, less the blank paragraphs that the
    draft already has there."""
    return max(lines - blanks, 0) * LINE


# Where a title may turn to its next line, best first: 「…第三次会议|第0126号提案」,
# 「…第0126号|提案的答复」, 「关于|对…」 (7.3.1: 回行时词意完整).
_TURNS = (
    re.compile(r"(?<=会议)(?=第)"),
    re.compile(r"(?<=会议)|(?<=号)(?=提案|建议)|(?<=局|厅|委|办)(?=关于|对)"),
    re.compile(r"(?=提案|建议|答复|第\d)|(?<=的)|(?<=关于)|(?<=[、，》）])"),
)


def balance_title(title: str, *, size: float = 22) -> int:
    """Return the indent in twips, for both sides, that turns a title of more than one
    line where its words end and keeps the lines alike in length; 0 for one line."""
    total = measure_text(title, size=size, tighten=0)
    if total <= TEXT_WIDTH or total > 2 * TEXT_WIDTH - size:
        return 0
    least = total / 2 - size / 4
    for turns in _TURNS:
        widths = [
            width
            for m in turns.finditer(title)
            if least <= (width := measure_text(title[: m.start()], size=size, tighten=0))
            and width <= min(TEXT_WIDTH, total * 0.68)
        ]
        if widths:
            # A quarter of a character to spare, so that rounding turns no character early.
            return max(int((TEXT_WIDTH - min(widths) - size / 4) / 2 * 20), 0)
    return max(int((TEXT_WIDTH - least - size) / 2 * 20), 0)

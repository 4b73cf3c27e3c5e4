"""What a reader of a page does not see: type in the colour of the paper, type too small.

Text that only programs find may carry instructions to them, so it is none of the document's.
"""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)
TINY = 2.0
"""Points: the smallest type in print is 5."""
# Of the WCAG's contrast, 1 to 21. White on white is 1, the palest grey of Word's palette
# (F2F2F2) 1.12; a watermark's grey (D9D9D9), which people see, 1.41.
_CONTRAST = 1.2


def is_same_tone(one: Colour, other: Colour) -> bool:
    """Return whether one colour cannot be told from the other on paper."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05) < _CONTRAST


def read_hex(text: str | None) -> Colour | None:
    """Return the colour of ``FFFFFF``, ``#fff`` or, whatever its opacity, ``#ffff``; None for
    anything else."""
    bare = (text or "").strip().lstrip("#")
    if re.fullmatch(r"[0-9A-Fa-f]{3,4}", bare):
        bare = "".join(c * 2 for c in bare)
    bare = bare[:6] if len(bare) == 8 else bare
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", bare):
        return None
    return int(bare[:2], 16), int(bare[2:4], 16), int(bare[4:], 16)


def count_text(text: str | None) -> int:
    """Return how many characters of a text are no white space."""
    return sum(not c.isspace() for c in text or "")


def _luminance(colour: Colour) -> float:
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

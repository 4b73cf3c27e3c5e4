"""Chinese numerals in dates and sessions, and dates as ISO strings."""

from __future__ import annotations

import re

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
}
_UNITS = "零一二三四五六七八九"
# 2024年6月27日 · 二○一九年七月十日 · 2024-06-06 · 2024.6.6 · 2024/6/6
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|[一二][一二三四五六七八九〇○零Ｏ0]{3}) ?[年\-./] ?"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3}) ?[月\-./] ?(?P<d>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3}) ?日?"
)


def find_date(text: str) -> str | None:
    """Return the first full date in the text as YYYY-MM-DD, or ``None``. A date that
    the calendar does not have is none."""
    for match in _DATE.finditer(text):
        year = "".join(_DIGITS.get(c, c) for c in match["y"])
        month, day = to_int(match["m"]), to_int(match["d"])
        if month and day and 1 <= month <= 12 and 1 <= day <= 31:
            return f"{int(year):04d}-{month:02d}-{day:02d}"
    return None


def find_dates(text: str) -> tuple[str, ...]:
    """Return all full dates of a text, in order."""
    found = (find_date(m.group()) for m in _DATE.finditer(text))
    return tuple(date for date in found if date)


def to_int(text: str) -> int | None:
    """Return the value of 14, 十四 or 二十三; ``None`` for what is no such number."""
    if text.isdecimal():
        return int(text)
    if not re.fullmatch(r"[一二三四五六七八九]?(?:十[一二三四五六七八九]?)?", text) or not text:
        return None
    head, ten, tail = text.partition("十")
    value = (_UNITS.index(head) if head else 1) * 10 if ten else _UNITS.index(head)
    return value + (_UNITS.index(tail) if tail else 0)

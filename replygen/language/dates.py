"""Full dates in every writing as ISO strings."""

from __future__ import annotations

import re

from replygen.language.numerals import read_numeral

# 2024年6月27日 · 二○一九年七月十日 · 2024-06-06 · 2024.6.6 · 2024/6/6
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|[一二][一二三四五六七八九〇○零Ｏ0]{3}) ?[年\-./] ?"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3}) ?[月\-./] ?(?P<d>\d{1,2}"
    r"|[一二三四五六七八九十]{1,3}) ?日?"
)


def tell_date(day: str) -> str:
    """Return a day (2026-09-05) as it is written in a letter: 2026年9月5日."""
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"


def find_date(text: str) -> str | None:
    """Return the first full date in the text as YYYY-MM-DD, or ``None``. A date that
    the calendar does not have is none."""
    for match in _DATE.finditer(text):
        year, month, day = (read_numeral(match[part]) for part in "ymd")
        if year and month and day and month <= 12 and day <= 31:
            return f"{year:04d}-{month:02d}-{day:02d}"
    return None


def find_dates(text: str) -> tuple[str, ...]:
    """Return all full dates of a text, in order."""
    found = (find_date(m.group()) for m in _DATE.finditer(text))
    return tuple(date for date in found if date)

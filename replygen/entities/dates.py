"""Dates, years and spans of time in every writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate
from replygen.entities.tables import read_table
from replygen.language.numerals import read_numeral
from replygen.language.tense import judge_tense

_CN = "〇○零一二三四五六七八九十"
_PART = (
    r"(?:上半年|下半年|年底|年初|年末|年中|底前|底|初|中旬|上旬|下旬|末|"
    r"[一二三四1-4]季度|第[一二三四1-4]季度|度)"
)
_TAIL = r"(?:以来|之前|以前|期间|前|起|后|间|来)?"
# 2023年, 2023年4月, 2023 年 4 月 15 日, 2025年底前, 2023年上半年, 二〇二三年四月.
_YEAR = re.compile(
    rf"(?<!\d)((?:19|20)\d\d|[一二][〇○零九][{_CN}]{{2}})\s*(?:年\s*)?(?<=年)?"
    rf"(?:[-—~～至、]\s*((?:19|20)\d\d)\s*)?年"
    rf"(?:\s*({_CN[:0]}[{_CN}]{{1,3}}|\d{{1,2}})\s*月(?:\s*([{_CN}]{{1,3}}|\d{{1,2}})\s*[日号])?)?"
    rf"\s*(?P<part>{_PART})?{_TAIL}"
)
# 2020—2023年, 2020年至2023年.
_SPAN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年?\s*[-—－~～至到]\s*((?:19|20)\d\d)\s*年(?:度|期间|底)?"
)
# 2023-04-01, 2023.4.1, 2023/04/01, 2023-04.
_NUMERIC = re.compile(r"(?<![\d.])((?:19|20)\d\d)([-./])(\d{1,2})(?:\2(\d{1,2}))?(?![\d.])")
# 4月15日, 6月底前, 十二月, 9至11月.
_MONTH = re.compile(
    rf"(?<!\d)([{_CN}]{{1,3}}|\d{{1,2}})(?:[-—至、]\d{{1,2}})?\s*月(?!饼|球|嫂)"
    rf"(?:\s*([{_CN}]{{1,3}}|\d{{1,2}})\s*[日号])?(?:份)?\s*(?:上旬|中旬|下旬|底前|底|初|末)?{_TAIL}"
)
_DAY = re.compile(r"(?<![\d月])(\d{1,2})日(?!常|益|均)")
# 今年以来, 去年同期, 上年度, 近三年, 过去五年, 最近5年来, 年初以来, 截至目前.
_RELATIVE = re.compile(
    rf"(?:今年|去年|前年|明年|后年|上年|本年|当年|上一年|下一年)度?(?:五一|国庆|春节|中秋|元旦|端午|暑期|汛期)?"
    rf"(?:[{_CN}\d]+月份?)?(?:同期|年底|年初|以来|上半年|下半年|底前|底|初|[一二三四1-4]季度)?{_TAIL}"
    rf"|(?:近|最近|过去|今后|未来|前|连续|此后)[{_CN}两几\d]{{1,3}}(?:年|个月|个季度|季度)(?:多|内|间|以来|来)?"
    r"|年初以来|截至目前|截止目前|截至[^，。；\d]{0,2}(?=\d)|年底前|年内|上半年|下半年"
    r"|第[一二三四1-4]季度|[一二三四]季度|本月|上月|上个月|上周|本周|上一周|上个季度|昨[天日]|本季度|上季度"
)
# “十四五”, “十四五”时期, 十三五规划期, 第十四个五年规划.
_PLAN = re.compile(
    r"[“\"‘]?(十[一二三四五六七]五)[”\"’]?(?:时期|期间|末|以来)?|第十[一二三四五六七]个五年规划"
)
_HINT = re.compile(r"[年月日季周昨\d]|五|截[至止]|前天")


def _iso(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    numbers = [read_numeral(part) if part else None for part in (year, month, day)]
    if year and numbers[0] is None:
        return None
    if month and not 1 <= (numbers[1] or 0) <= 12 or day and not 1 <= (numbers[2] or 0) <= 31:
        return None
    head = f"{numbers[0]:04d}" if year else "-"
    parts = [head] + [f"{n:02d}" for n in numbers[1:] if n is not None]
    return "-".join(parts)


def normalise_date(text: str) -> str | None:
    """The ISO date, month or year (2023-04-01, 2023-04, 2023), ``--04-15`` for a day without a
    year, ``2020/2023`` for a span, the word itself for a relative date; ``None`` for no date."""
    text = text.strip()
    for pattern in (_PLAN, _SPAN, _NUMERIC, _YEAR, _MONTH, _RELATIVE):
        match = pattern.fullmatch(text)
        if match:
            return _normal(pattern, match)
    return None


def _normal(pattern: re.Pattern[str], match: re.Match[str]) -> str | None:
    if pattern is _PLAN:
        return match.group(1) or match.group()
    if pattern is _SPAN:
        return f"{match.group(1)}/{match.group(2)}"
    if pattern is _NUMERIC:
        return _iso(match.group(1), match.group(3), match.group(4))
    if pattern is _YEAR:
        if match.group(2):
            return f"{match.group(1)}/{match.group(2)}"
        whole = _iso(match.group(1), match.group(3), match.group(4))
        part = match["part"] or ""
        return f"{whole}-{part}" if whole and part.endswith(("季度", "半年")) else whole
    if pattern is _MONTH:
        return _iso(None, match.group(1), match.group(2))
    return re.sub(r"\s", "", match.group())


_NEAR = 8  # characters beside a day that say what it is kept for


def _is_kept_by_all(text: str, start: int, end: int, normal: str) -> bool:
    """True for a day of the whole country beside what it is for: 11月9日消防宣传."""
    words = _national_days().get(normal.removeprefix("--"), ())
    if judge_tense(re.split("[，。；]", text[end:])[0]).report:  # what was done then
        return False
    near = f"{text[max(0, start - _NEAR) : start]}，{text[end : end + _NEAR]}"
    return any(word in near for word in words)


@lru_cache(maxsize=1)
def _national_days() -> dict[str, tuple[str, ...]]:
    return {day: tuple(words.split()) for day, words in read_table("national_days.tsv")}


def find_dates(text: str) -> Iterator[Candidate]:
    """Dates, years and spans in ``text``; plan periods (“十四五”) are national."""
    if not _HINT.search(text):
        return
    for pattern in (_PLAN, _SPAN, _NUMERIC, _YEAR, _MONTH, _RELATIVE):
        for match in pattern.finditer(text):
            normal = _normal(pattern, match)
            if normal is None or not match.group():
                continue
            kept = pattern is _PLAN or _is_kept_by_all(text, *match.span(), normal)
            scope = "national" if kept else "unknown"
            yield Candidate("date", match.start(), match.end(), normal, scope, 5)  # type: ignore[arg-type]
    for match in _DAY.finditer(text):
        if 1 <= int(match.group(1)) <= 31:
            yield Candidate("date", *match.span(), f"---{int(match.group(1)):02d}", "unknown", 5)

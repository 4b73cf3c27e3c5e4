"""The figures of a rule: 五万元以上十万元以下, 七个工作日, 每两年, 三分之二, 过半数."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from replygen.language.numerals import read_decimal
from replygen.laws.tables import read_toml

_NUMERAL = (
    r"(?:半(?=个月|年|日|天)|\d+(?:\.\d+)?[万亿]?"
    r"|[〇零一二两三四五六七八九十百千万亿]+(?:点[一二三四五六七八九]+)?)"
)
# 百分之八十, 三分之二, 80%
_SHARE = re.compile(rf"{_NUMERAL}分之{_NUMERAL}|\d+(?:\.\d+)?[%％]")
# 五万元以上十万元以下: the unit of the first may be left out (五至十万元 is not read)
_PART = re.compile(r"第[\d〇零一二三四五六七八九十百千]+[条款项章节编天]")

TIMES = frozenset(("日", "工作日", "月", "年", "小时", "时", "周", "分钟"))  # units


class Figure(NamedTuple):
    """``value`` in digits, ``unit`` in the one spelling in which units are compared (天 is
    日, 周岁 is 岁, 每年 is 每 with 年), ``text[start:end]`` where it stands."""

    value: str
    unit: str
    start: int
    end: int


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order; numbers of articles and of lists are none."""
    blank = _PART.sub(lambda m: "□" * len(m.group()), text)
    found = [Figure(_read_share(m.group()), "%", *m.span()) for m in _SHARE.finditer(blank)]
    for word, value in _table().words:
        found += [Figure(value, "%", m.start(), m.end()) for m in re.finditer(word, blank)]
    taken = [(f.start, f.end) for f in found]
    for match in _table().pattern.finditer(blank):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        figure = _read_figure(match)
        if figure is not None:
            found.append(figure)
    return tuple(sorted(found, key=lambda f: f.start))


def _read_figure(match: re.Match[str]) -> Figure | None:
    every, numeral, unit = match.groups()
    if not every and not numeral:
        return None
    number = read_decimal("0.5" if numeral == "半" else numeral or "一")
    if number is None:
        return None
    value = f"{number.normalize():f}"
    unit = _table().same.get(unit, unit)
    if (numeral, unit) == ("半", "年"):
        return Figure("6", "月", *match.span())
    return Figure(value, f"每{unit}" if every else unit, *match.span())


def _read_share(text: str) -> str:
    """百分之八十 and 80% -> 80/100, 三分之二 -> 2/3."""
    whole, _, part = text.rpartition("分之")
    if not whole:
        whole, part = "100", text.rstrip("%％")
    return f"{read_decimal(part)}/{read_decimal(whole)}"


class _Table(NamedTuple):
    pattern: re.Pattern[str]
    same: dict[str, str]
    words: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = read_toml("rules.toml")["figures"]
    same = {other: unit for unit, others in table["same"].items() for other in others}
    units = sorted({*table["units"], *same, *table["same"]}, key=len, reverse=True)
    unit = "|".join(map(re.escape, units))
    return _Table(
        re.compile(rf"(每)?({_NUMERAL})?余?({unit})(?![{table['not_before']}])"),
        same,
        tuple(table["words"].items()),
    )

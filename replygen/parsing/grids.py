"""Tables that list the asks: 序号 | 建议事项 | 理由, one ask a row, as numbered lines.

A table is read cell by cell and nothing tells where a row ends; the words of its first row
and the numbers in its first column do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from replygen.language.numerals import read_numeral
from replygen.models import Paragraph

_COUNT = re.compile(r"(?:序\s*号|编\s*号|号|项\s*次|条\s*目|No\.?)")
_ASK = re.compile(
    r"[^，。]{0,6}(?:建议|诉求|对策|意见)(?:的?(?:事项|内容|措施|名称|要点|项目|举措))?"
)
# 理由, 存在问题, 责任单位, 完成时限: what else a row tells
_BESIDE = re.compile(
    r"[^，。]{0,6}(?:理由|依据|原因|现状|问题|情况|背景|说明|备注|效果|成效|目标|意义|单位|部门|时限|时间|期限|类别|领域|方面|事项|主题|项目)(?:[及和与][^，。]{1,6})?"
)
_BAR = re.compile(r"\s*[|｜]\s*")
_LEAST_BARS, _LEAST_LINES = 2, 3
_LONGEST = 14  # characters of a column's name


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of such a table: how many, which holds the ask, whether the first counts."""

    size: int
    ask: int
    counted: bool


def read_grids(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the rows of tables that list asks as lines 1.…, what else
    a row tells as sentences behind its ask; other tables as they are."""
    read: list[Paragraph] = []
    for style, group in groupby(_part_pipes(paragraphs), key=lambda p: p.style):
        run = list(group)
        cells = [p for p in run if p.text.strip()]
        columns = _read_head([_bare(p.text) for p in cells]) if style == "table" else None
        rows = list(_read_rows(cells, columns)) if columns else []
        read += rows or run
    return read


def _part_pipes(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the lines of a table that was typed or pasted with bars
    (序号 | 方面 | 具体建议) as its cells."""
    parted: list[Paragraph] = []
    for bars, group in groupby(paragraphs, key=lambda p: len(_BAR.findall(p.text.strip(" |｜")))):
        run = list(group)
        if bars < _LEAST_BARS or len(run) < _LEAST_LINES or any(p.style == "table" for p in run):
            parted += run
            continue
        for line in run:
            cells = _BAR.split(line.text.strip(" |｜"))
            ruled = all(not cell.strip(" -:—") for cell in cells)  # |---|---|
            parted += [] if ruled else [replace(line, text=c.strip(), style="table") for c in cells]
    return parted


def _read_head(cells: Sequence[str]) -> _Columns | None:
    size = 0
    while size < len(cells) and len(cells[size]) <= _LONGEST and _names_column(cells[size]):
        size += 1
    asks = [n for n in range(size) if _ASK.fullmatch(cells[n])]
    counted = size > 0 and _COUNT.fullmatch(cells[0]) is not None
    if len(asks) != 1 or size < 2 or len(cells) < 2 * size:
        return None
    return _Columns(size, asks[0], counted)


def _names_column(cell: str) -> bool:
    return any(p.fullmatch(cell) for p in (_COUNT, _ASK, _BESIDE))


def _read_rows(cells: Sequence[Paragraph], columns: _Columns) -> Iterator[Paragraph]:
    names = [_bare(p.text) for p in cells[: columns.size]]
    for number, row in enumerate(_part_rows(cells[columns.size :], columns), 1):
        if len(row) <= columns.ask:
            continue
        ask = row[columns.ask].text.strip().rstrip("。；")
        rest = [
            f"{names[n]}：{cell.text.strip().rstrip('。；')}"
            for n, cell in enumerate(row[: columns.size])
            if n != columns.ask and not (n == 0 and columns.counted)
        ]
        text = "。".join((f"{number}.{ask}", *rest))
        yield replace(row[0], text=f"{text}。", style="body", bold=())


def _part_rows(cells: Sequence[Paragraph], columns: _Columns) -> Iterator[Sequence[Paragraph]]:
    """The cells row by row: a row begins with the next number, or is as long as the first."""
    if not columns.counted:
        whole = len(cells) % columns.size == 0
        yield from (cells[n : n + columns.size] for n in range(0, len(cells) * whole, columns.size))
        return
    starts: list[int] = []
    for place, cell in enumerate(cells):
        if read_numeral(cell.text.strip(" .、．")) == len(starts) + 1:
            starts.append(place)
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=False):
        yield cells[start:end]


def _bare(text: str) -> str:
    return re.sub(r"[\s：:]", "", text)

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
# 任务 | 年初计划 | 实际完成 | 备注: what a ledger tells of each task
_TASK = re.compile("(?:工作|重点)?(?:任务|项目|事项|指标|内容)(?:名称)?")
_DONE = re.compile("(?:实际|年度)?(?:完成|执行|落实)(?:情况|数|量|进度|结果)?|实绩")
_OF_LEDGER = re.compile(
    f"{_TASK.pattern}|{_DONE.pattern}|(?:年初|年度|全年)?(?:计划|目标)(?:数|任务)?|备注|单位|责任单位|时限|序号"
)
_NOT_OURS = re.compile("抄录备查|另行|不计入|不列入|仅供")
_OUTER = re.compile(r"^\s*[|｜]|[|｜]\s*$")
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
        rows = _read_table(cells) if style == "table" else []
        read += rows or run
    return read


def _read_table(cells: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the rows of a table that lists asks, or what was done of which task, as lines;
    none of another table."""
    names = [_bare(p.text) for p in cells]
    if columns := _read_head(names):
        return list(_read_rows(cells, columns))
    return list(_read_ledger(cells, names))


def _read_ledger(cells: Sequence[Paragraph], names: Sequence[str]) -> Iterator[Paragraph]:
    """Yield the rows of a ledger (任务 | 年初计划 | 实际完成 | 备注) as what was done; one that is
    another's (抄录备查) is none."""
    size = 0
    while size < len(names) and len(names[size]) <= _LONGEST and _OF_LEDGER.fullmatch(names[size]):
        size += 1
    tasks = [n for n in range(size) if _TASK.fullmatch(names[n])]
    done = [n for n in range(size) if _DONE.fullmatch(names[n])]
    if len(tasks) != 1 or len(done) != 1 or len(cells) % size:
        return
    for start in range(size, len(cells), size):
        row = cells[start : start + size]
        task, told = row[tasks[0]].text.strip(), row[done[0]].text.strip().rstrip("。；")
        if told and not any(_NOT_OURS.search(cell.text) for cell in row):
            text = f"{task}{told}。" if told.startswith(("已", "完成")) else f"完成{task}{told}。"
            yield replace(row[0], text=text, style="body", bold=())


def _part_pipes(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the lines of a table that was typed or pasted with bars
    (序号 | 方面 | 具体建议) as its cells."""
    parted: list[Paragraph] = []
    for bars, group in groupby(paragraphs, key=lambda p: len(_cells(p.text)) - 1):
        run = list(group)
        cells = [cell for line in run for cell in _part_line(line)]
        table = bars >= _LEAST_BARS and len(run) >= _LEAST_LINES
        parted += cells if table and _read_table(cells) else run
    return parted


def _cells(text: str) -> list[str]:
    """The cells of a line, its outer bars off: | 水表轮换 | 9万只 | | has three."""
    return [cell.strip() for cell in _BAR.split(_OUTER.sub("", text))]


def _part_line(line: Paragraph) -> list[Paragraph]:
    cells = _cells(line.text)
    ruled = all(not cell.strip(" -:—") for cell in cells)  # |---|---|
    return [] if ruled else [replace(line, text=cell or "—", style="table") for cell in cells]


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

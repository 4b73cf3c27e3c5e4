"""A 交办清单 (.xlsx) as rows: number, title, proposers, lead, co-hosts, deadline.

Offices write the list as they like: title rows above the header, headers of two rows,
merged cells, columns in any order and under any name. Columns are found by the words in
their headings (``data/columns.toml``).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.errors import ReadError
from replygen.language.dates import find_date
from replygen.parsing.titles import find_sessions
from replygen.reading.content import Job
from replygen.reading.package import check_archive
from replygen.reading.reader import load_bytes
from replygen.reading.sniff import sniff_format
from replygen.service.lists.tables import tables
from replygen.settings import Limits

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | date | None
_HEADER_ROWS = 30  # rows in which the header is looked for
_COLUMNS = 100  # of a sheet that are read
_BLANK_ROWS = 200  # in a row, after which a sheet has ended (whole columns are formatted)
_HEADING = 16  # characters that a heading has at most
_ASIDE = re.compile(r"[（(【\[].*?[)）】\]]")
_JOINT = re.compile(r"[、，,；;/\n]+|\s{2,}")
# 6月30日, 6月30日前, 6.30: the year is the list's
_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# 126, 第0126号, 提案0126号, A-12, 202302B46, 2026-018
_NUMBER = re.compile(
    r"(?:提案|建议|议案|编号)?第?([A-Za-z]{0,4}[-—]?\d[\dA-Za-z]*(?:[-—]\d+)?)号?(?:提案|建议|议案)?"
)
_SUM = re.compile(r"合\s*计|小\s*计|总\s*计|共\s*计|备\s*注|说\s*明|注\s*[：:]|填\s*表|制\s*表")
_TITLE = 4  # characters that a title without a number has at least
_XLSX_REMEDY = "请用 Excel 或 WPS 打开后另存为 xlsx"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One row of the list. ``row`` is its place for people (交办!5); ``deadline`` and
    ``assigned`` are ISO days, ``told`` what stands in the deadline's cell where no day
    could be read from it."""

    row: str
    number: str | None
    title: str | None
    proposers: tuple[str, ...] = ()
    lead: str | None = None
    co_hosts: tuple[str, ...] = ()
    deadline: str | None = None
    assigned: str | None = None
    session: str | None = None
    told: str | None = None

    @property
    def name(self) -> str:
        """What people call it: 第0126号《…》."""
        title = f"《{self.title}》" if self.title else ""
        return f"第{self.number}号{title}" if self.number else title or self.row


def read_list(path: Path, *, limits: Limits | None = None) -> tuple[Assignment, ...]:
    """Return the rows of all sheets of the list that have a header, in their order, each
    proposal once. Raises ReadError for what is no .xlsx, and for one without a header
    that names a number or a title."""
    limits = limits or Limits()
    data = load_bytes(path, limits)
    _refuse_others(path, data)
    found: list[Assignment] = []
    headed = False
    for sheet in _open_sheets(path, data, limits):
        rows = _read_rows(sheet)
        header = _find_header(rows)
        if header is None:
            continue
        headed = True
        found += _pad(list(_read_sheet(sheet.title, rows, header, path.stem)))
    if not headed:
        raise ReadError(
            str(path),
            "没有找到表头：清单里要有一行写着编号（或提案号）和案由（或题目）等栏名",
        )
    if not found:
        raise ReadError(str(path), "表头下面没有提案，请检查清单")
    return _once(found)


# ── the file ───────────────────────────────────────────────────────────────


def _refuse_others(path: Path, data: bytes) -> None:
    kind = sniff_format(data)
    if kind == "encrypted":
        raise ReadError(str(path), "清单已加密，请先解除密码再读")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(str(path), f"是旧版表格（xls、et），{_XLSX_REMEDY}")
    if kind == "xlsx":
        return
    if kind == "empty":
        raise ReadError(str(path), "文件是空的，请检查是否保存或下载完整")
    if kind in ("zip", "broken_zip", "broken_docx"):
        raise ReadError(str(path), f"不是完好的 xlsx 表格，{_XLSX_REMEDY}")
    raise ReadError(str(path), f"交办清单要是 xlsx 表格（csv、网页、文档都不行），{_XLSX_REMEDY}")


def _open_sheets(path: Path, data: bytes, limits: Limits) -> Iterator[Worksheet]:
    """Yield the visible sheets. Raises ReadError; openpyxl raises whatever it meets."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(Job(str(path), data, limits), archive)
        book = load_workbook(io.BytesIO(data), data_only=True)
    except ReadError:
        raise
    except Exception as error:  # KeyError, ValueError, BadZipFile, lxml's, its own
        raise ReadError(str(path), f"表格打不开，可能已损坏；{_XLSX_REMEDY}") from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield sheet


def _read_rows(sheet: Worksheet) -> list[tuple[int, list[Cell]]]:
    """Return the rows that have something in them, by their number; a merged cell says in
    every place what its first place says."""
    spread: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged_cells.ranges:
        value = _read_cell(sheet.cell(area.min_row, area.min_col).value)
        last = min(area.max_row, area.min_row + 5_000)
        for row in range(area.min_row, last + 1):
            for column in range(area.min_col, min(area.max_col, _COLUMNS) + 1):
                spread[row, column] = value
    rows: list[tuple[int, list[Cell]]] = []
    blank = 0
    for number, cells in enumerate(
        sheet.iter_rows(max_col=min(sheet.max_column, _COLUMNS), values_only=True), 1
    ):
        line = [
            spread.get((number, column), _read_cell(cell)) for column, cell in enumerate(cells, 1)
        ]
        blank = 0 if any(line) else blank + 1
        if blank > _BLANK_ROWS:
            break
        if any(line):
            rows.append((number, line))
    return rows


def _read_cell(value: object) -> Cell:
    """Return what a cell says: 126 for 126.0, a day for a time of day, text without the
    white space around it."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "\n".join(line.strip() for line in str(value).strip().splitlines())
    return text or None


# ── the header ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header ends (index of the first row below it), and the column of each kind."""

    below: int
    columns: dict[str, tuple[int, ...]]


def _find_header(rows: Sequence[tuple[int, list[Cell]]]) -> _Header | None:
    """Return the header with the most kinds of columns among the first rows; one of two rows
    is read as one, its words joined. None where no row names a number or a title."""
    best: _Header | None = None
    for index in range(min(len(rows), _HEADER_ROWS)):
        one = _read_header(rows[index][1])
        found = _Header(index + 1, one)
        if index + 1 < len(rows) and one:
            two = _read_header(_join_rows(rows[index][1], rows[index + 1][1]))
            if len(two) > len(one) and _is_header_row(rows[index + 1][1]):
                found = _Header(index + 2, two)
        if not {"number", "title"} & set(found.columns) or len(found.columns) < 2:
            continue
        if best is None or len(found.columns) > len(best.columns):
            best = found
    return best


def _read_header(line: Sequence[Cell]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for place, cell in enumerate(line):
        kind = _name_column(cell)
        if kind is not None:
            columns[kind] = (*columns.get(kind, ()), place)
    if "order" in columns:
        columns.setdefault("number", columns.pop("order"))
    columns.pop("order", None)
    if len({str(line[places[0]]) for places in columns.values()}) < 2:
        return {}  # one merged line over the whole table is its title
    return columns


def _name_column(cell: Cell) -> str | None:
    """Return the kind of column that a heading names, or None."""
    if not isinstance(cell, str):
        return None
    bare = re.sub(r"[\s：:*]", "", _ASIDE.sub("", cell))
    if not 0 < len(bare) <= _HEADING or re.search(r"[。；《]|\d{3}", bare):
        return None
    for row in tables.toml("columns.toml")["column"]:
        if any(w in bare for w in row["words"]) and not any(w in bare for w in row.get("not", ())):
            return str(row["kind"])
    return None


def _join_rows(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """承办单位 over 主办 | 会办 is 主办 and 会办: the lower word is the column's own."""
    return [low if _name_column(low) else high for high, low in zip(upper, lower, strict=True)]


def _is_header_row(line: Sequence[Cell]) -> bool:
    """A second row of headings has no day and no number in it, and nothing long."""
    return all(
        cell is None or (isinstance(cell, str) and len(cell) <= _HEADING and not cell.isdigit())
        for cell in line
    )


# ── the rows ───────────────────────────────────────────────────────────────


def _read_sheet(
    name: str, rows: Sequence[tuple[int, list[Cell]]], header: _Header, file: str
) -> Iterator[Assignment]:
    """Yield a sheet's rows; days without a year are of the year in the heads or the names,
    and so is the session where no column tells it."""
    heads = [str(c) for _, line in rows[: header.below] for c in line if c]
    above = "\n".join([*heads, name, file])
    year = _YEAR.search(above)
    named = find_sessions(above)
    session = named[0] if len(named) == 1 else None  # two of them: a list of two assemblies
    for number, line in rows[header.below :]:
        found = _read_row(f"{name}!{number}", line, header.columns, year and int(year[1]))
        if found is not None:
            yield replace(found, session=found.session or session)


def _read_row(
    place: str, line: Sequence[Cell], columns: dict[str, tuple[int, ...]], year: int | None
) -> Assignment | None:
    """Return what a row says, or None for a row of sums, of headings again, of remarks."""

    def take(kind: str) -> Cell:
        return next((line[c] for c in columns.get(kind, ()) if line[c]), None)

    number, title = _number(take("number")), _text(take("title"))
    if _is_aside(line, title) or (number is None and len(title or "") < _TITLE):
        return None
    deadline = _day(take("deadline"), year)
    return Assignment(
        row=place,
        number=number,
        title=title,
        proposers=_names(line, columns.get("proposer", ())),
        lead=_text(take("lead")),
        co_hosts=_names(line, columns.get("co_hosts", ())),
        deadline=deadline,
        assigned=_day(take("assigned"), year),
        session=_text(take("session")),
        told=None if deadline else _text(take("deadline")),
    )


def _is_aside(line: Sequence[Cell], title: str | None) -> bool:
    """Return whether a row is none of a proposal: sums, remarks, headings once more, one line
    over the whole table."""
    texts = [str(cell) for cell in line if cell]
    if len(set(texts)) == 1 and len(texts) > 1:
        return True
    named = sum(_name_column(cell) is not None for cell in line)
    return bool(_SUM.match(texts[0])) or (title is None and named > 1) or named > 2


def _text(cell: Cell) -> str | None:
    if cell is None:
        return None
    return " ".join(str(cell).split()).strip("《》 ") or None


def _number(cell: Cell) -> str | None:
    """Return 0126 for 第0126号 and 126; None for a cell without a figure."""
    text = re.sub(r"\s", "", str(cell or ""))
    match = _NUMBER.fullmatch(text)
    return match[1].upper() if match else None


def _names(line: Sequence[Cell], columns: Sequence[int]) -> tuple[str, ...]:
    parts = [part.strip() for c in columns for part in _JOINT.split(str(line[c] or ""))]
    return tuple(dict.fromkeys(p for p in parts if p and p not in ("无", "/", "-", "—")))


def _day(cell: Cell, year: int | None) -> str | None:
    """Return the day that a cell names, of the list's year where it names none."""
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None:
        return None
    if re.fullmatch(r"20\d{6}", cell):
        cell = f"{cell[:4]}-{cell[4:6]}-{cell[6:]}"
    if (full := find_date(cell)) is not None:
        return _real_day(full)
    if (short := _DAY.search(cell)) is not None and year is not None:
        return _real_day(f"{year}-{int(short[1]):02d}-{int(short[2]):02d}")
    return None


def _real_day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _pad(rows: list[Assignment]) -> list[Assignment]:
    """Give a sheet's figures the zeros that it took from them: 101 beside 0102 is 0101."""
    widths = {len(r.number) for r in rows if r.number and re.fullmatch(r"0\d+", r.number)}
    if len(widths) != 1:
        return rows
    width = widths.pop()
    return [
        replace(r, number=r.number.zfill(width)) if r.number and r.number.isdigit() else r
        for r in rows
    ]


def _once(rows: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Give each proposal once: the proposers of a merged row, and of a proposal listed for
    each of its signatories, are joined."""
    kept: dict[tuple[str | None, str | None], Assignment] = {}
    for row in rows:
        key = (row.number, row.title)
        first = kept.get(key)
        kept[key] = (
            row
            if first is None
            else replace(
                first,
                proposers=tuple(dict.fromkeys((*first.proposers, *row.proposers))),
                co_hosts=tuple(dict.fromkeys((*first.co_hosts, *row.co_hosts))),
            )
        )
    return tuple(kept.values())

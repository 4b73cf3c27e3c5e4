"""The overview of a list as a workbook (总览.xlsx): proposals, asks, duplicates, what is left."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from replygen.errors import StoreError
from replygen.language.files import write_whole
from replygen.service.lists.tables import tables
from replygen.service.lists.view import ListView
from replygen.service.lists.work import OVERVIEW, AskRow, ListRow

_A3 = 8  # the code of the paper's size
_LONGEST = 300  # characters of a cell
_HEAD_FILL, _COLOURS = "DDE6F0", {"late": "F8D7DA", "soon": "FFF3CD"}


def write_overview(view: ListView, *, today: date) -> Path:
    """Write the overview beside the drafts and return where it lies. Raises StoreError."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    words = tables.toml("overview.toml")
    _write_sheet(
        book, words["proposals"], (_proposal(view, n, today) for n in range(len(view.rows)))
    )
    _colour_deadlines(book.worksheets[0], view, today, words["proposals"])
    _write_sheet(book, words["asks"], _asks(view.rows, words["stances"]))
    _write_sheet(book, words["twins"], _twins(view))
    _write_sheet(book, words["earlier"], _earlier(view.rows))
    _write_sheet(book, words["left"], view.left)
    data = io.BytesIO()
    book.save(data)
    path = view.out / OVERVIEW
    try:
        write_whole(path, data.getvalue())
    except OSError as error:
        raise StoreError(
            f"{path}：写不进去（{error.strerror}）；如果正在 Excel 或 WPS 里打开，请先关闭，"
            "再运行一次（做好的草稿不会重做）"
        ) from error
    return path


# ── rows ───────────────────────────────────────────────────────────────────


def _proposal(view: ListView, place: int, today: date) -> list[object]:
    row = view.rows[place]
    given = row.assignment
    others = [view.rows[other].name for other, _ in view.twins_of(place)]
    return [
        given.number,
        given.title or row.title,
        "、".join(given.proposers),
        given.lead,
        "、".join(given.co_hosts),
        given.deadline or given.told,
        view.urgency(row, today=today).words,
        row.words,
        len(row.asks),
        "；".join(f"{a.order}. {a.topic}" for a in row.asks),
        len(row.slots),
        row.confirm,
        "；".join(dict.fromkeys(_tell_findings(row))),
        "；".join(others),
        "；".join(_tell_earlier(e.title, e.date, e.asks) for e in row.earlier),
        row.docx,
        row.file,
        "；".join(x for x in (row.why, *row.warnings) if x),
    ]


def _tell_findings(row: ListRow) -> Iterable[str]:
    """The findings but for open slots and commitments, which have columns of their own."""
    for finding in row.findings:
        if finding.severity != "note" and finding.rule not in (
            "slot.open",
            "promise.unconfirmed",
        ):
            yield finding.message


def _tell_earlier(title: str, day: str | None, asks: Sequence[int]) -> str:
    reason = f"第 {'、'.join(map(str, asks))} 项" if asks else "相近"
    return f"《{title}》（{'，'.join(x for x in (day, reason) if x)}）"


def _asks(rows: Sequence[ListRow], stances: dict[str, str]) -> Iterable[list[object]]:
    for row in rows:
        for ask in row.asks:
            yield [
                row.assignment.number,
                row.assignment.title or row.title,
                ask.order,
                ask.topic,
                ask.text,
                stances.get(ask.stance or "", ""),
                ask.reason,
                "；".join(ask.slots),
                ask.unconfirmed,
            ]


def _twins(view: ListView) -> Iterable[list[object]]:
    for twin in view.twins:
        left, right = view.rows[twin.left], view.rows[twin.right]
        for shared in twin.shared:
            yield [
                left.name,
                right.name,
                len(twin.shared),
                f"{shared.left}. {shared.left_text}",
                f"{shared.right}. {shared.right_text}",
                shared.nearness,
            ]


def _earlier(rows: Sequence[ListRow]) -> Iterable[list[object]]:
    for row in rows:
        for earlier in row.earlier:
            for ask in (a for a in row.asks if a.order in earlier.same):
                yield [row.name, f"《{earlier.title}》", earlier.date, *_tell_ask(ask)]


def _tell_ask(ask: AskRow) -> tuple[str]:
    return (f"{ask.order}. {ask.text}",)


# ── the sheet ──────────────────────────────────────────────────────────────


def _write_sheet(book: Any, words: dict[str, Any], rows: Iterable[Sequence[object]]) -> None:  # noqa: ANN401 - openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(words["name"])
    for column, (head, width) in enumerate(words["columns"], 1):
        cell = sheet.cell(1, column, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_FILL)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    count = 1
    for count, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _write_cell(sheet.cell(count, column), value)
    if count == 1:
        _write_cell(sheet.cell(2, 1), words["none"])
    sheet.freeze_panes = "C2" if len(words["columns"]) > 6 else "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(words['columns']))}{max(count, 2)}"


def _write_cell(cell: Any, value: object) -> None:  # noqa: ANN401 - openpyxl's cell
    """Write a value as what it is: a text that begins with = is no formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _colour_deadlines(sheet: Any, view: ListView, today: date, words: dict[str, Any]) -> None:  # noqa: ANN401
    from openpyxl.styles import PatternFill

    column = 1 + [head for head, _ in words["columns"]].index(words["urgency"])
    for number, row in enumerate(view.rows, 2):
        colour = _COLOURS.get(view.urgency(row, today=today).level)
        if colour is not None:
            sheet.cell(number, column).fill = PatternFill("solid", fgColor=colour)

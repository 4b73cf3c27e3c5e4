"""Tables for spreadsheets. A cell from a document never becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

# Excel, WPS and LibreOffice read a cell that begins with one of these as a formula, also
# in full width (OWASP, CSV Injection).
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write_csv(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a table that opens as Chinese in Excel and WPS (UTF-8 with BOM) and return
    ``path``. ``None`` is an empty cell."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(heads)
        writer.writerows([[guard_cell(cell) for cell in row] for row in rows])
    return path


def guard_cell(value: object) -> str:
    """Return a cell's text, with an apostrophe before what would be a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" 　").startswith(_FORMULA) or text[:1] in _FORMULA else text

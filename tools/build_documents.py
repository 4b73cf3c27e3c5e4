"""Merge collected lists of national documents and standards into the register's tables.

    python tools/build_documents.py /work/out/register/a.tsv /work/out/register/b.tsv \
        --standards /work/out/register/standards.tsv

A list has a header line and the columns title, issuer, number, date, state, successor, field,
source1, source2. Rows that look wrong are left out and told on stderr; rows of one document are
made one, with the places of both. Column ``confirmed`` of the result counts the places in which
title and number were seen together: two, one or none. Memory, ``none`` and a place that showed
the title only are no confirmation of a number.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "replygen" / "laws" / "data"
COLUMNS = ("title", "issuer", "number", "date", "state", "successor", "field")
HEAD = """# {what}
# Facts from public places, merged by tools/build_documents.py; not complete, no texts.
# confirmed: in how many independent public places title and number were seen together (two,
# one, none). A row with none is from the collectors' memory and never proves a number wrong.
# 仅见题名: that place showed the title only. A hit in a public repository is a place, not the
# gazette: look at the issuer's own page before you rely on a row. 国务院公报 and
# 国务院政策文件库 are two publications on gov.cn, as a public copy of both listed them in 2026.
# {columns}
"""
_STATES = ("现行", "废止", "替代")
_NUMBER = re.compile(
    r".{1,60}〔(19|20)\d\d〕第?\d{1,4}号|.{2,60}(?:令|公告)(?:〔?(?:19|20)\d\d〕?年?)?第\d{1,4}号|.{2,20}(?:19|20)\d\d年第\d{1,4}号"
)
_STANDARD = re.compile(r"[A-Z]{2,3}(?:/[TZ])? ?[\d.]+(?:[.-]\d+)?—(?:(?:19|20)\d\d|9\d)")
_YEAR = re.compile(r"〔((?:19|20)\d\d)〕|((?:19|20)\d\d)年第")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_PLACE = ("", "memory", "none")
_TITLE_ONLY = "仅见题名"
_NUMBER_ONLY = "仅见文号"


@dataclass(frozen=True)
class Row:
    """One document as it was collected; ``places`` are its sources, memory left out."""

    title: str
    issuer: str
    number: str
    date: str
    state: str
    successor: str
    field: str
    places: tuple[str, ...]

    @property
    def key(self) -> str:
        """What rows of one document have in common."""
        title = re.sub(r"[\s　]", "", self.title)
        return re.sub(r"^[^《]{2,60}?(?=关于)", "", title)

    @property
    def year(self) -> str:
        """The year of the document, from its number or its date."""
        match = _ANY_YEAR.search(self.number) or _ANY_YEAR.search(self.date)
        return match.group() if match else ""

    @property
    def seen(self) -> int:
        """In how many places the title was seen with its number (or alone, if it has none)."""
        partly = (_NUMBER_ONLY,) if not self.number else (_TITLE_ONLY, _NUMBER_ONLY)
        return sum(not any(word in place for word in partly) for place in self.places)

    @property
    def confirmed(self) -> str:
        """two, one or none."""
        return ("none", "one", "two")[min(self.seen, 2)]


def read_rows(paths: Iterable[Path]) -> Iterator[Row]:
    """Yield the rows of the lists in order."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = [c.strip() for c in line.split("\t")]
            cells += [""] * (9 - len(cells))
            places = tuple(dict.fromkeys(c for c in cells[7:9] if c.lower() not in _NO_PLACE))
            cells[2] = re.sub(r"^国令(?=第)", "国务院令", cells[2])
            yield Row(*cells[:7], places)


def find_flaw(row: Row, *, standard: bool) -> str | None:
    """Return why a row cannot be right, ``None`` where nothing speaks against it."""
    if not row.title or not row.issuer:
        return "没有题名或制定机关"
    if row.state not in _STATES:
        return f"状态“{row.state}”不认识"
    if row.date and not re.fullmatch(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", row.date):
        return f"日期“{row.date}”不对"
    if standard:
        return None if _STANDARD.fullmatch(row.number) else f"标准号“{row.number}”不对"
    if row.number and not _NUMBER.fullmatch(row.number):
        return f"文号“{row.number}”不对"
    year = _YEAR.search(row.number)
    told = (year[1] or year[2]) if year else None
    if told and row.date and abs(int(told) - int(row.date[:4])) > 1:
        return f"文号是{told}年，日期是{row.date}"
    if row.state == "替代" and row.successor == row.title and not row.number:
        return "替代它的文件与它同名，没有文号分不开"
    return None


def merge(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one row a document. Where lists give one title two numbers of one year, the one
    that was seen in more places stays, and none where they are equal."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    for group in groups.values():
        numbers = {r.number for r in group if r.number}
        years = {r.year for r in group if r.number}
        if len(numbers) > 1 and len(years) == len(numbers):  # editions of one title
            yield from (_join([r for r in group if r.number == n]) for n in sorted(numbers))
            continue
        best = max(group, key=lambda r: (r.seen, bool(r.number)))
        rivals = [r for r in group if r.number and r.number != best.number and r.seen == best.seen]
        if rivals and best.number:
            tell(best, f"文号有两种：{best.number}、{rivals[0].number}，都不取")
            yield replace(_join(group), number="", places=())
            continue
        yield _join([best, *(r for r in group if r is not best and r.number in ("", best.number))])


def _join(group: list[Row]) -> Row:
    """The rows of one document as one: the fuller date, any state but 现行, all places."""
    first = max(group, key=lambda r: len(r.title))
    number = next((r.number for r in group if r.number), "")
    day = max((r.date for r in group), key=len)
    gone = next((r for r in group if r.state != "现行"), first)
    places = tuple(dict.fromkeys(p for r in group for p in r.places))
    return replace(
        first, number=number, date=day, state=gone.state, successor=gone.successor, places=places
    )


def tell(row: Row, why: str) -> None:
    """Say on stderr what was left out and why."""
    sys.stderr.write(f"{row.title}：{why}\n")


def build(paths: Iterable[Path], *, standard: bool) -> list[Row]:
    """Return the rows that may be shipped, sorted by field and title."""
    good = []
    for row in read_rows(paths):
        flaw = find_flaw(row, standard=standard)
        if flaw:
            tell(row, flaw)
        else:
            good.append(row)
    return sorted(merge(good), key=lambda r: (r.field, r.title, r.number))


def write(rows: Iterable[Row], path: Path, what: str) -> None:
    """Write a table of the register."""
    columns = "\t".join((*COLUMNS, "confirmed", "source1", "source2"))
    lines = []
    for row in rows:
        best = sorted(row.places, key=lambda p: _TITLE_ONLY in p or _NUMBER_ONLY in p)[:2]
        sources = [*best, *["memory"] * (2 - len(best))]
        cells = (*(getattr(row, c) for c in COLUMNS), row.confirmed, *sources)
        lines.append("\t".join(cells))
    path.write_text(HEAD.format(what=what, columns=columns) + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Build both tables from the lists named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="+", type=Path)
    parser.add_argument("--standards", nargs="*", type=Path, default=[])
    told = parser.parse_args()
    documents = build(told.lists, standard=False)
    write(
        documents,
        DATA / "documents.tsv",
        "National documents: Party, State Council, ministries, courts.",
    )
    standards = build(told.standards, standard=True)
    if standards:
        write(standards, DATA / "standards.tsv", "National standards that replies cite.")
    for rows in (documents, standards):
        counts = {c: sum(r.confirmed == c for r in rows) for c in ("two", "one", "none")}
        sys.stdout.write(f"{len(rows)} {counts}\n")


if __name__ == "__main__":
    main()

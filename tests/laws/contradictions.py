"""Where the hand-kept register and laws.db disagree: a check for whoever keeps the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replygen.language.tables import Tables
from replygen.laws.lawsdb import LawVersion, read_law_articles
from replygen.laws.register import Entry, Register

_GONE = ("已废止",)


class Contradiction(NamedTuple):
    """``title``, what the table says, what laws.db says; ``settled`` is why the table wins,
    ``None`` while nobody has looked into it."""

    title: str
    table: str
    laws_db: str
    settled: str | None


def find_contradictions(register: Register) -> tuple[Contradiction, ...]:
    """Return every point on which the two disagree, with what data/settled.tsv says of it:
    one calls a law repealed and the other does not, the first day in force, the number of
    条; and laws that laws.db calls repealed without a row that names their successor."""
    settled = {row[0]: row[1] for row in Tables(__file__).rows("settled.tsv")}
    found = [
        Contradiction(title, table, laws, settled.get(title))
        for title, versions in sorted(register.versions.items())
        for table, laws in _compare(register.entries.get(title), versions)
    ]
    return tuple(found)


def _compare(entry: Entry | None, versions: tuple[LawVersion, ...]) -> Iterator[tuple[str, str]]:
    gone = all(v.status in _GONE for v in versions)
    if entry is None:
        if gone:
            yield "没有这一行", "已废止，没有说明替代的规定"
        return
    if gone != (entry.status == "repealed"):
        yield entry.status, versions[-1].status
    first = min((v.effective for v in versions if v.effective), default=None)
    # A revision (修订) has a day of its own in laws.db, so only an earlier one contradicts.
    if first and entry.effective and first < entry.effective:
        yield f"{entry.effective}起施行", f"{first}起施行"
    numbers = [n for n, _ in read_law_articles(versions[-1].id)]
    if entry.articles and numbers and max(numbers) != entry.articles:
        yield f"共{entry.articles}条", f"到第{max(numbers)}条"

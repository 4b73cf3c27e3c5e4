"""A list as it is shown: its rows, what they share, how their deadlines stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from replygen.service.lists.twins import Twin
from replygen.service.lists.work import OVERVIEW, ListRow
from replygen.workspace import Urgency, tell_deadline


@dataclass(frozen=True, slots=True)
class ListView:
    """A list and how far it is: its rows in the list's order, pairs of them that ask for the
    same, and the files of the folder that are no row's as (path, why)."""

    out: Path
    source: str
    rows: tuple[ListRow, ...]
    twins: tuple[Twin, ...] = ()
    left: tuple[tuple[str, str], ...] = ()

    @property
    def overview(self) -> Path:
        """Where the overview workbook lies."""
        return self.out / OVERVIEW

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row.state == state for row in self.rows)

    def urgency(self, row: ListRow, *, today: date) -> Urgency:
        """Return how a row's deadline stands; a deadline in words is given as it is."""
        due, told = row.assignment.deadline, row.assignment.told
        if due is None:
            return Urgency(told or "清单里没有期限", "none")
        given = row.assignment.assigned
        assigned = date.fromisoformat(given) if given else None
        return tell_deadline(date.fromisoformat(due), today=today, assigned=assigned)

    def twins_of(self, place: int) -> tuple[tuple[int, Twin], ...]:
        """Return the rows (by place) that ask for the same as one, with what is shared."""
        return tuple(
            (twin.right if twin.left == place else twin.left, twin)
            for twin in self.twins
            if place in (twin.left, twin.right)
        )

"""Views: what each window of a draft was shown, so that what it sends is known as changes to that.

A row a window and revision. A window keeps those that it may still show: from the one that it
sent last on. Who comes back after a dozen others opened the draft is not known any more.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from replygen.workspace.packing import pack_work, unpack_work
from replygen.workspace.work import Work

MOST_WINDOWS = 12  # of one draft; a reload makes a new one
TABLES = (
    """CREATE TABLE views (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        window TEXT NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, work BLOB NOT NULL,
        PRIMARY KEY (draft, window, revision))""",
)


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the page that changes a draft, and the revision that it shows; one
    without a name is not asked what it shows, nor is one without a revision."""

    name: str = ""
    revision: int | None = 0

    def is_behind(self, work: Work) -> bool:
        """True when another window changed what this one shows."""
        others = work.others if work.window == self.name else work.revision
        return bool(self.name) and self.revision is not None and self.revision < others


NO_WINDOW = Window()


def note_view(
    db: sqlite3.Connection, id: str, window: Window, revision: int, work: Work, now: str
) -> None:
    """Keep what a window is shown as ``revision``; what it showed before the one that it names
    itself is forgotten."""
    if not window.name:
        return
    db.execute(
        "INSERT OR REPLACE INTO views VALUES (?, ?, ?, ?, ?)",
        (id, window.name, revision, now, pack_work(work)),
    )
    if window.revision is not None:
        db.execute(
            "DELETE FROM views WHERE draft = ? AND window = ? AND revision < ?",
            (id, window.name, window.revision),
        )
    db.execute(
        """DELETE FROM views WHERE draft = ?1 AND window NOT IN (
           SELECT window FROM views WHERE draft = ?1 GROUP BY window
           ORDER BY max(at) DESC, max(rowid) DESC LIMIT ?2)""",
        (id, MOST_WINDOWS),
    )


def read_view(db: sqlite3.Connection, id: str, window: Window) -> Work | None:
    """Return the work that a window shows; ``None`` where that is not known any more."""
    sql = "SELECT work FROM views WHERE draft = ? AND window = ? AND revision = ?"
    row = db.execute(sql, (id, window.name, window.revision)).fetchone()
    return None if row is None else unpack_work(row[0])


def find_given(db: sqlite3.Connection, id: str, window: str) -> int | None:
    """Return the newest revision that a window was given, ``None`` for an unknown one."""
    sql = "SELECT max(revision) FROM views WHERE draft = ? AND window = ?"
    found = db.execute(sql, (id, window)).fetchone()[0]
    return None if found is None else int(found)

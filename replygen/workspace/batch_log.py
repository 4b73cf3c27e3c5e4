"""The batches that were added, and what became of each file: one SQLite file, ``batches.db``,
so that an earlier batch can be looked at and taken back, also after the server was stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from replygen.errors import StoreError
from replygen.workspace.logbook import Logbook

FILE_NAME = "batches.db"
KEPT = 200  # batches of which is known what they brought
_APPLICATION_ID = 0x5250_4C42  # "RPLB"
_TABLES = (
    """CREATE TABLE batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT, by TEXT NOT NULL, label TEXT NOT NULL,
        own INTEGER NOT NULL, started TEXT NOT NULL, state TEXT NOT NULL, withdrawn TEXT)""",
    """CREATE TABLE files (
        batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
        path TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, document TEXT)""",
    "CREATE INDEX files_batch ON files (batch)",
)


@dataclass(frozen=True, slots=True)
class LoggedFile:
    """What became of one file; ``document`` is what it brought into the index, None where it
    brought nothing new."""

    path: str
    state: str
    note: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedBatch:
    """A batch as it is remembered: ``state`` is ``running`` until it ended, ``brought`` counts
    the documents that it brought, ``counts`` its files by outcome, ``started`` and ``withdrawn``
    are UTC, the latter None where it was not taken back."""

    id: int
    by: str
    label: str
    own: bool
    started: str
    state: str
    withdrawn: str | None
    counts: dict[str, int]
    brought: int


class BatchLog:
    """The batches of one work folder. Every method raises StoreError when the file cannot be
    read or written."""

    def __init__(self, work: Path) -> None:
        """The folder and the file are made with the first batch."""
        self.path = work / FILE_NAME

    def begin(self, *, by: str, label: str, own: bool) -> int:
        """Remember a batch that begins and return its number; the oldest are forgotten."""
        with self._open(make=True) as db:
            cursor = db.execute(
                "INSERT INTO batches (by, label, own, started, state) VALUES (?, ?, ?, ?, ?)",
                (by, label, own, _now(), "running"),
            )
            number = int(cursor.lastrowid or 0)
            db.execute("DELETE FROM batches WHERE id <= ?", (number - KEPT,))
        return number

    def note(self, id: int, files: Sequence[LoggedFile], *, state: str | None = None) -> None:
        """Add what became of files, and with ``state`` how the batch ended."""
        with self._open() as db:
            db.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
                [(id, f.path, f.state, f.note, f.document) for f in files],
            )
            if state is not None:
                db.execute("UPDATE batches SET state = ? WHERE id = ?", (state, id))

    def batches(self) -> tuple[LoggedBatch, ...]:
        """Return the batches, the latest first."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT * FROM batches ORDER BY id DESC").fetchall()
            counted = db.execute(
                "SELECT batch, state, count(*), count(document) FROM files GROUP BY batch, state"
            ).fetchall()
        counts: dict[int, dict[str, int]] = {}
        brought: dict[int, int] = {}
        for batch, state, count, documents in counted:
            counts.setdefault(batch, {})[state] = count
            brought[batch] = brought.get(batch, 0) + documents
        return tuple(
            LoggedBatch(
                r[0], r[1], r[2], bool(r[3]), r[4], r[5], r[6], counts.get(r[0], {}),
                brought.get(r[0], 0),
            )
            for r in rows
        )  # fmt: skip

    def find(self, id: int) -> LoggedBatch:
        """Return one batch. Raises StoreError when it is not remembered."""
        found = next((one for one in self.batches() if one.id == id), None)
        if found is None:
            raise StoreError("这一批已经不在记录里了，请刷新页面")
        return found

    def files(self, id: int) -> tuple[LoggedFile, ...]:
        """Return what became of each file of a batch, in the order of reading."""
        with self._open() as db:
            rows = db.execute(
                "SELECT path, state, note, document FROM files WHERE batch = ? ORDER BY rowid",
                (id,),
            ).fetchall()
        return tuple(LoggedFile(*row) for row in rows)

    def mark_withdrawn(self, id: int, withdrawn: bool) -> None:
        """Remember that a batch was taken back, or was put back."""
        at = _now() if withdrawn else None
        with self._open() as db:
            db.execute("UPDATE batches SET withdrawn = ? WHERE id = ?", (at, id))

    def _open(self, *, make: bool = False) -> AbstractContextManager[sqlite3.Connection]:
        book = Logbook(self.path, "批次的记录", _APPLICATION_ID, _TABLES)
        return book.open(make=make)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

"""The steps of a draft on the disk, beside the draft: they outlive a reload and the server."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Literal

from replygen.errors import StoreError
from replygen.workspace.packing import pack_work, unpack_work
from replygen.workspace.steps import Change, Step, StepState
from replygen.workspace.work import Work

# Kept of one draft; the oldest go first. A step of a six-ask draft is about 20 KB.
MOST_STEPS = 100
# Typing on in one field within this time is the same step.
_SAME_STEP = timedelta(seconds=60)
_STATES: tuple[StepState, ...] = ("done", "undone", "aside")
TABLES = (
    """CREATE TABLE steps (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        number INTEGER NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL,
        state INTEGER NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL,
        PRIMARY KEY (draft, number))""",
)
_LAST = {
    "undo": "SELECT number, before FROM steps WHERE draft = ? AND state = 0 ORDER BY number DESC",
    "redo": "SELECT number, after FROM steps WHERE draft = ? AND state = 1 ORDER BY number",
}
Way = Literal["undo", "redo"]


def note_step(
    db: sqlite3.Connection, id: str, change: Change, before: Work, after: Work, now: str
) -> None:
    """Keep one step. What was undone before it is set aside; typing on in one field goes on
    the step that began it."""
    last = db.execute(
        "SELECT number, key, at, state FROM steps WHERE draft = ? ORDER BY number DESC LIMIT 1",
        (id,),
    ).fetchone()
    if last and change.key and last[1] == change.key and last[3] == 0 and _is_soon(last[2], now):
        db.execute(
            "UPDATE steps SET what = ?, at = ?, after = ? WHERE draft = ? AND number = ?",
            (change.what, now, pack_work(after), id, last[0]),
        )
        return
    number = (last[0] if last else 0) + 1
    db.execute("UPDATE steps SET state = 2 WHERE draft = ? AND state = 1", (id,))
    db.execute(
        "INSERT INTO steps VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
        (id, number, change.what, change.key, now, pack_work(before), pack_work(after)),
    )
    db.execute("DELETE FROM steps WHERE draft = ? AND number <= ?", (id, number - MOST_STEPS))


def turn_step(db: sqlite3.Connection, id: str, way: Way, now: Work) -> Work | None:
    """Return the work as it was before the last step, or after the one that is to be done
    again, and note that it is so; ``None`` where there is none."""
    row = db.execute(_LAST[way], (id,)).fetchone()
    if row is None:
        return None
    # with all that followed from the step: the letter that was composed for it
    side, state = ("after", 1) if way == "undo" else ("before", 0)
    db.execute(
        f"UPDATE steps SET {side} = ?, state = ? WHERE draft = ? AND number = ?",
        (pack_work(now), state, id, row[0]),
    )
    return unpack_work(row[1])


def read_steps(db: sqlite3.Connection, id: str) -> tuple[Step, ...]:
    """Return the steps of a draft, oldest first."""
    sql = "SELECT number, what, at, state FROM steps WHERE draft = ? ORDER BY number"
    rows = db.execute(sql, (id,))
    return tuple(Step(number, what, at, _STATES[state]) for number, what, at, state in rows)


def read_step(db: sqlite3.Connection, id: str, number: int) -> tuple[Step, Work, Work]:
    """Return one step with the work before and after it. Raises StoreError where it is gone."""
    sql = "SELECT what, at, state, before, after FROM steps WHERE draft = ? AND number = ?"
    row = db.execute(sql, (id, number)).fetchone()
    if row is None:
        raise StoreError("这一步已经不在记录里了，请刷新页面再试")
    what, at, state, before, after = row
    return Step(number, what, at, _STATES[state]), unpack_work(before), unpack_work(after)


def _is_soon(at: str, now: str) -> bool:
    return datetime.fromisoformat(now) - datetime.fromisoformat(at) <= _SAME_STEP

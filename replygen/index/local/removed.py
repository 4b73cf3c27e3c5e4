"""What was removed by hand, kept for a while: the very rows, so that an undo brings back what
was there, corrections and all. Nothing of it is searched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from replygen.errors import StoreError
from replygen.index.corrections import forget_corrections
from replygen.index.local.splits import forget_split
from replygen.index.local.store import delete_document
from replygen.index.records import KEPT_DAYS, Removed

REMOVED = "SELECT id, title, path, at FROM removed ORDER BY at DESC, id"
# The tables that hold a document, in the order in which they can be filled again.
_TABLES = (("documents", "id"), ("passages", "document"), ("statutes", "document"),
           ("corrections", "document"), ("splits", "document"))  # fmt: skip


def remove_document(db: sqlite3.Connection, id: str) -> None:
    """Delete a document and keep its rows, inside the caller's transaction; what was kept
    longer than ``KEPT_DAYS`` goes. Nothing happens when there is none."""
    now = datetime.now(timezone.utc)
    oldest = (now - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    db.execute("DELETE FROM removed WHERE at < ?", (oldest,))
    rows = {
        table: [_plain(row) for row in db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (id,))]
        for table, key in _TABLES
    }
    if not rows["documents"]:
        return
    document = rows["documents"][0]
    db.execute(
        "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?, ?)",
        (
            id,
            document["title"],
            document["path"],
            now.isoformat(timespec="seconds"),
            json.dumps(rows, ensure_ascii=False),
        ),
    )
    delete_document(db, id)
    forget_corrections(db, id)
    forget_split(db, id)


def restore_document(db: sqlite3.Connection, id: str) -> None:
    """Put a removed document back, inside the caller's transaction; its passages get new row
    numbers, as caches expect. Raises StoreError where it is not kept any more, and where the
    same file or text was added again."""
    kept = db.execute("SELECT rows FROM removed WHERE id = ?", (id,)).fetchone()
    if kept is None:
        raise StoreError(f"这份材料已经恢复，或者删除超过 {KEPT_DAYS} 天，请重新加入原来的文件")
    rows = json.loads(kept["rows"])
    document = rows["documents"][0]
    again = db.execute(
        "SELECT title FROM documents WHERE id = ? OR path = ? OR text_hash = ?",
        (id, document["path"], document["text_hash"]),
    ).fetchone()
    if again is not None:
        raise StoreError(f"同一份材料后来又加入过（{again['title']}），不用恢复")
    for table, _ in _TABLES:
        for row in rows.get(table, ()):  # kept by an earlier version: without splits
            names = ", ".join(row)
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    db.execute(
        """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
           FROM passages WHERE document = ? HAVING count(*) > 0""",
        (id,),
    )
    db.execute("DELETE FROM removed WHERE id = ?", (id,))


def read_removed(rows: Iterable[sqlite3.Row]) -> tuple[Removed, ...]:
    """Return the rows of query ``REMOVED`` as what they tell."""
    return tuple(Removed(*row) for row in rows)


def _plain(row: sqlite3.Row) -> dict[str, object]:
    """A row by column name, without its number: it is never given twice."""
    return {name: row[name] for name in row.keys() if name != "row"}

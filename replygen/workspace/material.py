"""The files attached to a draft, kept in editions: what they were before each change of them.

``Work.attached`` names the edition that a state of the work goes with, so that a step that
changed the files is undone as every other one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from replygen.models import Source
from replygen.workspace.work import source_from_json, source_to_json

_MOST_EDITIONS = 20  # of one draft; the oldest go
# A row at position 0 stands for the edition itself, which may have no files.
MATERIAL_TABLES = (
    """CREATE TABLE attached (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        edition INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
        source TEXT NOT NULL, PRIMARY KEY (draft, edition, position))""",
    """INSERT INTO attached
       SELECT id, coalesce(json_extract(payload, '$.attached'), 0), 0, '', '' FROM drafts""",
    """INSERT INTO attached
       SELECT draft, coalesce(json_extract(payload, '$.attached'), 0), position, name, source
       FROM material JOIN drafts ON id = draft""",
    "DROP TABLE material",
)


def keep_material(db: sqlite3.Connection, id: str, material: Sequence[Source]) -> int:
    """Keep ``material`` as a new edition of a draft's files; return its number."""
    last = db.execute("SELECT max(edition) FROM attached WHERE draft = ?", (id,)).fetchone()[0]
    edition = 0 if last is None else int(last) + 1
    rows = [(id, edition, 0, "", "")]
    rows += [(id, edition, n, s.path, source_to_json(s)) for n, s in enumerate(material, 1)]
    db.executemany("INSERT INTO attached VALUES (?, ?, ?, ?, ?)", rows)
    oldest = edition - _MOST_EDITIONS
    db.execute("DELETE FROM attached WHERE draft = ? AND edition <= ?", (id, oldest))
    return edition


def has_edition(db: sqlite3.Connection, id: str, edition: int) -> bool:
    """Return whether an edition of a draft's files is still kept."""
    sql = "SELECT 1 FROM attached WHERE draft = ? AND edition = ? AND position = 0"
    return db.execute(sql, (id, edition)).fetchone() is not None


def read_material(db: sqlite3.Connection, id: str, edition: int) -> tuple[Source, ...]:
    """Return the files of an edition in order."""
    sql = """SELECT source FROM attached WHERE draft = ? AND edition = ? AND position > 0
             ORDER BY position"""
    return tuple(source_from_json(row[0]) for row in db.execute(sql, (id, edition)))

"""A document's passages in SQLite, and how people put their split right: kept beside, by the
bytes of the file, so that it outlives adding the file again and every rebuilding."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timezone

from replygen.errors import StoreError
from replygen.index.adding import Prepared, clean_surrogates
from replygen.index.records import HandSplit
from replygen.index.rows import read_document, read_passage
from replygen.index.splitting import number_passages
from replygen.laws.normalise import normalise_article
from replygen.models import Document, Passage

SPLIT = "SELECT at, by FROM splits WHERE document = ?"
_FIELDS = ("kind", "title", "text", "tense", "region", "context", "outcome")


def create_splits(db: sqlite3.Connection) -> None:
    """The schema step. ``was`` is how parsing split a document, ``now`` how people did. No
    foreign key: a row outlives its document's being read anew."""
    db.execute(
        """CREATE TABLE splits (
            document TEXT PRIMARY KEY, was TEXT NOT NULL, now TEXT NOT NULL,
            at TEXT NOT NULL, by TEXT NOT NULL) WITHOUT ROWID"""
    )


def read_split(row: sqlite3.Row | None) -> HandSplit | None:
    """Return the row of query ``SPLIT`` as what it tells."""
    return None if row is None else HandSplit(str(row["at"]), str(row["by"]))


def resplit_document(
    db: sqlite3.Connection, id: str, passages: Sequence[Passage] | None, *, by: str
) -> None:
    """Store the passages of a document as people split it, inside the caller's transaction;
    ``None`` goes back to what parsing read. Raises StoreError for an unknown document."""
    row = db.execute("SELECT * FROM documents WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise StoreError("这份材料已经不在语料库里，请刷新列表")
    document = read_document(row)
    kept = db.execute("SELECT was FROM splits WHERE document = ?", (id,)).fetchone()
    was = str(kept["was"]) if kept else _write(_stored(db, document))
    now = was if passages is None else _write(passages)
    if now == was:
        db.execute("DELETE FROM splits WHERE document = ?", (id,))
    else:
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        db.execute("INSERT OR REPLACE INTO splits VALUES (?, ?, ?, ?, ?)", (id, was, now, at, by))
    low, high = db.execute(
        "SELECT min(row), max(row) FROM passages WHERE document = ?", (id,)
    ).fetchone()
    if low is not None:
        db.execute("INSERT INTO changes (op, low, high) VALUES ('delete', ?, ?)", (low, high))
        db.execute("DELETE FROM passages WHERE document = ?", (id,))
    insert_passages(db, document, _read(now, document))


def keep_split(db: sqlite3.Connection, fresh: Prepared, replaced: str | None) -> Prepared:
    """Return a document that is about to be stored as people split it. ``replaced`` is the id of
    the version that it takes the place of: its split comes along where parsing splits the new one
    as it did that one."""
    id, said = fresh.document.id, _write(fresh.passages)
    if replaced is not None and replaced != id:
        db.execute(
            """INSERT OR IGNORE INTO splits SELECT ?, was, now, at, by FROM splits
               WHERE document = ? AND was = ?""",
            (id, replaced, said),
        )
        forget_split(db, replaced)
    row = db.execute("SELECT now FROM splits WHERE document = ?", (id,)).fetchone()
    if row is None:
        return fresh
    db.execute("UPDATE splits SET was = ? WHERE document = ?", (said, id))
    return fresh.with_passages(_read(str(row["now"]), fresh.document))


def forget_split(db: sqlite3.Connection, id: str) -> None:
    """Forget how people split a document that is removed."""
    db.execute("DELETE FROM splits WHERE document = ?", (id,))


def insert_passages(
    db: sqlite3.Connection, document: Document, passages: Sequence[Passage]
) -> None:
    """Store the passages of a document that has none, and tell the caches."""
    if not passages:
        return
    db.executemany(
        """INSERT INTO passages (document, kind, position, title, text, tense, region,
               context, article, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                document.id,
                p.kind,
                p.position,
                clean_surrogates(p.title),
                clean_surrogates(p.text),
                p.tense,
                p.region,
                clean_surrogates(p.context) if p.context else None,
                normalise_article(p.title) if p.kind == "article" else None,
                p.outcome,
            )
            for p in passages
        ],
    )
    db.execute(
        """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
           FROM passages WHERE document = ?""",
        (document.id,),
    )


def _stored(db: sqlite3.Connection, document: Document) -> tuple[Passage, ...]:
    rows = db.execute("SELECT * FROM passages WHERE document = ? ORDER BY position", (document.id,))
    return tuple(read_passage(row, document) for row in rows)


def _write(passages: Sequence[Passage]) -> str:
    """Passages as JSON; a place is kept only where it is not the document's."""
    pieces = []
    for passage in passages:
        piece = {name: getattr(passage, name) for name in _FIELDS}
        if passage.region == passage.document.region:
            piece["region"] = None
        pieces.append(piece)
    return clean_surrogates(json.dumps(pieces, ensure_ascii=False))


def _read(text: str, document: Document) -> tuple[Passage, ...]:
    pieces = [{**piece, "region": piece["region"] or document.region} for piece in json.loads(text)]
    return number_passages(Passage(id="", document=document, position=0, **p) for p in pieces)

"""The store's tables, as numbered steps that are applied on opening.

A step is never edited once released; a change is a new step at the end. The number of
steps applied stands in SQLite's ``user_version``.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable

from replygen.index.corrections import create_corrections
from replygen.index.local.splits import create_splits

APPLICATION_ID = 0x52504C59  # "RPLY"; tells our file from any other SQLite database


def _create_documents(db: sqlite3.Connection) -> None:
    # AUTOINCREMENT: a row number is never given twice, so whoever lags behind cannot
    # mistake a new row for a deleted one.
    db.execute(
        """CREATE TABLE documents (
            row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
            region TEXT, level TEXT, issuer TEXT, date TEXT, own INTEGER NOT NULL,
            session TEXT, number TEXT, doc_number TEXT,
            fields TEXT NOT NULL, text TEXT NOT NULL, text_hash TEXT NOT NULL,
            simhash INTEGER NOT NULL, added_at TEXT NOT NULL)"""
    )
    db.execute("CREATE INDEX documents_path ON documents(path)")
    db.execute("CREATE INDEX documents_text ON documents(text_hash)")
    db.execute("CREATE INDEX documents_number ON documents(number) WHERE number IS NOT NULL")
    db.execute(
        "CREATE INDEX documents_doc_number ON documents(doc_number) WHERE doc_number IS NOT NULL"
    )


def _create_passages(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE passages (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            kind TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL,
            text TEXT NOT NULL, tense TEXT, region TEXT, context TEXT, article TEXT,
            UNIQUE (document, position))"""
    )
    db.execute("CREATE INDEX passages_kind ON passages(kind)")
    db.execute(
        """CREATE TABLE vectors (
            row INTEGER NOT NULL REFERENCES passages(row) ON DELETE CASCADE,
            encoder TEXT NOT NULL, vector BLOB NOT NULL,
            PRIMARY KEY (encoder, row)) WITHOUT ROWID"""
    )
    db.execute("CREATE INDEX vectors_row ON vectors(row)")
    db.execute(
        """CREATE TABLE statutes (
            document TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
            key TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, issuer TEXT,
            promulgated TEXT, effective TEXT, articles INTEGER NOT NULL)"""
    )
    db.execute("CREATE INDEX statutes_key ON statutes(key)")


def _create_history(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE imports (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, path TEXT NOT NULL,
            sha256 TEXT NOT NULL, outcome TEXT NOT NULL, document TEXT, duplicate_of TEXT)"""
    )
    # One row a document: its passages have neighbouring row numbers low..high.
    db.execute(
        """CREATE TABLE changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, op TEXT NOT NULL,
            low INTEGER NOT NULL, high INTEGER NOT NULL)"""
    )
    db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    db.execute("INSERT INTO meta VALUES ('store', ?)", (uuid.uuid4().hex,))


def _add_expiry(db: sqlite3.Connection) -> None:
    """The first day on which a statute no longer stands, where its text says so."""
    db.execute("ALTER TABLE statutes ADD COLUMN expires TEXT")


def _add_edition(db: sqlite3.Connection) -> None:
    """The day on which a statute's text was made, from the fields that it was parsed into."""
    db.execute("ALTER TABLE statutes ADD COLUMN edition TEXT")
    db.execute(
        """UPDATE statutes SET edition = (
               SELECT coalesce((SELECT max(a.value) FROM json_each(d.fields, '$.amended') a),
                   statutes.promulgated)
               FROM documents d WHERE d.id = statutes.document)"""
    )


def _add_outcome(db: sqlite3.Connection) -> None:
    """Whether a refusal is one for good or for now, from the fields of its reply."""
    db.execute("ALTER TABLE passages ADD COLUMN outcome TEXT")
    db.execute(
        """UPDATE passages SET outcome = (
               SELECT json_extract(r.value, '$.outcome')
               FROM documents d, json_each(coalesce(json_extract(d.fields, '$.refusals'),
                   json_extract(d.fields, '$.reply.refusals'), '[]')) r
               WHERE d.id = passages.document AND json_valid(d.fields)
                   AND json_extract(r.value, '$.text') = passages.text)
           WHERE kind = 'refusal'"""
    )


def _create_removed(db: sqlite3.Connection) -> None:
    """What was removed by hand, its rows as JSON, to be put back."""
    db.execute(
        """CREATE TABLE removed (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL,
            rows TEXT NOT NULL)"""
    )


def _index_titles(db: sqlite3.Connection) -> None:
    """Find a document by its title: with 50,000 of them, a query with a 《title》 took 108 ms
    longer than any other."""
    db.execute("CREATE INDEX documents_title ON documents(title)")


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _create_documents,
    _create_passages,
    _create_history,
    _add_expiry,
    create_corrections,
    _add_edition,
    _add_outcome,
    _create_removed,
    create_splits,
    _index_titles,
)


def apply_steps(db: sqlite3.Connection) -> None:
    """Bring the open database up to the last step; each step is its own transaction,
    and two processes that open a new index at once do not apply one twice."""
    while (version := read_version(db)) < len(STEPS):
        db.execute("BEGIN IMMEDIATE")
        try:
            if read_version(db) == version:
                STEPS[version](db)
                db.execute(f"PRAGMA user_version = {version + 1}")
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def read_version(db: sqlite3.Connection) -> int:
    """Return how many steps the database has had."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])

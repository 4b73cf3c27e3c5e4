"""Documents in SQLite: the store as the rules of adding see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone

from replygen.index.adding import Prepared, store_document
from replygen.index.corrections import finish_corrected, keep_corrected, read_corrections
from replygen.index.local.splits import insert_passages, keep_split
from replygen.index.local.store import Store, delete_document
from replygen.index.records import AddOutcome
from replygen.index.rows import read_document, read_statute
from replygen.index.similarity import Signatures
from replygen.laws.normalise import normalise_statute
from replygen.laws.records import StatuteRecord
from replygen.models import Document, Statute


def add_document(
    store: Store, fresh: Prepared, *, sha256: str, signatures: Signatures
) -> AddOutcome:
    """Store one document in one transaction, note it in the history, and say what became of
    it. ``signatures`` is brought up to the store and says which documents may be
    near-copies. Raises StoreError; then nothing of the document is stored."""
    with store.change() as db:
        outcome = store_document(_Shelf(db, signatures), fresh)
        db.execute(
            """INSERT INTO imports (at, path, sha256, outcome, document, duplicate_of)
               VALUES (?, ?, ?, ?, ?, ?)""",
            (
                _now(),
                fresh.document.path,
                sha256,
                outcome.state,
                outcome.document.id,
                outcome.duplicate_of,
            ),
        )
    return outcome


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The tables of one store inside one transaction."""

    db: sqlite3.Connection
    signatures: Signatures

    def find_path(self, path: str) -> Document | None:
        return self._one("WHERE path = ? ORDER BY added_at DESC", path)

    def find_text(self, id: str, text_hash: str) -> Document | None:
        return self._one("WHERE id = ?1 OR text_hash = ?2 ORDER BY id = ?1 DESC", id, text_hash)

    def has_fields(self, id: str, fields: str) -> bool:
        sql = "SELECT 1 FROM documents WHERE id = ? AND fields = ?"
        return self.db.execute(sql, (id, fields)).fetchone() is not None

    def correct(self, fresh: Prepared, replaced: str | None) -> Prepared:
        document = keep_corrected(self.db, fresh.document, fresh.parsed, replaced)
        placed = fresh if document == fresh.document else fresh.as_document(document)
        return keep_split(self.db, placed, replaced)

    def find_suspects(self, signature: int) -> Iterator[tuple[str, str]]:
        rows = self.db.execute(
            "SELECT row, id, simhash FROM documents WHERE row > ? ORDER BY row",
            (self.signatures.last,),
        ).fetchall()
        self.signatures.extend([tuple(row) for row in rows])
        for id in self.signatures.find(signature):
            sql = "SELECT path, text FROM documents WHERE id = ?"
            found = self.db.execute(sql, (id,)).fetchone()
            if found is not None:
                yield str(found["path"]), str(found["text"])

    def find_statute(self, path: str) -> StatuteRecord | None:
        sql = """SELECT s.* FROM statutes s JOIN documents d ON d.id = s.document
                 WHERE d.path = ? ORDER BY d.added_at DESC"""
        row = self.db.execute(sql, (path,)).fetchone()
        return read_statute(row, date.today().isoformat()) if row else None

    def mark_own(self, id: str) -> bool:
        if any(c.field == "own" for c in read_corrections(self.db, id)):
            return False
        self.db.execute("UPDATE documents SET own = 1 WHERE id = ?", (id,))
        # caches must learn the mark: tell them of the passages once more
        self.db.execute(
            """INSERT INTO changes (op, low, high) SELECT 'add', min(row), max(row)
               FROM passages WHERE document = ? HAVING count(*) > 0""",
            (id,),
        )
        return True

    def delete(self, id: str) -> None:
        delete_document(self.db, id)

    def insert(self, fresh: Prepared) -> None:
        _insert(self.db, fresh)

    def _one(self, where: str, *values: str) -> Document | None:
        sql = f"""SELECT id, path, kind, title, region, level, issuer, date, own, doc_number
                  FROM documents {where} LIMIT 1"""
        row = self.db.execute(sql, values).fetchone()
        return read_document(row) if row else None


def _insert(db: sqlite3.Connection, fresh: Prepared) -> None:
    document = fresh.document
    db.execute(
        """INSERT INTO documents (id, path, kind, title, region, level, issuer, date, own,
               session, number, doc_number, fields, text, text_hash, simhash, added_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            document.id,
            document.path,
            document.kind,
            document.title,
            document.region,
            document.level,
            document.issuer,
            document.date,
            int(document.own),
            fresh.session,
            fresh.number,
            fresh.doc_number,
            fresh.fields,
            fresh.text,
            fresh.text_hash,
            fresh.simhash,
            _now(),
        ),
    )
    if isinstance(fresh.parsed, Statute):
        _insert_statute(db, document, fresh.parsed)
    insert_passages(db, document, fresh.passages)
    finish_corrected(db, document.id)


def _insert_statute(db: sqlite3.Connection, document: Document, statute: Statute) -> None:
    db.execute(
        "INSERT INTO statutes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            normalise_statute(statute.name),
            statute.name,
            statute.status,
            statute.issuer,
            statute.promulgated,
            statute.effective,
            len(statute.articles),
            statute.expires,
            statute.edition,
        ),
    )


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

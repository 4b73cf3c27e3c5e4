"""The exact names in a SQLite store: what :mod:`replygen.index.lookup` asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from replygen.index.local.store import Store
from replygen.index.lookup import Place
from replygen.index.rows import read_statute
from replygen.laws.records import StatuteRecord, settle_editions

_PLACES = """SELECT p.row, p.position, p.document FROM statutes s
    JOIN passages p ON p.document = s.document WHERE s.key = ? AND p.article = ?"""
_KEYS = "SELECT DISTINCT key FROM statutes WHERE document IN ({})"
_VERSIONS = "SELECT * FROM statutes WHERE key IN ({})"
_FIRST = """SELECT min(p.row), d.session FROM documents d JOIN passages p ON p.document = d.id
    WHERE d.{} IN ({{}}) GROUP BY d.id"""
_STATUTES = """SELECT min(p.row) FROM statutes s JOIN passages p ON p.document = s.document
    WHERE s.key IN ({}) GROUP BY s.document"""


class Catalogue:
    """The exact names of one store. Passages are named by their rows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def know_statutes(self, names: Sequence[str]) -> list[str]:
        """Return those of the names of statutes that the store has."""
        sql = "SELECT DISTINCT key FROM statutes WHERE key IN ({})"
        return [str(row[0]) for row in self._store.rows_in(sql, names)]

    def find_places(self, statute: str, article: str) -> Iterator[tuple[int, Place]]:
        """Give where the 条 stands in the versions of the statute."""
        places = self._store.rows(_PLACES, (statute, article))
        versions = {r.document: r for r in self._find_versions([statute] if places else [])}
        for row in places:
            yield int(row["row"]), Place(int(row["position"]), versions[row["document"]])

    def find_versions(self, documents: Sequence[str]) -> list[StatuteRecord]:
        """Return the statutes of these documents, with all their editions."""
        return self._find_versions([str(row[0]) for row in self._store.rows_in(_KEYS, documents)])

    def _find_versions(self, keys: Sequence[str]) -> list[StatuteRecord]:
        today = date.today().isoformat()
        rows = self._store.rows_in(_VERSIONS, keys)
        return settle_editions((read_statute(row, today) for row in rows), today)

    def find_doc_numbers(self, numbers: Sequence[str]) -> list[int]:
        """Return the documents with one of these 文号."""
        return [row for row, _ in self._first_rows("doc_number", numbers)]

    def find_cases(self, session: str, numbers: Sequence[str]) -> list[int]:
        """Return the documents on the cases of a session with these numbers."""
        return [row for row, of in self._first_rows("number", numbers) if of == session]

    def find_titles(self, titles: Sequence[str]) -> list[int]:
        """Return the documents with one of these titles."""
        return [row for row, _ in self._first_rows("title", titles)]

    def find_statutes(self, names: Sequence[str]) -> list[int]:
        """Return the statutes with one of these names."""
        return [int(row[0]) for row in self._store.rows_in(_STATUTES, names)]

    def _first_rows(self, column: str, values: Sequence[str]) -> list[tuple[int, str | None]]:
        """Return the first passage of each document with one of the values, and its session."""
        found = self._store.rows_in(_FIRST.format(column), values)
        return [(int(row[0]), row[1]) for row in found]

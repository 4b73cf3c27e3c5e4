"""The exact names in Milvus, by hashes: what :mod:`replygen.index.lookup` asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from replygen.index.lookup import Place
from replygen.index.milvus.rows import DOCUMENT_FIELDS, list_ids, read_statute
from replygen.index.milvus.tables import DOCUMENTS, PASSAGES, Row, Tables, make_key, quote
from replygen.laws.records import StatuteRecord, settle_editions

_ASKED = 200  # keys of one request


class Catalogue:
    """The exact names of one index. Passages are named by their ids."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def know_statutes(self, names: Sequence[str]) -> list[str]:
        """Return those of the names of statutes that the index has."""
        keys = {make_key(name): name for name in names}
        return [keys[row["statute_key"]] for row in self._look_up("statute_key", keys)]

    def find_places(self, statute: str, article: str) -> Iterator[tuple[str, Place]]:
        """Give where the 条 stands in the versions of the statute."""
        condition = f'article_key == "{make_key(statute, article)}"'
        found = self._tables.get(PASSAGES, condition, ["id", "document", "position"])
        if not found:
            return
        versions = {r.document: r for r in self._find_versions([make_key(statute)])}
        for row in found:
            if row["document"] in versions:
                yield str(row["id"]), Place(int(row["position"]), versions[row["document"]])

    def find_versions(self, documents: Sequence[str]) -> list[StatuteRecord]:
        """Return the statutes of these documents, with all their editions."""
        if not documents:
            return []
        rows = self._tables.get(DOCUMENTS, list_ids(documents), ["id", "statute_key"])
        return self._find_versions(sorted({row["statute_key"] for row in rows} - {""}))

    def _find_versions(self, keys: Sequence[str]) -> list[StatuteRecord]:
        if not keys:
            return []
        today = date.today().isoformat()
        condition = f"statute_key in [{', '.join(map(quote, keys))}]"
        rows = self._tables.get(DOCUMENTS, condition, DOCUMENT_FIELDS)
        return settle_editions((read_statute(row, today) for row in rows), today)

    def find_doc_numbers(self, numbers: Sequence[str]) -> list[str]:
        """Return the documents with one of these 文号."""
        return self._first_of("doc_number_key", map(make_key, numbers))

    def find_cases(self, session: str, numbers: Sequence[str]) -> list[str]:
        """Return the documents on the cases of a session with these numbers."""
        return self._first_of("number_key", (make_key(session, number) for number in numbers))

    def find_titles(self, titles: Sequence[str]) -> list[str]:
        """Return the documents with one of these titles."""
        return self._first_of("title_key", map(make_key, titles))

    def find_statutes(self, names: Sequence[str]) -> list[str]:
        """Return the statutes with one of these names."""
        return self._first_of("statute_key", map(make_key, names))

    def _first_of(self, field: str, keys: Iterable[str]) -> list[str]:
        """Return the first passages of the documents that have one of these keys."""
        rows = self._look_up(field, keys)
        return [f"{row['id']}#0" for row in rows if int(row["data"]["passages"])]

    def _look_up(self, field: str, keys: Iterable[str]) -> list[Row]:
        asked = [key for key in dict.fromkeys(keys) if key]
        if not asked:
            return []
        listed = ", ".join(f'"{key}"' for key in asked[:_ASKED])
        found = self._tables.get(DOCUMENTS, f"{field} in [{listed}]", ["id", "data", field])
        return sorted(found, key=lambda row: str(row["id"]))

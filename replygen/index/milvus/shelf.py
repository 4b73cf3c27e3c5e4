"""Documents in Milvus: the collections as the rules of adding see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from replygen.index.adding import Prepared
from replygen.index.encoders.encoder import Encoder
from replygen.index.milvus.rows import (
    DOCUMENT_FIELDS,
    Entry,
    make_document,
    make_passages,
    read_document,
    read_statute,
)
from replygen.index.milvus.tables import (
    DOCUMENTS,
    PASSAGES,
    TEXTS,
    Row,
    Tables,
    make_key,
    quote,
)
from replygen.index.passages import compose_searchable
from replygen.index.shipped import encode_passages
from replygen.index.similarity import HAMMING, SUSPECTS
from replygen.laws.records import StatuteRecord, make_record
from replygen.models import Document, Passage, Reply, Statute

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one index and the encoder of their passages."""

    tables: Tables
    encoder: Encoder

    def find_path(self, path: str) -> Document | None:
        """Return the document stored under this path."""
        return self._one(f'path_key == "{make_key(path)}"')

    def find_text(self, id: str, text_hash: str) -> Document | None:
        """Return the document with this id, else one with this text."""
        return self._document(id) or self._one(f'text_key == "{make_key(text_hash)}"')

    def has_fields(self, id: str, fields: str) -> bool:
        """Say whether the stored document was parsed into these fields."""
        row = self.find_row(id)
        return row is not None and bool(row["data"]["fields"] == make_key(fields))

    def correct(self, fresh: Prepared, replaced: str | None) -> Prepared:
        """Return it as it is: corrections are made in the index on a laptop."""
        return fresh

    def find_suspects(self, signature: int) -> Iterator[tuple[str, str]]:
        """Give (path, text) of documents whose simhash is near, the nearest first."""
        if not self.tables.count(DOCUMENTS):
            return
        for id in self.tables.near_signatures(signature, HAMMING, SUSPECTS):
            document = self._document(id)
            if document is not None:
                yield document.path, self.tables.get_text(id)

    def find_statute(self, path: str) -> StatuteRecord | None:
        """Return what is kept of the statute stored under this path."""
        found = self.tables.get(DOCUMENTS, f'path_key == "{make_key(path)}"', DOCUMENT_FIELDS)
        statutes = [row for row in found if "statute" in row["data"]]
        return read_statute(statutes[0], date.today().isoformat()) if statutes else None

    def mark_own(self, id: str) -> bool:
        """Make a stored document ours."""
        for name, field in ((PASSAGES, "document"), (DOCUMENTS, "id")):
            rows = self.tables.get(name, f"{field} == {quote(id)}", ["*"])
            self.tables.put(name, [{**_without_words(row), "own": True} for row in rows])
        return True

    def delete(self, id: str) -> None:
        """Delete a document, its passages and texts."""
        passages = self.tables.get(PASSAGES, f"document == {quote(id)}", ["id"])
        for owner in (id, *(row["id"] for row in passages)):
            self.tables.delete(TEXTS, f"owner == {quote(owner)}")
        self.tables.delete(PASSAGES, f"document == {quote(id)}")
        self.tables.delete(DOCUMENTS, f"id == {quote(id)}")

    def insert(self, fresh: Prepared) -> None:
        """Store a document with the vectors of its passages."""
        self.keep([_make_entry(fresh, self.encode(fresh.passages))])

    def keep(self, entries: Sequence[Entry]) -> None:
        """Store documents as they are, the documents' own rows last."""
        passages: list[Row] = []
        texts: dict[str, str] = {}
        for entry in entries:
            rows, long = make_passages(entry)
            passages += rows
            texts |= {entry.document.id: entry.text, **long}
        self.tables.put_texts(texts)
        self.tables.put(PASSAGES, passages)
        self.tables.put(DOCUMENTS, [make_document(entry) for entry in entries])

    def encode(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return the vectors of passages, (n, dim)."""
        texts = [compose_searchable(p.document.title, p.title, p.context, p.text) for p in passages]
        return encode_passages(self.encoder, texts)

    def find_row(self, id: str) -> Row | None:
        """Return a document's row, or None."""
        if not is_plain(id) or len(id) > _LONGEST_ID:
            return None
        found = self.tables.get(DOCUMENTS, f"id == {quote(id)}", DOCUMENT_FIELDS)
        return found[0] if found else None

    def _document(self, id: str) -> Document | None:
        row = self.find_row(id)
        return None if row is None else read_document(row)

    def _one(self, condition: str) -> Document | None:
        found = self.tables.get(DOCUMENTS, condition, DOCUMENT_FIELDS)
        return read_document(found[0]) if found else None


def is_plain(id: str) -> bool:
    """Say whether an id can be asked for: no other is one of ours."""
    return bool(id) and all(c.isascii() and (c.isalnum() or c in "#-_:.") for c in id)


def _without_words(row: Row) -> Row:
    """Return a row without the field that Milvus makes itself."""
    return {key: value for key, value in row.items() if key != "sparse"}


def _make_entry(
    fresh: Prepared,
    vectors: NDArray[np.float32],
) -> Entry:
    document, parsed = fresh.document, fresh.parsed
    statute = make_record(parsed, document.id) if isinstance(parsed, Statute) else None
    return Entry(
        document=document,
        passages=fresh.passages,
        vectors=vectors,
        text=fresh.text,
        text_hash=fresh.text_hash,
        simhash=fresh.simhash,
        fields=fresh.fields,
        session=fresh.session,
        number=fresh.number,
        doc_number=fresh.doc_number,
        statute=statute,
        expires=parsed.expires if isinstance(parsed, Statute) else None,
        role=parsed.host_role if isinstance(parsed, Reply) else None,
    )

"""A document and its passages as rows of Milvus' collections, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.index import rows
from replygen.index.milvus.tables import Row, cut_text, make_key, quote, spread_bits
from replygen.index.passages import compose_searchable
from replygen.laws import StatuteRecord
from replygen.laws.normalise import normalise_article, normalise_statute
from replygen.models import Document, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOCUMENT_FIELDS = ("id", "kind", "own", "data")
PASSAGE_FIELDS = ("id", "document", "position", "kind", "own", "data")
_LONG = 40_000  # bytes of a passage's text that stay in its row; JSON holds 65,536


@dataclass(frozen=True, slots=True)
class Entry:
    """One document for Milvus. ``vectors`` is (passages, dim) float32; ``statute`` is what
    the index says of it when it is one, ``expires`` the day it ends."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    text: str
    text_hash: str
    simhash: int
    fields: str
    session: str | None = None
    number: str | None = None
    doc_number: str | None = None
    statute: StatuteRecord | None = None
    expires: str | None = None
    role: str | None = None


def make_document(entry: Entry) -> Row:
    """Return the row of a document."""
    document, statute = entry.document, entry.statute
    data: Row = {
        **_describe(document),
        "text_hash": entry.text_hash,
        "fields": make_key(entry.fields),
        "passages": len(entry.passages),
        "articles": 0 if statute is None else statute.articles,
    }
    if statute is not None:
        data["statute"] = {
            "name": statute.name,
            "status": statute.status,
            "effective": statute.effective,
            "issuer": statute.issuer,
            "promulgated": statute.promulgated,
            "edition": statute.edition,
            "expires": entry.expires,
        }
    return {
        "id": document.id,
        "path_key": make_key(document.path),
        "text_key": make_key(entry.text_hash),
        "title_key": make_key(document.title),
        "doc_number_key": make_key(entry.doc_number),
        "number_key": make_key(entry.session, entry.number),
        "statute_key": make_key(normalise_statute(statute.name)) if statute else "",
        "kind": document.kind,
        "own": document.own,
        "data": data,
        "signature": spread_bits(entry.simhash),
    }


def make_passages(entry: Entry) -> tuple[list[Row], dict[str, str]]:
    """Return the rows of a document's passages, and by id the texts too long for them."""
    made: list[Row] = []
    long: dict[str, str] = {}
    statute = normalise_statute(entry.statute.name) if entry.statute else None
    for passage, vector in zip(entry.passages, entry.vectors, strict=True):
        whole = len(passage.text.encode("utf-8", "replace")) <= _LONG
        if not whole:
            long[passage.id] = passage.text
        searchable = compose_searchable(
            passage.document.title, passage.title, passage.context, passage.text
        )
        article = normalise_article(passage.title) if passage.kind == "article" else None
        made.append(
            {
                "id": passage.id,
                "document": passage.document.id,
                "article_key": make_key(statute, article),
                "position": passage.position,
                "kind": passage.kind,
                "own": passage.document.own,
                "body": cut_text(searchable),
                "data": {
                    **_describe(passage.document),
                    "passage_title": passage.title,
                    "text": passage.text if whole else None,
                    "tense": passage.tense,
                    "passage_region": passage.region,
                    "context": passage.context,
                    "outcome": passage.outcome,
                    "role": entry.role,
                },
                "vector": vector.tolist(),
            }
        )
    return made, long


def read_document(row: Row) -> Document:
    """Return the document of a row of ``documents``."""
    return rows.read_document(
        {"doc_number": None, **row["data"], "id": row["id"], "own": row["own"]}
    )


def read_passage(row: Row, long: Mapping[str, str]) -> Passage:
    """Return the passage of a row of ``passages``; ``long`` has its text by its id where
    the row has none."""
    data = row["data"]
    document = {"doc_number": None, **data, "id": row["document"], "own": row["own"]}
    text = data["text"] if data["text"] is not None else long.get(row["id"], "")
    passage = {
        "outcome": None,
        **data,
        "kind": row["kind"],
        "position": row["position"],
        "title": data["passage_title"],
        "region": data["passage_region"],
        "text": text,
    }
    return rows.read_passage(passage, rows.read_document(document))


def read_statute(row: Row, today: str) -> StatuteRecord:
    """Return what a row of ``documents`` says of a statute, its status as of ``today``."""
    data = row["data"]
    statute = {
        "edition": None,
        **data["statute"],
        "document": row["id"],
        "articles": data["articles"],
    }
    return rows.read_statute(statute, today)


def list_ids(ids: Sequence[str]) -> str:
    """Return the condition that a row has one of these ids."""
    return f"id in [{', '.join(quote(id) for id in ids)}]"


def _describe(document: Document) -> Row:
    return {
        "path": document.path,
        "kind": document.kind,
        "title": document.title,
        "region": document.region,
        "level": document.level,
        "issuer": document.issuer,
        "date": document.date,
        "doc_number": document.doc_number,
    }

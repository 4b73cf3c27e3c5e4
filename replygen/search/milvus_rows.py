"""A document and its passages as rows of Milvus' collections, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from replygen.models import Document, Passage
from replygen.search.milvus_tables import Row, cut_text, make_key, quote, spread_bits
from replygen.search.normalise import normalise_article, normalise_statute
from replygen.search.passages import compose_searchable
from replygen.search.records import StatuteRecord, judge_status

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
    rows: list[Row] = []
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
        rows.append(
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
                    "role": entry.role,
                },
                "vector": vector.tolist(),
            }
        )
    return rows, long


def read_document(row: Mapping[str, Any]) -> Document:
    """Return the document of a row of ``documents``."""
    return _read(row["id"], row["data"]["kind"], bool(row["own"]), row["data"])


def read_passage(row: Mapping[str, Any], long: Mapping[str, str]) -> Passage:
    """Return the passage of a row of ``passages``; ``long`` has its text by its id where
    the row has none."""
    data = row["data"]
    return Passage(
        id=row["id"],
        document=_read(row["document"], data["kind"], bool(row["own"]), data),
        kind=row["kind"],
        position=int(row["position"]),
        title=data["passage_title"],
        text=data["text"] if data["text"] is not None else long.get(row["id"], ""),
        tense=data["tense"],
        region=data["passage_region"],
        context=data["context"],
    )


def read_statute(row: Mapping[str, Any], today: str) -> StatuteRecord:
    """Return what a row of ``documents`` says of a statute, its status as of ``today``."""
    data, statute = row["data"], row["data"]["statute"]
    return StatuteRecord(
        name=statute["name"],
        status=judge_status(statute["status"], statute["effective"], statute["expires"], today),
        effective=statute["effective"],
        document=row["id"],
        articles=int(data["articles"]),
        issuer=statute["issuer"],
        promulgated=statute["promulgated"],
    )


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
    }


def _read(id: str, kind: Any, own: bool, data: Mapping[str, Any]) -> Document:  # noqa: ANN401
    return Document(
        id=id,
        path=data["path"],
        kind=kind,
        title=data["title"],
        region=data["region"],
        level=data["level"],
        issuer=data["issuer"],
        date=data["date"],
        own=own,
    )

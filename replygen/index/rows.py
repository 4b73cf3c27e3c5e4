"""A stored row -> a document, a passage, a statute: the same columns in every store."""

from __future__ import annotations

from typing import Any, Protocol

from replygen.laws import StatuteRecord
from replygen.laws.records import judge_status
from replygen.models import Document, Passage


class Row(Protocol):
    """A row whose columns are read by name: SQLite's, or a dict."""

    def __getitem__(self, name: str, /) -> Any: ...  # noqa: ANN401 - a column of any type


def read_document(row: Row, prefix: str = "") -> Document:
    """Return the document of a row; in a joined row its columns begin with ``prefix``."""
    return Document(
        id=row[prefix + "id"],
        path=row[prefix + "path"],
        kind=row[prefix + "kind"],
        title=row[prefix + "title"],
        region=row[prefix + "region"],
        level=row[prefix + "level"],
        issuer=row[prefix + "issuer"],
        date=row[prefix + "date"],
        own=bool(row[prefix + "own"]),
        doc_number=row[prefix + "doc_number"],
    )


def read_passage(row: Row, document: Document) -> Passage:
    """Return the passage of a row, which is of ``document``."""
    return Passage(
        id=f"{document.id}#{row['position']}",
        document=document,
        kind=row["kind"],
        position=int(row["position"]),
        title=row["title"],
        text=row["text"],
        tense=row["tense"],
        region=row["region"],
        context=row["context"],
        outcome=row["outcome"],
    )


def read_statute(row: Row, today: str) -> StatuteRecord:
    """Return what a row says of a statute, its status as of ``today``."""
    return StatuteRecord(
        name=row["name"],
        status=judge_status(row["status"], row["effective"], row["expires"], today),
        effective=row["effective"],
        document=row["document"],
        articles=int(row["articles"]),
        issuer=row["issuer"],
        promulgated=row["promulgated"],
        edition=row["edition"],
    )

"""index: parsed documents -> an index on disk -> the passages that answer a query.

::

    base     Index, what an index is to the other rooms     opening   open_index
    adding   a parsed file -> a document, the rules of copies   passages  what it is split into
    query    what is looked for      terms   a text's terms     lookup    what it names outright
    fusion   scores fused, copies merged    tuning  the weights of the ranking
    similarity  what counts as a copy       rows    stored columns -> documents, passages
    corrections fields put right by hand    splitting how a document is split, put right by hand
    records what an index says of itself
    grams    hashed n-grams of characters     memory   what was worked out before
    shipped  vectors of the national laws that the package has    relevance  the judge

    encoders/  texts -> vectors: the Protocol, the shipped ones, any other
    local/     SQLite, tantivy and FAISS in a folder
    milvus/    the same in Milvus

Deleting ``words/`` and ``vectors/`` under an index in a folder is always harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.language.lazily import load_lazily

if TYPE_CHECKING:
    from replygen.index.adding import name_by_file, name_document
    from replygen.index.base import Index
    from replygen.index.corrections import FIELDS, Correction
    from replygen.index.encoders.encoder import Encoder
    from replygen.index.encoders.hashed import HashEncoder
    from replygen.index.encoders.loading import load_encoder
    from replygen.index.opening import open_index
    from replygen.index.passages import split_passages
    from replygen.index.records import (
        KEPT_DAYS,
        AddOutcome,
        AddState,
        HandSplit,
        IndexStatus,
        Removed,
        VerifyReport,
    )

__all__ = [
    "AddOutcome",
    "AddState",
    "Correction",
    "Encoder",
    "FIELDS",
    "HandSplit",
    "HashEncoder",
    "Index",
    "IndexStatus",
    "KEPT_DAYS",
    "Removed",
    "VerifyReport",
    "load_encoder",
    "name_by_file",
    "name_document",
    "open_index",
    "split_passages",
]
_HOMES = {
    "AddOutcome": "records",
    "AddState": "records",
    "Correction": "corrections",
    "Encoder": "encoders.encoder",
    "FIELDS": "corrections",
    "HandSplit": "records",
    "HashEncoder": "encoders.hashed",
    "Index": "base",
    "IndexStatus": "records",
    "KEPT_DAYS": "records",
    "Removed": "records",
    "VerifyReport": "records",
    "load_encoder": "encoders.loading",
    "name_by_file": "adding",
    "name_document": "adding",
    "open_index": "opening",
    "split_passages": "passages",
}

__getattr__ = load_lazily(__name__, _HOMES)

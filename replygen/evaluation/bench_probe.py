"""What one child process of ``replygen bench`` measures, so that its peak memory is its
own: ``python -m replygen.evaluation.bench_probe JOB ARGUMENTS(json)`` prints a JSON
object as its last line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.evaluation.bench_corpus import Corpus
from replygen.evaluation.bench_rivals import RIVALS, time_queries
from replygen.index import open_index
from replygen.index.encoders.loading import load_stages
from replygen.index.local.caches import Caches, Stage
from replygen.index.local.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Figures = dict[str, Any]
_BATCH = 5_000
_RECALL_QUERIES = 50


def build(folder: str, size: int, encoder: str, vectors: str | None) -> Figures:
    """Index ``size`` passages; give the slow stage composed vectors from the sentences'
    ``vectors`` (.npy) where there is one."""
    import numpy as np

    corpus = Corpus(size)
    assert len(corpus.picks) and corpus.sentences  # made before the clock starts
    with open_index(Path(folder), encoder=encoder) as index:
        clock = _Clock()
        for parsed, source in corpus.documents():
            index.add(parsed, source)
        stored = clock.lap()
        index.catch_up()
        searchable = clock.lap()
        memory = peak_memory()
    figures: Figures = {
        "passages": size,
        "store_seconds": stored[0],
        "store_cpu_seconds": stored[1],
        "catch_up_seconds": searchable[0],
        "catch_up_cpu_seconds": searchable[1],
        "searchable_per_second": size / (stored[0] + searchable[0]),
        "searchable_per_cpu_second": size / (stored[1] + searchable[1]),
        "bytes_without_slow": _measure_folder(folder),
    }
    slow = load_stages(encoder)[1]
    if slow is not None and vectors is not None:
        sentences = np.load(vectors)
        store = Store(Path(folder))
        clock = _Clock()
        for start in range(0, size, _BATCH):
            end = min(size, start + _BATCH)
            found = corpus.compose(sentences, start, end)
            store.keep_vectors(slow.name, range(start + 1, end + 1), found)
        figures["slow_kept_seconds"] = clock.lap()[0]
        store.close()
        with open_index(Path(folder), encoder=encoder) as index:
            index.catch_up()
        figures["slow_fed_seconds"] = clock.lap()[0]
        memory = peak_memory()  # of the whole process so far
    return {**figures, "bytes": _measure_folder(folder), "build_memory": memory}


def ask(folder: str, size: int, encoder: str, queries: int) -> Figures:
    """Open an index in this fresh process and ask."""
    asked = Corpus(size).queries(queries + 5)
    with open_index(Path(folder), encoder=encoder) as index:
        clock = _Clock()
        index.search(asked[0])
        first = clock.lap()[0]
        for query in asked[1:5]:
            index.search(query)
            index.search(query, kind="measure")
        clock.lap()
        plain = time_queries(index.search, asked[5:])
        spent = clock.lap()[1]
        kind = time_queries(lambda q: index.search(q, kind="measure"), asked[5:])
        return {
            "first_seconds": first,
            "query_p50_ms": plain[0],
            "query_p95_ms": plain[1],
            "query_cpu_ms": 1000 * spent / queries,
            "query_kind_p50_ms": kind[0],
            "query_kind_p95_ms": kind[1],
            "query_memory": peak_memory(),
        }


def recall(folder: str, size: int, encoder: str) -> Figures:
    """Compare what each vector index finds first with comparing everything."""
    queries = Corpus(size).queries(_RECALL_QUERIES)
    store = Store(Path(folder))
    caches = Caches(store, *load_stages(encoder))
    caches.catch_up()
    figures: Figures = {}
    for name, stage in zip(("fast", "slow"), caches.stages, strict=False):
        if len(stage.vectors):
            vectors = stage.encoder.encode(queries, kind="query")
            alone = time_queries(partial(_encode_one, stage), queries)
            figures[f"encode_{name}_p50_ms"] = alone[0]
            figures[f"recall_{name}"] = _compare(store, stage, vectors, size)
            times = time_queries(partial(stage.near, among=None, limit=100), list(vectors))
            figures[f"vectors_{name}_p50_ms"] = times[0]
            figures[f"dim_{name}"] = stage.encoder.dim
    figures["words_p50_ms"] = _time_words(caches, queries)
    store.close()
    return figures


def rival(name: str, size: int, queries: int, encoder: str) -> Figures:
    """Index and ask with one tool, ours among them."""
    corpus = Corpus(size)
    figures = RIVALS[name](list(corpus.texts()), corpus.queries(queries), encoder)
    return {**figures, "memory": peak_memory()}


def sentences(path: str, encoder: str) -> Figures:
    """Write the vectors of the corpus' sentences by the slow encoder to ``path``."""
    import numpy as np

    slow = load_stages(encoder)[1]
    if slow is None:
        return {}
    pool = Corpus(1).sentences
    clock = _Clock()
    np.save(path, slow.encode(pool, kind="passage"))
    return {"encoder": slow.name, "sentences": len(pool), "seconds": clock.lap()[0]}


def peak_memory() -> int | None:
    """Return the most bytes that this process has held so far (pages of mapped files that
    it has read included); None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * 1024)


class _Clock:
    """Wall and processor seconds since the last lap."""

    def __init__(self) -> None:
        self._last = (time.perf_counter(), time.process_time())

    def lap(self) -> tuple[float, float]:
        """Return both and begin anew."""
        now = (time.perf_counter(), time.process_time())
        passed = (now[0] - self._last[0], now[1] - self._last[1])
        self._last = now
        return passed


def _compare(store: Store, stage: Stage, queries: NDArray[np.float32], size: int) -> float:
    """Return the mean share of the true first 10 among the first 10 found."""
    import numpy as np

    best_rows = np.zeros((len(queries), 0), dtype=np.int64)
    best = np.zeros((len(queries), 0), dtype=np.float32)
    for start in range(1, size + 1, _BATCH):
        rows, vectors = store.read_vectors(stage.encoder.name, start, start + _BATCH - 1)
        best = np.concatenate([best, queries @ vectors.T], axis=1)
        best_rows = np.concatenate([best_rows, np.tile(rows, (len(queries), 1))], axis=1)
        order = np.argsort(-best, axis=1)[:, :10]
        best = np.take_along_axis(best, order, axis=1)
        best_rows = np.take_along_axis(best_rows, order, axis=1)
    shares = []
    for query, truth in zip(queries, best_rows, strict=True):
        found = {row for row, _ in stage.near(query, among=None, limit=10)}
        shares.append(len(found & set(truth.tolist())) / len(truth))
    return float(np.mean(shares))


def _encode_one(stage: Stage, query: str) -> object:
    return stage.encoder.encode([query], kind="query")


def _time_words(caches: Caches, queries: Sequence[str]) -> float:
    from replygen.index.query import read_query

    terms = [read_query(query).terms for query in queries]
    return time_queries(lambda t: caches.words.search(t, kind=None, own=None, limit=100), terms)[0]


def _measure_folder(folder: str) -> int:
    return sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())


_JOBS: dict[str, Callable[..., Figures]] = {
    job.__name__: job for job in (build, ask, recall, rival, sentences)
}


def main() -> None:
    """Run the job that the arguments name."""
    figures = _JOBS[sys.argv[1]](**json.loads(sys.argv[2]))
    sys.stdout.write("\n" + json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()

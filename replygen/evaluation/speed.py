"""How fast the index takes passages and answers, on this machine."""

from __future__ import annotations

import hashlib
import platform
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from replygen.models import Article, Measure, Paragraph, Source
from replygen.search import SearchIndex, load_encoder, read_laws

_SEED = 20261121
_SENTENCES = 4  # sentences a passage
_PER_DOCUMENT = 100  # passages a document
_QUERIES = 200


@dataclass(frozen=True, slots=True)
class BenchResult:
    """Speeds over made-up passages. Rates are passages a second, times milliseconds,
    ``index_bytes`` is the size on disk."""

    machine: str
    encoder: str
    passages: int
    store_per_second: float
    encode_per_second: float
    searchable_per_second: float
    query_p50_ms: float
    query_p95_ms: float
    index_bytes: int

    def to_json(self) -> dict[str, object]:
        """Return the figures as ``replygen bench --json`` prints them."""
        return {k: round(v, 2) if isinstance(v, float) else v for k, v in asdict(self).items()}


def run_bench(
    *, passages: int = 20_000, encoder: str = "hash", queries: int = _QUERIES
) -> BenchResult:
    """Index ``passages`` passages recombined from sentences of national laws, ask
    ``queries`` questions recombined likewise, and return the speeds. Recombined text has
    fewer different words than real text: the figures compare machines and versions, they
    say nothing about quality."""
    draw = random.Random(_SEED)
    sentences = _read_sentences()
    with TemporaryDirectory(prefix="replygen-bench-") as folder:
        with SearchIndex.open(Path(folder), encoder=encoder) as index:
            start = time.perf_counter()
            for parsed, source in _make_documents(draw, sentences, passages):
                index.add(parsed, source)
            stored = time.perf_counter()
            index.catch_up()
            searchable = time.perf_counter()
            times = []
            for _ in range(max(1, queries)):
                query = "".join(draw.sample(sentences, 2))[:120]
                begin = time.perf_counter()
                index.search(query)
                times.append(1000 * (time.perf_counter() - begin))
            status = index.status()
    sample = ["".join(draw.choices(sentences, k=_SENTENCES)) for _ in range(min(2000, passages))]
    loaded = load_encoder(encoder)
    begin = time.perf_counter()
    loaded.encode(sample, kind="passage")
    encoded = time.perf_counter() - begin
    times.sort()
    return BenchResult(
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        encoder=status.encoder,
        passages=status.passages,
        store_per_second=status.passages / (stored - start),
        encode_per_second=len(sample) / encoded,
        searchable_per_second=status.passages / (searchable - start),
        query_p50_ms=times[len(times) // 2],
        query_p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))],
        index_bytes=status.bytes,
    )


def _read_sentences() -> list[str]:
    parts = (
        part.strip()
        for statute, _ in read_laws()
        for article in statute.articles
        for part in article.text.replace("；", "。").split("。")
    )
    return [f"{part}。" for part in parts if 10 <= len(part) <= 120]


def _make_documents(
    draw: random.Random, sentences: list[str], passages: int
) -> Iterator[tuple[Article, Source]]:
    for start in range(0, passages, _PER_DOCUMENT):
        count = min(_PER_DOCUMENT, passages - start)
        texts = ["".join(draw.choices(sentences, k=_SENTENCES)) for _ in range(count)]
        measures = tuple(Measure(text[:12], text, "done") for text in texts)
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
        paragraphs = tuple(Paragraph(text, index=i) for i, text in enumerate(texts))
        source = Source(f"bench/{start}.txt", digest, "txt", paragraphs)
        yield Article(f"第{start}号", None, (), measures), source

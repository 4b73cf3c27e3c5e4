"""Passages of any number for speed tests: sentences of national laws, recombined."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from replygen.laws import read_laws
from replygen.models import Article, Measure, Paragraph, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEED = 20261121
_SENTENCES = 4  # sentences a passage
_POOL = 4_000  # different sentences
_PER_DOCUMENT = 20  # passages a document, as many as a reply has measures
_QUERY = 120  # characters of a query


class Corpus:
    """The first ``size`` passages of an endless series, always the same ones. Recombined
    text has fewer different words than real text, so common words are commoner: it says
    nothing about quality, and makes the word index work harder, not less."""

    def __init__(self, size: int) -> None:
        self.size = size

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences that passages are made of."""
        parts = (
            part.strip()
            for statute, _ in read_laws()
            for article in statute.articles
            for part in article.text.replace("；", "。").split("。")
        )
        found = sorted({f"{part}。" for part in parts if 10 <= len(part) <= 120})
        random.Random(_SEED).shuffle(found)
        return found[:_POOL]

    @cached_property
    def picks(self) -> NDArray[np.int64]:
        """Which sentences each passage has, (size, 4)."""
        import numpy as np

        draw = np.random.default_rng(_SEED)
        return draw.integers(0, len(self.sentences), (self.size, _SENTENCES))

    def texts(self) -> Iterator[str]:
        """Give the passages' texts."""
        for pick in self.picks:
            yield "".join(self.sentences[i] for i in pick)

    def documents(self) -> Iterator[tuple[Article, Source]]:
        """Give the passages as documents of 20; passage n becomes row n + 1 of an empty
        index."""
        texts: list[str] = []
        start = 0
        for number, text in enumerate(self.texts(), 1):
            texts.append(text)
            if len(texts) == _PER_DOCUMENT or number == self.size:
                yield _make_document(start, texts)
                start, texts = number, []

    def queries(self, count: int) -> list[str]:
        """Return questions recombined from two sentences each."""
        draw = random.Random(_SEED + 1)
        return ["".join(draw.sample(self.sentences, 2))[:_QUERY] for _ in range(count)]

    def compose(self, vectors: NDArray[np.float32], start: int, end: int) -> NDArray[np.float32]:
        """Return vectors of passages ``start..end`` (end left out) as the normalised mean
        of their sentences' ``vectors``, with some noise: encoding a million passages takes
        hours, and for speed and memory only the vectors' distribution matters."""
        import numpy as np

        mean = vectors[self.picks[start:end]].mean(axis=1)
        noise = np.random.default_rng(_SEED + start).standard_normal(mean.shape)
        mean += 0.25 * vectors.std(axis=0).mean() * noise
        found: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return found.astype(np.float32)


def _make_document(start: int, texts: list[str]) -> tuple[Article, Source]:
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    measures = tuple(Measure(text[:12], text, "done") for text in texts)
    paragraphs = tuple(Paragraph(text, index=i) for i, text in enumerate(texts))
    source = Source(f"bench/{start}.txt", digest, "txt", paragraphs)
    return Article(f"第{start}号", None, (), measures), source

"""The word and vector indexes, kept up with the store.

Two stages: the words and the fast encoder's vectors are made as soon as passages are
looked for; the slow encoder's vectors are made by :mod:`replygen.index.local.filling`, here
they are only taken up. One thread feeds at a time, the others search what is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from replygen.errors import StoreError
from replygen.index.base import Progress
from replygen.index.encoders.encoder import Encoder
from replygen.index.local.store import Change, Store
from replygen.index.local.vectors import VectorIndex, merge_ranges
from replygen.index.local.words import WordIndex, WordRow
from replygen.index.passages import compose_searchable
from replygen.index.shipped import load_shipped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ENCODE = 256  # passages encoded and stored in one transaction: what a crash can cost
_ADOPT = 4_096  # passages whose shipped vectors are stored in one transaction
_COMMIT = 20_000  # passages the word index takes in one commit
_SAMPLE = 256  # vectors by which an encoder's floor is measured
_PATIENCE = 0.5  # seconds a search waits for another thread that feeds the caches
_TEXTS = """SELECT p.row, p.kind, d.own, d.title AS document_title, p.title, p.context, p.text
    FROM passages p JOIN documents d ON d.id = p.document WHERE """
_IN = _TEXTS + "p.row IN ({})"


class Stage:
    """One encoder and the index of its vectors."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self.encoder = encoder
        self.vectors = VectorIndex(
            store.folder / "vectors", store.identity, encoder.name, encoder.dim
        )
        self.complete = self.vectors.mark  # changes up to here have all their vectors
        self._floor: tuple[int, float] = (0, 0.0)  # how many vectors there were, the floor
        self._lock = Lock()  # FAISS may be read by many, but not while it changes

    def feed(self, last: int) -> None:
        """Take up the vectors stored since. One thread at a time."""
        changes = self._store.changes_after(self.vectors.mark, encoder=self.encoder.name)
        for low, high in merge_ranges((c.low, c.high) for c in changes):
            rows, vectors = self._store.read_vectors(self.encoder.name, low, high)
            with self._lock:
                self.vectors.remove(low, high)
                self.vectors.add(rows, vectors)
        self.vectors.mark = max([last, *(c.seq for c in changes)])

    @property
    def floor(self) -> float | None:
        """The mean cosine of passages that have nothing to do with each other; None in an
        index too small to tell."""
        size = len(self.vectors)
        if size < _SAMPLE:
            return None
        if size > 2 * self._floor[0]:
            self._floor = (size, self._measure_floor())
        return self._floor[1]

    def _measure_floor(self) -> float:
        import numpy as np

        vectors = self._store.sample_vectors(self.encoder.name, _SAMPLE)
        total = float(np.square(vectors.sum(axis=0)).sum())
        own = float(np.square(vectors).sum())
        return max(0.0, (total - own) / (len(vectors) * (len(vectors) - 1)))

    def near(
        self, query: NDArray[np.float32], *, among: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the nearest passages, best first."""
        with self._lock:
            return self.vectors.search(query, among=among, limit=limit)

    def score(self, query: NDArray[np.float32], rows: Sequence[int]) -> dict[int, float]:
        """Return the cosine of the given rows, those without a vector left out."""
        with self._lock:
            return self.vectors.score(query, rows)

    def save(self) -> None:
        """Write the index's file. Raises StoreError."""
        try:
            self.vectors.save()
        except OSError as error:
            raise StoreError(
                f"{self._store.folder}：向量索引写不进去（{error}），请检查磁盘空间和权限"
            ) from error

    def clear(self) -> None:
        """Forget everything; the next feeding builds it anew."""
        with self._lock:
            self.vectors.clear()
            self.complete = 0


class Caches:
    """All caches of one store: ``words``, the ``fast`` stage, and the ``slow`` one where
    the index has two."""

    def __init__(self, store: Store, fast: Encoder, slow: Encoder | None = None) -> None:
        self._store = store
        self._feeding = Lock()
        self.words = WordIndex(store.folder / "words", store.identity)
        self.fast = Stage(store, fast)
        self.slow = Stage(store, slow) if slow is not None else None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages, fast first."""
        return (self.fast,) if self.slow is None else (self.fast, self.slow)

    @property
    def encoder(self) -> Encoder:
        """The encoder that decides: the slow one where there are two."""
        return self.stages[-1].encoder

    def catch_up(self, progress: Progress | None = None, *, wait: bool = True) -> None:
        """Bring the caches up to the store. What another process is at is left to it,
        and without ``wait`` also what another thread is at for longer than a moment, unless
        there is nothing yet to search in."""
        last, entry = self._store.last_change, self._store.last_entry
        if self.words.mark < last:
            self.reload_words()
        if self.words.mark >= last and all(s.vectors.mark >= entry for s in self.stages):
            return
        wait = wait or not self.words.mark
        if not self._feeding.acquire(timeout=-1 if wait else _PATIENCE):
            return
        try:
            with self._store.cache_lock() as held:
                if held:
                    self._encode(last, progress)
                    self._adopt(last)
                    self._feed_words(last)
                self._feed_vectors(save=held)
        finally:
            self._feeding.release()

    def reload_words(self) -> None:
        """Take up what another process has added to the word index, unless a thread of
        this one is feeding it: what that is making must not be opened meanwhile."""
        if self._feeding.acquire(blocking=False):
            try:
                self.words.reload()
            finally:
                self._feeding.release()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make everything anew but the store's documents and the slow vectors, which
        :mod:`replygen.index.local.filling` makes."""
        with self._feeding, self._store.cache_lock() as held:
            if not held:
                raise StoreError(
                    f"{self._store.folder}：另一个 replygen 正在更新索引，请等它结束后重试"
                )
            self.words.clear()
            for stage in self.stages:
                stage.clear()
            self._store.drop_vectors("" if self.slow is None else self.slow.encoder.name)
            last = self._store.last_change
            self._encode(last, progress)
            self._feed_words(last)
            self._feed_vectors(save=False)
            for stage in self.stages:
                stage.save()

    def read_texts(self, rows: Sequence[int]) -> dict[int, str]:
        """Return what passages are found by, by row; a deleted one is left out."""
        return {row: text for row, _, _, text in map(_compose, self._store.rows_in(_IN, rows))}

    def _encode(self, last: int, progress: Progress | None) -> None:
        """Give every passage a fast vector; what was done before a crash stays done."""
        stage = self.fast
        since = min(stage.complete, self.words.mark)
        changes = [c for c in self._store.changes_after(since) if c.seq <= last]
        ranges = merge_ranges((c.low, c.high) for c in changes)
        missing = self._store.missing_vectors(stage.encoder.name, ranges)
        for start in range(0, len(missing), _ENCODE):
            texts = self.read_texts(missing[start : start + _ENCODE])
            vectors = stage.encoder.encode(list(texts.values()), kind="passage")
            self._store.keep_vectors(stage.encoder.name, list(texts), vectors)
            if progress is not None:
                progress(min(start + _ENCODE, len(missing)), len(missing))
        stage.complete = last

    def _adopt(self, last: int) -> None:
        """Give what was added since the shipped vectors of the slow encoder."""
        stage = self.slow
        if stage is None or stage.complete >= last:
            return
        if load_shipped(stage.encoder.name) is not None:
            changes = [c for c in self._store.changes_after(stage.complete) if c.seq <= last]
            ranges = merge_ranges((c.low, c.high) for c in changes if c.op == "add")
            self.adopt(self._store.missing_vectors(stage.encoder.name, ranges))
        stage.complete = last

    def adopt(self, rows: Sequence[int]) -> list[int]:
        """Store the shipped vectors of those passages in ``rows`` that have some; return the
        other rows."""
        stage = self.slow
        shipped = load_shipped(stage.encoder.name) if stage is not None else None
        if stage is None or shipped is None:
            return list(rows)
        left: list[int] = []
        for start in range(0, len(rows), _ADOPT):
            part = rows[start : start + _ADOPT]
            found, vectors = shipped.take(self.read_texts(part))
            if found:
                self._store.keep_vectors(stage.encoder.name, found, vectors)
            known = set(found)
            left += [row for row in part if row not in known]
        return left

    def count_unfilled(self) -> int:
        """Return how many passages have a fast vector and no slow one, as far as the caches
        are caught up."""
        return 0 if self.slow is None else max(0, len(self.fast.vectors) - len(self.slow.vectors))

    def _feed_words(self, last: int) -> None:
        if self.words.mark >= last:
            return
        try:
            self._update_words(last)
        except (ValueError, OSError):
            # damaged, or deleted under us: it is only a cache
            self.words.clear()
            try:
                self._update_words(last)
            except (ValueError, OSError) as error:
                raise StoreError(
                    f"{self._store.folder}：词索引写不进去（{error}），请检查磁盘空间和权限"
                ) from error

    def _update_words(self, last: int) -> None:
        changes = [c for c in self._store.changes_after(self.words.mark) if c.seq <= last]
        for batch in _batch(changes):
            ranges = merge_ranges((c.low, c.high) for c in batch)
            self.words.update(ranges, self._read_ranges(ranges), batch[-1].seq)

    def _feed_vectors(self, *, save: bool) -> None:
        entry = self._store.last_entry
        for stage in self.stages:
            if stage.vectors.mark < entry:
                stage.feed(entry)
            if save and stage.vectors.lags():
                stage.save()

    def _read_ranges(self, ranges: Sequence[tuple[int, int]]) -> Iterator[WordRow]:
        for low, high in ranges:
            for start in range(low, high + 1, _COMMIT):
                end = min(high, start + _COMMIT - 1)
                for row in self._store.rows(_TEXTS + "p.row BETWEEN ? AND ?", (start, end)):
                    yield _compose(row)


def _compose(row: sqlite3.Row) -> WordRow:
    text = compose_searchable(row["document_title"], row["title"], row["context"], row["text"])
    return WordRow(row["row"], row["kind"], bool(row["own"]), text)


def _batch(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Give the changes in batches of about as many passages as one commit takes."""
    batch: list[Change] = []
    size = 0
    for change in changes:
        batch.append(change)
        size += change.high - change.low + 1
        if size >= _COMMIT:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

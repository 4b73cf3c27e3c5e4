"""The word and vector index, kept up with the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from replygen.errors import StoreError
from replygen.search.encoder import Encoder, HashEncoder
from replygen.search.fusion import LEXICAL_WEIGHT, TRAINED_WEIGHT
from replygen.search.passages import compose_searchable
from replygen.search.store import Change, Store
from replygen.search.vectors import VectorIndex, merge_ranges
from replygen.search.words import WordIndex, WordRow

Progress = Callable[[int, int], None]
_ENCODE = 256  # passages encoded and stored in one transaction: what a crash can cost
_COMMIT = 20_000  # passages the word index takes in one commit
_TEXTS = """SELECT p.row, p.kind, d.own, d.title AS document_title, p.title, p.context, p.text
    FROM passages p JOIN documents d ON d.id = p.document WHERE """


class Caches:
    """Both caches of one store and the encoder between them."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self.encoder = encoder
        self.words = WordIndex(store.folder / "words", store.identity)
        self.vectors = VectorIndex(
            store.folder / "vectors", store.identity, encoder.name, encoder.dim
        )

    @property
    def vector_weight(self) -> float:
        """The share of the vectors in the fused score."""
        return LEXICAL_WEIGHT if isinstance(self.encoder, HashEncoder) else TRAINED_WEIGHT

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring both caches up to the store. A reader whose writer is at it uses what is
        there already."""
        last = self._store.last_change
        if self.words.mark < last:
            self.words.reload()
        if self.words.mark == last and self.vectors.mark == last:
            return
        with self._store.cache_lock() as held:
            if held:
                self._encode(progress)
                self._feed_words(last)
            self._feed_vectors(last, save=held)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make everything anew but the store's documents."""
        with self._store.cache_lock() as held:
            if not held:
                raise StoreError(
                    f"{self._store.folder}：另一个 replygen 正在更新索引，请等它结束后重试"
                )
            self.words.clear()
            self.vectors.clear()
            self._store.drop_vectors("")
            last = self._store.last_change
            self._encode(progress)
            self._feed_words(last)
            self._feed_vectors(last, save=False)
            self._save_vectors()

    def _encode(self, progress: Progress | None) -> None:
        """Give every passage a vector; what was done before a crash stays done."""
        missing = self._store.missing_vectors(self.encoder.name)
        for start in range(0, len(missing), _ENCODE):
            rows = missing[start : start + _ENCODE]
            texts = {row: text for row, _, _, text in self._read_texts(rows)}
            rows = [row for row in rows if row in texts]
            vectors = self.encoder.encode([texts[row] for row in rows], kind="passage")
            self._store.keep_vectors(self.encoder.name, rows, vectors)
            if progress is not None:
                progress(min(start + _ENCODE, len(missing)), len(missing))

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

    def _feed_vectors(self, last: int, *, save: bool) -> None:
        if self.vectors.mark < last:
            changes = [c for c in self._store.changes_after(self.vectors.mark) if c.seq <= last]
            ranges = merge_ranges((c.low, c.high) for c in changes)
            for low, high in ranges:
                self.vectors.remove(low, high)
                self.vectors.add(*self._store.read_vectors(self.encoder.name, low, high))
            if save:  # without the lock, vectors may be missing still: look again next time
                self.vectors.mark = last
        if save and self.vectors.lags():
            self._save_vectors()

    def _save_vectors(self) -> None:
        try:
            self.vectors.save()
        except OSError as error:
            raise StoreError(
                f"{self._store.folder}：向量索引写不进去（{error}），请检查磁盘空间和权限"
            ) from error

    def _read_ranges(self, ranges: Sequence[tuple[int, int]]) -> Iterator[WordRow]:
        for low, high in ranges:
            for start in range(low, high + 1, _COMMIT):
                end = min(high, start + _COMMIT - 1)
                for row in self._store.rows(_TEXTS + "p.row BETWEEN ? AND ?", (start, end)):
                    yield _compose(row)

    def _read_texts(self, rows: Sequence[int]) -> Iterator[WordRow]:
        for row in self._store.rows_in(_TEXTS + "p.row IN ({})", rows):
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

"""An index in a folder: the one door to the store and its caches."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import TYPE_CHECKING

from replygen.errors import EncoderMismatch, SettingsError
from replygen.index.adding import prepare_document
from replygen.index.base import Progress
from replygen.index.corrections import (
    CORRECTIONS,
    Correction,
    correct_document,
    sort_corrections,
)
from replygen.index.encoders.encoder import Encoder
from replygen.index.encoders.loading import DEFAULT_ENCODER, load_stages
from replygen.index.fusion import Found, is_wanted, merge_copies
from replygen.index.local.caches import Caches
from replygen.index.local.catalogue import Catalogue
from replygen.index.local.filling import BackgroundFilling, Filler, wait_for_searches
from replygen.index.local.ranking import Ranker, Signals
from replygen.index.local.removed import (
    REMOVED,
    read_removed,
    remove_document,
    restore_document,
)
from replygen.index.local.shelf import add_document
from replygen.index.local.splits import SPLIT, read_split, resplit_document
from replygen.index.local.store import Store
from replygen.index.local.verify import measure_index, verify_index
from replygen.index.lookup import drop_superseded, find_article, find_exact
from replygen.index.memory import Memory
from replygen.index.query import Query, read_query
from replygen.index.records import AddOutcome, HandSplit, IndexStatus, Removed, VerifyReport
from replygen.index.rows import read_document, read_passage, read_statute
from replygen.index.similarity import Signatures
from replygen.index.tuning import ACCURATE, Preference, Tuning
from replygen.laws import StatuteRecord
from replygen.laws.records import settle_editions, sort_versions
from replygen.models import Document, Hit, Parsed, Passage, PassageKind, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_POSITION_DIGITS = 9
_CANDIDATES = 100  # each ranking gives at least so many
_LISTS = 3  # lists of documents that are kept (ours, others', all): each letter is set against them
_POLL = 1.0  # seconds between looks at how far another process has filled
_PASSAGE = """SELECT p.*, d.id AS document_id, d.path AS document_path,
    d.kind AS document_kind, d.title AS document_title, d.region AS document_region,
    d.level AS document_level, d.issuer AS document_issuer, d.date AS document_date,
    d.own AS document_own, d.doc_number AS document_doc_number
    FROM passages p JOIN documents d ON d.id = p.document """


class LocalIndex:
    """An :class:`~replygen.index.base.Index` in a folder, in two stages. While another process
    is at the caches or at the slow vectors, that is left to it."""

    keeps_removed = True

    def __init__(self, store: Store, encoder: str, *, accurate: bool = False) -> None:
        self._store = store
        self._catalogue = Catalogue(store)
        self._encoder_name = encoder
        self._tuning = ACCURATE if accurate else Tuning()
        self._caches: Caches | None = None
        self._signatures = Signatures()
        self._listed = Memory(_LISTS)
        self._ranker: Ranker | None = None
        self._opening = Lock()
        self._filling: BackgroundFilling | None = None
        self._searching = 0  # searches under way; the filling gives way to them
        self._counting = Lock()

    @classmethod
    def open(
        cls, folder: Path, *, encoder: str = DEFAULT_ENCODER, accurate: bool = False
    ) -> LocalIndex:
        """Open or create the index under ``folder``. The caches are opened and caught up at
        the first search, so that look-ups stay quick."""
        return cls(Store(folder), encoder, accurate=accurate)

    def close(self) -> None:
        """Close the index, ending the filling; the caches keep what they have."""
        if self._filling is not None:
            self._filling.stop()
            self._filling = None
        if self._ranker is not None:
            self._ranker.close()
        self._store.close()

    def __enter__(self) -> LocalIndex:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ── changing ───────────────────────────────────────────────────────────

    def add(
        self, parsed: Parsed, source: Source, *, own: bool = False, region: str | None = None
    ) -> AddOutcome:
        """Store one document in one transaction and say what became of it. ``region``
        is where it is from when it does not say so itself better than the file's
        folder. It is searchable after the next :meth:`catch_up` or :meth:`search`."""
        fresh = prepare_document(parsed, source, own=own, region=region)
        return add_document(self._store, fresh, sha256=source.sha256, signatures=self._signatures)

    def remove(self, id: str) -> None:
        """Delete the document with this id; nothing happens when there is none. It can be
        put back for ``KEPT_DAYS`` days."""
        with self._store.change() as db:
            remove_document(db, id)

    def restore(self, id: str) -> None:
        """Put back a document that was removed, as it was, corrections included."""
        with self._store.change() as db:
            restore_document(db, id)

    def removed(self) -> tuple[Removed, ...]:
        """Return what was removed and can be put back, latest first."""
        return read_removed(self._store.rows(REMOVED))

    def correct(self, id: str, values: Mapping[str, str | None], *, by: str) -> None:
        """Put fields of a document right by hand (see :mod:`replygen.index.corrections`);
        adding the same file again does not undo it. Raises SettingsError for a value that
        cannot be, StoreError when there is no such document."""
        with self._store.change() as db:
            correct_document(db, id, values, by=by)

    def resplit(self, id: str, passages: Sequence[Passage] | None, *, by: str) -> None:
        """Keep a document's passages as people split it (see
        :mod:`replygen.index.splitting`), or with None as they were read; adding the same file
        again does not undo it. Raises StoreError when there is no such document."""
        with self._store.change() as db:
            resplit_document(db, id, passages, by=by)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Make everything in the store searchable, by its words and fast vectors;
        ``progress`` is told (done, of) in passages. What another process is already
        catching up is left to it. Raises EncoderMismatch when the encoder cannot be
        loaded."""
        self._open_caches().catch_up(progress)

    def fill(
        self,
        progress: Progress | None = None,
        *,
        limit: int | None = None,
        stop: Event | None = None,
    ) -> None:
        """Encode what has no vector of the slow encoder yet, at most ``limit`` passages,
        until ``stop`` is set, measures and replies before articles. What was done before a
        crash stays done. While another process is at it, its progress is told."""
        filler = self._make_filler()
        while filler and not filler.fill(progress=progress, stop=stop, limit=limit):
            if progress is not None:
                status = self.status()
                progress(status.vectors, status.passages)
            time.sleep(_POLL)
            if limit is not None or (stop is not None and stop.is_set()):
                break
        if filler:
            self.catch_up()

    def fill_in_background(self) -> None:
        """Let a thread encode what has no vector of the slow encoder yet, now and after
        every addition, until the index is closed."""
        filler = self._make_filler()
        with self._opening:
            if filler is not None and self._filling is None:
                self._filling = BackgroundFilling(filler)

    def give_way(self) -> None:
        """Wait while somebody searches here, a moment at most."""
        wait_for_searches(self._is_searching)

    def count_unfilled(self) -> int:
        """Return how many searchable passages have no vector of the slow encoder yet."""
        return self._open_caches().count_unfilled()

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the caches and the fast vectors anew, and drop the vectors of other
        encoders; the slow encoder's stay."""
        self._open_caches().rebuild(progress)

    # ── finding ────────────────────────────────────────────────────────────

    def search(
        self,
        query: str,
        *,
        kind: PassageKind | None = None,
        k: int = 10,
        own: bool | None = None,
        prefer: Preference | None = None,
    ) -> tuple[Hit, ...]:
        """Return at most ``k`` passages for any text, best first. ``kind`` and ``own``
        restrict them, ``prefer`` moves some up. What the query names outright (第X条 of a
        law, 文号, 《title》, 第N号 with its session) comes first with score 1."""
        asked = read_query(query, self._tuning)
        if not asked.text or k < 1:
            return ()
        exact = find_exact(self._catalogue, asked.text)
        ranked = self._rank(asked, kind, own, max(_CANDIDATES, 3 * k), self._tuning, prefer)
        found = [Found(row, 1.0, ("exact",)) for row in exact]
        known = set(exact)
        found += [f for f in ranked if f.row not in known]
        loaded = drop_superseded(self._catalogue, self._load(found, kind, own, k))
        return merge_copies(loaded, k=k)

    def rank(
        self,
        query: str,
        *,
        kind: PassageKind | None = None,
        own: bool | None = None,
        limit: int = _CANDIDATES,
        tuning: Tuning | None = None,
        prefer: Preference | None = None,
    ) -> tuple[tuple[str, float], ...]:
        """Return (passage id, score) by words and vectors alone, best first: what
        :meth:`search` shows before exact look-ups go first and near-copies merge.
        ``tuning`` weighs otherwise than the index does."""
        tuning = tuning or self._tuning
        asked = read_query(query, tuning)
        if not asked.text or limit < 1:
            return ()
        found = self._rank(asked, kind, own, limit, tuning, prefer)[:limit]
        ids = self._name_rows([f.row for f in found])
        return tuple((ids[f.row], f.score) for f in found if f.row in ids)

    def compare(
        self,
        query: str,
        tunings: Mapping[str, Tuning],
        prefers: Mapping[str, Preference | None],
        *,
        kind: PassageKind | None,
        limit: int,
    ) -> dict[str, list[str]]:
        """Return, for each of several tunings, the ids that :meth:`rank` would give; what
        they share is looked up once. For measuring."""
        self._open_caches().catch_up()
        assert self._ranker is not None
        signals: dict[tuple[object, ...], Signals] = {}
        vectors: dict[tuple[str, str], NDArray[np.float32]] = {}
        ranked: dict[str, list[Found]] = {}
        for name, tuning in tunings.items():
            key = (tuning.rarity, tuning.plain, tuning.topic, tuning.depth)
            if key not in signals:
                asked, whole = read_query(query, tuning), replace(tuning, fast=1, slow=1)
                signals[key] = self._ranker.gather(asked, kind, None, limit, whole, vectors)
            found, preference = self._ranker.weigh(signals[key], tuning), prefers[name]
            found = found if preference is None else self._ranker.prefer(found, preference)
            ranked[name] = found[:limit]
        ids = self._name_rows({f.row for found in ranked.values() for f in found})
        return {name: [ids[f.row] for f in found] for name, found in ranked.items()}

    def article(self, statute_name: str, number: str) -> Passage | None:
        """Return one 条 of a statute by its exact name (with or without 中华人民共和国)
        and number (第三十八条, 38); None when the index has no such statute or 条."""
        row = find_article(self._catalogue, statute_name, number)
        found = () if row is None else self._passages("WHERE p.row = ?", row)
        return found[0] if found else None

    # ── reading ────────────────────────────────────────────────────────────

    def passage(self, id: str) -> Passage | None:
        """Return the passage called ``<document id>#<position>``, or None."""
        document, _, position = id.partition("#")
        if not position.isdecimal() or len(position) > _POSITION_DIGITS:
            return None
        found = self._passages("WHERE d.id = ? AND p.position = ?", document, int(position))
        return found[0] if found else None

    def encoders(self) -> tuple[Encoder, Encoder | None]:
        """Return the fast encoder, and the slow one where the index has two."""
        caches = self._open_caches()
        return caches.fast.encoder, None if caches.slow is None else caches.slow.encoder

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the deciding encoder's stored vectors, (dim,) each, by passage id; those
        that have none yet are left out."""
        return self._store.find_vectors(self._open_caches().encoder.name, ids)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order; () when there is none."""
        return self._passages("WHERE d.id = ? ORDER BY p.position", document_id)

    def document(self, id: str) -> Document | None:
        """Return the document with this id, or None."""
        row = self._store.row("SELECT * FROM documents WHERE id = ?", (id,))
        return read_document(row) if row else None

    def when_added(self) -> dict[str, str]:
        """Return when each document was added or read anew last (UTC), by its id."""
        rows = self._store.rows("SELECT id, added_at FROM documents")
        return {str(row["id"]): str(row["added_at"]) for row in rows}

    def documents(self, *, own: bool | None = None) -> tuple[Document, ...]:
        """Return all documents, or only our own or only others', in the order of their
        paths."""
        # The texts stay unread: with them a thousand documents cost 70 ms.
        sql = """SELECT id, path, kind, title, region, level, issuer, date, own, doc_number
                 FROM documents
                 WHERE ?1 IS NULL OR own = ?1 ORDER BY path, id"""

        def read() -> tuple[Document, ...]:
            rows = self._store.rows(sql, (None if own is None else int(own),))
            return tuple(map(read_document, rows))

        return self._listed.once((self._store.edition(), own), read)

    def text(self, id: str) -> str | None:
        """Return the whole text of a document as it was read, or None."""
        row = self._store.row("SELECT text FROM documents WHERE id = ?", (id,))
        return str(row["text"]) if row else None

    def containing(self, words: str) -> frozenset[str]:
        """Return the ids of the documents in whose whole text ``words`` stand, as they are."""
        rows = self._store.rows("SELECT id FROM documents WHERE instr(text, ?) > 0", (words,))
        return frozenset(str(row["id"]) for row in rows)

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """Return what was put right by hand in a document."""
        return sort_corrections(self._store.rows(CORRECTIONS, (id,)))

    def hand_split(self, id: str) -> HandSplit | None:
        """Return who split a document otherwise than it was read, and when, or None."""
        return read_split(self._store.row(SPLIT, (id,)))

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """Return the statutes in the index, by name, the version in force first."""
        today = date.today().isoformat()
        found = [read_statute(row, today) for row in self._store.rows("SELECT * FROM statutes")]
        settled = sort_versions(settle_editions(found, today))
        return tuple(sorted(settled, key=lambda s: s.name))

    def edition(self) -> Hashable:
        """Return what names the state of the store and how far the slow vectors are."""
        return (self._store.edition(), self._open_caches().count_unfilled())

    def status(self) -> IndexStatus:
        """Return how large the index is and how far its caches are."""
        return measure_index(self._store, self._open_caches())

    def verify(self) -> VerifyReport:
        """Return whether the index is whole; nothing is changed."""
        return verify_index(self._store, self._open_caches())

    # ── inside ─────────────────────────────────────────────────────────────

    def _open_caches(self) -> Caches:
        with self._opening:
            if self._caches is None:
                stages = _load_stages(self._encoder_name, self._store)
                caches = Caches(self._store, *stages)
                self._ranker = Ranker(self._store, caches)
                self._caches = caches
            return self._caches

    def _make_filler(self) -> Filler | None:
        caches = self._open_caches()
        if caches.slow is None:
            return None
        return Filler(
            self._store,
            caches.slow.encoder,
            caches.read_texts,
            caches.adopt,
            self._is_searching,
        )

    def _is_searching(self) -> bool:
        return self._searching > 0

    def _rank(
        self,
        asked: Query,
        kind: PassageKind | None,
        own: bool | None,
        limit: int,
        tuning: Tuning,
        prefer: Preference | None,
    ) -> list[Found]:
        with self._counting:
            self._searching += 1
        try:
            self._open_caches().catch_up(wait=False)
            assert self._ranker is not None
            found = self._ranker.rank(asked, kind, own, limit, tuning)
            return found if prefer is None else self._ranker.prefer(found, prefer)
        finally:
            with self._counting:
                self._searching -= 1

    def _load(
        self, found: list[Found], kind: PassageKind | None, own: bool | None, k: int
    ) -> Iterator[tuple[Found, Passage]]:
        """Give the candidates that are still stored and wanted, with their passages."""
        found = found[: max(3 * k, 30)]
        rows = self._store.rows_in(_PASSAGE + "WHERE p.row IN ({})", [f.row for f in found])
        stored = {row["row"]: _read_joined(row) for row in rows}
        for candidate in found:
            passage = stored.get(candidate.row)
            if passage is not None and is_wanted(passage, kind, own):
                yield candidate, passage

    def _name_rows(self, rows: Iterable[int]) -> dict[int, str]:
        """Return the passages' ids by row; those deleted meanwhile are left out."""
        sql = "SELECT row, document, position FROM passages WHERE row IN ({})"
        found = self._store.rows_in(sql, rows)
        return {row["row"]: f"{row['document']}#{row['position']}" for row in found}

    def _passages(self, where: str, *values: object) -> tuple[Passage, ...]:
        return tuple(_read_joined(row) for row in self._store.rows(_PASSAGE + where, values))


def _load_stages(name: str, store: Store) -> tuple[Encoder, Encoder | None]:
    try:
        return load_stages(name)
    except SettingsError as error:
        other = store.row("SELECT encoder FROM vectors LIMIT 1")
        if other is None:
            raise
        raise EncoderMismatch(f"{error}；索引现有的向量由 {other[0]} 建立") from error


def _read_joined(row: sqlite3.Row) -> Passage:
    return read_passage(row, read_document(row, "document_"))

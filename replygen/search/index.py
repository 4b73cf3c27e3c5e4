"""The index: the one door to the store and its caches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING

from replygen.errors import EncoderMismatch, SettingsError
from replygen.models import Document, Hit, Parsed, Passage, PassageKind, Source, StatuteStatus
from replygen.search.adding import add_document, read_document
from replygen.search.caches import Caches
from replygen.search.encoder import Encoder, load_encoder
from replygen.search.fusion import Found, fuse, merge_copies
from replygen.search.lookup import find_article, find_exact
from replygen.search.query import Query, read_query
from replygen.search.records import AddOutcome, IndexStatus, StatuteRecord, VerifyReport
from replygen.search.similarity import Signatures
from replygen.search.store import Store, delete_document
from replygen.search.verify import measure_index, verify_index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_POSITION_DIGITS = 9
_CANDIDATES = 100  # each ranking gives at least so many
_PASSAGE = """SELECT p.*, d.id, d.path, d.kind AS document_kind, d.title AS document_title,
    d.region AS document_region, d.level, d.issuer, d.date, d.own
    FROM passages p JOIN documents d ON d.id = p.document """


class SearchIndex:
    """An open index. Use it as a context manager; threads may share it.

    Every method raises StoreError when the folder cannot be read or written.
    """

    def __init__(self, store: Store, encoder: str) -> None:
        self._store = store
        self._encoder_name = encoder
        self._caches: Caches | None = None
        self._signatures = Signatures()
        self._among: dict[tuple[int, str | None, bool | None], NDArray[np.int64]] = {}
        self._lock = RLock()

    @classmethod
    def open(cls, folder: Path, *, encoder: str = "hash") -> SearchIndex:
        """Open or create the index under ``folder``. ``encoder`` is ``hash`` or a
        sentence-transformers folder or name. The caches are opened and caught up at the
        first search, so that look-ups stay quick."""
        return cls(Store(Path(folder)), encoder)

    def close(self) -> None:
        """Close the index; the caches keep what they have."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> SearchIndex:
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
        with self._lock:
            return add_document(
                self._store,
                parsed,
                source,
                own=own,
                region=region,
                signatures=self._signatures,
            )

    def remove(self, id: str) -> None:
        """Delete the document with this id; nothing happens when there is none."""
        with self._lock, self._store.change() as db:
            delete_document(db, id)

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Bring the word and vector caches up to the store; ``progress`` is told (done,
        of) in passages. What another process is already catching up is left to it.
        Raises EncoderMismatch when the encoder cannot be loaded."""
        with self._lock:
            self._open_caches().catch_up(progress)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Make both caches and the vectors of this encoder anew, and drop the vectors of
        other encoders."""
        with self._lock:
            self._open_caches().rebuild(progress)

    # ── finding ────────────────────────────────────────────────────────────

    def search(
        self,
        query: str,
        *,
        kind: PassageKind | None = None,
        k: int = 10,
        own: bool | None = None,
    ) -> tuple[Hit, ...]:
        """Return at most ``k`` passages for any text, best first. ``kind`` and ``own``
        restrict them. What the query names outright (第X条 of a law, 文号, 《title》,
        第N号 with its session) comes first with score 1."""
        with self._lock:
            asked = read_query(query)
            if not asked.text or k < 1:
                return ()
            exact = find_exact(self._store, asked.text)
            ranked = self._rank(asked, kind, own, max(_CANDIDATES, 3 * k))
            found = [Found(row, 1.0, ("exact",)) for row in exact]
            known = set(exact)
            found += [f for f in ranked if f.row not in known]
            return merge_copies(self._load(found, kind, own, k), k=k)

    def rank(
        self,
        query: str,
        *,
        kind: PassageKind | None = None,
        own: bool | None = None,
        limit: int = _CANDIDATES,
    ) -> tuple[tuple[str, float], ...]:
        """Return (passage id, score) by words and vectors alone, best first: what
        :meth:`search` shows before exact look-ups go first and near-copies merge."""
        with self._lock:
            asked = read_query(query)
            if not asked.text or limit < 1:
                return ()
            found = self._rank(asked, kind, own, limit)[:limit]
            sql = "SELECT row, document, position FROM passages WHERE row IN ({})"
            rows = self._store.rows_in(sql, [f.row for f in found])
            ids = {row["row"]: f"{row['document']}#{row['position']}" for row in rows}
            return tuple((ids[f.row], f.score) for f in found if f.row in ids)

    def article(self, statute_name: str, number: str) -> Passage | None:
        """Return one 条 of a statute by its exact name (with or without 中华人民共和国)
        and number (第三十八条, 38); None when the index has no such statute or 条."""
        with self._lock:
            row = find_article(self._store, statute_name, number)
            return None if row is None else self._passages("WHERE p.row = ?", row)[0]

    # ── reading ────────────────────────────────────────────────────────────

    def passage(self, id: str) -> Passage | None:
        """Return the passage called ``<document id>#<position>``, or None."""
        document, _, position = id.partition("#")
        if not position.isdecimal() or len(position) > _POSITION_DIGITS:
            return None
        with self._lock:
            found = self._passages("WHERE d.id = ? AND p.position = ?", document, int(position))
            return found[0] if found else None

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order; () when there is none."""
        with self._lock:
            return self._passages("WHERE d.id = ? ORDER BY p.position", document_id)

    def document(self, id: str) -> Document | None:
        """Return the document with this id, or None."""
        with self._lock:
            row = self._store.row("SELECT * FROM documents WHERE id = ?", (id,))
            return read_document(row) if row else None

    def documents(self, *, own: bool | None = None) -> tuple[Document, ...]:
        """Return all documents, or only our own or only others', in the order of their
        paths."""
        # The texts stay unread: with them a thousand documents cost 70 ms.
        sql = """SELECT id, path, kind, title, region, level, issuer, date, own FROM documents
                 WHERE ?1 IS NULL OR own = ?1 ORDER BY path, id"""
        with self._lock:
            rows = self._store.rows(sql, (None if own is None else int(own),))
            return tuple(read_document(row) for row in rows)

    def text(self, id: str) -> str | None:
        """Return the whole text of a document as it was read, or None."""
        with self._lock:
            row = self._store.row("SELECT text FROM documents WHERE id = ?", (id,))
            return str(row["text"]) if row else None

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """Return the statutes in the index, by name, the version in force first."""
        with self._lock:
            rows = self._store.rows(
                "SELECT * FROM statutes ORDER BY name, status <> 'in_force', effective DESC"
            )
            return tuple(_read_statute(row) for row in rows)

    def status(self) -> IndexStatus:
        """Return how large the index is and how far its caches are."""
        with self._lock:
            return measure_index(self._store, self._open_caches())

    def verify(self) -> VerifyReport:
        """Return whether the index is whole; nothing is changed."""
        with self._lock:
            return verify_index(self._store, self._open_caches())

    # ── inside ─────────────────────────────────────────────────────────────

    def _open_caches(self) -> Caches:
        if self._caches is None:
            self._caches = Caches(self._store, _load(self._encoder_name, self._store))
        return self._caches

    def _rank(
        self, asked: Query, kind: PassageKind | None, own: bool | None, limit: int
    ) -> list[Found]:
        caches = self._open_caches()
        caches.catch_up()
        among = None if kind is None and own is None else self._rows_of(kind, own)
        words = caches.words.search(asked.terms, kind=kind, own=own, limit=limit)
        vector = caches.encoder.encode([asked.core], kind="query")[0]
        vectors = caches.vectors.search(vector, among=among, limit=limit)
        seen = {row for row, _ in vectors}
        rest = [row for row, _ in words if row not in seen]
        cosines = caches.vectors.score(vector, rest)
        return fuse(words, vectors, cosines, weight=caches.vector_weight)

    def _rows_of(self, kind: PassageKind | None, own: bool | None) -> NDArray[np.int64]:
        import numpy as np

        key = (self._store.last_change, kind, own)
        if key not in self._among:
            self._among = {k: v for k, v in self._among.items() if k[0] == key[0]}
            rows = self._store.rows(
                """SELECT p.row FROM passages p JOIN documents d ON d.id = p.document
                   WHERE (?1 IS NULL OR p.kind = ?1) AND (?2 IS NULL OR d.own = ?2)""",
                (kind, None if own is None else int(own)),
            )
            self._among[key] = np.array([r[0] for r in rows], dtype=np.int64)
        return self._among[key]

    def _load(
        self, found: list[Found], kind: PassageKind | None, own: bool | None, k: int
    ) -> Iterator[tuple[Found, Passage]]:
        """Give the candidates that are still stored and wanted, with their passages."""
        found = found[: max(3 * k, 30)]
        rows = self._store.rows_in(_PASSAGE + "WHERE p.row IN ({})", [f.row for f in found])
        stored = {row["row"]: _read_passage(row) for row in rows}
        for candidate in found:
            passage = stored.get(candidate.row)
            if passage is None or (kind is not None and passage.kind != kind):
                continue
            if own is None or passage.document.own == own:
                yield candidate, passage

    def _passages(self, where: str, *values: object) -> tuple[Passage, ...]:
        return tuple(_read_passage(row) for row in self._store.rows(_PASSAGE + where, values))


def _load(name: str, store: Store) -> Encoder:
    try:
        return load_encoder(name)
    except SettingsError as error:
        other = store.row("SELECT encoder FROM vectors LIMIT 1")
        if other is None:
            raise
        raise EncoderMismatch(f"{error}；索引现有的向量由 {other[0]} 建立") from error


def _read_passage(row: sqlite3.Row) -> Passage:
    document = Document(
        id=row["id"],
        path=row["path"],
        kind=row["document_kind"],
        title=row["document_title"],
        region=row["document_region"],
        level=row["level"],
        issuer=row["issuer"],
        date=row["date"],
        own=bool(row["own"]),
    )
    return Passage(
        id=f"{document.id}#{row['position']}",
        document=document,
        kind=row["kind"],
        position=row["position"],
        title=row["title"],
        text=row["text"],
        tense=row["tense"],
        region=row["region"],
        context=row["context"],
    )


def _status_today(row: sqlite3.Row) -> StatuteStatus:
    """A stored status grows old: dates of effect and expiry pass."""
    today = date.today().isoformat()
    if row["expires"] and row["expires"] <= today:
        return "repealed"
    if row["status"] == "not_in_force" and row["effective"] and row["effective"] <= today:
        return "in_force"
    stored: StatuteStatus = row["status"]
    return stored


def _read_statute(row: sqlite3.Row) -> StatuteRecord:
    return StatuteRecord(
        name=row["name"],
        status=_status_today(row),
        effective=row["effective"],
        document=row["document"],
        articles=row["articles"],
        issuer=row["issuer"],
        promulgated=row["promulgated"],
    )

"""What an index is to the rest of the house, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from replygen.index.corrections import Correction
from replygen.index.encoders.encoder import Encoder
from replygen.index.records import AddOutcome, HandSplit, IndexStatus, Removed, VerifyReport
from replygen.index.tuning import Preference, Tuning
from replygen.laws import StatuteRecord
from replygen.models import Document, Hit, Parsed, Passage, PassageKind, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]


class Index(Protocol):
    """An open index, to be used as a context manager; threads may share it: while one adds,
    encodes or rebuilds, the others search and look things up.

    A document is found by its words and fast vectors after the next :meth:`catch_up` or
    search; the vectors of the slow encoder follow (:meth:`fill`). An index that makes
    everything at the addition has nothing to do in these.

    Every method raises StoreError when the index cannot be read or written.
    """

    keeps_removed: bool  # whether what is removed can be put back for ``KEPT_DAYS``

    def __enter__(self) -> Index: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def close(self) -> None:
        """Close the index, ending what runs in the background."""

    # ── changing ───────────────────────────────────────────────────────────

    def add(
        self, parsed: Parsed, source: Source, *, own: bool = False, region: str | None = None
    ) -> AddOutcome:
        """Store one document, whole or not at all, and say what became of it. ``region``
        is where it is from when it does not say so itself better than the file's folder."""

    def remove(self, id: str) -> None:
        """Delete the document with this id; nothing happens when there is none."""

    def restore(self, id: str) -> None:
        """Put back a document that was removed. Raises StoreError where it is not kept, and
        where the same file or text was added again."""

    def removed(self) -> tuple[Removed, ...]:
        """Return what was removed and can be put back, latest first."""

    def correct(self, id: str, values: Mapping[str, str | None], *, by: str) -> None:
        """Put fields of a document right by hand (see :mod:`replygen.index.corrections`);
        adding the same file again does not undo it. Raises SettingsError for a value that
        cannot be, StoreError when there is no such document or the index takes none."""

    def resplit(self, id: str, passages: Sequence[Passage] | None, *, by: str) -> None:
        """Keep a document's passages as people split it (see
        :mod:`replygen.index.splitting`), or with None as they were read; adding the same file
        again does not undo it. Raises StoreError when there is no such document or the index
        takes none."""

    def catch_up(self, progress: Progress | None = None) -> None:
        """Make everything stored searchable, by its words and fast vectors, and give the
        articles whose vectors the package has those; ``progress`` is told (done, of) in
        passages. Raises EncoderMismatch when the encoder cannot be loaded."""

    def fill(
        self,
        progress: Progress | None = None,
        *,
        limit: int | None = None,
        stop: Event | None = None,
    ) -> None:
        """Encode what has no vector of the slow encoder yet, at most ``limit`` passages,
        until ``stop`` is set. What was done before a crash stays done."""

    def fill_in_background(self) -> None:
        """Let a thread fill, now and after every addition, until the index is closed."""

    def give_way(self) -> None:
        """Wait while somebody searches, a moment at most: what runs in the background asks this
        between its steps."""

    def count_unfilled(self) -> int:
        """Return how many searchable passages have no vector of the slow encoder yet: what
        a search just now knew by their words and fast vectors alone."""

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the caches and fast vectors anew, and drop the vectors of other encoders; the
        slow encoder's stay."""

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

    def rank(
        self,
        query: str,
        *,
        kind: PassageKind | None = None,
        own: bool | None = None,
        limit: int = 100,
        tuning: Tuning | None = None,
        prefer: Preference | None = None,
    ) -> tuple[tuple[str, float], ...]:
        """Return (passage id, score) by words and vectors alone, best first: what
        :meth:`search` shows before exact look-ups go first and near-copies merge."""

    def article(self, statute_name: str, number: str) -> Passage | None:
        """Return one 条 of a statute by its exact name (with or without 中华人民共和国)
        and number (第三十八条, 38); None when the index has no such statute or 条."""

    # ── reading ────────────────────────────────────────────────────────────

    def passage(self, id: str) -> Passage | None:
        """Return the passage called ``<document id>#<position>``, or None."""

    def encoders(self) -> tuple[Encoder, Encoder | None]:
        """Return the fast encoder, and the slow one where the index has two."""

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the deciding encoder's stored vectors, (dim,) each, by passage id; those
        that have none yet are left out."""

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order; () when there is none."""

    def document(self, id: str) -> Document | None:
        """Return the document with this id, or None."""

    def when_added(self) -> Mapping[str, str]:
        """Return when each document was added or read anew last (UTC), by its id; nothing
        where the index does not keep it."""

    def documents(self, *, own: bool | None = None) -> tuple[Document, ...]:
        """Return all documents, or only our own or only others', in the order of their
        paths."""

    def text(self, id: str) -> str | None:
        """Return the whole text of a document as it was read, or None."""

    def containing(self, words: str) -> frozenset[str]:
        """Return the ids of the documents in whose whole text ``words`` stand, as they are."""

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """Return what was put right by hand in a document."""

    def hand_split(self, id: str) -> HandSplit | None:
        """Return who split a document otherwise than it was read, and when, or None."""

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """Return the statutes in the index, by name, the version in force first."""

    def edition(self) -> Hashable:
        """Return what names the state of the index: the same only while nothing in it, and
        nothing that a search finds, has changed. ``None`` where that is not known."""

    def status(self) -> IndexStatus:
        """Return how large the index is and how far its caches are."""

    def verify(self) -> VerifyReport:
        """Return whether the index is whole; nothing is changed."""

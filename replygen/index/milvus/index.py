"""An index in Milvus, for more than one machine holds; the same door as on a laptop.

Everything is in Milvus: documents, passages, whole texts, and both rankings, BM25 over
jieba's words and vectors, which Milvus fuses. Vectors are made when a document is added
(or moved, see :mod:`milvus_copy`), so nothing has to be filled in later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from threading import Event, RLock
from types import TracebackType
from typing import TYPE_CHECKING, get_args

from replygen.errors import EncoderMismatch, StoreError
from replygen.index.adding import prepare_document, store_document
from replygen.index.base import Progress
from replygen.index.corrections import Correction
from replygen.index.encoders.encoder import Encoder
from replygen.index.encoders.loading import load_encoder, load_stages
from replygen.index.fusion import Found, is_wanted, merge_copies
from replygen.index.lookup import drop_superseded, find_article, find_exact
from replygen.index.milvus.catalogue import Catalogue
from replygen.index.milvus.rows import (
    DOCUMENT_FIELDS,
    PASSAGE_FIELDS,
    list_ids,
    read_document,
    read_passage,
    read_statute,
)
from replygen.index.milvus.shelf import Shelf, is_plain
from replygen.index.milvus.tables import (
    DOCUMENTS,
    FORMAT,
    PASSAGES,
    Tables,
    quote,
)
from replygen.index.query import Query, read_query
from replygen.index.records import AddOutcome, HandSplit, IndexStatus, Removed, VerifyReport
from replygen.index.tuning import Preference, Tuning
from replygen.laws import StatuteRecord
from replygen.laws.records import settle_editions, sort_versions
from replygen.models import (
    Document,
    Hit,
    Parsed,
    Passage,
    PassageKind,
    Source,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CANDIDATES = 100


class MilvusIndex:
    """An :class:`~replygen.index.base.Index` in Milvus; ``found_by`` of a hit is ``exact``, or
    ``words`` and ``vectors``, which Milvus fuses without saying which of them had it."""

    keeps_removed = False

    def __init__(self, address: str, encoder: str) -> None:
        """Connect; the collections are made when they are missing. Raises SettingsError
        where pymilvus is missing, StoreError, EncoderMismatch for an index that was made
        with another encoder."""
        fast, slow = load_stages(encoder)
        self._encoder: Encoder = slow or fast
        self.tables = Tables(address)
        self._catalogue = Catalogue(self.tables)
        self.shelf = Shelf(self.tables, self._encoder)
        self._changing = RLock()
        made_with = self.tables.open(self._encoder.name, self._encoder.dim)
        if made_with != self._encoder.name:
            self.tables.close()
            raise EncoderMismatch(
                f"{address}：这个索引由编码器 {made_with} 建立，现在的是 {self._encoder.name}；"
                "请在 replygen.toml 里改回，或用 index copy 复制到新的库"
            )

    def close(self) -> None:
        """Close the connection."""
        self.tables.close()

    def __enter__(self) -> MilvusIndex:
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
        """Store one document and say what became of it. Its row comes last, so one that
        was broken off is no document yet, and adding it again puts it right."""
        with self._changing:
            fresh = prepare_document(parsed, source, own=own, region=region)
            return store_document(self.shelf, fresh)

    def remove(self, id: str) -> None:
        """Delete the document with this id; nothing happens when there is none."""
        with self._changing:
            self.shelf.delete(id)

    def restore(self, id: str) -> None:
        """Raises StoreError: what was removed is kept in the index on a laptop only."""
        raise StoreError("Milvus 索引里删去的材料不能恢复，请重新加入原来的文件")

    def removed(self) -> tuple[Removed, ...]:
        """Return nothing."""
        return ()

    def correct(self, id: str, values: Mapping[str, str | None], *, by: str) -> None:
        """Raises StoreError: corrections are made in the index on a laptop."""
        raise StoreError("Milvus 索引不能手工更正字段，请在本机的索引里更正，再用 index copy 复制")

    def resplit(self, id: str, passages: Sequence[Passage] | None, *, by: str) -> None:
        """Raises StoreError: corrections are made in the index on a laptop."""
        raise StoreError("Milvus 索引不能改拆分，请在本机的索引里改，再用 index copy 复制")

    def give_way(self) -> None:
        """Do nothing: the searching is another machine's."""

    def catch_up(self, progress: Progress | None = None) -> None:
        """Do nothing: what was added is searchable."""

    def fill(
        self,
        progress: Progress | None = None,
        *,
        limit: int | None = None,
        stop: Event | None = None,
    ) -> None:
        """Do nothing: vectors are made when a document is added."""

    def fill_in_background(self) -> None:
        """Do nothing, for the same reason."""

    def count_unfilled(self) -> int:
        """Return 0, for the same reason."""
        return 0

    def rebuild(self, progress: Progress | None = None) -> None:
        """Do nothing: Milvus keeps its own indexes."""

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
        """Return at most ``k`` passages for any text, best first, what the query names
        outright with score 1 before the others."""
        asked = read_query(query)
        if not asked.text or k < 1:
            return ()
        exact = find_exact(self._catalogue, asked.text)
        ranked = self._ask(asked, kind, own, max(_CANDIDATES, 3 * k))
        if prefer is not None:
            ranked = self._prefer(ranked, prefer)
        scores = dict.fromkeys(exact, 1.0)
        scores |= {id: score for id, score in ranked if id not in scores}
        ids = list(scores)[: max(3 * k, 30)]
        passages = {p.id: p for p in self._select_passages(list_ids(ids))} if ids else {}
        found = []
        for place, id in enumerate(ids):
            passage = passages.get(id)
            if passage is not None and is_wanted(passage, kind, own):
                by = ("exact",) if id in exact else ("words", "vectors")
                found.append((Found(place, scores[id], by), passage))
        return merge_copies(drop_superseded(self._catalogue, found), k=k)

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
        """Return (passage id, score) by words and vectors alone, best first. Of
        ``tuning`` only how the query is read matters: Milvus fuses by ranks."""
        asked = read_query(query, tuning or Tuning())
        if not asked.text or limit < 1:
            return ()
        ranked = self._ask(asked, kind, own, limit)
        return tuple(ranked if prefer is None else self._prefer(ranked, prefer))

    def article(self, statute_name: str, number: str) -> Passage | None:
        """Return one 条 of a statute by its exact name and number, or None."""
        id = find_article(self._catalogue, statute_name, number)
        found = () if id is None else self._select_passages(list_ids([id]))
        return found[0] if found else None

    # ── reading ────────────────────────────────────────────────────────────

    def passage(self, id: str) -> Passage | None:
        """Return the passage called ``<document id>#<position>``, or None."""
        if "#" not in id or len(id) > 96 or not is_plain(id):
            return None
        found = self._select_passages(list_ids([id]))
        return found[0] if found else None

    def encoders(self) -> tuple[Encoder, Encoder | None]:
        """Return the shipped fast encoder and the one that the index was made with."""
        return load_encoder("static"), self._encoder

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the stored vectors of passages, (dim,) each, by id."""
        import numpy as np

        known = [id for id in ids if len(id) <= 96 and is_plain(id)]
        rows = self.tables.get(PASSAGES, list_ids(known), ["id", "vector"]) if known else []
        return {row["id"]: np.asarray(row["vector"], dtype=np.float32) for row in rows}

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order; () when there is none."""
        if not is_plain(document_id):
            return ()
        found = self._select_passages(f"document == {quote(document_id)}")
        return tuple(sorted(found, key=lambda p: p.position))

    def document(self, id: str) -> Document | None:
        """Return the document with this id, or None."""
        row = self.shelf.find_row(id)
        return None if row is None else read_document(row)

    def when_added(self) -> dict[str, str]:
        """Return nothing: it is not kept."""
        return {}

    def documents(self, *, own: bool | None = None) -> tuple[Document, ...]:
        """Return all documents, or only our own or only others', in the order of their
        paths."""
        condition = "" if own is None else f"own == {str(own).lower()}"
        found = map(read_document, self.tables.get(DOCUMENTS, condition, DOCUMENT_FIELDS))
        return tuple(sorted(found, key=lambda d: (d.path, d.id)))

    def text(self, id: str) -> str | None:
        """Return the whole text of a document as it was read, or None."""
        return None if self.shelf.find_row(id) is None else self.tables.get_text(id)

    def containing(self, words: str) -> frozenset[str]:
        """Return the ids of the documents in whose whole text ``words`` stand, as they are."""
        return frozenset(d.id for d in self.documents() if words in (self.text(d.id) or ""))

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """Return (): corrections stay in the index they were made in; their outcome was
        copied."""
        return ()

    def hand_split(self, id: str) -> HandSplit | None:
        """Return None: corrections stay in the index they were made in."""
        return None

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """Return the statutes in the index, by name, the version in force first."""
        today = date.today().isoformat()
        rows = self.tables.get(DOCUMENTS, 'statute_key != ""', DOCUMENT_FIELDS)
        found = sort_versions(settle_editions((read_statute(row, today) for row in rows), today))
        return tuple(sorted(found, key=lambda s: s.name))

    def edition(self) -> None:
        """Return nothing: the server does not say when somebody changes something."""
        return None

    def status(self) -> IndexStatus:
        """Return how large the index is; ``bytes`` is 0, the server does not say."""
        count = self.tables.count
        kinds = {
            kind: n
            for kind in sorted(get_args(PassageKind))
            if (n := count(PASSAGES, f'kind == "{kind}"'))
        }
        statutes = self.tables.get(DOCUMENTS, 'statute_key != ""', ["id", "data"])
        passages = count(PASSAGES)
        return IndexStatus(
            documents=count(DOCUMENTS),
            passages=passages,
            kinds=kinds,
            own=count(DOCUMENTS, "own == true"),
            statutes=len(statutes),
            articles=sum(int(row["data"]["articles"]) for row in statutes),
            fast=self._encoder.name,
            encoder=self._encoder.name,
            vectors=passages,
            words=passages,
            bytes=0,
            schema=FORMAT,
        )

    def verify(self) -> VerifyReport:
        """Return whether every document has all its passages and no passage is without
        its document."""
        expected = {
            row["id"]: int(row["data"]["passages"])
            for row in self.tables.get(DOCUMENTS, "", ["id", "data"])
        }
        found = dict.fromkeys(expected, 0)
        lost: set[str] = set()
        for row in self.tables.get(PASSAGES, "", ["id", "document"]):
            if row["document"] in found:
                found[row["document"]] += 1
            else:
                lost.add(row["document"])
        problems = [
            f"文件 {id} 的段落不全，请重新 index add 它"
            for id, n in found.items()
            if n != expected[id]
        ]
        problems += [f"有段落的文件 {id} 没有入库完，请重新 index add 它" for id in sorted(lost)]
        return VerifyReport(not problems, tuple(problems))

    # ── inside ─────────────────────────────────────────────────────────────

    def _ask(
        self, asked: Query, kind: PassageKind | None, own: bool | None, limit: int
    ) -> list[tuple[str, float]]:
        conditions = [f'kind == "{kind}"'] if kind is not None else []
        if own is not None:
            conditions.append(f"own == {str(own).lower()}")
        vector = self._encoder.encode([asked.core], kind="query")[0]
        return self.tables.hybrid(asked.core, vector.tolist(), " and ".join(conditions), limit)

    def _prefer(
        self, ranked: list[tuple[str, float]], preference: Preference
    ) -> list[tuple[str, float]]:
        """Return the candidates with what is preferred moved up."""
        if not ranked:
            return []
        rows = self.tables.get(PASSAGES, list_ids([id for id, _ in ranked]), PASSAGE_FIELDS)
        weights = {
            row["id"]: preference.weigh(
                own=bool(row["own"]),
                level=row["data"]["level"],
                role=row["data"]["role"],
                day=row["data"]["date"],
            )
            for row in rows
        }
        moved = [(id, min(1.0, score + weights.get(id, 0.0))) for id, score in ranked]
        return sorted(moved, key=lambda pair: -pair[1])

    def _select_passages(self, condition: str) -> tuple[Passage, ...]:
        rows = self.tables.get(PASSAGES, condition, PASSAGE_FIELDS)
        long = {
            row["id"]: self.tables.get_text(row["id"])
            for row in rows
            if row["data"]["text"] is None
        }
        return tuple(read_passage(row, long) for row in rows)

"""An index in Milvus, for more than one machine holds; the same door as on a laptop.

Everything is in Milvus: documents, passages, whole texts, and both rankings, BM25 over
jieba's words and vectors, which Milvus fuses. Vectors are made when a document is added
(or moved, see :mod:`milvus_copy`), so nothing has to be filled in later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from threading import Event, RLock
from typing import TYPE_CHECKING

from replygen.errors import EncoderMismatch, StoreError
from replygen.models import (
    Document,
    Hit,
    Parsed,
    Passage,
    PassageKind,
    Reply,
    Source,
    Statute,
)
from replygen.search.adding import NEAR_FROM, Prepared, prepare_document
from replygen.search.corrections import Correction
from replygen.search.encoder import Encoder, load_stages
from replygen.search.fusion import Found, is_wanted, merge_copies
from replygen.search.index import SearchIndex
from replygen.search.milvus_lookup import find_article, find_exact
from replygen.search.milvus_rows import (
    DOCUMENT_FIELDS,
    PASSAGE_FIELDS,
    Entry,
    list_ids,
    make_document,
    make_passages,
    read_document,
    read_passage,
    read_statute,
)
from replygen.search.milvus_tables import (
    DOCUMENTS,
    FORMAT,
    PASSAGES,
    TEXTS,
    Row,
    Tables,
    make_key,
    quote,
)
from replygen.search.passages import compose_searchable
from replygen.search.query import Query, read_query
from replygen.search.records import (
    AddOutcome,
    AddState,
    IndexStatus,
    StatuteRecord,
    VerifyReport,
    sort_versions,
)
from replygen.search.similarity import are_near
from replygen.search.tuning import Preference, Tuning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
_CANDIDATES = 100
_HAMMING = 12  # bits of 64, as on a laptop
_SUSPECTS = 20


class MilvusIndex(SearchIndex):
    """An open index in Milvus. Methods are those of :class:`SearchIndex` and mean the
    same; ``found_by`` of a hit is ``exact``, or ``words`` and ``vectors``, which Milvus
    fuses without saying which of them had it."""

    def __init__(self, address: str, encoder: str) -> None:
        """Connect; the collections are made when they are missing. Raises SettingsError
        where pymilvus is missing, StoreError, EncoderMismatch for an index that was made
        with another encoder."""
        fast, slow = load_stages(encoder)
        self._encoder: Encoder = slow or fast
        self.tables = Tables(address)
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

    # ── changing ───────────────────────────────────────────────────────────

    def add(
        self, parsed: Parsed, source: Source, *, own: bool = False, region: str | None = None
    ) -> AddOutcome:
        """Store one document and say what became of it. Its row comes last, so one that
        was broken off is no document yet, and adding it again puts it right."""
        with self._changing:
            return self._decide(prepare_document(parsed, source, own=own, region=region))

    def remove(self, id: str) -> None:
        """Delete the document with this id; nothing happens when there is none."""
        with self._changing:
            passages = self.tables.get(PASSAGES, f"document == {quote(id)}", ["id"])
            for owner in (id, *(row["id"] for row in passages)):
                self.tables.delete(TEXTS, f"owner == {quote(owner)}")
            self.tables.delete(PASSAGES, f"document == {quote(id)}")
            self.tables.delete(DOCUMENTS, f"id == {quote(id)}")

    def correct(self, id: str, values: Mapping[str, str | None], *, by: str) -> None:
        """Raises StoreError: corrections are made in the index on a laptop."""
        raise StoreError("Milvus 索引不能手工更正字段，请在本机的索引里更正，再用 index copy 复制")

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

    def rebuild(self, progress: Progress | None = None) -> None:
        """Do nothing: Milvus keeps its own indexes."""

    def keep(self, entries: Sequence[Entry]) -> None:
        """Store documents as they are, the documents' own rows last."""
        passages: list[Row] = []
        texts: dict[str, str] = {}
        for entry in entries:
            rows, long = make_passages(entry)
            passages += rows
            texts |= {entry.document.id: entry.text, **long}
        self.tables.put_texts(texts)
        self.tables.put(PASSAGES, passages)
        self.tables.put(DOCUMENTS, [make_document(entry) for entry in entries])

    def encode(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return the vectors of passages, (n, dim)."""
        texts = [compose_searchable(p.document.title, p.title, p.context, p.text) for p in passages]
        return self._encoder.encode(texts, kind="passage")

    @property
    def encoder(self) -> str:
        """The encoder's name."""
        return self._encoder.name

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
        exact = find_exact(self.tables, asked.text)
        ranked = self._ask(asked, kind, own, max(_CANDIDATES, 3 * k))
        if prefer is not None:
            ranked = self._prefer(ranked, prefer)
        scores = dict.fromkeys(exact, 1.0)
        scores |= {id: score for id, score in ranked if id not in scores}
        ids = list(scores)[: max(3 * k, 30)]
        passages = {p.id: p for p in self._read(list_ids(ids))} if ids else {}
        found = []
        for place, id in enumerate(ids):
            passage = passages.get(id)
            if passage is not None and is_wanted(passage, kind, own):
                by = ("exact",) if id in exact else ("words", "vectors")
                found.append((Found(place, scores[id], by), passage))
        return merge_copies(iter(found), k=k)

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

    def compare(
        self,
        query: str,
        tunings: Mapping[str, Tuning],
        prefers: Mapping[str, Preference | None],
        *,
        kind: PassageKind | None,
        limit: int,
    ) -> dict[str, list[str]]:
        """Raises StoreError: how rankings are weighed is Milvus' own business."""
        raise StoreError("Milvus 索引不能比较不同的权重，请用文件夹里的索引评测")

    def article(self, statute_name: str, number: str) -> Passage | None:
        """Return one 条 of a statute by its exact name and number, or None."""
        id = find_article(self.tables, statute_name, number)
        found = () if id is None else self._read(list_ids([id]))
        return found[0] if found else None

    # ── reading ────────────────────────────────────────────────────────────

    def passage(self, id: str) -> Passage | None:
        """Return the passage called ``<document id>#<position>``, or None."""
        if "#" not in id or len(id) > 96 or not _is_plain(id):
            return None
        found = self._read(list_ids([id]))
        return found[0] if found else None

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in order; () when there is none."""
        if not _is_plain(document_id):
            return ()
        found = self._read(f"document == {quote(document_id)}")
        return tuple(sorted(found, key=lambda p: p.position))

    def document(self, id: str) -> Document | None:
        """Return the document with this id, or None."""
        row = self._document(id)
        return None if row is None else read_document(row)

    def documents(self, *, own: bool | None = None) -> tuple[Document, ...]:
        """Return all documents, or only our own or only others', in the order of their
        paths."""
        condition = "" if own is None else f"own == {str(own).lower()}"
        found = map(read_document, self.tables.get(DOCUMENTS, condition, DOCUMENT_FIELDS))
        return tuple(sorted(found, key=lambda d: (d.path, d.id)))

    def text(self, id: str) -> str | None:
        """Return the whole text of a document as it was read, or None."""
        return None if self._document(id) is None else self.tables.get_text(id)

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """Return (): corrections stay in the index they were made in; their outcome was
        copied."""
        return ()

    def statutes(self) -> tuple[StatuteRecord, ...]:
        """Return the statutes in the index, by name, the version in force first."""
        today = date.today().isoformat()
        rows = self.tables.get(DOCUMENTS, 'statute_key != ""', DOCUMENT_FIELDS)
        found = sort_versions(read_statute(row, today) for row in rows)
        return tuple(sorted(found, key=lambda s: s.name))

    def status(self) -> IndexStatus:
        """Return how large the index is; ``bytes`` is 0, the server does not say."""
        count = self.tables.count
        kinds = {
            kind: n
            for kind in ("article", "measure", "reply")
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

    def _decide(self, fresh: Prepared) -> AddOutcome:
        document = fresh.document
        at_path = self._one(f'path_key == "{make_key(document.path)}"')
        same = self._document(document.id)
        same = same or self._one(f'text_key == "{make_key(fresh.text_hash)}"')
        if at_path is not None and at_path["own"]:
            document = replace(document, own=True)
        if same is not None and same["data"]["path"] != document.path:
            if at_path is not None:
                self.remove(at_path["id"])
            return self._meet_duplicate(document, same)
        if at_path is not None:
            known = at_path["data"]["fields"] == make_key(fresh.fields)
            if known and read_document(at_path) == document:
                return AddOutcome("unchanged", document)
            self.remove(at_path["id"])
        near = self._find_near(fresh)
        passages = tuple(replace(p, document=document) for p in fresh.passages)
        self.keep([_make_entry(fresh, document, passages, self.encode(passages))])
        state: AddState = "added" if at_path is None else "updated"
        return AddOutcome(state, document, near, near=near is not None)

    def _meet_duplicate(self, document: Document, same: Row) -> AddOutcome:
        """The text is stored under another path: keep that one, as ours when either is."""
        kept = read_document(same)
        if document.own and not kept.own:
            kept = replace(kept, own=True)
            for name, condition in (
                (PASSAGES, f"document == {quote(kept.id)}"),
                (DOCUMENTS, f"id == {quote(kept.id)}"),
            ):
                rows = self.tables.get(name, condition, ["*"])
                self.tables.put(name, [{**_without_words(row), "own": True} for row in rows])
        return AddOutcome("duplicate", kept, kept.path)

    def _find_near(self, fresh: Prepared) -> str | None:
        if len(fresh.text) < NEAR_FROM or not self.tables.count(DOCUMENTS):
            return None
        for id in self.tables.near_signatures(fresh.simhash, _HAMMING, _SUSPECTS):
            row = self._document(id)
            if row is not None and are_near(fresh.text, self.tables.get_text(id)):
                return str(row["data"]["path"])
        return None

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

    def _read(self, condition: str) -> tuple[Passage, ...]:
        rows = self.tables.get(PASSAGES, condition, PASSAGE_FIELDS)
        long = {
            row["id"]: self.tables.get_text(row["id"])
            for row in rows
            if row["data"]["text"] is None
        }
        return tuple(read_passage(row, long) for row in rows)

    def _document(self, id: str) -> Row | None:
        return self._one(f"id == {quote(id)}") if _is_plain(id) and len(id) <= 64 else None

    def _one(self, condition: str) -> Row | None:
        found = self.tables.get(DOCUMENTS, condition, DOCUMENT_FIELDS)
        return found[0] if found else None


def _without_words(row: Row) -> Row:
    """Return a row without the field that Milvus makes itself."""
    return {key: value for key, value in row.items() if key != "sparse"}


def _is_plain(id: str) -> bool:
    return bool(id) and all(c.isascii() and (c.isalnum() or c in "#-_:.") for c in id)


def _make_entry(
    fresh: Prepared,
    document: Document,
    passages: tuple[Passage, ...],
    vectors: NDArray[np.float32],
) -> Entry:
    parsed = fresh.parsed
    statute = None
    if isinstance(parsed, Statute):
        statute = StatuteRecord(
            name=parsed.name,
            status=parsed.status,
            effective=parsed.effective,
            document=document.id,
            articles=len(parsed.articles),
            issuer=parsed.issuer,
            promulgated=parsed.promulgated,
        )
    return Entry(
        document=document,
        passages=passages,
        vectors=vectors,
        text=fresh.text,
        text_hash=fresh.text_hash,
        simhash=fresh.simhash,
        fields=fresh.fields,
        session=fresh.session,
        number=fresh.number,
        doc_number=fresh.doc_number,
        statute=statute,
        expires=parsed.expires if isinstance(parsed, Statute) else None,
        role=parsed.host_role if isinstance(parsed, Reply) else None,
    )

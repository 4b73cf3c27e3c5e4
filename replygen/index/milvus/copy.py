"""Moving an index from a folder into Milvus: documents as they are stored, corrections and
all, and vectors that are there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.errors import SettingsError
from replygen.index.base import Progress
from replygen.index.local.store import FILE_NAME, Store
from replygen.index.milvus.index import MilvusIndex
from replygen.index.milvus.rows import Entry, make_document
from replygen.index.milvus.tables import DOCUMENTS, find_address
from replygen.index.rows import read_document, read_passage
from replygen.laws import StatuteRecord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 500  # passages of documents that are written together
_DOCUMENTS = """SELECT d.*, json_extract(d.fields, '$.host_role') AS host_role,
    s.name AS s_name, s.status AS s_status, s.effective AS s_effective,
    s.issuer AS s_issuer, s.promulgated AS s_promulgated, s.articles AS s_articles,
    s.expires AS s_expires, s.edition AS s_edition
    FROM documents d LEFT JOIN statutes s ON s.document = d.id WHERE d.id = ?"""


def copy_index(
    folder: Path, to: str | Path, *, encoder: str, progress: Progress | None = None
) -> tuple[int, int]:
    """Copy the index in ``folder`` into Milvus at ``to``; return how many documents were
    copied and how many were there already, unchanged. What was broken off goes on where
    it was; ``progress`` is told (done, of) in documents. What the folder no longer has is
    removed. Raises SettingsError for an address that is none, StoreError, EncoderMismatch."""
    address = find_address(to)
    if address is None:
        raise SettingsError(f"--to 要写 Milvus 的地址，如 http://主机:19530、milvus:文件.db：{to}")
    if find_address(folder) is not None or not (Path(folder) / FILE_NAME).is_file():
        raise SettingsError(f"{folder}：这里没有索引，请用 --index 指定要复制的索引文件夹")
    store = Store(Path(folder))
    target = MilvusIndex(address, encoder)
    try:
        return _copy(store, target, progress)
    finally:
        target.close()
        store.close()


def _copy(store: Store, target: MilvusIndex, progress: Progress | None) -> tuple[int, int]:
    known = {row["id"]: row["data"] for row in target.tables.get(DOCUMENTS, "", ["id", "data"])}
    rows = store.rows("SELECT id FROM documents ORDER BY row")
    ids = [str(row["id"]) for row in rows]
    for id in known.keys() - set(ids):
        target.remove(id)
    copied = 0
    for batch, done in _batch(store, ids):
        fresh = []
        for entry in batch:
            before = known.get(entry.document.id)
            if before is None or not _is_same(before, entry):
                if before is not None:
                    target.remove(entry.document.id)
                fresh.append(_with_vectors(store, target, entry))
        target.shelf.keep(fresh)
        copied += len(fresh)
        if progress is not None:
            progress(done, len(ids))
    return copied, len(ids) - copied


def _is_same(before: dict[str, object], entry: Entry) -> bool:
    return bool(before == make_document(entry)["data"])


def _batch(store: Store, ids: Sequence[str]) -> Iterator[tuple[list[Entry], int]]:
    """Give the documents, without vectors, in batches, each with how many were given."""
    batch: list[Entry] = []
    size = 0
    for number, id in enumerate(ids, 1):
        entry = _read_entry(store, id)
        if entry is not None:
            batch.append(entry)
            size += len(entry.passages) + 1
        if size >= _AT_ONCE or number == len(ids):
            yield batch, number
            batch, size = [], 0


def _with_vectors(store: Store, target: MilvusIndex, entry: Entry) -> Entry:
    """Return the document with its passages' vectors: those that are stored, the others
    made now."""
    import numpy as np

    rows = store.rows(
        """SELECT p.position, v.vector FROM passages p JOIN vectors v ON v.row = p.row
           WHERE p.document = ? AND v.encoder = ?""",
        (entry.document.id, target.shelf.encoder.name),
    )
    stored = {row[0]: np.frombuffer(row[1], dtype="<f2").astype(np.float32) for row in rows}
    missing = [p for p in entry.passages if p.position not in stored]
    made = dict(zip((p.position for p in missing), target.shelf.encode(missing), strict=True))
    known = {**stored, **made}
    vectors: NDArray[np.float32] = np.array(
        [known[p.position] for p in entry.passages], dtype=np.float32
    )
    return replace(entry, vectors=vectors)


def _read_entry(store: Store, id: str) -> Entry | None:
    import numpy as np

    row = store.row(_DOCUMENTS, (id,))
    if row is None:  # removed meanwhile
        return None
    document = read_document(row)
    found = store.rows("SELECT * FROM passages WHERE document = ? ORDER BY position", (id,))
    statute = None
    if row["s_name"] is not None:
        statute = StatuteRecord(
            name=row["s_name"],
            status=row["s_status"],
            effective=row["s_effective"],
            document=id,
            articles=row["s_articles"],
            issuer=row["s_issuer"],
            promulgated=row["s_promulgated"],
            edition=row["s_edition"],
        )
    return Entry(
        document=document,
        passages=tuple(read_passage(passage, document) for passage in found),
        vectors=np.zeros((0, 0), dtype=np.float32),
        text=row["text"],
        text_hash=row["text_hash"],
        simhash=row["simhash"],
        fields=row["fields"],
        session=row["session"],
        number=row["number"],
        doc_number=row["doc_number"],
        statute=statute,
        expires=row["s_expires"],
        role=row["host_role"],
    )

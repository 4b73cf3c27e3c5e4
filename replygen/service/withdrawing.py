"""Many documents removed by hand at once, a whole batch among them, and put back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from replygen.errors import StoreError
from replygen.index import Index
from replygen.models import Document
from replygen.service.follow.left import remove_by_hand
from replygen.workspace import BatchLog


def find_brought(index: Index, work: Path, batch: int) -> tuple[Document, ...]:
    """Return what a batch brought and is in the index still, as it brought it: what came anew
    from the same place since is a later batch's."""
    brought = set(_list_brought(BatchLog(work), batch))
    return tuple(d for d in index.documents() if d.id in brought)


def remove_all(index: Index, work: Path, ids: Iterable[str]) -> tuple[Document, ...]:
    """Remove documents by hand; return those that were there."""
    wanted = set(ids)
    found = tuple(d for d in index.documents() if d.id in wanted)
    for document in found:
        remove_by_hand(index, work, document.id)
    return found


def restore_all(index: Index, ids: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Put removed documents back; return how many came back, and why the others did not."""
    back, why = 0, dict[str, None]()
    for id in ids:
        try:
            index.restore(id)
            back += 1
        except StoreError as error:
            why[str(error)] = None
    return back, tuple(why)


def withdraw_batch(index: Index, work: Path, batch: int) -> tuple[Document, ...]:
    """Take a batch back: remove what it brought; return that."""
    gone = remove_all(index, work, [d.id for d in find_brought(index, work, batch)])
    BatchLog(work).mark_withdrawn(batch, True)
    return gone


def put_batch_back(index: Index, work: Path, batch: int) -> tuple[int, tuple[str, ...]]:
    """Undo :func:`withdraw_batch`; return as :func:`restore_all` does."""
    log = BatchLog(work)
    present = {d.id for d in index.documents()}
    kept = {one.id for one in index.removed()} - present
    done = restore_all(index, [id for id in _list_brought(log, batch) if id in kept])
    log.mark_withdrawn(batch, False)
    return done


def _list_brought(log: BatchLog, batch: int) -> tuple[str, ...]:
    """The documents that a batch brought, each once, in its order."""
    return tuple(dict.fromkeys(file.document for file in log.files(batch) if file.document))

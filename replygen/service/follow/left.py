"""What was removed by hand: a run leaves it out, until somebody takes it in again."""

from __future__ import annotations

from pathlib import Path

from replygen.errors import StoreError
from replygen.index import Index, name_document
from replygen.models import Source
from replygen.workspace import FollowStore, LeftOut


class Removals:
    """What one run leaves out: the same bytes wherever they lie, and whatever lies where it
    lay. What is in the index is no longer removed: somebody added it again."""

    def __init__(self, store: FollowStore, index: Index) -> None:
        """What was added again is forgotten."""
        kept = store.left_out()
        if kept:
            documents = index.documents()
            present = {d.id for d in documents} | {d.path for d in documents}
            back = [one.id for one in kept if one.id in present or one.path in present]
            store.take_in(back)
            kept = tuple(one for one in kept if one.id not in back)
        self._by_id = {one.id: one for one in kept}
        self._by_path = {one.path: one for one in kept}
        self.met: dict[str, LeftOut] = {}  # what the run met, by id

    def name(self, source: Source) -> str | None:
        """Return the title of the removed document that a file would bring back, or None."""
        return self._meet(self._by_id.get(name_document(source)) or self._by_path.get(source.path))

    def name_at(self, place: str) -> str | None:
        """Return the title of the document that was removed from a place, or None."""
        return self._meet(self._by_path.get(place))

    def _meet(self, found: LeftOut | None) -> str | None:
        if found is None:
            return None
        self.met[found.id] = found
        return found.title


def remove_by_hand(index: Index, work: Path, id: str) -> None:
    """Remove a document; no run brings it back by itself. Raises StoreError when there is
    none of that id."""
    found = index.document(id)
    if found is None:
        raise StoreError(f"索引里没有编号为 {id} 的材料，编号见 search --json")
    FollowStore(work).leave_out(LeftOut(found.id, found.title, found.path))
    index.remove(id)


def take_in(index: Index, store: FollowStore, id: str) -> bool:
    """Take in what was removed: as it was where it is kept still (True), else with the next
    run (False)."""
    found = next((one for one in store.left_out() if one.id == id), None)
    store.take_in([id])
    try:
        index.restore(id)
    except StoreError:
        if found is not None:
            for source in store.sources():
                store.forget(source.name, [found.path])
        return False
    return True

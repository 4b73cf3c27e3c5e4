"""The fictional sample: what it holds, loading it, and telling it from a unit's own material."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.settings import resource

if TYPE_CHECKING:
    from replygen.models import Document
    from replygen.service.adding import AddReport
    from replygen.service.desk import Desk

_OTHERS = ("others", "rules", "policies")


def sample_paths() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the folders of other places' material, rules and documents, then our own's."""
    return tuple(resource("corpus", room) for room in _OTHERS), (resource("corpus", "own"),)


def sample_proposal() -> Path:
    """Return the proposal that the sample's draft answers."""
    return resource("corpus", "proposals", "0126.docx")


def add_sample(desk: Desk) -> AddReport:
    """Index the fictional sample: other places' replies, our own material, local rules,
    documents from above and the national laws."""
    desk.import_laws()
    theirs, ours = sample_paths()
    own = desk.add(ours, own=True, encode=0)
    others = desk.add(theirs, encode=0)
    return replace(
        others,
        added=own.added + others.added,
        unchanged=own.unchanged + others.unchanged,
        duplicates=own.duplicates + others.duplicates,
        failed=own.failed + others.failed,
        seconds=own.seconds + others.seconds,
    )


def is_sample(document: Document) -> bool:
    """True for a document that was read from the sample."""
    return Path(document.path).is_relative_to(resource("corpus"))


def remove_sample(desk: Desk) -> int:
    """Take the sample's documents out of the index, where they can be put back one by one;
    return how many there were. Raises StoreError."""
    found = [document for document in desk.documents() if is_sample(document)]
    for document in found:
        desk.index.remove(document.id)  # it may be loaded again
    return len(found)

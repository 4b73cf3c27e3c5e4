"""The fictional sample: what demo and writer-demo index, and where they write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.settings import resource

if TYPE_CHECKING:
    from replygen.service.batches import AddReport
    from replygen.service.desk import Desk


def add_sample(desk: Desk) -> AddReport:
    """Index the fictional sample: other places' replies, our own material, local rules,
    documents from above and the national laws."""
    desk.import_laws()
    own = desk.add([resource("corpus", "own")], own=True, encode=0)
    rooms = ("others", "rules", "policies")
    others = desk.add([resource("corpus", room) for room in rooms], encode=0)
    return replace(
        others,
        added=own.added + others.added,
        unchanged=own.unchanged + others.unchanged,
        duplicates=own.duplicates + others.duplicates,
        failed=own.failed + others.failed,
        seconds=own.seconds + others.seconds,
    )


def demo_output(name: str) -> Path:
    """Return where a demo writes its draft: in ``out``, made if missing."""
    folder = Path("out")
    folder.mkdir(exist_ok=True)
    return folder / name

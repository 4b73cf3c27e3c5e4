"""Where the demos write."""

from __future__ import annotations

from pathlib import Path


def demo_output(name: str) -> Path:
    """Return where a demo writes its draft: in ``out``, made if missing."""
    folder = Path("out")
    folder.mkdir(exist_ok=True)
    return folder / name

"""An empty index for the laws' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replygen.index import Index, open_index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty index with the encoder that looks at letters only."""
    with open_index(tmp_path / "index", encoder="hash") as index:
        yield index

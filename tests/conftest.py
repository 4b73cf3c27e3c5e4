"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# milvus-lite's idle channels write to stderr, whatever test is running then
os.environ.setdefault("GRPC_VERBOSITY", "NONE")

ROOT = Path(__file__).resolve().parent.parent
_SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the project's real data; a clone elsewhere has none."""
    if not (_SHARED / "data").is_dir():
        pytest.skip("../shared 不在这台机器上")
    return _SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop runs in this thread until its end, and no
    other can be started beside it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

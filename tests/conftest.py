"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

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

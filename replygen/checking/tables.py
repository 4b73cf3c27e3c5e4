"""The room's data tables: TSV and TOML beside the code, read once."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_DATA = Path(__file__).resolve().parent / "data"


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of ``data/<name>`` as cells; lines that begin with # are notes."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(ln.split("\t")) for ln in lines if ln.strip() and not ln.startswith("#"))


@cache
def read_words(name: str, kind: str) -> tuple[str, ...]:
    """Return the words of ``data/<name>`` whose second column is ``kind``, longest first."""
    words = {row[0] for row in read_table(name) if len(row) > 1 and row[1] == kind}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Return ``data/<name>`` as a dict."""
    table: dict[str, Any] = tomllib.loads((_DATA / name).read_text(encoding="utf-8"))
    return table

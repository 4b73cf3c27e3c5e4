"""Exact look-ups in Milvus: what a query names outright is found first. The same forms
as :mod:`lookup`, by hashes of the names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from replygen.search.lookup import (
    MOST,
    read_articles,
    read_doc_numbers,
    read_numbers,
    read_titles,
)
from replygen.search.milvus_rows import DOCUMENT_FIELDS, read_statute
from replygen.search.milvus_tables import DOCUMENTS, PASSAGES, Row, Tables, make_key
from replygen.search.normalise import normalise_article, normalise_statute
from replygen.search.records import sort_versions


def find_exact(tables: Tables, query: str) -> list[str]:
    """Return the ids of the passages that ``query`` names, most particular first."""
    session, numbers = read_numbers(query)
    titles = read_titles(query)
    ids = [
        *_find_articles(tables, query),
        *_first_of(tables, "doc_number_key", map(make_key, read_doc_numbers(query))),
        *_first_of(tables, "number_key", (make_key(session, number) for number in numbers)),
        *_first_of(tables, "title_key", map(make_key, titles)),
        *_first_of(tables, "statute_key", (make_key(normalise_statute(t)) for t in titles)),
    ]
    return list(dict.fromkeys(ids))


def find_article(tables: Tables, name: str, number: str) -> str | None:
    """Return the passage id of one 条, or None; of several versions the one in force,
    then the latest."""
    statute, article = normalise_statute(name), normalise_article(number)
    if not statute or article is None:
        return None
    found = tables.get(
        PASSAGES, f'article_key == "{make_key(statute, article)}"', ["id", "document", "position"]
    )
    if not found:
        return None
    today = date.today().isoformat()
    found.sort(key=lambda row: int(row["position"]), reverse=True)
    first = {row["document"]: str(row["id"]) for row in found}  # the first position stays
    laws = tables.get(DOCUMENTS, f'statute_key == "{make_key(statute)}"', DOCUMENT_FIELDS)
    versions = sort_versions(read_statute(row, today) for row in laws if row["id"] in first)
    return first[versions[0].document] if versions else None


def _find_articles(tables: Tables, query: str) -> list[str]:
    def know(names: list[str]) -> list[str]:
        keys = {make_key(name): name for name in names}
        return [keys[row["statute_key"]] for row in _look_up(tables, "statute_key", keys)]

    ids = [find_article(tables, *named) for named in read_articles(query, know)]
    return [id for id in ids if id is not None]


def _first_of(tables: Tables, field: str, keys: Iterable[str]) -> list[str]:
    """Return the first passages of the documents that have one of these keys."""
    rows = _look_up(tables, field, keys)[:MOST]
    return [f"{row['id']}#0" for row in rows if int(row["data"]["passages"])]


def _look_up(tables: Tables, field: str, keys: Iterable[str]) -> list[Row]:
    asked = [key for key in dict.fromkeys(keys) if key]
    if not asked:
        return []
    listed = ", ".join(f'"{key}"' for key in asked[:200])
    found = tables.get(DOCUMENTS, f"{field} in [{listed}]", ["id", "data", field])
    return sorted(found, key=lambda row: str(row["id"]))

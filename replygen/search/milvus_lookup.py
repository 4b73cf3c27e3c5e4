"""Exact look-ups in Milvus: what a query names outright is found first. The same forms
as :mod:`lookup`, by hashes of the names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from replygen.search.lookup import (
    ARTICLE,
    DOC_NUMBER,
    MOST,
    NAME_CHARS,
    NUMBER,
    SESSION,
    TITLE,
)
from replygen.search.milvus_rows import DOCUMENT_FIELDS, read_statute
from replygen.search.milvus_tables import DOCUMENTS, PASSAGES, Row, Tables, make_key
from replygen.search.normalise import (
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)


def find_exact(tables: Tables, query: str) -> list[str]:
    """Return the ids of the passages that ``query`` names, most particular first."""
    ids = [
        *_find_articles(tables, query),
        *_first_of(tables, "doc_number_key", _list_doc_numbers(query)),
        *_first_of(tables, "number_key", _list_numbers(query)),
        *_first_of(tables, "title_key", map(make_key, TITLE.findall(query))),
        *_first_of(
            tables, "statute_key", (make_key(normalise_statute(t)) for t in TITLE.findall(query))
        ),
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
    versions = {
        row["id"]: read_statute(row, today)
        for row in tables.get(DOCUMENTS, f'statute_key == "{make_key(statute)}"', DOCUMENT_FIELDS)
    }
    found = [row for row in found if row["document"] in versions]
    found.sort(key=lambda row: int(row["position"]))
    found.sort(key=lambda row: versions[row["document"]].effective or "", reverse=True)
    found.sort(key=lambda row: versions[row["document"]].status != "in_force")
    return str(found[0]["id"]) if found else None


def _find_articles(tables: Tables, query: str) -> list[str]:
    ids = []
    for match in ARTICLE.finditer(query):
        name = _read_name(tables, query[: match.start()])
        id = find_article(tables, name, match.group()) if name else None
        if id is not None:
            ids.append(id)
    return ids


def _read_name(tables: Tables, before: str) -> str | None:
    """Return the name of the statute that ``before`` ends with: in 《》, or the longest
    one that the index knows."""
    before = before.rstrip("的中 ")
    if before.endswith("》"):
        titles = TITLE.findall(before)
        return titles[-1] if titles else None
    tail = normalise_statute(before[-NAME_CHARS:])
    endings = {make_key(tail[i:]): tail[i:] for i in range(len(tail) - 1)}
    known = _look_up(tables, "statute_key", endings)
    return max((endings[row["statute_key"]] for row in known), key=len, default=None)


def _list_doc_numbers(query: str) -> list[str]:
    keys: list[str] = []
    for match in DOC_NUMBER.finditer(query):
        whole = normalise_doc_number(match.group())
        keys += [make_key(whole[i:]) for i in range(whole.index("〔") - 1)]
    return keys


def _list_numbers(query: str) -> list[str]:
    session = SESSION.search(query)
    if session is None:
        return []
    return [make_key("".join(session.groups()), number) for number in NUMBER.findall(query)]


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

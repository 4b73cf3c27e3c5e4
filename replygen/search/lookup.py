"""Exact look-ups: what a query names outright is found first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from replygen.search.adding import read_statute
from replygen.search.normalise import (
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)
from replygen.search.records import sort_versions
from replygen.search.store import Store

MOST = 20  # rows one look-up may give
# 连市监办复〔2024〕77号, 长市监议字[2025]5号
_DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,16}\s*[〔\[【（(［]\s*\d{4}\s*[〕\]】）)］]\s*\d{1,5}\s*号"
)
# 《中华人民共和国食品安全法》, 《关于规范电商产业发展的提案》
_TITLE = re.compile(r"《([^《》]{2,80})》")
# 食品安全法第三十八条, 第120条之一
_ARTICLE = re.compile(
    r"第\s*[0-9０-９〇零一二两三四五六七八九十百千]{1,8}\s*条"
    r"(?:之[一二三四五六七八九十0-9]{1,2})?"
)
# 十四届三次会议第43001号提案, 第0126号建议, 市政协第118号
_NUMBER = re.compile(r"第\s*([A-Za-z]?[0-9]{1,6})\s*号")
_SESSION = re.compile(
    r"([一二三四五六七八九十]{1,3}届)[^，。；]{0,8}?([一二三四五六七八九十]{1,2}次)"
)
_NAME_CHARS = 40


def find_exact(store: Store, query: str) -> list[int]:
    """Return the rows of the passages that ``query`` names: the 条 of a statute, the
    document of a 文号, of a 《title》, or of a number with its session. Most particular
    first, each once."""
    rows = [
        *_find_articles(store, query),
        *_find_doc_numbers(store, query),
        *_find_numbers(store, query),
        *_find_titles(store, query),
    ]
    return list(dict.fromkeys(rows))


def find_article(store: Store, name: str, number: str) -> int | None:
    """Return the row of one 条, or None. Equal names only: a law is never taken for its
    implementing regulation. Of several versions the one in force, then the latest."""
    key, article = normalise_statute(name), normalise_article(number)
    if not key or article is None:
        return None
    rows = store.rows(
        """SELECT p.row, s.* FROM statutes s JOIN passages p ON p.document = s.document
           WHERE s.key = ? AND p.article = ? ORDER BY p.position DESC""",
        (key, article),
    )
    today = date.today().isoformat()
    versions = sort_versions(read_statute(row, today) for row in rows)
    first = {row["document"]: int(row["row"]) for row in rows}  # the first position stays
    return first[versions[0].document] if versions else None


def read_articles(
    query: str, know: Callable[[list[str]], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield (name, number) of the articles that ``query`` names. The name stands in 《》
    or is the longest ending of what stands before the number that ``know``, asked which
    of some names the index has, gives."""
    for match in _ARTICLE.finditer(query):
        before = query[: match.start()].rstrip("的中 ")
        if before.endswith("》"):
            names = read_titles(before)[-1:]
        else:
            tail = normalise_statute(before[-_NAME_CHARS:])
            names = sorted(know([tail[i:] for i in range(len(tail) - 1)]), key=len)[-1:]
        yield from ((name, match.group()) for name in names)


def read_doc_numbers(query: str) -> list[str]:
    """Return what may be the 文号 in ``query``: where one begins (贵局连市监办复〔2024〕77号)
    only the register knows, so all endings."""
    numbers: list[str] = []
    for match in _DOC_NUMBER.finditer(query):
        whole = normalise_doc_number(match.group())
        numbers += [whole[i:] for i in range(whole.index("〔") - 1)]
    return numbers


def read_numbers(query: str) -> tuple[str, list[str]]:
    """Return the session in ``query`` and the numbers of cases; ("", []) without one."""
    session = _SESSION.search(query)
    return ("", []) if session is None else ("".join(session.groups()), _NUMBER.findall(query))


def read_titles(query: str) -> list[str]:
    """Return what stands in 《》 in ``query``."""
    return _TITLE.findall(query)


def _find_articles(store: Store, query: str) -> list[int]:
    def know(names: list[str]) -> list[str]:
        sql = "SELECT DISTINCT key FROM statutes WHERE key IN ({})"
        return [str(row[0]) for row in store.rows_in(sql, names)]

    rows = [find_article(store, *named) for named in read_articles(query, know)]
    return [row for row in rows if row is not None]


def _find_doc_numbers(store: Store, query: str) -> list[int]:
    return _first_rows(store, "doc_number IN ({})", read_doc_numbers(query))


def _find_numbers(store: Store, query: str) -> list[int]:
    asked, numbers = read_numbers(query)
    found = store.rows_in(
        """SELECT min(p.row), d.session FROM documents d JOIN passages p ON p.document = d.id
           WHERE d.number IN ({}) GROUP BY d.id""",
        numbers,
    )
    return [int(r[0]) for r in found if r[1] == asked][:MOST]


def _find_titles(store: Store, query: str) -> list[int]:
    titles = read_titles(query)
    rows = _first_rows(store, "title IN ({})", titles)
    keys = [normalise_statute(t) for t in titles]
    found = store.rows_in(
        """SELECT min(p.row) FROM statutes s JOIN passages p ON p.document = s.document
           WHERE s.key IN ({}) GROUP BY s.document""",
        keys,
    )
    return rows + [int(r[0]) for r in found][:MOST]


def _first_rows(store: Store, condition: str, values: list[str]) -> list[int]:
    if not values:
        return []
    sql = (
        "SELECT min(p.row) FROM documents d JOIN passages p ON p.document = d.id "
        f"WHERE d.{condition} GROUP BY d.id"
    )
    return [int(r[0]) for r in store.rows_in(sql, values)][:MOST]

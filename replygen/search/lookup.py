"""Exact look-ups: what a query names outright is found first."""

from __future__ import annotations

import re

from replygen.search.normalise import (
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)
from replygen.search.store import Store

MOST = 20  # rows one look-up may give
# 连市监办复〔2024〕77号, 长市监议字[2025]5号
DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,16}\s*[〔\[【（(［]\s*\d{4}\s*[〕\]】）)］]\s*\d{1,5}\s*号"
)
# 《中华人民共和国食品安全法》, 《关于规范电商产业发展的提案》
TITLE = re.compile(r"《([^《》]{2,80})》")
# 食品安全法第三十八条, 第120条之一
ARTICLE = re.compile(
    r"第\s*[0-9０-９〇零一二两三四五六七八九十百千]{1,8}\s*条"
    r"(?:之[一二三四五六七八九十0-9]{1,2})?"
)
# 十四届三次会议第43001号提案, 第0126号建议, 市政协第118号
NUMBER = re.compile(r"第\s*([A-Za-z]?[0-9]{1,6})\s*号")
SESSION = re.compile(
    r"([一二三四五六七八九十]{1,3}届)[^，。；]{0,8}?([一二三四五六七八九十]{1,2}次)"
)
NAME_CHARS = 40


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
    row = store.row(
        """SELECT p.row FROM statutes s JOIN passages p ON p.document = s.document
           WHERE s.key = ? AND p.article = ?
           ORDER BY s.status = 'in_force' DESC, s.effective DESC, p.position LIMIT 1""",
        (key, article),
    )
    return int(row[0]) if row else None


def _find_articles(store: Store, query: str) -> list[int]:
    rows: list[int] = []
    for match in ARTICLE.finditer(query):
        name = _read_name(store, query[: match.start()])
        row = find_article(store, name, match.group()) if name else None
        if row is not None:
            rows.append(row)
    return rows


def _read_name(store: Store, before: str) -> str | None:
    """Return the name of the statute that ``before`` ends with: in 《》, or the longest
    one that the index knows."""
    before = before.rstrip("的中 ")
    if before.endswith("》"):
        titles = TITLE.findall(before)
        return titles[-1] if titles else None
    tail = normalise_statute(before[-NAME_CHARS:])
    endings = [tail[i:] for i in range(len(tail) - 1)]
    known = store.rows_in("SELECT DISTINCT key FROM statutes WHERE key IN ({})", endings)
    return max((str(r[0]) for r in known), key=len, default=None)


def _find_doc_numbers(store: Store, query: str) -> list[int]:
    numbers: list[str] = []
    for match in DOC_NUMBER.finditer(query):
        whole = normalise_doc_number(match.group())
        start = whole.index("〔")
        # 贵局连市监办复〔2024〕77号: where the number begins, only the register knows
        numbers += [whole[i:] for i in range(start - 1)]
    return _first_rows(store, "doc_number IN ({})", numbers)


def _find_numbers(store: Store, query: str) -> list[int]:
    numbers = NUMBER.findall(query)
    session = SESSION.search(query)
    if not numbers or session is None:
        return []
    asked = "".join(session.groups())
    found = store.rows_in(
        """SELECT min(p.row), d.session FROM documents d JOIN passages p ON p.document = d.id
           WHERE d.number IN ({}) GROUP BY d.id""",
        numbers,
    )
    return [int(r[0]) for r in found if r[1] == asked][:MOST]


def _find_titles(store: Store, query: str) -> list[int]:
    titles = TITLE.findall(query)
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

"""Exact look-ups: what a query names outright is found first."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from replygen.index.fusion import Found
from replygen.laws import StatuteRecord
from replygen.laws.normalise import (
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)
from replygen.laws.records import find_superseded, sort_versions
from replygen.models import Passage

_MOST = 20  # rows one look-up may give
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

Key = TypeVar("Key")  # what a store names a passage by


class Place(NamedTuple):
    """Where one 条 stands in one version of a law: ``position`` in the law's document."""

    position: int
    version: StatuteRecord


class Catalogue(Protocol[Key]):
    """The exact names in a store. Each method gives passages in a fixed order, a document
    by its first one; names are given in their normal form."""

    def know_statutes(self, names: Sequence[str]) -> Iterable[str]:
        """Return those of the names of statutes that the store has."""

    def find_places(self, statute: str, article: str) -> Iterable[tuple[Key, Place]]:
        """Return where the 条 stands in the versions of the statute."""

    def find_versions(self, documents: Sequence[str]) -> Iterable[StatuteRecord]:
        """Return the statutes of these documents, with all their editions; what a later
        edition has taken the place of counts as repealed."""

    def find_doc_numbers(self, numbers: Sequence[str]) -> list[Key]:
        """Return the documents with one of these 文号."""

    def find_cases(self, session: str, numbers: Sequence[str]) -> list[Key]:
        """Return the documents on the cases of a session with these numbers."""

    def find_titles(self, titles: Sequence[str]) -> list[Key]:
        """Return the documents with one of these titles."""

    def find_statutes(self, names: Sequence[str]) -> list[Key]:
        """Return the statutes with one of these names."""


def find_exact(catalogue: Catalogue[Key], query: str) -> list[Key]:
    """Return the passages that ``query`` names: the 条 of a statute, the document of a
    文号, of a number with its session, or of a 《title》. Most particular first, each once."""
    session, numbers = read_numbers(query)
    titles = read_titles(query)
    named = [find_article(catalogue, *a) for a in read_articles(query, catalogue.know_statutes)]
    found = [
        *(key for key in named if key is not None),
        *catalogue.find_doc_numbers(read_doc_numbers(query))[:_MOST],
        *catalogue.find_cases(session, numbers)[:_MOST],
        *catalogue.find_titles(titles)[:_MOST],
        *catalogue.find_statutes([normalise_statute(t) for t in titles])[:_MOST],
    ]
    return list(dict.fromkeys(found))


def find_article(catalogue: Catalogue[Key], name: str, number: str) -> Key | None:
    """Return one 条, or None. Equal names only: a law is never taken for its implementing
    regulation. Of several versions the one in force, then the latest; of several places in
    one version the first. A 条 that only an earlier edition has is none today."""
    statute, article = normalise_statute(name), normalise_article(number)
    if not statute or article is None:
        return None
    found = list(catalogue.find_places(statute, article))
    found.sort(key=lambda pair: -pair[1].position)
    first = {place.version.document: key for key, place in found}
    gone = _find_gone(catalogue, list(first))
    versions = sort_versions(place.version for _, place in found)
    return next((first[v.document] for v in versions if v.document not in gone), None)


def drop_superseded(
    catalogue: Catalogue[Key], found: Iterable[tuple[Found, Passage]]
) -> Iterator[tuple[Found, Passage]]:
    """Give what was found without the 条 of editions that later ones have taken the place of."""
    found = list(found)
    gone = _find_gone(catalogue, list({p.document.id for _, p in found if p.kind == "article"}))
    return (pair for pair in found if pair[1].document.id not in gone)


def _find_gone(catalogue: Catalogue[Key], documents: Sequence[str]) -> Collection[str]:
    today = date.today().isoformat()
    return find_superseded(catalogue.find_versions(documents), today) if documents else ()


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

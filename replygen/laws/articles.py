"""The articles of State Council regulations that replies cite most (data/articles.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from replygen.laws.editions import edition_on
from replygen.laws.tables import read_table
from replygen.laws.titles import read_article

Number = tuple[int, int]


def read_known_articles(title: str, day: str) -> Mapping[Number, str]:
    """Return the articles at hand of a regulation by (number, 之), its 款 and 项 on lines of their
    own; empty where the text in force on a day (ISO) is another one. They are never all."""
    promulgated, articles = _read_table().get(title, ("9999", {}))
    edition = edition_on(title, day)
    if edition is not None and edition.promulgated != promulgated or promulgated > day:
        return MappingProxyType({})
    return MappingProxyType(articles)


@lru_cache(maxsize=1)
def _read_table() -> dict[str, tuple[str, dict[Number, str]]]:
    found: dict[str, tuple[str, dict[Number, str]]] = {}
    for title, promulgated, article, text in read_table("articles.tsv"):
        number = read_article(article)
        if number is not None:
            found.setdefault(title, (promulgated, {}))[1][number] = text.replace("¶", "\n")
    return found

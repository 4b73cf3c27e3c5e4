"""The word lists that rewriting works with, read once from ``data/rewrite.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from replygen.errors import TemplateError
from replygen.language.tables import Tables
from replygen.language.verbs import load_verbs

_TABLES = Tables(__file__)
_FILE = "rewrite.toml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists; every tuple that is matched as a prefix or suffix has its longest
    entries first. ``tense`` pairs a done wording with the planned one, ``organisations``
    pairs words with a generic name, ``cautions`` words and rules of stances with a note."""

    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    prepositions: tuple[str, ...]
    result_starts: tuple[str, ...]
    result_words: tuple[str, ...]
    talk_words: tuple[str, ...]
    set_phrases: tuple[str, ...]
    openers: tuple[str, ...]
    subjects: tuple[str, ...]
    futures: tuple[str, ...]
    area_words: tuple[str, ...]
    vocabulary: frozenset[str]
    partner_words: tuple[str, ...]
    programme_words: frozenset[str]
    tense: tuple[tuple[str, str], ...]
    quotes_kept: frozenset[str]
    quote_classes: tuple[str, ...]
    quote_ends: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    things: tuple[str, ...]
    other_thing: str
    refused_things: tuple[str, ...]
    make_verbs: tuple[str, ...]
    cautions: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the shipped lists. Raises TemplateError when the file is damaged."""
    try:
        return _build(_TABLES.toml(_FILE))
    except (OSError, ValueError, KeyError) as error:
        raise TemplateError(
            f"{_TABLES.folder / _FILE}：改写词表读不出（{error}），请重新安装 replygen"
        ) from error


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(text.split()), key=lambda word: (-len(word), word)))


def _vocabulary(table: dict[str, Any]) -> frozenset[str]:
    """Every Chinese word that the tables themselves use is an ordinary word."""
    listed = " ".join(value for value in table.values() if isinstance(value, str))
    nested = " ".join((*table["quotes"].values(), *table["documents"].values()))
    general = " ".join(row["as"] for row in table["organisation"])
    lists = load_verbs()
    acting = " ".join((*lists.verbs, *lists.adverbs, *lists.prepositions))
    return frozenset(re.findall("[\u4e00-\u9fff]{2,6}", f"{listed} {nested} {general} {acting}"))


def _build(table: dict[str, Any]) -> Lexicon:
    documents, quotes, verbs = table["documents"], table["quotes"], load_verbs()
    tense = [(old, row["to"]) for row in table["tense"] for old in row["from"]]
    organisations = [(end, row["as"]) for row in table["organisation"] for end in row["ends"]]
    return Lexicon(
        verbs=verbs.verbs,
        adverbs=verbs.adverbs,
        prepositions=verbs.prepositions,
        result_starts=_words(table["result_starts"]),
        result_words=_words(table["result_words"]),
        talk_words=_words(table["talk_words"]),
        set_phrases=_words(table["set_phrases"]),
        openers=_words(table["openers"]),
        subjects=_words(table["subjects"]),
        futures=_words(table["futures"]),
        area_words=_words(table["area_words"]),
        vocabulary=_vocabulary(table),
        partner_words=_words(table["partner_words"]),
        programme_words=frozenset(table["programme_words"].split()),
        tense=tuple(sorted(tense, key=lambda pair: -len(pair[0]))),
        quotes_kept=frozenset(quotes["keep"].split()),
        quote_classes=_words(quotes["classes"]),
        quote_ends=_words(quotes["ends"]),
        organisations=tuple(sorted(organisations, key=lambda pair: -len(pair[0]))),
        things=_words(documents["things"]),
        other_thing=documents["other"],
        refused_things=_words(documents["refused"]),
        make_verbs=_words(documents["make_verbs"]),
        cautions=tuple(
            (tuple(row["words"]), tuple(row.get("rules", ())), row["note"])
            for row in table["caution"]
        ),
    )

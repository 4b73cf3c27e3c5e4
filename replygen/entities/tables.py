"""The room's data tables, and many words found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from replygen.language.tables import Tables

TABLES = Tables(__file__)
read_table, read_text, read_words = TABLES.rows, TABLES.text, TABLES.words


def is_common_word(word: str) -> bool:
    """True for an ordinary word that looks like a name: 相关, 思路, 农村."""
    return word in read_words("words.txt.gz")


class Automaton(Protocol):
    """An Aho-Corasick automaton over words; each match gives the word itself."""

    def iter(self, text: str) -> Iterator[tuple[int, str]]:
        """(index of the last character, word) of every match."""
        ...


def build_automaton(words: Iterable[str]) -> Automaton:
    """The automaton that finds all the words at once."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    built: Automaton = automaton
    return built

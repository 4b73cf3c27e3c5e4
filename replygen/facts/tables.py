"""The room's data tables: TSV beside the code, read once."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

_DATA = Path(__file__).resolve().parent / "data"


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>`` as tuples of cells; lines that begin with # are notes."""
    text = read_text(name)
    return tuple(
        tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")
    )


def read_text(name: str) -> str:
    """The text of ``data/<name>``, unpacked when it is gzipped."""
    path = _DATA / name
    if name.endswith(".gz"):
        return gzip.decompress(path.read_bytes()).decode("utf-8")
    return path.read_text(encoding="utf-8")


@cache
def read_words(name: str, kind: str | None = None) -> frozenset[str]:
    """The first column of a table; with ``kind`` only the rows whose second column says so."""
    if kind is None and name.endswith(".txt.gz"):  # words only, tens of thousands
        return frozenset(read_text(name).split("\n")) - {""}
    return frozenset(
        row[0] for row in read_table(name) if kind is None or (len(row) > 1 and row[1] == kind)
    )


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

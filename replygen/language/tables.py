"""Tables beside the code: TSV, TOML and word lists in a room's ``data/``, read once.

A room that has some binds a :class:`Tables` in its own ``tables.py``; nothing else in the
house parses such a file. Lines of a TSV that begin with # are notes.
"""

from __future__ import annotations

import gzip
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


class Tables:
    """The data folder beside one module of a room: ``Tables(__file__)``."""

    def __init__(self, module: str) -> None:
        self.folder = Path(module).resolve().parent / "data"

    @cached_property
    def _kept(self) -> dict[tuple[str, ...], Any]:
        return {}

    def text(self, name: str) -> str:
        """Return the text of ``data/<name>``, unpacked when it is gzipped."""
        path = self.folder / name
        if name.endswith(".gz"):
            return gzip.decompress(path.read_bytes()).decode("utf-8")
        return path.read_text(encoding="utf-8")

    def rows(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a TSV as tuples of cells, notes and blank lines left out."""
        if ("rows", name) not in self._kept:
            self._kept["rows", name] = tuple(
                tuple(line.split("\t"))
                for line in self.text(name).splitlines()
                if line.strip() and not line.startswith("#")
            )
        rows: tuple[tuple[str, ...], ...] = self._kept["rows", name]
        return rows

    def columns(self, name: str) -> tuple[list[str], ...]:
        """Return the columns of a large TSV all of whose rows have as many cells; not kept. A
        third of the time of :meth:`rows`. Raises ValueError where a row is longer or shorter."""
        lines = [line for line in self.text(name).split("\n") if line and line[0] != "#"]
        width = lines[0].count("\t") + 1 if lines else 0
        if any(line.count("\t") + 1 != width for line in lines):
            raise ValueError(f"{name}: a row has not {width} cells")
        cells = "\t".join(lines).split("\t")
        return tuple(cells[column::width] for column in range(width))

    def words(self, name: str, kind: str | None = None) -> frozenset[str]:
        """Return the first column; with ``kind`` of the rows whose second column says so."""
        key = ("words", name, kind or "")
        if key not in self._kept:
            if kind is None and name.endswith(".txt.gz"):  # words only, tens of thousands
                self._kept[key] = frozenset(self.text(name).split("\n")) - {""}
            else:
                self._kept[key] = frozenset(
                    row[0]
                    for row in self.rows(name)
                    if kind is None or (len(row) > 1 and row[1] == kind)
                )
        words: frozenset[str] = self._kept[key]
        return words

    def longest(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the words of one kind, the longest first, as a pattern needs them."""
        key = ("longest", name, kind)
        if key not in self._kept:
            self._kept[key] = tuple(sorted(self.words(name, kind), key=lambda w: (-len(w), w)))
        words: tuple[str, ...] = self._kept[key]
        return words

    def listed(self, name: str, key: str) -> tuple[str, ...]:
        """Return the words of one key of ``data/<name>`` (TOML), each once, the longest first."""
        kept = ("listed", name, key)
        if kept not in self._kept:
            found = dict.fromkeys(self.toml(name)[key].split())
            self._kept[kept] = tuple(sorted(found, key=lambda w: (-len(w), w)))
        words: tuple[str, ...] = self._kept[kept]
        return words

    def toml(self, name: str) -> dict[str, Any]:
        """Return ``data/<name>`` as a dict."""
        if ("toml", name) not in self._kept:
            self._kept["toml", name] = read_toml(self.folder / name)
        table: dict[str, Any] = self._kept["toml", name]
        return table


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file as a dict; a byte order mark is passed over. Raises OSError,
    and ValueError (UnicodeDecodeError among them) of a bad file."""
    return parse_toml(path.read_text(encoding="utf-8-sig"))


def parse_toml(text: str) -> dict[str, Any]:
    """Return a TOML text as a dict. Raises ValueError for one that is none."""
    table: dict[str, Any] = tomllib.loads(text)
    return table

"""What a line of a government web page is, by its wording (data/web_lines.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from replygen.language.tables import Tables

_SHORT = 80  # longer lines are text, whatever words they hold


@dataclass(frozen=True, slots=True)
class WebLines:
    """The tables, compiled."""

    main_names: frozenset[str]
    noise_names: tuple[str, ...]
    index_labels: frozenset[str]
    _drop: re.Pattern[str]
    _tail: re.Pattern[str]
    _before: re.Pattern[str]
    _after: re.Pattern[str]

    def is_noise(self, line: str) -> bool:
        """Return whether a line is the site's and not the document's."""
        return len(line) <= _SHORT and self._drop.search(line) is not None

    def ends_text(self, line: str) -> bool:
        """Return whether nothing of the document follows this line."""
        return len(line) <= _SHORT and self._tail.search(line) is not None

    def belongs_before(self, line: str) -> bool:
        """Return whether a line above the main text is part of the document."""
        return len(line) <= _SHORT and self._before.search(line) is not None

    def belongs_after(self, line: str) -> bool:
        """Return whether a line below the main text is part of the document."""
        return len(line) <= _SHORT and self._after.search(line) is not None

    def is_index_table(self, cells: list[str]) -> bool:
        """Return whether these cells are the 索引号 table above a document."""
        bare = {re.sub(r"[\s：:]|[（(].*", "", c) for c in cells}
        # Labels and values may share a cell: 索引号：0132/2024-01
        bare |= {re.split(r"[：:]", re.sub(r"\s", "", c))[0] for c in cells if len(c) <= _SHORT}
        return len(bare & self.index_labels) >= 2


@lru_cache(maxsize=1)
def load_web_lines() -> WebLines:
    """Return the tables of data/web_lines.toml."""
    table = Tables(__file__).toml("web_lines.toml")

    def compiled(key: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in table[key]))

    return WebLines(
        main_names=frozenset(table["main_names"]),
        noise_names=tuple(table["noise_names"]),
        index_labels=frozenset(table["index_labels"]),
        _drop=compiled("drop"),
        _tail=compiled("tail"),
        _before=compiled("keep_before"),
        _after=compiled("keep_after"),
    )

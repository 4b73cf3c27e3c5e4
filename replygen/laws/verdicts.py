"""What a verdict on a citation is made of, and the rows of the hand-kept register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from replygen.laws.tables import read_table
from replygen.models import Verdict


class Cited(Protocol):
    """What the register needs of a citation: facts.CitationMention has it. ``clause`` (第二款)
    and ``item`` (第（三）项) are looked at where it has them."""

    @property
    def name(self) -> str:
        """The title, with or without 中华人民共和国."""

    @property
    def article(self) -> str | None:
        """第三十八条, or ``None``."""


class Judgement(NamedTuple):
    """A verdict and why; ``suggestion`` is what to write instead, ``title`` the official
    title, ``text`` the article's text where it is known, ``successor`` what stands in its
    place today; ``sure`` is false where only one public place, or none, speaks for it."""

    verdict: Verdict
    note: str | None = None
    suggestion: str | None = None
    title: str | None = None
    text: str | None = None
    successor: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the hand-kept table; dates are ISO, ``articles`` the number of the last 条."""

    title: str
    kind: str
    issuer: str | None
    doc_number: str | None
    effective: str | None
    status: str
    repealed_on: str | None
    successor: str | None
    articles: int | None
    short: tuple[str, ...] = ()


def read_entries() -> dict[str, Entry]:
    """Return the rows of data/register.tsv by their titles."""
    return dict(_read_rows())


@lru_cache(maxsize=1)
def _read_rows() -> dict[str, Entry]:
    return {row[0]: _read_entry(row) for row in read_table("register.tsv")}


def _read_entry(row: tuple[str, ...]) -> Entry:
    cells = [*row, *[""] * (10 - len(row))]
    return Entry(
        title=cells[0],
        kind=cells[1],
        issuer=cells[2] or None,
        doc_number=cells[3] or None,
        effective=cells[4] or None,
        status=cells[5],
        repealed_on=cells[6] or None,
        successor=cells[7] or None,
        articles=int(cells[8]) if cells[8] else None,
        short=tuple(s for s in cells[9].split("、") if s),
    )

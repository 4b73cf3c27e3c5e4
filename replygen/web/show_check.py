"""Show what a check says of citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replygen.models import Citation, Severity
from replygen.web.templating import render
from replygen.word.report_words import VERDICTS

_BEGINNING = 12  # characters by which an article's text is known again
_MARKS: dict[Severity | None, str] = {None: "good", "block": "bad", "warn": "unsure"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A citation as the table tells it; ``article`` is the cited text, "" where the note
    has it already."""

    paragraph: int
    text: str
    word: str
    mark: str
    note: str
    article: str


def show_citations(citations: Sequence[tuple[Citation, str | None]]) -> str:
    """Return every citation with its verdict and the cited article's text."""
    return render("citations.html", rows=[_row(*one) for one in citations])


def _row(citation: Citation, article: str | None) -> _Row:
    word, severity = VERDICTS[citation.verdict]
    note, article = citation.note or "", article or ""
    told = article[:_BEGINNING] in note
    return _Row(
        citation.paragraph, citation.text, word, _MARKS[severity], note, "" if told else article
    )

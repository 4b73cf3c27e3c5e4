"""Parts of the check report that lay two things side by side: asks and paragraphs, draft and
precedent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replygen.checking import Comparison, tell_states
from replygen.models import CheckReport
from replygen.word.report_words import MARKS, STATES
from replygen.word.spans import cut_at_runs

Pieces = tuple[tuple[str, bool], ...]  # stretches of a text, each with whether it is the same


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An ask: how it is answered, and for each column the mark of that, "" where the paragraph
    does not answer it."""

    order: int
    topic: str
    look: str
    word: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A row an ask, a column for each paragraph that answers one."""

    columns: tuple[int, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph of the draft and its nearest precedents: (source, share, text)."""

    paragraph: int
    pieces: Pieces
    precedents: tuple[tuple[str, str, Pieces], ...]


def lay_matrix(report: CheckReport, paragraphs: Sequence[str]) -> Matrix:
    """Return which paragraph answers which ask."""
    found = {n for row in report.coverage for n in row.paragraphs if n < len(paragraphs)}
    columns = tuple(sorted(found))
    rows = []
    for row, state in zip(report.coverage, tell_states(report), strict=True):
        look, word = STATES[state]
        marks = tuple(MARKS[look] if n in row.paragraphs else "" for n in columns)
        rows.append(MatrixRow(row.ask.order, row.ask.topic, look, word, marks))
    return Matrix(columns, tuple(rows))


def lay_beside(comparisons: Sequence[Comparison], paragraphs: Sequence[str]) -> tuple[Beside, ...]:
    """Return each paragraph of the draft that has any beside its nearest precedents, what is
    the same told on both sides."""
    shown = []
    for number in dict.fromkeys(c.paragraph for c in comparisons):
        beside = [c for c in comparisons if c.paragraph == number]
        runs = [span for c in beside for span in c.here]
        precedents = tuple(
            (c.source, f"{c.share:.0%}", tuple(cut_at_runs(c.text, c.there))) for c in beside
        )
        shown.append(Beside(number, tuple(cut_at_runs(paragraphs[number], runs)), precedents))
    return tuple(shown)

"""Parts of the check report that lay two things side by side: asks and paragraphs, draft and
precedent. Everything that comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replygen.checking import Comparison, tell_states
from replygen.models import CheckReport
from replygen.word.report_words import MARKS, STATES
from replygen.word.spans import cut_at_runs


def link_paragraph(paragraph: int) -> str:
    """Return a link to a paragraph of the text."""
    return f'<a href="#p{paragraph}">第 {paragraph + 1} 段</a>'


def show_matrix(report: CheckReport, paragraphs: Sequence[str]) -> str:
    """Return the table of asks: a row an ask, a column for each paragraph that answers one."""
    if not report.coverage:
        return "<p>没有给出提案，或提案里没有认出具体建议。</p>"
    columns = sorted({n for row in report.coverage for n in row.paragraphs if n < len(paragraphs)})
    heads = "".join(f'<th class="narrow"><a href="#p{n}">{n + 1}</a></th>' for n in columns)
    rows = []
    for row, state in zip(report.coverage, tell_states(report), strict=True):
        look, word = STATES[state]
        cells = "".join(
            f'<td class="narrow {look if n in row.paragraphs else ""}">'
            f"{MARKS[look] if n in row.paragraphs else ''}</td>"
            for n in columns
        )
        rows.append(
            f"<tr><td>{row.ask.order}. {escape(row.ask.topic)}</td>"
            f'<td class="state {look}">{word}</td>{cells}</tr>'
        )
    return (
        f'<div class="wide"><table><tr><th>建议（列号是段落）</th><th>情况</th>{heads}</tr>'
        f"{''.join(rows)}</table></div>"
    )


def show_comparisons(comparisons: Sequence[Comparison], paragraphs: Sequence[str]) -> str:
    """Return each paragraph of the draft beside its nearest precedents, what is the same
    marked on both sides."""
    items = []
    for number in dict.fromkeys(c.paragraph for c in comparisons):
        beside = [c for c in comparisons if c.paragraph == number]
        runs = [span for c in beside for span in c.here]
        left = f"<h4>{link_paragraph(number)}　本稿</h4><p>{_mark(paragraphs[number], runs)}</p>"
        right = "".join(
            f"<h4>{escape(c.source)} <i>相同 {c.share:.0%}</i></h4><p>{_mark(c.text, c.there)}</p>"
            for c in beside
        )
        items.append(f'<div class="pair"><div>{left}</div><div>{right}</div></div>')
    if not items:
        return ""
    return f'<p class="legend">底色是与先例相同的文字。</p>{"".join(items)}'


def _mark(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with what lies in any span marked."""
    return "".join(
        f'<mark class="same">{escape(piece)}</mark>' if same else escape(piece)
        for piece, same in cut_at_runs(text, spans)
    )

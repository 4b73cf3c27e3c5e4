"""Show what a check says of citations, and lead to a place of the text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replygen.models import Citation, Severity
from replygen.web.show import show_empty
from replygen.word.report_words import VERDICTS

PLACE = "rg-c-"
_CITED = ("位置", "引用", "判断", "说明")
_BEGINNING = 12  # characters by which an article's text is known again
_MARKS: dict[Severity | None, str] = {None: "good", "block": "bad", "warn": "unsure"}


def show_citations(citations: Sequence[tuple[Citation, str | None]]) -> str:
    """Return every citation with its verdict and the cited article's text."""
    rows = ""
    for citation, text in citations:
        word, severity = VERDICTS[citation.verdict]
        note = citation.note or ""
        told = bool(text) and text is not None and text[:_BEGINNING] in note
        article = f"<p>条文：{escape(text)}</p>" if text and not told else ""
        badge = show_badge(word, _MARKS[severity])
        cells = (jump_to(citation.paragraph), escape(citation.text), badge, escape(note) + article)
        rows += tell_row(cells, _CITED)
    if not rows:
        return show_empty("稿子里没有引用法规。")
    return _table("引用的法规", _CITED, rows)


def tell_row(cells: Sequence[str], heads: Sequence[str]) -> str:
    """Return a row of a table from its ``cells`` (HTML), each with the name of its column,
    under which a narrow screen stacks it."""
    pairs = zip(cells, heads, strict=True)
    return "<tr>" + "".join(f"<td data-head='{name}'>{c}</td>" for c, name in pairs) + "</tr>"


def jump_to(number: int) -> str:
    """Return a button that leads to a paragraph of the text."""
    return (
        f"<button type='button' class='rg-jump' data-goto='{PLACE}{number}'>"
        f"第 {number + 1} 段</button>"
    )


def show_badge(word: str, mark: str) -> str:
    """Return a word in a coloured box: ``good``, ``bad``, ``unsure`` or ``plain``."""
    return f"<span class='rg-badge rg-{mark}'>{word}</span>"


def _table(title: str, heads: Sequence[str], rows: str) -> str:
    names = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    return (
        "<div class='rg-scroll'><table class='rg-table rg-cited rg-rows'>"
        f"<caption>{title}</caption><tr>{names}</tr>{rows}</table></div>"
    )

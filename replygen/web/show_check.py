"""Show what a check found, beside the text it found it in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replygen.models import Citation, Finding, Severity
from replygen.web.show import show_empty
from replygen.word.report_words import ORDER, SEVERITIES, VERDICTS

PLACE = "rg-c-"
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
        rows += (
            f"<tr><td>{jump_to(citation.paragraph)}</td><td>{escape(citation.text)}</td>"
            f"<td>{show_badge(word, _MARKS[severity])}</td><td>{escape(note)}{article}</td></tr>"
        )
    if not rows:
        return show_empty("稿子里没有引用法规。")
    return _table("引用的法规", ("位置", "引用", "判断", "说明"), rows)


def show_text(paragraphs: Sequence[str], findings: Sequence[Finding]) -> str:
    """Return the draft's text with the found places marked, a number at each paragraph."""
    body = "".join(
        f"<p id='{PLACE}{n}' tabindex='-1'><span class='rg-line' aria-hidden='true'>{n + 1}</span>"
        f"{_mark(text, [f for f in findings if f.where and f.where.paragraph == n])}</p>"
        for n, text in enumerate(paragraphs)
        if text.strip()
    )
    label = "aria-label='答复稿正文' tabindex='0'"
    return f"<article class='rg-paper rg-checked' {label}>{body}</article>"


def _mark(text: str, findings: Sequence[Finding]) -> str:
    """Mark the spans, worst first; one that overlaps a marked span is left to the list."""
    spans: list[tuple[int, int, Finding]] = []
    for finding in sorted(findings, key=lambda f: ORDER[f.severity]):
        where = finding.where
        if where is None or not 0 <= where.start < where.end <= len(text):
            continue
        if all(where.end <= start or end <= where.start for start, end, _ in spans):
            spans.append((where.start, where.end, finding))
    html, at = "", 0
    for start, end, finding in sorted(spans, key=lambda span: span[0]):
        tip = escape(f"{SEVERITIES[finding.severity]}：{finding.message}", quote=True)
        html += escape(text[at:start])
        html += (
            f"<mark class='rg-{finding.severity}' title='{tip}'>{escape(text[start:end])}</mark>"
        )
        at = end
    return html + escape(text[at:])


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
        f"<div class='rg-scroll'><table class='rg-table rg-cited'><caption>{title}</caption>"
        f"<tr>{names}</tr>{rows}</table></div>"
    )

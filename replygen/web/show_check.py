"""Show what a check found, beside the text it found it in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replygen.models import CheckReport, Citation, Coverage, Finding
from replygen.web.show import SEVERITY, show_findings

_PLACE = "rg-c-"
_VERDICTS = {
    "valid": ("有效", "good"),
    "no_such_article": ("没有这一条", "bad"),
    "repealed": ("已废止", "bad"),
    "not_in_force": ("尚未施行", "bad"),
    "not_in_register": ("法规库里没有，未核", "unsure"),
    "unclear": ("不能确认", "unsure"),
}


def show_check_summary(report: CheckReport) -> str:
    """Return the counts in one line, and what was not checked."""
    counts = "".join(
        f"<span class='rg-tile rg-{severity}'>"
        f"<b>{sum(f.severity == severity for f in report.findings)}</b>{name}</span>"
        for severity, name in SEVERITY.items()
    )
    if report.coverage:
        answered = sum(row.answered for row in report.coverage)
        counts += f"<span class='rg-tile'><b>{answered}/{len(report.coverage)}</b>建议已答</span>"
    copied = report.copied
    if copied.source is not None:
        counts += (
            f"<span class='rg-tile' title='{escape(copied.source, quote=True)}'>"
            f"<b>{copied.ratio:.0%}</b>与同一先例相同</span>"
        )
    verdict, mark = ("暂不能定稿", "bad") if report.blocked else ("没有必须改的问题", "good")
    missed = "".join(f"<li>没有核查：{escape(name)}</li>" for name in report.not_run)
    return (
        f"<div class='rg-tiles' role='status'><strong class='rg-{mark}'>{verdict}</strong>"
        f"{counts}</div>" + (f"<ul class='rg-warnings'>{missed}</ul>" if missed else "")
    )


def show_coverage(coverage: Sequence[Coverage]) -> str:
    """Return which paragraphs answer which ask; "" when no proposal was given."""
    rows = "".join(
        f"<tr><td>{row.ask.order}</td><td>{escape(row.ask.topic)}</td>"
        f"<td>{_badge('已答', 'good') if row.answered else _badge('未答', 'bad')}</td>"
        f"<td>{' '.join(_jump(n) for n in row.paragraphs) or '—'}</td></tr>"
        for row in coverage
    )
    return _table("逐条答复", ("建议", "主题", "答复", "段落"), rows) if rows else ""


def show_citations(citations: Sequence[tuple[Citation, str | None]]) -> str:
    """Return every citation with its verdict and, folded, the cited article's text."""
    rows = ""
    for citation, text in citations:
        word, mark = _VERDICTS[citation.verdict]
        article = (
            f"<details><summary>看条文</summary><p>{escape(text)}</p></details>" if text else ""
        )
        rows += (
            f"<tr><td>{_jump(citation.paragraph)}</td><td>{escape(citation.text)}{article}</td>"
            f"<td>{_badge(word, mark)}</td><td>{escape(citation.note or '')}</td></tr>"
        )
    return _table("引用的法规", ("位置", "引用", "判断", "说明"), rows) if rows else ""


def show_check_findings(findings: Sequence[Finding]) -> str:
    """Return the findings by severity."""
    return f"<h4>发现的问题</h4>{show_findings(findings, place=_PLACE, fields=False)}"


def show_text(paragraphs: Sequence[str], findings: Sequence[Finding]) -> str:
    """Return the draft's text with the found places marked, a number at each paragraph."""
    body = "".join(
        f"<p id='{_PLACE}{n}' tabindex='-1'><span class='rg-line' aria-hidden='true'>{n + 1}</span>"
        f"{_mark(text, [f for f in findings if f.where and f.where.paragraph == n])}</p>"
        for n, text in enumerate(paragraphs)
        if text.strip()
    )
    label = "aria-label='答复稿正文' tabindex='0'"
    return f"<article class='rg-paper rg-checked' {label}>{body}</article>"


def _mark(text: str, findings: Sequence[Finding]) -> str:
    """Mark the spans, worst first; one that overlaps a marked span is left to the list."""
    order = {"block": 0, "warn": 1, "note": 2}
    spans: list[tuple[int, int, Finding]] = []
    for finding in sorted(findings, key=lambda f: order[f.severity]):
        where = finding.where
        if where is None or not 0 <= where.start < where.end <= len(text):
            continue
        if all(where.end <= start or end <= where.start for start, end, _ in spans):
            spans.append((where.start, where.end, finding))
    html, at = "", 0
    for start, end, finding in sorted(spans, key=lambda span: span[0]):
        tip = escape(f"{SEVERITY[finding.severity]}：{finding.message}", quote=True)
        html += escape(text[at:start])
        html += (
            f"<mark class='rg-{finding.severity}' title='{tip}'>{escape(text[start:end])}</mark>"
        )
        at = end
    return html + escape(text[at:])


def _jump(number: int) -> str:
    return (
        f"<button type='button' class='rg-jump' data-goto='{_PLACE}{number}'>"
        f"第 {number + 1} 段</button>"
    )


def _badge(word: str, mark: str) -> str:
    return f"<span class='rg-badge rg-{mark}'>{word}</span>"


def _table(title: str, heads: Sequence[str], rows: str) -> str:
    names = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    return (
        f"<div class='rg-scroll'><table class='rg-table'><caption>{title}</caption>"
        f"<tr>{names}</tr>{rows}</table></div>"
    )

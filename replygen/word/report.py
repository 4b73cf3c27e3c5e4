"""What checking says about a draft, as one HTML page beside the text, to read or to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from replygen.checking import Comparison
from replygen.models import CheckReport, EdgeText, Finding
from replygen.word.advice import advise
from replygen.word.report_docx import write_report_docx
from replygen.word.report_parts import link_paragraph, show_comparisons, show_matrix
from replygen.word.report_style import STYLE
from replygen.word.report_words import ORDER, SEVERITIES, VERDICTS, family_of, find_copied, shorten
from replygen.word.spans import cut_at_findings
from replygen.word.writing import write_whole


def write_report(
    report: CheckReport,
    paragraphs: Sequence[str],
    path: Path,
    *,
    title: str = "核查报告",
    comparisons: Sequence[Comparison] = (),
) -> Path:
    """Return ``path``, where the report now lies: as a .docx where ``path`` ends so
    (``write_report_docx``), else as one HTML page that needs no other file and asks nothing
    of the network: summary, ask × paragraph matrix, citations,
    copying with the nearest precedents side by side (``comparisons``), findings that lead to
    their place, and the text with marked places. Raises ExportError where it cannot be written."""
    if path.suffix.lower() == ".docx":
        return write_report_docx(report, paragraphs, path, title=title, comparisons=comparisons)
    page = report_to_html(report, paragraphs, title=title, comparisons=comparisons)
    return write_whole(path, page.encode())


def report_to_html(
    report: CheckReport,
    paragraphs: Sequence[str],
    *,
    title: str,
    comparisons: Sequence[Comparison] = (),
) -> str:
    """Return the page; everything that comes from a document is escaped."""
    told = (advise(f, "report") for f in report.findings)
    findings = sorted(told, key=lambda f: ORDER[f.severity])
    parts = (
        _head(report, findings, title, find_copied(report, comparisons)),
        _tell_not_run(report.not_run),
        _part("逐条答复", show_matrix(report, paragraphs)),
        _part("发现的问题", _list_findings(findings)),
        _part("引用的法规", _table_citations(report)),
        _part("与先例对照", _tell_copying(report) + show_comparisons(comparisons, paragraphs)),
        _part("正文", _show_text(paragraphs, findings)),
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(p for p in parts if p)
        + "\n<footer>由 replygen 生成；核查只提示，请审核人定夺。</footer>\n</body></html>\n"
    )


# ── summary ────────────────────────────────────────────────────────────────


def _head(report: CheckReport, findings: Sequence[Finding], title: str, copied: str | None) -> str:
    verdict = ("blocked", "暂不能定稿") if report.blocked else ("free", "没有必须改的问题")
    tiles = "".join(
        f'<div class="tile {s}"><b>{sum(f.severity == s for f in findings)}</b>'
        f"<span>{SEVERITIES[s]}</span></div>"
        for s in ORDER
    )
    counts = "，".join(
        f"{SEVERITIES[s]} {sum(f.severity == s for f in findings)} 处" for s in ORDER
    )
    answered = sum(row.answered for row in report.coverage)
    if report.coverage:
        tiles += _tile(f"{answered}/{len(report.coverage)}", "建议已答复")
    if copied is not None:
        tiles += _tile(f"{report.copied.ratio:.0%}", f"与{escape(copied)}相同")
    valid = sum(c.verdict == "valid" for c in report.citations)
    tiles += _tile(f"{valid}/{len(report.citations)}", "引用有效")
    return (
        f"<header><p class=kicker>核查报告</p><h1>{escape(title)}</h1>"
        f'<p class="verdict {verdict[0]}">{verdict[1]}</p></header>'
        f'<p class="counts">{counts}</p><div class="tiles">{tiles}</div>'
    )


def _tile(value: str, name: str) -> str:
    return f'<div class="tile"><b>{escape(value)}</b><span>{name}</span></div>'


def _tell_not_run(names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{escape(n)}</li>" for n in names)
    return f'<section class="notrun"><h2>没有做的核查</h2><ul>{items}</ul></section>'


def _part(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>"


# ── citations, copying ───────────────────────────────────────────


def _table_citations(report: CheckReport) -> str:
    if not report.citations:
        return "<p>没有。</p>"
    rows = []
    for citation in report.citations:
        word, severity = VERDICTS[citation.verdict]
        rows.append(
            f"<tr><td>{link_paragraph(citation.paragraph)}</td><td>{escape(citation.text)}</td>"
            f'<td><span class="badge {severity or "good"}">{word}</span></td>'
            f'<td class="small">{escape(citation.note or "")}</td></tr>'
        )
    heads = "".join(f"<th>{h}</th>" for h in ("位置", "引用", "判断", "说明"))
    return f"<table><tr>{heads}</tr>{''.join(rows)}</table>"


def _tell_copying(report: CheckReport) -> str:
    copied = report.copied
    if copied.source is None:
        return "<p>没有发现。</p>"
    return (
        f"<p>与{escape(copied.source)}相同的文字占 {copied.ratio:.0%}，"
        f"最长一处 {copied.longest} 字。</p>"
    )


# ── findings ───────────────────────────────────────────────────────────────


def _list_findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<p>没有。</p>"
    return "".join(
        f"<details {'open' if s != 'note' else ''}><summary>{SEVERITIES[s]}"
        f"（{len(group)}）</summary>{''.join(map(_card, group))}</details>"
        for s in ORDER
        if (group := [f for f in findings if f.severity == s])
    )


def _card(finding: Finding) -> str:
    where = finding.where
    place = "全文" if where is None else where.place
    if where is not None and where.part == "body":
        place = link_paragraph(where.paragraph)
    quote = escape(shorten(where.text)) if where else ""
    advice = f'<p class="advice">{escape(finding.suggestion)}</p>' if finding.suggestion else ""
    family = family_of(finding.rule)
    return (
        f'<article class="{finding.severity}"><p class="place">'
        f'<span class="badge {finding.severity}">{family}</span>'
        f" {place} {quote}</p><p>{escape(finding.message)}</p>{advice}</article>"
    )


# ── the text ───────────────────────────────────────────────────────────────


def _show_text(paragraphs: Sequence[str], findings: Sequence[Finding]) -> str:
    items = []
    for number, text in enumerate(paragraphs):
        if isinstance(text, EdgeText):  # a header, a footer: no paragraph of the letter
            continue
        here = [f for f in findings if f.where is not None and f.where.paragraph == number]
        worst = min((ORDER[f.severity] for f in here), default=None)
        name = "" if worst is None else list(ORDER)[worst]
        items.append(
            f'<li id="p{number}" class="{name}"><a>{number + 1}</a>'
            f"<span>{''.join(_mark(text, here))}</span></li>"
        )
    return f'<ol class="text">{"".join(items)}</ol>'


def _mark(text: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The paragraph in stretches; a stretch within findings is marked by the worst."""
    for piece, over in cut_at_findings(text, findings):
        if not over:
            yield escape(piece)
            continue
        worst = min(over, key=lambda f: ORDER[f.severity])
        told = escape("；".join(dict.fromkeys(f.message for f in over)), quote=True)
        yield f'<mark class="{worst.severity}" title="{told}">{escape(piece)}</mark>'

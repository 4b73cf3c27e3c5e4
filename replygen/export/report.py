"""What checking says about a draft, as one HTML page beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from replygen.export.writing import write_whole
from replygen.models import CheckReport, Finding, Severity, Verdict

_SEVERITIES: dict[Severity, str] = {"block": "必须改", "warn": "请核实", "note": "提示"}
_ORDER: dict[Severity, int] = {"block": 0, "warn": 1, "note": 2}
_VERDICTS: dict[Verdict, str] = {
    "valid": "有效",
    "no_such_article": "没有这一条",
    "repealed": "已废止",
    "not_in_force": "尚未施行",
    "not_in_register": "法规库里没有，未核",
    "unclear": "无法判断",
}
_STYLE = (
    "body{max-width:64em;margin:2em auto;padding:0 1em;line-height:1.7;font-family:sans-serif}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3em .6em;"
    "text-align:left;vertical-align:top}.block{background:#fdd}.warn{background:#fff3cd}"
    ".note{background:#eef}ol.text{list-style:none;padding:0}ol.text li{min-height:1.7em}"
    "ol.text a{color:#999;font-size:.8em;margin-right:1em}"
)


def write_report(
    report: CheckReport, paragraphs: Sequence[str], path: Path, *, title: str = "核查报告"
) -> Path:
    """Return ``path``, where the report now lies as one HTML page that needs no other
    file: findings that lead to their place in the text, asks, citations, copying, what
    was not run. Raises ExportError where it cannot be written."""
    return write_whole(path, report_to_html(report, paragraphs, title=title).encode())


def report_to_html(report: CheckReport, paragraphs: Sequence[str], *, title: str) -> str:
    """Return the page; everything that comes from a document is escaped."""
    findings = sorted(report.findings, key=lambda f: _ORDER[f.severity])
    parts = (
        f"<h1>{escape(title)}</h1><p>{_summarise(findings)}</p>",
        _tell_not_run(report.not_run),
        "<h2>发现的问题</h2>" + _table_findings(findings),
        "<h2>逐条答复</h2>" + _table_coverage(report),
        "<h2>引用的法规</h2>" + _table_citations(report),
        "<h2>照抄</h2>" + _tell_copying(report),
        "<h2>正文</h2>" + _show_text(paragraphs, findings),
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(p for p in parts if p)
        + "\n</body></html>\n"
    )


def _summarise(findings: Sequence[Finding]) -> str:
    counts = ((s, sum(f.severity == s for f in findings)) for s in _ORDER)
    return "，".join(f"{_SEVERITIES[s]} {n} 处" for s, n in counts)


def _tell_not_run(names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{escape(n)}</li>" for n in names)
    return f"<h2>没有做的核查</h2><ul>{items}</ul>"


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    if not rows:
        return "<p>没有。</p>"
    top = "".join(f"<th>{h}</th>" for h in heads)
    return f"<table><tr>{top}</tr>{''.join(rows)}</table>"


def _link(paragraph: int) -> str:
    return f'<a href="#p{paragraph}">第 {paragraph + 1} 段</a>'


def _table_findings(findings: Sequence[Finding]) -> str:
    rows = []
    for finding in findings:
        where, place = finding.where, "全文"
        if where is not None:
            place = f"{_link(where.paragraph)} {escape(where.text)}"
        rows.append(
            f'<tr class="{finding.severity}"><td>{_SEVERITIES[finding.severity]}</td>'
            f"<td>{place}</td><td>{escape(finding.message)}</td>"
            f"<td>{escape(finding.suggestion or '')}</td><td>{escape(finding.rule)}</td></tr>"
        )
    return _table(("程度", "位置", "问题", "建议", "规则"), rows)


def _table_coverage(report: CheckReport) -> str:
    rows = [
        f"<tr><td>{c.ask.order}. {escape(c.ask.topic)}</td>"
        f"<td>{'已答复' if c.answered else '没有答复'}</td>"
        f"<td>{'、'.join(_link(p) for p in c.paragraphs)}</td></tr>"
        for c in report.coverage
    ]
    return _table(("诉求", "情况", "段落"), rows)


def _table_citations(report: CheckReport) -> str:
    rows = [
        f"<tr><td>{_link(c.paragraph)}</td><td>{escape(c.text)}</td>"
        f"<td>{_VERDICTS[c.verdict]}</td><td>{escape(c.note or '')}</td></tr>"
        for c in report.citations
    ]
    return _table(("位置", "引用", "判断", "说明"), rows)


def _tell_copying(report: CheckReport) -> str:
    copied = report.copied
    if copied.source is None:
        return "<p>没有发现。</p>"
    return (
        f"<p>与《{escape(copied.source)}》相同的文字占 {copied.ratio:.0%}，"
        f"最长一处 {copied.longest} 字。</p>"
    )


def _show_text(paragraphs: Sequence[str], findings: Sequence[Finding]) -> str:
    worst: dict[int, Severity] = {}
    for finding in reversed(findings):
        if finding.where is not None:
            worst[finding.where.paragraph] = finding.severity
    items = "".join(
        f'<li id="p{n}" class="{worst.get(n, "")}"><a>{n + 1}</a>{escape(text)}</li>'
        for n, text in enumerate(paragraphs)
    )
    return f'<ol class="text">{items}</ol>'

"""Turn results into the HTML that the page shows. Everything from documents is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from replygen.export.report_words import ORDER, SEVERITIES
from replygen.models import Finding, Proposal, Severity


def show_head(proposal: Proposal) -> str:
    """Return the proposal's head, and what could not be read from it."""
    kind = {"cppcc": "政协提案", "npc": "人大建议"}.get(proposal.channel or "")
    rows = [
        ("标题", proposal.title),
        ("来源", kind),
        ("届次", proposal.session),
        ("编号", proposal.number),
        ("提案人", "、".join(proposal.proposers)),
        ("办理方式", proposal.host_role),
        ("会办单位", "、".join(proposal.co_hosts)),
    ]
    cells = "".join(
        f"<tr><th scope='row'>{name}</th><td>{escape(value) if value else _MISSING}</td></tr>"
        for name, value in rows
        if value or name != "会办单位"
    )
    warnings = "".join(f"<li>{escape(text)}</li>" for text in proposal.warnings)
    table = f"<table class='rg-table rg-head'><caption>提案信息</caption>{cells}</table>"
    return table + (f"<ul class='rg-warnings'>{warnings}</ul>" if warnings else "")


_MISSING = "<span class='rg-missing'>没有读到，草稿里留空待填</span>"


def show_empty(text: str) -> str:
    """Return a place that is still empty, with what to do."""
    return f"<p class='rg-empty'>{escape(text)}</p>"


def show_findings(
    findings: Sequence[Finding],
    notes: Iterable[str] = (),
    *,
    place: str = "rg-p-",
    fields: bool = True,
) -> str:
    """Return the findings, worst first, then the notes. A finding leads to its paragraph,
    the element ``place`` + number. Where open slots are ``fields`` of the draft beside,
    they are one line here."""
    slots = sum(f.rule == "slot.open" for f in findings) if fields else 0
    rest = sorted(
        (f for f in findings if not (slots and f.rule == "slot.open")),
        key=lambda f: (ORDER[f.severity], f.rule == "slot.open"),
    )
    items = [_finding(f, place) for f in rest]
    if slots:
        jump = "<button type='button' class='rg-jump' data-goto='slot'>到下一处</button>"
        items.insert(0, _item("block", f"还有 {slots} 处待填（黄色）{jump}"))
    items += [_item("note", escape(note)) for note in notes]
    if not items:
        return "<p class='rg-good'>没有发现问题。</p>"
    return f"<ol class='rg-findings'>{''.join(items)}</ol>"


def join_facts(*facts: str | None) -> str:
    """Return the facts that are known, escaped, with dots between them."""
    return " · ".join(escape(fact) for fact in dict.fromkeys(facts) if fact)


def _finding(finding: Finding, place: str) -> str:
    jump = ""
    if finding.where is not None:
        number = finding.where.paragraph
        jump = (
            f"<button type='button' class='rg-jump' data-goto='{place}{number}'>"
            f"第 {number + 1} 段</button>"
        )
    advice = f"<i>{escape(finding.suggestion)}</i>" if finding.suggestion else ""
    return _item(finding.severity, f"{jump}{escape(finding.message)}{advice}")


def _item(severity: Severity, html: str) -> str:
    return f"<li class='rg-{severity}'><b>{SEVERITIES[severity]}</b> {html}</li>"

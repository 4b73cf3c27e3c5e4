"""Turn results into the HTML that the page shows. Everything from documents is escaped."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from html import escape

from replygen.models import Finding, Severity
from replygen.word.report_words import ORDER, SEVERITIES

_OPEN = "slot.open"  # the rule that finds an open place


def count_left(findings: Sequence[Finding]) -> tuple[int, int]:
    """Return how many places are open, and how many other findings must be mended: what is said
    of several places in the same words is one."""
    places = sum(f.rule == _OPEN for f in findings)
    others = [f for f in findings if f.severity == "block" and f.rule != _OPEN]
    return places, len(_group(others))


def show_empty(text: str) -> str:
    """Return a place that is still empty, with what to do."""
    return f"<p class='rg-empty'>{escape(text)}</p>"


def show_wrong(text: str) -> str:
    """Return what is wrong with a field, to stand beside it."""
    return renew(f"<p class='rg-wrong' role='alert'>{escape(text)}</p>")


def renew(html: str, draft: str = "") -> str:
    """Return HTML with fields so that the browser puts it in the place of what stood there, and
    so that the script knows which stored ``draft`` it belongs to.
    Gradio (6.31) writes new HTML over the old, node by node: a field that was typed into keeps
    what was typed, also where it has become another field. A tag of another name is replaced."""
    tag = f"rg-{secrets.token_hex(4)}"
    of = f" data-draft='{escape(draft, quote=True)}'" if draft else ""
    return f"<{tag} class='rg-renewed'{of}>{html}</{tag}>"


def show_findings(
    findings: Sequence[Finding],
    notes: Iterable[str] = (),
    button: Callable[[Finding], str] = lambda finding: "",
) -> str:
    """Return the findings, worst first, then the notes. A finding leads to its paragraph of
    the draft beside, and ends with its ``button`` (HTML); what is said of several places in the
    same words stands once, with all of them; the open places, fields of that draft, are one
    line."""
    slots, _ = count_left(findings)
    rest = sorted((f for f in findings if f.rule != _OPEN), key=lambda f: ORDER[f.severity])
    items = [_finding(same, button(same[0])) for same in _group(rest)]
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


def _group(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings, those together that say the same."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.rule, f.message, f.suggestion), []).append(f)
    return list(groups.values())


def _finding(same: Sequence[Finding], button: str) -> str:
    """One line for what is said of one or several places in the same words."""
    finding = same[0]
    numbers = list(dict.fromkeys(f.where.paragraph for f in same if f.where is not None))
    words = ["到这一处"] if len(numbers) == 1 else [f"第 {n + 1} 处" for n in range(len(numbers))]
    jumps = "".join(
        f"<button type='button' class='rg-jump' data-goto='rg-p-{number}'>{word}</button>"
        for number, word in zip(numbers, words, strict=True)
    )
    count = f"（共 {len(same)} 句）" if len(same) > 1 else ""
    advice = f"<i>{escape(finding.suggestion)}</i>" if finding.suggestion else ""
    return _item(finding.severity, f"{jumps}{escape(finding.message)}{count}{button}{advice}")


def _item(severity: Severity, html: str) -> str:
    return f"<li class='rg-{severity}'><b>{SEVERITIES[severity]}</b> {html}</li>"

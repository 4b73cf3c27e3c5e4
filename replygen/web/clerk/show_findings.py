"""Show what is still to be done with a letter: its open places, its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from replygen.models import Finding
from replygen.service.vouching import Vouch
from replygen.web.templating import render
from replygen.word.report_words import ORDER, SEVERITIES
from replygen.workspace import tell_left

_OPEN = "slot.open"  # the rule that finds an open place


@dataclass(frozen=True, slots=True)
class _Jump:
    """What leads to a place of the letter."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class _Button:
    """属实 or 收回 of a finding on what the clerk typed; ``words`` are what was typed."""

    key: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """One line: what is said of ``count`` sentences in the same words."""

    severity: str
    word: str
    message: str
    jumps: tuple[_Jump, ...]
    count: int
    button: _Button | None
    advice: str


def count_left(findings: Sequence[Finding]) -> tuple[int, int]:
    """Return how many places are open, and how many other findings must be mended: what is said
    of several places in the same words is one."""
    places = sum(f.rule == _OPEN for f in findings)
    others = [f for f in findings if f.severity == "block" and f.rule != _OPEN]
    return places, len(_group(others))


def show_findings(
    findings: Sequence[Finding],
    notes: Iterable[str] = (),
    *,
    vouch: Callable[[Finding], Vouch | None] = lambda finding: None,
) -> str:
    """Return the findings, worst first, then the notes. A finding leads to its paragraph of the
    draft beside, and ends with 属实 or 收回 where it can be vouched for; what is said of several
    places in the same words stands once, with all of them; the open places, fields of that
    draft, are one line."""
    slots, _ = count_left(findings)
    rest = sorted((f for f in findings if f.rule != _OPEN), key=lambda f: ORDER[f.severity])
    return render(
        "clerk/findings.html",
        slots=slots,
        left=_tell_todo(findings, rest),
        words=SEVERITIES,
        items=[_item(same, vouch(same[0])) for same in _group(rest)],
        notes=list(notes),
    )


def _tell_todo(findings: Sequence[Finding], rest: Sequence[Finding]) -> str:
    """What the list holds: 待填 2 处、必须改 1 条、请核实 3 条; that nothing is left."""
    doubts = len(_group(f for f in rest if f.severity == "warn"))
    parts = [tell_left(*count_left(findings)), f"请核实 {doubts} 条" if doubts else ""]
    return "、".join(filter(None, parts)) or "没有了"


def show_checking() -> str:
    """Return what stands there while the letter is being checked."""
    return render("clerk/checking.html")


def _group(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings, those together that say the same."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.rule, f.message, f.suggestion), []).append(f)
    return list(groups.values())


def _item(same: Sequence[Finding], vouch: Vouch | None) -> _Item:
    finding = same[0]
    numbers = list(dict.fromkeys(f.where.paragraph for f in same if f.where is not None))
    words = ["到这一处"] if len(numbers) == 1 else [f"第 {n + 1} 处" for n in range(len(numbers))]
    return _Item(
        severity=finding.severity,
        word=SEVERITIES[finding.severity],
        message=finding.message,
        jumps=tuple(_Jump(f"rg-p-{n}", word) for n, word in zip(numbers, words, strict=True)),
        count=len(same),
        button=None if vouch is None else _button(vouch),
        advice=finding.suggestion or "",
    )


def _button(vouch: Vouch) -> _Button:
    where = vouch.finding.where
    return _Button(vouch.key, where.text if where else "", vouch.entry is None)

"""Figures and dates that an ask demands and the letter says nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.entities import find_mentions
from replygen.entities.ours import round_figure
from replygen.models import Ask, Coverage, Finding

RULE = "coverage.figure"
_MOST = 3  # figures named in one finding
_CLAUSE = re.compile(r"[^，。；;！\n]+")
# 力争到2028年…: what is to be reached; 由现在的|3000元: what is
_AIMS = re.compile(r"^(?:力争|争取|确保|到|在|于)?(?:[^，]{0,4}20\d\d年|至少|力争|争取|确保)")
_AT_PRESENT = re.compile(r"(?:现在|目前|现行|原来|现有|由|从)的?$")
_DIGIT = re.compile(r"\d")  # what is demanded is written so: 三个方面 is not
_NAMES = re.compile(r"(?:岁|分钟|小时)")


def check_figures_asked(case: CheckedDraft, coverage: Sequence[Coverage]) -> Iterator[Finding]:
    """Yield ``coverage.figure`` (warn) for every answered ask whose demands name figures or dates
    that stand nowhere in the letter: a standard, a number, a time that was asked for is
    promised, or the letter says why it is not."""
    demanded = [(row, [*_demanded(row.ask)]) for row in coverage if row.answered]
    said = (
        _normals("\n".join(case.paragraphs)) if any(figures for _, figures in demanded) else set()
    )
    for row, figures in demanded:
        missing = [text for text, normal in figures if normal not in said]
        if not missing:
            continue
        text = case.paragraphs[row.paragraphs[0]]
        yield make_finding(
            RULE,
            "warn",
            (row.paragraphs[0], 0, len(text), text),
            f"第{row.ask.order}条建议要求的“{'”“'.join(missing[:_MOST])}”没有回应",
            "能承诺的，写明；不能承诺的，说明原因",
        )


def _demanded(ask: Ask) -> Iterator[tuple[str, str]]:
    """Give the figures and dates that an ask demands, each once, with its normal form."""
    told: set[str] = set()
    demands = [(d.start, d.end) for d in ask.demands]
    for clause in _CLAUSE.finditer(ask.text):
        if not _DIGIT.search(clause.group()):
            continue
        wanted = any(start < clause.end() and clause.start() < end for start, end in demands)
        if not wanted and not _AIMS.match(clause.group()):
            continue
        for mention in find_mentions(clause.group()):
            normal = round_figure(mention.normal)
            if mention.kind not in ("number", "date") or mention.scope == "national":
                continue
            present = _AT_PRESENT.search(clause.group()[: mention.start])
            if present or normal in told or not _DIGIT.search(mention.text):
                continue
            if not _NAMES.search(mention.text):
                told.add(normal)
                yield mention.text, normal


def _normals(text: str) -> set[str]:
    return {round_figure(m.normal) for m in find_mentions(text) if m.kind in ("number", "date")}

"""Where a finding that is on no words belongs: an ask that nothing answers behind what answers
the ask before it, all else that regards the whole letter at its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from replygen.checking.coverage import name_ask
from replygen.models import Coverage, EdgeText, Finding, Where

BEHIND = "按顺序应写在这一段后面"
UNANSWERED = "coverage.missing"
_TITLE_WITHIN = 12  # paragraphs in which the title stands
# 对市政协五届三次会议第0126号提案的答复 · 关于…第37号建议的答复函
_TITLE = re.compile(r"第?\s*\S{1,12}号.{0,40}(?:答复|复函|办理情况)|关于.{2,80}(?:答复|复函)")


def find_title(paragraphs: Sequence[str]) -> int | None:
    """Return which paragraph is the title of a letter, ``None`` where none is."""
    for number, text in enumerate(paragraphs[:_TITLE_WITHIN]):
        if len(text) <= 120 and _TITLE.search(text):
            return number
    return None


def find_gap(finding: Finding, coverage: Sequence[Coverage]) -> int | None:
    """Return the paragraph behind which the ask of a finding should be answered; ``None`` for
    another finding, and where no ask before it is answered."""
    if finding.rule != UNANSWERED or finding.where is not None:
        return None
    before: int | None = None
    for row in coverage:
        if not row.paragraphs and finding.message.startswith(name_ask(row.ask)):
            return before
        if row.paragraphs:
            before = _end(row.paragraphs)
    return None


def place_unanswered(
    findings: Sequence[Finding], coverage: Sequence[Coverage], paragraphs: Sequence[str]
) -> tuple[Finding, ...]:
    """Return the findings, those on an unanswered ask at the paragraph behind which the answer
    should stand, which they say."""
    return tuple(_place(finding, find_gap(finding, coverage), paragraphs) for finding in findings)


# ── inside ─────────────────────────────────────────────────────────────────


def _place(finding: Finding, gap: int | None, paragraphs: Sequence[str]) -> Finding:
    if gap is None or gap >= len(paragraphs) or isinstance(paragraphs[gap], EdgeText):
        return finding
    text = paragraphs[gap]
    message = f"{finding.message}（{BEHIND}）"
    return replace(finding, where=Where(gap, 0, len(text), text), message=message)


def _end(paragraphs: Sequence[int]) -> int:
    """The last of the paragraphs that stand together from the first on; a word further down
    answers only by the way."""
    end = paragraphs[0]
    while end + 1 in paragraphs:
        end += 1
    return end

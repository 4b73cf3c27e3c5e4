"""Places left open: 【…】, XX, ×××, ____ and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.language.slots import find_open_places
from replygen.models import Finding


def check_slots(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``slot.open`` (block) for every open place (GB/T 9704 needs a whole text;
    STANDARDS §3 row 28)."""
    for number, text in enumerate(case.paragraphs):
        for slot in find_open_places(text):
            yield make_finding(
                "slot.open",
                "block",
                (number, slot.start, slot.end, slot.text),
                f"这里还空着：{slot.text}",
                "补上本单位的实际情况；没有的，删去这一处",
            )


def drop_open_figures(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those on a figure that is still to be filled in (XX批), for its
    place is told as open; not 1××人次, of which something stands there."""
    slots = [f.where for f in findings if f.rule == "slot.open" and f.where is not None]

    def is_open(finding: Finding) -> bool:
        where = finding.where
        if finding.rule != "leak.number" or where is None or re.search(r"\d", where.text):
            return False
        here = (s for s in slots if (s.part, s.paragraph) == (where.part, where.paragraph))
        return any(s.start < where.end and where.start < s.end for s in here)

    return tuple(finding for finding in findings if not is_open(finding))

"""Places left open: 【…】, XX, ×××, ____ and the like."""

from __future__ import annotations

from collections.abc import Iterator

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

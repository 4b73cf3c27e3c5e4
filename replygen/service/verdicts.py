"""What a reviewer says of a whole paper: it may go, or goes back to who drafted it.

A verdict is an entry of the audit log with the text that it was said of, so that the next one
that comes in can be laid beside it (:mod:`replygen.service.renewed`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from replygen.errors import SettingsError
from replygen.models import Remark
from replygen.service.desk import Desk
from replygen.service.remarks import MOST
from replygen.service.reviews import LEAST_REASON, Review
from replygen.workspace import AuditLog, Entry, tell_time

PAPER = "paper"  # in an entry's detail: the text that was judged, a line a paragraph


def judge_paper(
    desk: Desk,
    review: Review,
    what: Literal["approve", "return"],
    *,
    by: str,
    reason: str = "",
) -> None:
    """Write into the log that a paper is approved, or returned to who drafted it; the clerk of a
    stored one then sees it in the list of drafts. Raises SettingsError where a return has no
    ``reason`` and where something blocks what is approved, StoreError."""
    reason = " ".join(reason.split())
    if what == "return" and len(reason) < LEAST_REASON:
        raise SettingsError(f"请写明退回的理由（至少 {LEAST_REASON} 个字）")
    if len(reason) > MOST:
        raise SettingsError(f"写得太长了，最多 {MOST} 个字")
    if what == "approve" and review.open_blocks:
        raise SettingsError(
            f"还有 {len(review.open_blocks)} 处必须改，不能通过：请先处理，或者退回起草人"
        )
    detail = {"file": review.name, "reason": reason or None, "digest": _digest(review)}
    letters = {row.id: row.letter for row in desk.drafts.rows()}
    detail["letter"] = letters.get(review.stored) or None
    detail[PAPER] = "\n".join(" ".join(text.split()) for text in review.paragraphs)
    AuditLog(desk.settings.work).add(
        who=by, what=what, subject=review.subject, key=review.stored, detail=detail
    )


def find_verdict(review: Review, entries: Sequence[Entry]) -> tuple[Entry, bool] | None:
    """Return the last approval or return of a paper among its ``entries`` in the log, and
    whether it was of this very text; ``None`` where nobody judged it."""
    said = [e for e in entries if e.what in ("approve", "return")]
    if not said:
        return None
    return said[-1], said[-1].detail.get("digest") == _digest(review)


def read_remark(review: Review, entries: Sequence[Entry]) -> Remark | None:
    """Return what was said of a paper last, as its copies and reports tell it; ``None`` where
    nobody judged it."""
    found = find_verdict(review, entries)
    if found is None:
        return None
    said, same = found
    text = said.detail.get("reason") or ""
    verdict: Literal["approve", "return"] = "return" if said.what == "return" else "approve"
    return Remark(verdict, said.who, tell_time(said.at), text, same=same)


# ── inside ─────────────────────────────────────────────────────────────────


def _digest(review: Review) -> str:
    """What tells a text from every other one."""
    return hashlib.sha256("\n".join(review.paragraphs).encode()).hexdigest()[:16]

"""The files that come of a review: the draft with comments, the report, the final copy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from replygen.checking import find_near
from replygen.errors import ReadError, StoreError
from replygen.models import CheckReport, Copying
from replygen.service.decisions import tell_decision, tell_why
from replygen.service.desk import Desk
from replygen.service.finals import pack_letters, write_letter
from replygen.service.naming import name_report
from replygen.service.reviews import Review
from replygen.service.verdicts import read_remark
from replygen.word import ReportHead, comment_docx, texts_to_docx, write_clean, write_report
from replygen.word.placing import place_unanswered
from replygen.word.report_words import find_copied
from replygen.workspace import AuditLog, Entry, tell_deed, tell_time


def export_comments(
    desk: Desk, review: Review, draft: Path, output: Path, *, by: str, sources: bool = True
) -> Path:
    """Write the reviewed draft to ``output`` (.docx) with each finding, and what was decided on
    it, as a comment of ``by`` at its place, before all what was said of the paper, by who said
    it; without ``sources`` nothing is told of what the sentences rest on. Return ``output``.
    Raises ReadError, ExportError."""
    if draft.suffix.lower() != ".docx":
        draft = texts_to_docx(review.paragraphs, output)
    remark = read_remark(review, _read_log(desk, review))
    found = to_report(review).findings
    findings = place_unanswered(found, review.report.coverage, review.paragraphs)
    return comment_docx(draft, output, findings, author=by, remark=remark, sources=sources)


def to_report(review: Review) -> CheckReport:
    """Return the report of a review as :func:`replygen.service.decisions.apply_decisions` does."""
    return replace(
        review.report, findings=tuple(tell_decision(j, review.name) for j in review.judged)
    )


def export_report(desk: Desk, review: Review, path: Path) -> Path:
    """Write the report, with what was said of the paper and decided on it, as the suffix of
    ``path`` says (.html, .docx); return ``path``. Raises ExportError."""
    told = list(zip(to_report(review).findings, review.judged, strict=True))
    near = find_near(review.comparisons)
    copied = review.report.copied if find_copied(review.report, near) else Copying(0.0, 0, None)
    left = tuple(f for f, judged in told if judged.state != "dismissed")
    settled = tuple(f for f, judged in told if judged.state == "dismissed")
    return write_report(
        replace(review.report, findings=left, copied=copied),
        review.paragraphs,
        path,
        title=name_report(review.proposal, review.subject),
        comparisons=near,
        head=replace(_lay_head(desk, review), settled=settled),
    )


def write_final(desk: Desk, review: Review, draft: Path, output: Path, *, by: str) -> Path:
    """Write the reviewed .docx without comments and colours to ``output`` and note it in
    the log; return ``output``, or the .zip beside it where each signatory gets a letter
    (:func:`replygen.service.finals.pack_letters`). Raises ExportBlocked while a block is open,
    ReadError for a draft that is no .docx, ExportError."""
    if draft.suffix.lower() != ".docx":
        raise ReadError(str(draft), "定稿只从 .docx 生成，请上传 Word 格式的答复稿")
    letter = write_letter(
        to_report(review),
        output,
        lambda target: write_clean(draft, target),
        profile=desk.settings.profile,
    )
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    AuditLog(desk.settings.work).add(
        who=by,
        what="final",
        subject=review.subject,
        detail={
            "file": review.name,
            "sha256": digest,
            "dismissed": str(sum(j.state == "dismissed" for j in review.judged)),
        },
    )
    return pack_letters(letter.docx, letter.copies)


def tell_entry(entry: Entry) -> tuple[str, ...]:
    """Return an entry of the log as a row: when, who, what, where, why."""
    detail = entry.detail
    place = f"第 {detail['paragraph']} 段：" if detail.get("paragraph") else ""
    return (
        tell_time(entry.at),
        entry.who,
        tell_deed(entry),
        place + _shorten(detail.get("text") or detail.get("message") or ""),
        tell_why(entry),
    )


# ── inside ─────────────────────────────────────────────────────────────────


def _lay_head(desk: Desk, review: Review) -> ReportHead:
    """What the report says of the paper, with its own entries of the log, oldest first."""
    entries, check = _read_log(desk, review), AuditLog(desk.settings.work).verify()
    facts = (
        ("答复", review.subject),
        ("文件", review.name),
        ("承办单位", desk.settings.profile.name),
        ("报告日期", date.today().isoformat()),
    )
    mark = f"校验码 {check.head[:12]}" if check.ok else "不完整，请找管理员"
    return ReportHead(
        facts=tuple((name, value) for name, value in facts if value),
        remark=read_remark(review, entries),
        records=tuple(tell_entry(entry) for entry in entries),
        mark=mark if check.entries or not check.ok else "",
    )


def _read_log(desk: Desk, review: Review) -> Sequence[Entry]:
    """The log's entries on a paper; none where it cannot be read, which the report tells."""
    try:
        return AuditLog(desk.settings.work).entries(subject=review.subject)
    except StoreError:
        return ()


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:44]}…{text[-12:]}"

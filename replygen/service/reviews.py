"""A draft under review: what checking found, what the reviewer decided on it and why.

Every decision is an entry of the audit log. It belongs to the paper, the rule and the
sentence that it was made on: another sentence, and the finding is open again. What
must be changed (``block``) is no matter of taste: a leak, a citation that does not hold,
an ask that seems unanswered can only be set aside by saying what it rests on, never with
a document of another place, or as mistaken, where the checking is wrong and nothing is to be
vouched for; an open slot not at all. The log says which of the two it was.

Whether a paper may become final is asked in one place
(:func:`replygen.service.decisions.apply_decisions`), how it is written in one other
(:mod:`replygen.service.finals`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from replygen.checking import Comparison, State, compare_precedents, tell_states
from replygen.drafting.fill import fill_slots
from replygen.errors import SettingsError, StoreError
from replygen.laws import load_register
from replygen.models import CheckReport, Citation, Document, Draft, Finding, Proposal
from replygen.service.decisions import (
    Decision,
    Judged,
    judge_findings,
    name_paper,
)
from replygen.service.desk import Desk
from replygen.service.remarks import MOST, is_remark, write_remark
from replygen.service.results import carried_proposal
from replygen.service.vouching import apply_vouches
from replygen.workspace import AuditLog

LEAST_REASON, _LEAST_BASIS = 4, 6
_NAMED = 8  # letters a title must have to be recognised in what was typed
# What a finding of this family must rest on before it can be set aside.
BASES: Mapping[str, str] = {
    "leak": "这项事实出自本单位哪份材料（写标题、文号或页码）",
    "citation": "这条引用为什么成立：核对的是哪部现行文本、从哪里查到",
    "coverage": "这一条建议在哪一段答复了（写段号和那句话）",
    "promise": "谁同意作出这项承诺（写会议、批示或者负责人）",
    "copy": "这段文字为什么可以相同：出自哪份共同依据（写标题、文号）",
}
_OTHER_BASIS = "依据是什么（写标题、文号或条款）"


@dataclass(frozen=True, slots=True)
class Review:
    """A draft with everything a reviewer looks at. ``subject`` names the paper in the log;
    ``citations`` come with the cited article's text; ``states`` has one entry an ask;
    ``proposal`` is what the draft answers, None where none is known; ``stored`` is the id of
    the stored draft that it is, or came from, "" for none."""

    name: str
    subject: str
    paragraphs: tuple[str, ...]
    report: CheckReport
    comparisons: tuple[Comparison, ...]
    citations: tuple[tuple[Citation, str | None], ...]
    states: tuple[State, ...]
    judged: tuple[Judged, ...]
    proposal: Proposal | None = None
    stored: str = ""

    @property
    def open_blocks(self) -> tuple[Judged, ...]:
        """What must be changed before a final copy: blocks that were not set aside."""
        return tuple(
            j for j in self.judged if j.finding.severity == "block" and j.state != "dismissed"
        )


def review_draft(
    desk: Desk, path: Path, *, proposal: Proposal | None = None, name: str | None = None
) -> Review:
    """Check a draft (.docx, .md, .txt), ours or edited elsewhere, and lay what was decided
    on it before beside the findings. A draft of ours brings its proposal along, and is tied to
    the stored draft that it came from. Raises ReadError, StoreError."""
    paragraphs, draft = desk.read_draft(path)
    proposal = proposal or carried_proposal(paragraphs, draft)
    report = desk.examine(paragraphs, proposal=proposal, draft=draft)
    review = build_review(
        desk, paragraphs, draft, report, proposal=proposal, name=name or path.name
    )
    return replace(review, stored=_find_stored(desk, draft))


def review_stored(desk: Desk, id: str, *, output: Path) -> Review:
    """Check a draft that is stored, whoever wrote it, as it stands now with what was typed
    into it; its .docx goes to ``output``. Raises StoreError when it is gone or there is
    nothing to review yet, ExportError."""
    work, material = desk.drafts.read(id, None), desk.drafts.material(id, None)
    if work.draft is None:
        raise StoreError("这份还没有生成草稿，请起草人先生成，再来审核")
    draft = fill_slots(work.draft, work.values).draft
    paragraphs = [block.text for block in draft.blocks]
    own = [p.text for p in desk.read_material(material) if p.document.own]
    report = desk.examine(paragraphs, proposal=work.proposal, draft=draft, own_texts=own)
    desk.export(draft, work.proposal, report, output, form=work.form)
    asked = work.proposal
    review = build_review(desk, paragraphs, draft, report, proposal=asked, name=output.name)
    return replace(review, stored=id)


def build_review(
    desk: Desk,
    paragraphs: Sequence[str],
    draft: Draft | None,
    report: CheckReport,
    *,
    proposal: Proposal | None,
    name: str,
) -> Review:
    """Return the review of a draft that was checked already. Raises StoreError."""
    subject = name_paper(paragraphs, proposal, name)
    log = AuditLog(desk.settings.work)
    report = apply_vouches(desk.settings.work, draft, report, proposal)
    return Review(
        name=name,
        subject=subject,
        paragraphs=tuple(paragraphs),
        report=report,
        comparisons=compare_precedents(paragraphs, index=desk.index, draft=draft),
        citations=_read_citations(desk, report),
        states=tell_states(report),
        judged=judge_findings(log, subject, paragraphs, report.findings),
        proposal=proposal,
    )


def decide(
    desk: Desk,
    review: Review,
    key: str,
    what: Decision,
    *,
    by: str,
    reason: str = "",
    basis: str = "",
) -> Review:
    """Write a decision on the finding called ``key`` into the log and return the review
    with it. To dismiss needs a ``reason``, for a block also the ``basis`` that
    :func:`name_basis` asks for, unless the finding is ``mistaken``. Raises SettingsError
    where that is missing or cannot be, StoreError."""
    found = next((j for j in review.judged if j.key == key), None)
    if found is None:
        raise SettingsError("这个问题已经不在列表里，请重新核查")
    if is_remark(found.finding) and what != "reopen":
        raise SettingsError("这是审核人写的意见，只能撤回")
    reason, basis = " ".join(reason.split()), " ".join(basis.split())
    if what in ("dismiss", "mistaken"):
        _refuse_dismissal(found.finding, reason)
    if what == "mistaken":
        basis = ""
    if what == "dismiss":
        _refuse_ground(found.finding, basis)
        if found.finding.severity == "block":
            _refuse_other_places(basis, desk.documents())
    finding = found.finding
    log = AuditLog(desk.settings.work)
    log.add(
        who=by,
        what=what,
        subject=review.subject,
        key=key,
        detail={
            "file": review.name,
            "rule": finding.rule,
            "severity": finding.severity,
            "paragraph": str(finding.where.paragraph + 1) if finding.where else None,
            "text": finding.where.text if finding.where else None,
            "message": finding.message,
            "reason": reason or None,
            "basis": basis or None,
        },
    )
    return _judge_again(log, review)


def comment(
    desk: Desk, review: Review, paragraph: int, words: str, *, by: str, said: str
) -> Review:
    """Write what the reviewer ``said`` of the ``words`` of a paragraph into the log and return
    the review with it. Raises SettingsError where she said nothing, StoreError."""
    log, texts = AuditLog(desk.settings.work), review.paragraphs
    write_remark(log, review.subject, texts, paragraph, words, by=by, said=said, file=review.name)
    return _judge_again(log, review)


def name_basis(finding: Finding) -> str | None:
    """Return what must be said before a finding can be set aside, beside the reason;
    ``None`` where a reason is enough."""
    if finding.severity != "block":
        return None
    return BASES.get(finding.rule.split(".")[0], _OTHER_BASIS)


def can_dismiss(finding: Finding) -> bool:
    """True unless the finding is an open slot, which can only be filled or deleted."""
    return not finding.rule.startswith("slot.")


# ── inside ─────────────────────────────────────────────────────────────────


def _judge_again(log: AuditLog, review: Review) -> Review:
    found = review.report.findings
    return replace(review, judged=judge_findings(log, review.subject, review.paragraphs, found))


def _find_stored(desk: Desk, draft: Draft | None) -> str:
    """Return the id of the stored draft that a file came from: its data part has the number
    and the title of that one's proposal. Where drafts of several people fit it is nobody's;
    of one person's, the one changed last."""
    asked = draft.proposal if draft is not None else None
    if asked is None or not asked.title:
        return ""
    wanted = (asked.number, asked.title)
    rows = [row for row in desk.drafts.rows() if (row.number, row.title) == wanted]
    return rows[0].id if len({row.user for row in rows}) == 1 else ""


def _refuse_dismissal(finding: Finding, reason: str) -> None:
    if not can_dismiss(finding):
        raise SettingsError("空着的地方不能放过：请在稿子里填上，或者删去这一处")
    if len(reason) < LEAST_REASON:
        raise SettingsError(f"请写明理由（至少 {LEAST_REASON} 个字），会记入审核记录")
    if len(reason) > MOST:
        raise SettingsError(f"写得太长了，最多 {MOST} 个字")


def _refuse_ground(finding: Finding, basis: str) -> None:
    needed = name_basis(finding)
    if needed is not None and len(basis) < _LEAST_BASIS:
        raise SettingsError(
            f"这是必须改的问题，放过它要写明：{needed}，至少 {_LEAST_BASIS} 个字；"
            "是误报的，选“误报”"
        )
    if len(basis) > MOST:
        raise SettingsError(f"写得太长了，最多 {MOST} 个字")


def _refuse_other_places(basis: str, documents: Sequence[Document]) -> None:
    """What another place's paper says is no ground for stating it as ours."""
    ours = {d.title for d in documents if d.own or d.kind == "statute"}
    for document in documents:
        title = document.title
        if document.own or document.kind == "statute" or title in ours or len(title) < _NAMED:
            continue
        if title in basis or (len(stem := Path(document.path).stem) >= _NAMED and stem in basis):
            raise SettingsError(f"“{title}”是外单位的材料，不能作为放过这个问题的依据")


def _read_citations(desk: Desk, report: CheckReport) -> tuple[tuple[Citation, str | None], ...]:
    """Every citation of a report with the cited article's text where known."""
    register, today = load_register(desk.index), date.today()
    return tuple((c, register.examine(c, on=today).text) for c in report.citations)

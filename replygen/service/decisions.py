"""What reviewers decided on the findings of a paper, as the audit log has it.

A decision belongs to the paper, the rule and the sentence that it was made on, wherever that
stands: another sentence, and the finding is open again. :func:`apply_decisions` is the one place
that says what of a report still blocks: the commands, the clerk's page and the reviewer's agree.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from replygen.errors import StoreError
from replygen.language import find_touched
from replygen.models import CheckReport, Draft, Finding, Proposal
from replygen.service import remarks
from replygen.service.vouching import apply_vouches
from replygen.word.placing import find_title
from replygen.workspace import PROMISES, AuditLog, DraftRow, Entry, tell_day, tell_time

Decision = Literal["accept", "dismiss", "mistaken", "reopen"]
Judgement = Literal["open", "accepted", "dismissed"]
_STATES: dict[str, Judgement] = {
    "accept": "accepted",
    "dismiss": "dismissed",
    "mistaken": "dismissed",
    "reopen": "open",
    remarks.WHAT: "accepted",  # what she said herself is to be changed
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and what was decided on it. ``key`` names it in the log; ``entry`` is the
    decision in force, ``None`` while it is open and was never decided on."""

    finding: Finding
    key: str
    state: Judgement
    entry: Entry | None = None


def apply_decisions(
    work: Path,
    paragraphs: Sequence[str],
    report: CheckReport,
    *,
    proposal: Proposal | None,
    name: str,
    draft: Draft | None = None,
) -> CheckReport:
    """Return the report of a check as the reviewers left it (``work`` holds their
    log): a finding that was set aside is a note that says by whom and why, so that the report
    is blocked only by what is open; so is a typed fact of ``draft`` that somebody vouched for
    (:mod:`replygen.service.vouching`). Where the log cannot be read, nothing is set aside."""
    report = apply_vouches(work, draft, report, proposal)
    subject = name_paper(paragraphs, proposal, name)
    try:
        judged = judge_findings(AuditLog(work), subject, paragraphs, report.findings)
    except StoreError:
        return report
    return replace(report, findings=tuple(tell_decision(j, name) for j in judged))


def name_paper(paragraphs: Sequence[str], proposal: Proposal | None, name: str) -> str:
    """Return what the log calls a paper: its title, else the proposal's, else the file's
    name. The same paper, edited since, keeps it."""
    if (title := find_title(paragraphs)) is not None:
        return " ".join(paragraphs[title].split())
    if proposal is not None and (proposal.number or proposal.title):
        return f"{proposal.session or ''}第{proposal.number or '？'}号《{proposal.title or ''}》"
    return name


def tell_why(entry: Entry) -> str:
    """Return the reason of a decision and what it rests on; "" where none was given."""
    return "；依据：".join(filter(None, (entry.detail.get("reason"), entry.detail.get("basis"))))


def judge_findings(
    log: AuditLog, subject: str, paragraphs: Sequence[str], findings: Sequence[Finding]
) -> tuple[Judged, ...]:
    """Return the findings with the decisions that stand in the log now, behind them what the
    reviewer said of a passage herself. Raises StoreError."""
    latest = {e.key: e for e in log.entries(subject=subject) if e.what in _STATES}
    judged = [
        Judged(finding, key, _STATES[entry.what], entry)
        if (entry := latest.get(key)) is not None
        else Judged(finding, key, "open")
        for finding, key in zip(
            findings, _name_findings(subject, paragraphs, findings), strict=True
        )
    ]
    said = remarks.find_remarks(latest, paragraphs)
    return (*judged, *(Judged(finding, entry.key, "accepted", entry) for finding, entry in said))


def _name_findings(
    subject: str, paragraphs: Sequence[str], findings: Sequence[Finding]
) -> list[str]:
    """A key for each finding: of the paper, the rule, the marked words and the sentences that
    they stand in, so that it is another one once those have changed."""
    seen: Counter[str] = Counter()
    keys = []
    for finding in findings:
        where = finding.where
        inside = where is not None and where.paragraph < len(paragraphs)
        whole = finding.message
        text = whole
        if where is not None and inside:
            around = paragraphs[where.paragraph]
            text = find_touched(around, where.start, where.end) or around
        marked = where.text if where is not None else ""
        parts = "\x1f".join((subject, finding.rule, marked, text))
        seen[parts] += 1
        made = hashlib.sha256(f"{parts}\x1f{seen[parts]}".encode()).hexdigest()
        keys.append(made[:16])
    return keys


def tell_taken_over(entry: Entry, name: str) -> str:
    """Return that a decision on the file ``name`` was made on another one, and when: 沿用
    11月27日对《初稿.docx》的处理; "" where it was made on this one, or either has no name."""
    made_on = entry.detail.get("file")
    if not name or not made_on or made_on == name:
        return ""
    return f"沿用{tell_day(entry.at)}对《{made_on}》的处理"


def read_verdicts(work: Path) -> Mapping[str, Entry]:
    """Return what the reviewers said last of each stored draft, by its id; a log that cannot be
    read hides no draft."""
    try:
        return AuditLog(work).verdicts()
    except StoreError:
        return {}


def tell_state(row: DraftRow, said: Entry | None, handed: Entry | None = None) -> str:
    """Return how a stored draft stands: that it waits for the reviewer since it was ``handed``
    in; what the reviewer ``said`` of it last: a return until it is handed in again, an approval
    until it is changed; else its own state."""
    if handed is not None:
        since = f"待审 {tell_time(handed.at)}"
        return f"{since}，送审后改过" if is_changed_since(row, handed) else since
    if said is not None and said.what == "return":
        return "已退回"
    if said is not None and not is_changed_since(row, said):
        return "已通过"
    return row.state


def is_changed_since(row: DraftRow, entry: Entry) -> bool:
    """True when the letter of a draft reads otherwise than when it was handed in, or judged; to
    open it, or to look for its evidence anew, changes no word."""
    then = entry.detail.get("letter")
    return then != row.letter if then and row.letter else entry.at < row.changed


def tell_decision(judged: Judged, name: str = "") -> Finding:
    """Return a finding of the file ``name`` as it stands after what was decided on it."""
    finding, entry = judged.finding, judged.entry
    if entry is None or judged.state == "open":
        return finding
    over = f"{taken}：" if (taken := tell_taken_over(entry, name)) else ""
    if remarks.is_remark(finding):
        return replace(finding, message=f"{finding.message}〔{entry.who}〕")
    if judged.state == "accepted":
        return replace(finding, message=f"{finding.message}〔{over}{entry.who}要求改〕")
    said = "审核后认为可以不改"
    if entry.what == "mistaken":
        said = "认定为误报"
    elif finding.rule in PROMISES:
        said = "同意作出这项承诺"
    told = f"{finding.message}〔{over}{entry.who}{said}：{tell_why(entry)}〕"
    return replace(finding, severity="note", message=told, suggestion=None)

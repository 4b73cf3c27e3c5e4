"""属实: a clerk answers by name for a fact that the clerk typed.

Checking cannot know whether “与京东集团合作” is ours when nobody gave it a paper that says so.
Whoever typed it can say that it is true: that goes into the audit log with name and time, the
finding becomes a note that says so, and can be taken back. It belongs to the rule, the marked
words and the sentence as typed: another sentence, and the finding is open again. What was
composed, from another place's reply say, cannot be vouched for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from replygen.errors import SettingsError, StoreError
from replygen.models import CheckReport, Draft, Finding, Proposal
from replygen.workspace import AuditLog, Entry, tell_time

_FACTS = "leak."  # the rules that find what nothing of ours covers
_LOGGED = ("vouch", "unvouch")


@dataclass(frozen=True, slots=True)
class Vouch:
    """A finding that can be vouched for: ``key`` names it in the log, ``entry`` says by whom
    and when it was, ``None`` where it is open."""

    finding: Finding
    key: str
    entry: Entry | None


def apply_vouches(
    work: Path, draft: Draft | None, report: CheckReport, proposal: Proposal | None
) -> CheckReport:
    """Return the report with what was vouched for as notes that say by whom and when. Where the
    log (in ``work``) cannot be read, nothing is."""
    if draft is None:
        return report
    try:
        found = find_vouches(work, draft, report.findings, proposal)
    except StoreError:
        return report
    told = {
        id(v.finding): replace(
            v.finding,
            severity="note",
            message=f"{v.finding.message}〔{v.entry.who} {tell_time(v.entry.at)} 声明属实〕",
            suggestion=None,
        )
        for v in found
        if v.entry is not None
    }
    return replace(report, findings=tuple(told.get(id(f), f) for f in report.findings))


def find_vouches(
    work: Path, draft: Draft, findings: Sequence[Finding], proposal: Proposal | None
) -> tuple[Vouch, ...]:
    """Return the findings on facts that were typed, with who vouched for them. Raises
    StoreError."""
    keys = {id(f): _name_fact(draft, f, proposal) for f in findings}
    if not any(keys.values()):
        return ()
    latest = {e.key: e for e in AuditLog(work).entries(what=_LOGGED)}
    return tuple(
        Vouch(f, key, e if (e := latest.get(key)) is not None and e.what == "vouch" else None)
        for f in findings
        if (key := keys[id(f)]) is not None
    )


def turn_vouch(work: Path, vouch: Vouch, *, subject: str, by: str) -> None:
    """Write into the log that ``by`` vouches for a fact, or takes that back where somebody does.
    Raises StoreError, and SettingsError for a finding without a place."""
    finding = vouch.finding
    if finding.where is None:
        raise SettingsError("这个问题没有指着哪一处，不能声明属实")
    AuditLog(work).add(
        who=by,
        what="vouch" if vouch.entry is None else "unvouch",
        subject=subject,
        key=vouch.key,
        detail={
            "rule": finding.rule,
            "severity": finding.severity,
            "paragraph": str(finding.where.paragraph + 1),
            "text": finding.where.text,
            "message": finding.message,
        },
    )


def _name_fact(draft: Draft, finding: Finding, proposal: Proposal | None) -> str | None:
    """Return what the log calls a fact: of the proposal, the rule, the marked words and the
    sentence that was typed; ``None`` for anything that nobody typed."""
    where, blocks = finding.where, draft.blocks
    if where is None or not finding.rule.startswith(_FACTS) or where.paragraph >= len(blocks):
        return None
    if blocks[where.paragraph].text[where.start : where.end] != where.text:
        return None  # edited since, elsewhere
    at = 0
    for sentence in blocks[where.paragraph].sentences:
        end = at + len(sentence.text)
        if sentence.origin == "typed" and where.start < end and at < where.end:
            title = proposal.title if proposal is not None else ""
            parts = "\x1f".join((title or "", finding.rule, where.text, sentence.text))
            return hashlib.sha256(parts.encode()).hexdigest()[:16]
        at = end
    return None

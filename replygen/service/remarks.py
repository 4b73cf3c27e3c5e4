"""What a reviewer says of a passage, in her own words, beside what checking found.

A remark is an entry of the audit log that carries the passage; it stands in the list of findings
as one that is to be changed, as long as the passage is in the paper, and so comes into the
commented copy, the reports and the clerk's list. It is taken back as a decision is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence

from replygen.errors import SettingsError
from replygen.language import find_touched
from replygen.models import Finding, Where
from replygen.workspace import AuditLog, Entry

WHAT = "comment"  # the deed in the log
RULE = "remark.passage"
LEAST, MOST = 2, 500
_ALONE = 6  # characters of a passage that is known again wherever it stands


def is_remark(finding: Finding) -> bool:
    """True for what a reviewer said herself, which no check will say again."""
    return finding.rule == RULE


def write_remark(
    log: AuditLog,
    subject: str,
    paragraphs: Sequence[str],
    paragraph: int,
    words: str,
    *,
    by: str,
    said: str,
    file: str,
) -> Entry:
    """Write what is ``said`` of the ``words`` of a paragraph (of the whole one where it has
    them not) into the log and return the entry. Raises SettingsError, StoreError."""
    said = " ".join(said.split())
    if len(said) < LEAST:
        raise SettingsError(f"请写明意见（至少 {LEAST} 个字）")
    if len(said) > MOST:
        raise SettingsError(f"写得太长了，最多 {MOST} 个字")
    if not 0 <= paragraph < len(paragraphs):
        raise SettingsError("这一段已经不在稿子里，请重新核查")
    text = paragraphs[paragraph]
    words = words.strip()
    if not words or words not in text:
        words = text.strip()
    at = text.index(words)
    detail = {
        "file": file,
        "rule": RULE,
        "severity": "warn",
        "paragraph": str(paragraph + 1),
        "text": words,
        "sentence": find_touched(text, at, at + len(words)) or words,
        "message": said,
        "reason": said,
    }
    key = secrets.token_hex(8)
    return log.add(who=by, what=WHAT, subject=subject, key=key, detail=detail)


def find_remarks(
    latest: Mapping[str, Entry], paragraphs: Sequence[str]
) -> Iterator[tuple[Finding, Entry]]:
    """The remarks among the ``latest`` entries whose passage is in the paper still, each as a
    finding at its place, in the order of the log."""
    for entry in latest.values():
        if entry.what == WHAT and (where := _find_passage(entry, paragraphs)) is not None:
            yield Finding(RULE, "warn", where, entry.detail.get("message") or ""), entry


# ── inside ─────────────────────────────────────────────────────────────────


def _find_passage(entry: Entry, paragraphs: Sequence[str]) -> Where | None:
    """Where the passage of a remark stands now: in its sentence, else, if it is long enough to
    be the same, wherever its words are; of several places the one nearest to where it stood."""
    words, sentence = entry.detail.get("text") or "", entry.detail.get("sentence") or ""
    stood = int(entry.detail.get("paragraph") or 1) - 1
    for around in (sentence, words if len(words) >= _ALONE else ""):
        found = [n for n, text in enumerate(paragraphs) if around and around in text]
        if found:
            number = min(found, key=lambda n: abs(n - stood))
            start = paragraphs[number].index(around) + max(around.find(words), 0)
            return Where(number, start, start + len(words), words)
    return None

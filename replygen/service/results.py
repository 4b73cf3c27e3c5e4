"""What the desk hands out: a document as the page shows it, a draft that was made, and the
proposal that a draft brings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from replygen.index import Correction, HandSplit
from replygen.models import CheckReport, Document, Draft, Parsed, Passage, Proposal

_HEAD = 12  # paragraphs in which a paper says what it answers


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One indexed document as the page shows it: what the store keeps, what parsing says
    of its text today, its passages, its text, what was put right in it by hand,
    who split it otherwise."""

    document: Document
    parsed: Parsed
    passages: tuple[Passage, ...]
    text: str
    corrections: tuple[Correction, ...] = ()
    hand_split: HandSplit | None = None


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A composed draft, where it was written (``None`` when a final copy was refused),
    what checking found and the reviewers left of it, seconds taken; ``copies`` are the
    final letters to each signatory, where each gets one."""

    docx: Path | None
    proposal: Proposal
    draft: Draft
    report: CheckReport
    seconds: float
    copies: tuple[Path, ...] = ()


def carried_proposal(paragraphs: Sequence[str], draft: Draft | None) -> Proposal | None:
    """Return the proposal that a draft of ours brings along; ``None`` where it brings none, and
    where the paper now bears another number: it was taken as the pattern of another reply."""
    if draft is None or draft.proposal is None:
        return None
    number = (draft.proposal.number or "").lstrip("0")
    head = "".join(paragraphs[:_HEAD])
    return draft.proposal if not number or number in head else None

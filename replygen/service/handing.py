"""送审: a clerk hands a stored draft to the reviewer, takes it back, or hands it in again.

Each is an entry of the audit log (``hand_in``, ``take_back``), as what the reviewer says of it is
(``approve``, ``return``): the last of the four says how the draft stands
(:func:`replygen.service.decisions.tell_state`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from replygen.drafting.fill import fill_slots
from replygen.errors import SettingsError, StoreError
from replygen.service.decisions import name_paper
from replygen.service.desk import Desk
from replygen.workspace import AuditLog, DraftRow, Entry, Work, name_letter

_NO_LETTER = "还没有草稿，不能送审"
_WAITS = "这份稿子已经送审，在等审核人看"
_WAITS_NOT = "这份稿子没有在待审（审核人可能刚处理过），没有什么可撤回的"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored draft that waits for the reviewer, and who handed it in when."""

    row: DraftRow
    entry: Entry


def read_handed(work: Path) -> Mapping[str, Entry]:
    """Return who handed in each draft that waits for the reviewer, by the draft's id; a log that
    cannot be read hides no draft."""
    try:
        return AuditLog(work).handed_in()
    except StoreError:
        return {}


def list_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """Return the stored drafts that wait for the reviewer, longest first. Raises StoreError."""
    rows = {row.id: row for row in desk.drafts.rows()}
    handed = AuditLog(desk.settings.work).handed_in()
    found = (Waiting(rows[id], entry) for id, entry in handed.items() if id in rows)
    return tuple(sorted(found, key=lambda waiting: waiting.entry.seq))


def hand_in(desk: Desk, id: str, user: str) -> Entry:
    """Hand the draft of a user to the reviewer. Raises SettingsError where there is no letter or
    it waits already, StoreError."""
    work = desk.drafts.read(id, user)
    if work.draft is None:
        raise SettingsError(_NO_LETTER)
    if id in AuditLog(desk.settings.work).handed_in():
        raise SettingsError(_WAITS)
    return _note(desk, id, work, "hand_in", user)


def take_back(desk: Desk, id: str, user: str) -> Entry:
    """Take back a draft that waits for the reviewer. Raises SettingsError where it does not,
    StoreError."""
    work = desk.drafts.read(id, user)
    if id not in AuditLog(desk.settings.work).handed_in():
        raise SettingsError(_WAITS_NOT)
    return _note(desk, id, work, "take_back", user)


# ── inside ─────────────────────────────────────────────────────────────────


def _note(desk: Desk, id: str, work: Work, what: str, user: str) -> Entry:
    assert work.draft is not None
    texts = [block.text for block in fill_slots(work.draft, work.values).draft.blocks]
    subject = name_paper(texts, work.proposal, "")
    return AuditLog(desk.settings.work).add(
        who=user, what=what, subject=subject, key=id, detail={"letter": name_letter(work)}
    )

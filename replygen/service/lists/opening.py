"""A proposal of a list opened at the desk, and how far those are that people have open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from replygen.errors import ReadError, StoreError
from replygen.models import Source
from replygen.reading import read_all
from replygen.service.decisions import read_verdicts, tell_state
from replygen.service.desk import Desk
from replygen.service.handing import read_handed
from replygen.service.lists.known import KnownLists, YearList
from replygen.service.lists.matching import read_row
from replygen.service.lists.view import ListView
from replygen.service.lists.work import ListRow, key_of
from replygen.service.lists.year import peek_list, view_list
from replygen.workspace import Work


@dataclass(frozen=True, slots=True)
class InHand:
    """A row of a list that somebody has open: by whom, how far (the word of the list of
    drafts), when it was changed last (UTC, ISO), what is still open in it."""

    user: str
    state: str
    changed: str
    open_places: int
    blocks: int


def show_list(desk: Desk, known: YearList, *, running: bool = False) -> ListView:
    """Return a list as it is now; one that runs, or whose run was killed, with what was made so
    far. Raises ReadError (the list is gone)."""
    out, source = Path(known.out), Path(known.source)
    if not running:
        try:
            return view_list(out)
        except StoreError:
            pass  # the first run has not ended
    return peek_list(desk.settings, source, out)


def find_in_hand(desk: Desk, known: YearList) -> Mapping[str, InHand]:
    """Return how far the rows are that were opened at the desk, by the row's key: of several
    people's the one that was changed last. A draft that was deleted counts no more."""
    rows = {row.id: row for row in desk.drafts.rows()}
    folder, found = desk.settings.work, dict[str, InHand]()
    said, handed = read_verdicts(folder), read_handed(folder)
    for key, users in KnownLists(desk.settings.work).hands(known.id).items():
        mine = [rows[id] for id in users.values() if id in rows]
        if mine:
            row = max(mine, key=lambda r: r.changed)
            work = desk.drafts.read(row.id, None)
            state = tell_state(row, said.get(row.id), handed.get(row.id))
            found[key] = InHand(row.user, state, row.changed, work.open_places, work.blocks)
    return found


def open_row(desk: Desk, known: YearList, key: str, *, user: str) -> str:
    """Return the draft of ``user`` for a row of the list: the one that was opened before, else
    a new one of the row's proposal, under its day of hand-over. Raises StoreError for a row
    that is not there, ReadError where it has no file or the file cannot be read."""
    row = next((r for r in show_list(desk, known).rows if key_of(r.assignment) == key), None)
    if row is None:
        raise StoreError("这一件不在清单里了，请刷新页面再试")
    lists = KnownLists(desk.settings.work)
    old = lists.hands(known.id).get(key, {}).get(user)
    if old is not None and any(r.id == old for r in desk.drafts.rows(user)):
        return old
    source = _read_file(desk, known, row)
    proposal = read_row(row.assignment, source, desk.settings.profile)
    id = desk.drafts.create(user, Work(proposal, source.text, assigned=row.assignment.assigned))
    lists.hand(known.id, key, user, id)
    return id


def _read_file(desk: Desk, known: YearList, row: ListRow) -> Source:
    """Return a row's file; never one that lies outside the list's proposals, whatever the
    record in the folder of drafts says."""
    if row.file is None:
        raise ReadError(row.name, row.why or "还没有对上提案文件；放进文件后点“继续”")
    outer = Path(row.file.partition("!")[0])
    if not outer.resolve().is_relative_to(Path(known.proposals).resolve()):
        raise ReadError(outer.name, "这个文件不在清单的提案里，没有打开")
    for item in read_all([outer], limits=desk.settings.limits, only={row.file}):
        if isinstance(item, ReadError):
            raise item
        return item
    raise ReadError(outer.name, "找不到这个文件了，请放回去再打开")

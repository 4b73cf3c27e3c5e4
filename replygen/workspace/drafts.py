"""Stored work: what a person does on a draft is on the disk when the page says so.

One SQLite file under the work folder (WAL): a row a draft, the material attached to it,
and what the unit typed into open places before, to be offered again. A draft belongs to
one user; whoever else asks for it is told that it is not there. The same user may have it
open in two windows: what a window sends that shows an older state than the other one stored
is put together with that (:meth:`DraftStore.merge`).
"""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from pathlib import Path

from replygen.errors import ChangedElsewhere, StoreError
from replygen.models import Source
from replygen.workspace.carrying import forget_material
from replygen.workspace.deadlines import find_deadline
from replygen.workspace.history import TABLES as STEP_TABLES
from replygen.workspace.history import Way, note_step, read_step, read_steps, turn_step
from replygen.workspace.material import MATERIAL_TABLES, has_edition, keep_material, read_material
from replygen.workspace.merging import Refused, find_refused, merge_step
from replygen.workspace.steps import Change, Step, split_steps
from replygen.workspace.views import NO_WINDOW, Window, find_given, note_view, read_view
from replygen.workspace.views import TABLES as VIEW_TABLES
from replygen.workspace.work import (
    Work,
    name_letter,
    work_from_json,
    work_to_json,
)

FILE_NAME = "drafts.db"
_APPLICATION_ID = 0x5250_4C44  # "RPLD"
# 2: steps, 3: editions of what is attached, 4: views, 5: names of letters; since November 2026
_VERSION = 5
_WAIT_SECONDS = 20.0
_OFFERED = 3  # earlier values of one kind
_LONGEST_OFFERED = 60  # characters; longer ones are text, not answers
# Open places whose value is the unit's own and stays the same from reply to reply. Dates,
# counts and numbers of papers belong to one reply only.
LASTING = frozenset(
    "电话 联系电话 姓名 联系人 签发人 本单位 本单位业务 机关代字 公开属性 抄送机关 单位 平台 地点 "
    "主办单位".split()
)
_TABLES = (
    """CREATE TABLE drafts (
        id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT, session TEXT, number TEXT,
        state TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
        assigned TEXT, deadline TEXT, payload TEXT NOT NULL)""",
    "CREATE INDEX drafts_of ON drafts (user, changed)",
    """CREATE TABLE material (
        draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
        position INTEGER NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL,
        PRIMARY KEY (draft, position))""",
    """CREATE TABLE answers (
        unit TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, changed TEXT NOT NULL,
        PRIMARY KEY (unit, kind, value))""",
)
_LETTERS = ("ALTER TABLE drafts ADD COLUMN letter TEXT NOT NULL DEFAULT ''",)
# What each version added to the one before.
_ADDED = {1: _TABLES, 2: STEP_TABLES, 3: MATERIAL_TABLES, 4: VIEW_TABLES, 5: _LETTERS}
_ROW = "id, user, title, session, number, state, created, changed, assigned, deadline, letter"
_GONE = "这份草稿不在了（可能已经删除），请在“我的草稿”里另选一份"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A line of the list of drafts. ``created`` and ``changed`` are UTC (ISO, seconds),
    ``assigned`` and ``deadline`` days; ``letter`` names how the letter reads, "" where there is
    none or that was not kept."""

    id: str
    user: str
    title: str | None
    session: str | None
    number: str | None
    state: str
    created: str
    changed: str
    assigned: str | None
    deadline: str | None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """The work on a draft with what another window sent, and what of that did not get in."""

    work: Work
    refused: tuple[Refused, ...]


class DraftStore:
    """The stored drafts of one work folder. Every method raises StoreError when the file
    cannot be read or written. Threads and processes may share it."""

    def __init__(self, work: Path, *, scheme: str = "") -> None:
        """The folder and the file are made with the first draft. ``scheme`` says which
        deadlines hold."""
        self.path, self._scheme = work / FILE_NAME, scheme

    def rows(self, user: str | None = None) -> tuple[DraftRow, ...]:
        """Return a user's drafts (``None``: everybody's), latest change first."""
        if not self.path.exists():
            return ()
        sql = f"""SELECT {_ROW} FROM drafts WHERE ?1 IS NULL OR user = ?1
                  ORDER BY changed DESC, rowid DESC"""
        with self._open() as db:
            return tuple(DraftRow(*row) for row in db.execute(sql, (user,)))

    def create(self, user: str, work: Work, material: Sequence[Source] = ()) -> str:
        """Store new work; return the id of the draft."""
        id = uuid.uuid4().hex
        with self._open() as db, _transaction(db):
            now = _now()
            values = (id, user, *self._columns(work), now, now, work_to_json(work))
            db.execute(
                """INSERT INTO drafts (id, user, title, session, number, state, assigned,
                   deadline, letter, created, changed, payload)
                   VALUES (?,?,?,?,?,?,?,?,?,?,?,?)""",
                values,
            )
            keep_material(db, id, material)
        return id

    def read(self, id: str, user: str | None) -> Work:
        """Return the work on a draft; ``user`` is its owner (``None``: a reviewer)."""
        with self._open() as db:
            return _read_for_change(db, id, user)

    def show(self, id: str, user: str, window: Window) -> Work:
        """Return the work on a draft that a window is to show: what it sends later is known as
        changes to it."""
        with self._open() as db, _transaction(db):
            work = _read_for_change(db, id, user)
            note_view(db, id, window, work.revision, work, _now(precise=True))
            return work

    def view(self, id: str, window: Window) -> Work | None:
        """Return the work that a window shows, ``None`` where that is not known."""
        with self._open() as db:
            return read_view(db, id, window)

    def given(self, id: str, window: str) -> int | None:
        """Return the newest revision that a window was given, ``None`` for an unknown one."""
        with self._open() as db:
            return find_given(db, id, window)

    def merge(
        self,
        id: str,
        user: str,
        send: Callable[[Work], Work],
        *,
        window: Window,
        settle: Callable[[Work, Work], Work] = lambda now, merged: merged,
    ) -> Merged:
        """Store what a window sends (``send`` makes it of what the window shows) together with
        what others stored since; where both wrote at one place, what is stored stays. ``settle``
        makes of the work as it was and as it is now what is stored. Raises ChangedElsewhere, and
        stores nothing, where it is not known any more what the window shows."""
        with self._open() as db, _transaction(db):
            before = _read_for_change(db, id, user)
            base = read_view(db, id, window)
            if base is None:
                raise ChangedElsewhere
            sent = send(base)
            refused = find_refused(before, base, sent)
            work = settle(before, merge_step(before, base, sent)) if sent != base else before
            work = _with_files(db, id, work, before)
            # until it has drawn the answer, the window shows what it sent
            assert window.revision is not None
            sent = replace(sent, window=window.name)
            note_view(db, id, window, window.revision, sent, _now(precise=True))
            if work == before:
                return Merged(before, refused)
            _note_steps(db, id, before, work)
            return Merged(self._keep(db, id, before, work, window), refused)

    def change(
        self,
        id: str,
        user: str,
        edit: Callable[[Work], Work],
        *,
        window: Window = NO_WINDOW,
        step: bool | str = False,
    ) -> Work:
        """Store what ``edit`` makes of the work on a draft, and return it. Nothing that
        another request stored in the meantime is lost. With ``step`` a person did this, and
        can undo it (under the name ``step``, where that is one). Raises ChangedElsewhere, and
        stores nothing, where another window than ``window`` stored the last change and this
        one does not show it."""
        with self._open() as db, _transaction(db):
            before = _read_for_change(db, id, user, window)
            work = _with_files(db, id, edit(before), before)
            if work == before:
                return before
            if isinstance(step, str):
                note_step(db, id, Change(step), before, work, _now())
            elif step:
                _note_steps(db, id, before, work)
            return self._keep(db, id, before, work, window)

    def turn(
        self, id: str, user: str, way: Way, *, window: Window = NO_WINDOW, sequence: int = 0
    ) -> Work:
        """Undo the last step of a draft, or do again what was undone last; return the work,
        unchanged where there is no such step. ``sequence`` is the window's count. Raises
        ChangedElsewhere as :meth:`change`."""
        with self._open() as db, _transaction(db):
            now = _read_for_change(db, id, user, window)
            then = turn_step(db, id, way, now)
            if then is None:
                return now
            then = _with_files(db, id, then, now)
            then = replace(
                then,
                revision=now.revision,
                sequence=max(sequence, now.sequence),
                final_at=now.final_at,
                final_of=now.final_of,
            )
            return self._keep(db, id, now, then, window)

    def steps(self, id: str, user: str | None) -> tuple[Step, ...]:
        """Return what was done on a draft, oldest first."""
        with self._open() as db:
            _read_payload(db, id, user)
            return read_steps(db, id)

    def step(self, id: str, user: str, number: int) -> tuple[Step, Work, Work]:
        """Return one step with the work before and after it."""
        with self._open() as db:
            _read_payload(db, id, user)
            return read_step(db, id, number)

    def remove(self, id: str, user: str) -> None:
        """Delete a draft and its material."""
        with self._open() as db, _transaction(db):
            done = db.execute("DELETE FROM drafts WHERE id = ? AND user = ?", (id, user))
            if not done.rowcount:
                raise StoreError(_GONE)

    def material(self, id: str, user: str | None) -> tuple[Source, ...]:
        """Return the material attached to a draft, as it was read."""
        with self._open() as db:
            work = work_from_json(_read_payload(db, id, user))
            return read_material(db, id, work.attached)

    def set_material(
        self,
        id: str,
        user: str,
        material: Sequence[Source],
        edit: Callable[[Work], Work] = lambda work: work,
        *,
        window: Window = NO_WINDOW,
        step: str = "",
    ) -> Work:
        """Put ``material`` in the place of what is attached to a draft, and with it what
        ``edit`` makes of the work; return that. With ``step`` a person did this, and can undo
        it under that name. Raises ChangedElsewhere as :meth:`change`."""
        with self._open() as db, _transaction(db):
            before = _read_for_change(db, id, user, window)
            work = replace(edit(before), attached=keep_material(db, id, material))
            if step:
                note_step(db, id, Change(step), before, work, _now())
            return self._keep(db, id, before, work, window)

    def remember(self, unit: str, values: Mapping[str, str]) -> None:
        """Keep what ``unit`` typed, by the kind of the open place. Only kinds that last
        from one reply to the next are kept."""
        rows = [
            (unit, kind, value.strip(), _now(precise=True))
            for kind, value in values.items()
            if kind in LASTING and 0 < len(value.strip()) <= _LONGEST_OFFERED
        ]
        if not rows:
            return
        with self._open() as db, _transaction(db):
            db.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", rows)

    def recall(self, unit: str) -> Mapping[str, tuple[str, ...]]:
        """Return what ``unit`` typed before, by kind: at most three values, latest first."""
        if not self.path.exists():
            return {}
        sql = "SELECT kind, value FROM answers WHERE unit = ? ORDER BY changed DESC"
        found: dict[str, tuple[str, ...]] = {}
        with self._open() as db:
            for kind, value in db.execute(sql, (unit,)):
                found[kind] = (*found.get(kind, ()), value)[:_OFFERED]
        return found

    # ── inside ─────────────────────────────────────────────────────────────

    def _keep(self, db: sqlite3.Connection, id: str, now: Work, work: Work, window: Window) -> Work:
        """Store work that was changed from ``now`` as the next revision and return it."""
        others = now.others if now.window == window.name else now.revision
        work = replace(work, revision=now.revision + 1, window=window.name, others=others)
        db.execute(
            """UPDATE drafts SET title = ?, session = ?, number = ?, state = ?,
               assigned = ?, deadline = ?, letter = ?, changed = ?, payload = ? WHERE id = ?""",
            (*self._columns(work), _now(), work_to_json(work), id),
        )
        note_view(db, id, window, work.revision, work, _now(precise=True))
        return work

    def _columns(self, work: Work) -> tuple[str | None, ...]:
        asked = work.proposal
        deadline = None
        if work.assigned is not None:
            day = date.fromisoformat(work.assigned)
            found = find_deadline(day, scheme=self._scheme, host_role=asked.host_role)
            deadline = found.isoformat()
        names = asked.title, asked.session, asked.number
        return *names, work.state, work.assigned, deadline, name_letter(work)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                _prepare(db, self.path)
                yield db
            finally:
                db.close()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self.path}：存草稿的文件读写不了（{error}），请检查权限和磁盘，或从备份恢复"
            ) from error


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file, and those that an older one lacks; refuse a file of
    another program or of a newer version."""
    version = _check(db)
    if version == _VERSION:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        return
    db.execute("PRAGMA journal_mode = WAL")
    with _transaction(db):
        for version in range(_check(db) + 1, _VERSION + 1):
            for table in _ADDED[version]:
                db.execute(table)
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version}")
    db.execute("PRAGMA foreign_keys = ON")
    with contextlib.suppress(OSError):
        path.chmod(0o600)


def _check(db: sqlite3.Connection) -> int:
    """Return the version of the file's tables, 0 for a new one. Raises
    sqlite3.DatabaseError for a file that is not ours."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    if mark != _APPLICATION_ID and db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        raise sqlite3.DatabaseError("不是本程序存草稿的文件")
    if version > _VERSION:
        raise sqlite3.DatabaseError("是更新的版本存的，请升级 replygen")
    return version


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _read_payload(db: sqlite3.Connection, id: str, user: str | None) -> str:
    sql = "SELECT payload FROM drafts WHERE id = ?1 AND (?2 IS NULL OR user = ?2)"
    row = db.execute(sql, (id, user)).fetchone()
    if row is None:
        raise StoreError(_GONE)
    return str(row[0])


def _read_for_change(
    db: sqlite3.Connection, id: str, user: str | None, window: Window = NO_WINDOW
) -> Work:
    """Return the work on a draft, to be changed by ``window``."""
    work = work_from_json(_read_payload(db, id, user))
    if window.is_behind(work):
        raise ChangedElsewhere
    return work


def _with_files(db: sqlite3.Connection, id: str, work: Work, now: Work) -> Work:
    """Return ``work`` with the files that it goes with; where they are no longer kept, with
    those of now and without the cards of its own."""
    if work.attached == now.attached or has_edition(db, id, work.attached):
        return work
    return replace(forget_material(work), attached=now.attached)


def _note_steps(db: sqlite3.Connection, id: str, before: Work, after: Work) -> None:
    """Keep what a person changed, one thing after the other, as steps."""
    last = before
    for change, then in split_steps(before, after):
        note_step(db, id, change, last, then, _now())
        last = then


def _now(*, precise: bool = False) -> str:
    return datetime.now(timezone.utc).isoformat(timespec="microseconds" if precise else "seconds")

"""The audit log: who decided what, when and why. It can be added to, and not be edited.

One SQLite file under the work folder. Triggers refuse every change and deletion and every
entry that does not continue the last one. Each entry carries the SHA-256 of itself and of
the entry before, so a change made around the triggers breaks the chain; the last number
and hash stand in a second file (``audit.head``), so a cut end is noticed as well.
:meth:`AuditLog.verify` looks at all of this. Whoever may write both files can build a new
chain: reports therefore print the latest hash, and paper keeps it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from replygen.errors import StoreError
from replygen.language.files import write_whole

FILE_NAME, HEAD_NAME = "audit.db", "audit.head"
WHAT = {
    "accept": "要改",
    "dismiss": "可以不改",
    "mistaken": "可以不改（误报）",
    "comment": "写意见",
    "reopen": "撤回决定",
    "final": "出定稿",
    "approve": "审核通过",
    "return": "退回",
    "hand_in": "送审",
    "take_back": "撤回送审",
    "vouch": "声明属实",
    "unvouch": "收回属实",
    "remove": "删除材料",
    "restore": "恢复材料",
    "withdraw": "撤回一批材料",
    "put_back": "恢复一批材料",
    "follow": "跟踪来源",
    "unfollow": "不再跟踪来源",
    "correct": "更正材料",
}
# findings that ask who agrees to a commitment: to set them aside is to agree
PROMISES = frozenset({"promise.unconfirmed", "leak.promised"})
_APPLICATION_ID = 0x5250_4C41  # "RPLA"
_WAIT_SECONDS = 20.0
_COLUMNS = ("seq", "at", "who", "what", "subject", "key", "detail", "previous")
_TABLE = """CREATE TABLE entries (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    subject TEXT NOT NULL, key TEXT NOT NULL, detail TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL)"""
_GUARDS = {
    "entries_no_update": """CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    "entries_no_delete": """CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    "entries_in_order": """CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
        OR NEW.previous IS NOT coalesce(
            (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. ``what`` is what was done (``dismiss``, ``accept``, ``reopen``,
    ``final``, ``remove``, …), ``subject`` the paper it was done to, ``key`` the thing in
    it, ``detail`` everything else, reasons among it; ``at`` is UTC."""

    seq: int
    at: str
    who: str
    what: str
    subject: str
    key: str
    detail: Mapping[str, str | None]
    hash: str


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """Whether the log is whole: ``entries`` in it, ``head`` the last hash ("" when
    empty), ``problems`` in the order of the log."""

    ok: bool
    entries: int
    head: str
    problems: tuple[str, ...] = field(default=())


class AuditLog:
    """The log of one work folder. Every method raises StoreError when it cannot be read
    or written. Threads and processes may share it."""

    def __init__(self, work: Path) -> None:
        """``work`` is made, and the log in it, with the first entry."""
        self.path, self._head = work / FILE_NAME, work / HEAD_NAME

    def add(
        self,
        *,
        who: str,
        what: str,
        subject: str,
        key: str = "",
        detail: Mapping[str, str | None] | None = None,
    ) -> Entry:
        """Write one entry and return it; when this returns, it is on the disk."""
        text = json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True)
        with self._open(make=True) as db:
            db.execute("BEGIN IMMEDIATE")
            last = db.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
            seq, previous = (last[0] + 1, last[1]) if last else (1, "")
            values = (seq, _now(), who, what, subject, key, text, previous)
            made = _hash(values)
            db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*values, made))
            db.execute("COMMIT")
            self._write_head(seq, made)
        return Entry(seq, values[1], who, what, subject, key, json.loads(text), made)

    def entries(
        self, *, subject: str | None = None, what: tuple[str, ...] = ()
    ) -> tuple[Entry, ...]:
        """Return the entries, oldest first; with ``subject`` those of one paper, with ``what``
        those of these deeds."""
        if not self.path.exists():
            return ()
        sql = """SELECT seq, at, who, what, subject, key, detail, hash FROM entries
                 WHERE (?1 IS NULL OR subject = ?1)
                 AND (?2 = '' OR instr(?2, '|' || what || '|')) ORDER BY seq"""
        wanted = f"|{'|'.join(what)}|" if what else ""
        with self._open() as db:
            rows = db.execute(sql, (subject, wanted)).fetchall()
        return tuple(
            Entry(r[0], r[1], r[2], r[3], r[4], r[5], _read_detail(r[6]), r[7]) for r in rows
        )

    def verdicts(self) -> Mapping[str, Entry]:
        """Return the latest ``approve`` or ``return`` of each stored draft, by its id."""
        return {e.key: e for e in self.entries(what=("approve", "return")) if e.key}

    def handed_in(self) -> Mapping[str, Entry]:
        """Return who handed in each stored draft, by its id, that was neither taken back nor
        judged since."""
        deeds = self.entries(what=("hand_in", "take_back", "approve", "return"))
        latest = {e.key: e for e in deeds if e.key}
        return {id: entry for id, entry in latest.items() if entry.what == "hand_in"}

    def verify(self) -> AuditCheck:
        """Return whether every entry stands as it was written. Nothing is changed."""
        if not self.path.exists():
            lost = (
                ("审核记录的文件不见了，但末尾记号还在，请找管理员",) if self._head.exists() else ()
            )
            return AuditCheck(not lost, 0, "", lost)
        try:
            with self._open() as db:
                rows = db.execute(f"SELECT {', '.join(_COLUMNS)}, hash FROM entries ORDER BY seq")
                found = [tuple(row) for row in rows]
                problems = [*_check_guards(db), *_check_chain(found)]
        except StoreError as error:
            return AuditCheck(False, 0, "", (str(error),))
        problems += self._check_head({row[0]: row[-1] for row in found})
        head = str(found[-1][-1]) if found else ""
        return AuditCheck(not problems, len(found), head, tuple(problems))

    # ── inside ─────────────────────────────────────────────────────────────

    @contextmanager
    def _open(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if make:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            mode = "rwc" if make else "rw"
            uri = f"{self.path.resolve().as_uri()}?mode={mode}"
            db = sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                db.execute("PRAGMA synchronous = FULL")
                if make:
                    _create(db)
                    with contextlib.suppress(OSError):
                        self.path.chmod(0o600)
                yield db
            finally:
                db.close()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self.path}：审核记录读写不了（{error}），请检查权限和磁盘，或从备份恢复"
            ) from error

    def _write_head(self, seq: int, made: str) -> None:
        write_whole(self._head, f"{seq} {made}\n")

    def _check_head(self, hashes: Mapping[int, str]) -> list[str]:
        """The end of the log against the second file; the file may be a step behind where
        the power went between the two."""
        try:
            number, made = self._head.read_text(encoding="ascii").split()
            seq = int(number)
        except FileNotFoundError:
            return ["末尾记号（audit.head）不见了，不能确认末尾没有被删"] if hashes else []
        except (OSError, ValueError):
            return ["末尾记号（audit.head）读不出来，不能确认末尾没有被删"]
        if seq not in hashes:
            return [f"记到第 {seq} 条，现在只有 {max(hashes, default=0)} 条：末尾被删过"]
        if hashes[seq] != made:
            return [f"第 {seq} 条与末尾记号对不上：整段被改写过"]
        return []


def _create(db: sqlite3.Connection) -> None:
    """Make the table and its guards where there are none; a guard that was taken away is
    not put back silently, so that :meth:`AuditLog.verify` tells."""
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
            raise sqlite3.DatabaseError("不是审核记录的文件")
        return
    db.execute("BEGIN IMMEDIATE")
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.execute(_TABLE)
        for guard in _GUARDS.values():
            db.execute(guard)
        db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    db.execute("COMMIT")


def _check_guards(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    kept = dict(rows)
    if kept == _GUARDS:
        return []
    return ["防改的保护被拆掉或改过了，请找管理员"]


def _check_chain(rows: list[tuple[object, ...]]) -> list[str]:
    problems: list[str] = []
    previous = ""
    for count, row in enumerate(rows, 1):
        values, made = row[:-1], str(row[-1])
        if values[0] != count:
            problems.append(f"第 {count} 条缺了：被删过")
            break
        if values[-1] != previous:
            problems.append(f"第 {count} 条与前一条接不上：前面被改过或删过")
        if _hash(values) != made:
            problems.append(f"第 {count} 条的内容被改过")
        previous = made
    return problems


def _hash(values: tuple[object, ...]) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read_detail(text: str) -> Mapping[str, str | None]:
    try:
        found = json.loads(text)
    except ValueError:  # edited around the guards; verify says so
        found = None
    return found if isinstance(found, dict) else {"reason": text}


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def tell_deed(entry: Entry) -> str:
    """Return what was done as the log tells it: 要改, 可以不改（误报）, 可以不改（有依据）, of a
    commitment 同意承诺."""
    if entry.what == "dismiss" and entry.detail.get("rule") in PROMISES:
        return "同意承诺"
    grounded = entry.what == "dismiss" and entry.detail.get("basis")
    return f"{WHAT['dismiss']}（有依据）" if grounded else WHAT.get(entry.what, entry.what)


def tell_day(at: str) -> str:
    """Return an entry's day on this machine's clock: 11月27日; as :func:`tell_time` does."""
    try:
        day = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{day.month}月{day.day}日"


def tell_time(at: str) -> str:
    """Return an entry's time on this machine's clock; as it stands where it is none (an
    entry that was edited around the guards)."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at

"""What was made of each proposal of a list, kept in the folder of the drafts.

One JSON file a proposal under ``OUT/进度``, written whole: a run that was killed goes on
where it ended, and every file can be opened by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from replygen.errors import StoreError
from replygen.language.files import write_whole
from replygen.models import StanceKind
from replygen.service.lists.workbook import Assignment
from replygen.service.naming import plain_name

PROGRESS, OVERVIEW = "进度", "总览.xlsx"  # beside the drafts
_VERSION = 1
State = Literal["made", "failed", "missing", "waiting"]


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask of a proposal: how it is answered, its single demands, what stays open in its
    part of the draft, and how many of its commitments wait for somebody to confirm them."""

    order: int
    topic: str
    text: str
    stance: StanceKind | None
    reason: str
    slots: tuple[str, ...] = ()
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding on a draft, as a list shows it."""

    rule: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A reply of our own from an earlier year that answers asks of this proposal: which
    (by order), and how surely the judge says so (0..1). ``same`` are the asks that it
    answers outright: the proposal asks again for what was answered then."""

    document: str
    title: str
    date: str | None
    asks: tuple[int, ...]
    relevance: float
    same: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A proposal of the list and how far it is: ``docx`` is the draft's path in the folder,
    ``edited`` says that somebody changed it since; ``why`` is the reason where there is
    none. ``confirm`` counts the commitments that nobody confirmed."""

    assignment: Assignment
    state: State
    file: str | None = None
    sha256: str | None = None
    docx: str | None = None
    docx_sha256: str | None = None
    title: str | None = None
    asks: tuple[AskRow, ...] = ()
    slots: tuple[str, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    earlier: tuple[EarlierRow, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str | None = None
    edited: bool = False

    @property
    def name(self) -> str:
        """What people call it: 第0126号《…》."""
        return replace(self.assignment, title=self.assignment.title or self.title).name

    @property
    def confirm(self) -> int:
        """How many commitments wait for somebody to confirm them."""
        return sum(ask.unconfirmed for ask in self.asks)

    @property
    def blocks(self) -> int:
        """How many findings must be mended before a final letter; open slots and
        commitments, which are counted apart, left out."""
        apart = ("slot.open", "promise.unconfirmed")
        return sum(f.severity == "block" and f.rule not in apart for f in self.findings)

    @property
    def words(self) -> str:
        """One phrase for how far it is."""
        if self.state == "missing":
            return "没有找到文件"
        if self.state == "failed":
            return "没有做成"
        if self.state == "waiting":
            return "还没有起草"
        if self.edited:
            return "已起草，后来改过"
        left = (
            (self.blocks, "必须改 {} 处"),
            (len(self.slots), "待填 {} 处"),
            (self.confirm, "待确认承诺 {} 句"),
        )
        summary = "，".join(words.format(count) for count, words in left if count)
        return f"已起草，{summary}" if summary else "已起草，可定稿"


class Progress:
    """The rows that were stored in one folder of drafts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / PROGRESS
        self._out = folder

    def load(self, row: Assignment) -> ListRow | None:
        """Return what was stored for a row, with the list's words of today; None where
        nothing was, or what was cannot be read (it is then made again)."""
        found = self._read(self._path(row))
        return None if found is None else replace(found, assignment=row)

    def find_moved(self, rows: Iterable[Assignment]) -> dict[str, ListRow]:
        """Return the drafts that no row has any more, by the SHA-256 of their proposals: the
        list names these in other words now."""
        known = {self._path(row).name for row in rows}
        found = (self._read(p) for p in sorted(self.folder.glob("*-*.json")) if p.name not in known)
        return {row.sha256: row for row in found if row and row.state == "made" and row.sha256}

    def _read(self, path: Path) -> ListRow | None:
        try:
            found = _from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        docx = None if found.docx is None else self._out / found.docx
        if found.state == "made" and (docx is None or not docx.is_file()):
            return None
        return replace(found, edited=docx is not None and hash_file(docx) != found.docx_sha256)

    def store(self, row: ListRow) -> None:
        """Keep a row. Raises StoreError."""
        table = {"version": _VERSION, **asdict(row)}
        path = self._path(row.assignment)
        try:
            write_whole(path, json.dumps(table, ensure_ascii=False, indent=1))
        except OSError as error:
            raise StoreError(
                f"{path}：写不进去（{error.strerror}），请检查权限和磁盘，再运行一次会接着做"
            ) from error

    def claimed(self, rows: Iterable[Assignment]) -> dict[str, str]:
        """Return the stored rows' drafts: file name -> the row's key."""
        return {
            found.docx: key_of(row)
            for row in rows
            if (found := self.load(row)) is not None and found.docx
        }

    def _path(self, row: Assignment) -> Path:
        return self.folder / f"{key_of(row)}.json"


def key_of(row: Assignment) -> str:
    """Return what a row is kept under: its number, and a hash of number and title, so that
    two proposals of one number are kept apart."""
    digest = hashlib.sha256(f"{row.number}\n{row.title}".encode()).hexdigest()[:8]
    return f"{plain_name(row.number or '无号')}-{digest}"


def hash_file(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _from_json(table: dict[str, Any]) -> ListRow:
    if table.pop("version") != _VERSION:
        raise ValueError("version")
    given = table["assignment"]
    names = ("proposers", "co_hosts")
    assignment = Assignment(**{**given, **{n: tuple(given[n]) for n in names}})
    return ListRow(
        **{
            **{f.name: table[f.name] for f in fields(ListRow)},
            "assignment": assignment,
            "asks": tuple(AskRow(**{**a, "slots": tuple(a["slots"])}) for a in table["asks"]),
            "slots": tuple(table["slots"]),
            "findings": tuple(FindingRow(**f) for f in table["findings"]),
            "earlier": tuple(
                EarlierRow(**{**e, "asks": tuple(e["asks"]), "same": tuple(e["same"])})
                for e in table["earlier"]
            ),
            "warnings": tuple(table["warnings"]),
        }
    )

"""The year's list made: a draft for each proposal, one after the other, and taken up again.

A run that is killed loses at most the draft at hand. What was made is not made again, what
failed is tried again, and a draft that somebody has worked on is never written over.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from replygen.errors import EncoderMismatch, ReadError, ReplygenError, StoreError
from replygen.language.files import hold_lock
from replygen.models import Draft, Proposal
from replygen.service.desk import Desk
from replygen.service.lists.matching import Matched, Matches, match_files
from replygen.service.lists.twins import find_earlier
from replygen.service.lists.work import (
    OVERVIEW,
    PROGRESS,
    AskRow,
    FindingRow,
    ListRow,
    Progress,
    hash_file,
    key_of,
)
from replygen.service.lists.workbook import Assignment, read_list
from replygen.service.naming import plain_name
from replygen.workspace import find_deadline

OnRow = Callable[[int, str], None]  # how many are gone through, which is at hand
_LOCK = "运行.lock"  # in the folder of the progress, while a run is at it
_NAMES = 1000  # drafts of one name


@dataclass(frozen=True, slots=True)
class Made:
    """What a run did: the rows, the files that are no row's, how many drafts it made now
    and how many it found made."""

    rows: tuple[ListRow, ...]
    left: tuple[tuple[str, str], ...]
    made: int
    kept: int


def match_list(desk: Desk, list_path: Path, proposals: Path, out: Path) -> Matches:
    """Return the rows of a list with their files, and make the folder of their drafts.
    Raises ReadError for a list or a folder that cannot be read, or of which nothing fits,
    StoreError."""
    settings = desk.settings
    assignments = add_deadlines(
        read_list(list_path, limits=settings.limits), settings.profile.scheme
    )
    progress = Progress(out)
    matches = match_files(
        assignments,
        proposals,
        limits=settings.limits,
        profile=settings.profile,
        apart=(list_path, *_list_ours(out, proposals, progress.claimed(assignments))),
    )
    _open(progress)
    if not any(m.file or progress.load(m.row) for m in matches.rows):
        raise ReadError(
            str(proposals), f"没有一份文件和清单对得上（清单 {len(assignments)} 件），请检查文件夹"
        )
    return matches


@contextmanager
def lock_list(out: Path) -> Iterator[None]:
    """Keep the folder of the drafts to this run. Raises StoreError where another one is at it."""
    path = Progress(out).folder / _LOCK
    with ExitStack() as stack:
        try:
            held = stack.enter_context(hold_lock(path))
        except sqlite3.Error as error:
            raise StoreError(f"{path}：写不进去（{error}），请检查权限和磁盘") from error
        if not held:
            raise StoreError(f"{out}：另一次 batch 正在写这个文件夹，等它做完，或用 -o 换一个")
        yield


def make_drafts(
    desk: Desk,
    matches: Matches,
    out: Path,
    *,
    on_row: OnRow | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Made:
    """Make the drafts of matched proposals that are not made yet in ``out``; ``on_row`` hears
    (how many, which). A proposal that fails is named and the rest goes on. Raises
    StoreError."""
    progress = Progress(out)
    claimed = progress.claimed([m.row for m in matches.rows])
    moved = progress.find_moved([m.row for m in matches.rows])
    rows: list[ListRow] = []
    made = kept = 0
    for number, matched in enumerate(matches.rows, 1):
        old = progress.load(matched.row)
        if old is None and matched.file is not None and matched.file.sha256 in moved:
            old = replace(moved.pop(matched.file.sha256), assignment=matched.row)
            progress.store(old)
        if _stands(old, matched):
            assert old is not None
            rows.append(replace(old, warnings=_merge(old.warnings, matched.warnings)))
            kept += 1
        elif matched.file is None:
            rows.append(ListRow(matched.row, "missing", why=matched.why))
        elif stopped():
            rows.append(ListRow(matched.row, "waiting", file=matched.file.path))
        else:
            row = _make_one(desk, matched, old, out, claimed)
            progress.store(row)
            _put_in_place(out, row)
            rows.append(row)
            made += row.state == "made"
        if on_row is not None:
            on_row(number, f"共 {len(matches.rows)} 件，{matched.row.name}")
    return Made(tuple(rows), matches.left, made, kept)


def _stands(old: ListRow | None, matched: Matched) -> bool:
    """Return whether the stored draft is of the file as it is; one whose file is not in the
    folder any more stands too."""
    if old is None or old.state != "made":
        return False
    return matched.file is None or old.sha256 == matched.file.sha256


def _make_one(
    desk: Desk, matched: Matched, old: ListRow | None, out: Path, claimed: dict[str, str]
) -> ListRow:
    file, proposal = matched.file, matched.proposal
    assert file is not None and proposal is not None
    row = ListRow(
        matched.row,
        "failed",
        file=file.path,
        sha256=file.sha256,
        title=proposal.title,
        warnings=_merge(proposal.warnings, matched.warnings),
    )
    part = _part(out, matched.row)
    try:
        result = desk.draft(proposal, output=part)
    except (StoreError, EncoderMismatch):
        raise  # the index is of all of them
    except ReplygenError as error:
        return replace(row, why=str(error))
    except Exception as error:  # one proposal must not end the others
        logging.getLogger("replygen.service.lists").exception("draft failed")
        return replace(row, why=f"程序内部出错（{type(error).__name__}），请报告这个问题")
    if old is not None and old.state == "made":
        row = replace(row, warnings=(*row.warnings, _tell_changed(old)))
    name = _choose_name(out, matched.row, old, claimed)
    claimed[name] = key_of(matched.row)
    return replace(
        row,
        state="made",
        docx=name,
        docx_sha256=hash_file(part),
        asks=_read_asks(proposal, result.draft),
        slots=tuple(slot.text for slot in result.draft.slots),
        findings=tuple(FindingRow(f.rule, f.severity, f.message) for f in result.report.findings),
        earlier=find_earlier(proposal, result.draft, desk.index, desk.judge),
    )


def _tell_changed(old: ListRow) -> str:
    if old.edited:
        return f"提案文件变了，已重新起草；{old.docx} 有人改过，留着没有动"
    return "提案文件变了，已重新起草"


def _read_asks(proposal: Proposal, draft: Draft) -> tuple[AskRow, ...]:
    stances = {stance.order: stance for stance in draft.stances}
    rows = []
    for ask in proposal.asks:
        stance = stances.get(ask.order)
        reasons = dict.fromkeys(d.reason for d in stance.demands) if stance else {}
        rows.append(
            AskRow(
                order=ask.order,
                topic=ask.topic,
                text=ask.text,
                stance=stance.kind if stance else None,
                reason="；".join(reasons),
                slots=tuple(
                    slot.text
                    for block in draft.blocks
                    for sentence in block.sentences
                    if sentence.ask == ask.order
                    for slot in sentence.slots
                ),
                unconfirmed=sum(s.ask == ask.order for s in draft.unconfirmed),
            )
        )
    return tuple(rows)


# ── places ─────────────────────────────────────────────────────────────────


def _open(progress: Progress) -> None:
    try:
        progress.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{progress.folder}：不能建这个文件夹（{error.strerror}），请用 -o 换一个位置"
        ) from error


def _list_ours(out: Path, proposals: Path, claimed: Iterable[str]) -> tuple[Path, ...]:
    """Return what of ours may lie among the proposals: the whole folder of the drafts, or the
    drafts one by one where they are written into the proposals' own folder."""
    if out.resolve() != proposals.resolve() and out.resolve().is_relative_to(proposals.resolve()):
        return (out,)
    return (out / PROGRESS, out / OVERVIEW, *(out / name for name in claimed))


def _part(out: Path, row: Assignment) -> Path:
    return Progress(out).folder / f"{key_of(row)}.docx"


def _put_in_place(out: Path, row: ListRow) -> None:
    """Move a finished draft to its name; the record was stored before, and counts as nothing
    until the draft is there. Raises StoreError."""
    if row.docx is None:
        return
    try:
        os.replace(_part(out, row.assignment), out / row.docx)
    except OSError as error:
        raise StoreError(
            f"{out / row.docx}：写不进去（{error.strerror}）；如果正在 Word 里打开，请先关闭再运行"
        ) from error


def _choose_name(out: Path, row: Assignment, old: ListRow | None, claimed: dict[str, str]) -> str:
    """Return the draft's file name: that of an older one nobody worked on, else a free one."""
    if old is not None and old.docx is not None and not old.edited:
        return old.docx
    stem = plain_name(f"第{row.number}号" if row.number else row.title or "提案")
    for number in range(1, _NAMES):
        name = f"{stem}-答复草稿{'' if number == 1 else f'-{number}'}.docx"
        if claimed.get(name, key_of(row)) == key_of(row) and not (out / name).exists():
            return name
    raise StoreError(f"{out}：同名草稿太多，请用 -o 换一个文件夹")


def _merge(*parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in parts for text in part))


def add_deadlines(rows: Sequence[Assignment], scheme: str) -> tuple[Assignment, ...]:
    """Return the rows with the deadline of the local rules where the list tells only the day
    on which it was handed over."""
    return tuple(
        row
        if row.deadline or row.told or not row.assigned
        else replace(
            row,
            deadline=find_deadline(date.fromisoformat(row.assigned), scheme=scheme).isoformat(),
        )
        for row in rows
    )

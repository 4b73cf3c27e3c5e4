"""Copies of a finished draft: with form faults put right, with the
findings as comments, clean of our marks, for the public;
and the sweep over what is kept for drafting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from replygen.checking import Edit, find_forbidden, fix_texts
from replygen.errors import ExportBlocked, ReadError, SettingsError
from replygen.laws import load_register
from replygen.models import CheckReport
from replygen.reading import read_source
from replygen.service.finals import tell_blocked, write_letter
from replygen.service.stale import Audit, audit_index
from replygen.settings import resource
from replygen.word import (
    Removed,
    comment_docx,
    edit_docx,
    fix_text_file,
    publish_text_file,
    read_docx_draft,
    texts_to_docx,
    track_docx,
    write_clean,
    write_public,
)
from replygen.word.placing import place_unanswered

if TYPE_CHECKING:
    from replygen.service.adding import Progress
    from replygen.service.desk import Desk


@dataclass(frozen=True, slots=True)
class FixResult:
    """Safe fixes: where the fixed draft lies (``None`` where nothing was to be done) and
    the edits made."""

    path: Path | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class CommentResult:
    """A checked draft with its findings as comments: where it lies, the corrections that stand
    in it as tracked changes, and what the check said."""

    path: Path
    edits: tuple[Edit, ...]
    report: CheckReport


@dataclass(frozen=True, slots=True)
class CopyResult:
    """A clean or public copy: where it lies, ``None`` when it was refused (``report`` and
    ``refused`` say why), and what was taken out."""

    path: Path | None
    removed: tuple[Removed, ...]
    report: CheckReport
    refused: tuple[str, ...] = ()
    copies: tuple[Path, ...] = ()


def fix_draft(desk: Desk, path: Path, *, output: Path | None = None) -> FixResult:
    """Put right the form faults of a draft that have one right form, in a copy
    (``<name>-已修正`` unless ``output`` names it). Raises ReadError, ExportError."""
    text = _is_text(desk, path)
    paragraphs, _ = desk.read_draft(path) if text else read_docx_draft(path)
    _, rounds = fix_texts(paragraphs)
    if not rounds and output is None:
        return FixResult(None, ())
    target = output or path.with_name(f"{path.stem}-已修正{path.suffix}")
    if text:
        rounds = fix_text_file(path, target)
    else:
        edit_docx(path, target, rounds)
    return FixResult(target, tuple(edit for edits in rounds for edit in edits))


def comment_draft(
    desk: Desk,
    path: Path,
    output: Path,
    *,
    proposal: Path | None = None,
    report: Path | None = None,
    fix: bool = False,
) -> CommentResult:
    """Check a draft and write a copy (.docx) with each finding as a comment at its place; with
    ``fix`` the corrections that have one right form stand in it as tracked changes, and what
    is checked is the draft with all of them accepted. A draft in .txt or .md becomes a plain
    .docx. Raises ReadError, SettingsError (``output``), ExportError."""
    if output.suffix.lower() != ".docx":
        raise SettingsError(f"{output}：批注稿是 Word 文件，请写成 .docx 结尾的名字")
    if output.resolve() == path.resolve():
        raise SettingsError(f"{output}：批注稿要另存，不能写在原稿上，请换一个名字")
    paragraphs, _ = desk.read_draft(path) if _is_text(desk, path) else read_docx_draft(path)
    rounds = fix_texts(paragraphs)[1] if fix else ()
    with TemporaryDirectory(prefix="replygen-") as folder:
        copy = Path(folder) / path.name  # the log knows a paper without a title by it
        source = texts_to_docx(paragraphs, copy) if _is_text(desk, path) else path
        track_docx(source, copy, rounds)
        result = desk.check(copy, proposal=proposal, report=report)
        findings = place_unanswered(result.findings, result.coverage, paragraphs)
        comment_docx(copy, output, findings)
    return CommentResult(output, tuple(e for edits in rounds for e in edits), result)


def publish_draft(
    desk: Desk,
    path: Path,
    *,
    output: Path | None = None,
    proposal: Path | None = None,
    report: CheckReport | None = None,
) -> CopyResult:
    """Write the public copy of a draft (``<name>-公开``): without contact data, signer,
    internal marks, comments and sources. Refused while a block is open and where the
    paper itself says that it is not public. ``report`` is what a check just said of this
    paper. Raises ReadError, ExportError."""
    report = report or desk.check(path, proposal=proposal)
    paragraphs, _ = desk.read_draft(path)
    refused = [
        f"第 {n + 1} 段{why}（{text}），不能公开" for n, text, why in find_forbidden(paragraphs)
    ]
    if (blocked := tell_blocked(report)) is not None:
        refused.append(blocked)
    if refused:
        return CopyResult(None, (), report, tuple(refused))
    target = output or path.with_name(f"{path.stem}-公开{path.suffix}")
    write = publish_text_file if _is_text(desk, path) else write_public
    return CopyResult(target, write(path, target), report)


def clean_draft(
    desk: Desk,
    path: Path,
    *,
    output: Path | None = None,
    proposal: Path | None = None,
    drop_sources: bool = False,
) -> CopyResult:
    """Write a copy of a .docx without comments and colours (``<name>-净稿``), refused
    while a block is open; with ``drop_sources`` the data part goes as well. Where the
    scheme answers each signatory apart, ``copies`` are the letters to each. Raises
    ReadError, ExportError."""
    if _is_text(desk, path):
        raise ReadError(str(path), "净稿只对 .docx 有用，文本稿没有批注和颜色")
    report = desk.check(path, proposal=proposal)
    target = output or path.with_name(f"{path.stem}-净稿{path.suffix}")
    removed: list[Removed] = []

    def write(place: Path) -> None:
        removed.extend(write_clean(path, place, drop_sources=drop_sources))

    try:
        letter = write_letter(report, target, write, profile=desk.settings.profile)
    except ExportBlocked as error:
        return CopyResult(None, (), report, (str(error),))
    return CopyResult(target, tuple(removed), report, copies=letter.copies)


def audit_desk(desk: Desk, *, progress: Progress | None = None) -> Audit:
    """Return what the index and the shipped forms cite that is no longer in force today.
    Raises StoreError."""
    forms = [
        (f"templates/{p.parent.name}/{p.name}", p.read_text(encoding="utf-8"))
        for p in sorted(resource("templates").rglob("*.toml"))
    ]
    register = load_register(desk.index)
    return audit_index(desk.index, register, on=date.today(), forms=forms, progress=progress)


def _is_text(desk: Desk, path: Path) -> bool:
    """True for a draft that is plain text, whatever its name says."""
    return read_source(path, limits=desk.settings.limits).format in ("txt", "md")

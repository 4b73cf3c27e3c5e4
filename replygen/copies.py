"""Copies of a finished draft: with form faults put right, clean of our marks, for the public;
and the sweep over what is kept for drafting."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.checking import (
    Audit,
    Edit,
    address_each,
    audit_index,
    find_forbidden,
    fix_texts,
    load_register,
    says_each,
)
from replygen.errors import ReadError
from replygen.export import (
    Removed,
    edit_docx,
    fix_text_file,
    publish_text_file,
    read_docx_draft,
    write_clean,
    write_public,
)
from replygen.export.writing import write_whole
from replygen.models import Channel, CheckReport
from replygen.reading import read_source
from replygen.settings import resource

if TYPE_CHECKING:
    from replygen.batches import Progress
    from replygen.desk import Desk


@dataclass(frozen=True, slots=True)
class FixResult:
    """Safe fixes: where the fixed draft lies (``None`` where nothing was to be done) and
    the edits made."""

    path: Path | None
    edits: tuple[Edit, ...]


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
    if report.blocked:
        refused.append("还有必须改的问题，改完再生成公开稿")
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
    if report.blocked:
        return CopyResult(None, (), report, ("还有必须改的问题，改完再去掉批注和颜色",))
    target = output or path.with_name(f"{path.stem}-净稿{path.suffix}")
    removed = write_clean(path, target, drop_sources=drop_sources)
    return CopyResult(target, removed, report, copies=write_signatory_copies(desk, target))


def write_signatory_copies(desk: Desk, path: Path) -> tuple[Path, ...]:
    """Write one copy of a finished .docx for each of several signatories
    (``<name>-林静.docx``) where the unit's scheme says so; return where they lie, none where
    one letter does. Raises ReadError, ExportError."""
    paragraphs, _ = desk.read_draft(path)
    head = "".join(paragraphs[:12])
    channel: Channel = "npc" if "人大" in head or "人民代表大会" in head else "cppcc"
    if not says_each(desk.settings.profile.scheme, channel):
        return ()
    return tuple(
        edit_docx(path, path.with_name(f"{path.stem}-{name}{path.suffix}"), [edits])
        for name, edits in address_each(paragraphs)
    )


def pack_letters(path: Path, letters: Sequence[Path]) -> Path:
    """Return the one file to hand over: ``path``, or where there are ``letters`` to each
    signatory a .zip beside it with the letter to all and those. Raises ExportError."""
    if not letters:
        return path
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in (path, *letters):
            archive.write(letter, letter.name)
    return write_whole(path.with_suffix(".zip"), stream.getvalue())


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

"""The one road to a final letter.

A draft from the command line or the page, a reviewed .docx, a .docx cleaned by command: all
become final here, by one rule. Nothing is written while a finding of severity ``block`` is
open in the report as the reviewers left it (:mod:`replygen.service.decisions`): a fact of
another place, a citation that does not hold, an ask without an answer, an open slot, a
commitment that nobody confirmed. What differs is only how the .docx comes about: composed
anew without comments, or a copy of the edited file without them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from replygen.checking import address_each, says_each
from replygen.errors import ExportBlocked
from replygen.models import Channel, CheckReport
from replygen.settings import Profile
from replygen.word import edit_docx, read_docx_draft
from replygen.word.writing import write_whole


@dataclass(frozen=True, slots=True)
class Letter:
    """A final letter: where it lies, and the letters to each signatory where each gets one."""

    docx: Path
    copies: tuple[Path, ...] = ()


def tell_blocked(report: CheckReport) -> str | None:
    """Return why a paper cannot become final yet, ``None`` when it can."""
    count = sum(finding.severity == "block" for finding in report.findings)
    return f"还有 {count} 处必须改的问题，改完再出定稿" if count else None


def write_letter(
    report: CheckReport, output: Path, write: Callable[[Path], object], *, profile: Profile
) -> Letter:
    """Have ``write`` make the final .docx at ``output``, and where the unit's scheme answers
    each signatory apart a copy for each. Raises ExportBlocked while ``report`` blocks, and
    what ``write`` raises."""
    blocked = tell_blocked(report)
    if blocked is not None:
        raise ExportBlocked(blocked)
    write(output)
    return Letter(output, _write_copies(output, profile))


def _write_copies(path: Path, profile: Profile) -> tuple[Path, ...]:
    """Write one copy for each of several signatories (``<name>-林静.docx``)."""
    paragraphs, _ = read_docx_draft(path)
    head = "".join(paragraphs[:12])
    channel: Channel = "npc" if "人大" in head or "人民代表大会" in head else "cppcc"
    if not says_each(profile.scheme, channel):
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

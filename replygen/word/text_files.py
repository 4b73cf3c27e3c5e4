"""The same edits and copies for drafts in .txt and .md: line by line, marks of Markdown stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from replygen.checking import Edit, apply_edits, find_private, fix_texts
from replygen.errors import ReadError
from replygen.reading.encoding import decode_text
from replygen.word.public import Removed, tell_edit
from replygen.word.writing import write_whole

_LINE_END = re.compile(r"\r\n|\r|\n")
# "## 二、下一步", "- 一是完善": what stands before the paragraph's text
_PREFIX = re.compile(r"\s{0,3}#{1,6}[ \t]+(?=\S)|[ \t]*[-*+][ \t]+(?=\S)")


def fix_text_file(path: Path, output: Path) -> tuple[tuple[Edit, ...], ...]:
    """Write the file with the safe fixes made (UTF-8, line ends kept); return the edits round
    by round. Raises ReadError, ExportError."""
    prefixes, texts, ends = _split(path)
    fixed, rounds = fix_texts(texts)
    _write(output, prefixes, fixed, ends)
    return rounds


def publish_text_file(path: Path, output: Path) -> tuple[Removed, ...]:
    """Write the file without contact data, signer and internal marks (UTF-8); return what
    was taken out. Raises ReadError, ExportError."""
    prefixes, texts, ends = _split(path)
    edits = find_private(texts)
    gone = {e.paragraph for e in edits if e.whole}
    kept = [n for n in range(len(texts)) if n not in gone]
    cleaned = [apply_edits(texts[n], [e for e in edits if e.paragraph == n]) for n in kept]
    _write(output, [prefixes[n] for n in kept], cleaned, [ends[n] for n in kept])
    return tuple(Removed(e.message, tell_edit(e), e.paragraph) for e in edits)


def _split(path: Path) -> tuple[list[str], list[str], list[str]]:
    """The lines' prefixes, texts and ends."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(str(path), f"打不开（{error.strerror}），请检查路径") from error
    text, _ = decode_text(str(path), data)
    ends = [*_LINE_END.findall(text), ""]
    prefixes, texts = [], []
    for line in _LINE_END.split(text):
        mark = _PREFIX.match(line)
        at = mark.end() if mark else 0
        prefixes.append(line[:at])
        texts.append(line[at:])
    return prefixes, texts, ends


def _write(
    output: Path, prefixes: Sequence[str], texts: Sequence[str], ends: Sequence[str]
) -> None:
    lines = (p + t + e for p, t, e in zip(prefixes, texts, ends, strict=True))
    write_whole(output, "".join(lines).encode())

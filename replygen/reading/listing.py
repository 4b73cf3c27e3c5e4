"""What there is to read, before it is read: the files of a folder, and how many there are."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_ARCHIVE = b"PK\x03\x04"
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def list_files(folder: Path, *, inside: Path) -> tuple[Path, ...]:
    """Return the files below ``folder``, sorted, hidden ones and Office's lock files left
    out. A link that leads out of ``inside`` is left out as well: who may write to a shared
    folder must not be able to have another file of the server read."""
    root = inside.resolve()
    return tuple(f for f in walk_files(folder) if _is_inside(f, root))


def count_files(paths: Iterable[Path], *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Return about how many files :func:`read_all` will give for ``paths``: those in folders
    and archives counted, an archive inside another as one. 0 for a path that does not
    exist. Counting ends early when ``stopped`` says so."""
    count = 0
    for path in paths:
        for file in walk_files(path) if path.is_dir() else (path,):
            if stopped():
                return count
            count += _count_members(file)
    return count


def walk_files(folder: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the files below a folder, sorted, the system's left out; links to folders are
    not followed. ``onerror`` is told of folders that cannot be opened."""
    for root, folders, files in os.walk(folder, onerror=onerror):
        folders[:] = sorted(f for f in folders if not is_skipped(f))
        yield from (Path(root) / name for name in sorted(files) if not is_skipped(name))


def is_skipped(name: str) -> bool:
    """True for what is the system's: .hidden, ~$lock.docx, Thumbs.db, __MACOSX."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES


def _is_inside(file: Path, root: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _count_members(file: Path) -> int:
    try:
        if file.exists() and not file.is_file():
            return 1  # a pipe would keep who opens it waiting
        with file.open("rb") as opened:
            if opened.read(4) != _ARCHIVE:
                return 1
        with zipfile.ZipFile(file) as archive:
            if not archive.NameToInfo.keys().isdisjoint(("[Content_Types].xml", "OFD.xml")):
                return 1
            return sum(
                not info.is_dir() and not any(map(is_skipped, info.filename.split("/")))
                for info in archive.infolist()
            )
    except FileNotFoundError:
        return 0
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 1

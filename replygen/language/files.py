"""A file that is written whole or not at all, and a lock that one process holds."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a new file beside ``path`` to be written; when the block ends without an error it
    is flushed and takes the place of ``path``. A reader sees the old file or the new one, a
    crash leaves the old one. The mode is the old file's, else what the umask leaves;
    ``private`` is for the owner alone. Raises OSError, the folder is made where it is missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".replygen-", suffix=path.suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.chmod(0o600 if private else _mode(path))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes | str, *, private: bool = False) -> None:
    """Write ``data`` (text as UTF-8) with :func:`whole_file`. Raises OSError."""
    with whole_file(path, private=private) as part:
        part.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def hold_lock(path: Path) -> Iterator[bool]:
    """Give True while this process alone holds the lock file, False when another one (or
    another thread) does. The lock ends with its process, however that ends, on every system:
    SQLite locks the file. Raises sqlite3.Error where the file cannot be made."""
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            held = True
        except sqlite3.OperationalError:
            held = False
        yield held
    finally:
        lock.close()


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

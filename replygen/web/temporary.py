"""Uploads and answers of a running page lie in one folder that only its account can open,
and that goes with the server."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = re.compile(r"replygen-page-(?P<server>\d+)-\w+")


@contextmanager
def private_folder() -> Iterator[Path]:
    """Let every temporary file of this process lie in a folder of its own meanwhile, and
    remove what servers that were killed have left."""
    before = tempfile.gettempdir()
    _remove_left(Path(before))
    folder = Path(tempfile.mkdtemp(prefix=f"replygen-page-{os.getpid()}-"))
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left(where: Path) -> None:
    for folder in where.glob("replygen-page-*"):
        found = _NAME.fullmatch(folder.name)
        if found and not folder.is_symlink() and not _runs(int(found["server"])):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name == "nt":  # there a signal would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return process != os.getpid()  # a folder under this number is an earlier server's

"""Work as it lies on the disk beside a draft: its steps, and what its windows show."""

from __future__ import annotations

import zlib

from replygen.errors import StoreError
from replygen.workspace.work import Work, work_from_json, work_to_json


def pack_work(work: Work) -> bytes:
    """Return work small."""
    return zlib.compress(work_to_json(work).encode(), 1)


def unpack_work(packed: bytes) -> Work:
    """Return the work that ``pack_work`` packed. Raises StoreError for anything else."""
    try:
        return work_from_json(zlib.decompress(packed).decode())
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError("记下的步骤读不出来，不能撤销到那里；草稿本身没有变") from error

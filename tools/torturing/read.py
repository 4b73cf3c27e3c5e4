"""What reads the broken files: a path a line comes in, a line of JSON a file goes out.

What is read is parsed, and a .docx is opened as a draft too. Only a ReplygenError may come.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from replygen.errors import ReadError, ReplygenError
from replygen.parsing import parse_source
from replygen.reading import read_all
from replygen.service.desk import Desk
from replygen.settings import Settings


def main(scratch: Path) -> None:
    """Read what is named until the input ends."""
    desk = Desk(Settings(index=scratch / "index", work=scratch / "work"))
    for line in sys.stdin:
        path = Path(json.loads(line))
        start, others = _spent(), _spent_by_others()
        _forget_peak()
        said = {"path": str(path), **_read(desk, path)}
        said["seconds"] = _spent() - start
        said["bytes"] = _peak(with_others=_spent_by_others() > others)
        print(json.dumps(said), flush=True)


def _spent() -> float:
    """Return the processor's seconds, LibreOffice's among them: others may be at work too."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _spent_by_others() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _forget_peak() -> None:
    """Have the system count this process's peak anew: each file answers for its own."""
    with suppress(OSError):  # a system without it keeps the peak of all files
        Path("/proc/self/clear_refs").write_text("5")


def _peak(*, with_others: bool) -> int:
    """The bytes held at most, with LibreOffice's (the most it ever held) where it ran."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(OSError):
        status = Path("/proc/self/status").read_text()
        own = next((int(r.split()[1]) for r in status.splitlines() if r[:6] == "VmHWM:"), own)
    more = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if with_others else 0
    return 1024 * (own + more)


def _read(desk: Desk, path: Path) -> dict[str, object]:
    texts, errors = [], []
    try:
        for got in read_all([path]):
            if isinstance(got, ReadError):
                errors.append(str(got))
            else:
                parse_source(got)
                texts.append(got.text[:10_000])
        if path.suffix == ".docx" and path.is_file():
            desk.read_draft(path)
    except ReplygenError as error:
        errors.append(str(error))
    except Exception:
        return {"fault": traceback.format_exc()[-1500:]}
    return {"read": len(texts), "text": "\n".join(texts)[:20_000], "errors": errors[:5]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What lies in a followed folder and was not read yet: counted by names and times, not read."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from replygen.reading import walk_files
from replygen.workspace import Followed, FollowStore

_SECONDS = 2.0  # for which is looked: a page waits for it


@dataclass(frozen=True, slots=True)
class Unread:
    """The files of a folder that are ``new`` or ``changed`` since it was read; ``lost`` says
    that the folder cannot be opened, ``cut`` that there may be more."""

    new: int = 0
    changed: int = 0
    lost: bool = False
    cut: bool = False

    @property
    def words(self) -> str:
        """What is said of it, "" where everything was read."""
        if self.lost:
            return "文件夹现在打不开，可能改了名或没有挂上"
        counts = ((self.new, "新"), (self.changed, "改过的"))
        told = "、".join(f"{count} 个{what}文件" for count, what in counts if count)
        more = "（可能还有）" if self.cut else ""
        return f"有 {told}{more}，还没有读" if told else ""


def find_unread(store: FollowStore, followed: Followed) -> Unread:
    """Return what a run over a folder would find; nothing for a site, which is not asked."""
    if followed.kind != "folder":
        return Unread()
    folder = Path(followed.place)
    if not folder.is_dir():
        return Unread(lost=True)
    pages = store.pages(followed.name).values()
    known = {page.url.partition("!")[0] for page in pages if page.state != "gone"}
    ran = (
        datetime.fromisoformat(followed.ran).timestamp() + 1 if followed.ran else 0.0
    )  # kept to the second
    new = changed = 0
    end = time.monotonic() + _SECONDS
    for file in walk_files(folder):
        if str(file) not in known:
            new += 1
        elif _changed_at(file) > ran:
            changed += 1
        if time.monotonic() > end:
            return Unread(new, changed, cut=True)
    return Unread(new, changed)


def _changed_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0

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
    """The files of a folder that are ``new`` or ``changed`` since it was read, and what is
    ``gone`` of it; ``lost`` says that the folder cannot be opened, ``cut`` that there may be
    more."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    lost: bool = False
    cut: bool = False

    @property
    def count(self) -> int:
        """How many files a run would find otherwise than before."""
        return len(self.new) + len(self.changed) + len(self.gone)

    @property
    def words(self) -> str:
        """What is said of it, "" where everything was read."""
        if self.lost:
            return "文件夹现在打不开，可能改了名或没有挂上"
        counts = ((self.new, "新"), (self.changed, "改过的"))
        told = "、".join(f"{len(files)} 个{what}文件" for files, what in counts if files)
        more = "（可能还有）" if self.cut else ""
        return f"有 {told}{more}，还没有读" if told else ""


def find_unread(store: FollowStore, followed: Followed) -> Unread:
    """Return what a run over a folder would find; nothing for a site, which is not asked."""
    if followed.kind != "folder":
        return Unread()
    folder = Path(followed.place)
    if not folder.is_dir():
        return Unread(lost=True)
    pages = [page.url for page in store.pages(followed.name).values() if page.state != "gone"]
    known = {url.partition("!")[0] for url in pages}
    ran = (
        datetime.fromisoformat(followed.ran).timestamp() + 1 if followed.ran else 0.0
    )  # kept to the second
    new, changed, seen = list[str](), list[str](), set[str]()
    end = time.monotonic() + _SECONDS
    for file in walk_files(folder):
        seen.add(str(file))
        if str(file) not in known:
            new.append(str(file))
        elif _changed_at(file) > ran:
            changed.append(str(file))
        if time.monotonic() > end:
            return Unread(tuple(new), tuple(changed), cut=True)
    gone = tuple(url for url in pages if url.partition("!")[0] not in seen)
    return Unread(tuple(new), tuple(changed), gone)


def _changed_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0

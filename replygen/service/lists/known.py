"""The lists that this place works on: where each lies, which of its proposals is in whose hands.

A folder a list under ``WORK/批次``: ``来历.json`` (what was handed in, by whom), ``在办.json``
(the drafts that were opened from it), and for a list that came by the page its files and the
drafts made of them. A list that the command made stays where it is and is only named here.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from replygen.errors import StoreError
from replygen.language.files import write_whole
from replygen.service.naming import plain_name

FOLDER = "批次"
_ORIGIN, _HANDS = "来历.json", "在办.json"
_writing = Lock()


@dataclass(frozen=True, slots=True)
class YearList:
    """A list that was handed in: ``label`` for people, by whom and when (ISO, minutes), where
    the list, its proposals and its drafts lie."""

    id: str
    label: str
    by: str
    started: str
    source: str
    proposals: str
    out: str


class KnownLists:
    """The lists of one work folder. Every method raises StoreError when it cannot write."""

    def __init__(self, work: Path) -> None:
        """Nothing is made before the first list."""
        self._root = work / FOLDER

    def all(self) -> tuple[YearList, ...]:
        """Return the lists, the latest first; one whose record cannot be read is left out."""
        found = (_read(path) for path in self._root.glob(f"*/{_ORIGIN}"))
        return tuple(sorted((x for x in found if x), key=lambda x: x.started, reverse=True))

    def find(self, id: str) -> YearList:
        """Return one list. Raises StoreError where there is none of that id."""
        for known in self.all():
            if known.id == id:
                return known
        raise StoreError("这份清单不在了，请在上面另选一份")

    def take(
        self,
        source: Path,
        files: Sequence[Path] = (),
        *,
        folder: Path | None = None,
        by: str,
    ) -> YearList:
        """Keep copies of a list and of the proposals' files (or name the ``folder`` that they
        lie in), and return the list; nothing is drafted yet."""
        id = uuid.uuid4().hex[:12]
        home = self._root / id
        kept, papers = home / f"{plain_name(source.stem)}{source.suffix}", home / "提案"
        try:
            papers.mkdir(parents=True)
            shutil.copy(source, kept)
            for file in files:
                shutil.copy(file, _free(papers, file.name))
        except OSError as error:
            raise StoreError(f"{home}：写不进去（{error.strerror}），请检查权限和磁盘") from error
        proposals = papers if folder is None else folder
        places = (str(kept), str(proposals), str(home / "答复"))
        return self._write(YearList(id, source.stem, by, _now(), *places))

    def name(self, source: Path, proposals: Path, out: Path, *, by: str) -> YearList:
        """Name a list whose drafts were made elsewhere, once for each folder of drafts."""
        places = tuple(str(path.resolve()) for path in (source, proposals, out))
        old = next((x for x in self.all() if x.out == places[2]), None)
        id = old.id if old else uuid.uuid4().hex[:12]
        return self._write(YearList(id, source.stem, by, _now(), *places))

    def hands(self, id: str) -> Mapping[str, Mapping[str, str]]:
        """Return whose drafts were opened from a list: the row's key -> user -> draft."""
        try:
            table = json.loads((self._root / id / _HANDS).read_text(encoding="utf-8"))
            return {str(key): dict(users) for key, users in table.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def hand(self, id: str, key: str, user: str, draft: str) -> None:
        """Note that ``user`` has a row of the list open as ``draft``."""
        with _writing:
            table = {k: dict(users) for k, users in self.hands(id).items()}
            table.setdefault(key, {})[user] = draft
            self._put(self._root / id / _HANDS, table)

    def _write(self, known: YearList) -> YearList:
        self._put(self._root / known.id / _ORIGIN, asdict(known))
        return known

    def _put(self, path: Path, table: object) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(table, ensure_ascii=False, indent=1))
        except OSError as error:
            raise StoreError(f"{path}：写不进去（{error.strerror}），请检查权限和磁盘") from error


def _read(path: Path) -> YearList | None:
    try:
        return YearList(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _free(folder: Path, name: str) -> Path:
    """Return a path for a file: two uploads of one name are both kept."""
    stem, suffix = plain_name(Path(name).stem), Path(name).suffix
    path = folder / f"{stem}{suffix}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")

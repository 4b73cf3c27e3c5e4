"""What a batch that has not ended leaves behind: enough to be told and gone on with after the
server was stopped in between. One file in the work folder, gone when the batch is done."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from replygen.index import Index
from replygen.language.files import write_whole

_FILE = "batch.json"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A batch as far as it came: ``paths`` were to be added with the ``names`` that the index
    keeps for them, ``ours`` as our own, ``laws`` says that they were the national laws."""

    by: str
    label: str
    started: str
    paths: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    own: bool = False
    region: str | None = None
    laws: bool = False
    done: int = 0
    total: int = 0

    @property
    def there(self) -> tuple[str, ...]:
        """The paths that can still be read: uploads are gone with the server."""
        return tuple(path for path in self.paths if Path(path).exists())

    @property
    def can_go_on(self) -> bool:
        """True where anything of it can be read again."""
        return self.laws or bool(self.there) or any(Path(path).exists() for path in self.ours)

    def find_missing(self, index: Index) -> tuple[str, ...]:
        """Return the names of the uploads that have to be given once more: archives, of which
        nobody knows what is missing, and files that are not in the index."""
        known = {d.path for d in index.documents()}
        named = zip(self.paths, self.names, strict=True)
        return tuple(
            Path(name).name for path, name in named if name not in known and not Path(path).exists()
        )


def keep_unfinished(work: Path, left: Unfinished | None) -> None:
    """Write down how far a batch is, or with None that it is done. What cannot be written
    stops no batch."""
    path = work / _FILE
    with suppress(OSError):
        if left is None:
            path.unlink(missing_ok=True)
            return
        work.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(left), ensure_ascii=False), private=True)


def read_unfinished(work: Path) -> Unfinished | None:
    """Return what an earlier server left unfinished, None where nothing or nothing legible."""
    try:
        found = json.loads((work / _FILE).read_text(encoding="utf-8"))
        lists = {name: tuple(found[name]) for name in ("paths", "names", "ours")}
        return Unfinished(**{**found, **lists})
    except (OSError, ValueError, TypeError, KeyError):
        return None

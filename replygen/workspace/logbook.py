"""A small SQLite file that people keep beside the drafts (batches, sources): opened, made and
told apart in one place."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from replygen.errors import StoreError

_WAIT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Logbook:
    """The file at ``path``, called ``name`` in errors (批次的记录). ``tables`` are made in a new
    one, ``added`` in one of an earlier version; ``mark`` is its application id: a file that is
    something else is refused."""

    path: Path
    name: str
    mark: int
    tables: Sequence[str]
    added: Sequence[str] = ()

    @contextmanager
    def open(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are kept when the block ends; ``make`` makes the file.
        Raises StoreError."""
        try:
            if make:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            uri = f"{self.path.resolve().as_uri()}?mode={'rwc' if make else 'rw'}"
            db = sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS)
            try:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA synchronous = NORMAL")  # a lost last line of a log is none
                if make:
                    self._create(db)
                    with contextlib.suppress(OSError):
                        self.path.chmod(0o600)
                for table in self.added:
                    db.execute(table)
                with db:
                    yield db
            finally:
                db.close()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self.path}：{self.name}读写不了（{error}），请检查权限和磁盘，或从备份恢复"
            ) from error

    def _create(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA journal_mode = WAL")
        with db:
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                if db.execute("PRAGMA application_id").fetchone()[0] != self.mark:
                    raise sqlite3.DatabaseError(f"不是{self.name}文件")
                return
            for table in self.tables:
                db.execute(table)
            db.execute(f"PRAGMA application_id = {self.mark}")

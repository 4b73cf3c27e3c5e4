"""The store: SQLite, the truth of an index. Nothing else opens its file.

Each change is one transaction and leaves a row in ``changes``, whose ``seq`` only grows;
a cache remembers the last one it has seen and asks for what came after. Vectors that
follow later leave rows too (``op`` is then ``vectors:`` and the encoder's name).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from replygen.errors import StoreError
from replygen.index.local.schema import APPLICATION_ID, STEPS, apply_steps, read_version
from replygen.language.files import hold_lock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE_NAME = "replygen.db"
_VECTORS = "vectors:"  # the op of a change that says: these passages got vectors
_WAIT_SECONDS = 20.0  # how long a writer waits for another one
_CHUNK = 500  # SQLite's limit on ? in one statement is 999 in old builds


class Change(NamedTuple):
    """Passages ``low..high`` (row numbers, both included) were added or deleted."""

    seq: int
    op: str
    low: int
    high: int


class Store:
    """An open index database. Threads may share it: each reads through a connection of
    its own, and one writes at a time while the others go on reading."""

    def __init__(self, folder: Path) -> None:
        """Open or create the database under ``folder``. Raises StoreError."""
        self.folder = folder
        self.path = folder / FILE_NAME
        self._own = threading.local()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._opening = threading.Lock()
        self._writing = threading.RLock()
        self._closed = False
        self._written = 0  # changes that this process made
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _explain(error, self.path) from error
        self.rows("SELECT 1")

    def close(self) -> None:
        """Close the database in all threads."""
        with self._opening:
            self._closed = True
            for _, connection in self._open:
                connection.close()
            self._open.clear()

    @property
    def _db(self) -> sqlite3.Connection:
        """The connection of this thread. Raises StoreError."""
        found: sqlite3.Connection | None = getattr(self._own, "db", None)
        if found is None:
            found = self._connect()
            self._own.db = found
        return found

    def _connect(self) -> sqlite3.Connection:
        with self._opening:
            if self._closed:
                raise StoreError(f"{self.path}：索引已经关闭，请重新打开")
            for thread, connection in self._open:
                if not thread.is_alive():  # a page makes and ends many threads
                    connection.close()
            self._open = [pair for pair in self._open if pair[0].is_alive()]
            try:
                made = _connect(self.path)
            except (OSError, sqlite3.Error) as error:
                raise _explain(error, self.path) from error
            self._open.append((threading.current_thread(), made))
            return made

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one write transaction; all of it or nothing is
        kept. Raises StoreError when another writer does not end in time."""
        with self._writing:
            db = self._db
            try:
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    self._written += 1
                    db.execute("COMMIT")
                except BaseException:
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
            except (OSError, sqlite3.Error) as error:
                raise _explain(error, self.path) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return the rows of a query. Raises StoreError."""
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _explain(error, self.path) from error

    def row(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None. Raises StoreError."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """Return the one whole number that a query asks for; 0 where it is NULL."""
        row = self.row(sql, values)
        return int(row[0] or 0) if row else 0

    def rows_in(self, sql: str, values: Iterable[object]) -> list[sqlite3.Row]:
        """Return the rows of a query whose ``{}`` stands for a list of any length."""
        found: list[sqlite3.Row] = []
        items = list(values)
        for i in range(0, len(items), _CHUNK):
            part = items[i : i + _CHUNK]
            found += self.rows(sql.format(",".join("?" * len(part))), part)
        return found

    @property
    def identity(self) -> str:
        """The random name that this database got when it was made; a cache of another
        one must not be taken for its own."""
        row = self.row("SELECT value FROM meta WHERE key = 'store'")
        return str(row[0]) if row else ""

    @property
    def schema(self) -> int:
        """How many schema steps the database has had."""
        return read_version(self._db)

    def edition(self) -> Hashable:
        """Return what is another after every change, by whomever: how often this process
        wrote, and how the database and its log lie on the disk."""
        log = self.path.with_name(f"{self.path.name}-wal")
        stats = [path.stat() for path in (self.path, log) if path.exists()]
        return (self._written, *((s.st_mtime_ns, s.st_size, s.st_ino) for s in stats))

    @property
    def last_change(self) -> int:
        """The sequence number of the latest change of passages, 0 for an empty index."""
        # from the end backwards: only batches of vectors may lie behind the last change
        sql = "SELECT seq FROM changes WHERE op IN ('add', 'delete') ORDER BY seq DESC LIMIT 1"
        return self.number(sql)

    @property
    def last_entry(self) -> int:
        """The sequence number of the latest change of passages or vectors."""
        return self.number("SELECT max(seq) FROM changes")

    def changes_after(self, seq: int, *, encoder: str | None = None) -> list[Change]:
        """Return the changes of passages later than ``seq``, in order; with ``encoder``
        also those by which passages got its vectors."""
        sql = """SELECT seq, op, low, high FROM changes
                 WHERE seq > ? AND op IN ('add', 'delete', ?) ORDER BY seq"""
        op = "add" if encoder is None else f"{_VECTORS}{encoder}"
        return [Change(*row) for row in self.rows(sql, (seq, op))]

    def missing_vectors(
        self, encoder: str, ranges: Iterable[tuple[int, int]] = ((0, 1 << 62),)
    ) -> list[int]:
        """Return the rows of passages in ``ranges`` (both ends included) without a vector
        of ``encoder``: measures and replies first, which drafts are made of, then
        articles; each ascending within a range."""
        sql = """SELECT row FROM passages p WHERE row BETWEEN ? AND ? AND NOT EXISTS
                 (SELECT 1 FROM vectors v WHERE v.encoder = ? AND v.row = p.row)
                 ORDER BY kind = 'article', row"""
        return [row[0] for low, high in ranges for row in self.rows(sql, (low, high, encoder))]

    def count_vectors(self, encoder: str) -> int:
        """Return how many passages have a vector of ``encoder``."""
        return self.number("SELECT count(*) FROM vectors WHERE encoder = ?", (encoder,))

    def keep_vectors(self, encoder: str, rows: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Store vectors (float16) of passages, in one transaction, and tell the caches;
        a passage deleted in the meantime is left out."""
        import numpy as np

        blobs = vectors.astype("<f2")
        assert blobs.dtype == np.float16
        with self.change() as db:
            db.executemany(
                """INSERT OR REPLACE INTO vectors (row, encoder, vector)
                   SELECT row, ?, ? FROM passages WHERE row = ?""",
                [(encoder, blobs[i].tobytes(), row) for i, row in enumerate(rows)],
            )
            db.executemany(
                "INSERT INTO changes (op, low, high) VALUES (?, ?, ?)",
                [(f"{_VECTORS}{encoder}", low, high) for low, high in _join_runs(rows)],
            )

    def read_vectors(
        self, encoder: str, low: int, high: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the row numbers, ascending, and the float32 vectors (n, dim) that
        passages ``low..high`` have of ``encoder``."""
        import numpy as np

        sql = """SELECT row, vector FROM vectors
                 WHERE encoder = ? AND row BETWEEN ? AND ? ORDER BY row"""
        found = self.rows(sql, (encoder, low, high))
        ids = np.array([r[0] for r in found], dtype=np.int64)
        data = np.frombuffer(b"".join(r[1] for r in found), dtype="<f2")
        return ids, data.reshape(len(ids), -1 if len(ids) else 0).astype(np.float32)

    def find_vectors(self, encoder: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the float32 vectors (dim,) that passages have of ``encoder``, by passage
        id (``<document>#<position>``)."""
        import numpy as np

        sql = """SELECT p.document, p.position, v.vector FROM passages p
                 JOIN vectors v ON v.row = p.row AND v.encoder = ? WHERE p.document = ?"""
        wanted = set(ids)
        found: dict[str, NDArray[np.float32]] = {}
        places: dict[str, list[int]] = {}
        for id in wanted:
            document, _, position = id.partition("#")
            places.setdefault(document, []).append(int(position))
        for document, positions in places.items():
            marks = ",".join("?" * len(positions))
            rows = self.rows(f"{sql} AND p.position IN ({marks})", (encoder, document, *positions))
            for row in rows:
                vector = np.frombuffer(row[2], dtype="<f2").astype(np.float32)
                found[f"{row[0]}#{row[1]}"] = vector
        return found

    def sample_vectors(self, encoder: str, size: int) -> NDArray[np.float32]:
        """Return about ``size`` float32 vectors (n, dim) of ``encoder``, spread evenly over
        the rows; the same ones each time. There must be at least two."""
        import numpy as np

        end = "SELECT {}(row) FROM vectors WHERE encoder = ?"
        # one by one: asked for together, SQLite reads all that lies between them
        low, high = (self.number(end.format(which), (encoder,)) for which in ("min", "max"))
        step = max(1, (high - low) // size)
        sql = """SELECT row, vector FROM vectors WHERE encoder = ? AND row >= ?
                 ORDER BY row LIMIT 1"""
        picked = (self.row(sql, (encoder, at)) for at in range(low, high + 1, step))
        blobs = {row[0]: row[1] for row in picked if row is not None}
        data = np.frombuffer(b"".join(blobs.values()), dtype="<f2")
        return data.reshape(len(blobs), -1).astype(np.float32)

    def drop_vectors(self, keep: str) -> None:
        """Delete the vectors of every encoder but ``keep``."""
        with self.change() as db:
            db.execute("DELETE FROM vectors WHERE encoder <> ?", (keep,))

    @contextmanager
    def cache_lock(self, name: str = "caches") -> Iterator[bool]:
        """Give True while this process alone may write the caches (``name`` ``fill``:
        the slow vectors), False when another one is at it. The lock ends with its
        process, however that ends."""
        path = self.folder / f"{name}.lock"
        with ExitStack() as stack:
            try:
                held = stack.enter_context(hold_lock(path))
            except sqlite3.Error as error:
                raise _explain(error, path) from error
            yield held

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file; nothing for a sound one."""
        try:
            found = [r[0] for r in self._db.execute("PRAGMA integrity_check").fetchall()]
            wrong = [str(line) for line in found if line != "ok"]
            keys = self._db.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return wrong + [f"{row[0]} 里有一行指向不存在的 {row[2]}" for row in keys]


def delete_document(db: sqlite3.Connection, document: str) -> None:
    """Delete a document and all that hangs on it, inside the caller's transaction."""
    row = db.execute(
        "SELECT min(row), max(row) FROM passages WHERE document = ?", (document,)
    ).fetchone()
    if row[0] is not None:
        db.execute("INSERT INTO changes (op, low, high) VALUES ('delete', ?, ?)", tuple(row))
    db.execute("DELETE FROM documents WHERE id = ?", (document,))


def _join_runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the ranges of neighbouring numbers that ``rows`` consists of."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        _refuse_foreign(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # a committed document survives a power cut
        db.execute("PRAGMA foreign_keys = ON")
        apply_steps(db)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_foreign(db: sqlite3.Connection, path: Path) -> None:
    version = read_version(db)
    if version > len(STEPS):
        raise StoreError(f"{path}：索引由更新版本的 replygen 建立，请升级 replygen 后再用")
    owner = int(db.execute("PRAGMA application_id").fetchone()[0])
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and owner != APPLICATION_ID:
        raise StoreError(f"{path}：不是 replygen 的索引，请用 --index 另选文件夹")


# What the error says -> what the user can do. First match wins.
_REMEDIES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("not a database", "malformed", "disk image", "unsupported file format"),
        "索引文件已损坏或不是 replygen 的索引，请把它移到别处，再用 index add 重新建立",
    ),
    (("locked", "busy"), "另一个 replygen 正在写入这个索引，请等它结束后重试"),
    (
        ("is full", "no space", "file too large", "disk i/o error"),
        "磁盘已满或写不进去，请腾出空间后重试；已入库的内容不受影响",
    ),
    (
        ("readonly", "read-only", "unable to open", "permission", "directory", "exists"),
        "索引文件夹打不开或不可写，请检查路径和权限，或用 --index 另选文件夹",
    ),
)


def _explain(error: Exception, path: Path) -> StoreError:
    text = str(error).lower()
    for signs, remedy in _REMEDIES:
        if any(sign in text for sign in signs):
            return StoreError(f"{path}：{remedy}")
    return StoreError(f"{path}：索引读写失败（{error}），请用 index verify 检查")

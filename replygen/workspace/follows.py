"""What is followed, what was seen of it, and every fetch: one SQLite file, ``follows.db``.

Nothing here fetches anything. A source is a column page or a feed of a site, or a folder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal

from replygen.errors import SettingsError
from replygen.workspace.logbook import Logbook

FILE_NAME = "follows.db"
FollowKind = Literal["html", "rss", "folder"]
PageState = Literal["list", "added", "failed", "gone"]
_LEFT_OUT = """CREATE TABLE IF NOT EXISTS left_out (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL)"""
_APPLICATION_ID = 0x5250_4C46  # "RPLF"
_TABLES = (
    """CREATE TABLE sources (
        name TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, own INTEGER NOT NULL,
        region TEXT, title TEXT, inside INTEGER NOT NULL, created TEXT NOT NULL,
        ran TEXT, told TEXT)""",
    """CREATE TABLE pages (
        source TEXT NOT NULL REFERENCES sources (name) ON DELETE CASCADE,
        url TEXT NOT NULL, state TEXT NOT NULL, title TEXT, etag TEXT, modified TEXT,
        sha256 TEXT, links TEXT NOT NULL, note TEXT, seen TEXT NOT NULL,
        PRIMARY KEY (source, url))""",
    """CREATE TABLE log (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, url TEXT NOT NULL,
        status INTEGER, bytes INTEGER NOT NULL, seconds REAL NOT NULL, note TEXT)""",
)


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that is followed. ``place`` is its address or its folder; ``title`` is the
    pattern that the titles of kept links match (None: the usual one); ``inside`` says that
    the site may lie in a private network; ``ran`` is when it was last run (UTC), ``told``
    what came of it."""

    name: str
    kind: FollowKind
    place: str
    own: bool = False
    region: str | None = None
    title: str | None = None
    inside: bool = False
    created: str = ""
    ran: str | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was seen of one address (or file). ``links`` are, of a list page, the addresses
    and titles that it led to; of a document its attachments."""

    url: str
    state: PageState
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    links: tuple[tuple[str, str, str], ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that was removed by hand: no run adds it again, by its bytes (``id``) or its
    place, until somebody takes it in."""

    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Fetch:
    """One line of the log: ``status`` is None where there was no answer."""

    at: str
    source: str
    url: str
    status: int | None
    bytes: int
    seconds: float
    note: str | None


class FollowStore:
    """What is followed, in one work folder. Every method raises StoreError when the file
    cannot be read or written."""

    def __init__(self, work: Path) -> None:
        """The folder and the file are made with the first source."""
        self.path = work / FILE_NAME

    def add(self, followed: Followed) -> Followed:
        """Keep a new source and return it. Raises SettingsError when its name is taken."""
        if self.find(followed.name) is not None:
            raise SettingsError(
                f"已经有叫“{followed.name}”的来源，请换个名字，或先 replygen follow remove"
            )
        with self._open(make=True) as db:
            db.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
                (followed.name, followed.kind, followed.place, followed.own, followed.region,
                 followed.title, followed.inside, _now()),
            )  # fmt: skip
        found = self.find(followed.name)
        assert found is not None
        return found

    def sources(self) -> tuple[Followed, ...]:
        """Return what is followed, by name."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT * FROM sources ORDER BY name").fetchall()
        return tuple(
            Followed(r[0], r[1], r[2], bool(r[3]), r[4], r[5], bool(r[6]), *r[7:]) for r in rows
        )

    def find(self, name: str) -> Followed | None:
        """Return the source of a name, or None."""
        return next((s for s in self.sources() if s.name == name), None)

    def remove(self, name: str) -> None:
        """Follow a source no longer; its log stays. Raises SettingsError when there is none."""
        if self.find(name) is None:
            raise SettingsError(f"没有叫“{name}”的来源，现有的见 replygen follow list")
        with self._open() as db:
            db.execute("DELETE FROM sources WHERE name = ?", (name,))

    def pages(self, source: str) -> dict[str, Page]:
        """Return what was seen of a source, by address."""
        with self._open() as db:
            rows = db.execute(
                """SELECT url, state, title, etag, modified, sha256, links, note FROM pages
                   WHERE source = ? ORDER BY rowid""",
                (source,),
            ).fetchall()
        return {r[0]: Page(r[0], r[1], r[2], r[3], r[4], r[5], _links(r[6]), r[7]) for r in rows}

    def keep(self, source: str, pages: Sequence[Page]) -> None:
        """Keep what was seen, in one step."""
        with self._open() as db:
            db.executemany(
                """INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT (source, url) DO UPDATE SET state = excluded.state,
                   title = excluded.title, etag = excluded.etag, modified = excluded.modified,
                   sha256 = excluded.sha256, links = excluded.links, note = excluded.note,
                   seen = excluded.seen""",
                [
                    (source, p.url, p.state, p.title, p.etag, p.modified, p.sha256,
                     json.dumps(p.links, ensure_ascii=False), p.note, _now())
                    for p in pages
                ],
            )  # fmt: skip

    def forget(self, source: str, urls: Sequence[str]) -> None:
        """Forget addresses: their documents were removed."""
        with self._open() as db:
            db.executemany(
                "DELETE FROM pages WHERE source = ? AND url = ?", [(source, url) for url in urls]
            )

    def leave_out(self, one: LeftOut) -> None:
        """Remember what was removed by hand, also where nothing is followed yet."""
        with self._open(make=True) as db:
            db.execute(
                "INSERT OR REPLACE INTO left_out VALUES (?, ?, ?, ?)",
                (one.id, one.title, one.path, _now()),
            )

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what was removed by hand and is not taken in again."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT id, title, path FROM left_out ORDER BY at, id").fetchall()
        return tuple(LeftOut(*row) for row in rows)

    def take_in(self, ids: Sequence[str]) -> None:
        """Let these documents be added again."""
        if ids:
            with self._open() as db:
                db.executemany("DELETE FROM left_out WHERE id = ?", [(id,) for id in ids])

    def finish(self, source: str, told: str) -> None:
        """Note that a run has ended, and what came of it."""
        with self._open() as db:
            db.execute(
                "UPDATE sources SET ran = ?, told = ? WHERE name = ?", (_now(), told, source)
            )

    def log(
        self, source: str, url: str, status: int | None, size: int, seconds: float, note: str | None
    ) -> None:
        """Write one fetch down."""
        with self._open() as db:
            db.execute(
                "INSERT INTO log (at, source, url, status, bytes, seconds, note) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_now(), source, url, status, size, round(seconds, 3), note),
            )

    def fetches(self, source: str | None = None, *, most: int = 100) -> tuple[Fetch, ...]:
        """Return the last fetches, oldest first."""
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute(
                """SELECT at, source, url, status, bytes, seconds, note FROM log
                   WHERE ?1 IS NULL OR source = ?1 ORDER BY seq DESC LIMIT ?2""",
                (source, most),
            ).fetchall()
        return tuple(Fetch(*row) for row in reversed(rows))

    def _open(self, *, make: bool = False) -> AbstractContextManager[sqlite3.Connection]:
        book = Logbook(self.path, "来源的记录", _APPLICATION_ID, _TABLES, (_LEFT_OUT,))
        return book.open(make=make)


def _links(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((url, title, kind) for url, title, kind in json.loads(text))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

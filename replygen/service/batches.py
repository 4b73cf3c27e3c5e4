"""A batch of files added to the index in a thread of its own and over a connection of its own,
so that others search and draft meanwhile: seen as it goes, stopped when asked, tried again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal

from replygen.errors import ReplygenError, SettingsError, StoreError
from replygen.index import Index, open_index
from replygen.laws import import_laws
from replygen.reading import count_files
from replygen.service.adding import Rename, add_files
from replygen.service.unfinished import Unfinished, keep_unfinished, read_unfinished
from replygen.settings import Settings
from replygen.workspace import BatchLog, LoggedFile

_KEEP = 2.0  # seconds between two times that it is written down how far a batch is
BatchState = Literal["counting", "reading", "finishing", "done", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as it is now. ``total`` is 0 until it was counted; ``counts`` by outcome;
    ``seconds`` since it began; ``current`` names the file at hand; ``error`` says why it
    ended early; ``retry`` are the paths that failed and can be tried again; ``editions``,
    ``empty`` and ``owners`` those of :class:`AddReport`, once it has ended; ``documents`` are
    the new ones by the name of their file; ``before`` of the files were done by the batch that it
    goes on with."""

    state: BatchState
    by: str
    label: str
    started: str
    total: int
    done: int
    counts: dict[str, int]
    seconds: float
    current: str
    outcomes: tuple[tuple[str, str, str], ...]
    error: str | None = None
    retry: tuple[str, ...] = ()
    editions: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    before: int = 0

    @property
    def running(self) -> bool:
        """True until the batch has ended, in whatever way."""
        return self.state in ("counting", "reading", "finishing")


@dataclass(slots=True)
class _Now:
    state: BatchState = "counting"
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    outcomes: list[tuple[str, str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    logged: int = 0  # outcomes that the log has
    read: list[str] = field(default_factory=list)  # the paths of the outcomes
    current: str = ""
    editions: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    ended: float | None = None


class Batch:
    """One addition under way. It starts at once; :meth:`view` says how far it is."""

    def __init__(
        self,
        settings: Settings,
        paths: Sequence[Path] = (),
        *,
        by: str,
        label: str,
        own: bool = False,
        region: str | None = None,
        only: Collection[str] | None = None,
        rename: Rename = str,
        laws: bool = False,
        ours: Sequence[Path] = (),
        after: Batch | None = None,
    ) -> None:
        """Begin to add ``paths`` and as our own ``ours``, or with ``laws`` the national laws.
        ``label`` says what it is, ``by`` who asked; the other options are those of
        :func:`add_files`. ``after`` is the batch that it goes on with, from where that stopped."""
        self.paths, self.own, self.region, self.rename = tuple(paths), own, region, rename
        self._settings, self._only, self._laws = settings, only, laws
        self.ours = tuple(ours)
        self._by, self._label = by, label
        self._now, self._lock, self._stop = _Now(), Lock(), Event()
        self._started, self._at = datetime.now(), time.perf_counter()
        self._kept = self._at
        self._number: int | None = None  # in the log
        self._before = 0
        if after is not None:
            self._take_over(after)
        self._thread = Thread(target=self._run, name="replygen-batch", daemon=True)
        self._thread.start()

    def begin_again(
        self,
        settings: Settings,
        *,
        by: str,
        label: str | None = None,
        only: Collection[str] | None = None,
    ) -> Batch:
        """Return a batch of ``only`` these paths of it, or one that goes on with it, which begins
        at once."""
        return Batch(
            settings,
            self.paths,
            by=by,
            label=label or self._label,
            own=self.own,
            region=self.region,
            only=only or self._only,
            rename=self.rename,
            laws=self._laws,
            ours=self.ours,
            after=self if only is None else None,
        )

    def cancel(self) -> None:
        """Stop before the next file. What was added stays."""
        self._stop.set()

    @property
    def running(self) -> bool:
        """True until the batch has ended."""
        return self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Return when the batch has ended, or after ``seconds``."""
        self._thread.join(seconds)

    def view(self) -> BatchView:
        """Return the batch as it is now."""
        with self._lock:
            now = self._now
            return BatchView(
                state=now.state,
                by=self._by,
                label=self._label,
                started=self._started.strftime("%H:%M"),
                total=now.total,
                done=sum(now.counts.values()),
                counts=dict(now.counts),
                seconds=(now.ended or time.perf_counter()) - self._at,
                current=now.current,
                outcomes=tuple(now.outcomes),
                error=now.error,
                retry=tuple(now.failed),
                editions=now.editions,
                empty=now.empty,
                owners=now.owners,
                documents=dict(now.documents),
                before=self._before,
            )

    def _run(self) -> None:
        error: str | None = None
        self._keep()
        try:
            with open_index(self._settings.index, encoder=self._settings.encoder) as index:
                self._import(index) if self._laws else self._add(index)
        except ReplygenError as problem:
            error = problem.shown
        except _Stopped:
            pass
        except Exception:
            logging.getLogger("replygen.service.batches").exception("batch failed")
            error = "程序内部出错了，这一批没有做完；已经加入的都在。请再试一次"
        with self._lock:
            self._now.error, self._now.ended = error, time.perf_counter()
            ended: BatchState = "cancelled" if self._stop.is_set() else "done"
            self._now.state = "failed" if error else ended
        self._keep()

    def _take_over(self, other: Batch) -> None:
        """Begin with what became of the files of another batch, in the log its continuation."""
        then, self._number = other._now, other._number
        self._before = sum(then.counts.values())
        self._now = replace(
            then, state="counting", error=None, ended=None, total=0, counts=dict(then.counts)
        )

    def _keep(self) -> None:
        """Write down how far it is, for a server that comes after this one."""
        self._log()
        if self._only is not None:  # what failed is tried again: told by the batch before
            return
        view = self.view()
        left = Unfinished(
            by=self._by,
            label=self._label,
            started=self._started.strftime("%Y-%m-%d %H:%M"),
            paths=tuple(map(str, self.paths)),
            names=tuple(self.rename(str(path)) for path in self.paths),
            ours=tuple(map(str, self.ours)),
            own=self.own,
            region=self.region,
            laws=self._laws,
            done=view.counts.get("law", view.done),
            total=view.total,
        )
        keep_unfinished(self._settings.work, None if view.state == "done" else left)

    def _log(self) -> None:
        """Add to the log what it does not have; what cannot be written stops no batch."""
        log = BatchLog(self._settings.work)
        with self._lock:
            now = self._now
            fresh = [
                LoggedFile(path, state, note, now.documents.get(path))
                for path, state, note in now.outcomes[now.logged :]
            ]
            now.logged += len(fresh)
            state = now.state if now.ended is not None else None
        try:
            if self._number is None:
                self._number = log.begin(by=self._by, label=self._label, own=self.own)
            log.note(self._number, fresh, state=state)
        except StoreError:
            logging.getLogger("replygen.service.batches").exception("batch is not logged")

    def _add(self, index: Index) -> None:
        everything = (*self.paths, *self.ours)
        total = len(self._only or ()) or count_files(everything, stopped=self._stop.is_set)
        with self._lock:
            self._now.total, self._now.state = total, "reading"
        before = frozenset(self._now.read)
        for paths, own in ((self.paths, self.own), (self.ours, True)):
            if not paths:
                continue
            report = add_files(
                index,
                paths,
                limits=self._settings.limits,
                own=own,
                region=self.region,
                only=self._only,
                but=before,
                rename=self.rename,
                on_file=self._record_progress,
                on_added=self._record_document,
                cancelled=self._stop.is_set,
                encode=0,  # the page's own thread fills, beside the searches
            )
            with self._lock:
                self._now.editions += report.editions
                self._now.empty += report.empty
                self._now.owners += report.owners

    def _import(self, index: Index) -> None:
        def show_progress(done: int, total: int) -> None:
            if self._stop.is_set():
                raise _Stopped
            with self._lock:
                self._now.state, self._now.total = "reading", total
                self._now.counts = {"law": done}

        count = import_laws(index, progress=show_progress)
        with self._lock:
            self._now.counts, self._now.state = {"law": count}, "finishing"
            self._now.total = count
        index.catch_up()

    def _record_document(self, path: str, document: str) -> None:
        with self._lock:
            self._now.documents[self.rename(path)] = document

    def _record_progress(self, path: str, state: str, note: str) -> None:
        with self._lock:
            now = self._now
            now.outcomes.append((self.rename(path), state, note))
            now.read.append(path)
            now.counts[state] = now.counts.get(state, 0) + 1
            now.current = Path(path).name
            if state == "failed":
                now.failed.append(path)
            if sum(now.counts.values()) >= now.total:
                now.state = "finishing"
        if time.perf_counter() - self._kept > _KEEP:
            self._kept = time.perf_counter()
            self._keep()


class _Stopped(Exception):
    """The import of laws was asked to stop."""


class Batches:
    """The batches of one server: one at a time, the latest kept to be looked at;
    ``unfinished`` is what the server before this one was stopped in, until a batch begins."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings  # of the batches that begin from now on
        self.unfinished = read_unfinished(settings.work)
        self._latest: Batch | None = None
        self._lock = Lock()

    @property
    def latest(self) -> Batch | None:
        """The batch that is under way, or the one that ended last."""
        return self._latest

    def add(
        self,
        paths: Sequence[Path],
        *,
        by: str,
        label: str,
        own: bool = False,
        region: str | None = None,
        rename: Rename = str,
        ours: Sequence[Path] = (),
    ) -> Batch:
        """Begin a batch of ``paths``, and as our own ``ours``, and return it. Raises
        SettingsError while another one runs."""
        return self._begin(
            lambda: Batch(
                self.settings,
                paths,
                by=by,
                label=label,
                own=own,
                region=region,
                rename=rename,
                ours=ours,
            )
        )

    def import_laws(self, *, by: str) -> Batch:
        """Begin to import the national laws. Raises SettingsError while a batch runs."""
        return self._begin(lambda: Batch(self.settings, by=by, label="国家法律法规", laws=True))

    def retry(self, *, by: str) -> Batch:
        """Try again what failed in the latest batch. Raises SettingsError where nothing
        failed or a batch runs."""
        old = self._latest
        failed = old.view().retry if old is not None else ()
        if old is None or not failed:
            raise SettingsError("上一批没有失败的文件，不用重试")
        label = f"重试失败的 {len(failed)} 个文件"
        return self._begin(
            lambda: old.begin_again(self.settings, by=by, label=label, only=frozenset(failed))
        )

    def go_on(self, *, by: str) -> Batch:
        """Go on with the latest batch, which was stopped or could not end: what it added stands
        and comes out as unchanged. After a restart it is what the server before left, as far
        as it can still be read. Raises SettingsError where there is nothing to go on with or
        a batch runs."""
        old, left = self._latest, self.unfinished
        if old is None and left is not None and left.can_go_on:
            return self._begin(lambda: self._take_up(left, by))
        if old is None or old.view().state not in ("cancelled", "failed"):
            raise SettingsError("没有停下的一批，不用继续")
        return self._begin(lambda: old.begin_again(self.settings, by=by))

    def _take_up(self, left: Unfinished, by: str) -> Batch:
        names = dict(zip(left.paths, left.names, strict=True))

        def rename(path: str) -> str:
            outer, mark, inner = path.partition("!")
            return f"{names.get(outer, outer)}{mark}{inner}"

        return Batch(
            self.settings,
            [Path(path) for path in left.there],
            by=by,
            label=left.label,
            own=left.own,
            region=left.region,
            rename=rename,
            laws=left.laws,
            ours=[Path(path) for path in left.ours if Path(path).exists()],
        )

    def _begin(self, make: Callable[[], Batch]) -> Batch:
        with self._lock:
            if self._latest is not None and self._latest.running:
                view = self._latest.view()
                raise SettingsError(
                    f"{view.by} {view.started} 开始的一批还在加入，等它结束（或停止它）再加下一批"
                )
            self._latest = make()
            self.unfinished = None
            return self._latest

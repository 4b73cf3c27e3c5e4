"""A batch of files added to the index: counted as it goes, stopped when asked, tried again.

:func:`add_files` does it and returns when it is done; :class:`Batch` does it in a thread
of its own and over a connection of its own, so that others search and draft meanwhile.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal

from replygen.errors import ReadError, ReplygenError, SettingsError
from replygen.models import Other, Parsed, Source
from replygen.parsing import parse_article, parse_source
from replygen.reading import count_files, list_files, read_all
from replygen.search import SearchIndex, import_laws
from replygen.settings import Limits, Settings

Progress = Callable[[int, str], None]
Rename = Callable[[str], str]
BatchState = Literal["counting", "reading", "finishing", "done", "cancelled", "failed"]
_EVERY = 64  # files after which what was added becomes searchable
_MOST_FOLDERS = 300  # that are offered to choose from
_DEPTH = 2  # folders below an allowed one that are offered


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an addition did: counts, ``duplicates`` as (path, of which; near-copies, which
    are kept, are among them), ``failed`` as (path, why), the index's totals afterwards,
    seconds taken. ``outcomes`` has a row for every file: (path, ``added`` | ``unchanged`` |
    ``updated`` | ``duplicate`` | ``failed``, which or why). ``cancelled`` says that it was
    stopped before its end."""

    added: int
    unchanged: int
    updated: int
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    documents: int
    passages: int
    seconds: float
    outcomes: tuple[tuple[str, str, str], ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as it is now. ``total`` is 0 until it was counted; ``counts`` by outcome;
    ``seconds`` since it began; ``current`` names the file at hand; ``error`` says why it
    ended early; ``retry`` are the paths that failed and can be tried again."""

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

    @property
    def running(self) -> bool:
        """True until the batch has ended, in whatever way."""
        return self.state in ("counting", "reading", "finishing")


def add_files(
    index: SearchIndex,
    paths: Iterable[Path],
    *,
    limits: Limits,
    own: bool = False,
    region: str | None = None,
    only: Collection[str] | None = None,
    rename: Rename = str,
    told: Callable[[str, str, str], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AddReport:
    """Add files, folders and archives to ``index``; return what became of each. ``told``
    hears each file's (path, outcome, which or why); ``rename`` gives the name that is kept
    for a path; with ``only`` nothing else is read; ``cancelled`` is asked before each file,
    and what was added until then stays. Raises ReadError for a path that does not exist
    and StoreError when the index cannot be written."""
    start = time.perf_counter()
    outcomes: list[tuple[str, str, str]] = []
    duplicates: list[tuple[str, str]] = []
    stopped = cancelled()
    for item in () if stopped else read_all(paths, limits=limits, only=only):
        path, state, note, of = _add_one(index, item, own, region, rename)
        outcomes.append((rename(path), state, note))
        if of is not None:
            duplicates.append((rename(path), of))
        if told is not None:
            told(path, state, note)
        if len(outcomes) % _EVERY == 0:
            index.catch_up()
        stopped = cancelled()
        if stopped:
            break
    index.catch_up()
    status = index.status()
    return AddReport(
        added=_count(outcomes, "added"),
        unchanged=_count(outcomes, "unchanged"),
        updated=_count(outcomes, "updated"),
        duplicates=tuple(duplicates),
        failed=tuple((path, note) for path, state, note in outcomes if state == "failed"),
        documents=status.documents,
        passages=status.passages,
        seconds=time.perf_counter() - start,
        outcomes=tuple(outcomes),
        cancelled=stopped,
    )


def parse_own(source: Source) -> Parsed:
    """Return our own file, parsed. What is of no known kind (notes, a table of figures)
    is read as a work summary, so that its facts can be used."""
    parsed = parse_source(source)
    return parse_article(source) if isinstance(parsed, Other) else parsed


def _add_one(
    index: SearchIndex, item: Source | ReadError, own: bool, region: str | None, rename: Rename
) -> tuple[str, str, str, str | None]:
    """Add what was read; return its path, its outcome, which or why, and the path of the one
    that it repeats. Only a file that cannot be parsed is its own trouble: a store that
    cannot be written ends the batch."""
    if isinstance(item, ReadError):
        return item.path, "failed", item.reason, None
    try:
        parsed = parse_own(item) if own else parse_source(item)
    except ReplygenError as error:
        return item.path, "failed", str(error), None
    named = replace(item, path=rename(item.path))
    outcome = index.add(parsed, named, own=own, region=region)
    of, note = outcome.duplicate_of, outcome.document.title
    if of is not None and outcome.near:
        note = f"{note}（与“{Path(of).name}”几乎相同）"
    elif of is not None:
        note = of
    return item.path, outcome.state, note, of


def _count(outcomes: Iterable[tuple[str, str, str]], state: str) -> int:
    return sum(outcome[1] == state for outcome in outcomes)


# ── a batch in a thread of its own ─────────────────────────────────────────


@dataclass(slots=True)
class _Now:
    state: BatchState = "counting"
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    outcomes: list[tuple[str, str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    current: str = ""
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
    ) -> None:
        """Begin to add ``paths``, or with ``laws`` the national laws. ``label`` says what
        it is, ``by`` who asked; the other options are those of :func:`add_files`."""
        self.paths, self.own, self.region, self.rename = tuple(paths), own, region, rename
        self._settings, self._only, self._laws = settings, only, laws
        self._by, self._label = by, label
        self._now, self._lock, self._stop = _Now(), Lock(), Event()
        self._started, self._at = datetime.now(), time.perf_counter()
        self._thread = Thread(target=self._run, name="replygen-batch", daemon=True)
        self._thread.start()

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
            )

    def _run(self) -> None:
        error: str | None = None
        try:
            with SearchIndex.open(self._settings.index, encoder=self._settings.encoder) as index:
                self._import(index) if self._laws else self._add(index)
        except ReadError as problem:
            error = f"{Path(problem.path).name}：{problem.reason}"
        except ReplygenError as problem:
            error = str(problem)
        except _Stopped:
            pass
        except Exception:
            logging.getLogger("replygen.batches").exception("batch failed")
            error = "程序内部出错了，这一批没有做完；已经加入的都在。请再试一次"
        with self._lock:
            self._now.error, self._now.ended = error, time.perf_counter()
            ended: BatchState = "cancelled" if self._stop.is_set() else "done"
            self._now.state = "failed" if error else ended

    def _add(self, index: SearchIndex) -> None:
        total = len(self._only) if self._only else self._count()
        with self._lock:
            self._now.total, self._now.state = total, "reading"
        add_files(
            index,
            self.paths,
            limits=self._settings.limits,
            own=self.own,
            region=self.region,
            only=self._only,
            rename=self.rename,
            told=self._hear,
            cancelled=self._stop.is_set,
        )

    def _count(self) -> int:
        return count_files(self.paths, stopped=self._stop.is_set)

    def _import(self, index: SearchIndex) -> None:
        def hear(done: int, total: int) -> None:
            if self._stop.is_set():
                raise _Stopped
            with self._lock:
                self._now.state, self._now.total = "reading", total
                self._now.counts = {"law": done}

        count = import_laws(index, progress=hear)
        with self._lock:
            self._now.counts, self._now.state = {"law": count}, "finishing"
            self._now.total = count
        index.catch_up()

    def _hear(self, path: str, state: str, note: str) -> None:
        with self._lock:
            now = self._now
            now.outcomes.append((self.rename(path), state, note))
            now.counts[state] = now.counts.get(state, 0) + 1
            now.current = Path(path).name
            if state == "failed":
                now.failed.append(path)
            if sum(now.counts.values()) >= now.total:
                now.state = "finishing"


class _Stopped(Exception):
    """The import of laws was asked to stop."""


class Batches:
    """The batches of one server: one at a time, the latest kept to be looked at."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings  # of the batches that begin from now on
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
    ) -> Batch:
        """Begin a batch and return it. Raises SettingsError while another one runs."""
        return self._begin(
            lambda: Batch(
                self.settings, paths, by=by, label=label, own=own, region=region, rename=rename
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
        return self._begin(
            lambda: Batch(
                self.settings,
                old.paths,
                by=by,
                label=f"重试失败的 {len(failed)} 个文件",
                own=old.own,
                region=old.region,
                only=frozenset(failed),
                rename=old.rename,
            )
        )

    def _begin(self, make: Callable[[], Batch]) -> Batch:
        with self._lock:
            if self._latest is not None and self._latest.running:
                view = self._latest.view()
                raise SettingsError(
                    f"{view.by} {view.started} 开始的一批还在加入，等它结束（或停止它）再加下一批"
                )
            self._latest = make()
            return self._latest


# ── folders of the server ──────────────────────────────────────────────────


def list_folders(allowed: Iterable[Path]) -> dict[str, Path]:
    """Return the folders that may be added, by the name that is shown: those that the
    settings allow, and below each two levels of folders. Links are not followed."""
    found: dict[str, Path] = {}
    for root in allowed:
        for folder in _list_below(root, _DEPTH):
            inner = folder.relative_to(root).parts
            name = " / ".join((root.name or str(root), *inner))
            if name in found:  # two allowed folders of one name
                name = " / ".join((str(root), *inner))
            found[name] = folder
            if len(found) >= _MOST_FOLDERS:
                return found
    return found


def find_folder_files(allowed: Iterable[Path], name: str) -> tuple[Path, ...]:
    """Return the files of a folder that :func:`list_folders` names. What is not in that
    list is never opened. Raises SettingsError."""
    roots = tuple(allowed)
    folder = list_folders(roots).get(name)
    root = next((r for r in roots if folder is not None and folder.is_relative_to(r)), None)
    if folder is None or root is None:
        raise SettingsError("这个文件夹不在允许的范围里，请从列表里选；列表由管理员在设置里定")
    files = list_files(folder, inside=root)
    if not files:
        raise SettingsError("这个文件夹里没有文件，请换一个")
    return files


def _list_below(folder: Path, depth: int) -> Iterable[Path]:
    if not folder.is_dir():
        return
    yield folder
    if depth == 0:
        return
    try:
        inner = sorted(folder.iterdir())
    except OSError:
        return
    for path in inner:
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _list_below(path, depth - 1)

"""A batch of files added to the index: counted as it goes, stopped when asked, tried again.

:func:`add_files` does it and returns when it is done; :class:`Batch` does it in a thread
of its own and over a connection of its own, so that others search and draft meanwhile.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal, NamedTuple

from replygen.errors import ReadError, ReplygenError, SettingsError
from replygen.index import Index, open_index
from replygen.laws import import_laws
from replygen.laws.records import find_superseded
from replygen.models import Other, Parsed, Policy, Source, Statute
from replygen.parsing import parse_article, parse_source, tell_empty
from replygen.reading import count_files, read_all
from replygen.service.encoding import AT_ONCE, Encoded, encode_added
from replygen.settings import Limits, Settings

Progress = Callable[[int, str], None]
Rename = Callable[[str], str]
Skip = Callable[[Source], str | None]
BatchState = Literal["counting", "reading", "finishing", "done", "cancelled", "failed"]
_EVERY = 64  # files after which what was added becomes searchable


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an addition did: counts, ``duplicates`` as (path, of which; near-copies, which
    are kept, are among them), ``failed`` as (path, why), ``editions`` of the statutes added
    as (path of a text that a later one has taken the place of, path of the one in force),
    oldest first,
    ``empty`` as (path, why nothing is found in it), the index's totals afterwards and how
    far their slow vectors are, seconds taken. ``outcomes`` has a row for every file: (path,
    ``added`` | ``unchanged`` | ``updated`` | ``duplicate`` | ``failed``, which or why).
    ``cancelled`` says that it was stopped before its end."""

    added: int
    unchanged: int
    updated: int
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    documents: int
    passages: int
    encoded: Encoded
    seconds: float
    editions: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    outcomes: tuple[tuple[str, str, str], ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as it is now. ``total`` is 0 until it was counted; ``counts`` by outcome;
    ``seconds`` since it began; ``current`` names the file at hand; ``error`` says why it
    ended early; ``retry`` are the paths that failed and can be tried again; ``editions`` and
    ``empty`` those of :class:`AddReport`, once it has ended."""

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

    @property
    def running(self) -> bool:
        """True until the batch has ended, in whatever way."""
        return self.state in ("counting", "reading", "finishing")


def add_files(
    index: Index,
    paths: Iterable[Path],
    *,
    limits: Limits,
    own: bool = False,
    region: str | None = None,
    only: Collection[str] | None = None,
    rename: Rename = str,
    skip: Skip = lambda source: None,
    on_file: Callable[[str, str, str], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    encode: int | None = AT_ONCE,
) -> AddReport:
    """Add files, folders and archives to ``index``; return what became of each. ``on_file``
    gets each file's (path, outcome, which or why); ``rename`` gives the name that is kept
    for a path; with ``only`` nothing else is read; what ``skip`` names is left out (its outcome
    is ``left``, with that name); ``cancelled`` is asked before each file,
    and what was added until then stays. At most ``encode`` passages get their slow vectors
    before it returns. Raises ReadError for a path that does not exist
    and StoreError when the index cannot be written."""
    start = time.perf_counter()
    outcomes: list[tuple[str, str, str]] = []
    duplicates: list[tuple[str, str]] = []
    empty: list[tuple[str, str]] = []
    statutes: set[str] = set()
    stopped = cancelled()
    for item in () if stopped else read_all(paths, limits=limits, only=only):
        one = _add_one(index, item, own, region, rename, skip)
        outcomes.append((rename(one.path), one.state, one.note))
        if one.of is not None:
            duplicates.append((rename(one.path), one.of))
        if one.why is not None:
            empty.append((rename(one.path), one.why))
        if one.statute is not None:
            statutes.add(one.statute)
        if on_file is not None:
            on_file(one.path, one.state, one.note)
        if len(outcomes) % _EVERY == 0:
            index.catch_up()
        stopped = cancelled()
        if stopped:
            break
    encoded = encode_added(index, limit=0 if stopped else encode)
    status = index.status()
    return AddReport(
        added=_count(outcomes, "added"),
        unchanged=_count(outcomes, "unchanged"),
        updated=_count(outcomes, "updated"),
        duplicates=tuple(duplicates),
        empty=tuple(empty),
        editions=_list_editions(index, statutes),
        failed=tuple((path, note) for path, state, note in outcomes if state == "failed"),
        documents=status.documents,
        passages=status.passages,
        encoded=encoded,
        seconds=time.perf_counter() - start,
        outcomes=tuple(outcomes),
        cancelled=stopped,
    )


def parse_own(source: Source) -> Parsed:
    """Return our own file, parsed. What is of no known kind (notes, a table of figures)
    is read as a work summary, so that its facts can be used."""
    parsed = parse_source(source)
    if isinstance(parsed, Policy) and (parsed.issuer or "").endswith(("局", "厅", "委", "处")):
        return parse_article(source)  # our own plan says what we do, not what is asked of us
    return parse_article(source) if isinstance(parsed, Other) else parsed


class _One(NamedTuple):
    """What became of one file: ``note`` says which or why, ``of`` is the path of the one that
    it repeats, ``why`` says why nothing usable came from it, ``statute`` is its document."""

    path: str
    state: str
    note: str
    of: str | None = None
    why: str | None = None
    statute: str | None = None


def _add_one(
    index: Index,
    item: Source | ReadError,
    own: bool,
    region: str | None,
    rename: Rename,
    skip: Skip,
) -> _One:
    """Add what was read. Only a file that cannot be parsed is its own trouble: a store that
    cannot be written ends the batch."""
    if isinstance(item, ReadError):
        return _One(item.path, "failed", item.reason)
    named = replace(item, path=rename(item.path))
    left = skip(named)
    if left is not None:
        return _One(item.path, "left", left)
    try:
        parsed = parse_own(item) if own else parse_source(item)
    except ReplygenError as error:
        return _One(item.path, "failed", str(error))
    outcome = index.add(parsed, named, own=own, region=region)
    of, note = outcome.duplicate_of, outcome.document.title
    if of is not None and outcome.near:
        note = f"{note}（与“{Path(of).name}”几乎相同）"
    elif of is not None:
        note = of
    why = tell_empty(parsed)
    if why is not None and of is None:
        note = f"{note}（{why}）"
    statute = outcome.document.id if isinstance(parsed, Statute) else None
    return _One(item.path, outcome.state, note, of, why, statute)


def _list_editions(index: Index, added: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The superseded texts of the statutes whose documents were ``added``, and what took
    their place, as paths."""
    if not added:
        return ()
    records = {record.document: record for record in index.statutes()}
    gone = find_superseded(records.values(), date.today().isoformat())
    touched = {gone.get(document, document) for document in added}
    old = sorted((d for d in gone if gone[d] in touched), key=lambda d: records[d].begins)
    return tuple((_name_path(index, d), _name_path(index, gone[d])) for d in old)


def _name_path(index: Index, id: str) -> str:
    document = index.document(id)
    return id if document is None else document.path


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
    editions: tuple[tuple[str, str], ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
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
    ) -> None:
        """Begin to add ``paths`` and as our own ``ours``, or with ``laws`` the national laws.
        ``label`` says what it is, ``by`` who asked; the other options are those of
        :func:`add_files`."""
        self.paths, self.own, self.region, self.rename = tuple(paths), own, region, rename
        self._settings, self._only, self._laws = settings, only, laws
        self.ours = tuple(ours)
        self._by, self._label = by, label
        self._now, self._lock, self._stop = _Now(), Lock(), Event()
        self._started, self._at = datetime.now(), time.perf_counter()
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
        """Return another batch of the same, or of ``only`` these paths, which begins at once."""
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
            )

    def _run(self) -> None:
        error: str | None = None
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

    def _add(self, index: Index) -> None:
        everything = (*self.paths, *self.ours)
        total = len(self._only or ()) or count_files(everything, stopped=self._stop.is_set)
        with self._lock:
            self._now.total, self._now.state = total, "reading"
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
                rename=self.rename,
                on_file=self._record_progress,
                cancelled=self._stop.is_set,
                encode=0,  # the page's own thread fills, beside the searches
            )
            with self._lock:
                self._now.editions += report.editions
                self._now.empty += report.empty

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

    def _record_progress(self, path: str, state: str, note: str) -> None:
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
        and comes out as unchanged. Raises SettingsError where there is nothing to go on with
        or a batch runs."""
        old = self._latest
        if old is None or old.view().state not in ("cancelled", "failed"):
            raise SettingsError("没有停下的一批，不用继续")
        return self._begin(lambda: old.begin_again(self.settings, by=by))

    def _begin(self, make: Callable[[], Batch]) -> Batch:
        with self._lock:
            if self._latest is not None and self._latest.running:
                view = self._latest.view()
                raise SettingsError(
                    f"{view.by} {view.started} 开始的一批还在加入，等它结束（或停止它）再加下一批"
                )
            self._latest = make()
            return self._latest

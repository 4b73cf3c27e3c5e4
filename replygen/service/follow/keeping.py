"""The runs over all sources of one server, one at a time: asked for, or by themselves when the
page is opened and every so often, out of the way of whoever works."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from replygen.errors import ReplygenError, SettingsError
from replygen.index import open_index
from replygen.service.desk import Desk
from replygen.service.follow.reports import FollowReport
from replygen.service.follow.running import run_follow
from replygen.service.follow.unread import find_unread
from replygen.workspace import Followed, FollowStore, LeftOut

_FRESH = 600.0  # seconds for which what was read needs no other look
_PATIENCE = 10.0  # seconds for which a run by itself is waited for that gives way
_NICE = 10  # how far our thread stands behind the others, where the system knows threads
_LOG = logging.getLogger("replygen.service.follow")


@dataclass(slots=True)
class RunState:
    """What is said of the run under way, or of the last: ``outcomes`` and ``owners`` as in
    :class:`FollowReport`, of all sources, ``left`` what was removed by hand and left out."""

    said: str = ""
    outcomes: tuple[tuple[str, str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    left: tuple[LeftOut, ...] = ()


class Follower:
    """Reads what is followed. All users see the same run."""

    def __init__(self, desk: Desk, *, busy: Callable[[], bool] = lambda: False) -> None:
        """``busy`` says that something goes first: a run by itself waits for its end."""
        self.desk, self.busy = desk, busy
        self.state = RunState()
        self._lock = threading.Lock()
        self._stop, self._woken, self._ended = (threading.Event() for _ in range(3))
        self._thread: threading.Thread | None = None
        self._unasked = False  # the run under way is one by itself

    @property
    def running(self) -> bool:
        """True while sources are read."""
        return self._lock.locked()

    @property
    def by_itself(self) -> bool:
        """True where sources are read without being asked for."""
        return self._thread is not None

    def begin(self) -> None:
        """Take the turn for :meth:`run`; a run by itself gives way. Raises SettingsError while
        another one runs."""
        self.interrupt()
        if not self._lock.acquire(blocking=False):
            raise SettingsError("正在读取，请等它结束，或者停止它")
        self._stop.clear()
        self.state = RunState("正在读取……")

    def run(self) -> None:
        """Read all sources, the turn being ours; it is given back at the end."""
        try:
            reports = self._read(self._sources(), unread=False)
            self.state = _sum_up(reports)
        except ReplygenError as error:
            self.state = RunState(f"没有读完：{error.shown}")
        except Exception:
            _LOG.exception("follow failed")
            self.state = RunState("没有读完：程序内部出错了，读到的都在，请再试一次")
        finally:
            self._lock.release()

    def stop(self) -> None:
        """Stop before the next document; what was read stays."""
        self._stop.set()

    def interrupt(self) -> None:
        """Let a run by itself end before its next document, for what somebody asks for now; it
        is gone on with at another time."""
        if self._unasked:
            self._stop.set()
            if self._lock.acquire(timeout=_PATIENCE):
                self._lock.release()

    def start(self) -> None:
        """Let a thread read by itself from now on; nothing where the settings say never."""
        if self.desk.settings.follow.every > 0 and self._thread is None:
            self._thread = threading.Thread(
                target=self._keep_up, name="replygen-follow", daemon=True
            )
            self._thread.start()
            atexit.register(self.end)
            self.wake()

    def end(self) -> None:
        """End that thread."""
        self._ended.set()
        self._stop.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            atexit.unregister(self.end)

    def wake(self) -> None:
        """Say that somebody looks: what was not read for a while is read soon."""
        self._woken.set()

    # ── by itself ──────────────────────────────────────────────────────────

    def _keep_up(self) -> None:
        _stand_behind()
        while not self._ended.is_set():
            self._woken.wait(self.desk.settings.follow.every * 3600)
            self._woken.clear()
            if not self._ended.is_set():
                self._read_due()

    def _read_due(self) -> None:
        """Read what is due and has anything new, where nobody else reads."""
        if not self._lock.acquire(blocking=False):
            return
        self._stop.clear()
        self._unasked, before = True, self.state
        self.state = replace(before)  # its progress is no part of what was said before
        try:
            due = [source for source in self._sources() if self._is_due(source)]
            reports = self._read(due, unread=True) if due else []
            told = [r for r in reports if r.outcomes or r.left or r.error]
            self.state = before
            if told:
                self.state = _sum_up(told)
                self.state.said = f"{datetime.now():%H:%M} 自己读取：{self.state.said}"
        except Exception:  # the thread goes on: the next look may do
            _LOG.exception("follow by itself failed")
            self.state = before
        finally:
            self._unasked = False
            self._lock.release()

    def _is_due(self, source: Followed) -> bool:
        if source.ran is not None:
            age = datetime.now(timezone.utc) - datetime.fromisoformat(source.ran)
            if age.total_seconds() < min(_FRESH, self.desk.settings.follow.every * 3600):
                return False
        if source.kind != "folder":
            return True
        return bool(find_unread(FollowStore(self.desk.settings.work), source).count)

    def _sources(self) -> tuple[Followed, ...]:
        return FollowStore(self.desk.settings.work).sources()

    def _read(self, sources: Sequence[Followed], *, unread: bool) -> list[FollowReport]:
        settings, reports = self.desk.settings, list[FollowReport]()

        def stopped() -> bool:
            while unread and self.busy() and not self._stop.is_set():
                self._ended.wait(0.5)
            if unread:
                self.desk.index.give_way()
            return self._stop.is_set()

        with open_index(settings.index, encoder=settings.encoder) as index:
            for source in sources:
                if stopped():
                    break
                reports.append(
                    run_follow(
                        index,
                        settings,
                        source.name,
                        progress=self._show_progress,
                        stopped=stopped,
                        unread=unread,
                    )
                )
        return reports

    def _show_progress(self, done: int, current: str) -> None:
        self.state.said = f"正在读取：第 {done} 份，{current}"


def _sum_up(reports: Sequence[FollowReport]) -> RunState:
    return RunState(
        "；".join(f"{r.followed.name}：{r.words}" for r in reports) or "没有来源",
        tuple(row for r in reports for row in r.outcomes),
        tuple(row for r in reports for row in r.owners),
        tuple({one.id: one for r in reports for one in r.left}.values()),
    )


def _stand_behind() -> None:
    """Let this thread have the processor after the others, where the system can."""
    with suppress(AttributeError, OSError):  # Windows has none, macOS knows processes only
        if os.uname().sysname == "Linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)

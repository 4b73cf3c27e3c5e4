"""A list drafted in a thread of its own: how far it is, stopped when asked, gone on with."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Literal

from replygen.errors import ReplygenError, SettingsError
from replygen.service.desk import Desk
from replygen.service.lists.known import YearList
from replygen.service.lists.making import OnRow
from replygen.service.lists.year import make_list

RunState = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it is now: of which list, who asked and when (HH:MM), how many proposals were
    gone through, which was the last, why it ended early."""

    list_id: str
    by: str
    started: str
    state: RunState
    done: int
    current: str
    error: str | None = None

    @property
    def running(self) -> bool:
        """True until the run has ended, in whatever way."""
        return self.state == "running"


class ListRuns:
    """The runs of one server: one at a time, the latest kept to be looked at."""

    def __init__(self, desk: Desk) -> None:
        """Nothing runs yet."""
        self._desk = desk
        self._view: RunView | None = None
        self._thread: Thread | None = None
        self._lock, self._stop = Lock(), Event()

    def view(self) -> RunView | None:
        """Return the run that is under way, or the one that ended last."""
        return self._view

    def is_running(self) -> bool:
        """True while a run is on."""
        return self._view is not None and self._view.running

    def refuse_another(self) -> None:
        """Raise SettingsError while a run is on."""
        view = self._view
        if view is not None and self._thread is not None and self._thread.is_alive():
            raise SettingsError(
                f"{view.by} {view.started} 开始的一批还在起草，等它结束（或停止它）再开始"
            )

    def begin(self, known: YearList, *, by: str) -> None:
        """Draft what is not drafted yet of a list. Raises SettingsError while a run is on."""
        with self._lock:
            self.refuse_another()
            self._stop.clear()
            started = datetime.now().strftime("%H:%M")
            self._view = RunView(known.id, by, started, "running", 0, "正在读清单和提案")
            self._thread = Thread(
                target=self._run, args=(known, self._view), name="replygen-list", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop before the next proposal; what was drafted stays."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Return when the run has ended, or after ``seconds``."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, known: YearList, view: RunView) -> None:
        def on_row(done: int, current: str) -> None:
            self._view = replace(view, done=done, current=current)

        error: str | None = None
        try:
            self._make(known, on_row)
        except ReplygenError as problem:
            error = problem.shown
        except Exception:
            logging.getLogger("replygen.service.lists").exception("run failed")
            error = "程序内部出错了，这一批没有做完；做好的都在，请点“继续”"
        last = self._view or view
        ended: RunState = "stopped" if self._stop.is_set() else "done"
        self._view = replace(last, state="failed" if error else ended, error=error)

    def _make(self, known: YearList, on_row: OnRow) -> None:
        make_list(
            self._desk,
            Path(known.source),
            Path(known.proposals),
            Path(known.out),
            on_row=on_row,
            stopped=self._stop.is_set,
        )

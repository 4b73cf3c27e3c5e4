"""The slow encoder's vectors: filled in while the index is in use.

A passage is found by its words and its fast vector at once; its slow vector follows.
Each batch is a transaction of its own, so a killed process loses at most one batch; one
process fills at a time, and another takes over when it ends.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread

from replygen.errors import ReplygenError
from replygen.index.base import Progress
from replygen.index.encoders.encoder import Encoder
from replygen.index.local.store import Store

ReadTexts = Callable[[Sequence[int]], dict[int, str]]
_LOCK = "fill"
_BATCH = 64  # passages kept in one transaction
_SLICE = 16  # passages encoded at a stretch; between them a search may go first
_LOOK_AGAIN = 2.0  # seconds between looks for new passages, or for the other process
_AFTER_TROUBLE = 30.0  # seconds until a failure is tried again
_GIVE_WAY = 0.5  # seconds at most that a slice waits for searches


@dataclass(frozen=True, slots=True)
class Filler:
    """How one encoder's vectors of one store are filled in. ``adopt`` stores those that need
    no encoding and returns the other rows; ``busy`` says whether a search is under way."""

    store: Store
    encoder: Encoder
    read_texts: ReadTexts
    adopt: Callable[[Sequence[int]], list[int]]
    busy: Callable[[], bool]

    def fill(
        self,
        *,
        progress: Progress | None = None,
        stop: Event | None = None,
        limit: int | None = None,
    ) -> bool:
        """Give a vector to what has none yet; encode at most ``limit`` passages, until ``stop``
        is set; ``progress`` is told (done, of). Return whether this process did it: False when
        another one is at it. Raises StoreError, SettingsError."""
        stop = stop or Event()
        with self.store.cache_lock(_LOCK) as held:
            if not held:
                return False
            missing = self.adopt(self.store.missing_vectors(self.encoder.name))[:limit]
            for start in range(0, len(missing), _BATCH):
                if not self._encode(missing[start : start + _BATCH], stop):
                    break
                if progress is not None:
                    progress(min(start + _BATCH, len(missing)), len(missing))
        return True

    def _encode(self, rows: Sequence[int], stop: Event) -> bool:
        """Encode and keep one batch, like lengths together; False when stopped."""
        import numpy as np

        texts = sorted(self.read_texts(rows).items(), key=lambda pair: len(pair[1]))
        parts = []
        for start in range(0, len(texts), _SLICE):
            if stop.is_set():
                return False
            wait_for_searches(self.busy)
            part = [text for _, text in texts[start : start + _SLICE]]
            parts.append(self.encoder.encode(part, kind="passage"))
        if parts:
            rows = [row for row, _ in texts]
            self.store.keep_vectors(self.encoder.name, rows, np.concatenate(parts))
        return True


def wait_for_searches(busy: Callable[[], bool]) -> None:
    """Return when no search is under way, or after a moment."""
    until = time.monotonic() + _GIVE_WAY
    while busy() and time.monotonic() < until:
        time.sleep(0.01)


class BackgroundFilling:
    """A thread that fills whenever something is missing, until it is stopped. ``problem``
    says what stands in the way, if something does."""

    def __init__(self, filler: Filler) -> None:
        self._filler = filler
        self._stop = Event()
        self.problem: str | None = None
        self._thread = Thread(target=self._run, name="replygen-fill", daemon=True)
        self._thread.start()
        # a thread that is in native code while the interpreter goes down may crash it
        atexit.register(self.stop)

    def stop(self) -> None:
        """End the thread; what it has stored stays."""
        self._stop.set()
        self._thread.join()
        atexit.unregister(self.stop)

    def _run(self) -> None:
        seen = -1
        while not self._stop.is_set():
            pause = _LOOK_AGAIN
            try:
                last = self._filler.store.last_change
                if last != seen and self._filler.fill(stop=self._stop):
                    seen = last
                self.problem = None
            except ReplygenError as error:
                self.problem, pause = str(error), _AFTER_TROUBLE
            self._stop.wait(pause)

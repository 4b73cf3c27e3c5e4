"""What was worked out before, found again by what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")
_MOST = 256


class Memory:
    """The last results by their keys. Threads may share it: what several ask for at the same
    time is worked out by the first of them."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._lock = most, Lock()
        self._known: dict[Hashable, Future[Any]] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` made for this key, now or before. What it raises is raised, and
        is not kept."""
        with self._lock:
            known = self._known.pop(key, None)
            result: Future[Made] = Future() if known is None else known
            self._known[key] = result  # the last that was asked for goes last
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        if known is None:
            try:
                result.set_result(make())
            except BaseException as error:
                with self._lock:
                    self._known.pop(key, None)
                result.set_exception(error)
                raise
        return result.result()

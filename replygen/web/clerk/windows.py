"""Which draft each window of a browser has open: an answer for another one is not drawn."""

from __future__ import annotations

from replygen.web.auth.who import who
from replygen.web.clerk.sent import Place

_MOST = 10_000  # windows that are remembered


class Windows:
    """The draft that each window asked for last, "" where it went back to the first step."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], tuple[int, str]] = {}

    def open(self, place: Place) -> None:
        """Remember that the window of ``place`` opens its draft, unless it opened another one
        since: requests may come in another order than they were sent in."""
        key = (who(), place.window.name)
        before = self._open.pop(key, (0, ""))
        late = 0 < place.sequence < before[0]
        self._open[key] = before if late else (place.sequence, place.id)
        while len(self._open) > _MOST:
            del self._open[next(iter(self._open))]

    def show(self, place: Place) -> bool:
        """True when what is answered for ``place`` belongs on the screen: its window has no
        other draft open. A window without a name is not known."""
        opened = self._open.get((who(), place.window.name))
        return not place.window.name or opened is None or opened[1] == place.id

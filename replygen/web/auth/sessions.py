"""Who is signed in, and who has typed a wrong password too often. Both live in memory:
a restart signs everybody out and writes no secret anywhere."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from replygen.workspace import User, UserFile

IDLE = 4 * 3600.0  # seconds without a request until a session ends
LONGEST = 12 * 3600.0  # seconds until a session ends whatever happens
TRIES = 5  # wrong passwords for a name from an address before the first wait
TRIES_OF_ADDRESS = 20  # wrong passwords from one address, whatever the name
FIRST_WAIT, LONGEST_WAIT = 60.0, 900.0  # seconds; doubled with each further wrong password
_MOST_KEYS = 10_000

Clock = Callable[[], float]


@dataclass(slots=True)
class _Session:
    name: str
    secret: str
    started: float
    seen: float


class Sessions:
    """The sessions of one server. Tokens have 256 random bits; only their digests stay."""

    def __init__(self, users: UserFile, *, clock: Clock = time.monotonic) -> None:
        self._users, self._clock = users, clock
        self._open: dict[bytes, _Session] = {}

    def start(self, user: User) -> str:
        """Return the token of a new session."""
        now = self._clock()
        self._open = {k: s for k, s in self._open.items() if not _over(s, now)}
        token = secrets.token_urlsafe(32)
        self._open[_digest(token)] = _Session(user.name, user.secret, now, now)
        return token

    def user(self, token: str) -> User | None:
        """Return the user of a token, as the user file has it now; ``None`` when the
        session is over, the user was removed or got another password. Raises StoreError."""
        session = self._open.get(_digest(token))
        if session is None:
            return None
        now = self._clock()
        user = self._users.get(session.name)
        if _over(session, now) or user is None or user.secret != session.secret:
            self.end(token)
            return None
        session.seen = now
        return user

    def end(self, token: str) -> None:
        """End a session, if it is open."""
        self._open.pop(_digest(token), None)


class Attempts:
    """Wrong passwords, counted for each name from each address and for each address."""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[tuple[str, str], tuple[int, float]] = {}  # count, until when

    def wait(self, name: str, address: str) -> float:
        """Return the seconds that this name from this address has to wait; 0.0 for none."""
        now = self._clock()
        until = [self._wrong.get(key, (0, 0.0))[1] for key in _keys(name, address)]
        return max(0.0, *(moment - now for moment in until))

    def failed(self, name: str, address: str) -> None:
        """Count a wrong password."""
        now = self._clock()
        if len(self._wrong) > _MOST_KEYS:
            self._wrong = {k: v for k, v in self._wrong.items() if v[1] > now}
        for key, most in zip(_keys(name, address), (TRIES, TRIES_OF_ADDRESS), strict=True):
            count, until = self._wrong.get(key, (0, now))
            count = 1 if now > until + LONGEST_WAIT else count + 1
            waits = min(FIRST_WAIT * 2.0 ** min(count - most, 10), LONGEST_WAIT)
            self._wrong[key] = (count, now + waits if count >= most else now)

    def succeeded(self, name: str, address: str) -> None:
        """Take back the try that :meth:`failed` counted before the password was known to
        be right, and forget the name's wrong ones from this address."""
        of_name, of_address = _keys(name, address)
        self._wrong.pop(of_name, None)
        count, until = self._wrong.get(of_address, (1, 0.0))
        self._wrong[of_address] = (count - 1, until if count > TRIES_OF_ADDRESS else self._clock())


def _keys(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (name[:64], address), ("", address)


def _over(session: _Session, now: float) -> bool:
    return now > session.seen + IDLE or now > session.started + LONGEST


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""Users of the page on a network: names, roles, salted hashes, in one file.

``users.json`` stands in the work folder, readable by its owner only (0600), written
whole and put in place at once. It holds no password: for each user a scrypt hash
(RFC 7914; parameters as OWASP's Password Storage Cheat Sheet gives for scrypt) with a
salt of its own. A server that is running sees a change at the next request.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from replygen.errors import SettingsError, StoreError
from replygen.language.files import write_whole

ROLES = ("clerk", "reviewer", "indexer")
FILE_NAME = "users.json"
SHORTEST, LONGEST = 8, 128  # characters of a password
# A name is also a word in paths and logs: 张伟, zhang.wei, 办公室-1.
_NAME = re.compile(r"(?!\.)[\w.-]{1,32}")
_N, _R, _P = 2**15, 8, 3  # 32 MiB a hash
_MEMORY = 2 * 128 * _N * _R
_HASHING = BoundedSemaphore(2)  # many log-ins at once take turns, not memory


@dataclass(frozen=True, slots=True)
class User:
    """A user: ``roles`` are some of ``ROLES``; ``secret`` is ``scrypt$n$r$p$salt$hash``."""

    name: str
    roles: frozenset[str]
    secret: str


class UserFile:
    """The users of one work folder. A missing file holds none."""

    def __init__(self, work: Path) -> None:
        self.path = work / FILE_NAME
        self._read: tuple[tuple[int, int, int], dict[str, User]] | None = None

    def users(self) -> tuple[User, ...]:
        """Return all users by name. Raises StoreError for a file that cannot be read."""
        return tuple(sorted(self._load().values(), key=lambda user: user.name))

    def get(self, name: str) -> User | None:
        """Return the user of that name. Raises StoreError."""
        return self._load().get(name)

    def add(self, name: str, password: str, roles: Iterable[str]) -> User:
        """Add a user and return it. Raises SettingsError for a name that is taken or not
        allowed, a short password or an unknown role, StoreError when nothing is written."""
        users = dict(self._load())
        if name in users:
            raise SettingsError(f"已有用户“{name}”，改密码请用 replygen user password {name}")
        if not _NAME.fullmatch(name):
            raise SettingsError("用户名只能用汉字、字母、数字、点和横线，最多 32 个字")
        users[name] = User(name, _known_roles(roles), hash_password(password))
        self._save(users)
        return users[name]

    def set_password(self, name: str, password: str) -> None:
        """Give a user a new password, which ends the user's sessions. Raises SettingsError
        for an unknown name or a short password, StoreError."""
        users = dict(self._load())
        old = self._known(name)
        users[name] = User(name, old.roles, hash_password(password))
        self._save(users)

    def remove(self, name: str) -> None:
        """Remove a user, which ends the user's sessions. Raises SettingsError, StoreError."""
        users = dict(self._load())
        del users[self._known(name).name]
        self._save(users)

    def check(self, name: str, password: str) -> User | None:
        """Return the user when the password is right. An unknown name takes as long as a
        wrong password, so that names cannot be found out."""
        user = self.get(name)
        right = _matches(password, user.secret if user else _NOBODYS)
        return user if right and user else None

    def _known(self, name: str) -> User:
        user = self.get(name)
        if user is None:
            raise SettingsError(f"没有用户“{name}”，现有的用户见 replygen user list")
        return user

    def _load(self) -> dict[str, User]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StoreError(f"{self.path}：打不开（{error.strerror}），请检查权限") from error
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _parse(self.path))
        return self._read[1]

    def _save(self, users: dict[str, User]) -> None:
        rows = {
            user.name: {"roles": sorted(user.roles, key=ROLES.index), "secret": user.secret}
            for user in users.values()
        }
        text = json.dumps({"version": 1, "users": rows}, ensure_ascii=False, indent=2) + "\n"
        try:
            write_whole(self.path, text, private=True)
        except OSError as error:
            raise StoreError(f"{self.path}：写不进去（{error.strerror}），请检查权限") from error


def hash_password(password: str) -> str:
    """Return ``scrypt$n$r$p$salt$hash``. Raises SettingsError for a password that is too
    short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(f"密码要有 {SHORTEST} 到 {LONGEST} 个字符，请换一个")
    salt = secrets.token_bytes(16)
    made = _scrypt(password, salt, _N, _R, _P)
    return "$".join(
        ("scrypt", str(_N), str(_R), str(_P), b64encode(salt).decode(), b64encode(made).decode())
    )


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _HASHING:
        return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _matches(password: str, secret: str) -> bool:
    _, n, r, p, salt, kept = secret.split("$")
    made = _scrypt(password[:LONGEST], b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(made, b64decode(kept))


def _known_roles(roles: Iterable[str]) -> frozenset[str]:
    given = frozenset(roles)
    if not given or not given <= set(ROLES):
        raise SettingsError(f"--role 只能是 {'、'.join(ROLES)}，可多次给出")
    return given


def _parse(path: Path) -> dict[str, User]:
    broken = StoreError(f"{path}：用户文件坏了，请从备份恢复，或删去后用 replygen user add 重建")
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        rows = {
            str(name): User(str(name), frozenset(row["roles"]), str(row["secret"]))
            for name, row in table["users"].items()
        }
        if any(
            not user.roles <= set(ROLES) or not _SECRET.fullmatch(user.secret)
            for user in rows.values()
        ):
            raise broken
    except OSError as error:
        raise StoreError(f"{path}：打不开（{error.strerror}），请检查权限") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken from error
    return rows


_SECRET = re.compile(r"scrypt\$32768\$8\$\d\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}")
# What an unknown name is compared with: a hash that no password makes.
_NOBODYS = f"scrypt${_N}${_R}${_P}${b64encode(bytes(16)).decode()}${b64encode(bytes(32)).decode()}"

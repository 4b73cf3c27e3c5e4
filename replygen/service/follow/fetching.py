"""One site fetched politely: its own host only, slowly, in bounds, every fetch logged.

Refused: other schemes than http and https, other hosts (also by redirect), addresses in a
private network behind a public name, what robots.txt forbids, what is larger than a file
may be or takes too long.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from replygen.errors import FetchError, SettingsError
from replygen.settings import FollowLimits, Limits

if TYPE_CHECKING:
    import httpx

    from replygen.workspace import FollowStore

AGENT = "replygen"
_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
_MOST_DELAY = 30.0  # seconds that robots.txt may ask for between two fetches
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said. ``data`` is None where nothing changed since (304)."""

    url: str
    data: bytes | None
    etag: str | None
    modified: str | None


class Fetcher:
    """Fetches from the host of one address. To be used as a context manager."""

    def __init__(
        self,
        source: str,
        url: str,
        *,
        store: FollowStore,
        rules: FollowLimits,
        limits: Limits,
        inside: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is fetched yet. ``inside`` allows a site in a private network."""
        import httpx

        check_address(url)
        self._source, self._store, self._rules, self._limits = source, store, rules, limits
        self._host = (urlsplit(url).hostname or "").lower()
        self._port = urlsplit(url).port
        self._private = inside or is_private(self._host)
        self._sleep, self._last, self._delay = sleep, 0.0, rules.delay
        self._robots: RobotFileParser | None = None
        self._base = url
        self._client = httpx.Client(
            timeout=min(rules.seconds, 20.0),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": f"{AGENT}/1.0", "Accept-Language": "zh-CN,zh"},
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def is_ours(self, url: str) -> bool:
        """Return whether an address is of the followed site."""
        parts = urlsplit(url)
        try:
            same_port = parts.port == self._port or parts.scheme != urlsplit(self._base).scheme
        except ValueError:
            return False
        host = (parts.hostname or "").lower()
        return parts.scheme in ("http", "https") and host == self._host and same_port

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """Return what ``url`` says, or that it said the same before. Raises FetchError."""
        if not self._load_robots().can_fetch(AGENT, url):
            self._note(url, None, 0, 0.0, "robots.txt 不允许")
            raise FetchError(url, "网站的 robots.txt 不允许读取", refused=True)
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        return self._follow(url, headers, self._limits.file_bytes)

    # ── inside ─────────────────────────────────────────────────────────────

    def _follow(self, url: str, headers: dict[str, str], most: int) -> Answer:
        at, seen = url, set()
        for _ in range(_REDIRECTS + 1):
            if not self.is_ours(at):
                self._note(at, None, 0, 0.0, "别的网站，没有读取")
                raise FetchError(url, f"转到了别的网站（{_short(at)}），没有读取", refused=True)
            if at in seen:
                break
            seen.add(at)
            self._check_network(at)
            answer, moved = self._get(at, headers, most)
            if moved is None:
                return answer
            at = moved
        raise FetchError(url, "来回跳转，没有内容")

    def _get(self, url: str, headers: dict[str, str], most: int) -> tuple[Answer, str | None]:
        """Return the answer, and where it leads to instead."""
        import httpx

        self._wait()
        start, size, status, note = time.monotonic(), 0, None, None
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                status = response.status_code
                self._check_peer(url, response)
                if status in _MOVED and "location" in response.headers:
                    moved = urljoin(url, response.headers["location"])
                    note = f"转到 {_short(moved)}"
                    return Answer(url, b"", None, None), moved
                etag, modified = (response.headers.get(n) for n in ("etag", "last-modified"))
                if status == httpx.codes.NOT_MODIFIED:
                    return Answer(url, None, etag, modified), None
                if status != httpx.codes.OK:
                    raise FetchError(
                        url, f"网站回答 {status}", gone=status in _GONE, lost=status >= 500
                    )
                parts = []
                for part in response.iter_bytes():
                    size += len(part)
                    self._check_size(url, size, most, start)
                    parts.append(part)
                return Answer(url, b"".join(parts), etag, modified), None
        except FetchError as error:
            note = error.reason
            raise
        except httpx.TimeoutException as error:
            note = "没有按时回答"
            raise FetchError(url, "网站没有按时回答", lost=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            note = f"连不上（{type(error).__name__}）"
            raise FetchError(url, "网站连不上，请检查网络和网址", lost=True) from error
        finally:
            self._note(url, status, size, time.monotonic() - start, note)

    def _check_size(self, url: str, size: int, most: int, start: float) -> None:
        if size > most:
            raise FetchError(url, f"超过 {most / 1e6:g} MB 的上限，没有读取", refused=True)
        if time.monotonic() - start > self._rules.seconds:
            raise FetchError(url, f"超过 {self._rules.seconds:g} 秒还没有传完", lost=True)

    def _check_network(self, url: str) -> None:
        """Raise FetchError when a public name leads into a private network."""
        if self._private:
            return
        try:
            found = socket.getaddrinfo(self._host, None, type=socket.SOCK_STREAM)
        except OSError as error:
            self._note(url, None, 0, 0.0, "找不到这个网站")
            raise FetchError(url, "找不到这个网站，请检查网络和网址", lost=True) from error
        if any(is_private(str(address[4][0])) for address in found):
            self._refuse_private(url)

    def _check_peer(self, url: str, response: httpx.Response) -> None:
        """The same for the address that really answered: a name may change in between."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if not self._private and peer and is_private(str(peer[0])):
            self._refuse_private(url)

    def _refuse_private(self, url: str) -> None:
        self._note(url, None, 0, 0.0, "内网地址，没有读取")
        raise FetchError(
            url, "这个网站的地址在内网，没有读取；确是内网网站的，添加时加 --inside", refused=True
        )

    def _load_robots(self) -> RobotFileParser:
        """Return what robots.txt allows: all where there is none, nothing where it is kept
        from us or the site does not answer."""
        if self._robots is not None:
            return self._robots
        found = RobotFileParser()
        url = urljoin(self._base, "/robots.txt")
        try:
            data = self._follow(url, {}, _ROBOTS_BYTES).data or b""
            found.parse(data.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
        except FetchError as error:
            if error.lost:
                raise
            found.parse(["User-agent: *", "Disallow:" if not _forbids(error) else "Disallow: /"])
        asked = found.crawl_delay(AGENT)
        if asked is not None:
            self._delay = max(self._rules.delay, min(float(asked), _MOST_DELAY))
        self._robots = found
        return found

    def _wait(self) -> None:
        left = self._last + self._delay - time.monotonic()
        if self._last and left > 0:
            self._sleep(left)
        self._last = time.monotonic()

    def _note(
        self, url: str, status: int | None, size: int, seconds: float, note: str | None
    ) -> None:
        self._store.log(self._source, url, status, size, seconds, note)


def check_address(url: str) -> None:
    """Raise SettingsError for what is no address of a site."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        good = False
    if not good or any(c.isspace() for c in url):
        raise SettingsError(f"网址要以 http:// 或 https:// 开头：{url}")
    if parts.username or parts.password:
        raise SettingsError("网址里不要写用户名和密码")


def is_private(host: str) -> bool:
    """Return whether an address is of a private network or of this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def _forbids(error: FetchError) -> bool:
    return "401" in error.reason or "403" in error.reason


def _short(url: str) -> str:
    return url if len(url) <= 80 else f"{url[:79]}…"

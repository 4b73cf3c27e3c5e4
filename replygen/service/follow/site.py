"""A followed site read: its list pages turned, what they lead to fetched where it changed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from replygen.errors import FetchError, ReadError
from replygen.index import Index
from replygen.reading import read_bytes
from replygen.reading.sniff import sniff_format
from replygen.service.adding import add_files
from replygen.service.follow.fetching import Answer, Fetcher
from replygen.service.follow.left import Removals
from replygen.service.follow.links import (
    Link,
    LinkKind,
    read_attachments,
    read_column,
    read_feed,
    tidy_url,
)
from replygen.service.follow.reports import Tally
from replygen.settings import FollowLimits, Limits
from replygen.workspace import Followed, FollowStore, Page

_TOGETHER = 20  # documents added in one step; a kill loses at most these
_COVER = 80  # characters below which a page with attachments is only their cover


class _Stop(Exception):
    """The run ends here; what was read stays."""


@dataclass(slots=True)
class _Waiting:
    """What was fetched and is not added yet: its page, and its bytes."""

    page: Page
    data: bytes


@dataclass(slots=True)
class SiteRun:
    """One run over one site; :meth:`run` does it and fills ``tally``."""

    followed: Followed
    fetcher: Fetcher
    store: FollowStore
    index: Index
    rules: FollowLimits
    limits: Limits
    tally: Tally
    removals: Removals
    stopped: Callable[[], bool] = lambda: False
    known: dict[str, Page] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    _waiting: list[_Waiting] = field(default_factory=list)
    _lost: int = 0
    _whole: bool = True

    def run(self) -> None:
        """Read the site. Raises FetchError when its first page cannot be read, StoreError."""
        self.known = self.store.pages(self.followed.name)
        try:
            links = self._list_links()
            if len(links) > self.rules.documents:
                self._whole = False
                self.tally.cut = f"这次只读前 {self.rules.documents} 份，其余下次再读"
            for link in links[: self.rules.documents]:
                self._take(link)
        except _Stop as stop:
            self._whole = False
            self.tally.cut = str(stop)
        finally:
            self._flush()
        if self._whole and self.followed.kind == "html":
            self.tally.gone += [
                url
                for url, page in self.known.items()
                if page.state != "list" and url not in self.present
            ]

    # ── the lists ──────────────────────────────────────────────────────────

    def _list_links(self) -> list[Link]:
        """Return what the list pages lead to, each once, in their order."""
        start = tidy_url(self.followed.place)
        todo: list[str] = [start]
        done: set[str] = set()
        found: dict[str, Link] = {}
        while todo:
            url = todo.pop(0)
            if url in done:
                continue
            if len(done) >= self.rules.pages:
                self._whole = False
                self.tally.cut = f"列表超过 {self.rules.pages} 页，后面的没有读"
                break
            done.add(url)
            for link in self._read_list(url, first=url == start):
                if link.kind == "page":
                    todo.append(link.url)
                else:
                    found.setdefault(link.url, link)
        return [link for link in found.values() if link.url not in done]

    def _read_list(self, url: str, *, first: bool) -> tuple[Link, ...]:
        old = self.known.get(url)
        old = old if old is not None and old.state == "list" and old.links else None
        try:
            answer = self._fetch(url, old)
            if answer.data is None and old is not None:
                return tuple(Link(at, title, _kind(kind)) for at, title, kind in old.links)
            links = self._parse_list(answer.data or b"", answer.url)
        except ReadError as error:
            if first:
                raise
            self._whole = False
            self._fail(url, error)
            return ()
        self._keep_list(url, answer, links)
        return links

    def _parse_list(self, data: bytes, url: str) -> tuple[Link, ...]:
        if self.followed.kind == "rss":
            return read_feed(data, url, ours=self.fetcher.is_ours)
        return read_column(
            data,
            url,
            column=self.followed.place,
            ours=self.fetcher.is_ours,
            title=self.followed.title,
        )

    def _keep_list(self, url: str, answer: Answer, links: tuple[Link, ...]) -> None:
        kept = tuple((link.url, link.title, link.kind) for link in links)
        page = Page(url, "list", None, answer.etag, answer.modified, links=kept)
        self.store.keep(self.followed.name, [page])

    # ── the documents ──────────────────────────────────────────────────────

    def _take(self, link: Link) -> None:
        """Read one document and what is attached to it, where they changed."""
        if self.stopped():
            raise _Stop("已停止，读到的都在")
        self.present.add(link.url)
        old = self.known.get(link.url)
        self.tally.tell(link.title or link.url)
        try:
            answer = self._fetch(link.url, old if old and old.state == "added" else None)
        except FetchError as error:
            self._miss(link.url, error)
            return
        attached = self._attachments(link, answer, old)
        page = Page(
            link.url,
            "added",
            link.title or None,
            answer.etag,
            answer.modified,
            None if answer.data is None else hashlib.sha256(answer.data).hexdigest(),
            tuple((a.url, a.title, a.kind) for a in attached),
        )
        if answer.data is None or (old is not None and _same(old, page)):
            title = self.removals.name_at(link.url)
            self.tally.count(link.url, "unchanged" if title is None else "left", title or "")
        elif attached and self._is_cover(answer):
            self.store.keep(self.followed.name, [page])
        else:
            self._wait(page, answer.data)
        for other in attached:
            if other.url not in self.present:
                self._take(other)

    def _attachments(self, link: Link, answer: Answer, old: Page | None) -> tuple[Link, ...]:
        if link.kind == "attachment":
            return ()
        if answer.data is None:
            return tuple(Link(a, t, "attachment") for a, t, _ in old.links) if old else ()
        if sniff_format(answer.data) != "html":
            return ()
        return read_attachments(answer.data, answer.url, ours=self.fetcher.is_ours)

    def _is_cover(self, answer: Answer) -> bool:
        """Return whether a page says nothing but what is attached to it."""
        try:
            source = read_bytes(answer.url, answer.data or b"", limits=self.limits)
        except ReadError:
            return True
        return len("".join(source.text.split())) < _COVER

    def _wait(self, page: Page, data: bytes) -> None:
        self._waiting.append(_Waiting(page, data))
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        """Add what waits, by the road of all files, and keep what was seen of it."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        with tempfile.TemporaryDirectory(prefix="replygen-") as folder:
            places = {
                str(Path(folder) / f"{n}{_suffix(one.page.url)}"): one
                for n, one in enumerate(waiting)
            }
            for place, one in places.items():
                Path(place).write_bytes(one.data)
            states: dict[str, tuple[str, str]] = {}

            def count(path: str, state: str, note: str) -> None:
                place = path.partition("!")[0]
                self.tally.count(_name(path, places), state, note)
                if states.get(place, ("", ""))[0] != "added":
                    states[place] = (state, note)

            report = add_files(
                self.index,
                [Path(place) for place in places],
                limits=self.limits,
                own=self.followed.own,
                region=self.followed.region,
                rename=lambda path: _name(path, places),
                skip=self.removals.name,
                on_file=count,
                encode=0,
            )
        self.tally.owners += report.owners
        self.store.keep(
            self.followed.name, [_finish(one.page, states.get(p)) for p, one in places.items()]
        )

    # ── fetching ───────────────────────────────────────────────────────────

    def _fetch(self, url: str, old: Page | None) -> Answer:
        try:
            answer = self.fetcher.fetch(
                url,
                etag=old.etag if old is not None else None,
                modified=old.modified if old is not None else None,
            )
        except FetchError as error:
            self._lost = self._lost + 1 if error.lost else 0
            raise
        finally:
            self.tally.fetched += 1
        self._lost = 0
        return answer

    def _miss(self, url: str, error: FetchError) -> None:
        """Note an address that was not read; one that is gone stays known as gone."""
        if error.gone:
            if url in self.known:
                self.tally.gone.append(url)
            else:
                self._fail(url, error)
            return
        self._fail(url, error)
        if self._lost >= self.rules.failures:
            raise _Stop(f"网站连续 {self._lost} 次没有回答，停下了；读到的都在，下次接着读")

    def _fail(self, url: str, error: ReadError) -> None:
        refused = isinstance(error, FetchError) and error.refused
        self.tally.fail(url, error.reason, refused=refused)


def _same(old: Page, new: Page) -> bool:
    return old.state == "added" and old.sha256 is not None and old.sha256 == new.sha256


def _finish(page: Page, outcome: tuple[str, str] | None) -> Page:
    """Return a page with what became of it; one that failed is fetched anew next time."""
    state, note = outcome or ("failed", "没有读出内容")
    if state == "failed":
        return Page(page.url, "failed", page.title, note=note)
    links, note_kept = page.links, note if state == "duplicate" else None
    return Page(
        page.url, "added", page.title, page.etag, page.modified, page.sha256, links, note_kept
    )


def _name(path: str, places: dict[str, _Waiting]) -> str:
    """Return the address for a file on the disk, or for what is packed in it."""
    place, packed, member = path.partition("!")
    return f"{places[place].page.url}{packed}{member}"


def _suffix(url: str) -> str:
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    return suffix if suffix[1:].isalnum() and len(suffix) <= 6 else ".html"


def _kind(text: str) -> LinkKind:
    return "page" if text == "page" else "attachment" if text == "attachment" else "document"

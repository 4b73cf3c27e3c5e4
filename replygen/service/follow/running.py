"""What is followed: added, listed, run, removed. Only a run reads anything."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from replygen.errors import ReadError, ReplygenError, SettingsError, StoreError
from replygen.index import Index
from replygen.service.adding import Progress, add_files
from replygen.service.follow.fetching import Fetcher, check_address
from replygen.service.follow.left import Removals
from replygen.service.follow.reports import FollowReport, Gone, Tally
from replygen.service.follow.site import SiteRun
from replygen.service.follow.unread import Unread, find_unread
from replygen.settings import Settings
from replygen.workspace import Followed, FollowKind, FollowStore, Page

_NAME = re.compile(r"[^\s/\\][^/\\\n]{0,39}")


def add_follow(
    work: Path,
    name: str,
    place: str,
    *,
    kind: str | None = None,
    own: bool = False,
    region: str | None = None,
    title: str | None = None,
    inside: bool = False,
) -> Followed:
    """Keep a new source and return it; nothing is fetched. A place with :// is an address,
    any other a folder. Raises SettingsError for what cannot be followed."""
    if not _NAME.fullmatch(name):
        raise SettingsError(f"来源的名字要有 1 到 40 个字，不含 / 和 \\：{name or '（空）'}")
    if title is not None:
        try:
            re.compile(title)
        except re.error as error:
            raise SettingsError(f"--title 不是正确的正则表达式：{title}") from error
    site = "://" in place or re.match(r"(?:file|https?|ftp|data|javascript):", place, re.I)
    if site:
        found = _check_site(place, kind)
    else:
        found, place = "folder", _check_folder(place, kind)
    return FollowStore(work).add(Followed(name, found, place, own, region or None, title, inside))


def _check_site(place: str, kind: str | None) -> FollowKind:
    check_address(place)
    if kind in (None, "html"):
        return "html"
    if kind == "rss":
        return "rss"
    raise SettingsError("--kind 只能是 html（栏目网页）或 rss（RSS、Atom）")


def _check_folder(place: str, kind: str | None) -> str:
    if kind is not None:
        raise SettingsError(f"文件夹不用 --kind；网址要以 http:// 或 https:// 开头：{place}")
    folder = Path(place)
    if not folder.is_dir():
        raise SettingsError(f"{place}：没有这个文件夹；网址要以 http:// 或 https:// 开头")
    return str(folder.resolve())


def run_follow(
    index: Index,
    settings: Settings,
    name: str,
    *,
    drop: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    unread: bool = False,
) -> FollowReport:
    """Read one source and return what was done. ``drop`` takes what is gone out of the index
    too; with ``unread`` a folder's files are read that are new or changed, and no other. A
    source that cannot be read is told in the report. Raises SettingsError when there
    is none of that name, StoreError."""
    store, start = FollowStore(settings.work), time.perf_counter()
    followed = store.find(name)
    if followed is None:
        raise SettingsError(f"没有叫“{name}”的来源，现有的见 replygen follow list")
    tally, removals = Tally(progress), Removals(store, index)
    error: str | None = None
    try:
        if followed.kind == "folder":
            look = find_unread(store, followed) if unread else None
            _run_folder(followed, store, index, settings, tally, removals, stopped, look)
        else:
            _run_site(followed, store, index, settings, tally, removals, stopped)
    except StoreError:
        raise
    except ReadError as problem:
        error = problem.reason
    except ReplygenError as problem:
        error = str(problem)
    gone = _find_gone(followed, store, index, tally)
    if drop and error is None:
        gone = _drop(followed, store, index, settings, gone, removals)
    report = FollowReport(
        followed=followed,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        duplicates=tuple(tally.duplicates),
        failed=tuple(tally.failed),
        refused=tuple(tally.refused),
        gone=gone,
        left=tuple(removals.met.values()),
        outcomes=(*tally.outcomes, *((one.place, "gone", one.fate) for one in gone)),
        owners=tuple(tally.owners),
        fetched=tally.fetched,
        seconds=time.perf_counter() - start,
        error=error,
        cut=tally.cut,
    )
    partly = unread and followed.kind == "folder" and tally.cut is not None
    if not partly:  # what changed and was not read is still to be read
        store.finish(name, report.words)
    return report


def _run_site(
    followed: Followed,
    store: FollowStore,
    index: Index,
    settings: Settings,
    tally: Tally,
    removals: Removals,
    stopped: Callable[[], bool],
) -> None:
    rules, limits = settings.follow, settings.limits
    with Fetcher(
        followed.name,
        followed.place,
        store=store,
        rules=rules,
        limits=limits,
        inside=followed.inside,
    ) as fetcher:
        SiteRun(followed, fetcher, store, index, rules, limits, tally, removals, stopped).run()


def _run_folder(
    followed: Followed,
    store: FollowStore,
    index: Index,
    settings: Settings,
    tally: Tally,
    removals: Removals,
    stopped: Callable[[], bool],
    look: Unread | None,
) -> None:
    folder = Path(followed.place)
    if not folder.is_dir():
        raise ReadError(followed.place, "文件夹不在了，可能改了名或没有挂上，语料库没有动")
    pages: list[Page] = []

    def count(path: str, state: str, note: str) -> None:
        tally.tell(path)
        tally.count(path, state, note)
        kept = note if state in ("duplicate", "failed") else None
        pages.append(Page(path, "failed" if state == "failed" else "added", note=kept))

    report = add_files(
        index,
        [folder],
        only=None if look is None else frozenset(look.new + look.changed),
        limits=settings.limits,
        own=followed.own,
        region=followed.region,
        skip=removals.name,
        on_file=count,
        cancelled=stopped,
        encode=0,
    )
    tally.owners += report.owners
    known = store.pages(followed.name)
    store.keep(followed.name, pages)
    if report.cancelled:
        tally.cut = "已停止，读到的都在"
        return
    if look is not None:
        tally.gone += look.gone
        return
    tally.gone += [url for url in known if url not in {page.url for page in pages}]
    if known and not pages:
        tally.cut = "文件夹是空的，可能没有挂上，请先看一看"


# ── what is gone ───────────────────────────────────────────────────────────


def _find_gone(
    followed: Followed, store: FollowStore, index: Index, tally: Tally
) -> tuple[Gone, ...]:
    """Return what is gone with the documents that came from it, and note it."""
    places = tuple(dict.fromkeys(tally.gone))
    if not places:
        return ()
    known = store.pages(followed.name)
    documents = [(d.path, d) for d in index.documents()]
    found: list[Gone] = []
    for place in places:
        of = [d for path, d in documents if path == place or path.startswith(f"{place}!")]
        title = known[place].title if place in known else None
        found += [Gone(place, d.id, d.title or title) for d in of]
        if not of:
            found.append(Gone(place, None, title))
    store.keep(followed.name, [replace(known[p], state="gone") for p in places if p in known])
    return tuple(found)


def _drop(
    followed: Followed,
    store: FollowStore,
    index: Index,
    settings: Settings,
    gone: Sequence[Gone],
    removals: Removals,
) -> tuple[Gone, ...]:
    """Take what is gone out of the index. What another place of the source says in the same
    words is added from there."""
    if followed.kind == "folder" and gone and not any(Path(followed.place).iterdir()):
        raise SettingsError(f"{followed.place}：文件夹是空的，可能没有挂上，没有删去材料")
    places = {one.place for one in gone}
    for one in gone:
        if one.document is not None:
            index.remove(one.document)
    left = [p for p in store.pages(followed.name).values() if p.url not in places]
    again = [p.url for p in left if p.note in places]
    store.forget(followed.name, [*places, *again])
    if again and followed.kind == "folder":
        add_files(
            index,
            [Path(path.partition("!")[0]) for path in again],
            limits=settings.limits,
            own=followed.own,
            region=followed.region,
            skip=removals.name,
            on_file=lambda path, state, note: store.keep(followed.name, [Page(path, "added")]),
            encode=0,
        )
    return tuple(replace(one, removed=one.document is not None) for one in gone)

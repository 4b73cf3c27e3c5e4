"""What the 语料库 tab answers about what is followed: each method is one request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Event, Lock
from typing import Any

from replygen.index import open_index
from replygen.service.desk import Desk
from replygen.service.folders import find_folder, list_folders
from replygen.service.follow import FollowReport, add_follow, run_follow
from replygen.web.asking import asking, refuse, watch
from replygen.web.auth.who import who
from replygen.web.templating import render
from replygen.workspace import AuditLog, Followed, FollowStore, tell_time

_MOST = 30  # problems that are shown
_KINDS = {"html": "栏目网页", "rss": "RSS", "folder": "文件夹"}


class FollowAnswers:
    """The requests about sources, over one desk: one run at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._stop, self._lock = Event(), Lock()
        self._said = ""
        self._problems: tuple[tuple[str, str], ...] = ()
        self._gone: Followed | None = None  # what was removed last, to undo it

    def show(self) -> tuple[Any, ...]:
        """Return the sources and what the last run said, and the buttons."""
        import gradio as gr

        with asking(self.desk) as desk:
            sources = FollowStore(desk.settings.work).sources()
        rows = [
            (
                s.name,
                _KINDS[s.kind],
                s.place,
                "本单位" if s.own else "外单位",
                tell_time(s.ran) if s.ran else "还没有读过",
                s.told or "",
            )
            for s in sources
        ]
        html = render(
            "follow.html",
            sources=rows,
            said=self._said,
            problems=self._problems,
            gone=self._gone.name if self._gone else "",
        )
        running = self._lock.locked()
        return (
            html,
            gr.Button(visible=bool(rows) and not running),
            gr.Button(visible=running),
        )

    def folders(self) -> list[str]:
        """Return the names of the server's folders that may be followed."""
        return list(list_folders(self.desk.settings.folders))

    def add(
        self, name: str, address: str, kind: str, folder: str | None, own: bool, region: str
    ) -> tuple[Any, ...]:
        """Follow an address or one of the allowed folders, and return what :meth:`show` does,
        then the emptied fields. Nothing is fetched yet."""
        name, address = " ".join((name or "").split()), (address or "").strip()
        if bool(address) == bool(folder):
            raise refuse(
                "请写一个网址" + ("，或者选一个文件夹，两样只要一样" if self.folders() else "")
            )
        if address and "://" not in address:
            raise refuse("网址要以 http:// 或 https:// 开头")
        with asking(self.desk) as desk:
            settings = desk.settings
            place = address or str(find_folder(settings.folders, folder or ""))
            source = add_follow(
                settings.work,
                name,
                place,
                kind=kind if address else None,
                own=bool(own),
                region=(region or "").strip() or None,
            )
            self._gone = None
            self._said = f"已加来源“{source.name}”，点“现在读取”就读"
            self._log("follow", source)
        return (*self.show(), "", "", None, "")

    def remove(self, name: str) -> tuple[Any, ...]:
        """Follow a source no longer; what it brought stays. It can be undone."""
        if self._lock.locked():
            raise refuse("正在读取，请等它结束，或者停止它")
        with asking(self.desk) as desk:
            store = FollowStore(desk.settings.work)
            found = store.find(name)
            store.remove(name)
            self._gone, self._said = found, ""
            if found is not None:
                self._log("unfollow", found)
        return self.show()

    def undo(self) -> tuple[Any, ...]:
        """Follow again what was removed last."""
        gone = self._gone
        if gone is None:
            raise refuse("没有可以撤销的，请刷新页面")
        with asking(self.desk) as desk:
            self._log("follow", FollowStore(desk.settings.work).add(gone))
            self._gone, self._said = None, f"已恢复来源“{gone.name}”"
        return self.show()

    def _log(self, what: str, source: Followed) -> None:
        AuditLog(self.desk.settings.work).add(
            who=who(),
            what=what,
            subject=source.name,
            key=source.name,
            detail={"text": source.place},
        )

    async def run(self) -> AsyncIterator[tuple[Any, ...]]:
        """Read all sources, giving how far it is until the end."""
        if not self._lock.acquire(blocking=False):
            raise refuse("正在读取，请等它结束，或者停止它")
        self._stop.clear()
        self._said, self._problems = "正在读取……", ()
        task = asyncio.create_task(asyncio.to_thread(self._run_all))
        async for shown in watch(self.show, lambda: not task.done()):
            yield shown

    def stop(self) -> None:
        """Stop before the next document; what was read stays."""
        self._stop.set()

    def _run_all(self) -> None:
        """Read the sources one after the other; the lock is given back at the end."""
        try:
            with asking(self.desk) as desk:
                settings = desk.settings
                names = [s.name for s in FollowStore(settings.work).sources()]
                reports = []
                with open_index(settings.index, encoder=settings.encoder) as index:
                    for name in names:
                        if self._stop.is_set():
                            break
                        reports.append(
                            run_follow(
                                index,
                                settings,
                                name,
                                progress=self._show_progress,
                                stopped=self._stop.is_set,
                            )
                        )
            self._finish(reports)
        except Exception as error:  # the page's own, already in words for people
            self._said = f"没有读完：{error}"
        finally:
            self._lock.release()

    def _show_progress(self, done: int, current: str) -> None:
        self._said = f"正在读取：第 {done} 份，{current}"

    def _finish(self, reports: list[FollowReport]) -> None:
        self._said = "；".join(f"{r.followed.name}：{r.words}" for r in reports) or "没有来源"
        found = [p for r in reports for p in (*r.failed, *r.refused, *r.duplicates)]
        self._problems = tuple(found[:_MOST])

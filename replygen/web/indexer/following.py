"""What the 语料库 tab answers about what is followed: each method is one request."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from replygen.service.desk import Desk
from replygen.service.folders import find_folder, list_folders
from replygen.service.follow import Follower, RunState, add_follow, find_unread, take_in
from replygen.web.asking import asking, refuse, watch
from replygen.web.auth.who import who
from replygen.web.indexer.show_batch import show_outcomes
from replygen.web.templating import render
from replygen.workspace import AuditLog, Followed, FollowStore, tell_time

_KINDS = {"html": "栏目网页", "rss": "RSS", "folder": "文件夹"}
_BEGINS = 1.5  # seconds within which a run begins that was just asked for
# D:\往年答复, \\server\share, /data, ~/往年答复: what people paste for a folder
_FOLDER = re.compile(r"[A-Za-z]:[\\/]|\\\\|/|~")


class FollowAnswers:
    """The requests about sources, over one desk: one run at a time."""

    def __init__(
        self, desk: Desk, follower: Follower | None = None, *, anywhere: bool = False
    ) -> None:
        """With ``anywhere`` any folder of this machine can be followed, else those that the
        settings allow."""
        self.desk = desk
        self.anywhere = anywhere
        self.follower = follower or Follower(desk)
        self._gone: Followed | None = None  # what was removed last, to undo it

    @property
    def _state(self) -> RunState:
        return self.follower.state

    def show(self) -> tuple[Any, ...]:
        """Return the sources and what the last run did, and the buttons."""
        import gradio as gr

        running = self.follower.running
        with asking(self.desk) as desk:
            store = FollowStore(desk.settings.work)
            rows = [
                (
                    s.name,
                    _KINDS[s.kind],
                    s.place,
                    "本单位" if s.own else "外单位",
                    tell_time(s.ran) if s.ran else "还没有读过",
                    s.told or "",
                    "" if running else find_unread(store, s).words,
                )
                for s in store.sources()
            ]
        html = render(
            "indexer/follow.html",
            sources=rows,
            said=self._state.said,
            left=self._state.left,
            gone=self._gone.name if self._gone else "",
        )
        return (
            html + self._show_outcomes(),
            gr.Button(visible=bool(rows) and not running),
            gr.Button(visible=running),
        )

    def _show_outcomes(self) -> str:
        state = self._state
        return show_outcomes(state.outcomes, owners=state.owners) if state.outcomes else ""

    def folders(self) -> list[str]:
        """Return the names of the server's folders that may be followed."""
        return list(list_folders(self.desk.settings.folders))

    def add(
        self, name: str, address: str, kind: str, folder: str | None, own: bool, region: str
    ) -> tuple[Any, ...]:
        """Follow an address, a folder of this machine where any may be, or one of the allowed
        folders, and return what :meth:`show` does, then the emptied fields. Nothing is
        fetched yet."""
        name = " ".join((name or "").split())
        address = (address or "").strip().strip("\"'“”").strip()  # Windows copies paths quoted
        if bool(address) == bool(folder):
            raise refuse(self._tell_missing())
        site = "://" in address
        with asking(self.desk) as desk:
            settings = desk.settings
            if folder:
                address = str(find_folder(settings.folders, folder))
            elif not site:
                address = self._find_folder(address)
            source = add_follow(
                settings.work,
                name,
                address,
                kind=kind if site else None,
                own=bool(own),
                region=(region or "").strip() or None,
            )
            self._gone = None
            then = "马上就读" if self.follower.by_itself else "点“现在读取”就读"
            self._state.said = f"已加来源“{source.name}”，{then}"
            self._log("follow", source)
        self.follower.wake()
        return (*self.show(), "", "", None, "")

    def remove(self, name: str) -> tuple[Any, ...]:
        """Follow a source no longer; what it brought stays. It can be undone."""
        self.follower.interrupt()
        if self.follower.running:
            raise refuse("正在读取，请等它结束，或者停止它")
        with asking(self.desk) as desk:
            store = FollowStore(desk.settings.work)
            found = store.find(name)
            store.remove(name)
            self._gone, self._state.said = found, ""
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
            self._gone, self._state.said = None, f"已恢复来源“{gone.name}”"
        return self.show()

    def take_in(self, id: str) -> tuple[Any, ...]:
        """Take in again what was removed by hand and the last run left out."""
        self.follower.interrupt()
        if self.follower.running:
            raise refuse("正在读取，请等它结束，或者停止它")
        found = next((one for one in self._state.left if one.id == id), None)
        if found is None:
            raise refuse("这一份已经不在这里了，请再点“现在读取”看一看")
        with asking(self.desk) as desk:
            back = take_in(desk.index, FollowStore(desk.settings.work), id)
            self._state.left = tuple(one for one in self._state.left if one.id != id)
            self._state.outcomes = tuple(
                row for row in self._state.outcomes if row[1:] != ("left", found.title)
            )
            self._state.said = f"《{found.title}》" + (
                "已经加回语料库" if back else "可以再加了：点“现在读取”就加入"
            )
            AuditLog(desk.settings.work).add(
                who=who(), what="restore", subject=found.title, key=id, detail={"file": found.path}
            )
        return self.show()

    def _find_folder(self, place: str) -> str:
        """Return the folder of a path that was typed. Raises the page's error where it is
        none, or none that may be followed here, with what to do instead."""
        if not _FOLDER.match(place):
            whole = "，文件夹要写完整的路径（如 D:\\往年答复）" if self.anywhere else ""
            raise refuse(f"网址要以 http:// 或 https:// 开头{whole}")
        if not self.anywhere:
            if self.folders():
                raise refuse("这里只能跟踪管理员准许的文件夹：请从“服务器上的文件夹”里选")
            raise refuse(
                "还没有准许跟踪的文件夹：请管理员在 replygen.toml 的 folders 里写上这个文件夹，"
                "重开服务以后就能在这里选"
            )
        folder = Path(place).expanduser()
        if not folder.exists():
            raise refuse(f"没有找到文件夹 {place}：请核对路径；共享文件夹要先在这台电脑上打开一次")
        if not folder.is_dir():
            raise refuse(f"{place} 是一个文件：请写它所在的文件夹，单个文件到“加入材料”里加")
        return str(folder)

    def _tell_missing(self) -> str:
        if self.anywhere:
            also = "，或者选一个服务器上的文件夹，两样只要一样" if self.folders() else ""
            return f"请写一个网址或文件夹的路径{also}"
        return "请写一个网址" + ("，或者选一个文件夹，两样只要一样" if self.folders() else "")

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
        with asking(self.desk):
            self.follower.begin()
        task = asyncio.create_task(asyncio.to_thread(self.follower.run))
        async for shown in watch(self.show, lambda: not task.done()):
            yield shown

    async def look_on(self) -> AsyncIterator[tuple[Any, ...]]:
        """Give what is shown until a run that is under way, or begins just now, has ended."""
        until = time.monotonic() + (_BEGINS if self.follower.by_itself else 0)
        async for shown in watch(
            self.show, lambda: self.follower.running or time.monotonic() < until
        ):
            yield shown

    def stop(self) -> None:
        """Stop before the next document; what was read stays."""
        self.follower.stop()

    def tell_when(self) -> str:
        """Return what is said of when sources are read."""
        hours = self.desk.settings.follow.every
        return "" if hours <= 0 else "每小时" if hours == 1 else f"每 {hours:g} 小时"

"""What the 语料库 tab answers about what is followed: each method is one request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Event, Lock
from typing import Any

from replygen.index import open_index
from replygen.service.desk import Desk
from replygen.service.follow import FollowReport, run_follow
from replygen.web.asking import asking, refuse, watch
from replygen.web.templating import render
from replygen.workspace import FollowStore, tell_time

_MOST = 30  # problems that are shown
_KINDS = {"html": "栏目网页", "rss": "RSS", "folder": "文件夹"}


class FollowAnswers:
    """The requests about sources, over one desk: one run at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._stop, self._lock = Event(), Lock()
        self._said = ""
        self._problems: tuple[tuple[str, str], ...] = ()

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
        html = render("follow.html", sources=rows, said=self._said, problems=self._problems)
        running = self._lock.locked()
        return (
            html,
            gr.Button(visible=bool(rows) and not running),
            gr.Button(visible=running),
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

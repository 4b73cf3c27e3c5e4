"""What the 批次 tab answers: each method is one request."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

from replygen.errors import ReplygenError, StoreError
from replygen.service.desk import Desk
from replygen.service.folders import find_folder, list_folders
from replygen.service.lists import (
    KnownLists,
    ListRuns,
    YearList,
    find_in_hand,
    open_row,
    show_list,
)
from replygen.web.asking import asking, refuse, watch
from replygen.web.auth.who import who
from replygen.web.show import show_empty
from replygen.web.year.show_year import show_none, show_run, show_year


class Year:
    """The requests about the lists of the year, over one desk. All clerks see the same lists;
    a draft that is opened from one belongs to who opened it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.runs = ListRuns(desk)

    @property
    def known(self) -> KnownLists:
        """The lists of the work folder of now."""
        return KnownLists(self.desk.settings.work)

    def folders(self) -> list[str]:
        """Return the names of the server's folders that may be chosen."""
        return list(list_folders(self.desk.settings.folders))

    def begin(
        self, source: str | None, files: list[str] | None, folder: str | None
    ) -> tuple[Any, ...]:
        """Keep a list with its proposals and begin to draft; the list is then the chosen one."""
        import gradio as gr

        if not source:
            raise refuse("请先放入交办清单（xlsx）")
        if not files and not folder:
            raise refuse("请再放入提案文件" + ("，或者选一个文件夹" if self.folders() else ""))
        if files and folder:
            raise refuse("提案文件和文件夹请只留一样")
        with asking(self.desk):
            place = find_folder(self.desk.settings.folders, folder) if folder else None
            self.runs.refuse_another()
            known = self.known.take(
                Path(source), [Path(f) for f in files or ()], folder=place, by=who()
            )
            self.runs.begin(known, by=who())
            return self._choices(known.id), None, None, gr.Accordion(open=False)

    def go_on(self, id: str | None) -> None:
        """Go on with a list: what is waiting or failed is drafted, what is made stays."""
        with asking(self.desk):
            self.runs.begin(self._find(id), by=who())

    def stop(self) -> None:
        """Stop before the next proposal."""
        self.runs.stop()

    def lists(self, id: str | None) -> Any:  # noqa: ANN401 - Gradio's update
        """Return the lists to choose from; the chosen one stays chosen."""
        with asking(self.desk):
            return self._choices(id)

    def show(self, id: str | None) -> tuple[Any, ...]:
        """Return the run's panel, its buttons, and the chosen list."""
        with asking(self.desk):
            return self._panel(id)

    async def watch(self, id: str | None) -> AsyncIterator[tuple[Any, ...]]:
        """Give the same until the run has ended."""
        async for panel in watch(lambda: self._panel(id), self.runs.is_running):
            yield panel

    def open(self, id: str | None, key: str) -> str:
        """Return the asking user's draft of a row, made where there is none; with a word where
        somebody else has the same proposal open."""
        import gradio as gr

        user = who()
        with asking(self.desk) as desk:
            known = self._find(id)
            others = [name for name in self.known.hands(known.id).get(key, {}) if name != user]
            draft = open_row(desk, known, key, user=user)
        if others:
            gr.Warning(f"{'、'.join(others)} 也打开过这一件，请先说好由谁来办", title="请注意")
        return draft

    def write_overview(self, id: str | None) -> str:
        """Return the overview workbook as it was made at the end of the last run."""
        with asking(self.desk):
            known = self._find(id)
            path = Path(known.out) / "总览.xlsx"
            copy = Path(tempfile.mkdtemp(prefix="replygen-")) / f"{known.label}-总览.xlsx"
            try:
                shutil.copy(path, copy)
            except OSError as error:
                raise StoreError("总览还没有写：这一批做完（或停止）以后就有") from error
            return str(copy)

    def _find(self, id: str | None) -> YearList:
        if not id:
            raise refuse("请先选一份清单")
        return self.known.find(id)

    def _choices(self, id: str | None) -> Any:  # noqa: ANN401 - Gradio's update
        import gradio as gr

        known = self.known.all()
        ids = [one.id for one in known]
        names = [(_name(one), one.id) for one in known]
        chosen = id if id in ids else (ids[0] if ids else None)
        return gr.Dropdown(choices=names, value=chosen, visible=bool(names))

    def _panel(self, id: str | None) -> tuple[Any, ...]:
        import gradio as gr

        run = self.runs.view()
        running = run is not None and run.running
        lists = {one.id: one for one in self.known.all()}
        known = lists.get(id or "") or next(iter(lists.values()), None)
        if known is None:
            hidden = gr.Button(visible=False)
            return "", hidden, hidden, hidden, show_none(bool(self.folders()))
        here = run is not None and run.list_id == known.id
        shown, total, again = self._show(known, running=running and here)
        of = lists.get(run.list_id) if run is not None else None
        return (
            show_run(run, of, total if here else 0),
            gr.Button(visible=running),
            gr.Button(f"继续（还有 {again} 件）", visible=again > 0 and not running),
            gr.Button(visible=not running and (Path(known.out) / "总览.xlsx").is_file()),
            shown,
        )

    def _show(self, known: YearList, *, running: bool) -> tuple[str, int, int]:
        """Return the list's HTML, its number of rows, and of those that are not drafted."""
        try:
            view = show_list(self.desk, known, running=running)
        except ReplygenError as error:
            return show_empty(f"这份清单打不开：{error}"), 0, 0
        html = show_year(view, known, find_in_hand(self.desk, known), today=date.today())
        again = sum(row.state != "made" for row in view.rows)
        return html, len(view.rows), again


def _name(known: YearList) -> str:
    return f"{known.label}（{known.by}，{known.started[:16].replace('T', ' ')}）"

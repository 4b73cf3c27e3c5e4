"""What the 语料库 tab answers about batches: each method is one request."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from replygen.errors import ReplygenError
from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.folders import find_folder_files, list_folders
from replygen.service.unfinished import Unfinished
from replygen.web.asking import asking, refuse, run, watch
from replygen.web.auth.who import who
from replygen.web.indexer.show_batch import (
    STATES,
    name_file,
    show_batch,
    show_refused,
    show_unfinished,
    tell_note,
)
from replygen.web.indexer.show_index import OWNERS, show_status
from replygen.web.tables import write_csv

ADD = "加入语料库"
_UPLOADS = "上传"
_HASH = 8  # letters of an upload's hash that stay in the name that is kept


class BatchAnswers:
    """The requests about batches, over one desk. All users see the same batch."""

    def __init__(self, desk: Desk, batches: Batches) -> None:
        self.desk = desk
        self._batches = batches

    @property
    def batches(self) -> Batches:
        """The batches, with the settings of now."""
        self._batches.settings = self.desk.settings
        return self._batches

    def folders(self) -> list[str]:
        """Return the names of the folders that may be added."""
        return list(list_folders(self.desk.settings.folders))

    def name_adding(
        self, paths: list[str] | None, folder: str | None, own: bool
    ) -> tuple[Any, str]:
        """Return the button that adds, saying what it will do, and that nothing is wrong with
        what is chosen now."""
        import gradio as gr

        chosen = [f" {len(paths)} 份"] if paths else []
        chosen += [f"文件夹“{folder}”"] if folder else []
        as_whose = f"，标为{OWNERS[bool(own)]}的"
        return gr.Button(f"加入{'和'.join(chosen)}{as_whose}" if chosen else ADD), ""

    def add(
        self, paths: list[str] | None, folder: str | None, own: bool, region: str
    ) -> tuple[Any, ...]:
        """Begin a batch of uploads, of a folder of the server, or of both. Return the fields
        that say what is added, emptied (whose it is goes back to the others'), and ""; where
        it is refused, they stay as they are beside the reason."""
        import gradio as gr

        if not paths and not folder:
            told = "请先选择要加入的文件" + ("或文件夹" if self.folders() else "")
        else:
            told = self._begin(lambda: self._add(paths or [], folder, bool(own), region))
        if told:
            return gr.skip(), gr.skip(), gr.skip(), show_refused(told)
        return None, None, False, ""

    def _add(self, paths: list[str], folder: str | None, own: bool, region: str) -> None:
        found = [Path(p) for p in paths]
        names = [f"{len(found)} 个上传的文件"] if found else []
        if folder:
            found += find_folder_files(self.desk.settings.folders, folder)
            names.append(f"文件夹“{folder}”")
        self.batches.add(
            found,
            by=who(),
            label="和".join(names),
            own=own,
            region=(region or "").strip() or None,
            rename=_rename(paths),
        )

    def import_laws(self) -> str:
        """Begin to import the national laws; return why not, if so."""
        return show_refused(self._begin(lambda: self.batches.import_laws(by=who())))

    def retry(self) -> str:
        """Try again what failed; return why not, if so."""
        return show_refused(self._begin(lambda: self.batches.retry(by=who())))

    def go_on(self) -> str:
        """Go on with what was stopped; return why not, if so."""
        return show_refused(self._begin(lambda: self.batches.go_on(by=who())))

    def _begin(self, action: Callable[[], object]) -> str:
        """Do what begins a batch; return why it was refused, to be said beside the box, where
        it stays."""
        with asking(self.desk):
            try:
                action()
            except ReplygenError as error:
                return error.shown
        return ""

    def stop(self) -> None:
        """Stop the batch that runs."""
        if self.batches.latest is not None:
            self.batches.latest.cancel()

    async def watch(self) -> AsyncIterator[tuple[Any, ...]]:
        """Give the panel and its buttons until the batch has ended."""
        async for panel in watch(self._panel, self._is_running):
            yield panel

    def write_outcomes(self) -> str:
        """Return what became of each file as a table."""
        batch = self.batches.latest
        if batch is None:
            raise refuse("还没有加入过材料")
        path = Path(tempfile.mkdtemp(prefix="replygen-")) / "加入结果.csv"
        view = batch.view()
        whose = dict(view.owners)
        rows = [
            (name_file(path), STATES[state][0], tell_note(state, note, whose.get(path, "")))
            for path, state, note in view.outcomes
        ]
        return str(write_csv(path, ("文件", "结果", "说明"), rows))

    def _show_unfinished(self, left: Unfinished) -> str:
        return run(self.desk, lambda desk: show_unfinished(left, left.find_missing(desk.index)))

    def _is_running(self) -> bool:
        batch = self.batches.latest
        return batch is not None and batch.running

    def _panel(self) -> tuple[Any, ...]:
        import gradio as gr

        batch = self.batches.latest
        view = batch.view() if batch is not None else None
        running = view is not None and view.running
        failed = len(view.retry) if view is not None and not running else 0
        left = self._batches.unfinished if view is None else None
        can_go_on = left.can_go_on if left else view and view.state in ("cancelled", "failed")
        return (
            self._show_unfinished(left) if left is not None else show_batch(view),
            gr.Button(visible=running),
            gr.Button(visible=bool(can_go_on)),
            gr.Button(f"重试失败的 {failed} 个文件", visible=failed > 0),
            gr.Button(visible=bool(view and view.outcomes and not running)),
            run(self.desk, lambda desk: show_status(desk.status())),
        )


def _rename(uploads: list[str] | tuple[()]) -> Any:  # noqa: ANN401 - a plain function
    """Return what names an upload in the index: not where the server keeps it for a day,
    but its name, with the beginning of the hash that Gradio files it under."""
    kept = {p: f"{_UPLOADS}/{Path(p).parent.name[:_HASH]}/{Path(p).name}" for p in uploads}

    def rename(path: str) -> str:
        outer, mark, inner = path.partition("!")
        return f"{kept.get(outer, outer)}{mark}{inner}"

    return rename

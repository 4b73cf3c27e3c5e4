"""What the 语料库 tab answers about how a document was split: each method is one request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from replygen.index.splitting import change_kind, join_next, leave_out, split_at
from replygen.models import Passage
from replygen.web.asking import asking, refuse
from replygen.web.auth.who import who
from replygen.web.indexer.answers import Indexer, show_opened
from replygen.web.indexer.show_passages import PASSAGE_KINDS, mark_split

_CHANGED = "这份材料刚被别人改过，已经重新显示：请再看一看"
_READ_ONLY = "法规按条拆分，不能在这里改"


class SplitAnswers:
    """The requests about one document's passages, opened in the list."""

    def __init__(self, answers: Indexer) -> None:
        self._answers = answers
        self.desk = answers.desk

    def act(self, id: str | None, asked: str) -> tuple[Any, ...]:
        """Do what a button among the passages asks, ``what:place:more:mark`` (``mark`` says which
        split it was shown for), and return the document as it is then, still being put right."""
        if id is None:
            raise refuse("请先在表里点开要改的材料")
        what, place, more, mark = (asked.split(":") + [""] * 3)[:4]
        with asking(self.desk) as desk:
            view = desk.view(id)
            if view.document.kind == "statute":
                raise refuse(_READ_ONLY)
            if what == "edit":
                return show_opened(view, editing=True)
            if what == "done":
                return show_opened(view)
            if mark != mark_split(view.passages):
                raise refuse(_CHANGED)
            if what == "reset":
                desk.index.resplit(id, None, by=who())
                told = "恢复成程序拆的"
            else:
                change, told = _read(what, place, more)
                desk.index.resplit(id, change(view.passages), by=who())
            self._answers.log("correct", view, {"拆分": told})
            return show_opened(desk.view(id), editing=True)


def _read(
    what: str, place: str, more: str
) -> tuple[Callable[[Sequence[Passage]], tuple[Passage, ...]], str]:
    """Return what is to be done with the passages, and what is said of it."""
    if not place.isdecimal():
        raise refuse(_CHANGED)
    at = int(place)
    match what:
        case "join":
            return lambda p: join_next(p, at), f"第 {at + 1} 条和后一条合并"
        case "split" if more.isdecimal():
            return lambda p: split_at(p, at, int(more)), f"第 {at + 1} 条拆成两条"
        case "drop":
            return lambda p: leave_out(p, at), f"第 {at + 1} 条不用"
        case "kind" if more in PASSAGE_KINDS:
            kind, tense, outcome, name = PASSAGE_KINDS[more]
            return (
                lambda p: change_kind(p, at, kind, tense=tense, outcome=outcome),
                f"第 {at + 1} 条改为{name}",
            )
    raise refuse(_CHANGED)

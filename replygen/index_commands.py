"""The commands that fill in what an addition leaves for later: the slow vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.options import JsonOption, count_up, open_desk, show_progress
from replygen.terminal import echo, print_json

if TYPE_CHECKING:
    from replygen.desk import Desk

_AT_ONCE = 400  # passages that a command without a terminal fills, about 5 seconds


def fill(as_json: JsonOption = False) -> None:
    """补上还没有的语义向量（可随时中断，下次接着来）。"""
    with open_desk() as desk:
        with show_progress("编码") as progress:
            desk.index.fill(count_up(progress, "条"))
        status = desk.status()
    if as_json:
        print_json(
            {"encoder": status.encoder, "vectors": status.vectors, "passages": status.passages}
        )
    else:
        echo(f"语义向量：{status.vectors} / {status.passages} 条")


def fill_after_adding(desk: Desk, wanted: bool | None, *, quiet: bool) -> None:
    """Encode what was added: all of it when ``wanted``, nothing when not. Left open, all
    where a terminal shows the bar (and can break it off), else the first few hundred
    passages, so that a script does not wait for minutes. ``quiet`` says nothing."""
    with show_progress("编码") as progress:
        if wanted is None and progress is None:
            desk.index.fill(limit=_AT_ONCE)
        elif wanted is not False:
            desk.index.fill(count_up(progress, "条"))
    status = desk.status()
    left = status.passages - status.vectors
    if left and not quiet:
        echo(f"已可检索；另有 {left} 条的语义向量待补（replygen index fill，或打开网页时在后台补）")

"""The commands that fill in what an addition leaves for later: the slow vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.cli.options import JsonOption, count_up, open_desk, show_progress
from replygen.cli.terminal import echo, print_json

if TYPE_CHECKING:
    from replygen.service.desk import Desk
    from replygen.service.encoding import Encoded


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


def fill_after_adding(desk: Desk, wanted: bool | None, *, quiet: bool) -> Encoded:
    """Encode what was added: all of it when ``wanted``, nothing when not. Left open, all
    where a terminal shows the bar (and can break it off), else the first few hundred
    passages, so that a script does not wait for minutes. Return how far it is; ``quiet``
    says nothing."""
    from replygen.service.encoding import AT_ONCE, encode_added, tell_rest

    index = desk.index
    with show_progress("编码") as progress:
        if wanted is False:
            encoded = encode_added(index, limit=0)
        else:
            encoded = encode_added(index, limit=AT_ONCE, progress=count_up(progress, "条"))
        if encoded.left and (wanted or (wanted is None and progress is not None)):
            if not quiet:
                echo(tell_rest(encoded))
            encoded = encode_added(index, limit=None, progress=count_up(progress, "条"))
    if encoded.left and not quiet:
        echo(tell_rest(encoded))
    return encoded

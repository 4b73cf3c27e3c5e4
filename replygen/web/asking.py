"""Asking the desk: what goes wrong is shown as one Chinese line, never as a traceback;
what takes long is watched."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from replygen.errors import ReplygenError
from replygen.service.desk import Desk
from replygen.web.indexer.show_index import show_full

Result = TypeVar("Result")
_LOOK = 0.5  # seconds between two looks at a running work


@contextmanager
def asking(desk: Desk) -> Iterator[Desk]:
    """Give the desk for one request. A ReplygenError becomes a message on the page;
    anything else is logged and told without its inside."""
    import gradio as gr

    try:
        yield desk
    except gr.Error:
        raise
    except ReplygenError as error:
        raise gr.Error(error.shown, title="请注意", duration=15, print_exception=False) from error
    except Exception as error:
        logging.getLogger("replygen.web").exception("request failed")
        message = (
            "程序内部出错了，这一步没有完成。请重试；仍不行，请把运行窗口里的信息发给维护人员。"
        )
        raise gr.Error(message, title="出错了", duration=None, print_exception=False) from error


def refuse(message: str) -> Exception:
    """Return the error that tells the user what is missing."""
    import gradio as gr

    return gr.Error(message, title="请注意", duration=8, print_exception=False)


async def watch(
    look: Callable[[], Result], is_running: Callable[[], bool]
) -> AsyncIterator[Result]:
    """Give what ``look`` sees of a work in a thread of its own, twice a second while it runs
    and once more when it has ended."""
    while is_running():
        yield look()
        await asyncio.sleep(_LOOK)
    yield look()


def open_passage(desk: Desk, passage: str) -> str:
    """Return the whole document that a passage stands in, to be shown over the page."""
    with asking(desk):
        return show_full(desk.view(passage.partition("#")[0]), passage)


def run(desk: Desk, action: Callable[[Desk], Result]) -> Result:
    """Return what ``action`` returns, asked of the desk."""
    with asking(desk):
        return action(desk)

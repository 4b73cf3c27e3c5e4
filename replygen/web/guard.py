"""What each of the page's actions wants: a role, and files only from an upload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.web.asking import refuse
from replygen.web.auth.who import belongings, enter, require, roles

if TYPE_CHECKING:
    import gradio as gr

_DEEPEST = 20


class Guard:
    """Notes which actions belong to which roles while the page is laid out, then checks
    every call: by the page, by name, by number, at once or through the queue."""

    def __init__(self) -> None:
        self._roles: dict[int, tuple[str, ...]] = {}

    @contextmanager
    def only(self, page: gr.Blocks, *roles: str) -> Iterator[None]:
        """Give every action that is made inside to ``roles``: one of them is needed."""
        before = set(page.fns)
        yield
        self._roles.update(dict.fromkeys(set(page.fns) - before, roles))

    def protect(self, page: gr.Blocks) -> None:
        """Check the calls of ``page`` from now on."""
        process = page.process_api

        async def process_api(block_fn: Any, inputs: list[Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - Gradio's signature
            number = block_fn if isinstance(block_fn, int) else block_fn._id
            request = more.get("request")
            enter(request)
            needed = self._roles.get(number)
            if needed is not None:
                if _starts_itself(page.fns[number]) and roles(request).isdisjoint(needed):
                    raise _silently()  # the browser asks; the user of a hidden tab did not
                require(request, *needed)
            own = belongings(request)
            if more.get("iterator") is None:
                refuse_paths(inputs, own.has if own else None)
            done: dict[str, Any] = await process(block_fn, inputs, **more)
            if own:
                own.keep(find_paths(done.get("data")))
            return done

        setattr(page, "process_api", process_api)  # noqa: B010 - a method of one instance


def _starts_itself(action: Any) -> bool:  # noqa: ANN401 - Gradio's BlockFunction
    """True for what runs when the page opens or a clock ticks."""
    return all(event in ("load", "tick") for _, event in action.targets)


def _silently() -> Exception:
    import gradio as gr

    return gr.Error("没有权限", visible=False, print_exception=False)


def refuse_paths(sent: Any, is_own: Callable[[str], bool] | None = None) -> None:  # noqa: ANN401 - JSON
    """Refuse a file that was not uploaded by who asks: a path of the server, which a mounted
    Gradio opens unchecked (6.31: ``_check_allowed`` looks at launched pages only), another
    user's file, or an address, which it would fetch."""
    for path in find_paths(sent):
        if not _was_uploaded(path) or not (is_own is None or is_own(path)):
            raise refuse("文件要先上传，不能写服务器上的路径或网址")


def find_paths(data: Any, depth: int = 0) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield the paths of the files in what is sent or answered."""
    if depth > _DEEPEST:
        raise refuse("发来的数据层次太深，请检查")
    if isinstance(data, dict):
        path = data.get("path")
        if isinstance(path, str):
            yield path
    if isinstance(data, dict | list | tuple):
        for value in data.values() if isinstance(data, dict) else data:
            yield from find_paths(value, depth + 1)


def _was_uploaded(path: str) -> bool:
    from gradio.utils import get_upload_folder

    try:
        real = Path(path).resolve()
        return real.is_relative_to(Path(get_upload_folder()).resolve()) and real.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a null byte, a loop of links
        return False

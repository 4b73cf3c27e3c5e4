"""Whose is it: an event, a browser's session, a file belong to who made them.

Gradio (6.31) gives each of them to whoever knows its name. Here they are noted as they are
made and refused to everybody else, and what can be read once is refused a second time:
Gradio would keep such a reader waiting for ever (``routes.queue_data_helper``).
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from replygen.web.auth.bodies import read_body
from replygen.web.auth.headers import App, Receive, Scope, Send
from replygen.web.auth.who import BELONGINGS_KEY, Belongings, visitor_of

_MOST_NAMES = 50_000
_EVENT = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/(?P<event>[^/]+)/?$")
_BEAT = re.compile(r"/gradio_api/heartbeat/(?P<session>[^/]+)/?$")
_FILE = re.compile(r"/gradio_api/file=(?P<file>.+)$")
_STREAM = re.compile(r"/gradio_api/queue/data/?$")
_CALL = re.compile(r"/gradio_api/(?:queue/join|cancel|reset|call/.+|run/.+|api/.+)$")
_UPLOAD = re.compile(r"/gradio_api/upload/?$")
_NOT_YOURS = "没有这项内容，或者不是您的"
_READ_ONCE = "这个结果已经取过，或者正在被取，请重新提交"


class Owners:
    """Who made what. A name may have several owners: equal files have one path."""

    def __init__(self, most: int = _MOST_NAMES) -> None:
        self._most = most
        self._owners: OrderedDict[str, set[str]] = OrderedDict()
        self._taken: OrderedDict[str, None] = OrderedDict()

    def give(self, name: str, owner: str) -> None:
        """Note that ``name`` is ``owner``'s."""
        self._owners.setdefault(name, set()).add(owner)
        self._owners.move_to_end(name)
        while len(self._owners) > self._most:
            self._owners.popitem(last=False)

    def has(self, name: str, owner: str) -> bool:
        """True when ``name`` was made by ``owner``."""
        return owner in self._owners.get(name, ())

    def claim(self, name: str, owner: str) -> bool:
        """Give a name that nobody has to who uses it first; False when it is another's."""
        if name not in self._owners:
            self.give(name, owner)
        return self.has(name, owner)

    def take(self, name: str) -> bool:
        """True the first time that ``name`` is read."""
        if name in self._taken:
            return False
        self._taken[name] = None
        while len(self._taken) > self._most:
            self._taken.popitem(last=False)
        return True

    def is_taken(self, name: str) -> bool:
        """True when ``name`` was read."""
        return name in self._taken


class OwnThings:
    """ASGI middleware behind the gate. With ``alone`` there is one user, who owns all."""

    def __init__(self, app: App, *, alone: bool) -> None:
        self._app, self._alone = app, alone
        self._owners = Owners()
        self._files = Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope, receive)
        owner = visitor_of(request)
        scope[BELONGINGS_KEY] = Belongings(
            lambda path: self._alone or self._files.has(_real(path), owner),
            lambda paths: self._keep_files(paths, owner),
        )
        refused = self._refuse_reading(request, owner)
        if refused is not None:
            return await refused(scope, receive, send)
        path = scope["path"]
        if request.method != "POST" or not (_CALL.search(path) or _UPLOAD.search(path)):
            return await self._app(scope, receive, send)
        if _UPLOAD.search(path):
            return await self._app(scope, receive, self._listen(send, owner))
        body = await read_body(request)
        if body is None:
            return await JSONResponse({"detail": "请求太大"}, 413)(scope, receive, send)
        if not all(self._owners.claim(name, owner) for name in _names(body)):
            return await _not_found()(scope, receive, send)
        await self._app(scope, _replay(body, receive), self._listen(send, owner))

    def _keep_files(self, paths: Iterable[str], owner: str) -> None:
        for path in paths:
            self._files.give(_real(path), owner)

    def _refuse_reading(self, request: Request, owner: str) -> Response | None:
        """Return the refusal for what is not ``owner``'s to read, or was read."""
        path, owners = request.scope["path"], self._owners
        if found := _FILE.search(path):
            mine = self._alone or self._files.has(_real(found["file"]), owner)
            return None if mine else _not_found()
        if found := _BEAT.search(path):
            return None if owners.claim(found["session"], owner) else _not_found()
        event, stream = _EVENT.search(path), _STREAM.search(path)
        if request.method not in ("GET", "HEAD") or not (event or stream):
            return None
        name = event["event"] if event else request.query_params.get("session_hash", "")
        if not owners.has(name, owner):
            return _not_found()
        if event and (request.method == "HEAD" or not owners.take(name)):
            return JSONResponse({"detail": _READ_ONCE}, 410)
        if stream and owners.is_taken(name):
            return JSONResponse({"detail": _READ_ONCE}, 410)
        return None

    def _listen(self, send: Send, owner: str) -> Send:
        """Note the events and files that an answer names."""
        parts: list[bytes] = []

        async def forward(message: Scope) -> None:
            if message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    self._note(_load(b"".join(parts)), owner)
            await send(message)

        return forward

    def _note(self, answer: Any, owner: str) -> None:  # noqa: ANN401 - JSON
        if isinstance(answer, dict) and isinstance(answer.get("event_id"), str):
            self._owners.give(answer["event_id"], owner)
        if isinstance(answer, list):
            self._keep_files((path for path in answer if isinstance(path, str)), owner)


def _names(body: bytes) -> list[str]:
    """Return what a call names of sessions and events."""
    sent = _load(body)
    if not isinstance(sent, dict):
        return []
    named = (sent.get(key) for key in ("session_hash", "event_id"))
    return [name for name in named if isinstance(name, str) and name]


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return what gives ``body`` again, then what comes after it."""
    waiting: list[Scope] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Scope:
        return waiting.pop() if waiting else await receive()

    return again


def _load(text: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _real(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):  # too long, a null byte, a loop of links
        return ""


def _not_found() -> Response:
    return JSONResponse({"detail": _NOT_YOURS}, 404)

"""Gradio's own files, read and compressed once for all who open the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders

from replygen.web.auth.headers import App, Receive, Scope, Send

# The names in assets/ are made of what stands in the file: assets/core-Bdx9080F.js
_FILES = re.compile(r"(?:/api)?/(?P<folder>assets|static)/.+|(?:/api)?/theme\.css")
_FOR_GOOD = "private, max-age=31536000, immutable"
_LARGEST = 2_000_000  # bytes of one file that is kept
_MOST = 2_000  # files that are kept; Gradio (6.31) has 900, the page asks for 80
_PART = ("range", "if-none-match", "if-modified-since")  # asks for less than the file


@dataclass(slots=True)
class _File:
    start: Scope
    body: bytes


class KeptFiles:
    """ASGI middleware that answers for a file what was answered the first time."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._files: dict[tuple[str, bytes, str], _File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        found = None
        if scope["type"] == "http" and scope["method"] == "GET":
            found = _FILES.fullmatch(scope["path"])
        headers = Headers(scope=scope) if found else None
        if found is None or headers is None or any(name in headers for name in _PART):
            return await self._app(scope, receive, send)
        key = (scope["path"], scope.get("query_string", b""), _packing(headers))
        file = self._files.get(key)
        if file is None:
            file = await _ask(self._app, scope, receive)
            if file.start["status"] == 200:
                if found["folder"] == "assets":
                    MutableHeaders(scope=file.start)["cache-control"] = _FOR_GOOD
                if len(file.body) <= _LARGEST and len(self._files) < _MOST:
                    self._files[key] = file
        # whoever answers around this one adds headers of its own
        await send({**file.start, "headers": list(file.start["headers"])})
        await send({"type": "http.response.body", "body": file.body})


def _packing(headers: Headers) -> str:
    """How Gradio (6.31: BrotliMiddleware) packs the answer."""
    accepted = headers.get("accept-encoding", "")
    return next((name for name in ("br", "gzip") if name in accepted), "")


async def _ask(app: App, scope: Scope, receive: Receive) -> _File:
    """Return the whole answer."""
    file, parts = _File({}, b""), list[bytes]()

    async def take(message: Scope) -> None:
        if message["type"] == "http.response.start":
            file.start = message
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, take)
    file.body = b"".join(parts)
    return file

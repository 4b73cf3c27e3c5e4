"""Our scripts are files, and Gradio's inline ones run because each answer marks them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from replygen.web.auth.headers import NONCE_KEY, App, Receive, Scope, Send
from replygen.web.templating import render

if TYPE_CHECKING:
    import gradio as gr

ACTIONS = "actions.js"
_STATIC = Path(__file__).parents[1] / "static"
_IN_PAGE = (
    ACTIONS, "no_eval.js", "stream.js", "gradio_words.js", "page.js", "clerk.js", "letter.js",
    "wording.js", "drafts.js", "unsent.js", "clash.js", "steps.js", "slots.js", "focus.js",
    "review.js", "year.js", "welcome.js", "dropping.js", "indexer.js",
)  # fmt: skip
_OWN = re.compile(r".*/own/(?P<name>\w+\.js)")
_PAGES = frozenset({"/", "/api", "/api/"})
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_LOADED = "element, trigger, props, server, upload, watch"  # what Gradio gives js_on_load
_MARK = b"gradio_config"  # only the page that Gradio renders is written anew


class OwnScripts:
    """ASGI middleware that serves our scripts at ``own/``, also before anybody signed in,
    and puts them into Gradio's page before its own. ``made`` are scripts made by the
    server, by name."""

    def __init__(self, app: App, made: Mapping[str, str] | None = None) -> None:
        self._app = app
        self._files = {path.name: path.read_bytes() for path in _STATIC.glob("*.js")}
        self._files |= {name: text.encode() for name, text in (made or {}).items()}

    def put(self, name: str, text: str) -> None:
        """Serve a script that was made meanwhile."""
        self._files[name] = text.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        own = _OWN.fullmatch(scope["path"])
        if own and own["name"] in self._files:
            return await self._serve(own["name"], scope, receive, send)
        if scope["path"] not in _PAGES or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        writer = _PageWriter(send, lambda page: self._write(page, scope[NONCE_KEY]))
        await self._app({**scope, "headers": plain}, receive, writer)

    async def _serve(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        await Response(self._files[name], media_type="text/javascript")(scope, receive, send)

    def _write(self, page: bytes, nonce: str) -> bytes:
        """Return Gradio's page with our scripts first and all its own marked."""
        if _MARK not in page:
            return page
        names = (name for name in _IN_PAGE if name in self._files)
        scripts = [(name, _mark(self._files[name])) for name in names]
        ours = render("auth/scripts.html", scripts=scripts)
        with_ours = _SCRIPT.sub(ours.encode() + rb"<script", page, count=1)
        return _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), with_ours)


class _PageWriter:
    """Holds an HTML answer back until it is whole, and sends it rewritten."""

    def __init__(self, send: Send, write: Callable[[bytes], bytes]) -> None:
        self._send, self._write = send, write
        self._start: Scope | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Scope) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message.get("headers", [])).get("content-type", "")
            if kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            return await self._send(message)
        self._parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = self._write(b"".join(self._parts))
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def list_actions(*pages: gr.Blocks) -> str:
    """Return the script that holds what the pages' events and components do in the browser:
    each function under the very body that Gradio would make it of."""
    made: dict[str, str] = {}
    for page in pages:
        for action in page.fns.values():
            if isinstance(action.js, str):  # 6.31: Blocks.js wraps it so
                body = f"return (\n{action.js.strip().rstrip(';')}\n);"
                made[body] = f"async () => {{ {body} }}"
        for part in page.blocks.values():
            loaded = getattr(part, "js_on_load", None)
            if loaded:
                made[loaded] = f"({_LOADED}) => {{\n{loaded}\n}}"
    rows = (f"{json.dumps(body)}: {code}" for body, code in made.items())
    return "window.rgActions = {\n" + ",\n".join(rows) + "\n};\n"


def _mark(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:12]

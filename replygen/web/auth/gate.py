"""The gate in front of the page: which requests pass, and as whom.

1. A page of this machine answers only to names of this machine: a web site that has its
   own name point here (DNS rebinding) reads nothing, and nothing that was forwarded passes.
2. Only our own page may ask: another site's form or script is refused, also one of another
   port of this machine (``Origin``, ``Sec-Fetch-Site``); the cookie is ``SameSite=Lax``.
3. Only the paths that the page needs are there; the rest of what Gradio can do is not.
4. On a network everything but the login wants a session.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from replygen.errors import StoreError
from replygen.web.auth.forwarded import VIA_KEY
from replygen.web.auth.headers import App, Receive, Scope, Send
from replygen.web.auth.plain_pages import show_login, show_refusal
from replygen.web.auth.sessions import Attempts, Sessions
from replygen.web.auth.who import SCOPE_KEY, Visitor
from replygen.workspace import UserFile

if TYPE_CHECKING:
    from starlette.types import Message

COOKIE = "replygen"
_LOGIN = re.compile(r"(?:/api)?/login/?")
_LOGOUT = re.compile(r"(?:/api)?/logout/?")
# Of Gradio's routes: the page, its files, its calls. Not there: its log-out, proxies and files
# of other addresses, monitoring, the run history (it can send runs to another host), deep
# links, live streams, code editing.
_OPEN_PATHS = re.compile(
    r"(?:/api)?(?:/?|/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?"
    r"|/(?:assets|static|svelte)/.+|/v1/[a-z_]+(?:\.json)?"
    r"|/gradio_api/(?:(?:info|upload|upload_progress|cancel|reset|startup-events|theme\.css"
    r"|app_id|user|login_check|openapi\.json|queue/(?:join|data|status))/?"
    r"|(?:file=(?!https?:)|heartbeat/|call/|run/|api/).+))"
)
_LOCAL_NAMES = ("127.0.0.1", "localhost", "::1", "[::1]")
_DEFAULT_PORT = {"http": 80, "https": 443}
_MOST_BODY = 4096  # bytes of a login
_LOCAL_ONLY = "这个页面只供本机使用，请用 http://127.0.0.1 打开"
_OTHER_SITE = "请求来自别的网站，已拒绝"


class Gate:
    """ASGI middleware. Without ``users`` the page is this machine's and nobody signs in.
    ``hosts`` are the names that a page on a network answers to; all where there are none."""

    def __init__(
        self,
        app: App,
        *,
        users: UserFile | None,
        unit: str = "",
        root: str = "",
        hosts: Sequence[str] = (),
    ) -> None:
        self._app, self._users, self._unit, self._root = app, users, unit, root
        self._hosts = (hosts or ["*"]) if users else _LOCAL_NAMES
        self._attempts = Attempts()
        self._sessions = Sessions(users) if users else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on with the visitor in its scope."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":
            return None
        answer = await self._answer(Request(scope, receive))
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """Return what the gate itself answers; ``None`` where the request passes."""
        if not await self._is_ours(request):
            local = self._users is None
            return _refuse(request, 403, _LOCAL_ONLY if local else "这个网址不是本系统的")
        if _is_foreign(request):
            return _refuse(request, 403, _OTHER_SITE)
        path = request.scope["path"]
        if self._users is not None and _LOGIN.fullmatch(path):
            return await (self._log_in(request) if request.method == "POST" else self._form())
        if self._sessions is not None and _LOGOUT.fullmatch(path):
            self._sessions.end(request.cookies.get(COOKIE, ""))
            answer = RedirectResponse(f"{self._root}/login", 303)
            answer.delete_cookie(COOKIE, path=f"{self._root}/")
            return answer
        if not _OPEN_PATHS.fullmatch(path):
            return _refuse(request, 404, "没有这个页面")
        return self._find_visitor(request, self._sessions) if self._sessions else None

    async def _is_ours(self, request: Request) -> bool:
        """True when the host that was asked is this server, as Starlette reads it."""
        if self._users is None and request.scope.get(VIA_KEY):
            return False  # a proxy in front of a page without log-in would let everybody in
        sent: list[Scope] = []

        async def passed(scope: Scope, _receive: Receive, _send: Send) -> None:
            sent.append(scope)

        async def drop(_message: Message) -> None:
            """Its refusal is in English; the gate's own is not."""

        known = TrustedHostMiddleware(passed, allowed_hosts=self._hosts, www_redirect=False)
        await known(request.scope, request.receive, drop)
        return bool(sent)

    def _find_visitor(self, request: Request, sessions: Sessions) -> Response | None:
        """Write who asks into the scope, or return why nobody does."""
        token = request.cookies.get(COOKIE, "")
        try:
            user = sessions.user(token) if token else None
        except StoreError as error:
            return _refuse(request, 503, _without_path(error))
        if user is not None:
            request.scope[SCOPE_KEY] = Visitor(user.name, user.roles)
            return None
        if _wants_html(request) and request.method == "GET":
            return RedirectResponse(f"{self._root}/login", 303)
        return _refuse(request, 401, "请先登录")

    async def _form(self) -> Response:
        return HTMLResponse(show_login(self._unit))

    async def _log_in(self, request: Request) -> Response:
        """Answer a login: a person's form leads to the page, a program's gets JSON."""
        assert self._users is not None and self._sessions is not None
        name, password = await _read_credentials(request)
        address = request.client.host if request.client else ""
        wait = self._attempts.wait(name, address)
        user, message, status = None, "用户名或密码不对，请重新输入", 401
        if wait > 0:
            message, status = f"输错次数太多，请 {_minutes(wait)} 后再试", 429
        else:
            self._attempts.failed(name, address)  # taken back below: tries in parallel count
            try:
                user = await asyncio.to_thread(self._users.check, name, password)
            except StoreError as error:
                message, status = _without_path(error), 503
        html, answer = _wants_html(request), Response()
        if user is not None:
            self._attempts.succeeded(name, address)
            done = RedirectResponse(f"{self._root}/", 303)
            answer = done if html else JSONResponse({"success": True})
            answer.set_cookie(
                COOKIE,
                self._sessions.start(user),
                path=f"{self._root}/",
                httponly=True,
                samesite="Lax",  # type: ignore[arg-type] # as browsers and old tools write it
                secure=request.url.scheme == "https",
            )
            return answer
        if html:
            return HTMLResponse(show_login(self._unit, name=name, message=message), status)
        return JSONResponse({"detail": message}, status)


def _is_foreign(request: Request) -> bool:
    """True for what another site's page asks: also for reading, also from another port. A
    link that a person follows to the page is none."""
    origin = request.headers.get("origin")
    if origin is not None:
        return not _is_same_origin(origin, request)
    if request.headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    follows = request.headers.get("sec-fetch-mode") == "navigate" and request.method == "GET"
    return not follows or bool(_LOGOUT.fullmatch(request.scope["path"]))


def _is_same_origin(origin: str, request: Request) -> bool:
    """True when ``origin`` is the server that was asked. It may say https where we see http:
    a proxy that takes the encryption off need not be known."""
    try:
        said = urlsplit(origin)
        asked = urlsplit(f"//{request.headers.get('host', '')}")
        default = _DEFAULT_PORT[said.scheme]
        same = (said.hostname, said.port or default) == (asked.hostname, asked.port or default)
    except (KeyError, ValueError):  # "null", a port that is none
        return False
    return same and said.scheme in (request.scope["scheme"], "https")


def _wants_html(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


async def _read_credentials(request: Request) -> tuple[str, str]:
    """Return name and password of a form; empty ones for what is no form or too long."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BODY:
                break
        sent = parse_qs(body[:_MOST_BODY].decode("ascii"), max_num_fields=10)
    except (ValueError, ClientDisconnect):
        return "", ""
    return sent.get("username", [""])[0].strip(), sent.get("password", [""])[0]


def _minutes(seconds: float) -> str:
    return f"{int(seconds) + 1} 秒" if seconds < 90 else f"{int(seconds // 60) + 1} 分钟"


def _without_path(error: StoreError) -> str:
    return f"用户文件读不了，请管理员检查（{str(error).rpartition('：')[2]}）"


def _refuse(request: Request, status: int, message: str) -> Response:
    if _wants_html(request):
        return HTMLResponse(show_refusal(message), status)
    return JSONResponse({"detail": message}, status)

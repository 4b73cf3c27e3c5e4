"""The gate in front of the page: which requests pass, and as whom.

1. A page of this machine answers only to names of this machine: a web site that has its
   own name point here (DNS rebinding) reads nothing.
2. What changes something must come from our own page: another site's form or script is
   refused (``Origin``); the cookie is ``SameSite=Lax`` as well.
3. Only the paths that the page needs are there; the rest of what Gradio can do is not.
4. On a network everything but the login wants a session.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from replygen.errors import StoreError
from replygen.keeping import UserFile
from replygen.web.headers import App, Receive, Scope, Send
from replygen.web.plain_pages import show_login, show_refusal
from replygen.web.sessions import Attempts, Sessions
from replygen.web.who import SCOPE_KEY, Visitor

COOKIE = "replygen"
_LOGIN = re.compile(r"(?:/api)?/login/?")
_LOGOUT = re.compile(r"(?:/api)?/logout/?")
# Of Gradio's routes: the page, its files, its calls. Not there: proxies and files of other
# addresses, monitoring, the run history (it can send runs to another host), deep links,
# live streams, code editing.
_OPEN_PATHS = re.compile(
    r"(?:/api)?(?:/?|/(?:config|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?"
    r"|/(?:assets|static|svelte)/.+"
    r"|/gradio_api/(?:(?:info|upload|upload_progress|cancel|reset|startup-events|theme\.css"
    r"|app_id|user|login_check|openapi\.json|queue/(?:join|data|status))/?"
    r"|(?:file=(?!https?:)|heartbeat/|call/|run/|api/).+))"
)
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1", ""})
_MOST_BODY = 4096  # bytes of a login


class Gate:
    """ASGI middleware. Without ``users`` the page is this machine's and nobody signs in."""

    def __init__(self, app: App, *, users: UserFile | None, unit: str = "") -> None:
        self._app, self._users, self._unit = app, users, unit
        self._attempts = Attempts()
        self._sessions = Sessions(users) if users else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on with the visitor in its scope."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":
            return None
        problem = self._foreign(scope)
        if problem:
            return await _refuse(scope, send, 403, problem)
        path, posted = str(scope["path"]), scope["method"] == "POST"
        if self._users is not None and _LOGIN.fullmatch(path):
            return await (self._log_in(scope, receive, send) if posted else self._form(send))
        if not (_OPEN_PATHS.fullmatch(path) or _LOGOUT.fullmatch(path)):
            return await _refuse(scope, send, 404, "没有这个页面")
        if self._users is None or self._sessions is None:
            return await self._app(scope, receive, send)
        token = _cookie(scope)
        if posted and _LOGOUT.fullmatch(path):
            self._sessions.end(token)
            return await _redirect(send, "/login", _set_cookie("", scope, age=0))
        return await self._with_session(token, scope, receive, send)

    def _foreign(self, scope: Scope) -> str:
        """Return why a request is not from our own page; "" when it may pass."""
        host = _host_name(_header(scope, b"host"))
        if self._users is None and host not in _LOCAL_NAMES:
            return "这个页面只供本机使用，请用 http://127.0.0.1 打开"
        origin = _header(scope, b"origin")
        if scope["method"] not in ("GET", "HEAD") and origin:
            if origin == "null" or _host_name(urlsplit(origin).netloc) != host:
                return "请求来自别的网站，已拒绝"
        return ""

    async def _with_session(self, token: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            user = self._sessions.user(token) if self._sessions and token else None
        except StoreError as error:
            return await _refuse(scope, send, 503, _without_path(error))
        if user is None:
            if _wants_html(scope) and scope["method"] == "GET":
                return await _redirect(send, "/login")
            return await _refuse(scope, send, 401, "请先登录")
        scope[SCOPE_KEY] = Visitor(user.name, user.roles)
        return await self._app(scope, receive, send)

    async def _form(self, send: Send, status: int = 200, name: str = "", message: str = "") -> None:
        await _answer(send, status, show_login(self._unit, name=name, message=message))

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a login: a person's form leads to the page, a program's gets JSON."""
        assert self._users is not None and self._sessions is not None
        name, password = await _credentials(receive)
        address = str((scope.get("client") or ("", 0))[0])
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
        if user is not None:
            self._attempts.succeeded(name, address)
            cookie = _set_cookie(self._sessions.start(user), scope)
            if _wants_html(scope):
                return await _redirect(send, "/", cookie)
            return await _answer_json(send, 200, {"success": True}, cookie)
        if _wants_html(scope):
            return await self._form(send, status, name, message)
        return await _answer_json(send, status, {"detail": message})


def _host_name(netloc: str) -> str:
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return "?"


def _header(scope: Scope, name: bytes) -> str:
    return next((v.decode("latin-1") for k, v in scope["headers"] if k == name), "")


def _wants_html(scope: Scope) -> bool:
    return "text/html" in _header(scope, b"accept")


def _cookie(scope: Scope) -> str:
    try:
        found = SimpleCookie(_header(scope, b"cookie")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _set_cookie(token: str, scope: Scope, *, age: int | None = None) -> bytes:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    ends = "" if age is None else f"; Max-Age={age}"
    return f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{ends}".encode()


async def _credentials(receive: Receive) -> tuple[str, str]:
    """Return name and password of a form; empty ones for what is no form or too long."""
    body = b""
    while len(body) <= _MOST_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    try:
        sent = parse_qs(body[:_MOST_BODY].decode("ascii"), max_num_fields=10)
    except ValueError:
        return "", ""
    return sent.get("username", [""])[0].strip(), sent.get("password", [""])[0]


def _minutes(seconds: float) -> str:
    return f"{int(seconds) + 1} 秒" if seconds < 90 else f"{int(seconds // 60) + 1} 分钟"


def _without_path(error: StoreError) -> str:
    return f"用户文件读不了，请管理员检查（{str(error).rpartition('：')[2]}）"


async def _refuse(scope: Scope, send: Send, status: int, message: str) -> None:
    if _wants_html(scope):
        await _answer(send, status, show_refusal(message))
    else:
        await _answer_json(send, status, {"detail": message})


async def _redirect(send: Send, to: str, cookie: bytes | None = None) -> None:
    await _send(send, 303, b"", [(b"location", to.encode())], cookie)


async def _answer(send: Send, status: int, html: str) -> None:
    await _send(send, status, html.encode(), [(b"content-type", b"text/html; charset=utf-8")])


async def _answer_json(
    send: Send, status: int, content: dict[str, object], cookie: bytes | None = None
) -> None:
    body = json.dumps(content, ensure_ascii=False).encode()
    await _send(send, status, body, [(b"content-type", b"application/json")], cookie)


async def _send(
    send: Send,
    status: int,
    body: bytes,
    headers: Iterable[tuple[bytes, bytes]],
    cookie: bytes | None = None,
) -> None:
    more = [(b"set-cookie", cookie)] if cookie else []
    length = (b"content-length", str(len(body)).encode())
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, length, *more]}
    )
    await send({"type": "http.response.body", "body": body})

"""What every answer of the server carries: the browser may ask no other host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Send = Callable[[Scope], Awaitable[None]]
Receive = Callable[[], Awaitable[Scope]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Gradio runs inline scripts and styles and makes functions of strings (the js= of an
# event), so these stay allowed; documents' text is escaped.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:; media-src 'self' blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Referrers stay inside: with "no-referrer" a browser sends "Origin: null" with our own
# log-in form, which the gate could not tell from another site's.
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NOT_KEPT = (b"cache-control", b"no-store")  # drafts stay out of a shared computer's cache
_KEPT = ("/assets/", "/static/", "/svelte/")


class SecurityHeaders:
    """ASGI middleware that adds ``HEADERS`` to every HTTP answer."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kept = any(part in str(scope.get("path", "")) for part in _KEPT)

        async def send_with_headers(message: Scope) -> None:
            if message["type"] == "http.response.start":
                own = [h for h in message.get("headers", []) if h[0].lower() not in _OURS]
                if not kept:
                    own = [*(h for h in own if h[0].lower() != b"cache-control"), _NOT_KEPT]
                message["headers"] = [*own, *HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


_OURS = frozenset(name for name, _ in HEADERS) | {b"server"}

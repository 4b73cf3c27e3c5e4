"""What every answer of the server carries: the browser may ask no other host."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Send = Callable[[Scope], Awaitable[None]]
Receive = Callable[[], Awaitable[Scope]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NONCE_KEY = "replygen.nonce"  # in the scope: what lets the inline scripts of this answer run

# No inline script but those of Gradio's own frame, which :mod:`replygen.web.auth.scripts`
# marks, and no eval: static/no_eval.js stands in where Gradio makes functions of strings.
# Gradio's components bring inline styles; documents' text is escaped.
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; worker-src 'self' blob:; media-src 'self' blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Referrers stay inside: with "no-referrer" a browser sends "Origin: null" with our own
# log-in form, which the gate could not tell from another site's.
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NOT_KEPT = (b"cache-control", b"no-store")  # drafts stay out of a shared computer's cache
_KEPT = ("/assets/", "/static/", "/svelte/", "/own/")
_CORS = b"access-control-"  # who may read is our own page alone, whatever Gradio allows


class SecurityHeaders:
    """ASGI middleware that adds ``HEADERS`` to every HTTP answer."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        nonce = scope[NONCE_KEY] = secrets.token_urlsafe(16)
        policy = (_CSP, _POLICY.format(nonce=nonce).encode())
        kept = any(part in str(scope.get("path", "")) for part in _KEPT)

        async def send_with_headers(message: Scope) -> None:
            if message["type"] == "http.response.start":
                own = [h for h in message.get("headers", []) if not _is_ours(h[0].lower())]
                if not kept:
                    own = [*(h for h in own if h[0].lower() != b"cache-control"), _NOT_KEPT]
                message["headers"] = [*own, policy, *HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


_CSP = b"content-security-policy"
_OURS = frozenset(name for name, _ in HEADERS) | {_CSP, b"server"}


def _is_ours(name: bytes) -> bool:
    return name in _OURS or name.startswith(_CORS)

"""Who really asks when a proxy stands in front: only what a trusted proxy says counts."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

from replygen.settings import Page
from replygen.web.auth.headers import App, Receive, Scope, Send

# What can make the server believe in another client, host or address; Gradio reads some of
# them itself (6.31: ``route_utils.get_request_origin``).
_SAID = frozenset(
    name.encode()
    for name in (
        *("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port"),
        *("x-forwarded-prefix", "x-forwarded-proto", "x-forwarded-server", "x-real-ip"),
        *("x-gradio-server", "x-original-url", "x-rewrite-url"),
    )
)
VIA_KEY = "replygen.via"  # in the scope: who asks came through something that forwards


class Forwarded:
    """ASGI middleware: the scope has the client's own address and scheme, and a path without
    the folder under which the proxy shows the page; what anybody else claimed is gone."""

    def __init__(self, app: App, page: Page) -> None:
        self._app, self._root = app, page.root_path
        self._proxies = [ip_network(proxy, strict=False) for proxy in page.proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on as it is really meant."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if self._root and scope["path"] == self._root:
            return await RedirectResponse(f"{self._root}/", 308)(scope, receive, send)
        await self._app(self._read(scope), receive, send)

    def _read(self, scope: Scope) -> Scope:
        headers, peer = Headers(scope=scope), scope.get("client") or ("", 0)
        said = [pair for pair in scope["headers"] if pair[0] in _SAID]
        meant = {**scope, "headers": [p for p in scope["headers"] if p[0] not in _SAID]}
        meant[VIA_KEY] = bool(said)
        if self._trusts(str(peer[0])):
            hops = ",".join(headers.getlist("x-forwarded-for")).split(",")
            meant["client"] = (self._find_client(str(peer[0]), hops), 0)
            scheme = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
            meant["scheme"] = scheme if scheme in ("http", "https") else scope["scheme"]
        if self._root and scope["path"].startswith(f"{self._root}/"):
            meant["path"] = scope["path"][len(self._root) :]
            meant["raw_path"] = scope.get("raw_path", b"")[len(self._root) :]
        return meant

    def _find_client(self, peer: str, hops: Sequence[str]) -> str:
        """Return the last address that no proxy of ours has: what stands left of it was
        written by the client and can be anything."""
        client = peer
        for hop in reversed(hops):
            address = _read_address(hop)
            if address is None:
                break
            client = str(address)
            if not self._trusts(client):
                break
        return client

    def _trusts(self, peer: str) -> bool:
        address = _read_address(peer)
        return address is not None and any(address in network for network in self._proxies)


class InFolder:
    """ASGI middleware around Gradio, which has to know the folder that :class:`Forwarded`
    took off the path."""

    def __init__(self, app: App, root: str) -> None:
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on as ASGI writes it: ``path`` with its ``root_path``."""
        if self._root and scope["type"] == "http":
            path = f"{self._root}{scope['path']}"
            raw = self._root.encode() + scope.get("raw_path", b"")
            scope = {**scope, "root_path": self._root, "path": path, "raw_path": raw}
        await self._app(scope, receive, send)


def _read_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address of ``10.1.2.3``, ``10.1.2.3:5000``, ``[::1]:5000`` or ``::1``."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address

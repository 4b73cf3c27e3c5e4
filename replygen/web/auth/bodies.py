"""The body of a request, read whole as long as it is not too long."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

_MOST = 16_000_000  # bytes of a call; files travel apart


async def read_body(request: Request) -> bytes | None:
    """Return the whole body; ``None`` for one that is too long."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > _MOST:
                return None
    except ClientDisconnect:
        return b""
    return b"".join(parts)

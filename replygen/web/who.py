"""Who is asking: the signed-in user of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

NOBODY = "本机"  # the one user of a page that only this machine can reach


def who(request: gr.Request | None) -> str:
    """Return the name of the signed-in user, or ``本机`` where nobody signs in."""
    name = getattr(request, "username", None)
    return str(name) if name else NOBODY

"""Serve the page: who may ask, what is mounted where, from the start to the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING

from replygen.errors import ReplygenError, SettingsError
from replygen.settings import Settings
from replygen.web.headers import App, SecurityHeaders
from replygen.web.opening import (
    Opening,
    load_gradio,
    open_socket,
    serve,
    without_applications,
)

if TYPE_CHECKING:
    from replygen.desk import Desk
    from replygen.keeping import UserFile

API = "/api"  # where the endpoints for other systems are
# The first screen has the processor first: seconds until the desk warms up, and until the
# slow vectors are worked on.
_FIRST_SCREEN, _AFTER_THAT = 4.0, 15.0
_ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    # After each answer Gradio makes a data frame of the last 10,000, for a page of numbers
    # that is not served here (6.31: ``Queue.compute_analytics_summary``).
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}
_WARM = "关于加强食品安全监管的提案\n建议：一、加强日常监管。"


def serve_page(
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    on_open: Callable[[], None] = lambda: None,
) -> None:
    """Serve the page until it is stopped; ``on_open`` is called when the port answers.
    Nothing is asked of any other host.
    Raises SettingsError when the port is taken, and when the page would be open to a
    network without any user."""
    users = None if is_loopback(host) else _find_users(settings)
    os.environ.update(_ENVIRONMENT)
    listening = open_socket(host, port)
    on_open()

    def make() -> App:
        from replygen.desk import Desk

        desk = Desk(settings)
        _later(_AFTER_THAT, _fill, desk)
        return make_app(desk, users=users, host=host, port=port)

    opening = Opening(make)
    serve(opening, SecurityHeaders(opening), listening)


def make_app(
    desk: Desk, *, users: UserFile | None, host: str = "127.0.0.1", port: int = 7860
) -> App:
    """Return the whole server as an ASGI application: the page, the endpoints at
    ``/api``, the gate in front. Loads Gradio (seconds)."""
    load_gradio()
    import gradio as gr
    from fastapi import FastAPI

    from replygen.web.api import build_api
    from replygen.web.gate import Gate
    from replygen.web.page import build_page, look

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    told = {"server_name": host, "server_port": port, **look(desk.settings)}
    with without_applications():
        api, page = build_api(desk), build_page(desk, signed_in=users is not None)
    gr.mount_gradio_app(app, api, path=API, **told)
    gr.mount_gradio_app(app, page, path="", **told)
    _later(_FIRST_SCREEN, _warm, desk)
    return Gate(app, users=users, unit=desk.settings.profile.name)


def is_loopback(host: str) -> bool:
    """True when only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _find_users(settings: Settings) -> UserFile:
    """Return the users of a page that is open to a network. Raises SettingsError where
    there are none."""
    from replygen.keeping import UserFile

    users = UserFile(settings.work)
    if not users.users():
        raise SettingsError(
            "开放给别的电脑用之前，请先建用户：replygen user add 用户名 --role clerk"
        )
    return users


def _later(seconds: float, action: Callable[[Desk], None], desk: Desk) -> None:
    timer = Timer(seconds, action, (desk,))
    timer.daemon = True
    timer.start()


def _fill(desk: Desk) -> None:
    """Let the slow vectors follow in the background, also of what is added later."""
    with suppress(ReplygenError):
        desk.index.fill_in_background()


def _warm(desk: Desk) -> None:
    """Load in the background what the first request would wait for; what is wrong is told
    to whoever asks."""
    with suppress(ReplygenError, OSError), TemporaryDirectory() as folder:
        proposal = desk.paste_proposal(_WARM)
        desk.evidence(proposal)
        desk.draft(proposal, output=Path(folder) / "warm.docx")

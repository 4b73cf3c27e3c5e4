"""Serve the page: who may ask, what is mounted where, from the start to the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING

from replygen.errors import ReplygenError, SettingsError
from replygen.settings import Page, Settings
from replygen.web.auth.forwarded import Forwarded, InFolder
from replygen.web.auth.headers import App, SecurityHeaders
from replygen.web.auth.scripts import ACTIONS, OwnScripts, list_actions
from replygen.web.gradio_startup import (
    Opening,
    load_gradio,
    open_socket,
    serve,
    without_applications,
)
from replygen.web.templating import load_templates
from replygen.web.temporary import private_folder

if TYPE_CHECKING:
    from replygen.service.desk import Desk
    from replygen.workspace import UserFile

API = "/api"  # where the endpoints for other systems are
# The first screen has the processor first: seconds until the desk warms up, and until the
# slow vectors are worked on.
_FIRST_SCREEN, _AFTER_THAT = 4.0, 15.0
# Seconds that one request computes before another has its turn: a short answer waits for a long
# one at each of its readings (5 ms are usual).
_TURN = 0.001
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
    users = None if is_loopback(host) and not settings.page.proxies else _find_users(settings)
    os.environ.update(_ENVIRONMENT)
    sys.setswitchinterval(_TURN)
    listening = open_socket(host, port)
    on_open()

    def make(scripts: OwnScripts) -> App:
        from replygen.service.desk import Desk

        desk = Desk(settings)
        _later(_AFTER_THAT, _fill, desk)
        return make_app(desk, scripts, users=users, host=host, port=port)

    with private_folder():
        serve(*make_server(make, settings), listening)


def make_server(make: Callable[[OwnScripts], App], settings: Settings) -> tuple[Opening, App]:
    """Return the application that ``make`` makes once it runs, and the whole server around
    it: headers on every answer, what a proxy says, our scripts."""
    opening = Opening(lambda: make(scripts))
    scripts = OwnScripts(opening)
    return opening, SecurityHeaders(Forwarded(scripts, settings.page))


def make_app(
    desk: Desk,
    scripts: OwnScripts,
    *,
    users: UserFile | None,
    host: str = "127.0.0.1",
    port: int = 7860,
) -> App:
    """Return the page, the endpoints at ``/api`` and the gate in front as an ASGI
    application. What the page does in the browser goes to ``scripts``. Loads Gradio
    (seconds)."""
    load_gradio()
    import gradio as gr
    from fastapi import FastAPI

    from replygen.service.follow import Follower
    from replygen.web.api import build_api
    from replygen.web.auth.belongings import OwnThings
    from replygen.web.auth.gate import Gate
    from replygen.web.auth.kept_files import KeptFiles
    from replygen.web.open_api import add_tools
    from replygen.web.page import build_page, look

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    told = {"server_name": host, "server_port": port, **look(desk.settings)}
    with without_applications():
        follower = Follower(desk)
        signed_in = users is not None
        api, page = build_api(desk), build_page(desk, signed_in=signed_in, follower=follower)
    add_tools(app, desk)  # before what Gradio has below the same address
    reached, unit = desk.settings.page, desk.settings.profile.name
    gr.mount_gradio_app(app, api, path=API, root_path=_below(reached, API), **told)
    gr.mount_gradio_app(app, page, path="", root_path=_below(reached, ""), **told)
    scripts.put(ACTIONS, list_actions(api, page))
    _later(_FIRST_SCREEN, _warm, desk)
    _later(_AFTER_THAT, lambda _: follower.start(), desk)
    kept = KeptFiles(InFolder(app, reached.root_path))
    own = OwnThings(kept, alone=users is None)
    return Gate(own, users=users, unit=unit, root=reached.root_path, hosts=reached.hosts)


def _below(reached: Page, path: str) -> str | None:
    """Return where a proxy shows what is mounted at ``path``; ``None`` where it moves
    nothing."""
    return f"{reached.root_path}{path}" if reached.root_path else None


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
    from replygen.workspace import UserFile

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
    load_templates()
    with suppress(ReplygenError, OSError), TemporaryDirectory() as folder:
        proposal = desk.paste_proposal(_WARM)
        desk.evidence(proposal)
        desk.draft(proposal, output=Path(folder) / "warm.docx")

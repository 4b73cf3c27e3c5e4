"""Servers as they really run, in this process, and a real browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

import httpx
import pytest

from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource
from replygen.workspace import UserFile

BROWSER_ARGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
REFUSED = "Content Security Policy"  # what Chromium says of inline scripts, eval, other hosts
PASSWORDS = {"小林": "lin-2026-clerk", "老周": "zhou-2026-review", "小陈": "chen-2026-index"}
ROLES = {"小林": ["clerk"], "老周": ["reviewer"], "小陈": ["indexer"]}


@dataclass(frozen=True)
class Served:
    """A running server: its address, its settings, its users (``None``: nobody signs in)."""

    url: str
    settings: Settings
    users: UserFile | None

    @property
    def passwords(self) -> dict[str, str]:
        """The users' passwords by name."""
        return PASSWORDS


@contextmanager
def run_server(settings: Settings, *, users: UserFile | None = None) -> Iterator[Served]:
    """Run the whole server on a free port: opening, headers, gate, page, endpoints."""
    import uvicorn

    from replygen.web.gradio_startup import open_socket
    from replygen.web.serving import make_app, make_server

    desk = Desk(settings)
    opening, app = make_server(lambda scripts: make_app(desk, scripts, users=users), settings)
    listening = open_socket("127.0.0.1", 0)
    config = uvicorn.Config(
        app, log_level="warning", proxy_headers=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        for _ in range(600):
            if opening.failed is not None:
                raise opening.failed
            if server.started and httpx.get(url, timeout=20).status_code != 503:
                break
            time.sleep(0.1)
        yield Served(url, settings, users)
    finally:
        server.should_exit = True
        thread.join(timeout=20)


def make_settings(folder: Path) -> Settings:
    """Settings over a small index: our own corpus and a few of the others'."""
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=folder / "index", work=folder / "work", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
    return settings


@pytest.fixture(scope="package")
def guarded(tmp_path_factory) -> Iterator[Served]:
    """A server that wants a login: one user for each role."""
    settings = make_settings(tmp_path_factory.mktemp("guarded"))
    users = UserFile(settings.work)
    for name, password in PASSWORDS.items():
        users.add(name, password, ROLES[name])
    with run_server(settings, users=users) as served:
        yield served


@pytest.fixture(scope="package")
def serve():
    """What runs a server over settings of the test's own: ``with serve(settings) as s``."""
    return run_server


@pytest.fixture(scope="package")
def small_settings():
    """What makes settings over a small index in a folder."""
    return make_settings


@pytest.fixture
def clerk(settings, tmp_path):
    """The requests of the 起草 tab without a browser, its parts called by their names, over the
    index of the module's own ``settings``."""
    from replygen.web.clerk.handover import HandingClerk
    from replygen.web.clerk.parts import Parts

    desk = Desk(replace(settings, work=tmp_path / "work"))
    return HandingClerk(desk, Parts(*(f.name for f in fields(Parts))))


@pytest.fixture
def id(clerk, request) -> str:
    """A draft of the module's ``PASTED`` with its letter."""
    id = clerk.read(request.module.PASTED, None, None)["current"]
    clerk.look(id, "", "", "default")
    return id


@pytest.fixture(scope="package")
def chromium() -> Iterator[object]:
    """Debian's chromium, driven by Playwright."""
    api = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("这台机器上没有 chromium")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def visit(chromium):
    """What opens a page in a window of its own: ``with visit(url) as page``. Whatever a test
    does there, no other host is asked, no script of ours fails, none of a document's runs, and
    nothing asks for what the policy of the answers forbids."""

    @contextmanager
    def visiting(
        url: str, width: int = 1366, height: int = 768, locale: str = "zh-CN"
    ) -> Iterator[object]:
        context = chromium.new_context(locale=locale, viewport={"width": width, "height": height})
        page = context.new_page()
        page.set_default_timeout(40_000)
        hosts, errors = set(), []
        page.on("request", lambda r: hosts.add(r.url.split("/")[2]) if "://" in r.url else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if REFUSED in said.text else None)
        page.goto(url)
        page.locator("body.rg-ready").wait_for()
        yield page
        assert hosts == {url.split("/")[2]}
        assert errors == []
        assert "hacked" not in page.title()
        context.close()

    return visiting

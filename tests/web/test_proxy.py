"""The page behind nginx as deploy/nginx.conf sets it up: TLS, a folder of its own, the lock."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from replygen.settings import Page
from replygen.web.auth.sessions import TRIES

pytestmark = [pytest.mark.slow]
CONFIG = Path(__file__).parents[2] / "deploy" / "nginx.conf"
HOST = "fubang.example.gov.cn"
NGINX = """
daemon off; error_log stderr; pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Behind:
    """The page as it is reached through nginx."""

    port: int
    plain_port: int
    passwords: dict[str, str]

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/replygen"

    def client(self, **more: object) -> httpx.Client:
        headers = {"host": f"{HOST}:{self.port}"}
        return httpx.Client(verify=False, headers=headers, timeout=30, **more)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def behind(serve, guarded, tmp_path_factory) -> Iterator[Behind]:
    """A server that trusts the nginx of this machine, and that nginx."""
    nginx, openssl = shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("这台机器上没有 nginx 或 openssl")
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HOST}", "-keyout", str(folder / "key"), "-out", str(folder / "crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    page = Page(proxies=("127.0.0.1",), hosts=(HOST, "127.0.0.1"), root_path="/replygen")
    with serve(replace(guarded.settings, page=page), users=guarded.users) as served:
        port, plain = free_port(), free_port()
        site = CONFIG.read_text(encoding="utf-8")
        for old, new in {
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "listen 80": f"listen 127.0.0.1:{plain}",
            "/etc/nginx/replygen.crt": str(folder / "crt"),
            "/etc/nginx/replygen.key": str(folder / "key"),
            "http://127.0.0.1:7860": served.url,
        }.items():
            assert old in site
            site = site.replace(old, new)
        (folder / "site.conf").write_text(site, encoding="utf-8")
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder), encoding="utf-8")
        running = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
        for _ in range(100):
            if running.poll() is None and socket.socket().connect_ex(("127.0.0.1", port)) == 0:
                break
            time.sleep(0.05)
        yield Behind(port, plain, guarded.passwords)
        running.terminate()
        running.wait(timeout=10)


def test_the_page_is_there_only_encrypted_and_in_its_folder(behind):
    with behind.client() as client:
        plain = client.get(f"http://127.0.0.1:{behind.plain_port}/replygen/")
        assert (plain.status_code, plain.headers["location"][:8]) == (308, "https://")
        bare = client.get(behind.url)
        assert bare.headers["location"].endswith("/replygen/")
        led = client.get(f"{behind.url}/", headers={"accept": "text/html"})
        assert (led.status_code, led.headers["location"]) == (303, "/replygen/login")
        assert "max-age" in led.headers["strict-transport-security"]
        assert client.get(f"https://127.0.0.1:{behind.port}/config").status_code == 404
        other = client.get(f"{behind.url}/login", headers={"host": "evil.example"})
        assert other.status_code == 403


def test_a_program_drafts_through_the_proxy(behind):
    with behind.client() as client:
        form = {"username": "小林", "password": behind.passwords["小林"]}
        answer = client.post(f"{behind.url}/login", data=form)
        assert answer.json() == {"success": True}
        assert "Secure" in answer.headers["set-cookie"]
        assert "Path=/replygen/" in answer.headers["set-cookie"]
        cookie = {"cookie": answer.headers["set-cookie"].partition(";")[0]}
        config = client.get(f"{behind.url}/config", headers=cookie).json()
        assert config["root"] == f"https://{HOST}:{behind.port}/replygen"
        api = f"{behind.url}/api/gradio_api/call/draft"
        body = {"data": ["关于直播的提案\n建议：一、加强直播间监测。", None, None, ""]}
        started = client.post(api, json=body, headers=cookie)
        assert started.status_code == 200, started.text
        event = started.json()["event_id"]
        told = client.get(f"{api}/{event}", headers=cookie).text
        assert "event: complete" in told
        url = re.search(r'"url": "([^"]+\.docx)"', told)[1]
        assert url.startswith(f"https://{HOST}:{behind.port}/replygen/api/gradio_api/file=")
        path = url.split("/replygen/", 1)[1]
        assert client.get(f"{behind.url}/{path}", headers=cookie).content[:2] == b"PK"
    with behind.client() as nobody:
        assert nobody.get(f"{behind.url}/{path}").status_code == 401


def test_a_made_up_address_does_not_get_around_the_lock(behind):
    with behind.client() as client:
        for number in range(TRIES):
            form = {"username": "niemand", "password": f"falsch-{number}"}
            said = {"x-forwarded-for": f"8.8.8.{number}"}
            assert client.post(f"{behind.url}/login", data=form, headers=said).status_code == 401
        said = {"x-forwarded-for": "9.9.9.9"}
        waits = client.post(f"{behind.url}/login", data=form, headers=said)
        assert waits.status_code == 429


@pytest.mark.browser
def test_a_clerk_works_in_the_folder_behind_the_proxy(behind, chromium):
    context = chromium.new_context(locale="zh-CN", ignore_https_errors=True)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
    page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status > 399 else None)
    page.goto(f"{behind.url}/")
    page.fill("#username", "小林")
    page.fill("#password", behind.passwords["小林"])
    page.click("button[type=submit]")
    page.locator("body.rg-ready").wait_for()
    page.get_by_label("粘贴提案").fill("关于直播的提案\n建议：一、加强直播间监测。")
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-editor").wait_for()
    page.get_by_role("tab", name="批次").click()
    page.get_by_text("三步就有全年的草稿").wait_for()
    page.get_by_role("button", name="退出").click()
    page.locator("#username").wait_for()
    assert page.url.endswith("/replygen/login")
    context.close()
    assert wrong == []

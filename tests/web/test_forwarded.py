"""What a proxy says of who asks: believed from known proxies only, read from the right."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from replygen.settings import Page
from replygen.web.auth.forwarded import Forwarded
from replygen.web.auth.gate import Gate
from replygen.web.auth.sessions import TRIES
from replygen.workspace import UserFile

PROXIES = ("10.1.2.3", "192.168.7.0/24", "::1", "fd00::/8")


async def tell(scope, receive, send) -> None:
    """An application that says what it was asked."""
    names = sorted(name.decode() for name, _ in scope["headers"])
    told = {"client": scope["client"][0], "scheme": scope["scheme"], "path": scope["path"]}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(told | {"names": names}).encode()})


def ask(path: str = "/", *, peer: str = "10.1.2.3", page: Page | None = None, **said: str):
    app = Forwarded(tell, page or Page(proxies=PROXIES))
    client = TestClient(app, client=(peer, 40000), follow_redirects=False)
    return client.get(path, headers={k.replace("_", "-"): v for k, v in said.items()})


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("10.1.2.3", "172.16.0.8", "172.16.0.8"),
        ("10.1.2.3", "1.1.1.1, 172.16.0.8", "172.16.0.8"),
        ("10.1.2.3", "1.1.1.1,2.2.2.2 , 172.16.0.8,192.168.7.9", "172.16.0.8"),
        ("10.1.2.3", "192.168.7.8, 192.168.7.9", "192.168.7.8"),
        ("10.1.2.3", "1.1.1.1, no address", "10.1.2.3"),
        ("10.1.2.3", "172.16.0.8, unknown, 192.168.7.9", "192.168.7.9"),
        ("10.1.2.3", "172.16.0.8:5123", "172.16.0.8"),
        ("10.1.2.3", "[2001:db8::5]:5123", "2001:db8::5"),
        ("10.1.2.3", "::ffff:172.16.0.8", "172.16.0.8"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("::1", "172.16.0.8", "172.16.0.8"),
        ("fd00::7", "172.16.0.8", "172.16.0.8"),
        ("::ffff:10.1.2.3", "172.16.0.8", "172.16.0.8"),
        ("10.1.2.4", "172.16.0.8", "10.1.2.4"),
        ("127.0.0.1", "172.16.0.8", "127.0.0.1"),
        ("testclient", "172.16.0.8", "testclient"),
    ],
)
def test_the_client_is_the_last_address_that_no_known_proxy_has(peer, said, client):
    answer = ask(peer=peer, x_forwarded_for=said, forwarded="for=9.9.9.9", x_real_ip="9.9.9.9")
    assert answer.json()["client"] == client


@pytest.mark.parametrize("peer", ["10.1.2.3", "10.1.2.4"])
def test_what_was_said_reaches_nobody_else(peer):
    said = dict.fromkeys(
        (
            "x_forwarded_for",
            "x_forwarded_host",
            "x_forwarded_proto",
            "x_gradio_server",
            "forwarded",
        ),
        "evil.example",
    )
    left = ask(peer=peer, **said).json()["names"]
    assert not [name for name in left if "forwarded" in name or "gradio" in name]


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        ("10.1.2.3", "https", "https"),
        ("10.1.2.3", "http, https", "https"),
        ("10.1.2.3", "javascript", "http"),
        ("10.1.2.4", "https", "http"),
    ],
)
def test_only_a_known_proxy_says_that_the_way_was_encrypted(peer, said, scheme):
    assert ask(peer=peer, x_forwarded_proto=said).json()["scheme"] == scheme


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/replygen/", "/"),
        ("/replygen/api/config", "/api/config"),
        ("/config", "/config"),
        ("/replygenx", "/replygenx"),
    ],
)
def test_the_folder_under_which_a_proxy_shows_the_page_is_taken_off(asked, path):
    assert ask(asked, page=Page(root_path="/replygen")).json()["path"] == path


def test_the_bare_folder_leads_into_it():
    answer = ask("/replygen", page=Page(root_path="/replygen"))
    assert (answer.status_code, answer.headers["location"]) == (308, "/replygen/")


@pytest.mark.slow
@pytest.mark.parametrize("proxies", [(), ("10.1.2.3",)], ids=["nobody known", "the proxy known"])
def test_a_made_up_address_does_not_reset_the_wait_after_wrong_passwords(tmp_path, proxies):
    users = UserFile(tmp_path)
    users.add("小林", "lin-2026-clerk", ["clerk"])
    app = Forwarded(Gate(tell, users=users), Page(proxies=proxies))
    client = TestClient(app, client=("10.1.2.3", 1), follow_redirects=False)
    for number in range(TRIES):
        said = f"8.8.8.{number}, 172.16.0.8"  # nginx appends what it sees to what it was told
        form = {"username": "小林", "password": f"falsch-{number}"}
        client.post("/login", data=form, headers={"x-forwarded-for": said})
    form["password"] = "lin-2026-clerk"
    waits = client.post("/login", data=form, headers={"x-forwarded-for": "9.9.9.9, 172.16.0.8"})
    assert waits.status_code == 429
    elsewhere = client.post("/login", data=form, headers={"x-forwarded-for": "172.16.0.9"})
    assert elsewhere.status_code == (200 if proxies else 429)


@pytest.mark.parametrize("root", ["", "/replygen"])
def test_leads_and_cookies_keep_to_the_folder(tmp_path, root):
    users = UserFile(tmp_path)
    users.add("小林", "lin-2026-clerk", ["clerk"])
    page = Page(proxies=("10.1.2.3",), root_path=root)
    app = Forwarded(Gate(tell, users=users, root=root), page)
    client = TestClient(app, client=("10.1.2.3", 1), follow_redirects=False)
    html = {"accept": "text/html", "x-forwarded-proto": "https"}
    assert client.get(f"{root}/", headers=html).headers["location"] == f"{root}/login"
    form = {"username": "小林", "password": "lin-2026-clerk"}
    answer = client.post(f"{root}/login", data=form, headers=html)
    assert answer.headers["location"] == f"{root}/"
    assert f"Path={root}/;" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]

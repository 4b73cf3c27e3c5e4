"""The gate: which requests pass, as whom, and what it takes to get in."""

from __future__ import annotations

import json
import re
import shutil

import httpx
import pytest
from starlette.testclient import TestClient

from replygen.settings import Page
from replygen.web.auth.forwarded import Forwarded
from replygen.web.auth.gate import Gate
from replygen.web.auth.headers import SecurityHeaders
from replygen.web.auth.sessions import FIRST_WAIT, IDLE, LONGEST, TRIES, Attempts, Sessions
from replygen.web.auth.who import SCOPE_KEY
from replygen.workspace import UserFile

PASSWORD = "lin-2026-clerk"
PROXIES = ("10.9.9.0/24",)


async def behind(scope, receive, send) -> None:
    """An application that says who came through."""
    visitor = scope.get(SCOPE_KEY)
    name = {"name": visitor.name, "roles": sorted(visitor.roles)} if visitor else {}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(name).encode()})


class Asked:
    """The gate, asked as a browser or a program asks it; cookies are kept. The client's
    requests run in a thread: the browser tests leave a loop running in this one."""

    def __init__(self, users: UserFile | None) -> None:
        gate = Gate(behind, users=users, unit="云川市<局>")
        app = SecurityHeaders(Forwarded(gate, Page(proxies=PROXIES)))
        self._client = TestClient(
            app, base_url="http://127.0.0.1", client=("10.0.0.9", 1), follow_redirects=False
        )
        self.cookies = self._client.cookies

    def __call__(self, method: str, path: str, **more: object) -> httpx.Response:
        return self._client.request(method, path, **more)

    def login(self, name: str, password: str, **more: object) -> httpx.Response:
        return self("POST", "/login", data={"username": name, "password": password}, **more)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> UserFile:
    users = UserFile(tmp_path_factory.mktemp("made"))
    users.add("小林", PASSWORD, ["clerk"])
    return users


@pytest.fixture
def users(made, tmp_path) -> UserFile:
    shutil.copy(made.path, tmp_path)
    return UserFile(tmp_path)


HTML = {"accept": "text/html,*/*"}


def test_a_browser_is_led_to_the_login_and_a_program_is_refused(users):
    ask = Asked(users)
    led = ask("GET", "/", headers=HTML)
    assert (led.status_code, led.headers["location"]) == (303, "/login")
    form = ask("GET", "/login", headers=HTML)
    assert form.status_code == 200
    assert "用户名" in form.text and "云川市&lt;局&gt;" in form.text
    for path in ("/config", "/gradio_api/info", "/assets/x.js", "/api/config"):
        refused = ask("GET", path)
        assert refused.status_code == 401
        assert refused.json() == {"detail": "请先登录"}
    assert ask("POST", "/gradio_api/queue/join", json={}).status_code == 401


def test_the_right_password_lets_in_until_log_out(users):
    ask = Asked(users)
    answer = ask.login("小林", PASSWORD, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert ask("GET", "/config").json() == {"name": "小林", "roles": ["clerk"]}
    token = ask.cookies["replygen"]
    assert ask("POST", "/logout", headers=HTML).headers["location"] == "/login"
    kept = Asked(users)("GET", "/config", headers={"cookie": f"replygen={token}"})
    assert kept.status_code == 401


def test_a_program_logs_in_with_the_same_form(users):
    ask = Asked(users)
    assert ask.login("小林", PASSWORD).json() == {"success": True}
    assert ask("GET", "/api/config").status_code == 200


@pytest.mark.parametrize("change", ["another password", "removed"])
def test_a_session_ends_when_the_user_is_changed(users, change):
    ask = Asked(users)
    ask.login("小林", PASSWORD)
    assert ask("GET", "/config").status_code == 200
    if change == "removed":
        users.remove("小林")
    else:
        users.set_password("小林", "anders-2026")
    assert ask("GET", "/config").status_code == 401


def test_wrong_passwords_are_told_without_saying_which_part_was_wrong_then_have_to_wait(users):
    ask = Asked(users)
    told = {ask.login(name, "falsch-123", headers=HTML).text for name in ("小林", "小林")}
    assert all("用户名或密码不对" in text and "falsch" not in text for text in told)
    assert ask.login("niemand", "falsch-123").json() == {"detail": "用户名或密码不对，请重新输入"}
    for _ in range(TRIES - 2):
        assert ask.login("小林", "falsch-123").status_code == 401
    waits = ask.login("小林", PASSWORD)  # now even the right one has to wait
    assert waits.status_code == 429
    assert "请" in waits.json()["detail"] and "秒 后再试" in waits.json()["detail"]


def test_waiting_grows_and_ends():
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(TRIES):
        assert attempts.wait("a", "h") == 0
        attempts.failed("a", "h")
    assert attempts.wait("a", "h") == FIRST_WAIT
    assert attempts.wait("a", "other") == 0  # nobody can lock another one out from elsewhere
    now[0] = FIRST_WAIT + 1
    assert attempts.wait("a", "h") == 0
    attempts.failed("a", "h")
    assert attempts.wait("a", "h") == 2 * FIRST_WAIT
    attempts.succeeded("a", "h")
    assert attempts.wait("a", "h") == 0


def test_many_names_from_one_address_have_to_wait_too_but_right_ones_do_not_count():
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for number in range(100):
        attempts.failed(f"right{number}", "office")
        attempts.succeeded(f"right{number}", "office")
    assert attempts.wait("x", "office") == 0
    for number in range(20):
        attempts.failed(f"guess{number}", "office")
    assert attempts.wait("x", "office") == FIRST_WAIT


def test_a_session_ends_when_idle_and_after_a_day_at_work(users):
    now = [0.0]
    sessions = Sessions(users, clock=lambda: now[0])
    user = users.get("小林")
    assert user is not None
    idle = sessions.start(user)
    now[0] = IDLE + 1
    assert sessions.user(idle) is None
    busy = sessions.start(user)
    start = now[0]
    while now[0] < start + LONGEST:
        assert sessions.user(busy) is not None
        now[0] += IDLE / 2
    assert sessions.user(busy) is None or now[0] == start + LONGEST
    now[0] += 1
    assert sessions.user(busy) is None
    assert sessions.user("made-up") is None


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "[::1]:7860"])
def test_this_machine_needs_no_login(host):
    assert Asked(None)("GET", "/config", headers={"host": host}).status_code == 200


def test_a_name_that_was_pointed_to_this_machine_reads_nothing():
    ask = Asked(None)
    answer = ask("GET", "/config", headers={"host": "evil.example:7860"})
    assert answer.status_code == 403
    assert "只供本机" in answer.json()["detail"]


FOREIGN = [
    "http://evil.example",
    "null",
    "",
    "http://127.0.0.1.evil.example",
    "http://127.0.0.1:3000",  # another program of this machine
    "http://localhost",
    "http://localhost:80",
    "https://127.0.0.1:9",
    "http://127.0.0.1:port",
    "file://",
    "chrome-extension://127.0.0.1",
]


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD", "PUT"])
@pytest.mark.parametrize("origin", FOREIGN)
def test_another_site_or_port_cannot_make_the_browser_do_or_read_anything(users, origin, method):
    preflight = {"access-control-request-method": "POST"}
    for ask in (Asked(None), Asked(users)):
        for path in ("/", "/config", "/gradio_api/queue/join", "/api/gradio_api/call/draft"):
            answer = ask(method, path, headers={"origin": origin, **preflight})
            assert answer.status_code == 403
            assert not [name for name in answer.headers if name.startswith("access-control-")]
    ask = Asked(users)
    assert ask.login("小林", PASSWORD, headers={"origin": origin}).status_code == 403
    own = {"origin": "http://127.0.0.1:7860", "host": "127.0.0.1:7860"}
    assert Asked(None)("POST", "/gradio_api/queue/join", headers=own).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=http://example.com/x",
        "/gradio_api/file=http://example.com/x",
        "/gradio_api/file=https%3A//example.com/x",
        "/gradio_api/run-history/records",
        "/gradio_api/runs",
        "/gradio_api/vibe-code",
        "/gradio_api/dev/reload",
        "/gradio_api/deep_link",
        "/gradio_api/process_recording",
        "/gradio_api/component_server",
        "/monitoring",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_the_page_does_not_need_is_not_there(path):
    assert Asked(None)("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("fetched", "passes"),
    [
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, True),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, False),
    ],
    ids=["our script", "typed", "a link", "a picture of another port", "a picture", "a script"],
)
def test_a_request_without_an_origin_passes_only_from_our_page_or_as_a_link(fetched, passes):
    assert (Asked(None)("GET", "/config", headers=fetched).status_code == 200) is passes


@pytest.mark.parametrize(
    ("host", "origin", "passes"),
    [
        ("127.0.0.1:7860", "http://127.0.0.1:7860", True),
        ("localhost", "http://localhost:80", True),
        ("[::1]:7860", "http://[::1]:7860", True),
        ("LOCALHOST:7860", "http://localhost:7860", True),
        ("localhost", "https://localhost", True),  # TLS was taken off by a proxy
        ("localhost:7860", "http://127.0.0.1:7860", False),
        ("localhost:443", "http://localhost", False),
    ],
)
def test_our_own_page_is_known_by_host_and_port(users, host, origin, passes):
    ask = Asked(users)
    ask.login("小林", PASSWORD)
    answer = ask("GET", "/config", headers={"host": host, "origin": origin, **cookie_of(ask)})
    assert (answer.status_code != 403) is passes


def cookie_of(ask) -> dict[str, str]:
    return {"cookie": f"replygen={ask.cookies['replygen']}"}


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("path", ["/logout", "/logout/", "/api/logout", "/logout?all_session=true"])
def test_a_log_out_of_any_kind_ends_the_session(users, method, path):
    ask = Asked(users)
    ask.login("小林", PASSWORD)
    kept = cookie_of(ask)
    assert ask(method, path).headers["location"] == "/login"
    assert "replygen" not in ask.cookies
    assert Asked(users)("GET", "/config", headers=kept).status_code == 401


def test_another_site_cannot_log_anybody_out(users):
    ask = Asked(users)
    ask.login("小林", PASSWORD)
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert ask("GET", "/logout", headers=link).status_code == 403
    assert ask("GET", "/config").status_code == 200


def test_a_page_of_this_machine_has_no_log_out():
    assert Asked(None)("GET", "/logout").status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
def test_a_page_without_log_in_answers_nothing_that_a_proxy_passes_on(name):
    assert Asked(None)("GET", "/config", headers={name: "127.0.0.1"}).status_code == 403


def test_a_page_on_a_network_answers_only_to_its_names_where_they_are_set(users):
    app = Gate(behind, users=users, hosts=["fubang.example.cn"])
    client = TestClient(app, follow_redirects=False)
    assert client.get("http://fubang.example.cn/login").status_code == 200
    assert client.get("http://10.1.2.3/login").status_code == 403


def test_every_answer_carries_the_headers(users):
    ask = Asked(users)
    for answer in (ask("GET", "/login"), ask("GET", "/config"), ask("GET", "/nothing")):
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
        script = re.search(r"script-src ([^;]*)", answer.headers["content-security-policy"])[1]
        assert re.fullmatch(r"'self' 'nonce-[\w-]{20,}'", script)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_a_name_that_was_typed_comes_back_as_text(users):
    answer = Asked(users).login("<script>alert(1)</script>", "falsch-123", headers=HTML)
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"username=" + b"a" * 100_000, b"&" * 4000])
def test_what_is_no_form_is_a_wrong_password(users, body):
    answer = Asked(users)("POST", "/login", content=body)
    assert answer.status_code == 401


def test_a_broken_user_file_is_told_without_its_path(users):
    users.path.write_text("{", encoding="utf-8")
    answer = Asked(users).login("小林", PASSWORD)
    assert answer.status_code == 503
    assert "管理员" in answer.json()["detail"]
    assert str(users.path) not in answer.text

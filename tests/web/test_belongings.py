"""Events, sessions and files belong to who made them, and nobody waits for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from replygen.web.auth.belongings import Owners

TEXT = "关于规范直播带货的提案\n建议：一、加强直播间监测。二、建立主播培训制度。"
CALL = "/api/gradio_api/call"
SOON = 5.0  # seconds; Gradio's own answer to a second reader never ends


@contextmanager
def sign_in(served, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=60) as client:
        data = {"username": name, "password": served.passwords[name]}
        assert client.post("/login", data=data).status_code == 200
        yield client


@pytest.fixture
def clerk(guarded) -> Iterator[httpx.Client]:
    with sign_in(guarded, "小林") as client:
        yield client


@pytest.fixture
def other(guarded) -> Iterator[httpx.Client]:
    with sign_in(guarded, "老周") as client:
        yield client


def start(client: httpx.Client, endpoint: str = "search", data: object = None) -> str:
    body = {"data": data or ["直播", "", 3]}
    return client.post(f"{CALL}/{endpoint}", json=body).json()["event_id"]


def read(client: httpx.Client, event: str, endpoint: str = "search") -> httpx.Response:
    return client.get(f"{CALL}/{endpoint}/{event}", timeout=SOON)


def test_a_result_is_read_once_and_by_who_asked_for_it(clerk, other):
    event = start(clerk)
    assert read(other, event).status_code == 404
    assert "event: complete" in read(clerk, event).text
    again = read(clerk, event)
    assert (again.status_code, "已经取过" in again.json()["detail"]) == (410, True)
    assert read(other, event).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["call/search/{}", "call/v2/search/{}", "queue/data?session_hash={}"]
)
@pytest.mark.parametrize("base", ["/gradio_api", "/api/gradio_api"])
def test_no_other_way_leads_to_the_result(clerk, other, path, base):
    event = start(clerk)
    assert other.get(f"{base}/{path.format(event)}", timeout=SOON).status_code == 404
    assert "event: complete" in read(clerk, event).text
    assert clerk.get(f"{base}/{path.format(event)}", timeout=SOON).status_code == 410


@pytest.mark.parametrize("event", ["0" * 32, "made-up", "..%2f..", "%00"])
def test_an_event_that_there_is_not_is_told_at_once(clerk, event):
    assert clerk.get(f"{CALL}/search/{event}", timeout=SOON).status_code in (400, 404)


def test_two_readers_at_once_get_one_result_and_one_refusal(clerk):
    event = start(clerk, "draft", [TEXT, None, None, ""])
    with clerk.stream("GET", f"{CALL}/draft/{event}") as first:
        second = read(clerk, event, "draft")
        assert second.status_code == 410
        assert "event: complete" in first.read().decode()


def test_a_browsers_session_is_not_anothers(clerk, other):
    body = {"data": ["直播", "", 3], "session_hash": "s-of-clerk"}
    assert clerk.post(f"{CALL}/search", json=body).status_code == 200
    for path, sent in (
        ("call/search", body),
        ("run/search", body),
        ("queue/join", {**body, "fn_index": 0}),
        ("cancel", {"session_hash": "s-of-clerk", "fn_index": 0, "event_id": "x"}),
        ("reset", {"event_id": "s-of-clerk"}),
    ):
        refused = other.post(f"/api/gradio_api/{path}", json=sent)
        assert (path, refused.status_code) == (path, 404)
    for path in ("queue/data?session_hash=s-of-clerk", "heartbeat/s-of-clerk"):
        assert other.get(f"/api/gradio_api/{path}", timeout=SOON).status_code == 404


def test_a_draft_is_downloaded_by_its_user_only(clerk, other):
    event = start(clerk, "draft", [TEXT, None, None, ""])
    lines = clerk.get(f"{CALL}/draft/{event}").text.splitlines()
    _, file = json.loads(
        next(li for li in lines if li.startswith("data: [")).removeprefix("data: ")
    )
    for path in ("/api/gradio_api/file=", "/gradio_api/file="):
        url = f"{path}{file['path']}"
        assert other.get(url).status_code == 404
        assert other.head(url).status_code == 404
        twisted = file["path"].replace("/tmp/", "/tmp/../tmp/./", 1)
        assert other.get(f"{path}{twisted}").status_code == 404
        assert other.get(f"{path}{file['path']}".replace("/", "%2f")).status_code == 404
    assert clerk.get(file["url"]).content[:2] == b"PK"


def test_an_uploaded_file_is_opened_and_named_by_its_user_only(clerk, other):
    sent = {"files": ("密件.txt", TEXT.encode())}
    path = clerk.post("/api/gradio_api/upload", files=sent).json()[0]
    assert other.get(f"/api/gradio_api/file={path}").status_code == 404
    assert clerk.get(f"/api/gradio_api/file={path}").status_code == 200
    answer = read(other, start(other, "check", [{"path": path}, None]), "check")
    assert "event: error" in answer.text and "要先上传" in json.dumps(
        json.loads(answer.text.split("data: ")[-1]), ensure_ascii=False
    )
    assert other.post("/api/gradio_api/upload", files=sent).json() == [path]  # now it is both's
    assert other.get(f"/api/gradio_api/file={path}").status_code == 200


def test_a_call_of_any_length_is_taken_or_refused(clerk):
    too_long = b'{"data": ["' + b"a" * 17_000_000 + b'"]}'
    kind = {"content-type": "application/json"}
    assert clerk.post(f"{CALL}/search", content=too_long, headers=kind).status_code == 413
    for body in (b"", b"{", b"[]", b"[" * 100_000, b'{"session_hash": 5}', b"\xff"):
        assert clerk.post(f"{CALL}/search", content=body, headers=kind).status_code in (400, 422)


def test_a_reader_of_a_page_without_log_in_does_not_wait_for_ever(serve, guarded):
    with serve(guarded.settings) as served, httpx.Client(base_url=served.url) as client:
        event = start(client)
        assert "event: complete" in read(client, event).text
        assert read(client, event).status_code == 410
        assert read(client, "made-up").status_code == 404


def test_owners_forget_the_oldest_first():
    owners = Owners(most=2)
    for name in ("a", "b", "c"):
        owners.give(name, "小林")
    assert [owners.has(name, "小林") for name in ("a", "b", "c")] == [False, True, True]
    assert owners.take("c") and not owners.take("c") and owners.is_taken("c")

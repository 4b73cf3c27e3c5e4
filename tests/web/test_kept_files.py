"""Gradio's files are read and compressed once for all who open the page."""

from __future__ import annotations

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from replygen.web.auth.kept_files import KeptFiles


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def client(asked) -> TestClient:
    async def files(scope, receive, send) -> None:
        asked.append(scope["path"])
        status = 404 if "gone" in scope["path"] else 200
        packing = dict(scope["headers"]).get(b"accept-encoding", b"").decode()
        body = f"{scope['path']}?{scope['query_string'].decode()} {packing}"
        await Response(body, status, media_type="text/javascript")(scope, receive, send)

    return TestClient(KeptFiles(files), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    ("path", "times"),
    [
        ("/assets/core-Bdx9080F.js", 1),
        ("/api/assets/core-Bdx9080F.js", 1),
        ("/static/js/frame.js", 1),
        ("/theme.css?v=09", 1),
        ("/assets/gone.js", 2),
        ("/", 2),
        ("/config", 2),
        ("/gradio_api/file=/tmp/assets/a.docx", 2),
    ],
)
def test_only_what_never_changes_is_kept(client, asked, path, times):
    first, second = client.get(path), client.get(path)
    assert (first.text, first.status_code) == (second.text, second.status_code)
    assert first.headers == second.headers and len(asked) == times


def test_a_file_is_kept_for_each_way_of_packing_and_each_query(client, asked):
    for packing in ("br, gzip", "gzip", "identity", "gzip, br"):
        client.get("/assets/a-1.js", headers={"accept-encoding": packing})
    assert len(asked) == 3
    assert client.get("/theme.css?v=1").text != client.get("/theme.css?v=2").text


def test_a_part_of_a_file_and_what_a_browser_has_are_asked_of_gradio(client, asked):
    for name in ("range", "if-none-match", "if-modified-since"):
        client.get("/assets/a-1.js", headers={name: "bytes=0-1"})
        client.get("/assets/a-1.js", headers={name: "bytes=0-1"})
    assert len(asked) == 6
    client.post("/assets/a-1.js")
    assert len(asked) == 7


def test_a_browser_keeps_files_named_by_what_stands_in_them(client):
    assert "immutable" in client.get("/assets/core-Bdx9080F.js").headers["cache-control"]
    for path in ("/static/js/frame.js", "/assets/gone.js"):
        assert "cache-control" not in client.get(path).headers


def test_what_is_added_around_an_answer_is_added_once():
    async def files(scope, receive, send) -> None:
        await Response("a")(scope, receive, send)

    kept = KeptFiles(files)

    async def around(scope, receive, send) -> None:
        async def marked(message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-mark", b"1"))
            await send(message)

        await kept(scope, receive, marked)

    client = TestClient(around, base_url="http://127.0.0.1")
    assert [client.get("/static/a").headers["x-mark"] for _ in range(3)] == ["1"] * 3

"""The six tools over plain HTTP, of a server that wants a login and of one that does not."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import jsonschema
import pytest

from replygen.service.tools import list_tools

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
PROPOSAL = "关于规范直播带货的提案\n建议：一、加强直播间监测。二、建立主播培训制度。"
ASKED = {
    "find_asks": {"proposal": PROPOSAL},
    "search_precedents": {"query": "直播带货", "k": 2},
    "search_articles": {"query": "食品安全", "k": 2},
    "verify_citations": {"text": "依据《食品安全法》第九百条办理。"},
    "check_draft": {"draft": "关于提案的答复\n我局在澄州市立案43起。"},
    "draft_reply": {"proposal": PROPOSAL},
}
ALLOWED = {
    "小林": {"find_asks", "search_precedents", "search_articles", "verify_citations",
            "check_draft", "draft_reply"},
    "老周": {"find_asks", "search_precedents", "search_articles", "verify_citations",
            "check_draft"},
    "小陈": {"search_precedents", "search_articles", "verify_citations"},
}  # fmt: skip


@contextmanager
def sign_in(served, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=60) as client:
        data = {"username": name, "password": served.passwords[name]}
        assert client.post("/login", data=data).status_code == 200
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("name", list(ALLOWED))
def test_every_user_has_the_tools_of_the_roles_and_no_other(guarded, name):
    with sign_in(guarded, name) as client:
        for tool, sent in ASKED.items():
            answer = client.post(f"/api/v1/{tool}", json=sent)
            if tool in ALLOWED[name]:
                assert answer.status_code == 200, answer.text
                assert isinstance(answer.json()["sources"], list)
            else:
                assert answer.status_code == 403 and "权限" in answer.json()["detail"]


def test_who_has_not_signed_in_gets_nothing(guarded):
    for tool, sent in ASKED.items():
        assert httpx.post(f"{guarded.url}/api/v1/{tool}", json=sent).status_code == 401
    assert httpx.get(f"{guarded.url}/api/v1/openapi.json").status_code == 401


def test_another_site_gets_nothing(guarded):
    with sign_in(guarded, "小林") as client:
        answer = client.post(
            "/api/v1/find_asks", json=ASKED["find_asks"], headers={"Origin": "http://evil.example"}
        )
    assert answer.status_code == 403


WRONG = {
    "no json": (b"{", 400, "不是 JSON"),
    "a list": (b"[]", 400, "参数"),
    "an unknown name": (b'{"path": "/etc/passwd"}', 400, "没有参数 path"),
    "nothing": (b"{}", 400, "缺少参数"),
    "brackets without end": (b"[" * 100_000, 400, "JSON"),
    "too large": (b" " * 16_000_001, 413, "太大"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("body", "status", "word"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_one_chinese_line(guarded, body, status, word):
    with sign_in(guarded, "小林") as client:
        answer = client.post("/api/v1/find_asks", content=body)
        assert answer.status_code == status
        assert word in answer.json()["detail"] and "\n" not in answer.json()["detail"]
        assert client.post("/api/v1/no_such_tool", json={}).status_code == 404


def test_the_description_is_of_what_there_is(guarded):
    with sign_in(guarded, "小陈") as client:
        told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {f"/api/v1/{tool.name}" for tool in list_tools()}
    text = DOCUMENT.read_text(encoding="utf-8")
    for path, methods in told["paths"].items():
        schema = methods["post"]["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator.check_schema(schema)
        name = path.rsplit("/", 1)[1]
        jsonschema.validate(ASKED[name], schema)
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
        assert all(f"`{parameter}`" in row for parameter in schema["properties"])


@pytest.mark.slow
def test_the_documented_curl_works_as_written(serve, guarded):
    (code,) = re.findall(r"```bash\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    with serve(guarded.settings) as served:
        code = code.replace("http://127.0.0.1:7860", served.url)
        done = subprocess.run(
            ["bash", "-eu", "-c", code], capture_output=True, text=True, encoding="utf-8",
            timeout=60, check=True,
        )  # fmt: skip
    rows = json.loads(done.stdout)["citations"]
    assert [row["verdict"] for row in rows] == ["valid", "no_such_article"]


def test_the_documented_settings_of_an_agent_are_json_that_starts_the_command():
    (code,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    server = json.loads(code)["mcpServers"]["replygen"]
    assert (server["command"], server["args"][0]) == ("replygen", "mcp")

"""The tools by MCP, asked with the official SDK's own client."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time

import pytest

from replygen import Desk, load_settings
from replygen.errors import SettingsError
from replygen.service.tools import list_tools
from replygen.settings import resource, sample_settings

mcp = pytest.importorskip("mcp", reason="没有安装 mcp")
PROPOSAL = "关于规范直播带货的提案\n建议：一、加强直播间监测。二、建立主播培训制度。"


def ask(server, name, sent):
    """What one tool answers to the SDK's client, or the tools where ``name`` is None."""

    async def asking():
        async with mcp.Client(server) as client:
            if name is None:
                return (await client.list_tools()).tools
            return await client.call_tool(name, sent)

    return asyncio.run(asking())


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mcp")
    settings = sample_settings(load_settings(cwd=folder))
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True, encode=0)
    return settings


@pytest.fixture(scope="module")
def desk(settings):
    with Desk(settings) as desk:
        yield desk


@pytest.fixture(scope="module")
def command(settings):
    return [
        sys.executable, "-m", "replygen.cli", "mcp", "--index", str(settings.index),
        "--profile", str(settings.profile_path),
    ]  # fmt: skip


def test_the_client_sees_six_tools_with_chinese_descriptions_and_schemas(desk):
    from replygen.mcp import make_server

    tools = ask(make_server(desk), None, None)
    assert [tool.name for tool in tools] == [tool.name for tool in list_tools()]
    for tool in tools:
        assert any("\u4e00" <= c <= "\u9fff" for c in tool.description or "")
        assert tool.input_schema["properties"] and tool.annotations.read_only_hint
        assert "sources" in tool.output_schema["properties"]


def test_a_role_has_its_tools_only(desk):
    from replygen.mcp import make_server

    server = make_server(desk, role="indexer")
    names = {tool.name for tool in ask(server, None, None)}
    assert names == {"search_precedents", "search_articles", "verify_citations"}
    refused = ask(server, "draft_reply", {"proposal": PROPOSAL})
    assert refused.is_error and "没有工具 draft_reply" in refused.content[0].text


def test_an_answer_is_structured_and_says_its_sources(desk):
    from replygen.mcp import make_server

    answer = ask(make_server(desk), "draft_reply", {"proposal": PROPOSAL})
    assert not answer.is_error
    assert answer.structured_content["sources"]
    assert [a["order"] for a in answer.structured_content["asks"]] == [1, 2]


def test_what_is_wrong_is_an_error_in_chinese(desk):
    from replygen.mcp import make_server

    for sent, word in (({}, "缺少参数"), ({"proposal": ""}, "是空的"), ({"x": 1}, "没有参数")):
        answer = ask(make_server(desk), "find_asks", sent)
        assert answer.is_error and word in answer.content[0].text


def test_a_crash_inside_tells_the_program_nothing_of_it(desk, monkeypatch):
    from replygen.mcp import make_server

    def crash(*_args, **_more):
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(Desk, "search", crash)
    answer = ask(make_server(desk), "search_articles", {"query": "直播"})
    assert answer.is_error and "程序内部出错" in answer.content[0].text
    assert "secret" not in answer.content[0].text


def test_the_command_answers_by_stdio(command):
    server = mcp.StdioServerParameters(
        command=command[0], args=command[1:], env={**os.environ, "PYTHONUTF8": "1"}
    )
    answer = ask(server, "find_asks", {"proposal": PROPOSAL})
    assert [a["order"] for a in answer.structured_content["asks"]] == [1, 2]


@pytest.mark.slow
def test_the_command_answers_by_streamable_http_on_loopback(command):
    import httpx

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*command, "--http", "--port", str(port)], stdout=subprocess.PIPE)
    url = f"http://127.0.0.1:{port}/mcp"
    try:
        for _ in range(200):
            try:
                httpx.get(url, timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        answer = ask(url, "search_precedents", {"query": "直播带货", "k": 2})
        assert len(answer.structured_content["hits"]) == 2
        foreign = httpx.post(url, headers={"Host": "evil.example"}, json={})
        assert foreign.status_code == 421
        other = httpx.post(url, headers={"Origin": "http://evil.example"}, json={})
        assert other.status_code == 403
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.1.2.3", "example.com"])
def test_no_other_machine_is_served(settings, host):
    from replygen.mcp import serve_mcp

    with pytest.raises(SettingsError, match="本机"):
        serve_mcp(settings, host=host, port=7861)

"""mcp: the six tools of :mod:`replygen.service.tools` for agents (Model Context Protocol).

By stdio, or by streamable HTTP that only this machine can reach. The SDK is the official one
(extra ``mcp``); nothing of it is needed elsewhere.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from replygen.errors import ReplygenError, SettingsError
from replygen.service.desk import Desk
from replygen.service.json import JsonObject
from replygen.service.tools import ANSWER_SCHEMA, Tool, list_tools, tell_instructions
from replygen.settings import Settings

if TYPE_CHECKING:
    from mcp import types as mcp_types
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolResult

_AT_ONCE = 4
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_BODY = 4_194_304  # bytes of a request
_BROKEN = "程序内部出错，这一步没有完成；请查看运行窗口里的信息"


def serve_mcp(
    settings: Settings,
    *,
    role: str | None = None,
    port: int | None = None,
    host: str = "127.0.0.1",
    on_open: Callable[[], None] = lambda: None,
) -> None:
    """Serve the tools until the client leaves (stdio), or on ``port`` of this machine until it
    is stopped. With ``role`` only that role's tools are there. Raises SettingsError where the
    SDK is missing, the host is another machine's or the port is taken."""
    import anyio

    if host not in _LOOPBACK:
        raise SettingsError(f"--host 只能是 {'、'.join(_LOOPBACK)}：MCP 只供本机使用")
    with Desk(settings) as desk:
        server = make_server(desk, role=role)
        if port is None:
            anyio.run(_run_stdio, server)
        else:
            _run_http(server, host, port, on_open)


def make_server(desk: Desk, *, role: str | None = None) -> Server:
    """Return the server over ``desk``; with ``role`` it has that role's tools only. Raises
    SettingsError where the SDK is missing or too old."""
    try:
        import anyio
        from mcp import types
        from mcp.server.context import ServerRequestContext
        from mcp.server.lowlevel import Server
    except ImportError as error:
        raise SettingsError(
            "没有安装 MCP 组件，请先运行 pip install 'replygen[mcp]'（mcp 2.0 以上）"
        ) from error
    tools = {t.name: t for t in list_tools() if role is None or role in t.roles}
    at_once = anyio.CapacityLimiter(_AT_ONCE)

    async def list_all(
        _context: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_describe(tool) for tool in tools.values()])

    async def call(
        _context: ServerRequestContext, params: types.CallToolRequestParams
    ) -> CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            return _refuse(f"没有工具 {params.name}（可用：{'、'.join(tools)}）")
        sent = params.arguments or {}
        return await anyio.to_thread.run_sync(_answer, desk, tool, sent, limiter=at_once)

    return Server(
        "replygen",
        title="提案建议答复起草",
        instructions=tell_instructions(),
        on_list_tools=list_all,
        on_call_tool=call,
    )


def _describe(tool: Tool) -> mcp_types.Tool:
    from mcp import types

    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.schema,
        output_schema=ANSWER_SCHEMA,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, open_world_hint=False
        ),
    )


def _answer(desk: Desk, tool: Tool, sent: JsonObject) -> CallToolResult:
    from mcp import types

    try:
        answer = tool.ask(desk, sent)
    except ReplygenError as error:
        return _refuse(str(error))
    except Exception:  # the program that asks learns nothing of the inside
        logging.getLogger("replygen.mcp").exception("tool failed")
        return _refuse(_BROKEN)
    text = json.dumps(answer, ensure_ascii=False)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=answer
    )


def _refuse(message: str) -> CallToolResult:
    from mcp import types

    return types.CallToolResult(
        content=[types.TextContent(type="text", text=" ".join(message.split()))], is_error=True
    )


async def _run_stdio(server: Server) -> None:
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _run_http(server: Server, host: str, port: int, on_open: Callable[[], None]) -> None:
    import socket

    import uvicorn

    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingsError(f"端口 {port} 用不了（{error.strerror}），请换一个 --port") from error
    on_open()
    app = server.streamable_http_app(host=host, max_request_body_size=_MOST_BODY)
    config = uvicorn.Config(app, log_level="warning", proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listening])

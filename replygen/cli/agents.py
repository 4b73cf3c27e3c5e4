"""The command for other programs: the tools by MCP."""

from __future__ import annotations

from typing import Annotated

import typer

from replygen.cli.options import state
from replygen.errors import SettingsError


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="用 streamable HTTP，默认用标准输入输出")
    ] = False,
    port: Annotated[int, typer.Option(help="--http 的端口")] = 7861,
    host: Annotated[str, typer.Option(help="--http 的地址，只能是本机")] = "127.0.0.1",
    role: Annotated[
        str | None, typer.Option(help="只给这个角色的工具：clerk、reviewer、indexer")
    ] = None,
) -> None:
    """给智能体等程序用的 MCP 服务：拆诉求、检索、核对引用、核查、起草。"""
    from replygen.mcp import serve_mcp
    from replygen.workspace import ROLES

    if role is not None and role not in ROLES:
        raise SettingsError(f"--role 只能是 {'、'.join(ROLES)}")
    at = f"[{host}]" if ":" in host else host

    def tell() -> None:
        typer.echo(f"MCP 地址：http://{at}:{port}/mcp（按 Ctrl+C 停止）")

    serve_mcp(state.settings(), role=role, port=port if http else None, host=host, on_open=tell)

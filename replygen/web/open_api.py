"""The tools of :mod:`replygen.service.tools` over plain HTTP: one POST each, and an OpenAPI
description of all (docs/api.md). The gate in front says who asks; a tool wants a role."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from replygen import __version__
from replygen.errors import ReplygenError
from replygen.service.desk import Desk
from replygen.service.json import JsonObject
from replygen.service.tools import ANSWER_SCHEMA, Tool, list_tools, tell_instructions
from replygen.web.auth.bodies import read_body
from replygen.web.auth.who import ROLE_NAMES, roles_of

if TYPE_CHECKING:
    from fastapi import FastAPI

PREFIX = "/api/v1"
_AT_ONCE = 4
_ERROR = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
_REFUSALS = {
    "400": "参数不对，detail 说明哪里不对",
    "401": "没有登录",
    "403": "没有权限",
    "413": "请求太大",
    "500": "程序内部出错",
}


def add_tools(app: FastAPI, desk: Desk) -> None:
    """Add the tools to ``app``, below :data:`PREFIX`; all share ``desk``."""
    tools = {tool.name: tool for tool in list_tools()}
    at_once = asyncio.Semaphore(_AT_ONCE)

    async def describe(_request: Request) -> Response:
        return JSONResponse(describe_tools())

    async def ask(request: Request) -> Response:
        tool = tools.get(request.path_params["tool"])
        if tool is None:
            return _refuse(404, f"没有这个接口（可用：{'、'.join(tools)}）")
        if roles_of(request).isdisjoint(tool.roles):
            names = "、".join(ROLE_NAMES[role] for role in sorted(tool.roles))
            return _refuse(403, f"您的账号没有“{names}”权限，请找管理员开通")
        body = await read_body(request)
        if body is None:
            return _refuse(413, "请求太大")
        async with at_once:
            return await asyncio.to_thread(_answer, desk, tool, body)

    app.add_route(f"{PREFIX}/openapi.json", describe, methods=["GET"])
    app.add_route(f"{PREFIX}/{{tool}}", ask, methods=["POST"])


def describe_tools() -> JsonObject:
    """Return the OpenAPI (3.1) description of the tools."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "replygen", "version": __version__, "description": tell_instructions()},
        "paths": {f"{PREFIX}/{tool.name}": {"post": _describe(tool)} for tool in list_tools()},
        "components": {"schemas": {"Error": _ERROR, "Answer": ANSWER_SCHEMA}},
    }


def _describe(tool: Tool) -> JsonObject:
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answered = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    return {
        "operationId": tool.name,
        "summary": tool.title,
        "description": f"{tool.about}\n\n角色：{'、'.join(sorted(tool.roles))}",
        "requestBody": {"required": True, "content": {"application/json": {"schema": tool.schema}}},
        "responses": {
            "200": {"description": "回答", "content": answered},
            **{code: {"description": why, "content": refused} for code, why in _REFUSALS.items()},
        },
    }


def _answer(desk: Desk, tool: Tool, body: bytes) -> Response:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return _refuse(400, "请求不是 JSON，请检查写法")
    if not isinstance(sent, Mapping):
        return _refuse(400, '请求要写成 {"参数": 值, ...}')
    try:
        return JSONResponse(tool.ask(desk, sent))
    except ReplygenError as error:
        return _refuse(400, error.shown)
    except Exception:
        logging.getLogger("replygen.web").exception("tool failed")
        return _refuse(500, "程序内部出错了，这一步没有完成。请重试；仍不行，请找维护人员")


def _refuse(status: int, message: str) -> Response:
    return JSONResponse({"detail": message}, status)

"""The commands on users of the page: add, list, remove, password."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.options import JsonOption, state
from replygen.cli.terminal import echo, print_json
from replygen.errors import SettingsError

if TYPE_CHECKING:
    from replygen.workspace import UserFile

user_app = typer.Typer(
    help="管理网页的用户（只在开放给别的电脑用时需要）。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_NAMES = {"clerk": "起草", "reviewer": "审核", "indexer": "语料库和设置"}
_Stdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码，供脚本用")]


@user_app.command("add")
def user_add(
    name: str,
    role: Annotated[
        list[str] | None, typer.Option(help="clerk、reviewer 或 indexer，可多次给出")
    ] = None,
    password_stdin: _Stdin = False,
) -> None:
    """新建一个用户。"""
    from replygen.workspace import ROLES

    users, given = _open_users(), role or []
    if not given or not set(given) <= set(ROLES):
        raise SettingsError(f"请用 --role 给出角色：{'、'.join(ROLES)}，可多次给出")
    if users.get(name) is not None:
        raise SettingsError(f"已有用户“{name}”，改密码请用 replygen user password {name}")
    user = users.add(name, _ask_password(password_stdin), given)
    echo(f"已建用户 {user.name}：{_name_roles(user.roles)}")


@user_app.command("list")
def user_list(as_json: JsonOption = False) -> None:
    """列出用户和他们的角色。"""
    from replygen.workspace import ROLES

    users = _open_users().users()
    if as_json:
        rows = [{"name": u.name, "roles": [r for r in ROLES if r in u.roles]} for u in users]
        print_json({"users": rows})
        return
    if not users:
        echo("还没有用户。新建：replygen user add 用户名 --role clerk")
    for user in users:
        echo(f"{user.name}：{_name_roles(user.roles)}")


@user_app.command("remove")
def user_remove(name: str) -> None:
    """删去一个用户；他正开着的页面马上失效。"""
    _open_users().remove(name)
    echo(f"已删去用户 {name}")


@user_app.command("password")
def user_password(name: str, password_stdin: _Stdin = False) -> None:
    """给用户换密码；他正开着的页面要重新登录。"""
    users = _open_users()
    if users.get(name) is None:
        raise SettingsError(f"没有用户“{name}”，现有的用户见 replygen user list")
    users.set_password(name, _ask_password(password_stdin))
    echo(f"已给 {name} 换了密码")


def _ask_password(from_stdin: bool) -> str:
    """Return the password: a line of standard input, or typed twice without echo."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise SettingsError("这里不能输入密码：请在终端里运行，或加 --password-stdin")
    first = getpass("密码（不显示）：")
    if getpass("再输一次：") != first:
        raise SettingsError("两次输入的密码不一样，请重试")
    return first


def _name_roles(roles: frozenset[str]) -> str:
    return "、".join(name for role, name in _NAMES.items() if role in roles)


def _open_users() -> UserFile:
    from replygen.workspace import UserFile

    return UserFile(state.settings().work)

"""The user file: what it holds, what it refuses, and the commands on it."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from replygen import cli
from replygen.errors import SettingsError, StoreError
from replygen.workspace import UserFile

PASSWORD = "晴天-2026-云川"


@pytest.fixture
def users(tmp_path) -> UserFile:
    return UserFile(tmp_path / "work")


def test_a_user_is_known_by_the_right_password_only(users):
    users.add("张伟", PASSWORD, ["clerk", "reviewer"])
    known = users.check("张伟", PASSWORD)
    assert known is not None and known.roles == {"clerk", "reviewer"}
    assert users.check("张伟", PASSWORD + " ") is None
    assert users.check("张伟", "") is None
    assert users.check("李娜", PASSWORD) is None


def test_the_file_holds_no_password_and_only_its_owner_reads_it(users):
    users.add("a", PASSWORD, ["clerk"])
    users.add("b", PASSWORD, ["clerk"])
    text = users.path.read_text(encoding="utf-8")
    assert PASSWORD not in text
    secrets = [row["secret"] for row in json.loads(text)["users"].values()]
    assert len(set(secrets)) == 2  # a salt of its own for each
    assert all(secret.startswith("scrypt$32768$8$3$") for secret in secrets)
    assert stat.S_IMODE(os.stat(users.path).st_mode) == 0o600


def test_a_running_server_sees_what_another_process_changed(users):
    users.add("a", PASSWORD, ["clerk"])
    other = UserFile(users.path.parent)
    other.set_password("a", "neues-Wort-9")
    assert users.check("a", PASSWORD) is None
    assert users.check("a", "neues-Wort-9") is not None
    other.remove("a")
    assert users.users() == ()


@pytest.mark.parametrize(
    ("name", "password", "roles", "word"),
    [
        ("a/b", PASSWORD, ["clerk"], "用户名"),
        ("..", PASSWORD, ["clerk"], "用户名"),
        ("", PASSWORD, ["clerk"], "用户名"),
        ("x" * 33, PASSWORD, ["clerk"], "用户名"),
        ("<b>", PASSWORD, ["clerk"], "用户名"),
        ("a", "1234567", ["clerk"], "8 到 128"),
        ("a", "x" * 129, ["clerk"], "8 到 128"),
        ("a", PASSWORD, [], "--role"),
        ("a", PASSWORD, ["admin"], "--role"),
    ],
)
def test_what_is_no_name_password_or_role_is_refused(users, name, password, roles, word):
    with pytest.raises(SettingsError, match=word):
        users.add(name, password, roles)
    assert users.users() == ()


def test_a_name_is_taken_once_and_an_unknown_one_is_told(users):
    users.add("a", PASSWORD, ["clerk"])
    with pytest.raises(SettingsError, match="已有用户"):
        users.add("a", PASSWORD, ["clerk"])
    for action in (lambda: users.remove("b"), lambda: users.set_password("b", PASSWORD)):
        with pytest.raises(SettingsError, match="没有用户"):
            action()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"users": {"a": {"roles": ["clerk"], "secret": "plain"}}}',
        '{"users": {"a": {"roles": ["root"], "secret": "scrypt$1$1$1$a$b"}}}',
        '{"users": {"a": {"roles": 7, "secret": "x"}}}',
    ],
)
def test_a_broken_file_lets_nobody_in_and_says_what_to_do(users, text):
    users.path.parent.mkdir()
    users.path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="用户文件坏了"):
        users.check("a", PASSWORD)


def run(folder, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from replygen.cli.main import main; main()", *args],
        input=typed,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def command(tmp_path, monkeypatch, capfd) -> Callable[..., Done]:
    """A command in this process: starting one for each takes a second and more."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPLYGEN_WORK", raising=False)

    def call(*args: str, typed: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return Done(cli.run(list(args)), *capfd.readouterr())

    return call


@pytest.mark.slow
def test_the_commands_add_list_change_and_remove_a_user(tmp_path, command):
    made = run(
        tmp_path, "user", "add", "张伟", "--role", "clerk", "--role", "indexer",
        "--password-stdin", typed=PASSWORD + "\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    listed = json.loads(command("user", "list", "--json").stdout)
    assert listed == {"users": [{"name": "张伟", "roles": ["clerk", "indexer"]}]}
    command("user", "password", "张伟", "--password-stdin", typed="anders-2026\n")
    assert UserFile(tmp_path / "work").check("张伟", "anders-2026") is not None
    assert command("user", "remove", "张伟").returncode == 0
    assert "还没有用户" in command("user", "list").stdout


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("serve", "--host", "0.0.0.0", "--port", "0"), "replygen user add"),
        (("user", "add", "a", "--role", "king", "--password-stdin"), "--role"),
        (("user", "add", "a", "--role", "clerk"), "--password-stdin"),
        (("user", "remove", "a"), "没有用户"),
        (("user", "password", "a", "--password-stdin"), "没有用户"),
    ],
)
def test_what_cannot_be_done_is_one_chinese_line_and_exit_2(command, args, word):
    done = command(*args)
    assert done.returncode == 2
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""

"""The command on the audit log."""

from __future__ import annotations

from dataclasses import asdict

import typer

from replygen.cli.options import JsonOption, state
from replygen.cli.terminal import echo, print_json

_DETAILS = {"rule": "规则", "text": "原文", "reason": "理由", "basis": "依据", "file": "文件"}


def audit_log(as_json: JsonOption = False) -> None:
    """列出审核记录（谁、何时、对哪处、为什么），并检查有没有被改动；被改动时退出码为 1。"""
    from replygen.workspace import AuditLog, tell_deed, tell_time

    log = AuditLog(state.settings().work)
    check = log.verify()
    entries = log.entries() if check.entries else ()
    if as_json:
        print_json({**asdict(check), "log": [asdict(entry) for entry in entries]})
    else:
        for entry in entries:
            told = "；".join(
                f"{name} {value}"
                for key, name in _DETAILS.items()
                if (value := entry.detail.get(key))
            )
            deed = tell_deed(entry)
            echo(f"{entry.seq}. {tell_time(entry.at)} {entry.who} {deed}〔{entry.subject}〕{told}")
        echo(
            f"共 {check.entries} 条，没有被改动过；校验码 {check.head[:12] or '无'}"
            if check.ok
            else "审核记录不完整："
        )
        for problem in check.problems:
            echo(f"- {problem}")
    if not check.ok:
        raise typer.Exit(1)

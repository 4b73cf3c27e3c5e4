"""The commands on a finished draft: check, publish, clean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.options import JsonOption, open_desk
from replygen.cli.terminal import echo, print_json, show_copy, show_findings, show_fixes
from replygen.errors import SettingsError

if TYPE_CHECKING:
    from replygen.service.copies import CopyResult


def check(
    draft: Path,
    proposal: Annotated[Path | None, typer.Option(help="它答复的提案")] = None,
    report: Annotated[
        Path | None, typer.Option(help="把核查报告写成 HTML 或 Word（.docx）")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="先修正有唯一写法的格式问题")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="--fix 写到哪里（默认另存）")
    ] = None,
    comments: Annotated[
        Path | None,
        typer.Option(help="把问题写成 Word 批注，另存到这里；和 --fix 一起用时修正是修订"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """核查一份答复稿：漏答、外地事实、法条、照抄、格式。"""
    from replygen.service.copies import FixResult, comment_draft, fix_draft
    from replygen.service.json import check_json, fix_json

    if output is not None and (not fix or comments is not None):
        raise SettingsError("-o 只和 --fix 一起用；有 --comments 时修正写在批注稿里")
    fixed: FixResult | None = None
    with open_desk() as desk:
        if comments is not None:
            told = comment_draft(desk, draft, comments, proposal=proposal, report=report, fix=fix)
            fixed, result = FixResult(told.path, told.edits) if fix else None, told.report
        else:
            fixed = fix_draft(desk, draft, output=output) if fix else None
            path = fixed.path if fixed and fixed.path else draft
            result = desk.check(path, proposal=proposal, report=report)
    if as_json:
        written = {"comments": str(comments)} if comments is not None else {}
        print_json((fix_json(fixed) if fixed else {}) | written | check_json(result))
    else:
        if fixed is not None:
            show_fixes(fixed)
        for row in result.coverage:
            where = "、".join(str(n + 1) for n in row.paragraphs)
            echo(
                f"建议 {row.ask.order} {row.ask.topic}：" + (f"第 {where} 段" if where else "未答")
            )
        show_findings(result.findings)
        for name in result.not_run:
            echo(f"没有核查：{name}")
        if comments is not None:
            echo(f"批注稿：{comments}")
    if result.blocked:
        raise typer.Exit(1)


def publish(
    draft: Path,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪里")] = None,
    proposal: Annotated[Path | None, typer.Option(help="它答复的提案")] = None,
    as_json: JsonOption = False,
) -> None:
    """生成公开稿：去掉联系方式、签发人、内部标记、批注和出处数据，列出去掉了什么。"""
    from replygen.service.copies import publish_draft

    with open_desk() as desk:
        _show_copy(publish_draft(desk, draft, output=output, proposal=proposal), as_json)


def clean(
    draft: Path,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪里")] = None,
    proposal: Annotated[Path | None, typer.Option(help="它答复的提案")] = None,
    drop_sources: Annotated[bool, typer.Option(help="连逐句出处数据也去掉")] = False,
    as_json: JsonOption = False,
) -> None:
    """生成净稿：没有必须改的问题后，去掉批注和颜色标记。"""
    from replygen.service.copies import clean_draft

    with open_desk() as desk:
        result = clean_draft(
            desk, draft, output=output, proposal=proposal, drop_sources=drop_sources
        )
        _show_copy(result, as_json)


def _show_copy(result: CopyResult, as_json: bool) -> None:
    from replygen.service.json import copy_json

    if as_json:
        print_json(copy_json(result))
    else:
        show_copy(result)
    if result.path is None:
        raise typer.Exit(1)

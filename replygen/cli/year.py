"""The command on the year's list: all drafts, and the overview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.options import JsonOption, open_desk, show_progress
from replygen.cli.terminal import echo, print_json

if TYPE_CHECKING:
    from replygen.service.lists import ListResult


def batch(
    list_file: Annotated[Path, typer.Argument(metavar="LIST.xlsx", help="交办清单")],
    proposals: Annotated[Path, typer.Option(help="放提案的文件夹")],
    output: Annotated[Path, typer.Option("-o", "--output", help="草稿和总览写到哪个文件夹")],
    as_json: JsonOption = False,
) -> None:
    """按交办清单为每件提案起草，并写出总览；可随时中断，再运行一次接着做，做好的不重做。"""
    from replygen.service.json import list_json
    from replygen.service.lists import KnownLists, make_list

    with open_desk() as desk, show_progress("起草") as progress:
        result = make_list(desk, list_file, proposals, output, on_row=progress)
        KnownLists(desk.settings.work).name(list_file, proposals, output, by="命令行")
    if as_json:
        print_json(list_json(result))
    else:
        show_list(result)


def show_list(result: ListResult) -> None:
    """Print what a run did, what is left to do, and where the overview lies."""
    view = result.view
    echo(
        f"清单 {len(view.rows)} 件：新起草 {result.made}，原已做好 {result.kept}，"
        f"没有做成 {view.count('failed')}，没有找到文件 {view.count('missing')}"
        f"（{result.seconds:.1f} 秒）"
    )
    for row in view.rows:
        if row.state in ("failed", "missing"):
            echo(f"  {row.name}：{row.why}")
        for warning in row.warnings if row.state == "made" else ():
            echo(f"  {row.name}：{warning}")
    for path, why in view.left:
        echo(f"  没有用上：{path}：{why}")
    for twin in view.twins:
        echo(
            f"可能并案：{view.rows[twin.left].name} 与 {view.rows[twin.right].name}"
            f"（{len(twin.shared)} 项建议相同）"
        )
    echo(f"总览：{view.overview.resolve()}")

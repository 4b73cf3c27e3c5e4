"""The commands that measure the search: eval on one set, eval-table on all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from replygen.cli.options import JsonOption, count_up, show_progress, state
from replygen.cli.terminal import echo, print_result
from replygen.cli.writer import evaluate_writer
from replygen.errors import SettingsError


def evaluate(
    set_name: Annotated[
        str,
        typer.Argument(
            metavar="SET", help="letters、statutes、proposals、sample、relevance、drafts 或 writer"
        ),
    ],
    data: Annotated[
        Path | None,
        typer.Option(
            help="数据文件（.jsonl.gz；sample 用 .toml；writer 也可以是提案文件或文件夹，"
            "不写就用示例提案）"
        ),
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="法条文件，默认在数据文件旁边")] = None,
    most: Annotated[
        int | None, typer.Option("-n", "--most", min=1, help="drafts、writer：最多起草多少件")
    ] = None,
    accurate: Annotated[bool, typer.Option("--accurate", help="多花时间，检索得更准")] = False,
    as_json: JsonOption = False,
) -> None:
    """在有答案的数据上测检索质量；relevance 测相关性的判断，drafts 测草稿有多少内容，
    writer 测设置的语言模型（采用多少、为什么退回、多快）。"""
    if set_name == "writer":
        evaluate_writer(data, most, as_json)
        return
    if data is None:
        raise SettingsError(f"eval {set_name} 要用 --data 指定数据文件")
    if set_name == "drafts":
        _evaluate_drafts(data, most, as_json)
        return
    from replygen.evaluation import run_eval

    settings = state.settings()
    if set_name == "relevance":
        print_result(_judge_relevance(data), as_json)
        return
    with show_progress("编码") as bar:
        result = run_eval(
            set_name,
            data,
            encoder=settings.encoder,
            accurate=accurate or settings.accurate,
            corpus=corpus,
            progress=count_up(bar, "条"),
        )
    print_result(result.to_json(), as_json)


def _judge_relevance(data: Path) -> dict[str, Any]:
    """Judge the graded pairs of a file; passages that the index has are read there."""
    from replygen.evaluation.relevance import eval_relevance
    from replygen.index import open_index

    settings = state.settings()
    with show_progress("判断") as bar:
        progress = count_up(bar, "对")
        if not settings.index.exists():
            return eval_relevance(data, None, progress=progress)
        with open_index(settings.index, encoder=settings.encoder) as index:
            return eval_relevance(data, index, progress=progress)


def _evaluate_drafts(data: Path, most: int | None, as_json: bool) -> None:
    from replygen.evaluation.drafts import measure_drafts
    from replygen.service.desk import Desk

    with Desk(state.settings()) as desk, show_progress("起草") as bar:
        figures = measure_drafts(desk, data, most=most, progress=count_up(bar, "件"))
    print_result(figures.to_json(), as_json)


def eval_table(
    data: Annotated[Path, typer.Option(help="数据文件夹（letters.jsonl.gz 等）")],
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪个 .md 文件")],
    keep: Annotated[
        Path | None,
        typer.Option(help="索引留在哪个文件夹，中断后接着做，下次不再编码（默认 index/eval）"),
    ] = None,
) -> None:
    """测出各部分对检索质量的作用，写成一页（docs/quality.md）。"""
    from replygen.evaluation.quality_page import write_table
    from replygen.index.milvus.tables import find_address

    settings = state.settings()
    if keep is None and find_address(settings.index) is not None:
        raise SettingsError("索引在 Milvus 里时，请用 --keep 指定本机的一个文件夹")
    folder = keep or settings.index / "eval"
    write_table(data, output, folder=folder, encoder=settings.encoder, say=say)
    echo(f"已写入 {output}")


def say(line: str) -> None:
    """Tell how far a long measurement is, in a pipe too: it may take an hour."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()

"""The commands that measure the search: eval on one set, eval-table on all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from replygen.errors import SettingsError
from replygen.options import JsonOption, count_up, show_progress, state
from replygen.terminal import echo, print_result


def evaluate(
    set_name: Annotated[
        str, typer.Argument(metavar="SET", help="letters、statutes、proposals 或 sample")
    ],
    data: Annotated[Path, typer.Option(help="数据文件（.jsonl.gz；sample 用 .toml）")],
    corpus: Annotated[Path | None, typer.Option(help="法条文件，默认在数据文件旁边")] = None,
    accurate: Annotated[bool, typer.Option("--accurate", help="多花时间，检索得更准")] = False,
    as_json: JsonOption = False,
) -> None:
    """在有答案的数据上测检索质量。"""
    from replygen.evaluation import run_eval

    settings = state.settings()
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
    from replygen.search.milvus_tables import find_address

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

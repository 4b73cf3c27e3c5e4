"""The commands with a language model: draft --writer, writer-demo, eval writer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.cli.index import fill_after_adding
from replygen.cli.options import count_up, open_desk, show_progress, state
from replygen.cli.sample import demo_output
from replygen.cli.terminal import echo, print_json, show_added, show_draft
from replygen.settings import Writer, resource, sample_settings

if TYPE_CHECKING:
    from replygen.evaluation.writer import WriterFigures
    from replygen.models import Proposal, StanceKind
    from replygen.service.desk import Desk
    from replygen.service.writing import WriterResult


def write_with_model(
    desk: Desk,
    asked: Proposal,
    *,
    output: Path | None,
    material: Sequence[Path],
    form: str | None,
    final: bool,
    stances: Mapping[str, StanceKind],
    confirm: Collection[int],
    log: Path | None,
) -> WriterResult:
    """Draft with the model of the settings, with a progress bar on a terminal."""
    from replygen.service.writing import write_reply

    with show_progress("模型改写") as bar:
        moved = count_up(bar, "项建议")
        return write_reply(
            desk,
            asked,
            output=output,
            material=material,
            form=form,
            final=final,
            stances=stances,
            confirm=confirm,
            log=log,
            progress=moved or (lambda done, total: None),
        )


def show_written(written: WriterResult) -> None:
    """Print what of the model stands, and each refused sentence beside ours with the reason."""
    from replygen.writing import REASONS

    result = written.written
    echo(f"模型稿：采用 {result.kept} 句，没有通过核对 {len(result.refused)} 句")
    for refusal in result.refused:
        echo(f"  第 {refusal.ask} 项 模型：{refusal.text}")
        echo(f"    没有采用：{REASONS[refusal.reason]}；保留：{refusal.ours or '（无）'}")
    for ask, why in result.failed.items():
        echo(f"  第 {ask} 项用规则稿：{why}")


def evaluate_writer(data: Path | None, most: int | None, as_json: bool) -> None:
    """Print what the model of the settings does with the proposals at ``data`` (the sample's
    where it is None). An index without anything is filled with the sample."""
    from replygen.evaluation.writer import measure_writer, read_proposals
    from replygen.writing import open_model

    settings = state.settings()
    model = open_model(settings.writer)
    if data is None:
        settings, data = sample_settings(settings), resource("corpus", "proposals")
    proposals = read_proposals(data, most, settings.limits)
    with open_desk(settings) as desk:
        _fill_sample(desk, quiet=as_json)
        with show_progress("模型改写") as bar:
            figures = measure_writer(desk, proposals, model=model, progress=count_up(bar, "件"))
    if as_json:
        print_json(figures.to_json())
    else:
        _show_figures(figures)


def _show_figures(figures: WriterFigures) -> None:
    result = figures.to_json()
    metrics = result["metrics"]
    echo(f"模型 {figures.model}：{figures.n} 件提案，{figures.asks} 项建议，{figures.sentences} 句")
    kept, refused = metrics["sentences_kept"], metrics["sentences_refused"]
    echo(f"采用 {_percent(kept)}，退回 {_percent(refused)}，其余和规则稿一样或随整项退回")
    for reason, count in result["refused"].items():
        echo(f"  {count} 句：{result['reasons'][reason]}")
    echo(f"整项用规则稿 {_percent(metrics['asks_failed'])}")
    for why, count in result["failed"].items():
        echo(f"  {count} 项：{why}")
    covered, before = metrics["demands_covered"], metrics["demands_covered_without"]
    echo(f"要求答到 {_percent(covered)}（规则稿 {_percent(before)}，共 {figures.demands} 条）")
    seconds, slowest = metrics["seconds_an_ask"], metrics["seconds_an_ask_p95"]
    if seconds is not None:
        echo(f"每项 {seconds:g} 秒（中位数），95% 的不超过 {slowest:g} 秒")


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f}%"


def _fill_sample(desk: Desk, *, quiet: bool) -> None:
    from replygen.service.sample import add_sample

    if desk.status().documents:
        return
    if not quiet:
        echo("正在建示例索引（全部是虚构的示例材料）……")
    added = add_sample(desk)
    if not quiet:
        show_added(added)
    fill_after_adding(desk, True, quiet=quiet)


def writer_demo() -> None:
    """不用真模型，看看模型稿怎样核对：自带的模拟服务改写示例答复，编的数字被拒绝。"""
    from replygen.service.writing import write_reply
    from replygen.writing.scripted import invent_one, serve_script

    with serve_script(invent_one) as address:
        writer = Writer(base_url=address, model="模拟模型", timeout=30.0)
        settings = replace(sample_settings(state.settings()), writer=writer)
        with open_desk(settings) as desk:
            _fill_sample(desk, quiet=False)
            proposal = desk.read_proposal(resource("corpus", "proposals", "0126.docx"))
            written = write_reply(desk, proposal, output=demo_output("示例模型稿.docx"))
    show_draft(written.result)
    show_written(written)

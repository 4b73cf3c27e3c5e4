"""加入材料: files added as a batch, which is watched, stopped, gone on with, tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replygen.web.indexer.answers import ALL
from replygen.web.indexer.batches import ADD, BatchAnswers
from replygen.web.indexer.history import HistoryAnswers
from replygen.web.indexer.show_index import OWN_CHOICES
from replygen.web.indexer.tab_list import LIST, Listing
from replygen.web.indexer.wiring import ACT, PRIVATE, QUIET, fetch
from replygen.web.show import FILE_WIDTH

if TYPE_CHECKING:
    import gradio as gr

_BRING_UP = "() => window.rgBringUp('{}')"
_WELCOME = "() => window.rgWelcomeAgain()"  # what stands above the tabs


def build_adding(
    batches: BatchAnswers, status: gr.HTML, listing: tuple[Any, ...], tabs: tuple[gr.Tab, ...]
) -> list[Any]:
    """What is added; a batch that runs is watched as soon as one of ``tabs`` is opened: the
    inner one may not be on the page yet when the outer one is. ``status`` counts what the
    corpus holds. Returns what happens when a batch has ended."""
    import gradio as gr

    folders = batches.folders()
    with gr.Row():
        with gr.Column(scale=1, min_width=320):
            files = gr.File(
                min_width=FILE_WIDTH,
                label="文件或 zip（docx、doc、pdf、ofd、html、txt 等，可多选）",
                file_count="multiple",
                type="filepath",
                height=170,
                elem_id="rg-add",
            )
            told = gr.HTML(elem_id="rg-add-told")
            folder = gr.Dropdown(
                folders,
                value=None,
                label="或者服务器上的文件夹",
                visible=bool(folders),
                elem_id="rg-folder",
            )
        with gr.Column(scale=1, min_width=320):
            own = gr.Radio(
                OWN_CHOICES,
                value=False,
                label="这一批材料是",
                elem_id="rg-own",
            )
            region = gr.Textbox(
                label="出自哪里（可选，文中没写时用）", placeholder="如：甲省乙市", max_length=50
            )
            with gr.Row():
                add = gr.Button(ADD, variant="primary", elem_id="rg-add-go")
                laws = gr.Button("导入国家法律法规")
    panel = gr.HTML(elem_id="rg-batch-panel")
    with gr.Row(elem_classes="rg-files"):
        stop = gr.Button("停止", variant="stop", size="sm", visible=False)
        go_on = gr.Button("继续", size="sm", visible=False, elem_id="rg-batch-go-on")
        again = gr.Button("重试失败的文件", size="sm", visible=False)
        table = gr.Button("把逐个文件的结果存成表格", size="sm", visible=False)
    file = gr.DownloadButton("结果", visible="hidden", elem_id="rg-get-outcomes")

    shown = [panel, stop, go_on, again, table, status]
    watch: dict[str, Any] = {
        "fn": batches.watch,
        "inputs": None,
        "outputs": shown,
        "concurrency_limit": None,
        **QUIET,
    }
    ends: list[Any] = []
    chosen: list[Any] = [files, folder, own]
    for begun in (
        add.click(batches.add, [*chosen, region], [*chosen, told], **QUIET),
        laws.click(batches.import_laws, None, told, **QUIET),
        again.click(batches.retry, None, told, **QUIET),
        go_on.click(batches.go_on, None, told, **QUIET),
    ):
        begun.success(None, js=_WELCOME, **PRIVATE)
        begun.success(None, js=_BRING_UP.format("#rg-batch-panel"), **PRIVATE)
        ends.append(begun.success(**watch).then(*listing, **QUIET))
    for field in chosen:
        field.change(batches.name_adding, chosen, [add, told], queue=False, **QUIET)
    stop.click(batches.stop, None, None, queue=False, **PRIVATE)
    for tab in tabs:
        ends.append(tab.select(**watch))
    table.click(batches.write_outcomes, None, file, **PRIVATE).success(
        None, js=fetch("rg-get-outcomes")
    )
    return ends


def build_history(
    history: HistoryAnswers, listing: Listing, inner: gr.Tabs, ends: list[Any]
) -> None:
    """The batches so far, below, anew after each of ``ends``; one is looked at, shown in the list,
    taken back."""
    import gradio as gr

    shown = gr.HTML(elem_id="rg-history")
    actor = gr.Button("这一批", elem_id="rg-act-batch", visible="hidden")
    wanted = gr.Textbox(visible=False)

    def act(asked: str) -> tuple[Any, ...]:
        what, _, number = asked.partition(":")
        if what == "list":
            batch = gr.Dropdown([(ALL, ""), *history.list_choices()], value=number)
            return gr.skip(), batch, gr.Tabs(selected=LIST)
        return history.act(asked), gr.skip(), gr.skip()

    for ended in ends:
        ended.then(history.show, None, shown, **QUIET)
    actor.click(act, wanted, [shown, listing.batch, inner], js=ACT, **QUIET).success(
        *listing.show, **QUIET
    ).success(None, js=_BRING_UP.format("#rg-history .rg-scroll"), **PRIVATE)

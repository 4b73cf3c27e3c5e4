"""批次: the year's list handed in, drafted, looked through; a click opens the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replygen.service.desk import Desk
from replygen.web.show import FILE_WIDTH
from replygen.web.year.answers import Year

if TYPE_CHECKING:
    import gradio as gr

_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def build_year(desk: Desk, tab: gr.Tab) -> None:
    """Lay out the tab and wire it. What it shows is asked for when ``tab`` is opened."""
    import gradio as gr

    year = Year(desk)
    folders = year.folders()
    with gr.Accordion("放入新的清单", open=True) as handing:
        with gr.Row():
            source = gr.File(
                min_width=FILE_WIDTH,
                label="交办清单（xlsx）",
                type="filepath",
                file_types=[".xlsx"],
                height=120,
                elem_id="rg-year-list",
            )
            files = gr.File(
                min_width=FILE_WIDTH,
                label="提案文件（docx、doc、pdf、txt，或一个 zip；可多选）",
                file_count="multiple",
                type="filepath",
                height=120,
                elem_id="rg-year-files",
            )
            folder = gr.Dropdown(
                folders,
                value=None,
                label="或者服务器上的文件夹",
                visible=bool(folders),
                elem_id="rg-year-folder",
            )
        begin = gr.Button("开始起草", variant="primary", elem_id="rg-year-begin")
    chosen = gr.Dropdown([], label="清单", visible=False, elem_id="rg-year-chosen")
    panel = gr.HTML(elem_id="rg-year-run")
    with gr.Row(elem_classes="rg-files"):
        stop = gr.Button("停止", variant="stop", size="sm", visible=False, elem_id="rg-year-stop")
        go_on = gr.Button("继续", size="sm", visible=False, elem_id="rg-year-go-on")
        table = gr.Button("下载总览（xlsx）", size="sm", visible=False)
    shown = gr.HTML(elem_id="rg-year")
    file = gr.DownloadButton("总览", visible="hidden", elem_id="rg-get-overview")
    opener = gr.Button("打开", elem_id="rg-year-opener", visible="hidden")
    wanted, opened = gr.Textbox(visible=False), gr.Textbox(visible=False)

    outs = [panel, stop, go_on, table, shown]
    watch: dict[str, Any] = {
        "fn": year.watch,
        "inputs": chosen,
        "outputs": outs,
        "show_progress": "hidden",
        "concurrency_limit": None,
        **_PRIVATE,
    }
    begin.click(
        year.begin, [source, files, folder], [chosen, source, files, handing], **_PRIVATE
    ).success(**watch)
    go_on.click(year.go_on, chosen, None, **_PRIVATE).success(**watch)
    stop.click(year.stop, None, None, queue=False, **_PRIVATE)
    chosen.input(year.show, chosen, outs, show_progress="hidden", **_PRIVATE)
    tab.select(year.lists, chosen, chosen, show_progress="hidden", **_PRIVATE).success(**watch)
    opener.click(
        year.open,
        [chosen, wanted],
        opened,
        js="(id) => [id, window.rgYearKey || '']",
        show_progress="hidden",
        **_PRIVATE,
    ).success(None, opened, None, js="(id) => window.rgToDesk(id)")
    table.click(year.write_overview, chosen, file, **_PRIVATE).success(
        None, js="() => window.rgFetch('rg-get-overview')"
    )

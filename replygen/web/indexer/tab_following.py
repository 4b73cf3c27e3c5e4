"""跟踪来源: what is followed, a source added, read, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from replygen.web.indexer.following import FollowAnswers
from replygen.web.indexer.show_index import OWN_CHOICES
from replygen.web.indexer.wiring import PRIVATE, QUIET
from replygen.web.templating import render

if TYPE_CHECKING:
    import gradio as gr


def build_following(answers: FollowAnswers, tab: gr.Tab, listing: tuple[Any, ...]) -> None:
    """Lay out what is followed and wire it; it is shown when ``tab`` is opened."""
    import gradio as gr

    shown = gr.HTML(elem_id="rg-following")
    with gr.Row(elem_classes="rg-files"):
        read = gr.Button("现在读取", size="sm", visible=False, elem_id="rg-follow-run")
        stop = gr.Button("停止", variant="stop", size="sm", visible=False)
    with gr.Accordion("加一个来源", open=True):
        given, add = _build_fields(answers)
    letting = gr.Button("不再跟踪", elem_id="rg-unfollower", visible="hidden")
    taking = gr.Button("再加入", elem_id="rg-taker", visible="hidden")
    which = gr.Textbox(visible=False)

    outs = [shown, read, stop]
    name, address, _, folder, _, region = given
    look: dict[str, Any] = {
        "fn": answers.look_on, "inputs": None, "outputs": outs, "concurrency_limit": None, **QUIET,
    }  # fmt: skip
    tab.select(**look).success(*listing, **QUIET)
    adding = add.click(answers.add, given, [*outs, name, address, folder, region], **QUIET)
    adding.success(**look).success(*listing, **QUIET)
    letting.click(
        lambda source: answers.remove(source) if source else answers.undo(),
        which,
        outs,
        js="() => window.rgSource || ''",
        **QUIET,
    )
    taking.click(answers.take_in, which, outs, js="() => window.rgTakenIn || ''", **QUIET).success(
        *listing, **QUIET
    )
    read.click(answers.run, None, outs, concurrency_limit=None, **QUIET).success(*listing, **QUIET)
    stop.click(answers.stop, None, None, queue=False, **PRIVATE)


def _build_fields(answers: FollowAnswers) -> tuple[list[Any], gr.Button]:
    """Return the fields of a new source, as :meth:`FollowAnswers.add` takes them, and the
    button that adds it."""
    import gradio as gr

    folders, anywhere = answers.folders(), answers.anywhere
    with gr.Row():
        name = gr.Textbox(label="名字", placeholder="如：市政府公开答复", max_length=40)
        address = gr.Textbox(
            label="网址（栏目的列表页，或者 RSS）" + ("，或这台电脑上的文件夹" if anywhere else ""),
            placeholder="如：https://政府网站/公开栏目/" + (" 或 D:\\往年答复" if anywhere else ""),
            max_length=500,
            elem_id="rg-follow-place",
        )
        kind = gr.Radio(
            [("栏目网页", "html"), ("RSS 订阅", "rss")], value="html", label="如果是网址"
        )
        folder = gr.Dropdown(
            folders,
            value=None,
            label="或者服务器上的文件夹",
            visible=bool(folders),
            elem_id="rg-follow-folder",
        )
    with gr.Row():
        own = gr.Radio(OWN_CHOICES, value=False, label="这个来源的材料是")
        region = gr.Textbox(
            label="出自哪里（可选，文中没写时用）", placeholder="如：甲省乙市", max_length=50
        )
    with gr.Row(elem_classes="rg-files"):
        add = gr.Button("加上", size="sm", elem_id="rg-follow-add")
    gr.HTML(
        render(
            "indexer/follow_hint.html",
            no_folder=not (folders or anywhere),
            every=answers.tell_when(),
        )
    )
    return [name, address, kind, folder, own, region], add

"""全部材料: the documents, filtered; one opened, put right or removed, many changed together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from replygen.index import FIELDS
from replygen.models import Level
from replygen.web.indexer.answers import ALL, OPEN_HINT, ORDERS, Indexer
from replygen.web.indexer.history import HistoryAnswers
from replygen.web.indexer.picking import PickAnswers
from replygen.web.indexer.show_index import KINDS, OWNERS
from replygen.web.indexer.splitting import SplitAnswers
from replygen.web.indexer.wiring import PRIVATE, QUIET, fetch
from replygen.web.show import show_empty
from replygen.web.templating import render

if TYPE_CHECKING:
    import gradio as gr

LIST = "list"
_ANY = (ALL, "")
_TURN = "(...a) => {{ a[{}] = String(window.rgPageTo || '1'); return a; }}"
_SPLIT = "(...a) => { a[1] = window.rgAct || ''; return a; }"
_PICK = "(...a) => { a[0] = window.rgAct || ''; return a; }"


class Listing(NamedTuple):
    """The list as others need it: ``show`` lists it anew, ``batch`` says of which batch."""

    show: tuple[Any, ...]
    batch: gr.Dropdown


def build_list(
    answers: Indexer, history: HistoryAnswers, status: gr.HTML, tabs: tuple[gr.Tab, ...]
) -> Listing:
    """The documents, filtered; one of them opened, put right or removed. They are listed anew
    when one of ``tabs`` is opened."""
    import gradio as gr

    with gr.Row():
        words = gr.Textbox(
            label="标题、地区、单位、日期、文件名或正文里有",
            placeholder="输入几个字后按回车",
            max_length=100,
            scale=2,
        )
        kind = gr.Dropdown([ALL, *KINDS.values()], value=ALL, label="文种", scale=1)
        owner = gr.Radio([ALL, *OWNERS.values()], value=ALL, label="归属", scale=3)
        order = gr.Dropdown(list(ORDERS), value=next(iter(ORDERS)), label="次序", scale=1)
        batch = gr.Dropdown([_ANY], value="", label="哪一批加入的", scale=2, elem_id="rg-of-batch")
    with gr.Row():
        with gr.Column(scale=6, min_width=320):
            told, last = gr.HTML(elem_id="rg-picked-told"), gr.State(())
            table = gr.HTML(elem_id="rg-documents")
            with gr.Row(elem_classes="rg-files"):
                export = gr.Button("把这份清单存成表格（CSV）", size="sm")
            file = gr.DownloadButton("清单", visible="hidden", elem_id="rg-get-list")
            opener = gr.Button("打开", elem_id="rg-opener", visible="hidden")
            pager = gr.Button("翻页", elem_id="rg-pager", visible="hidden")
            picker = gr.Button("改选中的", elem_id="rg-act-pick", visible="hidden")
            splitter = gr.Button("改拆分", elem_id="rg-act-split", visible="hidden")
            restorer = gr.Button("恢复", elem_id="rg-restorer", visible="hidden")
            wanted, turned = gr.Textbox(visible=False), gr.Textbox("1", visible=False)
        with gr.Column(scale=5, min_width=320):
            opened = gr.State(None)
            with gr.Row(visible=False, elem_classes="rg-files") as tools:
                correct = gr.Button("更正读错的内容", size="sm")
                remove = gr.Button("删除这份材料", variant="stop", size="sm")
            with gr.Column(visible=False) as confirm:
                asked = gr.HTML()
                with gr.Row():  # a second click on 删除 meets 不删 or the question
                    sure = gr.Button("确认删除", variant="stop", size="sm")
                    keep = gr.Button("不删", size="sm")
            with gr.Column(visible=False, elem_id="rg-correcting") as form:
                fields = _build_fields()
                with gr.Row():
                    save = gr.Button("保存更正", variant="primary", size="sm")
                    cancel = gr.Button("不改了", size="sm")
            shown = gr.HTML(show_empty(OPEN_HINT))

    filters = [words, kind, owner, order, batch]
    listing = (answers.find, [*filters, turned], [status, table])
    first = (answers.find, filters, [status, table])
    browsing = [shown, opened, tools, confirm, form, *fields]
    words.submit(*first, **QUIET)
    kind.change(*first, **QUIET)
    owner.change(*first, **QUIET)
    order.change(*first, **QUIET)
    batch.input(*first, **QUIET)
    for tab in tabs:
        tab.select(lambda: gr.Dropdown([_ANY, *history.list_choices()]), None, batch, **QUIET)
        tab.select(*listing, js=_TURN.format(len(filters)), **QUIET)
    pager.click(*listing, js=_TURN.format(len(filters)), **QUIET)
    opener.click(answers.open, wanted, browsing, js="() => window.rgWanted || ''", **PRIVATE)
    restorer.click(
        answers.restore, wanted, browsing, js="() => window.rgRestored || ''", **QUIET
    ).success(*listing, **QUIET)
    picker.click(
        PickAnswers(answers).act, [wanted, last, *filters], [told, last], js=_PICK, **QUIET
    ).success(*listing, js=_TURN.format(len(filters)), **QUIET)
    splitter.click(
        SplitAnswers(answers).act, [opened, wanted], browsing, js=_SPLIT, **QUIET
    ).success(*listing, js=_TURN.format(len(filters)), **QUIET)
    export.click(answers.write_list, filters, file, **PRIVATE).success(
        None, js=fetch("rg-get-list")
    )
    for button, states in (
        (keep, (True, False, False)),
        (correct, (False, False, True)),
        (cancel, (True, False, False)),
    ):
        button.click(_show_rows(*states), None, [tools, confirm, form], queue=False, **PRIVATE)
    remove.click(answers.ask_removal, opened, [asked, tools, confirm, form], queue=False, **QUIET)
    # Gradio lays what went wrong over the outputs: over the form it could not be mended.
    for button, answer, given in (
        (sure, answers.remove, opened),
        (save, answers.correct, [opened, *fields]),
    ):
        button.click(answer, given, browsing, **QUIET).success(*listing, **QUIET)
    return Listing(first, batch)


def _build_fields() -> list[Any]:
    """A field for each of ``FIELDS``, in that order."""
    import gradio as gr

    gr.HTML(render("indexer/correcting.html"))
    fields: list[Any] = []
    with gr.Row(elem_classes="rg-fields"):
        for name in FIELDS:
            wide = 480 if name == "title" else 200
            if name == "own":
                fields.append(
                    gr.Radio(list(OWNERS.values()), label=name, interactive=True, min_width=wide)
                )
            elif name == "level":
                levels = ["", *get_args(Level)]
                fields.append(gr.Dropdown(levels, label=name, interactive=True, min_width=wide))
            else:
                fields.append(gr.Textbox(label=name, max_length=200, min_width=wide))
    return fields


def _show_rows(tools: bool, confirm: bool, form: bool) -> Callable[[], tuple[Any, ...]]:
    """Return what shows the tools, the question before removing, or the form."""
    import gradio as gr

    return lambda: (gr.Row(visible=tools), gr.Column(visible=confirm), gr.Column(visible=form))

"""语料库: add files, see what became of each; browse, put right and remove documents; what
the corpus holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

from replygen.index import FIELDS
from replygen.models import Level
from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.web.indexer.answers import ALL, OPEN_HINT, Indexer
from replygen.web.indexer.batches import BatchAnswers
from replygen.web.indexer.following import FollowAnswers
from replygen.web.indexer.show_index import KINDS, OWNERS
from replygen.web.show import show_empty

if TYPE_CHECKING:
    import gradio as gr

_STATS_HINT = "点“统计”，看材料的年份、地区、领域，各地最常采取的措施，和引用里已经过时的法规。"
_TURN = "(...a) => {{ a[{}] = String(window.rgPageTo || '1'); return a; }}"
_FETCH = "() => window.rgFetch('{}')"
_OWN = [("外单位的（只作参考）", False), ("本单位自己的（其中的事实可以写成已做）", True)]
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


def build_indexer(desk: Desk, tab: gr.Tab, batches: Batches) -> None:
    """Lay out the tab and wire it. What it shows is asked for when ``tab`` is opened: who
    drafts does not wait for the list."""
    import gradio as gr

    status = gr.HTML()
    answers = Indexer(desk)
    with gr.Tabs(elem_id="rg-index-tabs"):
        with gr.Tab("全部材料"):
            listing = _build_list(answers, status, tab)
        with gr.Tab("加入材料") as adding:
            _build_adding(BatchAnswers(desk, batches), listing, (tab, adding))
        with gr.Tab("跟踪来源") as following:
            _build_following(FollowAnswers(desk), following, listing)
        with gr.Tab("检索"):
            _build_search(answers)
        with gr.Tab("统计"):
            _build_statistics(answers)
    full = gr.HTML(elem_id="rg-index-full")
    looker = gr.Button("看全文", elem_id="rg-index-looker", visible="hidden")
    wanted = gr.Textbox(visible=False)
    looker.click(answers.look, wanted, full, js="() => window.rgLook || ''", **_PRIVATE).success(
        None, js="() => window.rgShowFull('#rg-index-full')"
    )


def _build_list(answers: Indexer, status: gr.HTML, tab: gr.Tab) -> tuple[Any, ...]:
    """The documents, filtered; one of them opened, put right or removed. Returns what
    shows the list anew."""
    import gradio as gr

    with gr.Row():
        words = gr.Textbox(
            label="标题、地区、单位、日期或正文里有",
            placeholder="输入几个字后按回车",
            max_length=100,
            scale=3,
        )
        kind = gr.Dropdown([ALL, *KINDS.values()], value=ALL, label="文种", scale=1)
        owner = gr.Radio([ALL, *OWNERS.values()], value=ALL, label="归属", scale=2)
    with gr.Row():
        with gr.Column(scale=6, min_width=320):
            table = gr.HTML(elem_id="rg-documents")
            with gr.Row(elem_classes="rg-files"):
                export = gr.Button("把这份清单存成表格（CSV）", size="sm")
            file = gr.DownloadButton("清单", visible="hidden", elem_id="rg-get-list")
            opener = gr.Button("打开", elem_id="rg-opener", visible="hidden")
            pager = gr.Button("翻页", elem_id="rg-pager", visible="hidden")
            restorer = gr.Button("恢复", elem_id="rg-restorer", visible="hidden")
            wanted, turned = gr.Textbox(visible=False), gr.Textbox("1", visible=False)
        with gr.Column(scale=5, min_width=320):
            opened = gr.State(None)
            with gr.Row(visible=False, elem_classes="rg-files") as tools:
                correct = gr.Button("更正读错的内容", size="sm")
                remove = gr.Button("删除这份材料", variant="stop", size="sm")
            with gr.Row(visible=False) as confirm:
                sure = gr.Button("确认删除", variant="stop", size="sm")
                keep = gr.Button("不删", size="sm")
            with gr.Column(visible=False, elem_id="rg-correcting") as form:
                fields = _build_fields()
                with gr.Row():
                    save = gr.Button("保存更正", variant="primary", size="sm")
                    cancel = gr.Button("不改了", size="sm")
            shown = gr.HTML(show_empty(OPEN_HINT))

    filters = [words, kind, owner]
    listing = (answers.find, [*filters, turned], [status, table])
    first = (answers.find, filters, [status, table])
    browsing = [shown, opened, tools, confirm, form, *fields]
    quiet: dict[str, Any] = {"show_progress": "hidden", **_PRIVATE}
    words.submit(*first, **quiet)
    kind.change(*first, **quiet)
    owner.change(*first, **quiet)
    tab.select(*listing, js=_TURN.format(3), **quiet)
    pager.click(*listing, js=_TURN.format(3), **quiet)
    opener.click(answers.open, wanted, browsing, js="() => window.rgWanted || ''", **_PRIVATE)
    restorer.click(
        answers.restore, wanted, browsing, js="() => window.rgRestored || ''", **quiet
    ).success(*listing, **quiet)
    export.click(answers.write_list, filters, file, **_PRIVATE).success(
        None, js=_FETCH.format("rg-get-list")
    )
    for button, states in (
        (remove, (False, True, False)),
        (keep, (True, False, False)),
        (correct, (False, False, True)),
        (cancel, (True, False, False)),
    ):
        button.click(_show_rows(*states), None, [tools, confirm, form], queue=False, **_PRIVATE)
    # Gradio lays what went wrong over the outputs: over the form it could not be mended.
    for button, answer, given in (
        (sure, answers.remove, opened),
        (save, answers.correct, [opened, *fields]),
    ):
        button.click(answer, given, browsing, **quiet).success(*listing, **quiet)
    return first


def _build_fields() -> list[Any]:
    """A field for each of ``FIELDS``, in that order."""
    import gradio as gr

    gr.HTML("<h4>更正读错的内容</h4><p class='rg-summary'>以后再加入同一个文件，也不会改回去。</p>")
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

    return lambda: (gr.Row(visible=tools), gr.Row(visible=confirm), gr.Column(visible=form))


def _build_adding(
    batches: BatchAnswers, listing: tuple[Any, ...], tabs: tuple[gr.Tab, ...]
) -> None:
    """What is added; a batch that runs is watched as soon as one of ``tabs`` is opened: the
    inner one may not be on the page yet when the outer one is."""
    import gradio as gr

    folders = batches.folders()
    with gr.Row():
        with gr.Column(scale=1, min_width=320):
            files = gr.File(
                label="文件或 zip（docx、doc、pdf、ofd、html、txt 等，可多选）",
                file_count="multiple",
                type="filepath",
                height=170,
                elem_id="rg-add",
            )
            folder = gr.Dropdown(
                folders,
                value=None,
                label="或者服务器上的文件夹",
                visible=bool(folders),
                elem_id="rg-folder",
            )
        with gr.Column(scale=1, min_width=320):
            own = gr.Radio(
                _OWN,
                value=False,
                label="这一批材料是",
                elem_id="rg-own",
            )
            region = gr.Textbox(
                label="出自哪里（可选，文中没写时用）", placeholder="如：甲省乙市", max_length=50
            )
            with gr.Row():
                add = gr.Button("加入语料库", variant="primary")
                laws = gr.Button("导入国家法律法规")
    panel = gr.HTML(elem_id="rg-batch-panel")
    with gr.Row(elem_classes="rg-files"):
        stop = gr.Button("停止", variant="stop", size="sm", visible=False)
        go_on = gr.Button("继续", size="sm", visible=False, elem_id="rg-batch-go-on")
        again = gr.Button("重试失败的文件", size="sm", visible=False)
        table = gr.Button("把逐个文件的结果存成表格", size="sm", visible=False)
    file = gr.DownloadButton("结果", visible="hidden", elem_id="rg-get-outcomes")

    shown = [panel, stop, go_on, again, table]
    watch: dict[str, Any] = {
        "fn": batches.watch,
        "inputs": None,
        "outputs": shown,
        "show_progress": "hidden",
        "concurrency_limit": None,
        **_PRIVATE,
    }
    for begun in (
        add.click(batches.add, [files, folder, own, region], [files, folder], **_PRIVATE),
        laws.click(batches.import_laws, None, None, **_PRIVATE),
        again.click(batches.retry, None, None, **_PRIVATE),
        go_on.click(batches.go_on, None, None, **_PRIVATE),
    ):
        begun.success(**watch).then(*listing, show_progress="hidden", **_PRIVATE)
    stop.click(batches.stop, None, None, queue=False, **_PRIVATE)
    for tab in tabs:
        tab.select(**watch)
    table.click(batches.write_outcomes, None, file, **_PRIVATE).success(
        None, js=_FETCH.format("rg-get-outcomes")
    )


def _build_following(answers: FollowAnswers, tab: gr.Tab, listing: tuple[Any, ...]) -> None:
    import gradio as gr

    shown = gr.HTML(elem_id="rg-following")
    with gr.Row(elem_classes="rg-files"):
        read = gr.Button("现在读取", size="sm", visible=False, elem_id="rg-follow-run")
        stop = gr.Button("停止", variant="stop", size="sm", visible=False)
    folders = answers.folders()
    with gr.Accordion("加一个来源", open=True):
        with gr.Row():
            name = gr.Textbox(label="名字", placeholder="如：市政府公开答复", max_length=40)
            address = gr.Textbox(
                label="网址（栏目的列表页，或者 RSS）",
                placeholder="如：https://政府网站/公开栏目/",
                max_length=500,
            )
            kind = gr.Radio(
                [("栏目网页", "html"), ("RSS 订阅", "rss")], value="html", label="网址是"
            )
            folder = gr.Dropdown(
                folders,
                value=None,
                label="或者服务器上的文件夹",
                visible=bool(folders),
                elem_id="rg-follow-folder",
            )
        with gr.Row():
            own = gr.Radio(_OWN, value=False, label="这个来源的材料是")
            region = gr.Textbox(
                label="出自哪里（可选，文中没写时用）", placeholder="如：甲省乙市", max_length=50
            )
        with gr.Row(elem_classes="rg-files"):
            add = gr.Button("加上", size="sm", elem_id="rg-follow-add")
        gr.HTML(
            "<p class='rg-hint'>现在不联网，点“现在读取”才读。内网的网站请管理员用命令添加。</p>"
        )
    unfollow = gr.Button("不再跟踪", elem_id="rg-unfollower", visible="hidden")
    which = gr.Textbox(visible=False)

    outs = [shown, read, stop]
    quiet: dict[str, Any] = {"show_progress": "hidden", **_PRIVATE}
    tab.select(answers.show, None, outs, **quiet)
    given = [name, address, kind, folder, own, region]
    add.click(answers.add, given, [*outs, name, address, folder, region], **quiet)
    unfollow.click(
        lambda source: answers.remove(source) if source else answers.undo(),
        which,
        outs,
        js="() => window.rgSource || ''",
        **quiet,
    )
    read.click(answers.run, None, outs, concurrency_limit=None, **quiet).success(*listing, **quiet)
    stop.click(answers.stop, None, None, queue=False, **_PRIVATE)


def _build_search(answers: Indexer) -> None:
    import gradio as gr

    with gr.Row(elem_classes="rg-make"):
        query = gr.Textbox(label="要找的内容", scale=4, max_length=500)
        find = gr.Button("检索", scale=1)
    hits = gr.HTML()
    find.click(answers.search, query, hits, api_name="search")
    query.submit(answers.search, query, hits, **_PRIVATE)


def _build_statistics(answers: Indexer) -> None:
    import gradio as gr

    with gr.Row(elem_classes="rg-files"):
        count = gr.Button("统计", size="sm", elem_id="rg-count")
        audit = gr.Button("查引用了过时法规的材料", size="sm", elem_id="rg-audit")
    stale = gr.HTML()
    shown = gr.HTML(show_empty(_STATS_HINT))
    count.click(answers.statistics, None, shown, concurrency_limit=1, **_PRIVATE)
    audit.click(answers.audit, None, stale, concurrency_limit=1, **_PRIVATE)

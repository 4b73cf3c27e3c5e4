"""语料库: add files, see what became of each; browse, put right and remove documents; what
the corpus holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.follow import Follower
from replygen.web.indexer.answers import Indexer
from replygen.web.indexer.batches import BatchAnswers
from replygen.web.indexer.following import FollowAnswers
from replygen.web.indexer.history import HistoryAnswers
from replygen.web.indexer.tab_adding import build_adding, build_history
from replygen.web.indexer.tab_following import build_following
from replygen.web.indexer.tab_list import LIST, build_list
from replygen.web.indexer.wiring import PRIVATE
from replygen.web.show import show_empty

if TYPE_CHECKING:
    import gradio as gr

_STATS_HINT = "正在统计……看材料的年份、地区、领域，各地最常采取的措施，和引用里已经过时的法规。"


def build_indexer(
    desk: Desk, tab: gr.Tab, batches: Batches, follower: Follower, *, signed_in: bool = False
) -> None:
    """Lay out the tab and wire it. What it shows is asked for when ``tab`` is opened: who
    drafts does not wait for the list. Without ``signed_in`` the page is this machine's own:
    any of its folders can be followed."""
    import gradio as gr

    status = gr.HTML()
    answers, history = Indexer(desk), HistoryAnswers(desk, batches)
    with gr.Tabs(elem_id="rg-index-tabs") as inner:
        with gr.Tab("全部材料", id=LIST) as whole:
            listing = build_list(answers, history, status, (tab, whole))
        with gr.Tab("加入材料") as adding:
            ends = build_adding(BatchAnswers(desk, batches), status, listing.show, (tab, adding))
            build_history(history, listing, inner, ends)
        with gr.Tab("跟踪来源") as following:
            build_following(
                FollowAnswers(desk, follower, anywhere=not signed_in), following, listing.show
            )
        with gr.Tab("检索"):
            _build_search(answers)
        with gr.Tab("统计") as counted:
            _build_statistics(answers, counted)
    full = gr.HTML(elem_id="rg-index-full")
    looker = gr.Button("看全文", elem_id="rg-index-looker", visible="hidden")
    wanted = gr.Textbox(visible=False)
    looker.click(answers.look, wanted, full, js="() => window.rgLook || ''", **PRIVATE).success(
        None, js="() => window.rgShowFull('#rg-index-full')"
    )


def _build_search(answers: Indexer) -> None:
    import gradio as gr

    with gr.Row(elem_classes="rg-make"):
        query = gr.Textbox(label="要找的内容", scale=4, max_length=500)
        find = gr.Button("检索", scale=1)
    hits = gr.HTML()
    find.click(answers.search, query, hits, api_name="search")
    query.submit(answers.search, query, hits, **PRIVATE)


def _build_statistics(answers: Indexer, tab: gr.Tab) -> None:
    import gradio as gr

    with gr.Row(elem_classes="rg-files"):
        count = gr.Button("重新统计", size="sm", elem_id="rg-count")
        audit = gr.Button("查引用了过时法规的材料", size="sm", elem_id="rg-audit")
    stale = gr.HTML()
    shown = gr.HTML(show_empty(_STATS_HINT))
    for asked in (tab.select, count.click):
        asked(answers.statistics, None, shown, concurrency_limit=1, **PRIVATE)
    audit.click(answers.audit, None, stale, concurrency_limit=1, **PRIVATE)

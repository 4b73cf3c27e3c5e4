"""语料库: add files, see what became of each, browse, open and remove documents."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.desk import Desk
from replygen.models import Document
from replygen.web.asking import asking, refuse, run
from replygen.web.show import show_empty
from replygen.web.show_index import (
    KINDS,
    list_hits,
    show_added,
    show_document,
    show_documents,
    show_status,
)

if TYPE_CHECKING:
    import gradio as gr

Rows = list[list[str]]
_ALL = "全部"
_OWNERS = [_ALL, "本单位", "外单位"]
_OPEN_HINT = "点左边的标题，这里显示从这份材料里读出的内容。"


def build_indexer(desk: Desk, page: gr.Blocks) -> None:
    """Lay out the tab and wire it."""
    import gradio as gr

    status = gr.HTML()
    with gr.Accordion("加入材料", open=True):
        with gr.Row():
            files = gr.File(
                label="文件或 zip（docx、doc、pdf、html、txt 等，可多选）",
                file_count="multiple",
                type="filepath",
                height=150,
                elem_id="rg-add",
            )
            with gr.Column():
                own = gr.Checkbox(label="这些是本单位自己的材料（其中的事实可以写成已做）")
                region = gr.Textbox(
                    label="出自哪里（可选）", placeholder="如：甲省乙市", max_length=50
                )
                with gr.Row():
                    add = gr.Button("加入语料库", variant="primary")
                    laws = gr.Button("导入国家法律法规")
        outcome = gr.HTML()
    with gr.Accordion("检索措施、答复、法条", open=False):
        with gr.Row():
            query = gr.Textbox(label="要找的内容", scale=4, max_length=500)
            find = gr.Button("检索", scale=1)
        hits = gr.Dataframe(
            headers=["标题", "出处", "内容", "分"],
            type="array",
            interactive=False,
            wrap=True,
            column_widths=["20%", "20%", "52%", "8%"],
            label="检索结果",
        )
    gr.HTML("<h3>全部材料</h3>")
    with gr.Row():
        words = gr.Textbox(
            label="标题、地区或单位里有",
            value="",
            placeholder="输入几个字后按回车",
            max_length=100,
            scale=3,
        )
        kind = gr.Dropdown([_ALL, *KINDS.values()], value=_ALL, label="文种", scale=1)
        owner = gr.Radio(_OWNERS, value=_ALL, label="归属", scale=2)
    with gr.Row():
        with gr.Column(scale=6, min_width=320):
            table = gr.HTML(elem_id="rg-documents")
            opener = gr.Button("打开", elem_id="rg-opener", visible="hidden")
            wanted = gr.Textbox(visible=False)
        with gr.Column(scale=5, min_width=320):
            shown = gr.HTML(show_empty(_OPEN_HINT))
            opened = gr.State(None)
            remove = gr.Button("删除这份材料", variant="stop", size="sm", visible=False)
            with gr.Row(visible=False) as confirm:
                sure = gr.Button("确认删除，不能恢复", variant="stop", size="sm")
                keep = gr.Button("不删", size="sm")

    def on_list(has: str, of_kind: str, of: str) -> tuple[str, str]:
        with asking(desk):
            now, documents = desk.status(), desk.documents()
        found = [d for d in documents if _matches(d, (has or "").strip(), of_kind, of)]
        return show_status(now), show_documents(found)

    def on_add(
        paths: list[str] | None,
        is_own: bool,
        place: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 - Gradio finds it as a default
    ) -> tuple[str, None]:
        if not paths:
            raise refuse("请先选择要加入的文件")
        start = time.perf_counter()

        def tell(count: int, name: str) -> None:
            speed = count / max(time.perf_counter() - start, 0.001)
            done = min(0.95, count / max(len(paths or ()), count + 1))
            bar(done, desc=f"已处理 {count} 个（每秒 {speed:.1f} 个）：{Path(name).name}")

        # A desk of its own: whoever searches or drafts meanwhile is not kept waiting.
        with asking(desk), Desk(desk.settings) as adding:
            result = adding.add(
                [Path(p) for p in paths],
                own=is_own,
                region=(place or "").strip() or None,
                progress=tell,
            )
        return show_added(result), None

    def on_laws() -> str:
        with asking(desk), Desk(desk.settings) as adding:
            count = adding.import_laws()
        return f"<p class='rg-summary' role='status'>新导入 {count} 部法律法规。</p>"

    def on_open(id: str) -> tuple[Any, ...]:
        view = run(desk, lambda desk: desk.view(id))
        return show_document(view), id, gr.Button(visible=True), gr.Row(visible=False)

    def on_remove(id: str | None) -> tuple[Any, ...]:
        if id is None:
            raise refuse("请先在表里点开要删除的材料")
        run(desk, lambda desk: desk.remove(id))
        gr.Info("这份材料已经删除", title="好了", duration=4)
        return show_empty(_OPEN_HINT), None, gr.Button(visible=False), gr.Row(visible=False)

    listing = (on_list, [words, kind, owner], [status, table])
    browsing = [shown, opened, remove, confirm]
    add.click(
        on_add, [files, own, region], [outcome, files], api_name="add", concurrency_limit=1
    ).success(*listing, api_visibility="private")
    laws.click(on_laws, None, outcome, api_name="laws").success(*listing, api_visibility="private")
    find.click(lambda q: _search(desk, q), query, hits, api_name="search")
    query.submit(lambda q: _search(desk, q), query, hits, api_visibility="private")
    words.submit(*listing, api_name="documents")
    kind.change(*listing, api_visibility="private")
    owner.change(*listing, api_visibility="private")
    page.load(*listing, api_visibility="private")
    opener.click(on_open, wanted, browsing, js="() => window.rgWanted || ''", api_name="open")
    asked, not_asked = gr.Row(visible=True), gr.Row(visible=False)
    remove.click(
        lambda: (asked, gr.Button(visible=False)), None, [confirm, remove], api_visibility="private"
    )
    keep.click(
        lambda: (not_asked, gr.Button(visible=True)),
        None,
        [confirm, remove],
        api_visibility="private",
    )
    sure.click(on_remove, opened, browsing, api_name="remove").success(
        *listing, api_visibility="private"
    )


def _search(desk: Desk, words: str) -> Rows:
    return list_hits(run(desk, lambda desk: desk.search(words, k=10)))


def _matches(document: Document, words: str, kind: str, owner: str) -> bool:
    if kind != _ALL and KINDS.get(document.kind) != kind:
        return False
    if owner != _ALL and document.own != (owner == "本单位"):
        return False
    facts = (document.title, document.region, document.issuer, document.date)
    return not words or any(words in fact for fact in facts if fact)

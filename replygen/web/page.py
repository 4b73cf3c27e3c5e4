"""Build and serve the page."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.desk import Desk
from replygen.errors import ReplygenError, SettingsError
from replygen.models import Ask, Proposal
from replygen.settings import Settings
from replygen.web.show import (
    show_added,
    show_check_summary,
    show_draft,
    show_draft_summary,
    show_findings,
    show_head,
)

if TYPE_CHECKING:
    import gradio as gr

Rows = list[list[str]]
_FORMS = [("逐条答复（一、关于……）", "default"), ("按阶段（当前工作、下一步）", "phase")]
_UPLOAD_LIMIT = "50mb"
_CSS = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def serve_page(settings: Settings, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page until it is stopped. Nothing is asked of any other host.
    Raises SettingsError when the port is taken."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    page = build_page(settings)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            max_file_size=_UPLOAD_LIMIT,
            quiet=True,
            show_error=True,
            css=_CSS,
            theme=theme(),
            footer_links=[],
        )
    except OSError as error:
        raise SettingsError(f"端口 {port} 打不开（可能被占用），请用 --port 换一个") from error


def build_page(settings: Settings) -> gr.Blocks:
    """Return the page with its three tabs."""
    import gradio as gr

    page: gr.Blocks
    unit = settings.profile.name or "（未设置本单位信息，草稿里会留空）"
    with gr.Blocks(title="答复起草 replygen", analytics_enabled=False) as page:
        gr.Markdown(f"## 提案建议答复起草　{unit}")
        with gr.Tab("起草"):
            _draft_tab(settings)
        with gr.Tab("审核"):
            _check_tab(settings)
        with gr.Tab("语料库"):
            _index_tab(settings, page)
    return page


def theme() -> gr.themes.Base:
    """Return the page's look: fonts of the machine only, none from the network."""
    import gradio as gr

    fonts = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Default(font=fonts, font_mono=["Consolas", "monospace"])


# ── 起草 ───────────────────────────────────────────────────────────────────


def _draft_tab(settings: Settings) -> None:
    import gradio as gr

    state = gr.State(None)
    with gr.Row():
        with gr.Column(scale=1):
            text = gr.Textbox(label="第一步：粘贴提案全文", lines=9, max_lines=16)
            file = gr.File(label="或者选择文件（docx、pdf、txt……）", type="filepath", height=130)
            read = gr.Button("读取提案", variant="primary")
        with gr.Column(scale=1):
            head = gr.HTML("<p>读取后，这里显示届次、编号、提案人。</p>", label="提案信息")
            asks = gr.Dataframe(
                headers=["主题", "建议内容"],
                column_count=2,
                type="array",
                interactive=True,
                wrap=True,
                column_widths=["30%", "70%"],
                label="第二步：核对各项建议（可改、可增删行）",
            )
    with gr.Row():
        material = gr.File(
            label="本单位材料（可选，其中的事实可以写成已做）",
            file_count="multiple",
            type="filepath",
            height=130,
        )
        form = gr.Dropdown(_FORMS, value="default", label="答复结构")
        make = gr.Button("第三步：生成草稿", variant="primary")
    summary = gr.Markdown()
    with gr.Row():
        paper = gr.HTML(label="草稿")
        with gr.Column(scale=0, min_width=340):
            docx = gr.File(label="下载草稿（Word）", interactive=False, height=130)
            findings = gr.HTML(label="要处理的问题")

    def on_read(pasted: str, path: str | None) -> tuple[Proposal, str, Rows]:
        with Desk(settings) as desk:
            proposal = _guard(
                lambda: desk.read_proposal(Path(path)) if path else desk.paste_proposal(pasted)
            )
        return proposal, show_head(proposal), [[a.topic, a.text] for a in proposal.asks]

    def on_draft(
        proposal: Proposal | None, rows: Rows, files: list[str] | None, chosen: str
    ) -> tuple[str, str, str, str]:
        if proposal is None:
            raise gr.Error("请先读取提案")
        asked = replace(proposal, asks=_asks(rows))
        if not asked.asks:
            raise gr.Error("一项建议也没有，请在表里写上要答复的建议")
        folder = Path(tempfile.mkdtemp(prefix="replygen-"))
        name = f"第{asked.number}号-答复草稿.docx" if asked.number else "答复草稿.docx"
        paths = [Path(f) for f in files or []]
        with Desk(settings) as desk:
            result = _guard(
                lambda: desk.draft(asked, output=folder / name, material=paths, form=chosen)
            )
        found = show_findings(result.report.findings, result.draft.notes)
        return show_draft_summary(result), show_draft(result.draft), str(result.docx), found

    read.click(on_read, [text, file], [state, head, asks], api_name="read")
    make.click(
        on_draft,
        [state, asks, material, form],
        [summary, paper, docx, findings],
        api_name="draft",
    )


def _asks(rows: Rows) -> tuple[Ask, ...]:
    kept = [(topic.strip(), text.strip()) for topic, text in rows if (topic + text).strip()]
    return tuple(Ask(n, topic or text[:20], text) for n, (topic, text) in enumerate(kept, 1))


# ── 审核 ───────────────────────────────────────────────────────────────────


def _check_tab(settings: Settings) -> None:
    import gradio as gr

    with gr.Row():
        draft = gr.File(label="答复稿（docx、txt、md）", type="filepath", height=130)
        proposal = gr.File(label="对应的提案（可选，用来查漏答）", type="filepath", height=130)
    start = gr.Button("开始核查", variant="primary")
    summary = gr.HTML()
    findings = gr.HTML()
    report = gr.File(label="下载核查报告（网页，可打印）", interactive=False, height=130)

    def on_check(path: str | None, asked: str | None) -> tuple[str, str, str]:
        if not path:
            raise gr.Error("请先选择答复稿")
        out = Path(tempfile.mkdtemp(prefix="replygen-")) / "核查报告.html"
        with Desk(settings) as desk:
            result = _guard(
                lambda: desk.check(Path(path), proposal=Path(asked) if asked else None, report=out)
            )
        return show_check_summary(result), show_findings(result.findings), str(out)

    start.click(on_check, [draft, proposal], [summary, findings, report], api_name="check")


# ── 语料库 ─────────────────────────────────────────────────────────────────


def _index_tab(settings: Settings, page: gr.Blocks) -> None:
    import gradio as gr

    status = gr.Markdown()
    with gr.Row():
        files = gr.File(label="添加文件或 zip", file_count="multiple", type="filepath", height=140)
        with gr.Column():
            own = gr.Checkbox(label="这些是本单位自己的材料（可以写成已做）")
            region = gr.Textbox(label="出自哪里（可选，如：甲省乙市）")
            add = gr.Button("加入语料库", variant="primary")
            laws = gr.Button("导入国家法律法规")
    outcome = gr.HTML()
    with gr.Row():
        query = gr.Textbox(label="检索措施、答复、法条", scale=4)
        find = gr.Button("检索", scale=1)
    hits = gr.Dataframe(
        headers=["标题", "出处", "内容", "分"], wrap=True, column_widths=["20%", "20%", "52%", "8%"]
    )

    def on_status() -> str:
        with Desk(settings) as desk:
            now = _guard(desk.status)
        return f"现有 {now.documents} 份材料（本单位 {now.own} 份）、{now.passages} 条。"

    def on_add(paths: list[str] | None, is_own: bool, place: str) -> tuple[str, str]:
        if not paths:
            raise gr.Error("请先选择文件")
        bar = gr.Progress()
        with Desk(settings) as desk:
            result = _guard(
                lambda: desk.add(
                    [Path(p) for p in paths],
                    own=is_own,
                    region=place.strip() or None,
                    progress=lambda n, name: bar(0.5, desc=f"已读 {n} 个：{Path(name).name}"),
                )
            )
        return show_added(result), on_status()

    def on_laws() -> tuple[str, str]:
        with Desk(settings) as desk:
            count = _guard(desk.import_laws)
        return f"<p>新导入 {count} 部法律法规。</p>", on_status()

    def on_find(words: str) -> Rows:
        with Desk(settings) as desk:
            found = _guard(lambda: desk.search(words, k=10))
        return [
            [
                hit.passage.title,
                "，".join(
                    x
                    for x in (
                        hit.passage.region or hit.passage.document.region,
                        hit.passage.document.title,
                    )
                    if x
                ),
                hit.passage.text,
                f"{hit.score:.2f}",
            ]
            for hit in found
        ]

    add.click(on_add, [files, own, region], [outcome, status], api_name="add")
    laws.click(on_laws, None, [outcome, status])
    find.click(on_find, query, hits, api_name="search")
    query.submit(on_find, query, hits)
    page.load(on_status, None, status)


def _guard(action: Any) -> Any:  # noqa: ANN401 - returns what the action returns
    """Run ``action``; show a ReplygenError as a message on the page, not as a traceback."""
    import gradio as gr

    try:
        return action()
    except ReplygenError as error:
        raise gr.Error(str(error)) from error

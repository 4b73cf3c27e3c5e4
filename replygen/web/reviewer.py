"""审核: a draft, ours or edited elsewhere, checked against its proposal and the register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from replygen.desk import Desk
from replygen.web.asking import asking, refuse
from replygen.web.show import show_empty
from replygen.web.show_check import (
    show_check_findings,
    show_check_summary,
    show_citations,
    show_coverage,
    show_text,
)


def build_reviewer(desk: Desk) -> None:
    """Lay out the tab and wire it."""
    import gradio as gr

    with gr.Row():
        draft = gr.File(
            label="答复稿（docx、txt、md；在 Word 或 WPS 里改过的也可以）",
            type="filepath",
            height=130,
            elem_id="rg-check-draft",
        )
        proposal = gr.File(
            label="对应的提案（可选，用来查漏答）",
            type="filepath",
            height=130,
            elem_id="rg-check-proposal",
        )
    with gr.Row():
        start = gr.Button("开始核查", variant="primary", scale=3)
        report = gr.DownloadButton("下载核查报告", interactive=False, scale=1)
    summary = gr.HTML()
    with gr.Row(elem_classes="rg-desk"):
        with gr.Column(scale=6, min_width=320):
            text = gr.HTML(
                show_empty("核查以后，正文显示在这里，有问题的地方标出颜色；点问题就跳到那一段。")
            )
        with gr.Column(scale=5, min_width=320, elem_classes="rg-side"):
            findings, coverage, citations = gr.HTML(), gr.HTML(), gr.HTML()

    def on_check(path: str | None, asked: str | None) -> tuple[Any, ...]:
        if not path:
            raise refuse("请先选择要核查的答复稿")
        out = Path(tempfile.mkdtemp(prefix="replygen-")) / "核查报告.html"
        with asking(desk):
            paragraphs = desk.read_paragraphs(Path(path))
            result = desk.check(Path(path), proposal=Path(asked) if asked else None, report=out)
            cited = desk.read_citations(result)
        return (
            show_check_summary(result),
            show_text(paragraphs, result.findings),
            show_check_findings(result.findings),
            show_coverage(result.coverage),
            show_citations(cited),
            gr.DownloadButton("下载核查报告（网页，可打印）", value=str(out), interactive=True),
        )

    start.click(
        on_check,
        [draft, proposal],
        [summary, text, findings, coverage, citations, report],
        api_name="check",
    )

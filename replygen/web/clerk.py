"""起草: from a proposal to a draft and its Word file, in four steps."""

from __future__ import annotations

from replygen.desk import Desk
from replygen.web.clerk_answers import Clerk
from replygen.web.sent import add_row
from replygen.web.show import show_empty

_FORMS = [("逐条答复（一、关于……）", "default"), ("按阶段（当前工作、下一步）", "phase")]
_HEADERS = ["序号", "主题", "建议内容"]
_MOST_PASTED = 200_000


def build_clerk(desk: Desk) -> None:
    """Lay out the tab and wire it."""
    import gradio as gr

    clerk = Clerk(desk)
    proposal, found, work = gr.State(None), gr.State(None), gr.State(None)
    with gr.Row(elem_classes="rg-step"):
        with gr.Column(scale=1, min_width=320):
            gr.HTML("<h3>第一步　放入提案</h3>")
            text = gr.Textbox(
                label="粘贴提案全文",
                placeholder="把提案或建议的全文粘贴到这里，或者在下面选择文件",
                lines=8,
                max_lines=12,
                max_length=_MOST_PASTED,
            )
            with gr.Row():
                file = gr.File(
                    label="或者选择提案文件", type="filepath", height=150, elem_id="rg-file"
                )
                material = gr.File(
                    label="本单位材料（可选，可写成已做）",
                    file_count="multiple",
                    type="filepath",
                    height=150,
                    elem_id="rg-material",
                )
            read = gr.Button("读取提案", variant="primary")
        with gr.Column(scale=1, min_width=320):
            gr.HTML("<h3>第二步　核对各项建议</h3>")
            head = gr.HTML(show_empty("读取以后，这里显示提案的届次、编号、提案人和各项建议。"))
            asks = gr.Dataframe(
                headers=_HEADERS,
                column_count=3,
                type="array",
                interactive=True,
                wrap=True,
                column_widths=["13%", "32%", "55%"],
                max_height=330,
                label="各项建议：双击格子修改；序号决定先后，序号相同的两行并成一项，清空的行不要",
                elem_id="rg-asks",
                buttons=[],
            )
            with gr.Row():
                more = gr.Button("加一行", size="sm")
                again = gr.Button("改过建议或材料，重新找依据", size="sm")
    gr.HTML("<h3>第三步　挑选依据</h3>")
    cards = gr.HTML(show_empty("读取提案以后，这里列出每项建议的依据：勾上的才会写进草稿。"))
    with gr.Row(elem_classes="rg-make"):
        form = gr.Dropdown(_FORMS, value="default", label="答复结构", scale=1, min_width=260)
        make = gr.Button("生成草稿", variant="primary", scale=2)
    gr.HTML("<h3>第四步　对照出处改稿</h3>")
    with gr.Row(elem_classes="rg-desk"):
        with gr.Column(scale=7, min_width=320):
            paper = gr.HTML(
                show_empty("生成以后，草稿显示在这里：点一句话看它的出处，黄色处直接填。")
            )
        with gr.Column(scale=3, min_width=320, elem_classes="rg-side"):
            summary = gr.HTML()
            docx = gr.DownloadButton("下载草稿.docx", interactive=False, elem_id="rg-docx")
            final = gr.DownloadButton("下载定稿.docx", interactive=False, elem_id="rg-final")
            refill = gr.Button("填好了，重新核查", size="sm", elem_id="rg-refill")
            gr.HTML(
                "<h4>这句话的出处</h4><div class='rg-sources' aria-live='polite'>"
                "<p class='rg-empty'>把鼠标停在草稿的一句话上，或用 Tab 键走到它。</p></div>"
            )
            findings = gr.HTML()
    full = gr.HTML()
    opener = gr.Button("看全文", elem_id="rg-full-opener", visible="hidden")
    wanted = gr.Textbox(visible=False)
    ticks = gr.Textbox(visible=False)
    values = gr.Textbox(visible=False)

    side = [summary, docx, final, findings]
    searching = [proposal, asks, material]
    read.click(clerk.read, [text, file], [proposal, head, asks], api_name="read").success(
        clerk.find, searching, [found, cards], api_name="cards", api_visibility="private"
    )
    again.click(clerk.find, searching, [found, cards], api_name="find")
    more.click(add_row, asks, asks, api_visibility="private", show_progress="hidden")
    make.click(
        clerk.draft,
        [proposal, asks, material, form, ticks, found],
        [found, cards, work, paper, *side],
        js="(...a) => { a[4] = window.rgTicks ? window.rgTicks() : ''; return a; }",
        api_name="draft",
    ).success(None, js="() => window.rgShowDraft && window.rgShowDraft()")
    opener.click(
        clerk.full, wanted, full, js="() => window.rgPassage || ''", api_name="full"
    ).success(None, js="() => window.rgShowFull()")
    refill.click(
        clerk.fill,
        [work, values],
        side,
        js="(...a) => { a[1] = window.rgValues ? window.rgValues() : ''; return a; }",
        api_name="fill",
        show_progress="hidden",
    )

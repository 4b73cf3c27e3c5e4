"""审核: a draft, ours or edited elsewhere, beside its proposal, precedents and the register;
what is decided on each finding, and the copies that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replygen.service.desk import Desk
from replygen.web.reviewer.answers import Reviewer
from replygen.web.show import FILE_WIDTH, show_empty
from replygen.web.templating import render_macro

if TYPE_CHECKING:
    import gradio as gr

_HINT = (
    "选好答复稿，点“开始核查”。核查以后在这里对读：左边原件和每条建议答了没有，中间正文和"
    "每一段的问题，右边与它相近的外地先例；引用的法规、审核记录在旁边的页里。"
    "自己有意见的，选中几个字，点那一段的“写意见”。"
)
_DECISION = "(...a) => { a[1] = window.rgDecision || ''; return a; }"
_FETCH = "(wrong) => {{ if (!wrong) window.rgFetch('{}'); }}"


def build_reviewer(desk: Desk, page: gr.Blocks, *, signed_in: bool = False) -> None:
    """Lay out the tab and wire it. Where nobody is ``signed_in`` the reviewer writes his name."""
    import gradio as gr

    reviewer = Reviewer(desk)
    work = gr.State(None)
    with gr.Accordion("选择要审核的答复稿", open=True) as choosing:
        stored = gr.Dropdown(
            [],
            label="存在这里的草稿（起草页上生成的）",
            info="选一份，或者在下面上传改过的文件。",
            elem_id="rg-stored",
        )
        refresh = gr.Button("刷新", elem_id="rg-stored-refresh", visible="hidden")
        with gr.Row():
            draft = gr.File(
                min_width=FILE_WIDTH,
                label="或者上传答复稿（docx、txt、md；在 Word 或 WPS 里改过的也可以）",
                type="filepath",
                height=130,
                elem_id="rg-check-draft",
            )
            proposal = gr.File(
                min_width=FILE_WIDTH,
                label="对应的提案（可选，用来查漏答）",
                type="filepath",
                height=130,
                elem_id="rg-check-proposal",
            )
        start = gr.Button("开始核查", variant="primary")
        chosen_wrong = gr.HTML()
    summary = gr.HTML(show_empty(_HINT), elem_id="rg-review-summary")
    with gr.Column(visible=False) as result:
        with gr.Row(elem_classes="rg-files"):
            html = gr.Button("下载核查报告（网页，可打印）", size="sm")
            word = gr.Button("下载核查报告（Word）", size="sm")
            comments = gr.Button("下载批注稿.docx", size="sm", elem_id="rg-review-comments")
            sources = gr.Checkbox(
                True,
                label="批注稿连同依据",
                container=False,
                min_width=130,
                elem_id="rg-review-sources",
            )
            final = gr.Button("下载定稿.docx", size="sm", elem_id="rg-review-final")
        with gr.Row(elem_classes="rg-verdict"):
            by = gr.Textbox(
                label="审核人",
                placeholder="姓名，写进批注稿和报告",
                max_length=30,
                scale=1,
                min_width=140,
                visible=not signed_in,
                elem_id="rg-verdict-by",
            )
            reason = gr.Textbox(
                label="审核意见（退回要写理由）",
                max_length=500,
                scale=5,
                elem_id="rg-verdict-reason",
            )
            approve = gr.Button(
                "通过", variant="primary", size="sm", scale=1, min_width=90, elem_id="rg-approve"
            )
            give_back = gr.Button(
                "退回", variant="stop", size="sm", scale=1, min_width=90, elem_id="rg-give-back"
            )
        judged_wrong = gr.HTML()
        with gr.Tabs(elem_id="rg-review-tabs"):
            with gr.Tab("对读"), gr.Row(elem_id="rg-review-three"):
                with gr.Column(elem_id="rg-review-asked"):
                    gr.HTML(render_macro("heading", 3, "原件"))
                    asked = gr.HTML()
                with gr.Column(elem_id="rg-review-reading"):
                    gr.HTML(render_macro("heading", 3, "答复稿和其中的问题"))
                    reading = gr.HTML()
                with gr.Column(elem_id="rg-review-nearest"):
                    gr.HTML(render_macro("heading", 3, "相近的先例和文件"))
                    nearest = gr.HTML()
            with gr.Tab("改动"):
                renewed = gr.HTML()
            with gr.Tab("逐条答复"):
                matrix = gr.HTML()
            with gr.Tab("对照"):
                beside = gr.HTML()
            with gr.Tab("法规"):
                citations = gr.HTML()
            with gr.Tab("记录"):
                log = gr.HTML()
    decide = gr.Button("记下", elem_id="rg-decide", visible="hidden")
    decision = gr.Textbox(visible=False)
    decided_wrong = gr.Textbox(visible=False)
    files = {
        name: gr.DownloadButton(name, visible="hidden", elem_id=f"rg-get-{name}")
        for name in ("html", "docx", "comments", "final")
    }
    full = gr.HTML(elem_id="rg-review-full")
    looker = gr.Button("看全文", elem_id="rg-looker", visible="hidden")
    wanted = gr.Textbox(visible=False)

    decided = [work, summary, reading, renewed, log, approve, give_back, final]
    shown = [chosen_wrong, *decided, asked, nearest, matrix, beside, citations, result, choosing]
    start.click(reviewer.check, [stored, draft, proposal], shown, api_visibility="private").success(
        None, js="() => window.rgReviewed()"
    )
    page.load(reviewer.stored, None, stored, api_visibility="private", show_progress="hidden")
    refresh.click(reviewer.stored, None, stored, api_visibility="private", show_progress="hidden")
    # what was chosen for the paper before is not taken along to the next one
    draft.upload(
        None,
        proposal,
        [stored, proposal],
        js="(asked) => [null, window.rgNextPaper(asked)]",
        api_visibility="private",
    )
    stored.input(None, None, [draft, proposal], js="() => [null, null]", api_visibility="private")
    proposal.upload(None, js="() => window.rgNewProposal()")
    decide.click(
        reviewer.decide,
        [work, decision, by],
        [decided_wrong, *decided],
        js=_DECISION,
        api_visibility="private",
        show_progress="hidden",
    ).success(None, decided_wrong, None, js="(wrong) => window.rgDecided(wrong)")
    for button, name, write in (
        (html, "html", reviewer.write_page),
        (word, "docx", reviewer.write_word),
        (comments, "comments", reviewer.write_comments),
        (final, "final", reviewer.write_final),
    ):
        given = [work, by, sources] if name == "comments" else [work]
        button.click(write, given, [files[name], judged_wrong], api_visibility="private").success(
            None, judged_wrong, None, js=_FETCH.format(f"rg-get-{name}")
        )
    for button, judge in ((approve, reviewer.approve), (give_back, reviewer.give_back)):
        button.click(
            judge,
            [work, reason, by],
            [judged_wrong, *decided, reason],
            api_visibility="private",
            show_progress="hidden",
        )
    looker.click(
        reviewer.look, wanted, full, js="() => window.rgLook || ''", api_visibility="private"
    ).success(None, js="() => window.rgShowFull('#rg-review-full')")

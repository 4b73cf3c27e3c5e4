"""起草: one desk, from a pasted proposal to its letter: 原件 | 答复稿 | 依据."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from replygen.service.desk import Desk
from replygen.web.clerk.leaving import KINDS
from replygen.web.clerk.parts import Parts, take_screen
from replygen.web.clerk.pressing import Press, wire_presses
from replygen.web.clerk.seeking import wire_seeking
from replygen.web.clerk.show_drafts import show_steps
from replygen.web.clerk.wording import WritingClerk, wire_switch
from replygen.web.show import FILE_WIDTH, show_empty
from replygen.web.templating import render, render_macro

if TYPE_CHECKING:
    import gradio as gr

_FORMS = [("逐条答复（一、关于……）", "default"), ("按阶段（当前工作、下一步）", "phase")]
_MOST_PASTED = 200_000
_KEEP_ID = "(id) => window.rgKeepId(id)"
# Everything that the screen holds: fields, ticks, what was typed into the letter.
_WITH_FIELDS = take_screen("a[4] = window.rgValues();")
_LEAVING = take_screen("a[4] = window.rgValues();", "a[5] = 'KIND';")
_MAKING = take_screen("a[5] = window.rgValues();", "window.rgMaking();")
_LOOKING = take_screen()
_READING = "(...a) => { a[3] = window.rgLeft(); return a; }"
_CHECKING = "(id) => { window.rgChecking(); return window.rgMark(id); }"


def build_clerk(desk: Desk) -> Callable[[gr.Blocks], None]:
    """Lay out the tab and wire it. The function that comes back makes the page open the
    draft that the browser had open; it is called outside of what is kept to a role."""
    import gradio as gr

    current = gr.Textbox(visible="hidden", elem_id="rg-current")
    with gr.Row(elem_classes="rg-status"):
        steps = gr.HTML(show_steps(1, 1))
        undo = gr.HTML(elem_id="rg-undo", elem_classes="rg-undo-part")
        saved = gr.HTML()
    gr.HTML(render("clerk/making.html"))
    gr.HTML(render("clerk/clash.html"), elem_id="rg-clash")
    clash = gr.HTML(elem_classes="rg-news")
    drafts = gr.HTML(elem_id="rg-drafts")
    first, text, file, files, read, no_text, no_file, no_files = _first_step()
    with gr.Row(elem_id="rg-three"):
        with gr.Column(visible=False, elem_id="rg-step-2", min_width=280) as second:
            gr.HTML(render_macro("heading", 3, "原件"))
            editor = gr.HTML()
            original = gr.HTML()
            material = gr.HTML()
            attach = gr.UploadButton(
                "添加本单位材料", file_count="multiple", size="sm", elem_id="rg-attach"
            )
        with gr.Column(visible=False, elem_id="rg-step-4", min_width=320) as fourth:
            gr.HTML(render_macro("heading", 3, "答复稿"))
            summary, docx, final, public, removed, leaving = _files()
            status = gr.HTML(elem_id="rg-wording")
            paper = gr.HTML()
            with gr.Row(elem_classes="rg-make"):
                form = gr.Dropdown(
                    _FORMS, value="default", label="答复结构", scale=1, min_width=160
                )
                make = gr.Button("重新起草", size="sm", scale=1, min_width=100, elem_id="rg-make")
        with gr.Column(visible=False, elem_id="rg-step-3", min_width=280) as third:
            gr.HTML(render_macro("heading", 3, "依据"))
            cards = gr.HTML(elem_id="rg-cards")
            with gr.Row(elem_classes="rg-seek"):
                words = gr.Textbox(
                    label="换个说法再找", placeholder="用自己的话，回车就找", elem_id="rg-seek"
                )
            hits = gr.HTML(elem_id="rg-seek-found")
            findings = _beside()
    full = gr.HTML()
    found, wanted = gr.State(None), gr.Textbox(visible=False)
    edits, ticks, values = (gr.Textbox(visible=False) for _ in range(3))

    parts = Parts(
        current, found, first, second, third, fourth, drafts, steps, saved, text, file, files,
        no_text, no_file, no_files, original, editor, material, cards, form, paper, summary, docx,
        final, public, removed, leaving, findings, undo, clash,
    )  # fmt: skip
    clerk, outs = WritingClerk(desk, parts, status), parts.all()
    fields = [current, edits, ticks, form, values]
    quiet: dict[str, Any] = {"api_visibility": "private"}
    private: dict[str, Any] = {**quiet, "show_progress": "hidden"}
    # what is sent while the last answer is on its way must not be dropped
    storing: dict[str, Any] = {**private, "trigger_mode": "always_last"}
    # nor what is asked for a draft while the answer for another one is
    opening: dict[str, Any] = {**private, "trigger_mode": "multiple"}

    def hidden(name: str) -> gr.Button:
        return gr.Button(name, elem_id=name, visible="hidden", elem_classes="rg-hidden")

    def check(event: Any) -> None:  # noqa: ANN401 - Gradio's event
        """Check the letter when it stands on the page."""
        event.success(clerk.check, current, outs, js=_CHECKING, **opening).then(
            None, None, None, js="() => window.rgChecked()"
        )

    def look(event: Any) -> None:  # noqa: ANN401 - Gradio's event
        """Remember the draft, then look for its evidence."""
        event.then(None, None, None, js="() => window.rgOpened()")
        seen = event.success(None, current, None, js=_KEEP_ID).success(
            clerk.look, fields[:4], outs, js=_LOOKING, **opening
        )
        seen.success(None, None, None, js="() => window.rgFresh()")
        check(seen)

    look(
        read.click(
            clerk.read,
            [text, file, files, wanted],
            outs,
            js=_READING,
            show_progress_on=text,
            **quiet,
        )
    )
    look(
        hidden("rg-open").click(
            clerk.open,
            wanted,
            outs,
            js="() => window.rgMark(window.rgWantedDraft)",
            **opening,
        )
    )
    # another order, words that are looked for, what a reviewer said meanwhile
    hidden("rg-list").click(
        clerk.rows,
        [current, wanted],
        drafts,
        js="(id) => [window.rgOpenId() || id, window.rgSeenAs()]",
        **storing,
    )
    new = hidden("rg-new").click(clerk.new, wanted, outs, js="() => window.rgLeft()", **opening)
    new.then(None, None, None, js="() => window.rgOpened()")
    new.success(None, current, None, js=_KEEP_ID)
    hidden("rg-delete").click(
        clerk.delete,
        [current, wanted],
        outs,
        js="(id) => [window.rgMark(id) || window.rgLeft(), window.rgWantedDraft]",
        **private,
    ).success(None, current, None, js=_KEEP_ID)
    hidden("rg-keep").click(clerk.keep, fields, outs, js=_WITH_FIELDS, **storing).success(
        None, None, None, js="() => window.rgKept()"
    )
    attach.upload(clerk.attach, [*fields, attach], outs, js=_WITH_FIELDS, **private).success(
        None, None, None, js="() => window.rgStale()"
    )
    wire_seeking(clerk, [*fields[:4], wanted], outs, hidden)
    form.input(clerk.keep, fields, outs, js=_WITH_FIELDS, **storing)
    made = make.click(clerk.draft, [*fields[:4], found, values], outs, js=_MAKING, **private)
    made.success(None, None, None, js="() => window.rgFresh()")
    check(made)
    made.then(None, None, None, js="() => window.rgMade()")
    presses = (
        Press("rg-turn", clerk.turn, "rgTurn", "rgTurned", always=True),
        Press("rg-move", clerk.move, "rgMove", "rgTurned", always=True),
        Press("rg-detach", clerk.detach, "rgGone", "rgStale"),
        Press("rg-vouch", clerk.vouch, "rgVouch"),
        Press("rg-hand", clerk.hand, "rgHand"),
        Press("rg-let-go", clerk.let_go, "rgLetGo"),
    )
    wire_presses(presses, [*fields, wanted], outs, hidden)
    hidden("rg-assign").click(
        clerk.assign,
        [current, wanted],
        outs,
        js="(id) => [window.rgMark(id) || window.rgLeft(), window.rgAssigned()]",
        **private,
    )
    if desk.settings.writer.base_url:
        wire_switch(clerk, status, [*fields[:4], found, values, wanted], outs, hidden)
    for button, kind in zip((docx, final, public), KINDS, strict=True):
        # what was typed a moment ago is taken in first; then the file comes
        button.click(
            clerk.leave,
            [*fields, wanted],
            outs,
            js=_LEAVING.replace("KIND", kind),
            show_progress_on=button,
            **quiet,
        ).success(None, leaving, None, js="(file) => window.rgTake(file)")
    hidden("rg-full-opener").click(
        clerk.full, wanted, full, js="() => window.rgPassage || ''", api_visibility="private"
    ).success(None, js="() => window.rgShowFull()")

    words.submit(clerk.seek, words, hits, **private)

    def start(page: gr.Blocks) -> None:
        look(
            page.load(
                clerk.start,
                current,
                outs,
                js="() => window.rgMark(window.rgOpenId())",
                queue=False,
                **private,
            ).success(None, None, None, js="() => { window.rgStarted(); window.rgPutBack(); }")
        )

    return start


def _first_step() -> tuple[Any, ...]:
    import gradio as gr

    with gr.Column(elem_id="rg-step-1") as first:
        gr.HTML(render_macro("heading", 3, "第一步　放入提案"))
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                text = gr.Textbox(
                    label="粘贴提案或建议的全文",
                    placeholder="在这里粘贴全文；手头是文件的，放到右边",
                    lines=13,
                    max_lines=13,
                    max_length=_MOST_PASTED,
                )
                text_wrong = gr.HTML()
            with gr.Column(scale=2, min_width=320):
                file = gr.File(
                    min_width=FILE_WIDTH,
                    label="或者放入提案文件（docx、doc、pdf、txt）",
                    type="filepath",
                    height=140,
                    elem_id="rg-file",
                )
                file_wrong = gr.HTML()
                files = gr.File(
                    min_width=FILE_WIDTH,
                    label="本单位材料，可选：工作总结、台账等，可以写成已做",
                    file_count="multiple",
                    type="filepath",
                    height=140,
                    elem_id="rg-material",
                )
                files_wrong = gr.HTML()
        read = gr.Button("读取提案", variant="primary", elem_id="rg-read")
        gr.HTML(
            show_empty(
                "点一下就有答复稿：左边是原件和读出的各项建议，中间是逐句可改的答复稿，"
                "右边是每项建议的依据。改哪里都自动保存，随时可以回来接着做。"
            )
        )
    return first, text, file, files, read, text_wrong, file_wrong, files_wrong


def _files() -> tuple[Any, ...]:
    """What leaves, above the paper."""
    import gradio as gr

    summary = gr.HTML(elem_classes="rg-done")
    with gr.Row(elem_classes="rg-leave"):
        docx = gr.Button("下载草稿.docx", interactive=False, size="sm", elem_id="rg-docx")
        final = gr.Button(
            "下载定稿.docx", interactive=False, variant="primary", size="sm", elem_id="rg-final"
        )
        public = gr.Button("下载公开稿.docx", interactive=False, size="sm", elem_id="rg-public")
    removed = gr.HTML()
    leaving = gr.DownloadButton(visible="hidden", elem_id="rg-leaving", elem_classes="rg-hidden")
    return summary, docx, final, public, removed, leaving


def _beside() -> gr.HTML:
    """Where a sentence comes from, and what is still to be done."""
    import gradio as gr

    gr.HTML(render("clerk/sources.html"))
    return gr.HTML()

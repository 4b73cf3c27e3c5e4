"""起草: from a proposal to a draft and its Word file, in four steps."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from replygen.desk import Desk, DraftResult
from replygen.drafting.cards import choose_evidence
from replygen.drafting.fill import fill_slots
from replygen.models import Ask, Draft, Evidence, Finding, Proposal
from replygen.web.asking import asking, refuse
from replygen.web.show import show_empty, show_findings, show_head
from replygen.web.show_cards import show_cards
from replygen.web.show_draft import say_missing, show_draft, show_draft_summary, show_unused

Rows = list[list[Any]]
_FORMS = [("逐条答复（一、关于……）", "default"), ("按阶段（当前工作、下一步）", "phase")]
_HEADERS = ["序号", "主题", "建议内容"]
_MOST_PASTED = 200_000
_NO_PROPOSAL = "请先在第一步放入提案，再点“读取提案”"


@dataclass(frozen=True)
class Found:
    """What was found, and for which asks and material: another table makes it stale."""

    asks: tuple[Ask, ...]
    material: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    usual: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """A composed draft on the way to its Word file; ``notes`` are the page's own."""

    proposal: Proposal
    draft: Draft
    own_texts: tuple[str, ...]
    form: str
    folder: Path
    notes: tuple[str, ...]


def build_clerk(desk: Desk) -> None:
    """Lay out the tab and wire it."""
    import gradio as gr

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
    ticks = gr.Textbox(visible=False)
    values = gr.Textbox(visible=False)

    def on_read(pasted: str, path: str | None) -> tuple[Proposal, str, Rows]:
        with asking(desk):
            got = desk.read_proposal(Path(path)) if path else desk.paste_proposal(pasted or "")
        return got, show_head(got), [[str(a.order), a.topic, a.text] for a in got.asks]

    def on_find(read: Proposal | None, rows: Rows, files: list[str] | None) -> tuple[Found, str]:
        asked = _with_asks(read, rows)
        with asking(desk):
            evidence, laid = desk.evidence(asked, [Path(f) for f in files or ()])
        usual = tuple(card.id for ask in laid for card in ask.cards if card.chosen)
        return Found(asked.asks, tuple(files or ()), evidence, usual), show_cards(laid)

    def on_draft(
        read: Proposal | None,
        rows: Rows,
        files: list[str] | None,
        chosen: str,
        ticked: str,
        have: Found | None,
    ) -> tuple[Any, ...]:
        asked = _with_asks(read, rows)
        shown = gr.skip()
        if have is None or (have.asks, have.material) != (asked.asks, tuple(files or ())):
            have, shown = on_find(read, rows, files)
            ticked = ""
        names = _read_list(ticked, have.usual)
        evidence = choose_evidence(have.evidence, names)
        paths = [Path(f) for f in files or ()]
        folder = Path(tempfile.mkdtemp(prefix="replygen-"))
        with asking(desk):
            own = tuple(p.text for p in desk.read_material(paths))
            result = desk.draft(
                asked,
                output=folder / _name(asked, "草稿"),
                material=paths,
                form=chosen,
                evidence=evidence,
            )
        notes = show_unused(result, names)
        now = Work(asked, result.draft, own, chosen, folder, notes)
        return have, shown, now, show_draft(result.draft), *_outcome(desk, result, now)

    def on_fill(now: Work | None, typed: str) -> tuple[Any, ...]:
        if now is None:
            raise refuse("还没有草稿，请先生成")
        filled = fill_slots(now.draft, _read_values(typed))
        with asking(desk):
            result = desk.finish(
                filled.draft,
                now.proposal,
                output=now.folder / _name(now.proposal, "草稿"),
                form=now.form,
                own_texts=now.own_texts,
            )
        return _outcome(desk, result, now, filled.kept)

    side = [summary, docx, final, findings]
    searching = [proposal, asks, material]
    read.click(on_read, [text, file], [proposal, head, asks], api_name="read").success(
        on_find, searching, [found, cards], api_visibility="private"
    )
    again.click(on_find, searching, [found, cards], api_name="find")
    more.click(_add_row, asks, asks, api_visibility="private", show_progress="hidden")
    make.click(
        on_draft,
        [proposal, asks, material, form, ticks, found],
        [found, cards, work, paper, *side],
        js="(...a) => { a[4] = window.rgTicks ? window.rgTicks() : ''; return a; }",
        api_name="draft",
    ).success(None, js="() => window.rgShowDraft && window.rgShowDraft()")
    refill.click(
        on_fill,
        [work, values],
        side,
        js="(...a) => { a[1] = window.rgValues ? window.rgValues() : ''; return a; }",
        api_name="fill",
        show_progress="hidden",
    )


def _outcome(
    desk: Desk, result: DraftResult, work: Work, kept: Sequence[int] | None = None
) -> tuple[Any, ...]:
    """Return the side column: summary, the two downloads, the findings."""
    import gradio as gr

    missing = say_missing(result)
    final = None
    if not missing:
        with asking(desk):
            final = desk.finish(
                result.draft,
                work.proposal,
                output=work.folder / _name(work.proposal, "定稿"),
                form=work.form,
                own_texts=work.own_texts,
                final=True,
            ).docx
    label = "下载定稿.docx" if final else f"定稿还差：{missing}"
    findings = [_as_shown(f, kept) for f in result.report.findings]
    return (
        show_draft_summary(result),
        gr.DownloadButton("下载草稿.docx", value=str(result.docx), interactive=True),
        gr.DownloadButton(label, value=str(final) if final else None, interactive=bool(final)),
        f"<h4>要处理的问题</h4>{show_findings(findings, (*work.notes, *result.draft.notes))}",
    )


def _as_shown(finding: Finding, kept: Sequence[int] | None) -> Finding:
    """Return the finding with the paragraph's number on the page, where dropped ones stand."""
    where = finding.where
    if kept is None or where is None or where.paragraph >= len(kept):
        return finding
    return replace(finding, where=replace(where, paragraph=kept[where.paragraph]))


def _with_asks(proposal: Proposal | None, rows: Rows) -> Proposal:
    if proposal is None:
        raise refuse(_NO_PROPOSAL)
    asks = read_asks(rows)
    if not asks:
        raise refuse("一项建议也没有：请在第二步的表里写上要答复的建议，再试")
    return replace(proposal, asks=asks)


def read_asks(rows: Rows) -> tuple[Ask, ...]:
    """Return the asks of the edited table: ordered by number (a row without one stays
    after the row above it), rows of one number merged, empty rows left out."""
    merged: dict[float, tuple[str, str]] = {}
    last = 0.0
    for order, topic, text in ([str(c or "").strip() for c in row] for row in rows):
        if not topic and not text:
            continue
        try:
            last = float(order.rstrip(".、"))
        except ValueError:
            last += 0.001
        before = merged.get(last, ("", ""))
        merged[last] = (before[0] or topic, "\n".join(t for t in (before[1], text) if t))
    ordered = [merged[key] for key in sorted(merged)]
    return tuple(
        Ask(n, topic or text[:20], text or topic) for n, (topic, text) in enumerate(ordered, 1)
    )


def _add_row(rows: Rows) -> Rows:
    kept = [row for row in rows if any(str(cell or "").strip() for cell in row)]
    return [*kept, [str(len(kept) + 1), "", ""]]


def _read_list(text: str, usual: Sequence[str]) -> tuple[str, ...]:
    """Return the ticked cards; the usual ones where nothing was sent."""
    if not text:
        return tuple(usual)
    try:
        names = json.loads(text)
    except ValueError:
        names = None
    if not isinstance(names, list):
        raise refuse("没有读到勾选的依据，请刷新页面再试")
    return tuple(str(name) for name in names)


def _read_values(text: str) -> dict[str, str | None]:
    try:
        values = json.loads(text or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise refuse("没有读到填写的内容，请刷新页面再试")
    return {str(k): None if v is None else str(v) for k, v in values.items()}


def _name(proposal: Proposal, kind: str) -> str:
    number = "".join(c for c in proposal.number or "" if c.isalnum())
    return f"第{number}号-答复{kind}.docx" if number else f"答复{kind}.docx"

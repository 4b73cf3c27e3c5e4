"""What the 起草 tab shows of stored work: each method returns updates of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from html import escape
from pathlib import Path

from replygen.copies import CopyResult, pack_letters, publish_draft
from replygen.desk import Desk, DraftResult
from replygen.drafting.schemes import load_scheme
from replygen.keeping import Work
from replygen.models import Draft, Finding, Proposal, Source
from replygen.web.clerk_parts import Parts, Updates
from replygen.web.show import show_empty, show_findings
from replygen.web.show_asks import show_editor, show_material
from replygen.web.show_draft import Typed, say_missing, show_draft, show_draft_summary
from replygen.web.show_drafts import (
    show_drafts,
    show_not_saved,
    show_saved,
    show_steps,
    tell_due,
)
from replygen.web.who import who

_LOOKING = "正在为每项建议找依据……"
_OLD_ASKS = "建议改过了，这份草稿还是照原来的建议写的：核对后请重新生成草稿"


@dataclass(frozen=True)
class Copies:
    """The files of a draft: the one with comments; the final and the public one where
    nothing is missing. The final one is a .zip where each signatory gets a letter."""

    result: DraftResult
    missing: str
    final: Path | None
    public: CopyResult | None


def write_copies(
    desk: Desk, work: Work, draft: Draft, own_texts: Sequence[str], folder: Path
) -> Copies:
    """Check a draft and write the files that it allows. Raises ReplygenError."""
    asked = work.proposal
    result = desk.finish(
        draft,
        asked,
        output=folder / _name(asked, "草稿"),
        form=work.form,
        own_texts=own_texts,
    )
    missing = say_missing(result)
    if missing:
        return Copies(result, missing, None, None)
    done = desk.write_final(result, folder / _name(asked, "定稿"), form=work.form)
    assert done.docx is not None
    public = publish_draft(
        desk, done.docx, output=folder / _name(asked, "公开稿"), report=result.report
    )
    return Copies(result, "", pack_letters(done.docx, done.copies), public)


class Shown:
    """Stored work as the parts of the tab."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        self._desk, self._parts = desk, parts

    def list(self, id: str | None) -> Updates:
        """The list of drafts, the draft ``id`` open."""
        rows, at = self._desk.drafts.rows(who()), self._parts
        return {at.current: id or "", at.drafts: show_drafts(rows, id, today=date.today())}

    def kept(self, id: str, work: Work) -> Updates:
        """The list, and when the work was stored."""
        rows, today = self._desk.drafts.rows(who()), date.today()
        row = next((row for row in rows if row.id == id), None)
        return {
            self._parts.drafts: show_drafts(rows, id, today=today),
            self._parts.saved: show_saved(
                datetime.now().astimezone(), row, work.revision, today=today
            ),
        }

    def not_kept(self, id: str) -> Updates:
        """That the work was not stored, since another window was first."""
        return {self._parts.saved: show_not_saved(id)}

    def nothing(self) -> Updates:
        """The first step alone."""
        import gradio as gr

        at = self._parts
        return {
            at.found: None,
            at.first: gr.Column(visible=True),
            at.second: gr.Column(visible=False),
            at.third: gr.Column(visible=False),
            at.fourth: gr.Column(visible=False),
            at.steps: show_steps(1, 1),
            at.saved: "",
            at.text: "",
            at.file: None,
            at.files: None,
            at.editor: "",
            at.cards: "",
            at.paper: "",
        }

    def opened(self, id: str, work: Work, material: Sequence[Source]) -> Updates:
        """The second and the third step; the fourth where there is a draft."""
        import gradio as gr

        at = self._parts
        row = next((row for row in self._desk.drafts.rows(who()) if row.id == id), None)
        now, today = datetime.now().astimezone(), date.today()
        return {
            **self.nothing(),
            at.first: gr.Column(visible=False),
            at.second: gr.Column(visible=True),
            at.third: gr.Column(visible=True),
            at.steps: show_steps(2, 3),
            at.editor: show_editor(work, tell_due(row, today=today)),
            at.cards: show_empty(_LOOKING),
            at.form: work.form,
            at.saved: show_saved(now, row, work.revision, today=today),
            **self.material(material),
        }

    def material(self, material: Sequence[Source]) -> Updates:
        """The attached material."""
        return {self._parts.material: show_material(tuple(material))}

    def paper(self, work: Work) -> Updates:
        """The draft as paper, with what was typed into it."""
        import gradio as gr

        assert work.draft is not None
        at = self._parts
        profile = self._desk.settings.profile
        offers = self._desk.drafts.recall(profile.name)
        scheme = load_scheme(profile.scheme, channel=work.proposal.channel)
        return {
            at.fourth: gr.Column(visible=True),
            at.steps: show_steps(4, 4),
            at.paper: show_draft(work.draft, Typed(work.values, offers, scheme.marks)),
        }

    def side(
        self, work: Work, copies: Copies, kept: Sequence[int], *, seconds: float | None
    ) -> Updates:
        """The column beside the paper: what is left, the downloads, the findings."""
        import gradio as gr

        at = self._parts
        missing, public = copies.missing, copies.public
        label = _name_final(copies.final) if copies.final else f"定稿还差：{missing}"
        open_label, open_file = _public_button(copies)
        findings = [_as_shown(f, kept) for f in copies.result.report.findings]
        assert work.draft is not None
        old = (_OLD_ASKS,) if work.drafted_for != work.proposal.asks else ()
        notes = (*old, *work.notes, *work.draft.notes)
        return {
            at.summary: show_draft_summary(copies.result, seconds),
            at.docx: gr.DownloadButton(value=str(copies.result.docx), interactive=True),
            at.final: gr.DownloadButton(
                label, value=_path(copies.final), interactive=bool(copies.final)
            ),
            at.public: gr.DownloadButton(
                open_label, value=_path(open_file), interactive=bool(open_file)
            ),
            at.removed: _show_removed(public),
            at.findings: f"<h4>要处理的问题</h4>{show_findings(findings, notes)}",
        }


def _public_button(copies: Copies) -> tuple[str, Path | None]:
    if copies.public is None:
        return "公开稿：定稿以后才能做", None
    if copies.public.path is None:
        return "公开稿：不能公开", None
    return "下载公开稿.docx", copies.public.path


def _show_removed(public: CopyResult | None) -> str:
    """What the public copy leaves out, or why there is none."""
    if public is None:
        return ""
    if public.path is None:
        reasons = "".join(f"<li>{escape(reason)}</li>" for reason in public.refused)
        return f"<p class='rg-hint'>没有做公开稿：</p><ul class='rg-warnings'>{reasons}</ul>"
    if not public.removed:
        return "<p class='rg-hint'>公开稿没有要去掉的内容。</p>"
    items = "".join(
        f"<li><b>{escape(r.kind)}</b>：{escape(r.text)}</li>" if r.text else f"<li>{escape(r.kind)}"
        for r in public.removed
    )
    return (
        f"<details class='rg-removed-list'><summary>公开稿去掉了 {len(public.removed)} 处"
        f"</summary><ul>{items}</ul></details>"
    )


def _as_shown(finding: Finding, kept: Sequence[int]) -> Finding:
    """Return the finding with the paragraph's number on the page, where dropped ones stand."""
    where = finding.where
    if where is None or where.paragraph >= len(kept):
        return finding
    return replace(finding, where=replace(where, paragraph=kept[where.paragraph]))


def _name_final(final: Path) -> str:
    return "下载定稿（逐人各一份，zip）" if final.suffix == ".zip" else "下载定稿.docx"


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _name(proposal: Proposal, kind: str) -> str:
    number = "".join(c for c in proposal.number or "" if c.isalnum())
    return f"第{number}号-答复{kind}.docx" if number else f"答复{kind}.docx"

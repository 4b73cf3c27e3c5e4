"""What the 起草 tab shows of stored work: each method returns updates of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from replygen.drafting.schemes import load_scheme
from replygen.errors import StoreError
from replygen.models import Finding, Source
from replygen.service.decisions import read_verdicts
from replygen.service.desk import Desk
from replygen.service.handing import read_handed
from replygen.service.results import DraftResult
from replygen.service.vouching import Vouch, find_vouches
from replygen.web.auth.who import who
from replygen.web.clerk.leaving import tell_final
from replygen.web.clerk.parts import Parts, Updates
from replygen.web.clerk.show_asks import show_editor, show_material
from replygen.web.clerk.show_draft import say_missing, show_draft, show_draft_summary
from replygen.web.clerk.show_drafts import (
    ListView,
    show_drafts,
    show_not_saved,
    show_saved,
    show_steps,
    tell_due,
)
from replygen.web.clerk.show_findings import show_checking, show_findings
from replygen.web.clerk.show_original import show_original
from replygen.web.clerk.show_places import Typed
from replygen.web.clerk.show_steps import show_steps_bar
from replygen.web.clerk.show_wording import Wordings
from replygen.web.show import renew, show_empty, show_wrong
from replygen.word.advice import advise, tell_plainly
from replygen.workspace import DraftRow, Work, find_lost, name_making, tell_day

_LOOKING = "正在为每项建议找依据……"
_OLD_FINAL = "{day}下载过定稿，以后又改过：和发出去的不一样了，要发的请重新下载定稿"
_OLD_ASKS = "建议改过了，这份草稿还是照原来的建议写的：核对后请重新生成草稿"


class Shown:
    """Stored work as the parts of the tab."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        self._desk, self._parts = desk, parts

    def list(self, id: str | None) -> Updates:
        """The list of drafts, the draft ``id`` open."""
        rows, at = self._desk.drafts.rows(who()), self._parts
        return {at.current: id or "", at.drafts: self._rows(rows, id)}

    def rows(self, id: str | None, view: ListView) -> str:
        """The list alone, as it stands now."""
        return self._rows(self._desk.drafts.rows(who()), id, view)

    def _rows(
        self,
        rows: Sequence[DraftRow],
        id: str | None,
        view: ListView = ListView(),  # noqa: B008
    ) -> str:
        """The list with what reviewers said."""
        work, today = self._desk.settings.work, date.today()
        said, handed = read_verdicts(work), read_handed(work)
        return show_drafts(rows, id, today=today, verdicts=said, handed=handed, view=view)

    def kept(self, id: str, work: Work) -> Updates:
        """The list, and when the work was stored."""
        rows, today = self._desk.drafts.rows(who()), date.today()
        row = next((row for row in rows if row.id == id), None)
        return {
            self._parts.drafts: self._rows(rows, id),
            self._parts.saved: show_saved(
                datetime.now().astimezone(), row, work.revision, today=today
            ),
            **self.steps(id, work),
        }

    def steps(self, id: str, work: Work) -> Updates:
        """What can be undone and done again."""
        old = bool(work.made_with) and work.made_with != name_making(work)
        steps = self._desk.drafts.steps(id, who())
        return {self._parts.undo: show_steps_bar(steps, ticked=work.ticked or (), old=old)}

    def turned(self, id: str, work: Work) -> Updates:
        """The columns after a step was undone or done again; what was not changed stays."""
        at = self._parts
        row = next((row for row in self._desk.drafts.rows(who()) if row.id == id), None)
        return {
            at.editor: renew(self._editor(work, row), id),
            at.form: work.form,
            **self.original(work),
            **(self.paper(id, work) if work.draft is not None else {}),
            **self.kept(id, work),
        }

    def not_kept(self, id: str) -> Updates:
        """That the work was not stored, since another window was first."""
        return {self._parts.saved: show_not_saved(id)}

    def _editor(self, work: Work, row: DraftRow | None) -> str:
        """The head and the asks as fields."""
        usual = self._desk.settings.profile.openness
        return show_editor(work, tell_due(row, today=date.today()), openness=usual)

    def as_it_is(self) -> Updates:
        """Nothing new."""
        import gradio as gr

        return {self._parts.saved: gr.skip()}

    def original(self, work: Work) -> Updates:
        """The proposal's text with the asks as they are now."""
        return {self._parts.original: show_original(work.original, work.proposal)}

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
            at.text_wrong: "",
            at.file_wrong: "",
            at.files_wrong: "",
            at.original: "",
            at.editor: "",
            at.cards: "",
            at.paper: "",
            at.summary: "",
            at.docx: gr.Button(interactive=False),
            at.final: gr.Button("下载定稿.docx", interactive=False),
            at.public: gr.Button("下载公开稿.docx", interactive=False),
            at.removed: "",
            at.findings: "",
            at.undo: "",
            at.clash: "",
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
            at.fourth: gr.Column(visible=True),
            at.steps: show_steps(2, 2),
            at.editor: renew(self._editor(work, row), id),
            at.cards: show_empty(_LOOKING),
            at.form: work.form,
            at.saved: show_saved(now, row, work.revision, today=today),
            **self.steps(id, work),
            **self.original(work),
            **self.material(material),
        }

    def material(self, material: Sequence[Source], *, wrong: str = "") -> Updates:
        """The attached material, and what is ``wrong`` with a file that was to be added."""
        told = show_wrong(wrong) if wrong else ""
        own = self._desk.index.status().own
        return {self._parts.material: show_material(tuple(material), own) + told}

    def paper(self, id: str, work: Work) -> Updates:
        """The draft as paper, with what was typed into it."""
        assert work.draft is not None
        at = self._parts
        profile = self._desk.settings.profile
        offers = self._desk.drafts.recall(profile.name)
        scheme = load_scheme(profile.scheme, channel=work.proposal.channel)
        has_model = bool(self._desk.settings.writer.base_url)
        said = Wordings.of(work.draft, work.worded) if has_model else None
        typed = Typed(work.values, offers, scheme.marks, said)
        return {
            at.steps: show_steps(2, 2),
            at.paper: renew(show_draft(work.draft, typed), id),
        }

    def checking(self) -> Updates:
        """The column beside the paper while the letter is being checked."""
        return {self._parts.findings: show_checking()}

    def side(self, work: Work, result: DraftResult, kept: Sequence[int]) -> Updates:
        """The column beside the paper: what is left, the downloads, the findings."""
        import gradio as gr

        at, lost = self._parts, find_lost(work)
        missing = say_missing(result, lost)
        vouches = self._vouches(result)
        shown = [(_as_shown(f, kept), vouches.get(id(f))) for f in result.report.findings]
        findings, by_finding = [f for f, _ in shown], {id(f): vouch for f, vouch in shown}
        assert work.draft is not None
        old = [_OLD_ASKS] if work.drafted_for != work.proposal.asks else []
        if work.final_of and not work.is_final:
            old.append(_OLD_FINAL.format(day=tell_day(work.final_at)))
        notes = map(tell_plainly, (*old, *work.notes, *work.draft.notes))
        return {
            at.summary: show_draft_summary(result, work.draft, lost),
            at.docx: gr.Button(interactive=True),
            at.final: gr.Button(
                f"定稿还差：{missing}" if missing else tell_final(self._desk, result),
                interactive=not missing,
            ),
            at.public: gr.Button(
                "公开稿：定稿以后才能做" if missing else "下载公开稿.docx",
                interactive=not missing,
            ),
            at.removed: "",
            at.findings: show_findings(findings, notes, vouch=lambda f: by_finding[id(f)]),
        }

    def _vouches(self, result: DraftResult) -> dict[int, Vouch]:
        """The findings on facts that the clerk typed, by the finding's id."""
        try:
            found = find_vouches(
                self._desk.settings.work, result.draft, result.report.findings, result.proposal
            )
        except StoreError:
            return {}
        return {id(v.finding): v for v in found}


def _as_shown(finding: Finding, kept: Sequence[int]) -> Finding:
    """Return the finding with the paragraph's number on the page, where dropped ones stand, and
    with what to do on the page."""
    finding, where = advise(finding, "desk"), finding.where
    if where is None or where.paragraph >= len(kept):
        return finding
    return replace(finding, where=replace(where, paragraph=kept[where.paragraph]))

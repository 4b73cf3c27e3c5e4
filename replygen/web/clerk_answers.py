"""What the 起草 tab answers: each method is one request."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from replygen.desk import Desk, DraftResult
from replygen.drafting.cards import choose_evidence, name_card
from replygen.drafting.fill import fill_slots
from replygen.models import Ask, Draft, Evidence, Finding, Proposal
from replygen.web.asking import asking, refuse
from replygen.web.sent import Rows, read_ticks, read_values, with_asks
from replygen.web.show import show_findings, show_head
from replygen.web.show_cards import show_cards
from replygen.web.show_draft import say_missing, show_draft, show_draft_summary, show_unused
from replygen.web.show_index import show_full


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


class Clerk:
    """The requests of the 起草 tab, asked of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def read(self, pasted: str, path: str | None) -> tuple[Proposal, str, Rows]:
        """Return the proposal, its head as HTML and its asks as rows."""
        with asking(self.desk):
            got = (
                self.desk.read_proposal(Path(path))
                if path
                else self.desk.paste_proposal(pasted or "")
            )
        return got, show_head(got), [[str(a.order), a.topic, a.text] for a in got.asks]

    def find(
        self, proposal: Proposal | None, rows: Rows, files: list[str] | None
    ) -> tuple[Found, str]:
        """Return what was found, and the cards to choose from."""
        asked = with_asks(proposal, rows)
        with asking(self.desk):
            evidence, laid = self.desk.evidence(asked, [Path(f) for f in files or ()])
        usual = tuple(card.id for ask in laid for card in ask.cards if card.chosen)
        return Found(asked.asks, tuple(files or ()), evidence, usual), show_cards(laid)

    def draft(
        self,
        proposal: Proposal | None,
        rows: Rows,
        files: list[str] | None,
        chosen: str,
        ticked: str,
        have: Found | None,
    ) -> tuple[Any, ...]:
        """Return what was found, the cards, the work, the paper and the side column."""
        import gradio as gr

        asked = with_asks(proposal, rows)
        shown = gr.skip()
        if have is None or (have.asks, have.material) != (asked.asks, tuple(files or ())):
            have, shown = self.find(proposal, rows, files)
            ticked = ""
        names = read_ticks(ticked, have.usual)
        evidence = choose_evidence(have.evidence, names)
        paths = [Path(f) for f in files or ()]
        folder = Path(tempfile.mkdtemp(prefix="replygen-"))
        with asking(self.desk):
            own = tuple(p.text for p in self.desk.read_material(paths) if p.document.own)
            result = self.desk.draft(
                asked,
                output=folder / _name(asked, "草稿"),
                material=paths,
                form=chosen,
                evidence=evidence,
            )
        found_elsewhere = [
            name_card(e.ask, h.passage) for e in evidence for h in (*e.precedents, *e.statutes)
        ]
        notes = show_unused(result, found_elsewhere)
        work = Work(asked, result.draft, own, chosen, folder, notes)
        return have, shown, work, show_draft(result.draft), *self._outcome(result, work)

    def fill(self, work: Work | None, typed: str) -> tuple[Any, ...]:
        """Return the side column for the draft with what was typed into it."""
        if work is None:
            raise refuse("还没有草稿，请先生成")
        filled = fill_slots(work.draft, read_values(typed))
        with asking(self.desk):
            result = self.desk.finish(
                filled.draft,
                work.proposal,
                output=work.folder / _name(work.proposal, "草稿"),
                form=work.form,
                own_texts=work.own_texts,
            )
        return self._outcome(result, work, filled.kept)

    def full(self, passage: str) -> str:
        """Return the whole document that a passage stands in."""
        with asking(self.desk):
            return show_full(self.desk.view(passage.partition("#")[0]), passage)

    def _outcome(
        self, result: DraftResult, work: Work, kept: Sequence[int] | None = None
    ) -> tuple[Any, ...]:
        """Return the side column: summary, the two downloads, the findings."""
        import gradio as gr

        missing = say_missing(result)
        final = None
        if not missing:
            with asking(self.desk):
                final = self.desk.finish(
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


def _name(proposal: Proposal, kind: str) -> str:
    number = "".join(c for c in proposal.number or "" if c.isalnum())
    return f"第{number}号-答复{kind}.docx" if number else f"答复{kind}.docx"

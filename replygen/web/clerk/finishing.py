"""What the downloads answer: a draft, the final letter and its public copy, and what keeps them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from replygen.models import CheckReport
from replygen.service.desk import Desk
from replygen.web.asking import refuse
from replygen.web.auth.who import who
from replygen.web.clerk.answers import is_drawn_anew
from replygen.web.clerk.leaving import KINDS, Kind, write_copy
from replygen.web.clerk.parts import Parts, Updates
from replygen.web.clerk.put import ask_as
from replygen.web.clerk.seeking import SeekingClerk
from replygen.web.clerk.sent import Place
from replygen.web.clerk.show_draft import say_missing
from replygen.web.clerk.taking import Screen
from replygen.web.show import show_wrong
from replygen.web.templating import render_macro
from replygen.workspace import Work, find_lost, name_letter, tell_day

_TOLD = 20  # characters of what is let go that its step tells
_NO_DRAFT = "还没有草稿，请先点“重新起草”"


class FinishingClerk(SeekingClerk):
    """The requests of the 起草 tab, with those for files."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        super().__init__(desk, parts)
        self._folders: dict[str, Path] = {}
        self._told: dict[tuple[str, str], set[str]] = {}  # of which draft who was told what

    def leave(self, at: str, edits: str, ticks: str, form: str, typed: str, wanted: str) -> Updates:
        """Take in what the screen holds, then write one of the files (:data:`KINDS`) of it. One
        that must not leave yet is told below the buttons, with what is missing, and not written;
        what is to be verified is told once, and who asks again has seen to it."""
        kind: Kind = next((kind for kind in KINDS if kind == wanted), "docx")
        with self._changing(at) as (place, shown):
            before = self.desk.drafts.read(place.id, who())
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            if work.draft is None:
                raise refuse(_NO_DRAFT)
            if is_drawn_anew(before, work):
                shown |= self._shown.paper(place.id, work)
            filled, result = self._judge(work, self.desk.drafts.material(place.id, who()))
            shown |= self._tell(place, work, result, filled.kept)
            work = self.desk.drafts.read(place.id, who())
            missing = say_missing(result, find_lost(work)) or _tell_old(work)
            if kind != "docx" and missing:
                return self._refused(shown, f"没有下载：{missing}")
            if kind == "final" and (doubts := self._tell_once(place, result.report)):
                return self._refused(shown, doubts)
            folder = self._folder(place.id)
            copy = write_copy(self.desk, result, kind, form=work.form, folder=folder)
            path = None if copy.path is None else str(copy.path)
            shown |= {self._parts.leaving: path}
            if kind == "public":
                shown |= {self._parts.removed: copy.told}
            if kind == "final":
                shown |= self._mark_final(place, work)
        return shown

    def let_go(self, at: str, edits: str, ticks: str, form: str, typed: str, text: str) -> Updates:
        """Take in what the screen holds; then forget what lost its place: nobody wants it."""
        with self._changing(at) as (place, shown):
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            rest = tuple(one for one in work.lost if one.text != text)
            work = self.desk.drafts.change(
                place.id,
                who(),
                lambda now: replace(now, lost=rest),
                window=place.inside,
                step=f"不要了：{text[:_TOLD]}",
            )
            if work.draft is not None:
                material = self.desk.drafts.material(place.id, who())
                shown |= self._outcome(place, work, material)
        return shown

    def _refused(self, shown: Updates, why: str) -> Updates:
        return {**shown, self._parts.leaving: None, self._parts.removed: show_wrong(why)}

    def _tell_once(self, place: Place, report: CheckReport) -> str:
        """Return what is still to be seen to in the letter, "" where all of it was told."""
        doubts = [f for f in report.findings if f.severity == "warn"]
        told = self._told.setdefault((who(), place.id), set())
        new = {f"{f.rule}:{f.where.text if f.where else f.message}" for f in doubts} - told
        if not new:
            return ""
        told |= new
        return f"还有{len(doubts)} 条“请核实”（见右边的待办）：逐条看过、就这样定稿的，再点一次下载"

    def _mark_final(self, place: Place, work: Work) -> Updates:
        """Keep that the letter was written as a final one."""
        at, of = datetime.now(timezone.utc).isoformat(timespec="seconds"), name_letter(work)
        work = self.desk.drafts.change(
            place.id,
            who(),
            lambda now: replace(now, final_at=at, final_of=of),
            window=place.inside,
        )
        told = f"已定稿（{tell_day(at)}）。以后再改，列表里会标明“定稿后改过”。"
        return {**self._shown.kept(place.id, work), self._parts.removed: render_macro("hint", told)}

    def _folder(self, id: str) -> Path:
        if id not in self._folders:
            self._folders[id] = Path(tempfile.mkdtemp(prefix="replygen-"))
        return self._folders[id]


def _tell_old(work: Work) -> str:
    """Why a draft is not the letter for its proposal any more; "" when it is."""
    if work.drafted_for != work.proposal.asks:
        return "各项建议改过了，草稿还是照原来的建议写的，请先重新生成草稿"
    if work.asked_as and work.asked_as != ask_as(work.proposal):
        return "来源或本单位是主办还是会办改过了，请先重新生成草稿"
    return ""

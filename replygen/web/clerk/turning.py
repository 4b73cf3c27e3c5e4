"""What 撤销 and 重做 answer: the letter, the head, the asks and the ticks as they were before."""

from __future__ import annotations

from dataclasses import replace

from replygen.drafting.moving import move_sentence
from replygen.web.auth.who import who
from replygen.web.clerk.finishing import FinishingClerk
from replygen.web.clerk.parts import Updates
from replygen.web.clerk.put import put_head
from replygen.web.clerk.sent import Place, read_move
from replygen.web.clerk.taking import Screen
from replygen.workspace import Way, Work, merge_step

_NOT_ALONE = "这一步改过的地方后来又改了，不能单独撤：请用“撤销”逐步退回去"


class TurningClerk(FinishingClerk):
    """The requests of the 起草 tab, with those that undo."""

    def turn(self, at: str, edits: str, ticks: str, form: str, typed: str, way: str) -> Updates:
        """Take in what the screen holds; then undo the last step (``undo``), do the next one
        again (``redo``), or take back the step of this number alone."""
        with self._changing(at) as (place, shown):
            before = self._store(place, shown, Screen(edits, ticks, form, typed))
            here = replace(place.after(before), sequence=place.sequence)
            if way in ("undo", "redo"):
                turned: Way = "undo" if way == "undo" else "redo"
                work = self.desk.drafts.turn(
                    place.id, who(), turned, window=here.window, sequence=place.sequence
                )
            else:
                work = self._take_back(here, way)
            now = place.after(work)
            if work.attached != before.attached:
                shown |= self._shown.material(self.desk.drafts.material(place.id, who()))
            if _needs_evidence(before, work):
                shown |= self._find_again(now, work)
                work = self.desk.drafts.read(place.id, who())
            shown |= self._shown.turned(place.id, work)
            if work.draft is not None:
                material = self.desk.drafts.material(place.id, who())
                now = place.after(work)
                shown |= self._outcome(now, work, material)
        return shown

    def move(self, at: str, edits: str, ticks: str, form: str, typed: str, wanted: str) -> Updates:
        """Take in what the screen holds; then move a sentence (``8.2:-1``: up by one)."""
        block, sentence, step = read_move(wanted)
        with self._changing(at) as (place, shown):
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            draft = work.draft
            if draft is None:
                return shown
            values = move_sentence(draft, work.values, (block, sentence), step)

            def moved(now: Work) -> Work:
                if values == now.values:
                    return now
                return replace(now, values=values, sequence=max(place.sequence, now.sequence))

            work = self.desk.drafts.change(place.id, who(), moved, window=place.inside, step=True)
            material = self.desk.drafts.material(place.id, who())
            shown |= {**self._shown.paper(place.id, work), **self._outcome(place, work, material)}
        return shown

    def _take_back(self, place: Place, number: str) -> Work:
        """Take back one step alone, or do one again that was undone."""
        import gradio as gr

        found = int(number) if number.isdecimal() else -1
        step, before, after = self.desk.drafts.step(place.id, who(), found)
        base, target = (after, before) if step.state == "done" else (before, after)
        profile = self.desk.settings.profile

        def merged(now: Work) -> Work:
            then = merge_step(now, base, target)
            then = put_head(replace(then, proposal=now.proposal), then.proposal, profile)
            return now if then == now else replace(then, sequence=place.sequence)

        what = f"{'单独撤销' if step.state == 'done' else '再做'}：{step.what}"
        before = self.desk.drafts.read(place.id, who())
        work = self.desk.drafts.change(place.id, who(), merged, window=place.window, step=what)
        if work == before:
            gr.Warning(_NOT_ALONE, title="请注意", duration=10)
        return work

    def _find_again(self, place: Place, work: Work) -> Updates:
        if not work.proposal.asks:
            return {}
        found, cards, _ = self._find(place, work)
        return {self._parts.found: found, self._parts.cards: cards}


def _needs_evidence(before: Work, work: Work) -> bool:
    """True when the cards that are laid out are not those of the work."""
    return (before.ticked_for, before.laid, before.attached) != (
        work.ticked_for, work.laid, work.attached
    )  # fmt: skip

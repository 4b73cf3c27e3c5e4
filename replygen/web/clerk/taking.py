"""What a window's screen holds, taken into the stored work: as it is, or together with what
another window stored meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace

from replygen.errors import ChangedElsewhere
from replygen.models import Ask
from replygen.service.desk import Desk
from replygen.web.auth.who import who
from replygen.web.clerk.put import find_lasting, know_values, put_head
from replygen.web.clerk.sent import Place, read_edits, read_ticks, read_values
from replygen.workspace import Merged, Work, find_lost


@dataclass(frozen=True, slots=True)
class Screen:
    """What the browser sent of the screen: the head and the asks, the ticks, the form, what was
    typed into the letter."""

    edits: str
    ticks: str
    form: str
    typed: str = ""

    def put(self, place: Place, work: Work) -> Work:
        """Return ``work`` with what the screen holds, its draft as it was; ``work`` itself where
        its window sent something newer already."""
        if place.comes_late(work):
            return work
        sent, values = read_edits(self.edits, work.proposal), read_values(self.typed)
        chosen, put = read_ticks(self.ticks, place.id), work
        if values is not None:
            put = replace(put, values=know_values(work, values))
        if chosen is not None and work.ticked_for:
            laid = set(work.laid)  # the browser may still show cards of a file that is gone
            put = replace(put, ticked=tuple(c for c in chosen if c in laid))
        if sent is not None:
            put = replace(put, proposal=sent.proposal, assigned=sent.assigned)
            put = replace(put, as_typed=sent.as_typed)
        put = replace(put, form=self.form or work.form)
        return work if put == work else replace(put, sequence=place.sequence)


def take_in(desk: Desk, place: Place, screen: Screen) -> Merged:
    """Store what a screen holds. Raises ChangedElsewhere where another window changed the draft
    and it is not known any more what this one shows."""
    profile, drafts = desk.settings.profile, desk.drafts

    def settle(before: Work, put: Work) -> Work:
        if put == before:
            return before
        named = put_head(replace(put, proposal=before.proposal), put.proposal, profile)
        return replace(named, lost=find_lost(named), sequence=place.sequence)

    try:
        _store_trail(desk, place, screen)
        work = drafts.change(
            place.id, who(), lambda now: settle(now, screen.put(place, now)),
            window=place.window, step=True,
        )  # fmt: skip
        merged = Merged(work, ())
    except ChangedElsewhere:
        merged = drafts.merge(
            place.id, who(), lambda base: screen.put(place, base),
            window=place.window, settle=settle,
        )  # fmt: skip
    typed = know_values(merged.work, read_values(screen.typed) or {})
    drafts.remember(profile.name, find_lasting(merged.work, typed))
    return merged


def _store_trail(desk: Desk, place: Place, screen: Screen) -> None:
    """Store what was done with the asks one after the other, each as a step."""
    sent = read_edits(screen.edits, desk.drafts.read(place.id, who()).proposal)
    for asks in sent.trail if sent is not None else ():

        def went(work: Work, asks: tuple[Ask, ...] = asks) -> Work:
            if place.comes_late(work):
                return work
            return replace(work, proposal=replace(work.proposal, asks=asks))

        desk.drafts.change(place.id, who(), went, window=place.window, step=True)

"""What 送审 and 撤回送审 answer: the letter goes to the reviewer as it stands, or comes back;
and 交办日期 in the list."""

from __future__ import annotations

from dataclasses import replace

from replygen.service.handing import hand_in, take_back
from replygen.web.asking import asking
from replygen.web.auth.who import who
from replygen.web.clerk.parts import Updates
from replygen.web.clerk.sent import read_assigned, read_place
from replygen.web.clerk.taking import Screen
from replygen.web.clerk.vouching import VouchingClerk


class HandingClerk(VouchingClerk):
    """The requests of the 起草 tab, with 送审."""

    def hand(self, at: str, edits: str, ticks: str, form: str, typed: str, way: str) -> Updates:
        """Take in what the screen holds; then hand the letter to the reviewer (``in``), or take
        it back (``back``)."""
        with self._changing(at) as (place, shown):
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            if work.draft is not None:
                material = self.desk.drafts.material(place.id, who())
                shown |= self._outcome(place, work, material)
            turn = take_back if way == "back" else hand_in
            turn(self.desk, place.id, who())
            shown |= self._shown.kept(place.id, self.desk.drafts.read(place.id, who()))
        return shown

    def assign(self, at: str, wanted: str) -> Updates:
        """Store the day on which a draft of the list was handed over, and return the list; the
        open one stays as it is."""
        id, day = read_assigned(wanted)
        with asking(self.desk):
            self.desk.drafts.change(id, who(), lambda work: replace(work, assigned=day), step=True)
            return self._shown.list(read_place(at).id or None)

"""What 属实 answers: the clerk answers by name for a fact that was typed, or takes that back."""

from __future__ import annotations

from replygen.service.decisions import name_paper
from replygen.service.vouching import find_vouches, turn_vouch
from replygen.web.asking import refuse
from replygen.web.auth.who import who
from replygen.web.clerk.parts import Updates
from replygen.web.clerk.taking import Screen
from replygen.web.clerk.turning import TurningClerk

_GONE = "这句话已经改过了，这个问题不在列表里了"


class VouchingClerk(TurningClerk):
    """The requests of the 起草 tab, with 属实."""

    def vouch(self, at: str, edits: str, ticks: str, form: str, typed: str, key: str) -> Updates:
        """Take in what the screen holds; then vouch for the fact ``key``, or take that back."""
        with self._changing(at) as (place, shown):
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            if work.draft is None:
                raise refuse(_GONE)
            material = self.desk.drafts.material(place.id, who())
            filled, result = self._judge(work, material)
            folder = self.desk.settings.work
            vouches = find_vouches(folder, filled.draft, result.report.findings, work.proposal)
            found = next((v for v in vouches if v.key == key), None)
            if found is None:
                raise refuse(_GONE)
            texts = [block.text for block in filled.draft.blocks]
            turn_vouch(folder, found, subject=name_paper(texts, work.proposal, ""), by=who())
            shown |= self._outcome(place, work, material)
        return shown

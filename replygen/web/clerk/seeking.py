"""What 换个说法再找 answers: a search in the clerk's own words, and a result taken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from replygen.drafting.sought import may_use, seek_passages
from replygen.service.encoding import tell_waiting
from replygen.web.asking import asking, open_passage, refuse
from replygen.web.auth.who import who
from replygen.web.clerk.answers import Clerk
from replygen.web.clerk.parts import Updates, take_screen
from replygen.web.clerk.show_cards import show_found
from replygen.web.clerk.taking import Screen
from replygen.web.show import renew
from replygen.workspace import Work

if TYPE_CHECKING:
    import gradio as gr

_MOST_FOUND = 8
_NOT_USABLE = "这一条不能写进答复：没有这份材料，或者条文不是现行版本、不适用于本地"
_PRESSED = take_screen("a[4] = window.rgUse();")


class SeekingClerk(Clerk):
    """The requests of the 起草 tab, with a search in the clerk's own words."""

    def seek(self, words: str) -> str:
        """Return what stands in the whole corpus on the clerk's own words."""
        if not words.strip():
            return ""
        with asking(self.desk) as desk:
            found = seek_passages(
                words,
                desk.index,
                profile=desk.settings.profile,
                judge=desk.judge,
                k=_MOST_FOUND,
            )
            return renew(show_found(found, tell_waiting(desk.index)))

    def use(self, at: str, edits: str, ticks: str, form: str, card: str) -> Updates:
        """Use a passage that was found (``order:passage``) for an ask."""
        with self._changing(at) as (place, shown):
            desk, passage = self.desk, card.partition(":")[2]
            if not may_use(passage, desk.index, profile=desk.settings.profile):
                raise refuse(_NOT_USABLE)
            work = self._store(place, shown, Screen(edits, ticks, form))
            if work.ticked is None or work.ticked_for != work.proposal.asks:
                work = self._find(place, work)[2]

            def used(work: Work) -> Work:
                ticked = tuple(dict.fromkeys((*(work.ticked or ()), card)))
                return replace(work, ticked=ticked, laid=(*work.laid, card))

            work = desk.drafts.change(place.id, who(), used, window=place.inside, step=True)
            found, cards, work = self._find(place, work)
            shown |= {self._parts.found: found, self._parts.cards: cards}
            shown |= self._shown.kept(place.id, work)
        return shown

    def full(self, passage: str) -> str:
        """Return the whole document that a passage stands in."""
        return open_passage(self.desk, passage)


def wire_seeking(
    clerk: SeekingClerk,
    fields: list[Any],
    outs: list[Any],
    hidden: Callable[[str], gr.Button],
) -> None:
    """Wire what takes a result up. ``fields`` are the place, the edits, the ticks, the form, and
    what is wanted; ``outs`` the parts that may change."""
    hidden("rg-use").click(
        clerk.use,
        fields,
        outs,
        js=_PRESSED,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="multiple",
    ).success(None, None, None, js="() => window.rgStale(0)")

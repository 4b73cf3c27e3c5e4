"""What the screen holds, put into the stored work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from replygen.drafting import load_form
from replygen.drafting.edits import is_edit, rewrite_sentences
from replygen.drafting.fill import is_confirmation
from replygen.drafting.readdress import readdress_draft
from replygen.models import Draft, Proposal, StanceKind
from replygen.settings import Profile
from replygen.workspace import LASTING, Work, carry_values, name_places

_STANCE = "stance."


def know_values(work: Work, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values whose places the draft has; all that is stored where there is none."""
    if work.draft is None:
        return dict(work.values)
    places = name_places(rewrite_sentences(work.draft, values))
    return {
        name: value
        for name, value in values.items()
        if name in places or is_confirmation(name) or is_edit(name) or is_stance(name)
    }


def is_stance(name: str) -> bool:
    """True for the name under which it is kept how the clerk wants an ask to be answered."""
    return name.startswith(_STANCE) and name.removeprefix(_STANCE).isdecimal()


def chosen_stances(work: Work) -> dict[str, StanceKind]:
    """Return how the clerk wants asks to be answered, by the ask's order."""
    orders = {str(ask.order) for ask in work.proposal.asks}
    return {
        order: cast("StanceKind", value)
        for name, value in work.values.items()
        if is_stance(name) and value in get_args(StanceKind)
        for order in (name.removeprefix(_STANCE),)
        if order in orders
    }


def find_lasting(work: Work, values: Mapping[str, str | None]) -> dict[str, str]:
    """Return what may be offered again, by the kind of its place."""
    if work.draft is None:
        return {}
    places = name_places(work.draft)
    return {
        places[name].kind: value
        for name, value in values.items()
        if value and name in places and places[name].kind in LASTING
    }


def put_head(work: Work, proposal: Proposal, profile: Profile) -> Work:
    """Return ``work`` with ``proposal``; where the head differs, its draft names the proposal
    and its proposers as the head now says, with what was typed in its place."""
    before, draft = work.proposal, work.draft
    work = replace(work, proposal=proposal)
    if draft is None or _head(before) == _head(proposal) or ask_as(before) != ask_as(proposal):
        return work
    form = load_form(draft.form, channel=proposal.channel, host_role=proposal.host_role)
    named = readdress_draft(draft, before, proposal, profile=profile, form=form)
    values, lost = carry_all(work.values, draft, named)
    return replace(work, draft=named, values=values, notes=(*work.notes, *lost))


def carry_all(
    values: Mapping[str, str | None], old: Draft, new: Draft
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Return what was typed and chosen, for another draft, and notes on what has no place."""
    carried = carry_values(values, old, new)
    stances = {name: value for name, value in values.items() if is_stance(name)}
    return {**stances, **carried.values}, tell_lost(carried.lost)


def tell_lost(lost: Sequence[str]) -> tuple[str, ...]:
    """Return a note on what was typed and has no place any more."""
    if not lost:
        return ()
    told = "；".join(f"“{text}”" for text in lost)
    return (f"重新生成以后，这些填过的内容没有了位置，需要的请另外填上：{told}",)


def ask_as(proposal: Proposal) -> str:
    """Return what of a head chooses the form of the answer."""
    return f"{proposal.channel or ''}/{proposal.host_role or ''}"


def _head(proposal: Proposal) -> tuple[object, ...]:
    return (
        proposal.title,
        proposal.session,
        proposal.number,
        proposal.proposers,
        proposal.co_hosts,
    )

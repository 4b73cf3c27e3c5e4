"""What the screen holds, put into the stored work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from replygen.drafting import load_form
from replygen.drafting.edits import is_edit, is_stance, name_stance, rewrite_sentences
from replygen.drafting.fill import is_confirmation
from replygen.drafting.letterhead import ASKED_FIELDS
from replygen.drafting.moving import is_order
from replygen.drafting.readdress import readdress_draft
from replygen.drafting.standing import Standing, name_answers
from replygen.models import Ask, Draft, Evidence, Proposal, StanceKind
from replygen.settings import Profile
from replygen.workspace import (
    LASTING,
    Work,
    carry_values,
    carry_wordings,
    find_lost,
    home_asks,
    match_asks,
    name_places,
)

# What is kept beside what is typed into open places, by its name.
_NAMED = (is_confirmation, is_edit, is_stance, is_order)


def know_values(work: Work, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values whose places the draft has; all that is stored where there is none."""
    if work.draft is None:
        return dict(work.values)
    places = name_places(rewrite_sentences(work.draft, values))
    return {
        name: value
        for name, value in values.items()
        if name in places or any(known(name) for known in _NAMED)
    }


def chosen_stances(work: Work) -> dict[str, StanceKind]:
    """Return how the clerk wants asks to be answered, by the order that the ask has now."""
    now = match_asks(work.drafted_for or work.proposal.asks, work.proposal.asks)
    given = {name: value for name, value in work.values.items() if is_stance(name)}
    return {
        str(now[ask]): cast("StanceKind", given[name])
        for ask in now
        if given.get(name := name_stance(ask)) in get_args(StanceKind)
    }


def put_stances(
    values: Mapping[str, str | None], chosen: Mapping[str, StanceKind]
) -> dict[str, str | None]:
    """Return the values with the stances as :func:`chosen_stances` has them."""
    others = {name: value for name, value in values.items() if not is_stance(name)}
    return {**others, **{name_stance(int(ask)): kind for ask, kind in chosen.items()}}


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
    work = _forget_told(work)
    form = load_form(draft.form, channel=proposal.channel, host_role=proposal.host_role)
    named = readdress_draft(draft, before, proposal, profile=profile, form=form)
    return carry_all(work, named, work.drafted_for)


def name_composed(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    chosen: Mapping[str, StanceKind],
    form: str,
    profile: Profile,
) -> tuple[str, ...]:
    """Return what the answers of a letter are called, by what they are composed from."""
    loaded = load_form(form, channel=proposal.channel, host_role=proposal.host_role)
    return name_answers(proposal, evidence, profile=profile, form=loaded, given=chosen)


def find_standing(work: Work, proposal: Proposal, names: Sequence[str]) -> Standing | None:
    """Return the letter with the asks whose answers stay in one that is composed for
    ``proposal``; ``names`` are those of its answers. ``None`` where there is no letter yet."""
    if work.draft is None:
        return None
    now = {name: ask.order for name, ask in zip(names, proposal.asks, strict=True)}
    before = {name: ask.order for name, ask in zip(work.answers, work.drafted_for, strict=False)}
    asks = {order: now[name] for name, order in before.items() if name in now}
    return Standing(work.draft, asks)


def carry_all(work: Work, new: Draft, asks: Sequence[Ask]) -> Work:
    """Return ``work`` with another draft, composed for ``asks``, what was typed and chosen in its
    place, and what has no place any more kept aside."""
    if work.draft is None:
        return replace(work, draft=new)
    matched = home_asks(work.drafted_for or asks, asks)
    carried = carry_values(work.values, work.draft, new, matched)
    stances = {name: value for name, value in work.values.items() if is_stance(name)}
    worded = carry_wordings(work.worded, work.draft, new, matched)
    moved = replace(work, draft=new, values={**stances, **carried.values}, worded=worded)
    return replace(moved, lost=find_lost(replace(moved, lost=(*work.lost, *carried.lost))))


def ask_as(proposal: Proposal) -> str:
    """Return what of a head chooses the form of the answer."""
    return f"{proposal.channel or ''}/{proposal.host_role or ''}"


def _forget_told(work: Work) -> Work:
    """Return the work without what was typed into open places that the head has a field for,
    where the head says it now: the letter says it as well."""
    assert work.draft is not None
    told = {
        name
        for name, slot in name_places(work.draft).items()
        if (field := ASKED_FIELDS.get(slot.kind)) and getattr(work.proposal, field)
    }
    return replace(work, values={n: v for n, v in work.values.items() if n not in told})


def _head(proposal: Proposal) -> tuple[object, ...]:
    return (
        proposal.title,
        proposal.session,
        proposal.number,
        proposal.proposers,
        proposal.co_hosts,
        proposal.openness,
    )

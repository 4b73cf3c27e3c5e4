"""A head that was put right: the letter names the proposal, and its proposers, as it says now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from replygen.drafting.address import address_you
from replygen.drafting.forms import Form
from replygen.drafting.letterhead import compose_header, compose_signoff
from replygen.drafting.schemes import load_scheme
from replygen.models import Block, Draft, DraftSection, Proposal, Sentence
from replygen.settings import Profile

_OURS = ("form", "proposal", "statute")  # sentences in which we may speak to the proposers


def readdress_draft(
    draft: Draft, before: Proposal, after: Proposal, *, profile: Profile, form: Form
) -> Draft:
    """Return ``draft``, composed for ``before``, with the title, the addressee, the opening
    and the thanks that ``after`` asks for; what the head does not change stays word for word.
    ``form`` is that of the draft: a head that asks for another form wants a new draft."""
    scheme, today = load_scheme(profile.scheme, channel=form.channel), date.today()
    titles, heads, ends = [], [], []
    for proposal in (before, after):
        title, head = compose_header(
            proposal, profile=profile, form=form, scheme=scheme, today=today
        )
        titles.append(title)
        heads.append(head)
        ends.append(compose_signoff(proposal, profile=profile, form=form))
    you = [address_you(proposal.proposers, form) for proposal in (before, after)]
    return replace(
        draft,
        title=titles[1] if titles[0] != titles[1] else draft.title,
        header=_swap_blocks(draft.header, *heads),
        sections=tuple(_swap_you(section, *you) for section in draft.sections),
        signoff=_swap_blocks(draft.signoff, *ends),
        references=tuple(
            replace(r, title=after.title or "提案", quote=after.title or "")
            if r.id == "proposal"
            else r
            for r in draft.references
        ),
    )


def _swap_blocks(
    blocks: Sequence[Block], old: Sequence[Block], new: Sequence[Block]
) -> tuple[Block, ...]:
    """Return ``blocks`` with what differs between ``old`` and ``new``, block by block."""
    if not len(blocks) == len(old) == len(new):
        return tuple(new)
    return tuple(
        replace(block, sentences=_swap_sentences(block.sentences, a.sentences, b.sentences))
        for block, a, b in zip(blocks, old, new, strict=True)
    )


def _swap_sentences(
    there: Sequence[Sentence], old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    if tuple(old) == tuple(new):
        return tuple(there)
    if len(old) != len(new):
        return tuple(new)
    now = {was.text: sentence for was, sentence in zip(old, new, strict=True)}
    return tuple(now.get(sentence.text, sentence) for sentence in there)


def _swap_you(section: DraftSection, old: str, new: str) -> DraftSection:
    """Return the section with the proposers addressed as ``new`` where we speak to them."""
    if old == new:
        return section
    return replace(
        section,
        blocks=tuple(
            replace(
                block,
                sentences=tuple(
                    replace(s, text=s.text.replace(old, new)) if s.origin in _OURS else s
                    for s in block.sentences
                ),
            )
            for block in section.blocks
        ),
    )

"""Standing answers: a letter composed anew keeps the paragraphs of each ask that nothing changed.

An answer is named by all that it is composed from (:func:`name_answers`). Where an ask of the
new letter bears the name of one in the old, its paragraphs stand word for word as they stood:
a clerk has read them. What is composed beside them does not say again what they say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from replygen.drafting.forms import Form
from replygen.models import (
    Block,
    Draft,
    DraftSection,
    Evidence,
    Proposal,
    Reference,
    Sentence,
    StanceKind,
)
from replygen.settings import Profile


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter of which answers stay; ``asks`` are the orders that these have now, by the orders
    that they have in it."""

    draft: Draft
    asks: Mapping[int, int]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs that stay, in the order of the text."""
        blocks = (b for section in self.draft.sections for b in section.blocks)
        return tuple(b for b in blocks if order_of(b) in self.asks)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What stays, in the order of the text."""
        return tuple(s for b in self.blocks for s in b.sentences)

    def put_into(self, sections: Sequence[DraftSection]) -> tuple[DraftSection, ...]:
        """Return ``sections``, composed anew, with the paragraphs that stay in their places."""
        return tuple(self._put(section) for section in sections)

    def references(self, known: Iterable[Reference]) -> tuple[Reference, ...]:
        """Return the ``known`` references, and those of what stays that are not among them."""
        known = tuple(known)
        missing = {id for s in self.sentences for id in s.sources} - {r.id for r in known}
        return (*known, *(r for r in self.draft.references if r.id in missing))

    def _put(self, section: DraftSection) -> DraftSection:
        old = next((s for s in self.draft.sections if self._is_same(s, section)), None)
        if old is None:
            return section
        stays: dict[int, list[Block]] = {}
        for block in old.blocks:
            order = order_of(block)
            if order in self.asks:
                now = self.asks[order]
                stays.setdefault(now, []).append(_renumber(block, now))
        others = [b for b in section.blocks if order_of(b) not in self.asks.values()]
        made: dict[int, list[Block]] = {}
        for block in others:
            made.setdefault(order_of(block), []).append(block)
        last = made.pop(0, [])
        by_order = {**made, **stays}
        return replace(
            section, blocks=(*(b for order in sorted(by_order) for b in by_order[order]), *last)
        )

    def _is_same(self, old: DraftSection, new: DraftSection) -> bool:
        """True for the section of the same ask, or of the same part of the letter."""
        if new.ask is not None:
            return old.ask is not None and self.asks.get(old.ask) == new.ask
        return old.ask is None and _words(old) == _words(new) != ""


def name_answers(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    *,
    profile: Profile,
    form: Form,
    given: Mapping[str, StanceKind],
) -> tuple[str, ...]:
    """Return a name for the answer to each ask of ``proposal``, in its order: another one where
    the answer would be composed from anything else. Where an ask stands in the list, and what
    the others say, is no part of it."""
    shared = (
        form,
        proposal.channel,
        proposal.host_role,
        proposal.co_hosts,
        replace(profile, contacts=(), cc=(), signer="", doc_prefix="", openness=""),
    )
    found = {e.ask.order: e for e in evidence}
    return tuple(
        _name(shared, ask.topic, ask.text, given.get(str(ask.order)), _texts(found.get(ask.order)))
        for ask in proposal.asks
    )


def order_of(block: Block) -> int:
    """Return the order of the ask that a paragraph answers, 0 where it answers none."""
    return next((s.ask for s in block.sentences if s.ask is not None), 0)


def _texts(e: Evidence | None) -> list[tuple[str, str]]:
    """The passages that an answer may rest on."""
    if e is None:
        return []
    hits = (*e.own, *e.precedents, *e.statutes, *e.opinions, *e.policies)
    return sorted((hit.passage.id, hit.passage.text) for hit in hits)


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _renumber(block: Block, order: int) -> Block:
    return replace(
        block,
        sentences=tuple(s if s.ask is None else replace(s, ask=order) for s in block.sentences),
    )


def _words(section: DraftSection) -> str:
    return section.heading.text if section.heading is not None else ""

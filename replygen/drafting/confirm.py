"""Confirming: a commitment drawn from the proposal becomes a promise when a person says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from replygen.errors import SettingsError
from replygen.models import Block, Draft, Proposal, Sentence


def confirm_asks(draft: Draft, asks: Collection[int]) -> Draft:
    """Return ``draft`` with the commitments under these asks (their orders) confirmed."""

    def confirm(sentence: Sentence) -> Sentence:
        return replace(sentence, confirmed=True) if sentence.ask in asks else sentence

    return change_unconfirmed(draft, confirm)


def change_unconfirmed(draft: Draft, change: Callable[[Sentence], Sentence]) -> Draft:
    """Return ``draft`` with every unconfirmed commitment as ``change`` returns it, called in
    the order of the text."""

    def walk(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            replace(
                block,
                sentences=tuple(change(s) if s.confirmed is False else s for s in block.sentences),
            )
            for block in blocks
        )

    header = walk(draft.header)
    sections = tuple(replace(section, blocks=walk(section.blocks)) for section in draft.sections)
    return replace(draft, header=header, sections=sections, signoff=walk(draft.signoff))


def read_asks(words: str, proposal: Proposal) -> frozenset[int]:
    """Return the orders of the asks that ``1,2,4`` names. Raises SettingsError for what is
    no list of numbers and for an ask that the proposal has not."""
    orders = frozenset(ask.order for ask in proposal.asks)
    found: set[int] = set()
    for part in filter(None, re.split(r"[,，、\s]+", words)):
        if not part.isdecimal():
            raise SettingsError(f"--confirm {words}：要写成建议的序号，如 1,2,4")
        if int(part) not in orders:
            raise SettingsError(
                f"--confirm {words}：提案没有第 {part} 项建议（共 {len(orders)} 项）"
            )
        found.add(int(part))
    if not found:
        raise SettingsError("--confirm 后面要写建议的序号，如 1,2,4")
    return frozenset(found)

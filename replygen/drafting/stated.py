"""Stated: what the letter has said so far. Nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from replygen.models import Block, Hit

_CLAUSE = re.compile("[，；]")
_SAME = 78  # per cent of the letters: two commitments say the same
_MARKS = "，；。！"  # what a sentence of the letter ends with


@dataclass(slots=True)
class AlreadyStated:
    """What the letter has said so far: nothing is said twice."""

    articles: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    own: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    passages: set[str] = field(default_factory=set)
    promises: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    procedures: set[str] = field(default_factory=set)

    def take_in(self, blocks: Sequence[Block], hits: Iterable[Hit]) -> None:
        """Know what paragraphs of the letter say; ``hits`` are what they may rest on."""
        for block in blocks:
            said = [(s.origin, s.text.strip(_MARKS)) for s in block.sentences]
            promised = block.role == "planned"
            self.own += [text for origin, text in said if origin == "own" and not promised]
            self.steps += [text for origin, text in said if origin != "form" and promised]
            self.notes |= {text for origin, text in said if origin == "form"}
        self.passages |= {id for block in blocks for s in block.sentences for id in s.sources}
        self.articles |= {
            key for hit in hits if hit.passage.id in self.passages for key in name_quoted(hit)
        }


def is_said(text: str, others: Sequence[str]) -> bool:
    """Return whether one of ``others``, or a clause of it, says the same."""
    from rapidfuzz.fuzz import ratio

    return any(
        text in other or any(ratio(text, part) >= _SAME for part in (other, *_CLAUSE.split(other)))
        for other in others
    )


def name_quoted(hit: Hit) -> tuple[str, str]:
    """What a quoted article, and a quoted policy, is known by in the letter."""
    return f"{hit.passage.document.title}{hit.passage.title}", hit.passage.id

"""What the index keeps and finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replygen.models.parsed import Level, Outcome, Tense

PassageKind = Literal["measure", "reply", "article", "policy", "refusal"]


@dataclass(frozen=True, slots=True)
class Document:
    """What the store keeps about one indexed file.

    ``id`` is the first 16 hex digits of the hash of its bytes; ``own`` marks the
    unit's own material, ``doc_number`` is its 文号.
    """

    id: str
    path: str
    kind: str
    title: str
    region: str | None
    level: Level | None
    issuer: str | None
    date: str | None
    own: bool = False
    doc_number: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a measure, an article of a statute, or a whole reply.

    ``id`` is ``<document id>#<position>``; ``title`` is the lead phrase, the 条 or the
    reply's title; ``context`` is the heading it stands under; ``outcome`` of a refusal is
    ``declined`` or ``deferred``.
    """

    id: str
    document: Document
    kind: PassageKind
    position: int
    title: str
    text: str
    tense: Tense | None = None
    region: str | None = None
    context: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``score`` is in 0..1, higher is better; ``found_by``
    names the rankings that had it (``words``, ``vectors``, ``exact``); ``also`` are
    the ids of near-copies merged into this hit. ``relevance`` is the judge's probability
    (0..1) that the passage bears on the ask, ``None`` where nobody asked it."""

    passage: Passage
    score: float
    found_by: tuple[str, ...]
    also: tuple[str, ...] = ()
    relevance: float | None = None

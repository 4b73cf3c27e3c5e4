"""What the index room hands out besides the types of :mod:`replygen.models`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from replygen.models import Document

KEPT_DAYS = 30  # for which what was removed by hand can be put back
AddState = Literal["added", "unchanged", "updated", "duplicate"]


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of one file. ``document`` is the stored one: the new one, or for
    ``duplicate`` the one that already has this text. ``duplicate_of`` is the path of
    the one with the same text (``duplicate``) or nearly the same text (``near`` is then true
    and the file was stored all the same: its passages merge when they are found). ``was_own``
    says whether the one that was there before was ours (None where there was none)."""

    state: AddState
    document: Document
    duplicate_of: str | None = None
    near: bool = False
    was_own: bool | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed by hand and can be put back; ``at`` is when (UTC)."""

    id: str
    title: str
    path: str
    at: str


@dataclass(frozen=True, slots=True)
class HandSplit:
    """That the split of a document was put right by hand: when (UTC) and by whom."""

    at: str
    by: str


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How large an index is and how far its caches are.

    ``kinds`` counts passages by kind, ``vectors`` and ``words`` count the passages that
    have a vector of ``encoder`` (the slow one where there are two; ``fast`` names the
    other) and that the word index was told of; ``bytes`` is everything under the folder.
    """

    documents: int
    passages: int
    kinds: Mapping[str, int]
    own: int
    statutes: int
    articles: int
    fast: str
    encoder: str
    vectors: int
    words: int
    bytes: int
    schema: int


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Whether an index is whole. ``problems`` must be repaired (each names how);
    ``notes`` repair themselves at the next search."""

    ok: bool
    problems: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

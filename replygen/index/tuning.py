"""What the ranking weighs: one place for the figures, and what may be preferred.

The defaults were chosen on the dev halves; docs/quality.md has the figures of each choice
and is made by ``replygen eval-table``.
"""

from __future__ import annotations

from dataclasses import dataclass

from replygen.models import HostRole, Level

_YEARS = 5  # back to which a document counts as recent, less with every year


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a query is read and how the rankings are fused.

    ``words``, ``fast`` and ``slow`` are the shares of the word ranking and of the two
    encoders' vectors; only their proportion counts, and a share of 0 leaves the ranking
    out. ``lexical`` takes the place of ``fast`` while the fast vectors are lexical
    themselves. ``rarity`` is the power to which a word's idf counts (1 is plain BM25).
    ``plain`` drops officialese and question words from the words looked for; ``topic``
    says how often a first line counts. Where articles are asked for, ``siblings`` is
    the share that the best three candidates of a law have in each other's scores.

    The accurate way takes more time: each ranking gives at least ``depth`` candidates, and
    for a long query ``overlap`` is the share of how far query and passage share their rare
    words, both ways (:mod:`replygen.index.local.overlap`).
    """

    words: float = 0.45
    fast: float = 0.05
    lexical: float = 0.01
    slow: float = 0.5
    rarity: float = 1.5
    plain: bool = True
    topic: int = 2
    siblings: float = 0.3
    overlap: float = 0.0
    depth: int = 0


ACCURATE = Tuning(words=0.36, fast=0.04, slow=0.6, overlap=0.5, depth=300)


@dataclass(frozen=True, slots=True)
class Preference:
    """What goes first among passages that fit alike. The weights are added to scores in
    0..1: for our own material, for the same ``level`` of region, for the last five years
    before ``year``, for the same ``role`` (主办, 会办)."""

    level: Level | None = None
    role: HostRole | None = None
    year: int | None = None
    own: float = 0.02
    same_level: float = 0.02
    recent: float = 0.02
    same_role: float = 0.02

    def weigh(self, *, own: bool, level: str | None, role: str | None, day: str | None) -> float:
        """Return what is added to the score of a passage of such a document."""
        fits = self.own * own
        if self.level is not None and level == self.level:
            fits += self.same_level
        if self.role is not None and role == self.role:
            fits += self.same_role
        if self.year is not None and day:
            age = max(0, self.year - int(day[:4]))
            fits += self.recent * max(0.0, 1 - age / _YEARS)
        return fits

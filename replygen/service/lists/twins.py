"""Proposals that ask for the same: those of this year (并案), and those answered before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.index import Index
from replygen.index.relevance import BAR, SAME, AskContext, Judge, read_subject
from replygen.models import Draft, Proposal
from replygen.service.lists.work import EarlierRow, ListRow, key_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ANSWERS = ("reply", "registry", "proposal")  # kinds of documents that answer, or ask, a proposal
_EARLIER = 3  # of them that are shown
_ASKED = 600  # asks compared with all others at once


@dataclass(frozen=True, slots=True)
class Shared:
    """Two asks that want the same, by order in their proposals, and how near they are
    (0..1)."""

    left: int
    right: int
    left_text: str
    right_text: str
    nearness: float


@dataclass(frozen=True, slots=True)
class Twin:
    """Two proposals of the list that share asks: candidates for one answer (并案). ``left``
    and ``right`` are their places in the list's rows."""

    left: int
    right: int
    shared: tuple[Shared, ...]

    @property
    def nearness(self) -> float:
        """How near the nearest asks are (0..1)."""
        return max(shared.nearness for shared in self.shared)


def find_twins(rows: Sequence[ListRow], judge: Judge) -> tuple[Twin, ...]:
    """Return the pairs of rows that share an ask, those that share most first. Each ask is
    paired with the nearest of the other proposal, once."""
    asks = [(number, ask) for number, row in enumerate(rows) for ask in row.asks]
    texts = [ask.text for _, ask in asks]
    subjects = [read_subject(row.assignment.title or row.title) for row in rows]
    contexts = [AskContext(subjects[number], ask.topic, ask.text) for number, ask in asks]
    found: dict[tuple[int, int], list[tuple[float, int, int]]] = {}
    for start in range(0, len(texts), _ASKED):
        near = judge.same(contexts[start : start + _ASKED], contexts)
        for i, j in _pairs(near):
            one, two = start + i, j
            left, right = asks[one][0], asks[two][0]
            if left < right and _differ(rows[left], rows[right]):
                found.setdefault((left, right), []).append((float(near[i, j]), one, two))
    twins = [
        Twin(left, right, _pair_up(pairs, lambda n: asks[n][1].order, texts))
        for (left, right), pairs in found.items()
    ]
    return tuple(sorted(twins, key=lambda t: (-len(t.shared), -t.nearness, t.left, t.right)))


def find_earlier(
    proposal: Proposal, draft: Draft, index: Index, judge: Judge
) -> tuple[EarlierRow, ...]:
    """Return our own replies that bear on the asks of a proposal, nearest first, from what
    the draft found; with the asks that they answer outright."""
    asked = {ask.order: AskContext("", ask.topic, ask.text) for ask in proposal.asks}
    bears: dict[str, dict[int, float]] = {}
    same: dict[str, set[int]] = {}
    for used in draft.evidence:
        if used.kind != "own" or used.ask not in asked:
            continue
        passage = index.passage(used.id)
        if passage is None or not passage.document.own or passage.document.kind not in _ANSWERS:
            continue
        best = bears.setdefault(passage.document.id, {})
        best[used.ask] = max(best.get(used.ask, 0.0), used.relevance or 0.0)
        if (used.relevance or 0.0) >= BAR[passage.kind]:
            said = (passage.text, f"{passage.title}。{passage.text}")
            near = judge.same([asked[used.ask]], [AskContext("", "", text) for text in said])
            if float(near.max()) >= SAME:
                same.setdefault(passage.document.id, set()).add(used.ask)
    rows = []
    for id, sure in bears.items():
        document = index.document(id)
        if document is not None:
            asks = tuple(sorted(ask for ask, value in sure.items() if value >= BAR["measure"]))
            rows.append(
                EarlierRow(
                    document=id,
                    title=document.title,
                    date=document.date,
                    asks=asks,
                    relevance=round(max(sure.values()), 3),
                    same=tuple(sorted(same.get(id, ()))),
                )
            )
    rows.sort(key=lambda r: (-len(r.same), -len(r.asks), -r.relevance))
    return tuple(rows[:_EARLIER])


def _differ(left: ListRow, right: ListRow) -> bool:
    return key_of(left.assignment) != key_of(right.assignment)


def _pairs(near: NDArray[np.float32]) -> list[tuple[int, int]]:
    import numpy as np

    return [(int(i), int(j)) for i, j in zip(*np.nonzero(near >= SAME), strict=True)]


def _pair_up(
    pairs: Sequence[tuple[float, int, int]], order: Callable[[int], int], texts: Sequence[str]
) -> tuple[Shared, ...]:
    """Return the nearest pairs in which each ask stands once, in the left proposal's order."""
    paired: set[int] = set()
    shared = []
    for nearness, one, two in sorted(pairs, key=lambda p: -p[0]):
        if one not in paired and two not in paired:
            paired |= {one, two}
            shared.append(
                Shared(order(one), order(two), texts[one], texts[two], round(nearness, 3))
            )
    return tuple(sorted(shared, key=lambda s: s.left))

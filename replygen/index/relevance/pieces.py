"""Word pieces of two texts set against each other, by the fast encoder's vectors.

A piece weighs as much as its vector is long: short for what stands in every text. Near
pieces count too (巡查 for 检查), so that a paraphrase is recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.index.encoders.fast import StaticEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: numbers, weights, vectors (n, dim) of length 1."""

    ids: NDArray[np.int64]
    weights: NDArray[np.float32]
    units: NDArray[np.float32]


Weighed = tuple["NDArray[np.int64]", "NDArray[np.float32]"]  # numbers and weights


def weigh_text(text: str, encoder: StaticEncoder) -> Weighed:
    """Return the numbers of a text's pieces, each once, and their weights."""
    import numpy as np

    weighed = encoder.weigh_pieces(text)
    ids = np.array(list(weighed), dtype=np.int64)
    return ids, np.array(list(weighed.values()), dtype=np.float32)


def cut_pieces(weighed: Weighed, encoder: StaticEncoder) -> Pieces:
    """Return the pieces with their vectors."""
    ids, weights = weighed
    return Pieces(ids, weights, encoder.read_pieces(ids))


def merge_pieces(left: Pieces, right: Pieces) -> Pieces:
    """Return the pieces of two texts together, each once."""
    import numpy as np

    ids, first = np.unique(np.concatenate([left.ids, right.ids]), return_index=True)
    weights, units = (left.weights, right.weights), (left.units, right.units)
    return Pieces(ids, np.concatenate(weights)[first], np.concatenate(units)[first])


@dataclass(frozen=True, slots=True)
class Sides:
    """Several texts that are set against others together: the numbers (ascending) and vectors
    of all their pieces, each once, and for each text the rows of its own and their weights."""

    ids: NDArray[np.int64]
    units: NDArray[np.float32]
    rows: tuple[NDArray[np.int64], ...]
    weights: tuple[NDArray[np.float32], ...]

    def set_against(self, others: Sequence[Pieces]) -> Matches:
        """Return how these texts (n) and ``others`` (m) match, by one product of matrices."""
        import numpy as np

        shape = (len(self.rows), len(others))
        full = [column for column, other in enumerate(others) if len(other.ids)]
        found = Matches(*(np.zeros(shape, dtype=np.float32) for _ in range(4)))
        if not full or not len(self.ids):
            return found
        sizes = [len(others[column].ids) for column in full]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        ids = np.concatenate([others[column].ids for column in full])
        weights = np.concatenate([others[column].weights for column in full])
        totals = _part(np.add.reduceat(weights, starts))
        near = self.units @ np.concatenate([others[column].units for column in full]).T
        best = np.maximum.reduceat(near, starts, axis=1)
        place = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        known = self.ids[place] == ids
        had = np.zeros((len(self.ids), len(full)), dtype=bool)
        had[place[known], np.repeat(np.arange(len(full)), sizes)[known]] = True
        for row, (rows, own) in enumerate(zip(self.rows, self.weights, strict=True)):
            if not len(rows):
                continue
            whole = float(own.sum()) or np.inf
            inside = np.zeros(len(self.ids), dtype=bool)
            inside[rows] = True
            found.near[row, full] = own @ best[rows] / whole
            found.shared[row, full] = own @ had[rows] / whole
            back, told = near[rows].max(axis=0), inside[place] & known
            found.near_back[row, full] = np.add.reduceat(back * weights, starts) / totals
            found.shared_back[row, full] = np.add.reduceat(told * weights, starts) / totals
        return found


@dataclass(frozen=True, slots=True)
class Matches:
    """How n texts match m others, each (n, m) in about 0..1, as weighted means: how near the
    pieces of the text are to the nearest ones of the other, and which share of them the other
    has; ``…_back`` the other way round. 0 where one has no pieces."""

    near: NDArray[np.float32]
    near_back: NDArray[np.float32]
    shared: NDArray[np.float32]
    shared_back: NDArray[np.float32]


def _part(totals: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what to divide by: nothing is a share of nothing."""
    import numpy as np

    return np.where(totals > 0, totals, np.inf).astype(np.float32)


def join_sides(texts: Sequence[Pieces]) -> Sides:
    """Return the texts as one side."""
    import numpy as np

    ids = np.concatenate([text.ids for text in texts])
    units = np.concatenate([text.units for text in texts])
    known, first = np.unique(ids, return_index=True)
    return Sides(
        ids=known,
        units=units[first],
        rows=tuple(np.searchsorted(known, text.ids) for text in texts),
        weights=tuple(text.weights for text in texts),
    )


def align(left: Pieces, right: Pieces) -> tuple[float, float]:
    """Return how near the pieces of ``left`` are to the nearest ones of ``right``, and the
    other way round, as weighted means in about 0..1; 0 where one has none."""
    if not len(left.ids) or not len(right.ids):
        return 0.0, 0.0
    near = left.units @ right.units.T
    return _average(near.max(axis=1), left.weights), _average(near.max(axis=0), right.weights)


def share(pieces: Pieces, *others: Pieces) -> float:
    """Return the weighted share (0..1) of a text's pieces that one of ``others`` has."""
    import numpy as np

    there = np.isin(pieces.ids, np.concatenate([other.ids for other in others]))
    return _average(there.astype(np.float32), pieces.weights)


def _average(values: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 0.0

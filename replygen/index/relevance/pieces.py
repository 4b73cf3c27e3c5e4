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


def cut_pieces(text: str, encoder: StaticEncoder) -> Pieces:
    """Return the pieces of a text, each once."""
    import numpy as np

    weighed = encoder.weigh_pieces(text)
    return Pieces(
        ids=np.array(list(weighed), dtype=np.int64),
        weights=np.array(list(weighed.values()), dtype=np.float32),
        units=encoder.read_pieces(list(weighed)),
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """Several texts that are set against others together: the vectors of all their pieces,
    each once, and for each text the rows of its own and their weights."""

    units: NDArray[np.float32]
    rows: tuple[NDArray[np.int64], ...]
    weights: tuple[NDArray[np.float32], ...]

    def align(self, right: Pieces) -> list[tuple[float, float]]:
        """Return :func:`align` of each text with ``right``, by one product of matrices."""
        if not len(right.ids):
            return [(0.0, 0.0)] * len(self.rows)
        near = self.units @ right.units.T
        best = near.max(axis=1)
        return [
            (_average(best[rows], weights), _average(near[rows].max(axis=0), right.weights))
            if len(rows)
            else (0.0, 0.0)
            for rows, weights in zip(self.rows, self.weights, strict=True)
        ]


def join_sides(texts: Sequence[Pieces]) -> Sides:
    """Return the texts as one side."""
    import numpy as np

    ids = np.concatenate([text.ids for text in texts])
    units = np.concatenate([text.units for text in texts])
    known, first = np.unique(ids, return_index=True)
    return Sides(
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

"""Word pieces of two texts set against each other, by the fast encoder's vectors.

A piece weighs as much as its vector is long: short for what stands in every text. Near
pieces count too (巡查 for 检查), so that a paraphrase is recognised.
"""

from __future__ import annotations

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

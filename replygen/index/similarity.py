"""Candidates for near copies by a 64-bit simhash; language/copies decides.

A signature that is one integer fits in a column of the store and needs no index of its
own; datasketch's MinHash costs 0.8 s to import and a table of bands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from replygen.index.grams import hash_grams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HAMMING = 12  # bits of 64 in which near-copies differ at most
SUSPECTS = 20
_NOISE = re.compile(r"[\W\d_]+")


def simhash(text: str) -> int:
    """Return the simhash over character 3-grams as a signed 64-bit integer (as SQLite
    keeps it); texts that share most of their 3-grams differ in few bits."""
    import numpy as np

    _, hashes = hash_grams([_NOISE.sub("", text)], (3,))
    hashes = np.sort(hashes)  # np.unique of 64-bit numbers takes ten times as long
    hashes = hashes[np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(hashes)]]
    bits = np.unpackbits(hashes.view(np.uint8).reshape(-1, 8), axis=1)
    votes = bits.sum(axis=0, dtype=np.int64) * 2 > len(hashes)
    return int(np.packbits(votes).view(np.int64)[0])


class Signatures:
    """The signatures of all documents in memory, so that an addition reads only those
    that came since. ``last`` is the highest row seen."""

    def __init__(self) -> None:
        self.last = 0
        self._ids: list[str] = []
        self._values: NDArray[np.int64] | None = None

    def extend(self, rows: Sequence[tuple[int, str, int]]) -> None:
        """Take (row, document id, simhash) of documents after ``last``, ascending."""
        import numpy as np

        if not rows:
            return
        self.last = rows[-1][0]
        self._ids.extend(row[1] for row in rows)
        fresh = np.array([row[2] for row in rows], dtype=np.int64)
        self._values = fresh if self._values is None else np.concatenate([self._values, fresh])

    def find(self, signature: int) -> list[str]:
        """Return the ids of possible near-copies, nearest first. A document that was
        deleted since may be among them."""
        import numpy as np

        if self._values is None:
            return []
        other = self._values ^ np.int64(signature)
        bits = _count_bits(other)
        near = np.flatnonzero(bits <= HAMMING)
        return [self._ids[i] for i in near[np.argsort(bits[near], kind="stable")][:SUSPECTS]]


def _count_bits(values: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    """Return how many bits of each value are set."""
    import numpy as np

    if hasattr(np, "bitwise_count"):  # numpy 2; 40 times as fast
        counts: NDArray[np.uint8] = np.bitwise_count(values.view(np.uint64))
        return counts
    bits: NDArray[np.uint64] = np.unpackbits(values.view(np.uint8).reshape(-1, 8), axis=1).sum(
        axis=1
    )
    return bits

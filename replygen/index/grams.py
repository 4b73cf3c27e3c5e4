"""Character n-grams of many texts at once, as hashed numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEPARATOR = 0  # stands between texts; an n-gram that holds it is dropped


def hash_grams(
    texts: Sequence[str], sizes: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return, for every character n-gram of every text, the number of its text and its
    64-bit hash; both arrays have one entry a gram, in no useful order."""
    import numpy as np

    joined = "\0".join(t.replace("\0", " ") for t in texts) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    owner = np.cumsum(codes == _SEPARATOR).astype(np.int64)
    rows, hashes = [], []
    for size in sizes:
        if len(codes) < size:
            continue
        count = len(codes) - size + 1
        gram = np.full(count, size, dtype=np.uint64)
        whole = np.ones(count, dtype=bool)
        for offset in range(size):
            part = codes[offset : offset + count]
            gram = (gram << np.uint64(21)) ^ (gram >> np.uint64(43)) ^ part
            whole &= part != _SEPARATOR
        rows.append(owner[:count][whole])
        hashes.append(mix_bits(gram[whole]))
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    return np.concatenate(rows), np.concatenate(hashes)


def mix_bits(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the splitmix64 hash of each value (Steele et al. 2014)."""
    import numpy as np

    mixed: NDArray[np.uint64] = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed

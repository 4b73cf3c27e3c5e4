"""The encoder that needs no files: hashed characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from replygen.index.encoders.encoder import TextKind
from replygen.index.grams import hash_grams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class HashEncoder:
    """Vectors of hashed character 1- to 3-grams with damped counts (1 + ln tf).

    It is LEXICAL, not semantic: two texts are near when they share characters, so it
    tolerates other word order and spelling but knows no synonyms. It needs no files, for
    where the shipped encoders cannot be loaded, and for tests.
    """

    name = "hash-1024-v1"
    dim = 1024
    _sizes = (1, 2, 3)
    _weights = (0.35, 1.0, 0.7)  # single characters say little, 3-grams are sparse
    _batch = 512

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return float32 vectors of shape (len(texts), 1024); both kinds alike."""
        import numpy as np

        parts = [
            self._encode_batch(texts[i : i + self._batch])
            for i in range(0, len(texts), self._batch)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, self.dim), dtype=np.float32)

    def _encode_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        total = np.zeros(len(texts) * self.dim, dtype=np.float64)
        for size, weight in zip(self._sizes, self._weights, strict=True):
            rows, hashes = hash_grams(texts, (size,))
            # 2^44 different grams a text are enough to keep counts apart
            keys = (rows.astype(np.uint64) << np.uint64(44)) | (hashes >> np.uint64(20))
            keys, counts = np.unique(keys, return_counts=True)
            rows = (keys >> np.uint64(44)).astype(np.int64)
            buckets = (keys & np.uint64(self.dim - 1)).astype(np.int64)
            signs = ((keys >> np.uint64(11)) & np.uint64(1)).astype(np.float64) * 2 - 1
            values = signs * weight * (1 + np.log(counts))
            total += np.bincount(rows * self.dim + buckets, values, minlength=len(total))
        vectors = total.reshape(len(texts), self.dim)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit

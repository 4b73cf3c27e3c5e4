"""Vectors in the package: the slow encoder's, of all national laws and the sample corpus.

Encoding 26,196 articles takes a quarter of an hour of two cores; reading them here takes a
second. Kept are the principal components in one uniform step (0.006), as int8, column by
column, so that deflate gives those of little variance few bits. Size of the codes and how
far a vector is off (1 - cosine, mean), measured on the vectors of replygen-e5-small-zh-v3:

=======================  =======  ======
step 0.004               6.5 MB   .00025
step 0.006               5.8 MB   .00057
step 0.012               4.5 MB   .0023
step 0.020               3.6 MB   .0063
256 components, int8     5.9 MB   .0153
384 numbers, int8        8.8 MB   .00002
=======================  =======  ======

Lay questions whose articles are among the national laws (563 of STARD's half), default
ranking: R@10 .6950 with the exact vectors, .6960 with these, R@100 .9044 with both; slow
vectors alone .6863 and .6848, .9066 with both.

A vector is found by its encoder and the hash of the text that was encoded, so a file of
another encoder, or of laws that have changed since, gives nothing false.
``tools/ship_vectors.py`` makes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

from replygen.errors import SettingsError
from replygen.index.encoders.encoder import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "data" / "law_vectors.npz"
_STEP = 0.006
_HASH_BYTES = 8  # of SHA-256; two of 26,196 texts are alike by chance once in 10^10 files


class Codec(NamedTuple):
    """How vectors become small numbers: ``mean`` (dim) and ``basis`` (dim, dim), its columns
    the principal components, that of the largest variance first."""

    mean: NDArray[np.float32]
    basis: NDArray[np.float32]

    @classmethod
    def learn(cls, vectors: NDArray[np.float32]) -> Codec:
        """Return the codec of vectors (n, dim)."""
        import numpy as np

        mean = vectors.mean(axis=0)
        _, basis = np.linalg.eigh(np.cov((vectors - mean).T))
        return cls(mean, np.ascontiguousarray(basis[:, ::-1], dtype=np.float32))

    def encode(self, vectors: NDArray[np.float32]) -> NDArray[np.int8]:
        """Return the vectors in steps, (n, dim)."""
        import numpy as np

        steps = np.rint((vectors - self.mean) @ self.basis / _STEP)
        codes: NDArray[np.int8] = np.clip(steps, -127, 127).astype(np.int8)
        return codes

    def decode(self, codes: NDArray[np.int8]) -> NDArray[np.float32]:
        """Return float32 vectors (n, dim), each of length 1."""
        import numpy as np

        vectors = codes.astype(np.float32) * np.float32(_STEP) @ self.basis.T + self.mean
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class ShippedVectors:
    """The vectors of one file. ``encoder`` is the name of the encoder that made them."""

    def __init__(self, path: Path = FILE) -> None:
        """Read the file. Raises SettingsError where it is missing or damaged."""
        import numpy as np

        try:
            with np.load(path) as found:
                self.encoder = str(found["encoder"])
                self.codec = Codec(found["mean"], found["basis"])
                self._hashes: NDArray[np.uint64] = found["hashes"]
                self._codes: NDArray[np.int8] = found["codes"]
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise SettingsError(f"随软件带的法条向量打不开：{path}，请重新安装") from error

    def __len__(self) -> int:
        """Return the number of vectors."""
        return len(self._hashes)

    def take(self, texts: Mapping[int, str]) -> tuple[list[int], NDArray[np.float32]]:
        """Return the rows of those ``texts`` (by row) whose vectors are here, and the
        vectors, (n, dim) float32 of length 1."""
        import numpy as np

        there, codes = self.find(hash_texts(list(texts.values())))
        rows = np.array(list(texts), dtype=np.int64)[there]
        return rows.tolist(), self.codec.decode(codes)

    def find(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], NDArray[np.int8]]:
        """Return which of the texts with these hashes are here (n), and their codes."""
        import numpy as np

        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self) - 1)
        there: NDArray[np.bool_] = self._hashes[at] == hashes
        return there, self._codes[at[there]]


def write_shipped(
    path: Path,
    encoder: str,
    hashes: NDArray[np.uint64],
    vectors: NDArray[np.float32],
    *,
    keep: ShippedVectors | None = None,
) -> None:
    """Write a file for :class:`ShippedVectors` of the texts with these ``hashes``, all
    different: what ``keep`` has of them stays as it is, the others have the ``vectors``
    (m, dim), in the order of the hashes."""
    import numpy as np

    codec = Codec.learn(vectors) if keep is None else keep.codec
    codes = np.empty((len(hashes), len(codec.mean)), dtype=np.int8)
    there = np.zeros(len(hashes), dtype=bool)
    if keep is not None:
        there, kept = keep.find(hashes)
        codes[there] = kept
    codes[~there] = codec.encode(vectors)
    order = np.argsort(hashes)
    np.savez_compressed(
        path,
        encoder=np.array(encoder),
        hashes=hashes[order],
        codes=np.asfortranarray(codes[order]),
        basis=codec.basis,
        mean=codec.mean,
    )


def hash_texts(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return a hash of each text that was or is to be encoded."""
    import numpy as np

    parts = [hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in texts]
    return np.frombuffer(b"".join(part[:_HASH_BYTES] for part in parts), dtype="<u8")


@lru_cache(maxsize=1)
def load_shipped(encoder: str) -> ShippedVectors | None:
    """Return the shipped vectors of an encoder, None when those in the package are of
    another one or there are none. Raises SettingsError for a damaged file."""
    shipped = ShippedVectors(FILE) if FILE.is_file() else None
    return shipped if shipped is not None and shipped.encoder == encoder else None


def encode_passages(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of passages, (n, dim): the shipped ones, the others made now. Raises
    SettingsError."""
    import numpy as np

    shipped = load_shipped(encoder.name)
    if shipped is None:
        return encoder.encode(texts, kind="passage")
    rows, found = shipped.take(dict(enumerate(texts)))
    left = sorted(set(range(len(texts))) - set(rows))
    vectors = np.empty((len(texts), encoder.dim), dtype=np.float32)
    vectors[rows] = found
    vectors[left] = encoder.encode([texts[n] for n in left], kind="passage")
    return vectors

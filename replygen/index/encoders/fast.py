"""The fast encoder in the package: a vector a word piece, weighed and summed.

It knows no order of words, so it is less exact than the transformer in ``model``, from
which it learned; but a text costs little more than its splitting into pieces, so that new
passages are searchable at once. How it was made: ``static/MODEL_CARD.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.errors import SettingsError
from replygen.index.encoders.encoder import TextKind
from replygen.index.encoders.semantic import MODEL, read_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STATIC = Path(__file__).with_name("static")
FILE = "vectors.npz"
_BATCH = 256  # texts split into pieces at once


class StaticEncoder:
    """The fast encoder that is shipped: 256 numbers a text, queries and passages alike."""

    name = "replygen-static-zh-v1"
    dim = 256

    def __init__(self, folder: Path = STATIC, *, pieces: Path = MODEL / "tokenizer.json") -> None:
        """Load the vectors (``vectors`` int8, ``scales`` float32, a row a piece) and the
        tokenizer that numbers the pieces. Raises SettingsError where one is missing or
        they do not belong together."""
        import numpy as np

        try:
            self._tokenizer = read_tokenizer(pieces)
            with np.load(folder / FILE) as found:
                table = found["vectors"] * found["scales"][:, None]
        except Exception as error:  # tokenizers raises bare exceptions of its own
            raise SettingsError(
                f'快速编码器的文件打不开：{folder}，请重新安装，或改用 encoder = "hash"'
            ) from error
        if table.shape != (self._tokenizer.get_vocab_size(), self.dim):
            raise SettingsError(f"快速编码器与词表不配套：{folder}，请重新安装")
        self._table: NDArray[np.float32] = table.astype(np.float32)
        self._weights: NDArray[np.float32] = np.linalg.norm(self._table, axis=1)

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return float32 vectors of shape (len(texts), dim), each of length 1, or 0 for a
        text without a known piece; both kinds alike."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            lines = self._split(texts[start : start + _BATCH])
            for row, (ids, counts) in enumerate(lines, start):
                vectors[row] = damp(counts) @ self._table[ids]
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-9)
        return unit

    def weigh_pieces(self, text: str) -> dict[int, float]:
        """Return the word pieces of a text by number, each with its weight: the length of
        its vector, which is short for what stands in every text."""
        found = list(set(self._tokenizer.encode(text, add_special_tokens=False).ids))
        return dict(zip(found, self._weights[found].tolist(), strict=True))

    def read_pieces(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of pieces, (n, dim), each of length 1 (or 0)."""
        import numpy as np

        lengths = np.maximum(self._weights[pieces], 1e-9)[:, None]
        unit: NDArray[np.float32] = (self._table[pieces] / lengths).astype(np.float32)
        return unit

    def _split(self, texts: Sequence[str]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        import numpy as np

        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lines = [np.unique(np.asarray(e.ids, np.int64), return_counts=True) for e in found]
        return [(ids, counts) for ids, counts in lines]


def damp(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how much a piece weighs that a text has so often: 1 + ln n."""
    import numpy as np

    weights: NDArray[np.float32] = (1 + np.log(counts)).astype(np.float32)
    return weights

"""The encoder's Protocol, and the one that needs no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol

from replygen.search.grams import hash_grams
from replygen.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TextKind = Literal["query", "passage"]
DEFAULT_ENCODER = Settings().encoder  # what the commands and the page use unless told
_FAST = "static"  # makes passages searchable at once
_FAST_NAMES = ("hash", "hash-1024-v1", "static")


class Encoder(Protocol):
    """Turns texts into vectors.

    ``name`` changes whenever the vectors would: the store keeps vectors by it. ``dim``
    is the vectors' length.
    """

    @property
    def name(self) -> str:
        """The name that vectors of this encoder are kept under."""

    @property
    def dim(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return float32 vectors of shape (len(texts), dim), each of length 1 (or 0 for
        a text without a single character)."""


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


class LazyEncoder:
    """An encoder whose name is known and whose files are read at its first text."""

    def __init__(self, name: str, dim: int, load: Callable[[], Encoder]) -> None:
        self.name = name
        self.dim = dim
        self._load = load
        self._loaded: Encoder | None = None
        self._loading = Lock()

    def load(self) -> Encoder:
        """Return the encoder itself. Raises SettingsError."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return the encoder's vectors. Raises SettingsError when it cannot be loaded."""
        return self.load().encode(texts, kind=kind)


def load_encoder(name: str) -> Encoder:
    """Return the encoder called ``name``: ``hash``, ``replygen`` (the shipped semantic
    one) or ``static`` (the shipped fast one), both loaded at their first text, or the
    folder or name of a sentence-transformers model. Raises SettingsError when it cannot
    be loaded."""
    if name in ("hash", HashEncoder.name):
        return HashEncoder()
    if name == "replygen":
        from replygen.search.local_encoder import LocalEncoder

        return LazyEncoder(LocalEncoder.name, LocalEncoder.dim, LocalEncoder)
    if name == "static":
        from replygen.search.static_encoder import StaticEncoder

        return LazyEncoder(StaticEncoder.name, StaticEncoder.dim, StaticEncoder)
    from replygen.search.transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)


def load_stages(name: str) -> tuple[Encoder, Encoder | None]:
    """Return the fast and the slow encoder that the setting ``name`` stands for. A fast
    one (``hash``, ``static``) alone makes an index of one stage; any other name is the
    slow encoder, with ``static`` before it. Raises SettingsError."""
    found = load_encoder(name)
    if name in _FAST_NAMES:
        return found, None
    return load_encoder(_FAST), found

"""The name of an encoder -> the encoder, its files read at the first text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from replygen.index.encoders.encoder import Encoder, TextKind
from replygen.index.encoders.hashed import HashEncoder
from replygen.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_ENCODER = Settings().encoder  # what the commands and the page use unless told
_FAST = "static"  # makes passages searchable at once
_FAST_NAMES = ("hash", "hash-1024-v1", "static")
_ASKED = 64  # queries whose vectors are remembered


class LazyEncoder:
    """An encoder whose name is known and whose files are read at its first text."""

    def __init__(self, name: str, dim: int, load: Callable[[], Encoder]) -> None:
        self.name = name
        self.dim = dim
        self._load = load
        self._loaded: Encoder | None = None
        self._loading = Lock()
        self._asked: dict[str, NDArray[np.float32]] = {}  # the last queries' vectors

    def load(self) -> Encoder:
        """Return the encoder itself. Raises SettingsError."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """Return the encoder's vectors. What was asked last is remembered: a query is
        searched among several kinds, then judged. Raises SettingsError when the encoder
        cannot be loaded."""
        if kind != "query" or len(texts) != 1:
            return self.load().encode(texts, kind=kind)
        (text,) = texts
        vector = self._asked.get(text)
        if vector is None:
            vector = self.load().encode(texts, kind=kind)
            if len(self._asked) >= _ASKED:
                self._asked = {}
            self._asked[text] = vector
        copy: NDArray[np.float32] = vector.copy()
        return copy


def load_encoder(name: str) -> Encoder:
    """Return the encoder called ``name``: ``hash``, ``replygen`` (the shipped semantic
    one) or ``static`` (the shipped fast one), both loaded at their first text, or the
    folder or name of a sentence-transformers model. Raises SettingsError when it cannot
    be loaded."""
    if name in ("hash", HashEncoder.name):
        return HashEncoder()
    if name == "replygen":
        from replygen.index.encoders.semantic import LocalEncoder

        return LazyEncoder(LocalEncoder.name, LocalEncoder.dim, LocalEncoder)
    if name == "static":
        from replygen.index.encoders.fast import StaticEncoder

        return LazyEncoder(StaticEncoder.name, StaticEncoder.dim, StaticEncoder)
    from replygen.index.encoders.transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)


def load_stages(name: str) -> tuple[Encoder, Encoder | None]:
    """Return the fast and the slow encoder that the setting ``name`` stands for. A fast
    one (``hash``, ``static``) alone makes an index of one stage; any other name is the
    slow encoder, with ``static`` before it. Raises SettingsError."""
    found = load_encoder(name)
    if name in _FAST_NAMES:
        return found, None
    return load_encoder(_FAST), found

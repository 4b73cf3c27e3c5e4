"""The encoder's Protocol: what every encoder is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TextKind = Literal["query", "passage"]


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

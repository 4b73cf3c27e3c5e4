"""What speaks for one text taking up the matter of another, in figures.

By the fast encoder alone: a whole letter is compared, each paragraph with each demand. A
long text is also read sentence by sentence.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.index.encoders.fast import StaticEncoder
from replygen.index.relevance.pieces import Pieces, align, cut_pieces, share, weigh_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SENTENCE = re.compile(r"[。；;！？\n]")
_SHORT = 8  # letters of a sentence that is worth comparing
_MOST = 12  # sentences of a text


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is compared: its pieces and its fast vectors (the whole text's first,
    then its sentences')."""

    length: int
    pieces: Pieces
    vectors: NDArray[np.float32]


def read_text(text: str, encoder: StaticEncoder) -> Text:
    """Return a text as it is compared."""
    sentences = [s for s in map(str.strip, _SENTENCE.split(text)) if len(s) >= _SHORT]
    parts = [text, *sentences[:_MOST]] if len(sentences) > 1 else [text]
    return Text(
        len(text),
        cut_pieces(weigh_text(text, encoder), encoder),
        encoder.encode(parts, kind="query"),
    )


def compare_texts(left: Text, right: Text) -> dict[str, float]:
    """Return the signals of a pair of texts, ``left`` being the one whose matter is looked
    for."""
    cosines = right.vectors @ left.vectors[0]
    near, near_back = align(left.pieces, right.pieces)
    return {
        "whole": float(cosines[0]),
        "sentence": float(cosines.max()),
        "shared": share(left.pieces, right.pieces),
        "shared_back": share(right.pieces, left.pieces),
        "near": near,
        "near_back": near_back,
        "left_length": math.log(left.length + 1),
        "right_length": math.log(right.length + 1),
    }

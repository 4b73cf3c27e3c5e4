"""Which records the encoders were trained on, and which nobody trained with."""

from __future__ import annotations

import hashlib
from typing import Literal

Split = Literal["train", "dev", "test"]


def place(id: str) -> Split:
    """Return where the record belongs: a third to test, a fifteenth to dev."""
    number = int(hashlib.sha256(f"replygen:{id}".encode()).hexdigest()[:8], 16)
    if number % 3 == 0:
        return "test"
    return "dev" if number // 3 % 10 == 0 else "train"

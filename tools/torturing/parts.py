"""What a part of the torture says: how often, what went wrong, the figures."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Part:
    """``tried`` counts the trials, ``faults`` has one line for each that went wrong."""

    name: str
    tried: int = 0
    faults: list[str] = field(default_factory=list)
    figures: dict[str, float | int | str] = field(default_factory=dict)

    def expect(self, holds: bool, fault: str) -> None:
        """Note ``fault`` where something does not hold."""
        if not holds:
            self.faults.append(fault)

    def show(self) -> dict[str, object]:
        """Return the part as JSON holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Wish:
    """How much is asked for."""

    seed: int
    kills: int
    files: int
    minutes: float
    users: int = 4

    def draw(self, part: str) -> random.Random:
        """Return the random numbers of a part: the same whatever other parts run."""
        return random.Random(f"{self.seed}-{part}")


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder that is removed afterwards."""
    folder = Path(mkdtemp(prefix="replygen-torture-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def python(*arguments: str) -> list[str]:
    """Return the command that runs a module of this checkout."""
    return [sys.executable, *arguments]


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which this checkout is found, and nobody's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("REPLYGEN_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **more}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the values lie; 0.0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

"""The weights of the judge: signals by name -> a calibrated probability.

``data/relevance.json`` is made by ``python -m training.judging``
from graded pairs; it says on how many and with what result.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "data"
WEIGHTS, REFERENCES = "relevance.json", "relevance.npz"


@dataclass(frozen=True, slots=True)
class Weight:
    """How one signal counts: ``weight`` times how far it is from ``mean``, in ``scale``."""

    mean: float
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: the weights of the signals by name, and its bias. ``bar`` is
    the probability from which what it judges is used."""

    weights: Mapping[str, Weight]
    bias: float
    bar: float

    def judge(self, signals: Mapping[str, float]) -> float:
        """Return the probability, 0..1; a signal that is missing says nothing."""
        total = self.bias + sum(
            w.weight * (signals.get(name, w.mean) - w.mean) / w.scale
            for name, w in self.weights.items()
        )
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_models(path: Path = DATA / WEIGHTS) -> Mapping[str, Model]:
    """Return the shipped models by name: ``article``, ``measure``, ``alike``."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: _read_model(entry) for name, entry in found["models"].items()}


def read_note(path: Path = DATA / WEIGHTS) -> dict[str, Any]:
    """Return how the shipped models were made: curves of cross-validation by model."""
    note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["made"]
    return note


def _read_model(entry: Mapping[str, Any]) -> Model:
    weights = {name: Weight(*numbers) for name, numbers in entry["weights"].items()}
    return Model(weights, float(entry["bias"]), float(entry["bar"]))


def write_models(models: Mapping[str, Model], note: Mapping[str, Any], path: Path) -> None:
    """Write the models with a note of how they were made."""
    entries = {
        name: {
            "bar": round(model.bar, 3),
            "bias": round(model.bias, 4),
            "weights": {
                key: [round(w.mean, 4), round(w.scale, 4), round(w.weight, 4)]
                for key, w in model.weights.items()
            },
        }
        for name, model in models.items()
    }
    text = json.dumps({"made": note, "models": entries}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


@cache
def load_references(path: Path = DATA / REFERENCES) -> tuple[NDArray[np.float32], Sequence[str]]:
    """Return the vectors of the reference asks, (n, dim), and the proposal of each."""
    import numpy as np

    with np.load(path) as found:
        vectors = found["vectors"].astype(np.float32) * found["scales"][:, None]
        return vectors, tuple(str(name) for name in found["proposals"])

"""The making of the judge of relevance: judgments by reading -> its weights.

``python -m training.judging --data ../shared/data --index DIR`` fits
``index/data/relevance.json`` and ``relevance.npz``. The judgments (data/judgments.tsv) name
an ask by its place in the proposal and a passage by a hash; their texts come from the data
and from an index of laws, rules, letters and the sample corpus.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.evaluation.relevance import Curve, Pair, draw_curve, group_asks, read_judgments
from replygen.index import Index, open_index
from replygen.index.encoders.semantic import LocalEncoder
from replygen.index.relevance import Judge
from replygen.index.relevance.model import (
    DATA,
    REFERENCES,
    WEIGHTS,
    Model,
    Weight,
    load_models,
    read_note,
    write_models,
)
from replygen.index.relevance.signals import Signals
from replygen.models import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("article", "measure")
FOLDS, SHUFFLES = 8, 3
PENALTY = 300.0  # of the squared weights; 100 to 600 do alike in cross-validation
# Precision in cross-validation from which a passage is used: lower, and too much is struck
# out by the clerk; higher, and hardly anything is left.
WANTED = {"article": 0.75, "measure": 0.5}
_STEPS = 40  # of Newton's method


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs of one kind with their signals: ``values`` is (n, signals) float64."""

    names: tuple[str, ...]
    values: NDArray[np.float64]
    useful: NDArray[np.bool_]
    proposals: tuple[str, ...]

    def take(self, chosen: NDArray[np.bool_]) -> Sample:
        """Return the chosen pairs."""
        kept = tuple(p for p, c in zip(self.proposals, chosen, strict=True) if c)
        return Sample(self.names, self.values[chosen], self.useful[chosen], kept)


def fit(sample: Sample, *, penalty: float = PENALTY, bar: float = 0.5) -> Model:
    """Return a logistic regression on standardised signals, with a ridge penalty."""
    import numpy as np

    mean, scale = sample.values.mean(axis=0), sample.values.std(axis=0)
    scale = np.where(scale < 1e-6, 1.0, scale)
    x = np.hstack([(sample.values - mean) / scale, np.ones((len(sample.useful), 1))])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 0.0  # the bias is free
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - sample.useful) + ridge * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    named = zip(sample.names, mean, scale, weights[:-1], strict=True)
    found = {name: Weight(float(m), float(s), float(w)) for name, m, s, w in named}
    return Model(found, float(weights[-1]), bar)


def judge_sample(model: Model, sample: Sample) -> NDArray[np.float64]:
    """Return the model's probabilities for a sample."""
    import numpy as np

    rows = (dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist())
    return np.array([model.judge(row) for row in rows])


def cross_validate(sample: Sample, *, penalty: float = PENALTY) -> NDArray[np.float64]:
    """Return for each pair the mean probability of models that never saw its proposal."""
    import numpy as np

    total = np.zeros(len(sample.useful))
    for fold in _split(sample.proposals):
        total[fold] += judge_sample(fit(sample.take(~fold), penalty=penalty), sample.take(fold))
    return total / SHUFFLES


def _split(proposals: Sequence[str]) -> Iterator[NDArray[np.bool_]]:
    import numpy as np

    names = np.array(proposals)
    for seed in range(SHUFFLES):
        order = np.random.default_rng(seed).permutation(sorted(set(proposals)))
        for part in range(FOLDS):
            yield np.isin(names, order[part::FOLDS])


def choose_bar(useful: NDArray[np.bool_], scores: NDArray[np.float64], wanted: float) -> float:
    """Return the lowest probability from which the precision is ``wanted`` all the way up."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    precision = np.cumsum(useful[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(precision >= wanted)[0]
    return float(scores[order[enough[-1]]]) if len(enough) else float(scores.max())


def measure_signals(pairs: Sequence[Pair], judge: Judge) -> list[Signals]:
    """Return the signals of pairs; an ask's own proposal is no reference for it."""
    found: list[Signals] = [{} for _ in pairs]
    for places in group_asks(pairs):
        first = pairs[places[0]]
        hits = [Hit(pairs[i].passage, 0.0, ()) for i in places]
        signals = judge.weigh(first.ask_context, hits, apart_from=first.proposal)
        for place, values in zip(places, signals, strict=True):
            found[place] = values
    return found


def collect(kind: str, pairs: Sequence[Pair], signals: Sequence[Signals]) -> Sample:
    """Return the pairs of one kind as a sample."""
    import numpy as np

    chosen = [i for i, pair in enumerate(pairs) if pair.passage.kind == kind]
    names = tuple(sorted({name for i in chosen for name in signals[i]}))
    values = np.array([[signals[i].get(name, 0.0) for name in names] for i in chosen])
    useful = np.array([pairs[i].useful for i in chosen])
    return Sample(names, values, useful, tuple(pairs[i].proposal for i in chosen))


def write_references(pairs: Sequence[Pair], path: Path) -> None:
    """Write the vectors of the asks (int8 with a scale each) and their proposals."""
    import numpy as np

    asks = dict.fromkeys((pair.proposal, pair.ask_context) for pair in pairs)
    vectors = LocalEncoder().encode([ask_context.query for _, ask_context in asks], kind="query")
    scales = np.abs(vectors).max(axis=1) / 127
    np.savez_compressed(
        path,
        vectors=np.rint(vectors / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        proposals=np.array([proposal for proposal, _ in asks]),
    )


def make(data: Path, index: Index, wanted: Mapping[str, float]) -> dict[str, Curve]:
    """Fit the weights and write them; return the curves of cross-validation by kind."""
    pairs = read_judgments(data, index)
    write_references(pairs, DATA / REFERENCES)
    signals = measure_signals(pairs, Judge(index))
    models, curves, note = dict(load_models()), dict[str, Curve](), read_note()
    for kind in KINDS:
        sample = collect(kind, pairs, signals)
        scores = cross_validate(sample)
        bar = choose_bar(sample.useful, scores, wanted[kind])
        models[kind] = fit(sample, bar=round(bar, 3))
        curves[kind] = draw_curve(sample.useful.tolist(), scores.tolist(), round(bar, 3))
        note[kind] = curves[kind].to_json()
    write_models(models, note, DATA / WEIGHTS)
    return curves


def main() -> None:
    """Make the weights from the command line."""
    parser = argparse.ArgumentParser(description="由评过级的“建议—材料”拟合相关性的判断")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    with open_index(options.index) as index:
        for kind, curve in make(options.data, index, WANTED).items():
            sys.stdout.write(f"{kind} {curve.to_json()}\n")


if __name__ == "__main__":
    main()

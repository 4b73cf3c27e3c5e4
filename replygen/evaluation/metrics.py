"""Retrieval measures over ranked labels, with bootstrap intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

NAMES = ("R@1", "R@5", "R@10", "R@100", "MRR@10", "nDCG@10")
_ROUNDS = 1000
_SEED = 20261121


def measure_query(ranked: Sequence[str], gold: Sequence[str]) -> dict[str, float]:
    """Return the measures of one query, each in 0..1: R@k is the share of ``gold``
    among the first k, MRR@10 one over the rank of the first of them, nDCG@10 with
    gains of 0 and 1."""
    wanted = set(gold)
    places = [rank for rank, label in enumerate(ranked) if label in wanted]
    found = {f"R@{k}": sum(p < k for p in places) / len(wanted) for k in (1, 5, 10, 100)}
    first = places[0] if places else 10
    gain = sum(1 / math.log2(p + 2) for p in places if p < 10)
    ideal = sum(1 / math.log2(p + 2) for p in range(min(10, len(wanted))))
    return {**found, "MRR@10": 1 / (first + 1) if first < 10 else 0.0, "nDCG@10": gain / ideal}


def average(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of every measure over the queries."""
    return {name: sum(row[name] for row in rows) / len(rows) for name in NAMES}


def bootstrap(rows: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of every mean: the percentiles 2.5 and 97.5 over 1,000
    resamplings of the queries, with a fixed seed."""
    import numpy as np

    table = np.array([[row[name] for name in NAMES] for row in rows])
    random = np.random.default_rng(_SEED)
    means = np.stack(
        [table[random.integers(0, len(table), len(table))].mean(axis=0) for _ in range(_ROUNDS)]
    )
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return {name: (float(low[i]), float(high[i])) for i, name in enumerate(NAMES)}

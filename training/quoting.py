"""The making of what is signed: quotations of articles that were read -> their weights.

``python -m training.quoting`` fits the model ``clause`` of ``index/data/relevance.json`` on
``evaluation/data/quotations.tsv``, which holds the signals of each quotation, no text.
"""

from __future__ import annotations

import sys

from replygen.evaluation.relevance import draw_curve
from replygen.evaluation.tables import read_table
from replygen.index.relevance.model import DATA, WEIGHTS, load_models, read_note, write_models
from training.judging import Sample, cross_validate, fit

SIGNALS = ("bears", "meaning", "topic", "length")
PENALTY = 20.0
BAR = 0.55  # above it 72 % are kept as they are and 6 % struck out; higher, no better
_KEPT = 3


def read_quotations() -> Sample:
    """Return the quotations that were read; useful is one that is kept as it is."""
    import numpy as np

    rows = read_table("quotations.tsv")
    return Sample(
        SIGNALS,
        np.array([[float(value) for value in row[4:]] for row in rows]),
        np.array([int(row[3]) >= _KEPT for row in rows]),
        tuple(row[0] for row in rows),
    )


def main() -> None:
    """Make the weights from the command line."""
    sample = read_quotations()
    curve = draw_curve(
        sample.useful.tolist(), cross_validate(sample, penalty=PENALTY).tolist(), BAR
    )
    models = {**load_models(), "clause": fit(sample, penalty=PENALTY, bar=BAR)}
    write_models(models, read_note() | {"clause": curve.to_json()}, DATA / WEIGHTS)
    sys.stdout.write(f"clause {curve.to_json()}\n")


if __name__ == "__main__":
    main()

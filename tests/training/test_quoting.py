"""What is signed: the shipped weights are those of the quotations that were read."""

import pytest

from replygen.index.relevance import SIGNED
from replygen.index.relevance.model import load_models
from training.judging import fit
from training.quoting import BAR, PENALTY, SIGNALS, read_quotations


def test_the_shipped_weights_are_fitted_on_the_table():
    model, shipped = fit(read_quotations(), penalty=PENALTY, bar=BAR), load_models()["clause"]
    assert SIGNED == BAR and set(shipped.weights) == set(SIGNALS)
    assert model.bias == pytest.approx(shipped.bias, abs=1e-3)
    for name, weight in model.weights.items():
        assert weight.weight == pytest.approx(shipped.weights[name].weight, abs=1e-3)
        assert weight.weight > 0  # each of them speaks for a clause

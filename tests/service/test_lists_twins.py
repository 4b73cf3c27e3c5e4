"""Whether two asks want the same, measured on paraphrases and on asks that want something else.

``data/same_asks.tsv`` and ``data/other_matters.tsv``: rows 1, 3, 5, … chose the thresholds,
rows 2, 4, 6, … were kept back.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.index.relevance import SAME, AskContext, Judge, read_subject

DATA = Path(__file__).parent / "data"


def read_asks(name: str) -> list[list[AskContext]]:
    """The asks of each row of a table: pairs of a title and an ask."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [
        [AskContext(read_subject(t), "", a) for t, a in zip(row[::2], row[1::2], strict=True)]
        for row in rows
    ]


@pytest.fixture(scope="module")
def nearness():
    asks = [ask for row in read_asks("same_asks.tsv") for ask in row]
    return Judge().same(asks, asks)


@pytest.fixture(scope="module")
def others():
    asks = [ask for row in read_asks("other_matters.tsv") for ask in row]
    return Judge().same(asks, asks)


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1], ids=["chosen on", "kept back"])
def test_paraphrases_are_found_and_neither_field_nor_words_are_enough(nearness, others, half):
    places = [3 * n for n in range(len(nearness) // 3) if n % 2 == half]
    assert len(places) == 30
    found = sum(nearness[p, p + 1] >= SAME for p in places)
    field = sum(nearness[p + k, p + 2] >= SAME for p in places for k in (0, 1))
    words = sum(others[2 * n, 2 * n + 1] >= SAME for n in range(half, len(others) // 2, 2))
    assert found / len(places) >= 0.9
    assert found / (found + field + words) >= 0.95


def test_asks_of_other_fields_are_hardly_ever_the_same(nearness):
    count = len(nearness)
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count) if a // 3 != b // 3]
    wrong = sum(nearness[a, b] >= SAME for a, b in pairs)
    assert wrong / len(pairs) < 0.0015

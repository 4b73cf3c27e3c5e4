"""What export writes, reading reads: the same paragraphs under the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.models import Draft
from replygen.reading import read_source


@pytest.mark.parametrize("paper", ["letter", "document", "clean"])
def test_reading_counts_the_same_paragraphs(
    paper: str, draft: Draft, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(paper)
    body = [p for p in read_source(path).paragraphs if p.index is not None]
    assert [p.index for p in body] == list(range(len(draft.blocks)))
    assert [p.text for p in body] == [b.text for b in draft.blocks]

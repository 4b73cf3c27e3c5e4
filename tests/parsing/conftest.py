"""Sources made of lines, as a reader would hand them over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Paragraph, Source


@pytest.fixture
def make_source() -> Callable[..., Source]:
    def make(text: str, name: str = "a.txt", format: str = "txt") -> Source:
        rows = tuple(Paragraph(line, index=i) for i, line in enumerate(text.splitlines()))
        return Source(name, "0" * 64, format, rows)

    return make

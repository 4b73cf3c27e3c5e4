"""Which place a text is about when nothing names it."""

from __future__ import annotations

import pytest

from replygen.parsing.regions import infer_region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("今年联合市生态环境局开展检查，配合市公安局查处两起。", None),
        ("会同市商务局、融合市场监管力量。", None),
        ("沁县推进河道治理，沁县水利局已完成清淤。", "沁县"),
        ("嘉兴市完善养老服务，嘉兴市民政局出台细则。", "嘉兴市"),
    ],
)
def test_the_end_of_a_word_before_a_body_is_no_place(text, region):
    assert infer_region(text, None) == region

"""Near copies: a place, a figure, a date exchanged makes no other text."""

from __future__ import annotations

import pytest

from replygen.language.copies import are_near

_TEXT = (
    "我局联合市财政局印发三年行动计划，按照统一标准建成老年食堂96家、助餐点218个，"
    "步行15分钟可以就餐。"
)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (_TEXT, True),
        (_TEXT.replace("96", "118").replace("218", "305"), True),
        (_TEXT.replace("市财政局", "县财政局"), True),
        ("我局对电梯维保单位开展监督抽查，公布抽查结果。", False),
        ("", False),
    ],
)
def test_texts_are_copies_where_only_names_and_figures_differ(other: str, near: bool) -> None:
    assert are_near(_TEXT, other) is near


def test_short_texts_are_copies_only_where_they_are_equal() -> None:
    assert are_near("加强监管。", "加强监管")
    assert not are_near("加强监管", "加强监督")

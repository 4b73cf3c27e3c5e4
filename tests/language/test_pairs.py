"""Which pairs of characters carry meaning, and which words say nothing of a matter."""

from __future__ import annotations

import pytest

from replygen.language.pairs import make_pairs
from replygen.language.words import read_empty_words


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("电梯", {"电梯"}),
        ("加强电梯安全", {"电梯", "梯安", "安全"}),
        ("进一步加强电梯", {"电梯"}),  # the longest first: 进一步, not 一步
        ("电梯，安全", {"电梯", "安全"}),
        ("电梯加强安全", {"电梯", "安全"}),  # none across an empty word
        ("2025年12月", set()),  # a figure is no matter
        ("加强", set()),
        ("", set()),
        ("WiFi建设", {"Wi", "iF", "Fi", "i建", "建设"}),
    ],
)
def test_pairs_are_of_letters_and_leave_empty_words_out(text, pairs):
    assert make_pairs(text) == pairs


def test_other_words_can_be_left_out():
    assert make_pairs("加强电梯的安全", frozenset("的")) == {"加强", "强电", "电梯", "安全"}
    assert make_pairs("加强", frozenset()) == {"加强"}


def test_empty_words_are_wording_and_no_subject():
    words = read_empty_words()
    assert {"加强", "进一步", "有关部门", "建议"} <= words
    assert not words & {"电梯", "养老", "停车", "教育", "食品安全"}

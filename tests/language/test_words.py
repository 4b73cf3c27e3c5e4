"""Where a word ends: one cutter, whatever dictionary is cut by."""

from __future__ import annotations

import pytest

from replygen.entities.vocabulary import find_leftover, is_word
from replygen.language.words import cut_words, read_official_words, read_vocabulary


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("加强食品安全监管", ["加强", "食品安全", "监管"]),
        ("与星桥直播平台", ["与", "星", "桥", "直播", "平台"]),
        ("工作室", ["工作室"]),
        ("", []),
    ],
)
def test_as_few_characters_as_can_be_stand_alone(run: str, pieces: list[str]) -> None:
    words = read_vocabulary() | read_official_words()
    assert "".join(cut_words(run, words)) == run
    assert cut_words(run, words) == pieces


@pytest.mark.parametrize(
    ("run", "left"),
    [("推广应用电子证照", ""), ("实现免证办", ""), ("洪庄镇", "洪庄"), ("白塔埠镇", "白塔埠")],
)
def test_what_belongs_to_no_word_is_left_over(run: str, left: str) -> None:
    assert find_leftover(run) == left


@pytest.mark.parametrize("word", ["适老化", "会办", "电商", "免证办"])
def test_the_dictionary_is_one_for_all(word: str) -> None:
    assert is_word(word)
    assert not is_word("村的")

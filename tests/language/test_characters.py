"""Radicals in place of characters, as a PDF gives them when it is copied out of."""

from __future__ import annotations

import pytest

from replygen.language import normalise_characters


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("⾼新市建成社区食堂", "高新市建成社区食堂"),
        ("由所⻓王⽴华牵头", "由所长王立华牵头"),
        ("⻔诊、⻄区、⽉报", "门诊、西区、月报"),
        ("\uf9dc\u2fb3", "隆音"),
        ("普通的文字 abc，《》", "普通的文字 abc，《》"),
    ],
)
def test_radicals_become_the_characters_they_stand_for(text: str, plain: str):
    assert normalise_characters(text) == plain
    assert len(normalise_characters(text)) == len(text)

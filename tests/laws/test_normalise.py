"""Names and numbers in the form in which they are compared."""

from __future__ import annotations

import pytest

from replygen.laws.normalise import (
    hash_text,
    normalise_article,
    normalise_doc_number,
    normalise_statute,
)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("第三十八条", "38"),
        ("第38条", "38"),
        ("三十八", "38"),
        ("38", "38"),
        ("第３８条", "38"),
        ("第 38 条", "38"),
        ("第十条", "10"),
        ("第二十条", "20"),
        ("第一百零五条", "105"),
        ("第一百〇五条", "105"),
        ("第一百一十条", "110"),
        ("第一千二百六十条", "1260"),
        ("第九百九十九条之一", "999-1"),
        ("第120条之2", "120-2"),
        ("第三十八条第二款", "38"),
        ("第三十八条第（一）项", "38"),
        ("二〇", "20"),
        ("第三章", None),
        ("", None),
        ("第条", None),
    ],
)
def test_article_numbers(number, key):
    assert normalise_article(number) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("中华人民共和国食品安全法", "食品安全法"),
        ("《食品安全法》", "食品安全法"),
        ("食品安全法（2021年修正）", "食品安全法"),
        ("广告法(2018修订)", "广告法"),
        ("刑法修正案（七）", "刑法修正案（七）"),
        ("刑法修正案(七)", "刑法修正案（七）"),
        ("食品安全法实施条例", "食品安全法实施条例"),
        ("暂行办法（试行）", "暂行办法（试行）"),
        ("", ""),
    ],
)
def test_statute_names(name, key):
    assert normalise_statute(name) == key


def test_document_numbers_differ_in_brackets_only():
    forms = ["云市监提复〔2026〕7号", "云市监提复[2026]7号", "云市监提复（2026） 7 号"]
    assert {normalise_doc_number(form) for form in forms} == {forms[0]}


def test_white_space_does_not_make_another_text():
    assert hash_text("甲 乙\n丙") == hash_text("甲乙　丙")
    assert hash_text("甲乙") != hash_text("乙甲")

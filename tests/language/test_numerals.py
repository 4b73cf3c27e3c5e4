"""Numbers in every writing: written, read, read back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from replygen.entities import normalise_number
from replygen.language.numerals import read_decimal, read_numeral, write_numeral
from replygen.laws import find_citations


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (7, "七"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (1165, "一千一百六十五"),
        (9999, "九千九百九十九"),
    ],
)
def test_a_numeral_is_written_and_read_back(number, text):
    assert write_numeral(number) == text
    assert read_numeral(text) == number


def test_every_numeral_is_read_back():
    for number in range(0, 10_000, 7):
        assert read_numeral(write_numeral(number)) == number


def test_a_formal_numeral_is_written_and_read():
    assert write_numeral(120, formal=True) == "壹佰贰拾"
    assert read_numeral("壹佰贰拾") == 120


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百", "300"),
        ("一点五亿", "150000000"),
        ("两千", "2000"),
        ("〇", "0"),
        ("三百一十二", "312"),
        ("１２３", "123"),
        ("3.5万", "35000"),
        ("12,000", "12000"),
        ("1千", "1000"),
        ("百", "100"),
        ("三万五", "35000"),
        ("三万零五百", "30500"),
        ("一十二", "12"),
        ("二〇二四", "2024"),
        ("壹佰贰拾", "120"),
        ("十二万三千", "123000"),
    ],
)
def test_a_number_in_any_writing_has_one_value(text, value):
    assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "十十", "三条", "abc", "三百余", "近七"])
def test_what_is_no_number_alone_is_not_read(text):
    assert read_decimal(text) is None


@pytest.mark.parametrize("text", ["", "十十", "一二十", "零百", "三条", "abc", "1.5"])
def test_what_is_no_whole_number_is_not_read(text):
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("两千零五", "2005"),
        ("二百〇三", "203"),
        ("三十万", "300000"),
        ("一点二亿元", "120000000元"),
        ("三万五", "35000"),
        ("一十二家", "12家"),
        ("三万零五百元", "30500元"),
        ("三百余件", "300余件"),
        ("二十多万人", "200000多人"),
        ("近七成", "近7成"),
        ("1千余名", "1000余名"),
        ("百余家", "100余家"),
        ("数十家", "数10家"),
        ("12,000人", "12000人"),
        ("十二万三千元", "123000元"),
    ],
)
def test_regular_and_odd_figures_are_read_alike(text, normal):
    assert normalise_number(text) == normal


def test_an_article_number_of_any_length_is_no_fault():
    long = "9" * 30
    assert find_citations(f"《食品安全法》第{long}条")[0].article == f"第{long}条"

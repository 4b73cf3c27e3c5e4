"""Chinese numerals: written, read back, and read by the library where the writing is odd."""

from __future__ import annotations

import subprocess
import sys

import pytest

from replygen.facts import find_citations, normalise_number
from replygen.facts.numerals import read_numeral, write_numeral


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


def test_numerals_are_those_of_the_library_and_read_back():
    import cn2an

    for number in range(0, 10_000, 7):
        written = cn2an.an2cn(number)
        assert write_numeral(number) == (written.removeprefix("一") if number < 20 else written)
        assert read_numeral(write_numeral(number)) == number


@pytest.mark.parametrize("text", ["", "一十二", "百五", "三百十", "三万五", "十十", "abc"])
def test_another_writing_is_not_read(text):
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
    ],
)
def test_regular_and_odd_figures_are_read_alike(text, normal):
    assert normalise_number(text) == normal


def test_regular_figures_do_not_load_the_library():
    code = (
        "import sys; from replygen.facts import find_mentions; "
        "find_mentions('查处三百余家，投入一点二亿元，占百分之九十，第一千一百六十五条'); "
        "print('cn2an' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_article_number_of_any_length_is_no_fault():
    long = "9" * 30
    assert find_citations(f"《食品安全法》第{long}条")[0].article == f"第{long}条"

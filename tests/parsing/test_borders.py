"""Headings that lost their mark end where readers saw them end.

Fitted crosswise (fifths of the proposals, tools/fit_borders.py) 118 of 174 were found at their very
end, 33 elsewhere, 23 not, and 11 of 585 asks without such a heading showed one; the model before
found 102, 23, 49. The figures here are of the shipped weights, which know these asks.
"""

from pathlib import Path

import pytest

from replygen.parsing.borders import find_border, least_score


@pytest.mark.slow
def test_headings_end_where_readers_saw_them_end(shared: Path) -> None:
    from tools.fit_borders import measure, read_asks

    figures = measure(None, list(read_asks(shared).values()))
    assert figures["right"] >= 155, figures
    assert figures["alarm"] <= 25, figures


def test_marks_are_lost_together() -> None:
    headed = [
        "完善评估机制目前我市的评估由各部门自行开展，标准不一。",
        "加大宣传力度目前一些居民对政策还不了解，应当多讲。",
    ]
    plain = [
        "我市的养老机构分布不均，主城区一床难求，乡镇却有空床。",
        "一些居民对政策还不了解，应当由社区上门讲解。",
    ]
    less, more = least_score(headed), least_score(plain)
    assert less is not None and more is not None and less < more
    assert least_score(headed[:1]) is None
    assert [find_border(text, least=less) for text in headed] == [6, 6]
    assert [find_border(text, least=more) for text in plain] == [0, 0]

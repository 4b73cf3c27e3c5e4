"""Radicals that a PDF put in place of characters hide no fact of another place."""

from __future__ import annotations

import pytest

from replygen.checking import check_document


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("⾼新市建成社区食堂86家。", "leak.place", "高新市"),
        ("由所长王⽴华牵头。", "leak.person", "王立华"),
        ("与⻘岚市联合检查⻔诊。", "leak.place", "青岚市"),
    ],
)
def test_a_fact_written_with_radicals_is_found(text: str, rule: str, found: str):
    told = [(f.rule, f.where.text) for f in check_document([text]).findings if f.where]
    assert (rule, found) in told

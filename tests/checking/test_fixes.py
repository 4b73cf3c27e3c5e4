"""Fixes that are made without asking: each row of the table, and what stays alone."""

from __future__ import annotations

from typing import Any

import pytest

from replygen.checking import check_document
from replygen.checking.fixes import fix_texts
from replygen.checking.tables import read_toml
from replygen.settings import Profile

ROWS: list[dict[str, Any]] = read_toml("fixes.toml")["fix"]
IDS = [f"{n}-{row['rule']}" for n, row in enumerate(ROWS)]


def fix(text: str) -> str:
    return fix_texts([text])[0][0]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_example_is_put_right(row: dict[str, Any]) -> None:
    assert fix(row["example"]) == row["fixed"]
    assert fix(row["fixed"]) == row["fixed"]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_what_must_stay_stays(row: dict[str, Any]) -> None:
    assert fix(row["keep"]) == row["keep"]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_fixed_place_is_no_finding_of_that_rule(row: dict[str, Any]) -> None:
    report = check_document([row["fixed"]], profile=Profile())
    assert [f for f in report.findings if f.rule == row["rule"] and f.where is not None] == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("(一)、加强监管,规范经营.", "（一）加强监管，规范经营。"),
        ("长市监议字[2025]第005号", "长市监议字〔2025〕5号"),
        ("自2025年03月05日起，24年底前完成;", "自2025年3月5日起，2024年底前完成；"),
        ("《关于修改《甲办法》和《乙办法》的决定》", "《关于修改〈甲办法〉和〈乙办法〉的决定》"),
    ],
)
def test_several_faults_of_one_paragraph(text: str, fixed: str) -> None:
    assert fix(text) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "【请补充：24年底前,完成情况】",
        "详见http://example.com/a,b",
        "历时20年底蕴深厚",
        "工程历时15年6月",
        "第24年上半年",
        "比例为3:1",
        "《甲《乙》和丙",
        "3、4级台风",
    ],
)
def test_what_is_not_sure_is_left_alone(text: str) -> None:
    assert fix(text) == text


def test_every_edit_names_its_place() -> None:
    texts, rounds = fix_texts(["标题", "1、加强监管,规范经营"])
    assert texts[1] == "1.加强监管，规范经营"
    assert [(e.paragraph, e.start, e.old, e.new) for e in rounds[0]] == [
        (1, 1, "、", "."),
        (1, 6, ",", "，"),
    ]

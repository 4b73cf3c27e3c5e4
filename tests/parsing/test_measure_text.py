"""What is no part of a measure, and whether it was done or is planned."""

from __future__ import annotations

import pytest

from replygen.parsing import split_measures
from replygen.parsing.measure_text import is_inventory, tidy_measure, weigh_tense


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("建立台账。感谢您对我局工作的关心支持！", "建立台账。"),
        ("建立台账，逐户销号。\n— 3 —", "建立台账，逐户销号。"),
        ("开展抽检210批次。联系人：甘棠，联系电话：0000-1234567。", "开展抽检210批次。"),
        (
            "推行台账管理。您提出的三年内全部治理到位的建议，受财力限制一时难以实现，我们将逐年推进。",
            "推行台账管理。",
        ),
        (
            "针对您提到的“招不来”等问题，县政府建成周转宿舍610套。",
            "县政府建成周转宿舍610套。",
        ),
        ("5月10日，我局负责人与您面商，并实地查看了现场。", ""),
        ("组建调解委员会，与委员会建立对接机制。", "组建调解委员会，与委员会建立对接机制。"),
    ],
)
def test_measure_keeps_only_what_others_can_use(text: str, clean: str) -> None:
    assert tidy_measure(text) == clean


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        (
            "强化政企协作。我局督促平台建立了自律公约。近期，三家平台也将签署公约。"
            "通过公约，累计清退商户26户。",
            "done",
        ),
        ("我局将建立名录，对重点商户增加检查。力争年内覆盖全部门店。", "planned"),
        ("已建成站点11个。我局将会同街道继续增设。", "done"),
        ("加强宣传。", None),
    ],
)
def test_tense_is_that_of_most_sentences(text: str, tense: str | None) -> None:
    assert weigh_tense(text) == tense


def test_next_step_inside_a_measure_becomes_a_plan_of_its_own() -> None:
    text = (
        "一是完善机制。2024年印发工作规则，召开联席会议6次，移送线索31条。"
        "下一步，我局将把外卖平台纳入协查范围。二是强化抽检。完成抽检210批次。"
    )
    found = [(m.tense, m.text[-8:]) for m in split_measures(text)]
    assert found == [
        ("done", "移送线索31条。"),
        ("planned", "台纳入协查范围。"),
        ("done", "抽检210批次。"),
    ]


@pytest.mark.parametrize(
    ("text", "heading", "inventory"),
    [
        ("全市现有电梯2.87万台，其中住宅电梯1.9万台。", "基本情况", True),
        ("全市现有电梯2.87万台，我局建立一梯一档，开展抽查400台。", "基本情况", False),
        ("全市现有电梯2.87万台，其中住宅电梯1.9万台。", None, True),
        ("全市现有电梯2.87万台，我局建立一梯一档。", "加强电梯监管", False),
    ],
)
def test_counts_of_what_there_is_are_no_measure(
    text: str, heading: str | None, inventory: bool
) -> None:
    assert is_inventory(text, heading) is inventory

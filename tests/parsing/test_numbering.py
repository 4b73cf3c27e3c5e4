"""Enumerations: every style counts, look-alikes do not."""

from __future__ import annotations

import pytest

from replygen.parsing.numbering import find_chains, number_value


@pytest.mark.parametrize(
    ("text", "family", "numbers"),
    [
        ("一、加强领导。二、完善机制。三、强化保障。", "一、", [1, 2, 3]),
        ("（一）加强领导（二）完善机制", "（一）", [1, 2]),
        ("1.规划先行。2、分步实施。3．加强评估。", "1.", [1, 2, 3]),
        ("1；强化标准；2；推进规范；", "1.", [1, 2]),
        ("（1）设计；（2）布局", "（1）", [1, 2]),
        ("①应使用②应有③要简明", "①", [1, 2, 3]),
        ("一是部门联动。二是政企合作。三要强强联手。", "一是", [1, 2, 3]),
        ("第一，条块分割。第二、转移不畅。", "第一", [1, 2]),
        ("首先，提升层次。其次，协调机制。最后，拓展广度。", "首先", [1, 2, 999]),
        ("A.总体要求B.具体任务", "A.", [1, 2]),
    ],
)
def test_every_style_of_number_is_found(text: str, family: str, numbers: list[int]) -> None:
    (chain,) = find_chains(text)
    assert chain[0].family == family
    assert [mark.number for mark in chain] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "2019.1完成，占1.2万人，增长2.5倍。",
        "一、二级公路和三、四线城市",
        "这是唯一是需要改的地方，第二是指次级。",
        "张三、李四、王五三人",
        "比例为4.7∶45.0∶50.3。",
        "党的十九大报告一、",
    ],
)
def test_look_alikes_form_no_sequence(text: str) -> None:
    assert find_chains(text) == ()


def test_a_number_glued_to_the_text_before_continues_a_sequence() -> None:
    text = "一是搭建平台。完善创新服务体系二是畅通渠道。三是建立基地。"
    (chain,) = find_chains(text)
    assert [mark.number for mark in chain] == [1, 2, 3]


def test_a_new_one_begins_a_new_sequence() -> None:
    chains = find_chains("1、甲方要求。2、乙方要求。\n1、丙方要求。2、丁方要求。")
    assert [len(chain) for chain in chains] == [2, 2]


@pytest.mark.parametrize(("text", "value"), [("十二", 12), ("二十", 20), ("③", 3), ("B", 2)])
def test_numbers_have_values(text: str, value: int) -> None:
    assert number_value(text) == value

"""Enumerations: every style counts, look-alikes do not."""

from __future__ import annotations

import pytest

from replygen.language.marks import find_chains, number_value, read_mark, strip_mark


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


@pytest.mark.parametrize(
    ("line", "family", "number", "rest"),
    [
        ("一、加强领导", "一、", 1, "加强领导"),
        ("　　十二、附则", "一、", 12, "附则"),
        ("三.完善机制", "一、", 3, "完善机制"),
        ("（一）强化协同", "（一）", 1, "强化协同"),
        ("(二)强化协同", "（一）", 2, "强化协同"),
        ("（一百一十二）其他", "（一）", 112, "其他"),
        ("1.规划先行", "1.", 1, "规划先行"),
        ("1、规划先行", "1.", 1, "规划先行"),
        ("2．规划先行", "1.", 2, "规划先行"),
        ("1.1 总体要求", "1.1", 0, "总体要求"),
        ("2.3.1总体要求", "1.1", 0, "总体要求"),
        ("（1）设计", "（1）", 1, "设计"),
        ("(12)设计", "（1）", 12, "设计"),
        ("1）设计", "1）", 1, "设计"),
        ("①应使用", "①", 1, "应使用"),
        ("⑵布局", "（1）", 2, "布局"),
        ("⒊布局", "1.", 3, "布局"),
        ("㈡布局", "（一）", 2, "布局"),
        ("一是部门联动", "一是", 1, "部门联动"),
        ("**二是**督促平台", "一是", 2, "督促平台"),
        ("三要强强联手", "一是", 3, "强强联手"),
        ("首先，提升层次", "首先", 1, "提升层次"),
        ("其次，协调机制", "首先", 2, "协调机制"),
        ("最后，拓展广度", "首先", 999, "拓展广度"),
        ("第一，条块分割", "第一", 1, "条块分割"),
        ("第二、转移不畅", "第一", 2, "转移不畅"),
        ("其一，条块分割", "其一", 1, "条块分割"),
        ("建议二：增加泊位", "建议一", 2, "增加泊位"),
        ("第三条 申请人应当", "第一条", 3, "申请人应当"),
        ("第十二条之一　申请人", "第一条", 12, "申请人"),
        ("第二章 总则", "第一章", 2, "总则"),
        ("第一部分：工作情况", "第一章", 1, "工作情况"),
        ("A.总体要求", "A.", 1, "总体要求"),
        ("（B）具体任务", "A.", 2, "具体任务"),
        ("a) 具体任务", "a.", 1, "具体任务"),
        ("Ⅱ、背景", "Ⅰ", 2, "背景"),
        ("IV. 背景", "Ⅰ", 0, "背景"),
        ("● 背景", "•", 0, "背景"),
        ("- 背景", "•", 0, "背景"),
    ],
)
def test_every_mark_is_known_wherever_it_is_asked_for(
    line: str, family: str, number: int, rest: str
) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert mark.family == family
    assert mark.number == number or not number
    assert strip_mark(line) == rest


@pytest.mark.parametrize(
    "line",
    [
        "2.1万元补助",
        "1.2亿元资金",
        "3.5倍于去年",
        "2024年以来",
        "2024.5.6",
        "一、二级公路",
        "第三条规定的情形",
        "第三条第二款",
        "一方面",
        "三农工作",
        "首先感谢您的关心",
        "A市城投公司",
        "12345热线",
        "八项规定",
        "",
    ],
)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert read_mark(line) is None
    assert strip_mark(line) == line


def test_two_marks_are_taken_off_together() -> None:
    assert strip_mark("（一）1.加强领导") == "加强领导"

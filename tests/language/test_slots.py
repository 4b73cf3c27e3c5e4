"""Open slots: what is one, what only looks like one."""

from __future__ import annotations

import pytest

from replygen.language.slots import (
    drop_slots,
    find_open_places,
    find_slots,
    has_open_place,
    replace_slots,
)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("我局已办理【请补充：件数】件。", "【请补充：件数】"),
        ("【成文日期】", "【成文日期】"),
        ("云市监〔2026〕【序号】号", "【序号】"),
        ("与【单位】共建", "【单位】"),
        ("联系人：【】", "【】"),
    ],
)
def test_a_slot_stands_in_brackets(text: str, slot: str) -> None:
    assert [found.text for found in find_slots(text)] == [slot]
    assert slot not in drop_slots(text)


@pytest.mark.parametrize(
    "text",
    [
        "【2025年】工作情况",
        "云市监【2026】5号",
        "【 2026 】",
        "【2026年3月】",
        "【同意公开】",
        "【A】",
        "办理结果：【B类】",
        "【主动公开】",
        "没有空位。",
        "“空位”",
    ],
)
def test_a_date_and_a_mark_in_brackets_are_no_slot(text: str) -> None:
    assert find_slots(text) == ()
    assert not has_open_place(text)
    assert drop_slots(text) == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("由XX局牵头", "XX"),
        ("××县×××局", "××"),
        ("某某单位", "某某"),
        ("X年X月X日", "X年X月X日"),
        ("联系电话：____", "____"),
        ("共（　　）件", "（　　）"),
        ("数据待补充。", "待补充"),
        ("此处填写", "此处填写"),
        ("TODO", "TODO"),
        ("[请填写单位]", "[请填写单位]"),
        ("{{ name }}", "{{ name }}"),
        ("？？？", "？？？"),
    ],
)
def test_what_people_type_instead_is_an_open_place_and_no_slot(text: str, place: str) -> None:
    assert find_open_places(text)[0].text == place
    assert find_slots(text) == ()


@pytest.mark.parametrize("text", ["3×5米", "XXL码", "2*3", "（略有增长）", "第3次"])
def test_signs_and_sizes_are_no_open_place(text: str) -> None:
    assert not has_open_place(text)


def test_a_slot_is_rewritten_in_its_place() -> None:
    assert replace_slots("与【单位】共建", lambda slot: "□" * len(slot)) == "与□□□□共建"

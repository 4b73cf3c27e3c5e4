"""What the public copy must not have, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from replygen.checking import apply_edits, find_forbidden, find_private
from replygen.checking.tables import read_toml

TABLE = read_toml("privacy.toml")
ITEMS: list[dict[str, Any]] = TABLE["item"]
FORBIDDEN: list[dict[str, Any]] = TABLE["forbidden"]


def clean(text: str) -> str:
    return apply_edits(text, find_private([text]))


@pytest.mark.parametrize("row", ITEMS)
def test_an_example_is_found_and_named(row: dict[str, Any]) -> None:
    edits = find_private([row["example"]])
    assert row["kind"] in [e.message for e in edits]
    assert find_private([clean(row["example"])]) == ()


@pytest.mark.parametrize("row", ITEMS)
def test_what_is_no_private_thing_stays(row: dict[str, Any]) -> None:
    assert clean(row["keep"]) == row["keep"]


@pytest.mark.parametrize("row", FORBIDDEN)
def test_marks_that_forbid_a_public_copy(row: dict[str, Any]) -> None:
    assert [why for _, _, why in find_forbidden([row["example"]])] == [row["message"]]
    assert find_forbidden([row["keep"]]) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("林静委员（电话：13800000000）提出的建议", "林静委员提出的建议"),
        ("已与林静委员（13800000000）沟通。", "已与林静委员沟通。"),
        ("（联系人：许嘉木，联系电话：0000-1234567）", ""),
        ("联 系 人：许嘉木    联系电话：1234567", ""),
        ("联系单位及电话：云川市市场监督管理局网监科 1234567", ""),
        ("请与我局联系，电话：0000-1234567。", "请与我局联系。"),
        ("投诉请拨打12315、12345热线。", "投诉请拨打12315、12345热线。"),
        ("请发至clerk@example.com，我局及时处理。", "请发至，我局及时处理。"),
        ("当事人（身份证号110101199001010011）已退款。", "当事人已退款。"),
        ("签发人：秦知远", ""),
        ("请致电0000-0000-0000****咨询。", "请致电咨询。"),
        ("到运政科咨询(咨询电话:0000-1234567)办理", "到运政科咨询办理"),
        ("检查直播间1380件，罚没13800000元。", "检查直播间1380件，罚没13800000元。"),
        (
            "执行GB/T 9704—2012，文号云市监提复〔2026〕5号",
            "执行GB/T 9704—2012，文号云市监提复〔2026〕5号",
        ),
        ("电话回访1200人次，满意率98%。", "电话回访1200人次，满意率98%。"),
        ("联系群众：走访3000户，解决问题56个，" * 3, "联系群众：走访3000户，解决问题56个，" * 3),
    ],
)
def test_the_sentence_around_stays_whole(text: str, left: str) -> None:
    assert clean(text) == left

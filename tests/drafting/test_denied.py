"""What a proposal does not want done never becomes what we do, nor is it quoted as wanted."""

import pytest

from replygen.drafting.denied import ends_denied, is_denied, split_wanted
from replygen.models import Ask


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("千万不能动用经费", True),
        ("不得擅自提高收费", True),
        ("切忌一哄而上", True),
        ("不能只重建设", False),
        ("不宜采用硬化工程，应选用生态工法", False),
        ("不应重复检查，而要合并事项", False),
        ("不断完善制度", False),
        ("加强日常管理", False),
    ],
)
def test_a_clause_denies_what_follows_it(said: str, denied: bool) -> None:
    assert ends_denied(said) is denied


def test_what_stands_under_a_denial_is_no_demand() -> None:
    text = "推荐方案时，千万不能花费投资，对稳定的河段进行翻修。应当加强巡查。"
    ask = Ask(1, "保护河道", text)
    assert is_denied(ask, text.index("对稳定"))
    assert not is_denied(ask, text.index("应当加强"))


def test_a_request_or_an_essential_within_a_clause_is_no_wish() -> None:
    """满足使用|要求, 主|要: no 要."""
    assert split_wanted("千万不能花费投资，对满足使用要求的河段进行翻修") == ["千万不能花费投资"]


def test_its_clauses_are_not_quoted_as_wanted() -> None:
    assert split_wanted("不要以会议布置会议，以检查布置检查") == ["不要以会议布置会议"]
    assert split_wanted("不得层层转发，要合并报表，精减台账") == [
        "不得层层转发",
        "要合并报表",
        "精减台账",
    ]

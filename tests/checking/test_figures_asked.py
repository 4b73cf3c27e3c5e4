"""A figure or a date that an ask demands and the letter says nothing of is named."""

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.models import Ask, Demand, Proposal

HEAD = "关于完善社区养老服务的提案"
# what the ask demands, the answer, the figures that are told to be unanswered
ASKED = [
    (
        "将每户补助标准由现在的3000元提高到5000元",
        "我局将会同财政部门研究提高每户补助标准。",
        "5000元",
    ),
    ("每年培训养老护理员不少于1000人次", "我局将加大养老护理员培训力度。", "1000人次"),
    ("每年培训养老护理员不少于1000人次", "我局计划每年培训养老护理员1000人次。", ""),
    ("2027年底前建成社区助餐网络", "我局将建成社区助餐网络。", "2027年底前"),
    ("2027年底前建成社区助餐网络", "我局将于2027年底前建成社区助餐网络。", ""),
    ("为80周岁以上老人送餐上门", "我局将会同街道为高龄老人送餐上门。", ""),
    ("打造15分钟助餐圈", "我局将打造社区助餐圈，方便老人就餐。", ""),
    ("每年安排一次免费体检", "我局将每年组织老人免费体检。", ""),
]


@pytest.mark.parametrize(("wish", "answer", "told"), ASKED)
def test_a_figure_that_is_asked_for_and_not_answered_is_told(wish, answer, told) -> None:
    ask = Ask(1, wish, f"{wish}。", (Demand(wish, 0, len(wish)),))
    proposal = Proposal(HEAD, "cppcc", "五届三次", "0126", ("林静",), None, "", "", (ask,))
    report = check_document((answer,), proposal=proposal, today=date(2026, 3, 1))
    found = [f.message for f in report.findings if f.rule == "coverage.figure"]
    assert len(found) == bool(told)
    assert all(told in message for message in found)


def test_what_is_to_be_reached_counts_though_nothing_demands_it() -> None:
    text = "编制助餐点布局规划，力争到2028年每个乡镇都有助餐点。"
    ask = Ask(1, "编制助餐点布局规划", text, (Demand("编制助餐点布局规划", 0, 9),))
    proposal = Proposal(HEAD, "cppcc", "五届三次", "0126", ("林静",), None, "", "", (ask,))
    letter = ("我局将编制全市助餐点布局专项规划，合理设置助餐点。",)
    report = check_document(letter, proposal=proposal, today=date(2026, 3, 1))
    assert any("2028年" in f.message for f in report.findings if f.rule == "coverage.figure")


def test_a_figure_quoted_from_the_proposal_is_the_proposals() -> None:
    wish = "将奖补标准提高到每例3000元"
    ask = Ask(1, wish, f"建议{wish}，简化程序。", (Demand(wish, 2, 2 + len(wish)),))
    proposal = Proposal(HEAD, "cppcc", "五届三次", "0126", ("林静",), None, "", "", (ask,))
    letter = (f"我局将组织力量研究“{wish}”的建议，提出可行的意见。",)
    report = check_document(letter, proposal=proposal, today=date(2026, 3, 1))
    assert not any(f.rule.startswith("leak.") for f in report.findings)

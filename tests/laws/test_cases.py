"""Figures of an article told of another of its cases. The articles are ours, not any law's."""

from __future__ import annotations

import pytest

from replygen.laws.cases import find_wrong_case
from replygen.laws.items import find_wrong_item

TIERS = (
    "租期三个月以上不满一年的，押金不得超过一千元；租期一年以上不满三年的，押金不得超过二千元；"
    "三年以上的，押金不得超过六千元。"
)
FINES = (
    "擅自占用公共通道的，处二百元以上五百元以下罚款。"
    "拒不改正的，处一千元以上三千元以下罚款，并处五日以下拘留。"
)
ITEMS = "（一）安排员工在平时加班的，补贴三十元；\n（二）安排员工在假日加班的，补贴九十元。"
TERMS = "店铺招牌的使用期限为二十年，临时招牌的使用期限为十年，电子屏幕的使用期限为十五年。"
WHOSE = "单位占用通道的，处五千元以上五万元以下罚款。\n个人占用通道的，处警告或者五百元以下罚款。"
LEAVE = (
    "工作已满一年不满十年的，休假五天；已满十年不满二十年的，休假十天；已满二十年的，休假十五天。"
)
SWAPPED = "消费者可以要求支付价款十倍或者损失三倍的赔偿金。"


@pytest.mark.parametrize(
    ("claim", "article", "said"),
    [
        ("租期三个月以上不满一年的，押金不得超过二千元", TIERS, "二千元"),
        ("租期一年以上不满三年的，押金不得超过六千元", TIERS, "六千元"),
        ("擅自占用公共通道的，处一千元以上三千元以下罚款", FINES, "一千元"),
        ("对占用公共通道的处五日以下拘留", FINES, "五日"),
        ("安排员工在平时加班的，补贴九十元", ITEMS, "九十元"),
        ("企业安装的电子屏幕，自批准之日起使用十年", TERMS, "十年"),
        ("临时招牌使用期限为二十年", TERMS, "二十年"),
        ("个人占用通道的，处五千元以上五万元以下罚款", WHOSE, "五千元"),
        ("工作已满二十年的，休假十天", LEAVE, "十天"),
        ("可以要求支付价款三倍的赔偿金", SWAPPED, "三倍"),
        ("可以要求支付价款十倍或者损失十倍的赔偿金", SWAPPED, "十倍"),
    ],
)
def test_a_figure_of_another_case_is_told(claim: str, article: str, said: str):
    found = find_wrong_case(claim, article)
    assert found is not None and said in found[0]


@pytest.mark.parametrize(
    ("claim", "article"),
    [
        ("租期三个月以上不满一年的，押金不得超过一千元", TIERS),
        ("租期三年以上的，押金不得超过六千元", TIERS),
        ("租期不满一年的押金不超过一千元；三年以上的，不超过六千元", TIERS),
        ("擅自占用公共通道的，处二百元以上五百元以下罚款", FINES),
        ("拒不改正的，处一千元以上三千元以下罚款", FINES),
        ("占用公共通道，最高可处三千元罚款", FINES),
        ("安排员工在假日加班的，补贴九十元", ITEMS),
        ("可以要求支付价款十倍或者损失三倍的赔偿金", SWAPPED),
        ("单位占用通道的，处五千元以上五万元以下罚款", WHOSE),
        ("个人占用通道的，处五百元以下罚款", WHOSE),
        ("工作已满二十年的，休假十五天", LEAVE),
        ("押金应当及时退还", TIERS),
        ("企业安装的电子屏幕，自批准之日起使用十五年", TERMS),
        ("临时招牌使用十年、电子屏幕使用十五年", TERMS),
        ("租期一年以上不满三年的，押金不得超过二千元", TIERS),
    ],
)
def test_a_figure_in_its_own_case_is_not(claim: str, article: str):
    assert find_wrong_case(claim, article) is None


VOTES = (
    "下列事项由全体成员决定：\n（一）修改议事规则；\n（二）聘用管理人员；\n（三）出租公共房屋。\n"
    "决定事项应当有二分之一以上的成员到会。决定前款第一项、第三项规定的事项，"
    "应当经到会成员三分之二以上同意。决定前款其他事项，应当经到会成员过半数同意。"
)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("出租公共房屋，经到会成员过半数同意即可", "过半数"),
        ("聘用管理人员应当经到会成员三分之二以上同意", "三分之二"),
        ("出租公共房屋，应当经到会成员三分之二以上同意", None),
        ("聘用管理人员，经到会成员过半数同意即可", None),
        ("决定事项应当经到会成员过半数同意", None),
    ],
)
def test_a_figure_belongs_to_the_items_for_which_it_is_set(claim: str, said: str | None):
    found = find_wrong_item(claim, VOTES.replace("二分之一以上的", "五名以上"))
    assert (found[0] if found else None) == said


def test_a_figure_set_for_all_items_is_that_of_each():
    article = VOTES.replace("二分之一", "五分之四")
    assert find_wrong_item("出租公共房屋，应当有五分之四以上的成员到会", article) is None

"""Sentences that say the contrary of an article: duties lifted, acts of others, another matter."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.language.tables import Tables
from replygen.laws.acts import find_wrong_act
from replygen.laws.authorities import read_authorities
from replygen.laws.cases import find_wrong_case
from replygen.laws.duties import find_lifted
from replygen.laws.modals import find_wrong_modal
from replygen.settings import Profile

ROWS = Tables(__file__).rows("contrary.tsv")
DAY = date(2026, 11, 21)
KINDS = ("lifted", "act", "matter", "delayed", "fresh", "urged")


def read_verdicts(text: str) -> set[str]:
    report = check_document([text], profile=Profile(), today=DAY)
    return {c.verdict for c in report.citations}


@pytest.fixture(scope="module")
def valid() -> list[tuple[str, str, str]]:
    return [(*row[:2], row[2]) for row in ROWS if read_verdicts(row[2]) == {"valid"}]


def test_there_are_fifteen_sentences_of_each_kind() -> None:
    counts = Counter(row[:2] for row in ROWS)
    assert all(counts[kind, label] >= 15 for kind in KINDS for label in ("right", "wrong"))


def test_what_says_the_contrary_is_not_called_valid(valid) -> None:
    """The two left allow what another sentence of the article allows for another case (继续销售),
    and deny with one character (不退)."""
    assert len([text for _, label, text in valid if label == "wrong"]) <= 2


def test_what_says_the_same_in_other_words_stays_valid(valid) -> None:
    right = [row[2] for row in ROWS if row[1] == "right"]
    assert [text for text in right if text not in {row[2] for row in valid}] == []


# The articles below are ours, not any law's.
DESK = "调解站收到申请后，应当立即登记，并书面告知申请人。\n不属于本站职责的，应当移送有关单位。"
FEES = "调解站调解纠纷，不收取任何费用；居民可以不到场。"
DUTIES = [
    ("调解站收到申请后，可以不书面通知申请人", DESK, True),
    ("不属于本站职责的，无须移交有关单位", DESK, True),
    ("调解站收到申请后，应当在五日内登记", DESK, True),
    ("调解站收到申请后，是否书面告知申请人，由调解站自行决定", DESK, True),
    ("调解站收到申请后，可以自愿书面告知申请人", DESK, True),
    ("调解站调解时，居民可以不到场", FEES, False),
    ("调解站收到申请后，应当立即登记", DESK, False),
    ("居民提出申请，无需提交证明材料", DESK, False),
]


@pytest.mark.parametrize(("claim", "article", "lifted"), DUTIES)
def test_a_duty_may_not_be_lifted_or_put_off(claim: str, article: str, lifted: bool) -> None:
    assert (find_lifted(claim, article) is not None) == lifted


REGISTER = (
    "调解站应当在门口公示收费标准、属于本站规定的不需要预约的情形等信息。\n"
    "本站鼓励居民预约，并鼓励商户参与调解。"
)


def test_a_fee_of_another_name_is_a_fee() -> None:
    article = "调解站提供申请书文本，不得收费。"
    assert find_wrong_modal("允许调解站对申请书文本收取工本费", article) is not None
    assert find_wrong_modal("调解站提供申请书文本不得收取费用", article) is None


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("调解站可以自行决定是否在门口公示收费标准", True),
        ("商户应当参与调解", True),
        ("商户不得参与调解", True),
        ("商户可以参与调解", False),
        ("鼓励商户参与调解", False),
    ],
)
def test_what_is_only_urged_is_no_duty(claim: str, wrong: bool) -> None:
    found = find_wrong_modal(claim, REGISTER) or find_lifted(claim, REGISTER)
    assert (found is not None) == wrong


STALL = (
    "设立便民摊点，应当向所在地县级人民政府城市管理部门备案。\n"
    "摊点经营食品的，应当在市场监督管理部门办理登记。经营者应当承担清扫责任。"
)
ACTS = [
    ("设立便民摊点，应当向民政部门备案", True),
    ("设立便民摊点，应当向省级城市管理部门备案", True),
    ("设立便民摊点，应当经城市管理部门批准", True),
    ("摊点经营食品的，应当在城管部门办理登记", True),
    ("摊点由公安机关承担清扫责任", True),
    ("设立便民摊点，应当向县城管局备案", False),
    ("摊点经营食品的，在市场监管部门登记即可", False),
    ("设立便民摊点实行备案，不再审批", False),
    ("设立便民摊点，通过政府采购选择设计单位", False),
    ("摊点经营食品的，办理登记后须先取得市场监督管理部门的许可", True),
    ("摊点经营食品的，在市场监督管理部门办理登记后无需许可", False),
]


@pytest.mark.parametrize(("claim", "wrong"), ACTS)
def test_an_act_belongs_to_its_authority_and_level(claim: str, wrong: bool) -> None:
    assert (find_wrong_act(claim, STALL) is not None) == wrong


AUTHORITIES = [
    ("县级以上地方人民政府民政部门", [({"民政"}, {2, 3, 4})]),
    ("省、自治区、直辖市人民政府水行政主管部门", [({"水利"}, {4})]),
    ("设区的市级人民政府生态环境主管部门", [({"生态环境"}, {3})]),
    ("市民政局", [({"民政"}, {2, 3})]),
    ("国务院卫生健康主管部门", [({"卫健"}, {5})]),
    ("公安、民政部门", [({"公安"}, set()), ({"民政"}, set())]),
    ("有关主管部门", [(set(), set())]),
    ("县级人民政府", [({"政府"}, {2})]),
    ("政府采购", []),
]


@pytest.mark.parametrize(("text", "wanted"), AUTHORITIES)
def test_an_authority_has_fields_and_levels(text: str, wanted: list) -> None:
    assert [(set(a.fields), set(a.levels)) for a in read_authorities(text)] == wanted


HALL = (
    "除抢险救灾外，夜间不得在居民区进行产生噪声的施工作业；确需连续作业的，应当取得证明。\n"
    "除农忙时节外，摊主应当每日清扫摊位。"
)
REACHED = [
    ("抢险救灾时，夜间同样不得在居民区进行产生噪声的施工作业", True),
    ("即便是抢险救灾，夜间也不得在居民区进行施工作业", True),
    ("农忙时节摊主也应当每日清扫摊位", True),
    ("夜间不得在居民区进行产生噪声的施工作业", False),
    ("除抢险救灾外，夜间不得在居民区进行产生噪声的施工作业", False),
    ("抢险救灾以外的施工，夜间不得在居民区进行", False),
    ("抢险救灾时，夜间可以在居民区进行施工作业", False),
]


@pytest.mark.parametrize(("claim", "reached"), REACHED)
def test_a_rule_may_not_reach_what_it_leaves_out(claim: str, reached: bool) -> None:
    assert (find_wrong_modal(claim, HALL) is not None) == reached


SWEEP = (
    "摊主不清扫摊位的，由城市管理部门责令改正；拒不改正的，处二百元以上五百元以下罚款。\n"
    "摊主占用盲道的，处一百元罚款。"
)
AT_ONCE = [
    ("摊主不清扫摊位的，直接处二百元以上五百元以下罚款", True),
    ("对不清扫摊位的摊主，一律处二百元以上五百元以下罚款", True),
    ("摊主不清扫摊位，经责令拒不改正的，可直接处二百元以上五百元以下罚款", False),
    ("摊主占用盲道的，直接处一百元罚款", False),
]


@pytest.mark.parametrize(("claim", "wrong"), AT_ONCE)
def test_a_fine_for_who_does_not_mend_is_not_due_at_once(claim: str, wrong: bool) -> None:
    assert (find_wrong_case(claim, SWEEP) is not None) == wrong

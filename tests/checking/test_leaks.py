"""The leak guard over whole drafts; its tables of attacks stand in test_attack_sets.py."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.models import Finding, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    def run(*paragraphs: str) -> list[Finding]:
        report = check_document(
            paragraphs, proposal=proposal, profile=profile, own_texts=own_texts, today=TODAY
        )
        return [f for f in report.findings if f.rule.startswith("leak.")]

    return run


@pytest.mark.parametrize("paragraphs", [(), ("",), ("", "　", "\n")])
def test_an_empty_draft_has_no_leaks(check, paragraphs):
    assert check(*paragraphs) == []


def test_without_a_profile_the_letterhead_tells_whose_letter_it_is():
    letter = ["岚港市市场监督管理局", "岚港市组织开展监管，与快手签订协议。", "连云港市的做法"]
    report = check_document(letter, today=TODAY)
    marked = [f.where.text for f in report.findings if f.rule.startswith("leak.") and f.where]
    assert "快手" in marked and "连云港市" in marked
    assert not any("岚港市" in m for m in marked)
    assert any("单位信息" in n for n in report.not_run)


def test_a_planned_figure_is_a_warning_and_a_done_one_blocks(check):
    assert [f.severity for f in check("下一步，我局将培训主播500人次。")] == ["warn"]
    assert [f.severity for f in check("我局已培训主播500人次。")] == ["block"]


@pytest.mark.parametrize(
    ("text", "named", "rule"),
    [
        ("青石县市场监管局抽调执法人员开展夜间巡查。", "青石县", "leak.organisation"),
        ("由石桥县卫健局牵头开展了检查。", "石桥县", "leak.organisation"),
        ("会同红旗县公安局查处了两起案件。", "红旗县", "leak.organisation"),
        ("松林市教育局已组织培训。", "松林市", "leak.organisation"),
        ("长沙市市场监管局抽调执法人员。", "长沙市", "leak.organisation"),
        ("在青石县城关镇开展了夜间巡查，效果明显。", "青石县", "leak.place"),
        ("双桥县的做法已在全市推广。", "双桥县", "leak.place"),
    ],
)
def test_a_county_that_no_gazetteer_has_is_somebody_elses(check, text, named, rule):
    found = [f for f in check(text) if f.where is not None]
    assert {(f.rule, f.severity) for f in found if named in f.where.text} == {(rule, "block")}
    assert "leak.brand" not in {f.rule for f in found}  # no piece of its town is a name


@pytest.mark.parametrize(
    "text",
    [
        "下一步，督促县市场监管局加强检查。",
        "下一步，指导各县市场监管局开展培训。",
        "下一步，支持农业县、边境县、试点县加快发展。",
        "下一步，帮助贫困县和百强县结对。",
        "下一步，学习兄弟县和先进县的经验。",
        "下一步，支持侨乡县和摘帽县市场监管局加强能力建设。",
    ],
)
def test_a_kind_of_county_is_nobodys(check, text):
    places = [f for f in check(text) if f.rule in ("leak.place", "leak.organisation")]
    assert [f.where.text for f in places if f.where] == []


@pytest.mark.parametrize(
    "text",
    ["长沙市市场监管局李志明局长曾带队到我市指导。", "霁州市李志明副局长曾多次到场指导。"],
)
def test_beside_an_adverb_only_the_person_is_told(check, text):
    found = [f for f in check(text) if f.where is not None and "曾" in f.where.text]
    assert found == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我局已抽检XX批次。", []),
        ("我局已处置××件。", []),
        ("我局已培训1××人次。", ["1××"]),
        ("我局已抽检XX批次，不合格57批次。", ["57批次"]),
    ],
)
def test_a_figure_that_is_not_filled_in_is_told_once_as_open(profile, proposal, text, told):
    report = check_document((text,), proposal=proposal, profile=profile, today=TODAY)
    assert any(f.rule == "slot.open" for f in report.findings)
    numbers = [f.where.text for f in report.findings if f.rule == "leak.number" and f.where]
    assert [any(one in number for number in numbers) for one in told] == [True] * len(told)
    assert len(numbers) == len(told)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("我局已印发通知（云市监提复〔2026〕3号）。", True),
        ("我局已答复（云市监建复〔2026〕9号）。", True),
        ("我局已答复（云川市监建复〔2026〕9号）。", True),
        ("我局已印发通知（云市监发〔2025〕12号）。", True),
        ("我局已答复（云市教建复〔2026〕9号）。", False),  # another bureau of our city
        ("我局已答复（云建复〔2026〕9号）。", False),
        ("我局已答复（泊市监建复〔2026〕9号）。", False),  # of another city
        ("我局已答复（泊原市监建复〔2026〕9号）。", False),
    ],
)
def test_a_number_with_our_own_letters_is_ours_in_every_series(check, text, ours):
    found = [f for f in check(text) if f.where is not None and "号" in f.where.text]
    assert (found == []) == ours

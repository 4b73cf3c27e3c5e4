"""Form rules: every row of data/form.toml against its own example, and the whole letter."""

from __future__ import annotations

import pytest

from replygen.checking import check_document
from replygen.checking.checked_draft import CheckedDraft
from replygen.checking.form import check_form
from replygen.checking.slots import check_slots
from replygen.checking.tables import read_toml

RULES = read_toml("form.toml")["rule"]


def found(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in check_form(CheckedDraft((text,)))]


@pytest.mark.parametrize("row", RULES, ids=lambda r: f"{r['rule']}-{r['example'][:12]}")
def test_a_rule_meets_its_example_and_leaves_the_clean_one_alone(row):
    def told(text: str) -> bool:
        return any(
            rule == row["rule"] and message.startswith(row["message"])
            for rule, message in found(text)
        )

    assert told(row["example"])
    assert not told(row["clean"])


@pytest.mark.parametrize("row", RULES, ids=lambda r: r["message"][:20])
def test_a_message_names_its_clause(row):
    assert row["clause"] and row["suggestion"]


GOOD_LETTER = [
    "办理结果：B",
    "云市监提复〔2026〕12号",
    "对市政协五届三次会议第0126号提案的答复",
    "林静、周海明委员：",
    "你们提出的《关于促进我市直播电商规范经营的提案》（第0126号）收悉。现答复如下：",
    "一、关于加大监管力度",
    "2025年，我局组织直播带货专项监测6轮，筛出违法线索43条，全部移交办理。",
    "下一步，我局将于2027年6月底前完成一轮集中整治，查处直播间里的虚假宣传、以次充好。",
    "二、关于督促平台和直播机构履行义务、建立主播培训制度",
    "下一步，我局将制定直播营销合规指引，督促平台和直播机构落实主体责任，会同行业主管部门建立主播培训制度。",
    "三、关于制定地方标准、引导行业自律",
    "下一步，我局将组织制定直播营销的地方标准，支持行业协会引导行业自律。",
    "感谢你们对市场监管工作的关心和支持！",
    "云川市市场监督管理局",
    "2026年11月21日",
    "（联系人：许嘉木，联系电话：0000-1234567）",
    "抄送：市政协提案委员会、市政府督查室。",
]


def test_a_good_letter_has_nothing_to_mend(profile, proposal, own_texts):
    from datetime import date

    report = check_document(
        GOOD_LETTER,
        proposal=proposal,
        profile=profile,
        own_texts=own_texts,
        today=date(2026, 11, 21),
    )
    told = [f for f in report.findings if f.rule != "form.signatories"]  # each gets a copy
    assert [(f.rule, f.where and f.where.text) for f in told if f.severity != "warn"] == []
    assert [(f.rule, f.where.text) for f in told if f.where] == [("leak.promised", "2027年6月底前")]
    assert [row.answered for row in report.coverage] == [True, True, True]
    assert not report.blocked


@pytest.mark.parametrize(
    "text",
    [
        "【请补充：本单位已开展的工作】",
        "会同【单位】开展检查。",
        "计划于【时间】前完成。",
        "XX局牵头办理。",
        "由××部门负责。",
        "联系电话：____",
        "X年X月X日",
        "共检查（  ）户。",
        "以上内容待补充。",
        "会同某某局开展检查。",
        "ＸＸ市市场监督管理局",
    ],
)
def test_an_open_place_blocks(text):
    assert [(f.rule, f.severity) for f in check_slots(CheckedDraft((text,)))] == [
        ("slot.open", "block")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "云市监提复【2026】5号",
        "【同意公开】",
        "3×5米",
        "SPAX标准",
        "某些企业存在问题。",
        "MAX值",
    ],
)
def test_what_looks_like_a_slot_and_is_none(text):
    assert list(check_slots(CheckedDraft((text,)))) == []


def test_the_findings_stand_in_the_order_of_the_text(profile):
    report = check_document(
        ["1、加强监管,规范经营.", "由XX局负责", "24年底前完成"], profile=profile
    )
    numbers = [f.where.paragraph for f in report.findings if f.where]
    assert numbers == sorted(numbers) and len(set(numbers)) == 3

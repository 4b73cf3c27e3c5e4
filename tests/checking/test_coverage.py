"""Asks and the paragraphs that answer them; the class mark; channel, session, number."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.checking.checked_draft import CheckedDraft
from replygen.checking.classes import check_classes
from replygen.checking.coverage import is_cliche
from replygen.models import Ask, Block, CheckReport, Draft, DraftSection, Sentence

TODAY = date(2026, 11, 21)

ANSWERS = {
    1: "我局组织开展直播间虚假宣传、以次充好专项整治，加大监管力度，对违法线索立案查处。",
    2: "督促平台和直播机构落实主体责任，会同有关部门建立主播培训制度，每季度开课。",
    3: "公开征集直播营销方面的地方标准项目，支持协会制定自律公约，推动行业自律。",
}


@pytest.fixture
def check(profile, proposal):
    def run(*paragraphs: str, draft: Draft | None = None) -> CheckReport:
        return check_document(
            paragraphs, proposal=proposal, profile=profile, draft=draft, today=TODAY
        )

    return run


def rules(report: CheckReport, family: str) -> list[str]:
    return [f.rule for f in report.findings if f.rule.startswith(family)]


def test_every_ask_finds_its_paragraph(check):
    report = check(*ANSWERS.values())
    assert [(r.ask.order, r.answered, r.paragraphs) for r in report.coverage] == [
        (1, True, (0,)),
        (2, True, (1,)),
        (3, True, (2,)),
    ]
    assert rules(report, "coverage.") == []


@pytest.mark.parametrize("left_out", [1, 2, 3])
def test_an_ask_without_an_answer_blocks(check, left_out):
    report = check(*(text for order, text in ANSWERS.items() if order != left_out))
    missing = [f for f in report.findings if f.rule == "coverage.missing"]
    assert [f.severity for f in missing] == ["block"]
    assert f"第{left_out}条" in missing[0].message


def test_a_co_host_has_only_its_part(profile, proposal):
    asked = replace(proposal, host_role="会办")
    report = check_document((ANSWERS[1], ANSWERS[2]), proposal=asked, profile=profile, today=TODAY)
    missing = [f for f in report.findings if f.rule == "coverage.missing"]
    assert [(f.severity, "第3条" in f.message) for f in missing] == [("note", True)]


def test_a_paragraph_of_set_phrases_answers_nothing(check):
    report = check(
        ANSWERS[1],
        "对您提出的督促平台和直播机构履行义务、建立主播培训制度的建议，我局十分重视、认真研究、积极采纳。",
        ANSWERS[3],
    )
    assert [r.answered for r in report.coverage][2] is True
    assert "coverage.thin" in rules(report, "coverage.")


def test_only_a_slot_is_no_answer(check):
    report = check(
        ANSWERS[1], "二、关于督促平台和直播机构履行义务，建立主播培训制度", "【请补充：已开展的工作】", "三、其他", ANSWERS[3]
    )  # fmt: skip
    assert report.coverage[1].answered is False


def test_a_forgotten_half_of_an_ask_is_named(check):
    report = check(ANSWERS[1], "督促平台和直播机构压实主体责任，公示经营信息。", ANSWERS[3])
    thin = [f for f in report.findings if f.rule == "coverage.partly"]
    assert len(thin) == 1 and "主播培训" in thin[0].message


def test_a_heading_carries_its_section(check):
    report = check(
        "一、关于加大监管力度",
        "我局组织执法人员逐户排查，对屡查屡犯的依法从重处理。",
        *ANSWERS.values(),
    )
    assert 1 in report.coverage[0].paragraphs


def test_answers_in_another_order_are_noted(check):
    report = check(ANSWERS[3], ANSWERS[2], ANSWERS[1])
    assert "coverage.order" in rules(report, "coverage.")


def test_provenance_outranks_words(check):
    body = [
        Block("body", (Sentence("我局将逐户排查。" * 3, "precedent", ("a#1",), ask=n),))
        for n in (1, 2, 3)
    ]
    draft = Draft("答复", "letter", (), (DraftSection(None, None, tuple(body)),), ())
    report = check(*(b.text for b in draft.blocks), draft=draft)
    assert [r.paragraphs for r in report.coverage] == [(0,), (1,), (2,)]


def test_a_commitment_that_was_deleted_from_the_letter_answers_nothing(check):
    texts = ["我局将加大监管力度。", "我局将建立主播培训制度。", "我局将推动行业自律。"]
    body = [
        Block("body", (Sentence(text, "proposal", ("proposal",), ask=n),))
        for n, text in enumerate(texts, start=1)
    ]
    draft = Draft("答复", "letter", (), (DraftSection(None, None, tuple(body)),), ())
    assert rules(check(*texts, draft=draft), "coverage.missing") == []
    report = check(texts[0], texts[2], "联系人：许嘉木", draft=draft)
    assert [(r.ask.order, r.answered) for r in report.coverage] == [
        (1, True), (2, False), (3, True),
    ]  # fmt: skip
    assert rules(report, "coverage.missing") == ["coverage.missing"]
    none = check("联系人：许嘉木", draft=draft)
    assert not any(r.answered for r in none.coverage)


def test_the_receipt_is_no_answer(check):
    report = check(
        "您提出的《关于加大监管力度、制定地方标准、引导行业自律的提案》收悉。现答复如下："
    )
    assert not any(r.paragraphs for r in report.coverage)


@pytest.mark.parametrize(
    "text",
    [
        "我局高度重视，积极研究，认真采纳。",
        "感谢您对我们工作的关心和支持！欢迎继续提出宝贵意见。",
        "下一步，我局将切实履行职责，狠抓落实，取得实效。",
        "【请补充：已开展的工作】",
        "对您的建议我们十分赞同，将认真研究采纳，进一步加强相关工作。",
    ],
)
def test_set_phrases_say_nothing(text):
    assert is_cliche(text)


@pytest.mark.parametrize("text", list(ANSWERS.values()))
def test_an_answer_says_something(text):
    assert not is_cliche(text)


def test_without_a_proposal_coverage_is_named_as_not_run(profile):
    report = check_document(["正文。"], profile=profile)
    assert report.coverage == ()
    assert any(n.startswith("覆盖核查") for n in report.not_run)


PLAN = "下一步，我局将逐户排查直播机构，计划会同有关部门开展联合检查，建立投诉快速处置流程。"
DONE = "我局已完成对直播机构的逐户排查，建立了投诉快速处置流程，对违法线索全部立案查处。"


@pytest.mark.parametrize(
    ("mark", "body", "expected"),
    [
        ("办理结果：A", PLAN, ["class.tense"]),
        ("办理结果：A", DONE, []),
        ("办理结果：B", PLAN, ["class.deadline"]),
        ("办理结果：B", PLAN + "2027年6月底前完成。", []),
        ("办理结果：C", PLAN, ["class.reason"]),
        ("办理结果：C", "由于我市没有立法权限，该建议暂不具备实施条件，我局将向上级反映。", []),
        ("办理结果：D", DONE, ["class.unknown"]),
        ("（A）", PLAN, ["class.tense"]),
        ("办理类别:B类", PLAN, ["class.deadline"]),
        ("办理结果：【请选择类别】", PLAN, []),
        ("云市监提复〔2026〕12号(A类)", PLAN, ["class.tense"]),
        ("", DONE, ["class.missing"]),
    ],
)
def test_the_class_mark_fits_the_text(check, mark, body, expected):
    assert rules(check(mark, body), "class.") == expected


def test_the_date_under_the_signature_is_no_time_to_be_done_by(check):
    report = check("办理结果：B", PLAN, "云川市市场监督管理局", "2026年11月20日")
    assert rules(report, "class.") == ["class.deadline"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("林静、周海明代表：", "form.channel"),
        ("对市政协五届三次会议第0126号建议的答复", "form.channel"),
        ("对市政协五届二次会议第0126号提案的答复", "form.session"),
        ("对市政协第五届委员会第四次会议第0126号提案的答复", "form.session"),
        ("对市政协五届三次会议第0216号提案的答复", "form.number"),
        ("你们提出的《关于促进我市直播电商规范经营的提案》（第126号）收悉。", "form.number"),
    ],
)
def test_channel_session_and_number_follow_the_proposal(check, text, rule):
    assert rule in rules(check(text), "form.")


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("关于将眼科针剂列入医保目录的建议", True),
        ("关于在体育场馆进行入场安检的提案", True),
        ("关于促进我市直播电商规范经营的提案", False),
        ("关于进一步规范直播电商经营行为、促进其健康发展的建议", False),
        ("直播电商规范经营", False),
    ],
)
def test_a_letter_to_another_proposal_is_told(check, title, other):
    receipt = f"您在市政协五届三次会议上提出的《{title}》收悉，现答复如下："
    assert ("form.title" in rules(check(receipt), "form.")) is other


def test_nothing_of_another_matter_answers_a_single_ask(profile, proposal):
    one = replace(proposal, asks=(Ask(1, "增设安检设备", "在场馆入口处增设安检设备。"),))
    report = check_document(
        ["我局回收报废电脑四十一台，建立了旧家电台账。"], proposal=one, profile=profile
    )
    assert [row.answered for row in report.coverage] == [False]


def test_a_session_is_the_same_however_the_field_was_filled(profile, proposal):
    long = replace(proposal, session="政协云川市五届三次会议")
    text = "对市政协五届三次会议第0126号提案的答复"
    assert rules(check_document([text], proposal=long, profile=profile), "form.session") == []


# what a paper signed by two is told, whatever it says
_ON_JOINT = ("form.salutation", "form.signatories")


@pytest.mark.parametrize(
    "text",
    [
        "林静、周海明委员：",
        "对市政协五届三次会议第0126号提案的答复",
        "关于市政协第五届委员会第三次会议第0126号提案的答复",
        "你们提出的《关于促进我市直播电商规范经营的提案》（第0126号）收悉。",
    ],
)
def test_what_agrees_with_the_proposal_is_left_alone(check, text):
    assert [r for r in rules(check(text), "form.") if r not in _ON_JOINT] == []


@pytest.mark.parametrize(
    ("title", "receipt", "rule", "said"),
    [
        (
            "市政协十二届三次会议第0123号",
            "您在市政协十二届二次会议上提出的",
            "form.session",
            "十二届二次",
        ),
        ("市政协十二届三次会议第0123号", "您提出的第0132号提案", "form.number", "0132"),
        (
            "市政协十二届三次会议第0123号",
            "您在市政协第十二届委员会第三次会议上提出的第123号",
            None,
            "",
        ),
    ],
)
def test_a_letter_that_contradicts_its_own_title_is_told(title, receipt, rule, said):
    lines = (
        f"关于{title}提案的答复",
        "骆书遥委员：",
        f"{receipt}《关于加快老旧小区加装电梯的提案》收悉，现答复如下：",
    )
    found = [
        f for f in check_classes(CheckedDraft(lines)) if f.rule in ("form.session", "form.number")
    ]
    assert [(f.rule, f.where and f.where.text) for f in found] == ([(rule, said)] if rule else [])


def test_a_plan_told_as_done_is_found(check):
    assert "class.tense" in rules(check("下一步，我局已建成监测平台。"), "class.")


def test_a_paragraph_of_set_phrases_is_found_without_a_proposal(profile):
    text = "我局高度重视，积极研究，认真采纳，切实抓好落实。"
    report = check_document([text, ANSWERS[1]], profile=profile)
    assert [f.where.paragraph for f in report.findings if f.rule == "coverage.cliche"] == [0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今后，我局将推行“时间银行”志愿服务。", False),
        ("下一步，我局将编制绿植名录。", False),
        ("我局将高度重视，认真研究，抓好落实。", True),
        ("我局高度重视此项工作，将认真研究，积极采纳。", True),
    ],
)
def test_a_short_measure_is_no_set_phrase(check, text, found):
    assert ("coverage.cliche" in rules(check(text), "coverage.")) is found


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("我局对销售不符合强制性国家标准车辆的行为依法查处。", ""),
        ("我局开展专项整治，对销售不合格车辆的门店立案12件。", ""),
        ("我局督促门店查验产品合格证明。", "严禁销售"),
        ("我局对占用消防通道的行为依法查处。", "严禁销售"),
    ],
)
def test_what_is_to_be_forbidden_is_answered_by_punishing_it(profile, proposal, answer, left):
    topic = "加大对门店的检查和电池抽查力度，严禁销售改装超速车"
    asked = replace(proposal, asks=(Ask(1, topic, f"{topic}。"),))
    text = f"我局加大对销售门店的检查力度，组织电池抽查，公布抽查结果。{answer}"
    report = check_document((text,), proposal=asked, profile=profile, today=TODAY)
    told = " ".join(f.message for f in report.findings if f.rule == "coverage.partly")
    assert (left in told) if left else told == ""

"""Verdicts on citations: the traps that similarity falls into, and ordinary ones."""

# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.index import open_index
from replygen.laws import Register, find_citations, load_register
from replygen.models import CheckReport
from replygen.parsing import parse_source
from replygen.reading import read_bytes
from replygen.settings import Profile

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(None)


def judge(register: Register, text: str, on: date = TODAY) -> list[str]:
    return [register.judge(c, on=on)[0] for c in find_citations(text)]


# text, verdict, what the note or suggestion must name
TRAPS = [
    ("依据《食品安全法实施条例》第三条的规定，加强监管。", "unclear", "食品安全法实施条例"),
    ("依据《杭州市食品安全法实施办法》第三条，加强监管。", "not_in_register", "杭州市"),
    ("依据《中华人民共和国合同法》第八条，依法处理。", "repealed", "民法典"),
    ("依据《中华人民共和国民法典》第九百九十九条之一，依法处理。", "no_such_article", "第九百九十九条之一"),
    ("依据《直播营销管理办法（试行）》，加强监管。", "not_in_register", "网络直播营销管理办法（试行）"),
    ("依据《中华人民共和国医疗保障法》第五条，加强监管。", "not_in_force", "2027年1月1日"),
    ("依据《中华人民共和国电子商务法》第三百条，加强监管。", "no_such_article", "第三百条"),
    ("依据《网络交易管理办法》，加强监管。", "repealed", "网络交易监督管理办法"),
    ("依据《互联网广告管理暂行办法》第五条，加强监管。", "repealed", "互联网广告管理办法"),
    ("依据《网络商品交易及有关服务行为管理暂行办法》，加强监管。", "repealed", "网络交易监督管理办法"),
    ("依据《中华人民共和国民法总则》第一百条，依法处理。", "repealed", "民法典"),
    ("依据《婚姻法》第三条，依法处理。", "repealed", "民法典"),
    ("依据《侵权责任法》，依法处理。", "repealed", "民法典"),
    ("依据《信访条例》，做好信访工作。", "repealed", "信访工作条例"),
    ("依据《中华人民共和国环境保护法》第六条，加强治理。", "repealed", "生态环境法典"),
    ("依据《网络交易监督管理办法》第六十条，加强监管。", "no_such_article", "第六十条"),
    ("依据《网络交易监督管理办法》第二十条，加强监管。", "unclear", "人工核实"),
    ("依据《优化营商环境条例》第九十条，加强监管。", "no_such_article", "第九十条"),
    ("依据《食品安全监督条例》第三条，加强监管。", "not_in_register", "食品安全监督条例"),
    ("依据《消费者权益保护条例》第三条，加强监管。", "not_in_register", "消费者权益保护条例"),
    ("依据《中华人民共和国直播电商法》第三条，加强监管。", "not_in_register", "直播电商法"),
]  # fmt: skip

VALID = [
    "依据《中华人民共和国电子商务法》第三十八条，加强监管。",
    "依据《电子商务法》第三十八条第一款，加强监管。",
    "依据《中华人民共和国消费者权益保护法》第五十五条，依法处理。",
    "依据《消费者权益保护法实施条例》，规范经营。",
    "依据《网络直播营销管理办法（试行）》，规范经营。",
    "依据《网络直播营销管理办法(试行)》，规范经营。",
    "依据《网络交易监督管理办法》，规范经营。",
    "依据《中华人民共和国反不正当竞争法》第八条，依法查处。",
    "依据《中华人民共和国标准化法》第十三条，制定地方标准。",
    "依据《中华人民共和国民法典》第一千一百六十五条，依法处理。",
    "依据《中华人民共和国刑法》第二百八十七条之一，移送公安机关。",
    "依据《中华人民共和国广告法》（2021年修正）第二十八条，依法查处。",
    "依据《直播电商监督管理办法》，规范经营。",
    "依据《中华人民共和国民营经济促进法》第三条，优化环境。",
]


@pytest.mark.parametrize(("text", "verdict", "names"), TRAPS)
def test_a_trap_gets_its_verdict_and_names_the_remedy(register, text, verdict, names):
    citation = find_citations(text)[0]
    judgement = register.examine(citation, on=TODAY)
    assert judgement.verdict == verdict
    assert names in f"{judgement.note}{judgement.suggestion}"


@pytest.mark.parametrize("text", VALID)
def test_what_is_in_force_is_valid(register, text):
    assert judge(register, text)[0] == "valid"


def test_the_regulation_is_never_judged_as_the_law(register):
    """《食品安全法实施条例》 has 86 条, the law has more: 第一百条 tells them apart."""
    assert judge(register, "《中华人民共和国食品安全法》第一百条") == ["valid"]
    assert judge(register, "《食品安全法实施条例》第一百条") == ["no_such_article"]


def test_a_law_repealed_later_was_valid_on_an_earlier_day(register):
    text = "依据《中华人民共和国环境保护法》第六条"
    assert judge(register, text, date(2026, 3, 1)) == ["valid"]
    assert judge(register, text, date(2026, 8, 15)) == ["repealed"]


def test_an_abbreviation_in_use_is_judged_as_the_law_and_its_full_name_suggested(register):
    judgement = register.examine(find_citations("《代表法》第五十一条")[0], on=TODAY)
    assert judgement.verdict == "valid"
    assert "全国人民代表大会和地方各级人民代表大会代表法" in (judgement.suggestion or "")


def check(*paragraphs: str) -> CheckReport:
    return check_document(paragraphs, profile=Profile(), today=TODAY)


def rules(report: CheckReport) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in report.findings if f.rule.startswith("citation.")]


def test_deadlines_under_the_old_article_of_the_deputies_law_are_found():
    report = check("根据《代表法》第四十二条，建议应当在三个月内答复。")
    assert ("citation.moved", "block") in rules(report)
    assert [c.verdict for c in report.citations] == ["outdated_edition"]


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("依据《合同法》第八条处理。", "citation.repealed", "block"),
        ("依据《民法典》第九百九十九条之一处理。", "citation.no_such_article", "block"),
        ("依据《中华人民共和国医疗保障法》处理。", "citation.not_in_force", "block"),
        ("依据《中华人民共和国直播电商法》处理。", "citation.not_in_register", "block"),
        ("依据《直播间选品管理办法》处理。", "citation.not_in_register", "warn"),
        ("下一步，研究制定《云川市直播间选品管理办法》。", "citation.not_in_register", "note"),
        ("依据《网络交易监督管理办法》第二十条处理。", "citation.unclear", "warn"),
    ],
)
def test_a_verdict_becomes_a_finding(text, rule, severity):
    assert rules(check(text)) == [(rule, severity)]


MISQUOTED = [
    ("《食品安全法》第一百四十八条规定，消费者可以要求支付价款三倍或者损失二倍的赔偿金。", "block"),
    ("《消费者权益保护法》第二十五条规定，网购商品消费者有权自收到商品之日起三十日内退货。", "block"),
    ("《未成年人保护法》第五十九条规定，烟酒经营者查验后可以向未成年人出售烟、酒。", "block"),
    ("《电子商务法》第三十八条规定，平台经营者应当建立健全信用评价制度，公示信用评价规则。", "warn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "severity"), MISQUOTED)
def test_a_number_or_a_modal_word_against_the_text_blocks(text, severity):
    report = check(text)
    assert ("citation.misquoted", severity) in rules(report)
    assert [c.verdict for c in report.citations] == ["misquoted"]


def test_what_stands_in_the_place_of_an_old_text_is_named():
    report = check("依据《合同法》第八条处理。", "依据《行政处罚法》（2017年修正）第三十八条处理。")
    assert [c.successor for c in report.citations] == [
        "《民法典》",
        "《中华人民共和国行政处罚法》（2021年修订）",
    ]


def test_a_draft_that_quotes_an_article_word_for_word_is_not_misquoted(register):
    for law, number in (("老年人权益保障法", "第三十七条"), ("民法典", "第二百七十八条")):
        text = judge_text(register, f"《{law}》{number}")
        for quoted in (f"规定，“{text}”", f"规定：{text}", f"规定，{text.splitlines()[0]}"):
            report = check(f"《中华人民共和国{law}》{number}{quoted}".replace("\n", ""))
            assert {c.verdict for c in report.citations} <= {"valid"}, report.citations


def judge_text(register: Register, text: str) -> str:
    return register.examine(find_citations(text)[0], on=TODAY).text or ""


def test_plans_and_notices_are_no_statutes():
    assert check("按照《云川市直播电商三年行动计划》推进。").citations == ()


def test_a_citation_knows_its_place():
    report = check("第一段。", "依据《合同法》第八条处理。")
    citation = report.citations[0]
    assert (citation.paragraph, citation.start, citation.end) == (1, 2, 10)


def test_the_date_below_the_letter_is_the_day_that_counts():
    report = check("依据《中华人民共和国环境保护法》第六条处理。", "2026年5月8日")
    assert [c.verdict for c in report.citations] == ["valid"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依据《中华人民共和国电子商务法》第三十八条，对校园食堂燃气管道改造、电动自行车停放充电作出安排。", True),
        ("依据《中华人民共和国电子商务法》第三十八条，督促平台经营者对平台内经营者尽到资质资格审核义务。", False),
        ("依据《中华人民共和国电子商务法》第三十八条，加强监管。", False),
    ],
)  # fmt: skip
def test_an_article_about_something_else_is_noted(text, expected):
    assert (("citation.mismatch", "note") in rules(check(text))) is expected


LOCAL_RULE = """云川市地方标准管理办法
（2024年3月1日云川市人民政府令第12号公布 自2024年5月1日起施行）
第一条 为了规范地方标准制定工作，制定本办法。
第二条 本市行政区域内地方标准的立项、编制、审查、发布，适用本办法。
第三条 市标准化行政主管部门统一管理地方标准工作。
第四条 任何单位和个人可以提出地方标准立项建议。
第五条 本办法自2024年5月1日起施行。
"""


def test_a_local_rule_of_the_index_is_judged_by_its_text(tmp_path):
    with open_index(tmp_path) as index:
        source = read_bytes("云川市地方标准管理办法.txt", LOCAL_RULE.encode())
        index.add(parse_source(source), source, own=True, region="云川市")
        register = load_register(index)
        assert judge(register, "《云川市地方标准管理办法》第四条") == ["valid"]
        assert judge(register, "《云川市地方标准管理办法》第九条") == ["no_such_article"]
        assert judge(register, "《云川市地方标准管理办法》") == ["valid"]
        assert judge(register, "《岚港市地方标准管理办法》第四条") == ["not_in_register"]

"""Citations as replies write them, each with the verdicts it must get, in order."""

# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import pytest
from contradictions import find_contradictions

from replygen.checking import check_document
from replygen.laws import Register, find_citations, load_register
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
VALID, GONE, NONE, EARLY, UNKNOWN, OPEN = (
    "valid",
    "repealed",
    "no_such_article",
    "not_in_force",
    "not_in_register",
    "unclear",
)
OLD, MISQUOTED = "outdated_edition", "misquoted"


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(None)


CASES: list[tuple[str, list[str]]] = [
    # as they come from other keyboards and other hands
    ("依据《标准化法》第十三条、十四条和九十九条处理。", [VALID, VALID, NONE]),
    ("依据《食品安全法》第三十四条第（二）、（三）项处理。", [VALID, VALID]),
    ("依据《食品安全法》第三十四条第（二）、（三十）项处理。", [VALID, NONE]),
    ("依据《食品安全法》第三十四条第二项至第七项处理。", [VALID, VALID]),
    ("依据《食品安全法》第三十四条第二项至第七十项处理。", [VALID, NONE]),
    ("依据<食品安全法>第三条处理，体积<3立方米。", [VALID]),
    ("依据《食品安全法》三十四条的规定处理。", [VALID]),
    ("依据《食品安全法》三百四十条的规定处理。", [NONE]),
    ("依据《食品安全法》三条措施处理。", [VALID]),
    ("依据《产品质量法》第12-14条处理。", [VALID, VALID, VALID]),
    ("依据《产品质量法》第七十三至七十五条处理。", [VALID, VALID, NONE]),
    ("依据《道路交通安全法》及其实施条例第六十二条处理。", [VALID, OPEN]),
    ("依据《食品安全法》及其实施条例第九十条处理。", [VALID, NONE]),
    ("依据代表法第五十一条处理。", [VALID]),
    ("依据消法第五十五条处理。", [VALID]),
    ("依据《中华人民共和国民法典·物权编》第二百七十八条处理。", [VALID]),
    ("依据《民法典》物权编第二百七十八条处理。", [VALID]),
    ("依据《民法典》(合同编)第五百零九条处理。", [VALID]),
    ("依据《食品安全法(2015)》第三条处理。", [OLD]),
    ("依据《澜江省实施〈中华人民共和国消费者权益保护法〉办法》第十条处理。", [UNKNOWN]),
    ("依据《电子商务法》第三十八条之规定处理。", [VALID]),
    ("依据《中华人民共和国特种设备安全法》(主席令第四号)第三十九条处理。", [VALID]),
    ("依据《 中华人民共和国 价格法 》第 十四 条处理。", [VALID]),
    ("依据《招标投标法》第３条处理。", [VALID]),
    ("依据《侵权责任法》第八十七条处理。", [GONE]),
    ("依据《消费者权益保护法》第五十五条之一处理。", [NONE]),
    ("依据《物业管理条例》第二十条和该条例第七十条处理。", [OPEN, NONE]),
    ("依据《食品安全法》（2021年4月29日第二次修正）第三十四条处理。", [OLD]),
    ("依据《未成年人保护法》第五章第七十四条处理。", [VALID]),
    ("依据《电子商务法》《食品安全法》第三条、第五条至第七条处理。", [VALID] * 5),
    # lists, ranges, a second 条 in the same sentence
    ("依据《电子商务法》第三十八条、第四十一条处理。", [VALID, VALID]),
    ("依据《电子商务法》第三十八条和第三百条处理。", [VALID, NONE]),
    ("依据《电子商务法》第三条至第五条处理。", [VALID, VALID, VALID]),
    ("依据《电子商务法》第八十八条至第九十一条处理。", [VALID, VALID, NONE, NONE]),
    ("依据《民法典》第一千一百六十五条、第一千一百六十六条处理。", [VALID, VALID]),
    ("依据《合同法》第八条、第六十条处理。", [GONE, GONE]),
    ("依据《广告法》第二十八条、《反不正当竞争法》第八条处理。", [VALID, VALID]),
    ("依据《广告法》第二十八条和《婚姻法》第三条处理。", [VALID, GONE]),
    ("依据《价格法》第13条、第14条处理。", [VALID, VALID]),
    ("依据《食品安全法》第三十四条，以及《食品安全法实施条例》第九十条处理。", [VALID, NONE]),
    # 款 and 项
    ("依据《电子商务法》第三十八条第一款处理。", [VALID]),
    ("依据《电子商务法》第三十八条第二款处理。", [VALID]),
    ("依据《电子商务法》第三十八条第三款处理。", [NONE]),
    ("依据《电子商务法》第九条第二款处理。", [VALID]),
    ("依据《电子商务法》第九条第四款处理。", [NONE]),
    ("依据《食品安全法》第三十四条第（一）项处理。", [VALID]),
    ("依据《食品安全法》第三十四条第十三项处理。", [VALID]),
    ("依据《食品安全法》第三十四条第（十四）项处理。", [NONE]),
    ("依据《食品安全法》第三十四条第一款第（三）项处理。", [VALID]),
    ("依据《食品安全法》第三十四条第二款处理。", [NONE]),
    ("依据《电子商务法》第三十八条第一款第（二）项处理。", [NONE]),
    ("依据《消费者权益保护法》第五十五条第二款处理。", [VALID]),
    ("依据《消费者权益保护法》第五十五条第五款处理。", [NONE]),
    ("依据《食品安全法》第34条第(1)项处理。", [VALID]),
    # 之一
    ("依据《刑法》第二百八十七条之一处理。", [VALID]),
    ("依据《刑法》第二百八十七条之二处理。", [VALID]),
    ("依据《刑法》第二百八十七条之九处理。", [NONE]),
    ("依据《民法典》第九百九十九条之一处理。", [NONE]),
    ("依据《民法典》第一千二百六十条处理。", [VALID]),
    ("依据《民法典》第一千二百六十一条处理。", [NONE]),
    ("依据《民法典》第零条处理。", [NONE]),
    # short forms and references
    ("《电子商务法》（以下简称《电商法》）自2019年施行，《电商法》第三十八条规定了责任。", [VALID, VALID]),
    ("依据《中华人民共和国食品安全法》（以下简称《食安法》）第三条处理；《食安法》第三百条不适用。", [VALID, NONE]),
    ("《电子商务法》已经施行。该法第三十八条规定了平台责任。", [VALID, VALID]),
    ("《电子商务法》已经施行。该法第三百条规定了平台责任。", [VALID, NONE]),
    ("《优化营商环境条例》已经施行，该条例第九十条不存在。", [VALID, NONE]),
    ("《合同法》早已废止，该法第八条不再适用。", [GONE, GONE]),
    ("依据《电商法》第三十八条处理。", [VALID]),
    ("依据《代表法》第五十一条办理。", [VALID]),
    ("依据《民法典侵权责任编》第一千一百六十五条处理。", [VALID]),
    ("根据食品安全法第三条，加强监管。", [VALID]),
    ("根据食品安全法实施条例第九十条，加强监管。", [NONE]),
    # articles of a list or a range that share 第 or 条; malformed ones; the number in front
    ("依据《食品安全法》第三、四条处理。", [VALID, VALID]),
    ("依据《食品安全法》第三百、四百条处理。", [NONE, NONE]),
    ("依据《食品安全法》第三四条处理。", [OPEN]),
    ("依据《食品安全法》第152条至156条处理。", [VALID, VALID, VALID, NONE, NONE]),
    ("第九百条（《食品安全法》）不存在。", [NONE]),
    ("《食品安全法》已经施行。其第九十条不变，其第九百条不存在。", [VALID, VALID, NONE]),
    ("根据合同法的规定处理。", [GONE]),
    ("违反食品安全法，依法处理。", [VALID]),
    ("学习宣传食品安全法。", []),
    ("依据《中華人民共和國食品安全法》第三十四條處理。", [VALID]),
    ("依据《中華人民共和國合同法》第八條处理。", [GONE]),
    # a named edition
    ("依据《行政处罚法》（2017年修正）第三十八条处理。", [OLD]),
    ("依据《行政处罚法》（2021年修订）第三十八条处理。", [VALID]),
    ("依据2017年修正的《行政处罚法》第四十二条处理。", [OLD]),
    ("依据修订前的《行政处罚法》第三十一条处理。", [OLD]),
    ("依据新修订的《行政处罚法》第三十三条处理。", [VALID]),
    ("依据原《食品安全法》第九十六条处理。", [OLD]),
    ("依据《产品质量法（1993）》第三十条处理。", [OLD]),
    ("依据1993年《消费者权益保护法》第四十九条处理。", [OLD]),
    ("2022年《食品安全法》宣传周期间开展培训。", [VALID]),
    ("依据《价格法》（2016年修正）第八条处理。", [OPEN]),
    ("依据修订前的《价格法》第八条处理。", [OPEN]),
    ("依据《行政处罚法》（2017年修正）。该法第三十八条处理。", [OLD, OLD]),
    # names that only look like others
    ("依据《食品安全法实施条例》第三条处理。", [OPEN]),
    ("依据《杭州市食品安全法实施办法》第三条处理。", [UNKNOWN]),
    ("依据《云川市食品安全条例》处理。", [UNKNOWN]),
    ("依据《直播营销管理办法（试行）》处理。", [UNKNOWN]),
    ("依据《网络直播营销管理办法（试行）》处理。", [VALID]),
    ("依据《食品安全监督条例》第三条处理。", [UNKNOWN]),
    ("依据《消费者保护法》第三条处理。", [UNKNOWN]),
    ("依据《中华人民共和国网络直播法》第三条处理。", [UNKNOWN]),
    ("依据《个体工商户促进条例》处理。", [UNKNOWN]),
    # replaced, renamed, not yet
    ("依据《合同法》第八条处理。", [GONE]),
    ("依据《中华人民共和国物权法》处理。", [GONE]),
    ("依据《执业医师法》处理。", [GONE]),
    ("依据《个体工商户条例》第八条处理。", [GONE]),
    ("依据《网络交易管理办法》处理。", [GONE]),
    ("依据《食品经营许可管理办法》处理。", [GONE]),
    ("依据《增值税暂行条例》处理。", [GONE]),
    ("依据《大气污染防治法》第八十一条处理。", [GONE]),
    ("依据《中华人民共和国医疗保障法》第五条处理。", [EARLY]),
    ("依据《生态环境法典》第一条处理。", [VALID]),
    ("依据《农村土地承包法》第六条处理。", [VALID]),
    ("依据《农村土地承包法》第八十条处理。", [NONE]),
    ("依据《乡镇企业法》处理。", [OPEN]),
    ("依据《土地承包法》第六条处理。", [VALID]),
    # editions and brackets
    ("依据《中华人民共和国广告法》（2021年修正）第二十八条处理。", [VALID]),
    ("依据《网络直播营销管理办法(试行)》处理。", [VALID]),
    ("依据《 食品安全法 》第三条处理。", [VALID]),
    # nothing to judge
    ("按照《云川市直播电商三年行动计划》推进。", []),
    ("双方签订的合同第三条约定了价格。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdicts"), CASES)
def test_every_citation_gets_its_verdict(text: str, verdicts: list[str]) -> None:
    report = check_document([text], profile=Profile(), today=TODAY)
    assert [c.verdict for c in report.citations] == verdicts, report.citations


def test_there_are_enough_cases() -> None:
    assert len({text for text, _ in CASES}) >= 60


# law, the day of the letter, verdict
DAYS = [
    ("《环境保护法》第六条", date(2026, 8, 14), VALID),
    ("《环境保护法》第六条", date(2026, 8, 15), GONE),
    ("《生态环境法典》第一条", date(2026, 8, 14), EARLY),
    ("《民法典》第一条", date(2020, 12, 31), EARLY),
    ("《合同法》", date(2020, 12, 31), VALID),
    ("《直播电商监督管理办法》", date(2026, 1, 31), EARLY),
    ("《直播电商监督管理办法》", date(2026, 2, 1), VALID),
    ("《个体工商户条例》", date(2022, 10, 31), VALID),
    ("《增值税法》第一条", date(2025, 12, 31), EARLY),
    ("《公司法》第二百三十条", date(2024, 6, 30), NONE),
    ("《公司法》第二百三十条", date(2024, 7, 1), VALID),
    ("《公司法》第二十六条", date(2023, 5, 8), OPEN),
    ("《行政处罚法》第三十八条", date(2021, 7, 14), OPEN),
    ("《行政处罚法》第三十八条", date(2021, 7, 15), VALID),
    ("《食品安全法》第三条", date(2024, 5, 8), VALID),  # not among those that 2025 changed
    ("《食品安全法》第四十一条", date(2024, 5, 8), OPEN),
    ("《刑法》第三百九十条", date(2026, 5, 8), OPEN),  # changed in 2024, laws.db has it of 2020
    ("《刑法》第二百八十七条之一", date(2026, 5, 8), VALID),
    ("《村民委员会组织法》第四十五条", date(2025, 12, 31), NONE),
]


@pytest.mark.parametrize(("text", "day", "verdict"), DAYS)
def test_the_day_of_the_letter_decides(
    register: Register, text: str, day: date, verdict: str
) -> None:
    assert register.judge(find_citations(text)[0], on=day)[0] == verdict


@pytest.mark.parametrize(("text", "day", "verdict"), DAYS)
def test_the_date_under_a_draft_is_that_day(text: str, day: date, verdict: str) -> None:
    paragraphs = [f"依据{text}处理。", f"{day.year}年{day.month}月{day.day}日"]
    report = check_document(paragraphs, profile=Profile(), today=TODAY)
    assert [c.verdict for c in report.citations] == [verdict]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("《电子商务法》第三十八条第三款", "只有2款"),
        ("《食品安全法》第三十四条第（十四）项", "只有13项"),
        ("《电子商务法》第三十八条第一款第（二）项", "没有分项"),
    ],
)
def test_the_note_says_what_the_article_has(register: Register, text: str, why: str) -> None:
    verdict, note = register.judge(find_citations(text)[0], on=TODAY)
    assert (verdict, why in (note or "")) == (NONE, True), note


# text, severity of citation.misquoted, what the advice names
CLAIMS = [
    ("《道路交通安全法》第十七条规定：“依法应当登记的非机动车，经公安机关交通管理部门登记后，方可上道路行驶。”", "warn", "第18条"),
    ("《道路交通安全法》第十八条规定：“依法应当登记的非机动车，经公安机关交通管理部门登记后，方可上道路行驶。”", None, ""),
    ("《电子商务法》第三十八条明确，从事食品生产和食品销售应当取得许可。", "warn", "第三十八条"),
    ("《电子商务法》第三十八条明确，平台经营者对平台内经营者的资质资格未尽到审核义务的依法承担相应责任。", None, ""),
    ("《标准化法》第十三条规定，设区的市可以根据本行政区域的特殊需要制定本行政区域的地方标准。", None, ""),
    ("《标准化法》第十三条规定，非机动车停放点应当设置充电设施并由物业服务企业负责巡查。", "warn", ""),
    ("《电子商务法》第三十八条、第四十一条规定，平台经营者应当建立知识产权保护规则。", None, ""),
    ("依据《电子商务法》第三十八条的规定，我局责成平台提交整改方案，明确整治任务和时间。", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "severity", "named"), CLAIMS)
def test_what_an_article_is_said_to_say_is_compared(
    text: str, severity: str | None, named: str
) -> None:
    report = check_document([text], profile=Profile(), today=TODAY)
    found = [f for f in report.findings if f.rule == "citation.misquoted"]
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all(named in (f.suggestion or "") for f in found)


def test_register_and_laws_db_agree_or_the_difference_is_settled(register: Register) -> None:
    found = find_contradictions(register)
    assert [c for c in found if c.settled is None] == []
    assert "农村土地承包法" in {c.title for c in found}  # the check can find one


def test_a_sentence_that_tells_the_repeal_is_no_citation_of_it() -> None:
    report = check_document(
        ("《合同法》已经废止，适用《民法典》。", "依据《合同法》办理。"), today=TODAY
    )
    found = [
        (f.where.paragraph, f.severity)
        for f in report.findings
        if f.where and f.rule == "citation.repealed"
    ]
    assert found == [(0, "note"), (1, "block")]

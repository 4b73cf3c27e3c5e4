"""What sentences claim of articles: found where wrong, left alone where right."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.language.tables import Tables
from replygen.laws.claims import read_claim
from replygen.laws.figures import read_figures
from replygen.laws.norms import read_norms
from replygen.laws.support import find_unsupported
from replygen.settings import Profile

ROWS = Tables(__file__).rows("claims.tsv")
DAY = date(2026, 11, 21)


def is_misquoted(text: str) -> bool:
    """Whether an article is told not to say so, be it that an earlier text did."""
    report = check_document([text], profile=Profile(), today=DAY)
    return any(c.verdict in ("misquoted", "outdated_edition") for c in report.citations)


@pytest.fixture(scope="module")
def counts() -> Counter[tuple[str, str, bool]]:
    return Counter((part, label, is_misquoted(text)) for part, label, _, text in ROWS)


def share(counts: Counter[tuple[str, str, bool]], part: str, label: str) -> float:
    found, missed = counts[part, label, True], counts[part, label, False]
    return found / (found + missed)


def test_there_are_a_hundred_and_fifty_claims_of_each_kind() -> None:
    labels = Counter(label for _, label, _, _ in ROWS)
    assert labels["right"] >= 150 and labels["wrong"] >= 150


def test_of_wrong_claims_that_were_only_counted_85_of_100_are_found(counts) -> None:
    assert share(counts, "kept", "wrong") >= 0.85


def test_of_right_claims_that_were_only_counted_5_of_100_at_most_are_alarmed(counts) -> None:
    assert share(counts, "kept", "right") <= 0.05


def test_the_claims_that_it_was_made_with_stay_found(counts) -> None:
    assert share(counts, "dev", "wrong") >= 0.9
    assert share(counts, "dev", "right") <= 0.02


WANTED = "经营者应当查验许可证和合格证明文件"
CLAIMS = [
    ("", "规定，经营者应当查验许可证和合格证明文件。", True, WANTED),
    ("根据", "关于禁止商业贿赂行为的规定，查处案件3件", True, "禁止商业贿赂行为"),
    ("依据", "的规定，我局责成平台提交整改方案，明确时间。", None, None),
    ("依据", "，经营者应当查验许可证和合格证明文件，我局加强检查。", False, WANTED),
    ("“机动车应当在规定地点停放，依照本法", "规定施划的停车泊位除外。”", None, None),
    ("", "。", None, None),
    # behind what it is cited for
    (f"{WANTED}，见", "。", True, WANTED),
    (f"{WANTED}，这是", "的规定。", True, WANTED),
    (f"{WANTED}，", "对此有明文。", True, WANTED),
    (f"{WANTED}，依据是", "，我局据此开展检查。", False, f"{WANTED}，依据是"),
    (f"{WANTED}（", "）。", True, WANTED),
    ("经营者没有查验许可证和合格证明文件，违反", "。", False, None),
    ("", "写明：经营者应当查验许可证和合格证明文件。", True, WANTED),
    # a figure is the article's, a deed is ours
    ("按照", f"，{WANTED}，保存六个月。", True, f"{WANTED}，保存六个月"),
    ("按照", f"，已对12家没有查验的经营者罚款3万元，{WANTED}。", False, None),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "explicit", "text"), CLAIMS)
def test_a_claim_is_read_out_of_the_words_around_a_citation(before, after, explicit, text) -> None:
    claim = read_claim(before, after)
    assert claim is None or claim.explicit is explicit
    assert text is None or (claim is not None and claim.text == text)
    assert claim is None or explicit is not None


FIGURES = [
    ("五万元以上十万元以下罚款", ["50000元", "100000元"]),
    ("七个工作日内", ["7工作日"]),
    ("每日二十二时至次日八时", ["1每日", "22时", "8时"]),
    ("每两年", ["2每年"]),
    ("面积占比三分之二以上，人数过半数", ["2/3%", "1/2%"]),
    ("百分之八十", ["80/100%"]),
    ("第三十四条第二款第（三）项", []),
    ("满十六周岁", ["16岁"]),
    ("半个月工资，半年以上", ["0.5月", "6月"]),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_figures_of_a_rule_have_a_value_and_a_unit(text, wanted) -> None:
    assert [f.value + f.unit for f in read_figures(text)] == wanted


NORMS = [
    ("经营者应当明码标价。", ["must"]),
    ("不得收费，不得强制交易。", ["not", "not"]),
    ("禁止下列行为：\n（一）虚构交易；\n（二）编造评价。", ["not", "not", "not"]),
    ("相应的供应商可以申请。", ["may"]),
    ("国家建立应急机制。", [None]),
]


@pytest.mark.parametrize(("text", "modals"), NORMS)
def test_clauses_have_the_modal_word_that_reaches_over_them(text, modals) -> None:
    assert [n.modal for n in read_norms(text)] == modals


LAW = "中华人民共和国义务教育法"
ARTICLE = "《中华人民共和国劳动合同法》第十条"
PARTS = [
    # the second 款 says it, the third is cited
    (f"《{LAW}》第十二条第三款规定，当地人民政府应当为其提供平等接受义务教育的条件。", "第二款"),
    (f"{ARTICLE}第三款规定，应当自用工之日起一个月内订立书面劳动合同。", "第二款"),
    ("《消费者权益保护法》第二十五条第三款规定，消费者有权自收到商品之日起七日内退货。", "第一款"),
    ("《食品安全法》第三十四条第（二）项规定，禁止经营腐败变质、霉变生虫的食品。", "第（六）项"),
    # and as it is
    (f"《{LAW}》第十二条第二款规定，当地人民政府应当为其提供平等接受义务教育的条件。", ""),
    (f"{ARTICLE}第二款规定，应当自用工之日起一个月内订立书面劳动合同。", ""),
    (f"{ARTICLE}规定，应当自用工之日起一个月内订立书面劳动合同。", ""),
    ("《消费者权益保护法》第二十五条第一款规定，消费者有权自收到商品之日起七日内退货。", ""),
    ("《食品安全法》第三十四条第（六）项规定，禁止经营腐败变质、霉变生虫的食品。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), PARTS)
def test_what_another_part_of_the_article_says_is_told_with_its_number(text: str, meant: str):
    report = check_document([text], profile=Profile(), today=DAY)
    told = [f.suggestion or "" for f in report.findings if f.rule == "citation.misquoted"]
    assert [t.split("的内容")[0] for t in told] == ([f"像是{meant}"] if meant else [])


BEHIND = [
    ("动物防疫法第三十条主要规定了屠宰企业污水处理设施的建设补贴标准。", True),
    ("动物防疫法第三十条主要规定了饲养犬只的免疫接种、登记和防疫管理。", False),
    ("公共图书馆法第三十三条着重规定了少年儿童用品的价格监测和处罚办法。", True),
    ("公共图书馆向社会公众收费提供文献信息查询、借阅服务，见《公共图书馆法》第三十三条。", True),
    ("不满八周岁的未成年人为限制民事行为能力人，见《民法典》第二十条。", True),
    ("不满八周岁的未成年人为无民事行为能力人，见《民法典》第二十条。", False),
    ("经济补偿按每满一年支付半个月工资的标准支付，见《劳动合同法》第四十七条。", True),
    ("经济补偿按每满一年支付一个月工资的标准支付，见《劳动合同法》第四十七条。", False),
    ("依据《消防法》第六十条，对占用消防车通道的某单位罚款4.5万元。", False),
    ("依据《消防法》第六十条，共处罚占用消防车通道的单位9家，罚没款28万元。", False),
    ("依据《消防法》第六十条，占用消防车通道的单位应当处五万元以上十万元以下罚款。", True),
    ("公共图书馆应当免费提供文献信息查询、借阅，见《公共图书馆法》第三十四条。", True),
    ("公共图书馆应当免费提供文献信息查询、借阅，见《公共图书馆法》第三十三条。", False),
    ("经营者销售商品应当按照规定明码标价，这是《价格法》第十四条的规定。", True),
    ("经营者销售商品应当按照规定明码标价，这是《价格法》第十三条的规定。", False),
    ("超过有效期的药品按假药处理，《药品管理法》第九十八条写得很清楚。", True),
    ("超过有效期的药品为劣药，《药品管理法》第九十八条写得很清楚。", False),
    ("消费者付款前有权了解价格，依据《价格法》第四十条责令改正。", False),
    ("有《消防法》第六十条规定情形的，责令改正。", False),
    ("变质的药品在执法中认定为假药，见《药品管理法》第九十八条第三款。", True),
    ("变质的药品在执法中认定为假药，见《药品管理法》第九十八条第二款。", False),
]


@pytest.mark.parametrize(("text", "wrong"), BEHIND)
def test_what_stands_before_its_citation_is_compared_too(text: str, wrong: bool):
    assert is_misquoted(text) == wrong


ORDERS = [
    ("《老年人权益保障法》第十五条规定，对经济困难的老年人，村民委员会应当给予护理补贴。", True),
    ("《老年人权益保障法》第十五条规定，对经济困难的老年人，应当提供医疗费用。", False),
    # 经营者未尽到…审核 is no 经…审核
    (
        "根据《电子商务法》第三十八条第二款，对关系消费者生命健康的商品或者服务，"
        "平台经营者未尽到资质资格审核义务造成消费者损害的，依法承担相应的责任。",
        False,
    ),
]


@pytest.mark.parametrize(("text", "wrong"), ORDERS)
def test_an_order_that_the_article_does_not_give_is_misquoted(text: str, wrong: bool):
    assert is_misquoted(text) == wrong


def test_a_claim_of_which_the_article_has_little_is_not_borne_out() -> None:
    article = (
        "凡具有中华人民共和国国籍的适龄儿童、少年，不分性别、民族，依法享有平等接受教育的权利。"
    )
    claim = read_claim("", "规定，学员报名须带户口簿原件和居住证明。")
    assert claim is not None and find_unsupported(claim, article, {}) == claim.text
    claim = read_claim("", "规定，学员依法享有平等接受教育的权利。")
    assert claim is not None and find_unsupported(claim, article, {}) is None
    claim = read_claim("根据", "，停车场应当按比例设置无障碍停车位。")
    assert claim is not None and not claim.explicit
    assert find_unsupported(claim, article, {}) == claim.text

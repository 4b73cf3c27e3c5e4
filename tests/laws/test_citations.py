"""Which law and which part of it a text cites."""

from __future__ import annotations

import pytest

from replygen.laws import find_citations

CASES = [
    ("依据《电子商务法》第三十八条", [("电子商务法", "第三十八条", None, None)]),
    (
        "《民法典》第九百九十九条之一第二款第（一）项",
        [("民法典", "第九百九十九条之一", "第二款", "第（一）项")],
    ),
    ("民法典第1165条", [("民法典", "第一千一百六十五条", None, None)]),
    ("根据食品安全法第三条", [("食品安全法", "第三条", None, None)]),
    ("食品安全法实施条例第三条", [("食品安全法实施条例", "第三条", None, None)]),
    (
        "《食品安全法实施条例》第三条",
        [("食品安全法实施条例", "第三条", None, None)],
    ),
    (
        "《标准化法》第三条、第五条和第七条第二款",
        [
            ("标准化法", "第三条", None, None),
            ("标准化法", "第五条", None, None),
            ("标准化法", "第七条", "第二款", None),
        ],
    ),
    (
        "《标准化法》第三条至第五条",
        [
            ("标准化法", "第三条", None, None),
            ("标准化法", "第四条", None, None),
            ("标准化法", "第五条", None, None),
        ],
    ),
    (
        "《云川市直播条例》（以下简称《条例》）施行。《条例》第八条规定",
        [
            ("云川市直播条例", None, None, None),
            ("云川市直播条例", "第八条", None, None),
        ],
    ),
    (
        "《广告法》已修订，该法第二十八条规定",
        [("广告法", None, None, None), ("广告法", "第二十八条", None, None)],
    ),
    (
        "按照《互联网广告管理办法》。上述办法第九条要求",
        [
            ("互联网广告管理办法", None, None, None),
            ("互联网广告管理办法", "第九条", None, None),
        ],
    ),
    (
        "《产品质量法》《广告法》第四条",
        [("产品质量法", None, None, None), ("广告法", "第四条", None, None)],
    ),
    (
        "《电子商务法》规定平台应当核验，第二十七条对此明确",
        [("电子商务法", "第二十七条", None, None)],
    ),
    (
        "《杭州市食品安全法实施办法》第三条",
        [("杭州市食品安全法实施办法", "第三条", None, None)],
    ),
    ("第三条规定了原则", []),
    ("省食品安全条例第三条", []),
    ("签订《战略合作协议》", [("战略合作协议", None, None, None)]),
    (
        "《关于印发〈甲办法〉的通知》要求",
        [("关于印发〈甲办法〉的通知", None, None, None)],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_citations_name_the_whole_title_and_the_part(text, wanted):
    found = [(c.name, c.article, c.clause, c.item) for c in find_citations(text)]
    assert found == wanted


def test_a_citation_is_cut_from_the_text():
    text = "根据《电子商务法》第三十八条第一款，处以罚款。"
    (citation,) = find_citations(text)
    assert text[citation.start : citation.end] == citation.text == "《电子商务法》第三十八条第一款"


UNLISTED = [
    ("乡村助餐服务促进法第六条提出，可以优先支持。", [("乡村助餐服务促进法", "第六条")]),
    ("请按照最新修订的母婴设施配置办法第七条执行。", [("母婴设施配置办法", "第七条")]),
    ("您反映的问题适用电动自行车管理规定第十二条。", [("电动自行车管理规定", "第十二条")]),
    ("根据民用建筑节能条例第二十三条，保修五年。", [("民用建筑节能条例", "第二十三条")]),
    ("依据该办法第五条处理。", []),
    ("有人建议修改实施办法第三条。", []),
    ("他的做法第一条就是公开。", []),
]


@pytest.mark.parametrize(("text", "wanted"), UNLISTED)
def test_names_in_no_list_are_read_before_an_article(text, wanted):
    assert [(c.name, c.article) for c in find_citations(text)] == wanted

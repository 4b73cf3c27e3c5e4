"""National documents and standards: found by title and number, and judged."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.language.tables import Tables
from replygen.laws import register as laws_register
from replygen.laws.documents import find_document_citations, judge_document
from replygen.settings import Profile

DAY = date(2026, 11, 21)
DOCUMENTS = tuple(Tables(laws_register.__file__).rows("documents.tsv"))
BUSINESS = "国务院关于深化“证照分离”改革进一步激发市场主体发展活力的通知"  # confirmed in two places
# in one, whichever that is today
CARE, NUMBER = next(
    (row[0], row[2])
    for row in DOCUMENTS
    if (row[4], row[7]) == ("现行", "one")
    and row[0].startswith("国务院办公厅关于")
    and row[0].endswith("的意见")
    and row[2].startswith("国办发")
)
WRONG = NUMBER.replace("〕", "〕9")
MEALS = "教育部等五部门关于全面推行中小学午休躺睡的意见"  # invented

FOUND = [
    (f"根据《{CARE}》（{NUMBER}）精神", [(CARE, NUMBER)]),
    (f"{NUMBER.replace('〔', '[').replace('〕', ']')}《{CARE}》", [(CARE, NUMBER)]),
    ("落实国发〔2021〕99号文件要求", [(None, "国发〔2021〕99号")]),
    ("国务院办公厅印发《关于推进养老服务发展的意见》", [("关于推进养老服务发展的意见", None)]),
    ("《建筑设计防火规范》（GB 50016-2014）", [("建筑设计防火规范", "GB 50016—2014")]),
    ("市政府印发《关于推进云川养老服务的意见》（云政发〔2023〕2号）", []),
    ("制定《云川市养老服务三年行动计划》", []),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_a_document_is_found_with_its_number(text, wanted) -> None:
    found = find_document_citations(text)
    assert [(m.title, m.number) for m in found] == wanted
    assert all(text[m.start : m.end] == m.text for m in found)


VERDICTS = [
    (f"《{BUSINESS}》（国发〔2021〕7号）", "valid", True),
    (f"《{BUSINESS}》（国发〔2021〕17号）", "wrong_number", True),
    (f"《{CARE}》（{NUMBER}）", "valid", False),
    (f"《{CARE}》（{WRONG}）", "wrong_number", False),
    ("落实国发〔2021〕99号", "not_in_register", True),
    (f"《{MEALS}》（教体艺〔2024〕88号）", "not_in_register", True),
    ("《建筑设计防火规范》（GB 50016—2006）", "outdated_edition", True),
]


@pytest.mark.parametrize(("text", "verdict", "sure"), VERDICTS)
def test_a_document_gets_its_verdict(text, verdict, sure) -> None:
    (mention,) = find_document_citations(text)
    judgement = judge_document(mention, on=DAY)
    assert (judgement.verdict, judgement.sure) == (verdict, sure)


def test_a_row_that_nobody_saw_proves_nothing() -> None:
    looked = 0
    for row in DOCUMENTS:
        title, number, confirmed = row[0], row[2], row[7]
        if confirmed != "none" or not number:
            continue
        for text in (f"国务院《{title}》（{number}）", f"国务院《{title}》（国发〔1999〕99号）"):
            for mention in find_document_citations(text):
                looked += 1
                assert judge_document(mention, on=DAY).verdict in ("unclear", "not_in_register")
    assert looked > 400


# what replies cite: State Council, its office, ministries
CITED = [
    "《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）",
    "《国务院关于加强农村留守儿童关爱保护工作的意见》（国发〔2016〕13号）",
    "《国务院办公厅关于促进家政服务业提质扩容的意见》（国办发〔2019〕30号）",
    "《关于建立困难残疾人生活补贴和重度残疾人护理补贴标准动态调整机制的指导意见》（民发〔2019〕67号）",
    "《关于规范城镇燃气工程安装收费的指导意见》（发改价格〔2019〕1131号）",
    "《住房城乡建设部关于加强城市停车设施管理的通知》（建城〔2015〕141号）",
]


@pytest.mark.parametrize("text", CITED)
def test_a_right_citation_is_known(text) -> None:
    (mention,) = find_document_citations(text)
    assert judge_document(mention, on=DAY).verdict == "valid"


SEVERITIES = [
    (f"根据《{BUSINESS}》（国发〔2021〕17号）。", [("citation.wrong_number", "block")]),
    (f"根据《{CARE}》（{WRONG}）。", [("citation.wrong_number", "warn")]),
    (f"根据《{CARE}》（{NUMBER}）。", [("citation.unverified", "note")]),
    (f"根据《{BUSINESS}》（国发〔2021〕7号）。", []),
    ("落实国发〔2021〕99号文件。", [("citation.not_in_register", "note")]),
    ("落实国发〔2021〕99号，再落实国发〔2021〕99号。", [("citation.not_in_register", "note")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SEVERITIES)
def test_only_a_number_that_two_places_contradict_blocks(text, wanted) -> None:
    report = check_document([text], profile=Profile(), today=DAY)
    found = [(f.rule, f.severity) for f in report.findings if f.rule.startswith("citation.")]
    assert found == wanted


def test_a_plan_whose_years_are_over_is_told() -> None:
    ended = [r for r in DOCUMENTS if "2020年）" in r[0] and r[4] == "现行" and r[2]]
    (mention,) = find_document_citations(f"国务院《{ended[0][0]}》（{ended[0][2]}）")
    assert "规划期到2020年为止" in (judge_document(mention, on=DAY).note or "")


def test_the_registers_have_the_size_and_the_columns_that_they_claim() -> None:
    standards = Tables(laws_register.__file__).rows("standards.tsv")
    assert len(DOCUMENTS) >= 1800 and len(standards) >= 100
    assert sum(row[7] != "none" for row in DOCUMENTS) >= 1050
    for row in (*DOCUMENTS, *standards):
        assert len(row) == 10 and row[4] in ("现行", "废止", "替代")
        assert row[7] in ("two", "one", "none")
        if row[7] == "two":
            assert "memory" not in row[8:]

"""Statutes: parts, dates, issuers; a table of contents is no article."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from replygen.models import Source, Statute
from replygen.parsing import parse_source, parse_statute

Make = Callable[..., Source]

RULE = """云川市停车管理办法
（2020年3月1日云川市人民政府令第12号公布　根据2024年5月8日《关于修改部分规章的决定》修正）
目　录
第一章　总　则
第二章　管　理
第一章　总　则
第一条　为了加强停车管理，制定本办法。
第二条　本办法所称停车场，是指下列场所：
（一）公共停车场；
（二）专用停车场。
违反规定停放的，依照第九条处理。
第二条之一　停车信息应当公开。
第二章　管　理
第一节　收　费
第三条　收费应当明码标价。
第四条　本办法自2020年5月1日起施行。
附件：收费标准
"""


def test_a_local_rule_is_taken_apart(make_source: Make) -> None:
    statute = parse_source(make_source(RULE))
    assert isinstance(statute, Statute)
    assert statute.name == "云川市停车管理办法"
    assert (statute.issuer, statute.doc_number) == ("云川市人民政府", "云川市人民政府令第12号")
    assert (statute.promulgated, statute.effective) == ("2020-03-01", "2020-05-01")
    assert statute.amended == ("2024-05-08",)
    assert (statute.region, statute.status) == ("云川市", "in_force")
    assert [a.number for a in statute.articles] == [
        "第一条",
        "第二条",
        "第二条之一",
        "第三条",
        "第四条",
    ]


def test_clauses_keep_their_items_and_paths_name_chapter_and_section(make_source: Make) -> None:
    articles = parse_statute(make_source(RULE)).articles
    assert len(articles[1].clauses) == 2
    assert "（二）专用停车场。" in articles[1].clauses[0]
    assert articles[0].path == ("第一章 总则",)
    assert articles[3].path == ("第二章 管理", "第一节 收费")
    assert "收费标准" not in articles[-1].text


def test_a_statute_that_is_not_yet_in_force_says_so(make_source: Make) -> None:
    text = RULE.replace("自2020年5月1日起施行", "自2027年1月1日起施行")
    assert parse_statute(make_source(text), today="2026-11-21").status == "not_in_force"
    text = RULE.replace("云川市停车管理办法\n", "云川市停车管理办法\n（已废止）\n", 1)
    assert parse_statute(make_source(text)).status == "repealed"


def test_a_rule_behind_a_notice_is_named_by_the_rule(make_source: Make) -> None:
    notice = (
        "云川市人民政府办公室关于印发\n《云川市共享单车管理办法（试行）》的通知\n云政办发〔2025〕16号\n"
        "各县（区）人民政府：\n现印发给你们，请认真执行。\n云川市人民政府办公室\n2025年8月22日\n"
        "云川市共享单车管理办法（试行）\n第一条 为了规范管理，制定本办法。"
        "\n第二条 本市适用本办法。\n"
        "第三条 本办法自印发之日起施行。\n"
    )
    statute = parse_statute(make_source(notice))
    assert statute.name == "云川市共享单车管理办法（试行）"
    assert statute.issuer == "云川市人民政府办公室"
    assert statute.doc_number == "云政办发〔2025〕16号"
    assert (statute.promulgated, statute.effective) == ("2025-08-22", "2025-08-22")


def test_a_text_without_articles_is_reported(make_source: Make) -> None:
    statute = parse_statute(make_source("云川市停车管理办法\n暂无条文。"))
    assert statute.articles == ()
    assert "没有找到条文" in statute.warnings


def test_the_real_rules_are_read(shared: Path, make_source: Make) -> None:
    with gzip.open(shared / "data" / "rules.jsonl.gz", "rt", encoding="utf-8") as lines:
        rules = [json.loads(line) for line in lines]
    parsed = {r["title"]: parse_source(make_source(r["body"], r["title"])) for r in rules}
    assert all(isinstance(p, Statute) and len(p.articles) >= 10 for p in parsed.values())
    known = {
        "网络交易监督管理办法": ("国家市场监督管理总局", "2021-05-01", 56),
        "cat3_互联网广告管理办法": ("国家市场监督管理总局", "2023-05-01", 32),
        "cat3_消费者权益保护法实施条例": ("国务院", "2024-07-01", 53),
        "cat3_个人信息保护法": ("全国人民代表大会常务委员会", "2021-11-01", 74),
    }
    for title, (issuer, effective, count) in known.items():
        statute = parsed[title]
        assert isinstance(statute, Statute)
        assert (statute.issuer, statute.effective, len(statute.articles)) == (
            issuer,
            effective,
            count,
        )
    dated = [p for p in parsed.values() if isinstance(p, Statute) and p.effective]
    assert len(dated) >= 24


@pytest.mark.parametrize("name", ["yunchuan-live-commerce-2025", "luan-prepaid-2024"])
def test_the_sample_rules_have_issuer_and_dates(root: Path, name: str) -> None:
    from replygen.reading import read_source

    (path,) = (root / "corpus" / "rules").glob(f"{name}.*")
    statute = parse_statute(read_source(path))
    assert statute.issuer and statute.promulgated and statute.effective and statute.region


NOTICED = "汐川县农村公共浴室管理办法"
ITS_ARTICLES = (
    "第一条　为了规范农村公共浴室的建设、使用和维护，制定本办法。\n"
    "第二条　本办法适用于由财政资金补助建设的农村公共浴室。\n"
    "第三条　本办法自2024年11月1日起施行。"
)
ITS_OFFICE = "汐川县人民政府办公室"
# what stands above the rule, who issued it
NOTICES = [
    (
        f"{ITS_OFFICE}\n关于印发《{NOTICED}》的通知\n各乡镇人民政府：\n2024年9月12日\n{NOTICED}",
        ITS_OFFICE,
    ),
    (f"{ITS_OFFICE}关于印发\n{NOTICED}的通知\n2024年9月12日\n{NOTICED}", ITS_OFFICE),
    (f"汐川县人民政府\n关于公布《{NOTICED}》的通告\n2024年9月12日\n{NOTICED}", "汐川县人民政府"),
    (f"{NOTICED}\n（2024年9月12日{ITS_OFFICE}印发）", ITS_OFFICE),
    (
        f"各乡镇人民政府：\n现将《{NOTICED}》印发给你们。\n{ITS_OFFICE}\n2024年9月12日\n{NOTICED}",
        ITS_OFFICE,
    ),
    (f"各乡镇：\n现将办法印发给你们。\n{ITS_OFFICE}\n二〇二四年九月十二日\n{NOTICED}", ITS_OFFICE),
    (
        f"汐川县财政局　汐川县民政局\n关于印发《{NOTICED}》的通知\n2024年9月12日\n{NOTICED}",
        "汐川县财政局、汐川县民政局",
    ),
]


@pytest.mark.parametrize(("head", "issuer"), NOTICES)
def test_a_rule_below_its_notice_has_issuer_and_date(
    make_source: Make, head: str, issuer: str
) -> None:
    statute = parse_statute(make_source(f"{head}\n{ITS_ARTICLES}"), today="2025-01-01")
    assert (statute.name, statute.issuer) == (NOTICED, issuer)
    assert (statute.promulgated, statute.effective) == ("2024-09-12", "2024-11-01")

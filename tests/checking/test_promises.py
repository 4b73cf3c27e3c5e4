"""What we promised before, and whether the draft speaks of it; the freshness sweep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.checking.promises import read_promises
from replygen.index import Index, open_index
from replygen.laws import load_register
from replygen.models import Finding
from replygen.parsing import parse_source
from replygen.reading import read_bytes
from replygen.service.stale import audit_index
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
OWN = """对市政协五届二次会议第0098号提案的答复

林静委员：
您提出的《关于规范网络交易的提案》收悉。现答复如下：
一、已开展的工作
2024年，我局依据《中华人民共和国合同法》第八条和《网络交易管理办法》查处案件12件。
二、下一步打算
我局将于2025年12月底前上线网络交易监测平台，对重点直播间开展常态化巡查。
计划2027年6月底前出台直播选品地方标准。
我局将继续加强监管。
云川市市场监督管理局
2025年6月30日
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index")) as opened:
        source = read_bytes("own.txt", OWN.encode())
        opened.add(parse_source(source), source, own=True, region="云川市")
        yield opened


def check(index: Index, *paragraphs: str) -> list[Finding]:
    report = check_document(paragraphs, profile=Profile(), index=index, today=TODAY)
    return [f for f in report.findings if f.rule.startswith("promise.")]


def test_promises_with_a_time_are_read(index: Index) -> None:
    assert [p.due for p in read_promises(index)] == ["2025-12", "2027-06"]


def test_a_promise_that_the_draft_does_not_mention_is_shown_with_source_and_time(
    index: Index,
) -> None:
    found = check(index, "我局组织网络交易监测和重点直播间巡查，查处虚假宣传案件。")
    assert [f.rule for f in found] == ["promise.open"]
    assert "第0098号" in found[0].message and "2025-06-30" in found[0].message
    assert "2025-12，已经到期" in found[0].message
    assert found[0].severity == "note"


def test_a_promise_made_again_is_noted(index: Index) -> None:
    found = check(index, "下一步，我局将于2027年底前建成网络交易监测平台，对重点直播间开展巡查。")
    assert [f.rule for f in found] == ["promise.repeat"]


def test_a_promise_kept_is_no_finding(index: Index) -> None:
    assert check(index, "我局已建成网络交易监测平台，对重点直播间开展常态化巡查。") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("网络交易监测平台已于2025年12月上线运行，与市网信办互通线索。", True),
        ("截至目前，我局已上线网络交易监测平台。", True),
        ("我局于2025年开展网络交易监测，检查重点直播间12家。", False),
        ("网络交易监测平台正在建设，将对重点直播间开展巡查。", False),
    ],
)
def test_a_promise_is_kept_where_the_clause_with_its_time_is_reported(index, text, kept):
    assert ("promise.open" in [f.rule for f in check(index, text)]) != kept


@pytest.mark.parametrize(
    "text",
    [
        "完善校园食堂的明厨亮灶，组织从业人员体检。",
        "老旧小区增设充电桩，整治飞线充电。",
        "【请补充】",
    ],
)
def test_other_topics_bring_no_promise_up(index: Index, text: str) -> None:
    assert check(index, text) == []


def test_a_promise_still_running_says_so(index: Index) -> None:
    found = check(index, "我局支持协会研究直播选品地方标准，组织企业讨论。")
    assert ["2027-06，还没有到期" in f.message for f in found] == [True]


def test_the_audit_names_what_is_no_longer_in_force(index: Index) -> None:
    forms = [
        (
            "letter.toml",
            "依据《信访条例》办理；《代表法》第四十二条；依据《电子商务法》第三十八条。",
        )
    ]
    audit = audit_index(index, load_register(index), on=TODAY, forms=forms)
    assert (audit.documents, audit.forms) == (1, 1)
    assert [
        (s.name.removeprefix("中华人民共和国"), s.verdict, s.successor) for s in audit.stale
    ] == [
        ("合同法", "repealed", "民法典"),
        ("网络交易管理办法", "repealed", "网络交易监督管理办法"),
        ("信访条例", "repealed", "信访工作条例"),
        ("代表法", "outdated_edition", "第五十一条"),
    ]
    assert [bool(s.document) for s in audit.stale] == [True, True, False, False]


def test_the_audit_judges_by_its_day(index: Index) -> None:
    audit = audit_index(index, load_register(index), on=date(2020, 1, 1))
    assert audit.stale == ()

"""Draft and precedent side by side; the share of set phrases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from replygen.checking import check_document, compare_precedents
from replygen.checking.coverage import measure_cliches
from replygen.index import Index, open_index
from replygen.parsing import parse_source
from replygen.reading import read_bytes
from replygen.settings import Profile

OTHER = """关于市政协第八届四次会议第0083号提案的答复
各位委员：你们提出的《关于规范直播的提案》收悉。现答复如下：
一、关于加强抽检
一是建立直播商品溯源抽检制度，对水产干货、手工饰品两类商品实行每月一检、结果公示、问题追溯的闭环管理。
岚港市市场监督管理局
2025年3月1日
"""
TEXT = "我局将建立直播商品溯源抽检制度，对茶叶、竹编两类商品实行每月一检、结果公示的办法。"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index")) as opened:
        source = read_bytes("岚港.txt", OTHER.encode())
        opened.add(parse_source(source), source, region="岚港市")
        yield opened


def test_the_same_words_are_marked_on_both_sides(index: Index) -> None:
    found = compare_precedents(["标题", TEXT], index=index)
    assert found and {c.paragraph for c in found} == {1}
    best = found[0]
    assert "岚港市" in best.source
    assert 0.5 < best.share < 1
    here = [TEXT[a:b] for a, b in best.here]
    there = [best.text[a:b] for a, b in best.there]
    assert here == there
    assert "建立直播商品溯源抽检制度，对" in here


def test_other_words_have_nothing_beside_them(index: Index) -> None:
    assert (
        compare_precedents(["完善校园食堂的明厨亮灶，组织从业人员参加体检和培训。"], index=index)
        == ()
    )


def test_wording_of_the_form_is_not_compared(index: Index) -> None:
    receipt = "你们提出的《关于规范直播的提案》（第0083号）收悉。现答复如下："
    assert compare_precedents([receipt], index=index) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("我局高度重视，认真研究，积极采纳，狠抓落实，取得实效。", 0.8, 1.0),
        ("城管部门每周巡查两次，对占道经营的流动摊点登记引导入市。", 0.0, 0.2),
        ("感谢您对我局工作的关心和支持！", 0.9, 1.0),
    ],
)
def test_the_share_of_set_phrases(text: str, low: float, high: float) -> None:
    assert low <= measure_cliches(text) <= high


def test_a_paragraph_of_mostly_set_phrases_is_noted_with_its_share() -> None:
    text = (
        "我局高度重视，加强领导，提高认识，统一思想，明确责任，认真研究，狠抓落实，取得实效，"
        "由执法支队对直播间开展巡查。"
    )
    report = check_document([text], profile=Profile())
    found = [f for f in report.findings if f.rule == "coverage.cliche"]
    assert [(f.severity, "%" in f.message) for f in found] == [("note", True)]

"""Names that only show by what official prose would not say."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from replygen.entities import find_oddities, lookup_places
from replygen.entities.tables import read_text


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("团结村的做法得到肯定", "place", "团结村"),
        ("三合村修好了路", "place", "三合村"),
        ("太平庄的村民自发巡逻", "place", "太平庄"),
        ("将幸福里打造成示范街区", "place", "幸福里"),
        ("美好生活超市设立了维权点", "organisation", "美好生活超市"),
        ("第三中学食堂通过验收", "organisation", "第三中学"),
        ("经营户孙丽华反映扣点过高", "person", "孙丽华"),
        ("主播王小丫被平台封禁", "person", "王小丫"),
        ("网格员老周每周上门", "person", "老周"),
        ("带货达人阿依古丽参加了活动", "person", "阿依古丽"),
        ("运用哨兵智能监控系统巡查", "brand", "哨兵智能监控系统"),
        ("推广码上放心购小程序", "brand", "码上放心购小程序"),
        ("实行红黄绿牌管理", "brand", "红黄绿牌"),
        ("推出一企一码监管模式", "brand", "一企一码"),
        ("总结出五步工作法", "brand", "五步工作法"),
    ],
)
def test_a_name_of_ordinary_or_rare_words_is_seen(text: str, kind: str, name: str):
    assert any(name in m.text and m.kind == kind for m in find_oddities(text))


@pytest.mark.parametrize(
    "text",
    [
        "充分发挥社区、村居网格员作用，拓宽线索来源",
        "鼓励学校、医院、商场等场所设置便民服务点",
        "落实索证索票制度，推行包容审慎监管",
        "建立跨区域协作机制，打通堵点痛点",
        "指导普惠性幼儿园和乡镇中心小学加强管理",
        "推动智慧社区、口袋公园和农村超市建设",
        "一企一策、一户一档，做到底数清、情况明",
    ],
)
def test_ordinary_prose_has_no_names(text: str):
    assert find_oddities(text) == ()


def test_the_gazetteer_is_in_step_with_its_source_table(root: Path):
    sys.path.insert(0, str(root / "tools"))
    try:
        from pack_gazetteer import SOURCE, pack
    finally:
        sys.path.pop(0)
    rows = gzip.decompress(SOURCE.read_bytes()).decode("utf-8").count("\n")
    assert rows > 45_000
    assert pack() == read_text("gazetteer.gz")


def test_an_ambiguous_name_keeps_all_its_places():
    assert len(lookup_places("鼓楼区")) >= 3
    assert {p.level for p in lookup_places("朝阳")} == {"市", "县", "乡"}

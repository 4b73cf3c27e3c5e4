"""A 办法 that only hands the matter on does not hide the asks of the text above it."""

from __future__ import annotations

import pytest

from replygen.models import Proposal
from replygen.parsing import parse_source
from replygen.reading import read_bytes

FORM = """提案编号：0077
提案人：张明　　主办单位：云川市交通运输局
案由：关于方便群众换乘的提案
正文：
公交站和地铁口离得远，换乘要走十分钟。
{asks}
办法：
{way}
"""
LISTED = "建议：一是在地铁口增设公交站点；二是统一公交和地铁的票务系统；三是公布换乘时刻。"
HEADED = "为此，建议：\n1.在地铁口增设公交站点。\n2.统一公交和地铁的票务系统。\n3.公布换乘时刻。"
EMPTY = [
    "请市交通运输局会同有关单位研究办理。",
    "建议交市交通运输局办理。",
    "请有关部门研究采纳",
    "望有关部门予以重视并落实。",
    "希望市政府认真研究解决。",
    "见正文",
    "（同上）",
    "详见正文建议部分。",
    "略",
    "无。",
]


def _count(asks: str, way: str) -> int:
    parsed = parse_source(read_bytes("a.txt", FORM.format(asks=asks, way=way).encode()))
    assert isinstance(parsed, Proposal)
    return len(parsed.asks)


@pytest.mark.parametrize("way", EMPTY)
@pytest.mark.parametrize("asks", [LISTED, HEADED])
def test_a_way_that_only_hands_on_leaves_the_asks_of_the_text(asks, way):
    assert _count(asks, way) == 3


WAYS = [
    ("一、在地铁口增设公交站点。\n二、统一公交和地铁的票务系统。", 2),
    ("请市交通运输局研究制定换乘优惠办法。", 1),
    ("建议在地铁口增设公交站点。", 1),
]


@pytest.mark.parametrize(("way", "count"), WAYS)
def test_a_way_that_asks_goes_before_the_text(way, count):
    assert _count("建议多听群众意见。", way) == count


def test_a_way_that_hands_on_is_the_ask_where_the_text_has_none():
    assert _count("群众多次反映，盼望改善。", "请市交通运输局会同有关单位研究办理。") == 1

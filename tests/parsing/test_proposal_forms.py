"""Proposals as people write them: who proposes, asks under headings, by label, in a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from replygen.models import Paragraph, Proposal, Source
from replygen.parsing import parse_source

Make = Callable[..., Source]

TITLE = "关于改善夜间接驳的提案"
FACTS = "高铁北站22时以后到站的旅客日均1900人，公交已停运，出租车常拒载短途。"
ASKS = "建议：\n1.开通夜间公交专线。\n2.设置网约车专用候客区。"


def _read(source: Source) -> Proposal:
    parsed = parse_source(source)
    assert isinstance(parsed, Proposal), parsed
    return parsed


# lines of the head, who proposes
HEADS = [
    ("领衔代表：骆书遥\n联名代表：喻清和、李和", ("骆书遥", "喻清和", "李和")),
    ("提案人　　骆书遥（召集人），喻清和，李和", ("骆书遥", "喻清和", "李和")),
    ("第一提案人：骆书遥\n第二提案人：喻清和", ("骆书遥", "喻清和")),
    ("领衔委员：骆书遥　附议委员：喻清和、李和", ("骆书遥", "喻清和", "李和")),
    ("提案者：骆书遥（民盟）、喻清和（无党派）", ("骆书遥", "喻清和")),
    ("领 衔 人：骆书遥\n附 议 人：喻清和、李和", ("骆书遥", "喻清和", "李和")),
    ("共同提案人：骆书遥、喻清和", ("骆书遥", "喻清和")),
    ("联合提案单位：民盟青澜市委、九三学社青澜市委", ("民盟青澜市委", "九三学社青澜市委")),
    ("骆书遥", ("骆书遥",)),
    ("骆书遥　喻清和", ("骆书遥", "喻清和")),
    ("（骆书遥、喻清和）", ("骆书遥", "喻清和")),
    ("市政协委员 骆书遥", ("骆书遥",)),
    ("民盟青澜市委员会", ("民盟青澜市委员会",)),
    ("经济界别小组", ("经济界别小组",)),
    ("", ()),
]


@pytest.mark.parametrize(("head", "proposers"), HEADS)
def test_who_proposes_is_read_below_the_title(
    make_source: Make, head: str, proposers: tuple[str, ...]
) -> None:
    found = _read(make_source(f"{TITLE}\n{head}\n{FACTS}\n{ASKS}"))
    assert (found.title, found.proposers) == (TITLE, proposers)
    assert found.background == FACTS
    assert [a.topic for a in found.asks] == ["开通夜间公交专线", "设置网约车专用候客区"]


@pytest.mark.parametrize("line", ["骆书遥", "市政协委员：骆书遥", "——骆书遥", "骆书遥委员"])
@pytest.mark.parametrize("date", ["", "\n2025年1月9日"])
def test_who_proposes_is_read_at_the_end(make_source: Make, line: str, date: str) -> None:
    found = _read(make_source(f"{TITLE}\n{FACTS}\n{ASKS}\n{line}{date}"))
    assert found.proposers == ("骆书遥",)
    assert [a.text for a in found.asks] == ["开通夜间公交专线。", "设置网约车专用候客区。"]


@pytest.mark.parametrize("line", ["基本情况", "方案", "存在问题", "夜间出行难"])
def test_a_short_line_below_the_title_is_no_name(make_source: Make, line: str) -> None:
    assert _read(make_source(f"{TITLE}\n{line}\n{FACTS}\n{ASKS}")).proposers == ()


# the line that gives the title
TITLES = [
    "案由　　　关于改善夜间接驳的提案",
    "案　由　关于改善夜间接驳的提案",
    "题目：关于改善夜间接驳的提案",
    "标　　题：关于改善夜间接驳的提案",
    "提案名称：关于改善夜间接驳的提案",
    "案由：关于改善夜间接驳的提案　　提案人：骆书遥",
]


@pytest.mark.parametrize("line", TITLES)
def test_a_label_is_no_part_of_the_title(make_source: Make, line: str) -> None:
    text = f"提案号　　0233\n{line}\n主办　　　青澜公安分局\n————————\n{FACTS}\n{ASKS}"
    found = _read(make_source(text))
    assert (found.title, found.number, found.background) == (TITLE, "0233", FACTS)


# the part that asks, topics
PARTS = [
    (
        "意见建议\n设立乡镇直播实训室\n每个乡镇改造一间，配备灯光和声卡。\n"
        "举办村播技能大赛\n每年秋收后举办一届。\n降低快递出村费用\n由财政与快递企业分担首重费用。",
        ["设立乡镇直播实训室", "举办村播技能大赛", "降低快递出村费用"],
    ),
    (
        "建议一：开通夜间公交专线。\n发车间隔不超过20分钟。\n"
        "建议二：设置网约车专用候客区。\n建议三：公示夜间出行信息。",
        ["开通夜间公交专线", "设置网约车专用候客区", "公示夜间出行信息"],
    ),
    (
        "建议1、开通夜间公交专线。\n建议2、设置网约车专用候客区。",
        ["开通夜间公交专线", "设置网约车专用候客区"],
    ),
    (
        "建议市交通运输局在长途客运站、轮渡码头补建母婴室。\n建议市文明办将管护情况列入测评内容。",
        ["在长途客运站、轮渡码头补建母婴室", "将管护情况列入测评内容"],
    ),
    (
        "我们建议：\n一、在学校周边设置限时接送车位；\n二、推行年级错峰放学。",
        ["在学校周边设置限时接送车位", "推行年级错峰放学"],
    ),
]


@pytest.mark.parametrize(("part", "topics"), PARTS)
def test_asks_without_plain_numbers_are_told_apart(
    make_source: Make, part: str, topics: list[str]
) -> None:
    found = _read(make_source(f"{TITLE}\n{FACTS}\n{part}"))
    assert [a.topic for a in found.asks] == topics
    assert found.background == FACTS


# a table of asks, a row a line
GRIDS = [
    "序号|建议事项|理由\n1|提高村医补助标准|五年未调整\n2|定向培养村医|留不住",
    "建议|理由\n提高村医补助标准|五年未调整\n定向培养村医|留不住人",
    "序号|存在问题|对策建议|责任单位\n1|五年未调整|提高村医补助标准|市财政局\n2|留不住|定向培养村医|",
    "序号|建议内容\n1|提高村医补助标准\n2|定向培养村医",
    "编号|主要建议|办理单位|完成时限\n一|提高村医补助标准|市财政局|年内\n二|定向培养村医|市卫健委|明年",
]


@pytest.mark.parametrize("grid", GRIDS)
def test_a_table_of_asks_is_an_ask_a_row(make_source: Make, grid: str) -> None:
    source = make_source(f"关于稳定村医队伍的提案\n{FACTS}\n具体建议见下表：", format="docx")
    cells = tuple(Paragraph(cell, "table") for cell in re.split(r"[|\n]", grid) if cell)
    found = _read(replace(source, paragraphs=(*source.paragraphs, *cells)))
    assert [a.topic for a in found.asks] == ["提高村医补助标准", "定向培养村医"]
    assert [[d.text for d in a.demands] for a in found.asks] == [[a.topic] for a in found.asks]


def test_a_table_of_other_things_stays_as_it_is(make_source: Make) -> None:
    source = make_source(f"{TITLE}\n{FACTS}\n{ASKS}", format="docx")
    cells = tuple(
        Paragraph(c, "table") for c in ("任务", "责任股室", "时限", "扩产", "产业股", "年底")
    )
    found = _read(
        replace(source, paragraphs=(*source.paragraphs[:2], *cells, *source.paragraphs[2:]))
    )
    assert len(found.asks) == 2

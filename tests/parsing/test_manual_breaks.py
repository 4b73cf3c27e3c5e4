"""Papers whose lines are manual breaks, and forms whose rows are the office's."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, ParagraphStyle, Proposal, Reply, Source
from replygen.parsing import parse_source


def _source(*rows: str, style: ParagraphStyle = "body") -> Source:
    paragraphs = tuple(
        Paragraph(row, style, None if style == "table" else n) for n, row in enumerate(rows)
    )
    return Source("a.docx", "0" * 64, "docx", paragraphs)


_REPLY = (
    "关于市政协五届三次会议第0123号提案的答复\n陈望舒委员：\n您提出的《关于规范直播电商的提案》收悉，"
    "现答复如下：\n一、关于加强监管的建议\n我局已检查企业二十家。\n下一步，我局将公开检查结果，\n"
    "并建立台账。\n云川市商务局\n2026年6月18日"
)


def test_a_reply_in_one_paragraph_is_read_line_by_line() -> None:
    reply = parse_source(_source(_REPLY))
    assert isinstance(reply, Reply)
    assert (reply.title, reply.issuer, reply.date) == (
        "关于市政协五届三次会议第0123号提案的答复",
        "云川市商务局",
        "2026-06-18",
    )
    assert reply.addressees == ("陈望舒",)
    assert any("公开检查结果，并建立台账" in m.text for m in reply.measures)


def test_a_line_that_the_break_cut_inside_its_sentence_is_joined() -> None:
    cut = "我局会同有关部门推行并联审批，建立联合审查机制，对申请材料\n齐全的当场受理。"
    reply = parse_source(_source(*_REPLY.split("\n")[:4], cut, "云川市商务局", "2026年6月18日"))
    assert isinstance(reply, Reply)
    assert any("申请材料齐全的当场受理" in m.text for m in reply.measures)


@pytest.mark.parametrize(
    "rows",
    [
        ("审查意见", "同意立案，建议由市市场监督管理局主办。"),
        ("立案意见", "同意立案。\n请市商务局研究。"),
        ("联系方式", "0000-8123456，云川市云川路1号。"),
        ("提案委意见", "建议合并办理。"),
        ("备注", "本提案可以公开。"),
        ("是否同意公开", "同意。"),
    ],
    ids=lambda rows: rows[0],
)
@pytest.mark.parametrize("style", ["table", "body"])
def test_what_the_office_wrote_on_a_form_is_no_part_of_the_last_ask(
    rows: tuple[str, str], style: ParagraphStyle
) -> None:
    head = (
        ("案由", "关于规范电梯维保的提案")
        if style == "table"
        else ("案由：关于规范电梯维保的提案",)
    )
    asks = "一、加强维保单位监督检查。\n二、公开电梯检验信息。\n三、规范维保收费。"
    label = "建议" if style == "table" else "建议："
    tail = rows if style == "table" else (f"{rows[0]}：{rows[1]}".replace("\n", ""),)
    proposal = parse_source(
        _source(*head, "情况分析：维保收费乱。", label, asks, *tail, style=style)
    )
    assert isinstance(proposal, Proposal)
    assert [a.text for a in proposal.asks] == [
        "加强维保单位监督检查。",
        "公开电梯检验信息。",
        "规范维保收费。",
    ]

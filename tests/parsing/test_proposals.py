"""Proposals of different shapes (fictional): forms, pasted lines, and no asks at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Paragraph, Proposal, Source
from replygen.parsing import parse_proposal, parse_proposal_text, parse_source

Make = Callable[..., Source]

ONE_LINE = (
    "调研情况： 我市现有社区食堂46家。 1、城区多，镇村少；2、收费差别大。问题分析："
    " 一是补贴标准不一。"
    "二是配送跟不上。具体建议： 一、统一补贴标准。由市民政局会同市财政局出台办法：1、明确对象；"
    "2、明确额度。"
    "二、建设中央厨房。支持每个区建设1个中央厨房，服务半径1.2公里。 三、加强食品安全监管。"
    "应落实留样制度。"
    "以上建议，请予考虑。"
)

FORM = """云川市第六届人民代表大会第三次会议
代表建议
编号：第46号
领衔代表：裴若溪
附议代表：龚承宇、余晚舟
主办单位：市市场监督管理局
协办单位：市商务局、市公安局
关于加强网络餐饮食品安全监管的建议
案由分析：
网络订餐走进千家万户。
存在的问题：
（一）“幽灵外卖”仍未绝迹。
（二）配送箱不清洗。
建议：
（一）严格入网审核
1.对新入网商户实地核查。
2.对存量商户全面复核。
（二）规范配送环节
推行一次性封签。
"""


def _topics(proposal: Proposal) -> list[str]:
    return [ask.topic for ask in proposal.asks]


def test_a_proposal_on_one_line_gives_its_top_level_asks() -> None:
    proposal = parse_proposal_text(ONE_LINE, title="关于发展社区食堂的提案")
    assert _topics(proposal) == ["统一补贴标准", "建设中央厨房", "加强食品安全监管"]
    assert [ask.order for ask in proposal.asks] == [1, 2, 3]
    assert proposal.asks[0].text.endswith("2、明确额度。")
    assert proposal.asks[2].text == "加强食品安全监管。应落实留样制度。"
    assert proposal.background.startswith("我市现有社区食堂46家")
    assert proposal.problems.startswith("一是补贴标准不一")
    assert proposal.channel == "cppcc"


def test_a_form_of_the_congress_is_read_with_its_head(make_source: Make) -> None:
    proposal = parse_source(make_source(FORM))
    assert isinstance(proposal, Proposal)
    assert proposal.title == "关于加强网络餐饮食品安全监管的建议"
    assert (proposal.channel, proposal.session, proposal.number) == ("npc", "六届三次", "46")
    assert proposal.proposers == ("裴若溪", "龚承宇", "余晚舟")
    assert (proposal.host_role, proposal.co_hosts) == ("主办", ("市商务局", "市公安局"))
    assert _topics(proposal) == ["严格入网审核", "规范配送环节"]
    assert "幽灵外卖" in proposal.problems


def test_a_word_form_with_table_cells_is_read() -> None:
    cells = ("提案编号", "第0126号", "案由", "关于规范直播电商的提案", "提案人", "林静、周海明")
    paragraphs = (
        Paragraph("云川市政协五届三次会议提案", index=0),
        *(Paragraph(cell, style="table") for cell in cells),
        Paragraph("关于规范直播电商的提案", index=1),
        Paragraph("近年来直播电商发展迅速。", index=2),
        Paragraph("建议", index=3, bold=((0, 2),)),
        Paragraph("一、加大监管力度。开展联合整治。", index=4),
        Paragraph("二、出台地方标准。支持制定自律公约。", index=5),
    )
    proposal = parse_proposal(Source("a.docx", "0" * 64, "docx", paragraphs))
    assert proposal.title == "关于规范直播电商的提案"
    assert (proposal.number, proposal.session) == ("0126", "五届三次")
    assert proposal.proposers == ("林静", "周海明")
    assert _topics(proposal) == ["加大直播电商监管力度", "出台地方标准"]


@pytest.mark.parametrize(
    "items",
    [
        "1.{a}2.{b}3.{c}",
        "1、{a}2、{b}3、{c}",
        "（1）{a}（2）{b}（3）{c}",
        "（一）{a}（二）{b}（三）{c}",
        "一是{a}二是{b}三是{c}",
        "第一，{a}第二，{b}第三，{c}",
        "①{a}②{b}③{c}",
        "首先，{a}其次，{b}最后，{c}",
        "A.{a}B.{b}C.{c}",
        "加强组织：{a}\n完善设施：{b}\n强化督查：{c}",
    ],
)
def test_asks_are_found_in_every_style_of_enumeration(items: str) -> None:
    text = "调研情况：1、道路破损。2、路灯不亮。具体建议：" + items.format(
        a="修复破损道路路面。", b="增设路灯和监控。", c="建立巡查管护制度。"
    )
    asks = parse_proposal_text(text, title="关于修路的提案").asks
    assert len(asks) == 3
    assert "增设路灯" in asks[1].text and "破损" in asks[0].text


def test_nested_items_belong_to_the_item_above_them() -> None:
    text = (
        "具体建议：一、完善制度。一是建立台账。二是定期检查。二、加强宣传。1、进社区。2、进校园。"
        "三、强化保障：（1）增加经费；（2）配备人员。"
    )
    asks = parse_proposal_text(text, title="关于某事的提案").asks
    assert len(asks) == 3
    assert asks[2].text.endswith("（2）配备人员。")


def test_without_a_label_the_sentences_that_ask_are_the_asks() -> None:
    text = (
        "老旧小区停车难，居民意见很大。调研发现车位缺口两千多个。\n"
        "希望由市城管局牵头摸清底数。同时应当盘活闲置地块建设停车场。此外还要推行错时共享停车。"
    )
    proposal = parse_proposal_text(text, title="关于缓解停车难的提案")
    assert len(proposal.asks) == 3
    assert "停车难" in proposal.background and "希望" not in proposal.background
    assert any("没有“建议”部分" in warning for warning in proposal.warnings)


def test_a_proposal_of_one_sentence_has_one_ask() -> None:
    proposal = parse_proposal_text("建议在望岳区人民路小学门口增设一处人行横道信号灯。")
    assert len(proposal.asks) == 1
    assert proposal.title is None
    assert any("标题" in warning for warning in proposal.warnings)


def test_a_proposal_that_asks_for_nothing_still_has_one_ask_and_a_warning() -> None:
    proposal = parse_proposal_text("人民路每天早高峰都很拥堵，孩子们过马路很危险。", title="人民路")
    assert len(proposal.asks) == 1
    assert proposal.asks[0].text
    assert any("没有分出具体诉求" in warning for warning in proposal.warnings)


def test_numbers_inside_the_text_are_no_asks() -> None:
    text = (
        "具体建议：1、扩大试点到1.2万户，2019.1前完成。覆盖3、4号楼。2、增加投入2.5亿元，"
        "一、二级市场同步推进。"
    )
    assert len(parse_proposal_text(text, title="关于某事的提案").asks) == 2


def test_topics_are_short_and_name_the_subject() -> None:
    text = (
        "具体建议：1、建议进一步加强校园周边食品安全监管，开展专项检查。2、希望市政府，"
        "尽快建立工作专班。"
        "3、针对当前存在的突出问题，应尽快出台管理办法。"
    )
    topics = _topics(parse_proposal_text(text, title="关于某事的提案"))
    assert topics[0].startswith("加强校园周边食品安全监管")
    assert "工作专班" in topics[1] and "管理办法" in topics[2]
    assert all(len(topic) <= 24 for topic in topics)


@pytest.mark.parametrize(
    ("lead", "end"),
    [
        ("为方便老人就餐，现提出以下建议：", "现提出以下建议："),
        ("老人普遍反映就餐难。建议如下：", "老人普遍反映就餐难。"),
    ],
)
def test_what_stands_before_the_asks_is_not_cut_within_a_sentence(lead, end):
    text = (
        "关于发展社区助餐的提案\n近年来，我市老年人口不断增加，社区助餐点数量不足。"
        f"{lead}\n一、增设助餐点。在老旧小区增设助餐点。\n二、加大补贴力度。对助餐点给予运营补贴。"
    )
    proposal = parse_proposal_text(text)
    assert proposal.background.endswith(end)
    assert len(proposal.asks) == 2

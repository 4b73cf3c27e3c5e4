"""Pages that show a proposal and the answer below it, in the forms that registries have."""

from __future__ import annotations

import hashlib

import pytest

from replygen.index import split_passages
from replygen.models import Document, Paragraph, Registry, Source
from replygen.parsing import parse_source

PROPOSAL = ("关于加快老旧小区加装电梯的提案", "骆书遥")
ASKED = (
    "1.简化审批流程，推行一窗受理、并联审批。",
    "2.加大资金补助，明确每台补助标准。",
    "3.引入社会资本参与后续维护。",
)
ANSWER = (
    "骆书遥委员：",
    "您提出的《关于加快老旧小区加装电梯的提案》收悉，现答复如下：",
    "一、关于简化审批流程的建议",
    "我局会同市自然资源局推行一窗受理、并联审批，办理时限由30个工作日压减至12个工作日。",
    "感谢您对住房城乡建设工作的关心和支持！",
    "青澜市住房和城乡建设局",
    "2024年6月18日",
)
FORMS = {
    "labels with colons": (
        "提案编号：0123", "案　由：关于加快老旧小区加装电梯的提案", "提案人：骆书遥",
        "正文：", "我市多层住宅较多，老年人上下楼困难。", "办法：", *ASKED, "答复内容：", *ANSWER,
    ),
    "a platform": (
        "提案号：0123", "标题：关于加快老旧小区加装电梯的提案", "提案者：骆书遥", "提案内容：",
        "加装电梯审批环节多。建议：", *ASKED, "提案答复：", *ANSWER,
    ),
    "headings with numbers": (
        "提案编号：0123", "案由：关于加快老旧小区加装电梯的提案", "一、提案正文",
        "我市多层住宅较多。", "二、办法", *ASKED, "三、办理复文", *ANSWER,
    ),
    "cells of a table": (
        "提案编号 | 0123", "案由 | 关于加快老旧小区加装电梯的提案", "提案人 | 骆书遥",
        "办法：", *ASKED, "承办单位意见 | 骆书遥委员：", *ANSWER[1:],
    ),
    "black brackets": (
        "【提案编号】0123", "【案由】关于加快老旧小区加装电梯的提案", "【建议办法】", *ASKED,
        "【答复内容】", *ANSWER,
    ),
    "the date of the answer in its heading": (
        "提案号　　0123", "案由　　关于加快老旧小区加装电梯的提案", "提案人　　骆书遥（召集人）",
        "————————", "提案正文", "我市多层住宅较多。我们建议：", *ASKED, "————————",
        "主办单位答复（2024年6月18日）", *ANSWER[:-1], "————————",
        "会办单位意见（2024年5月12日）", "市财政局：已安排补助资金200万元。",
    ),
    "two papers in one file": (
        "政协青澜市第十二届委员会第三次会议提案", "提案编号：0123", "提案人：骆书遥",
        "案由：关于加快老旧小区加装电梯的提案", "我市多层住宅较多，老年人上下楼困难。建议：",
        *ASKED,
        "青澜市住房和城乡建设局关于市政协十二届三次会议第0123号提案的答复", *ANSWER,
    ),
    "a proposal without labels, then its letter": (
        "关于加快老旧小区加装电梯的提案", "骆书遥", "我市多层住宅较多，老年人上下楼困难。建议：",
        *ASKED,
        "关于市政协十二届三次会议第0123号提案的答复", *ANSWER,
    ),
}  # fmt: skip


def make_source(lines: tuple[str, ...]) -> Source:
    text = "\n".join(lines)
    paragraphs = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    return Source("r.txt", hashlib.sha256(text.encode()).hexdigest(), "txt", paragraphs)


@pytest.mark.parametrize("name", FORMS)
def test_a_registry_page_gives_the_proposal_and_the_reply(name: str) -> None:
    parsed = parse_source(make_source(FORMS[name]))
    assert isinstance(parsed, Registry)
    assert len(parsed.proposal.asks) == 3
    assert not any("感谢" in ask.text or "收悉" in ask.text for ask in parsed.proposal.asks)
    assert parsed.reply.issuer == "青澜市住房和城乡建设局"
    assert parsed.reply.date == "2024-06-18"
    assert parsed.reply.addressees == ("骆书遥",)
    assert parsed.reply.number == "0123"
    assert parsed.reply.measures


def test_the_reply_is_found_by_the_words_of_its_proposal() -> None:
    parsed = parse_source(make_source(FORMS["labels with colons"]))
    document = Document("d", "r.txt", "reply", "t", None, None, None, None)
    passages = split_passages(parsed, document)
    assert any("引入社会资本参与后续维护" in p.text and p.kind == "reply" for p in passages)
    assert any(p.kind == "measure" for p in passages)


@pytest.mark.parametrize(
    "lines",
    [
        ("案由：关于加装电梯的提案", "提案人：骆书遥", "办法：", *ASKED),  # no answer yet
        ("关于市政协第0123号提案的答复", *ANSWER),  # a letter
    ],
)
def test_a_proposal_or_a_letter_alone_is_no_registry_page(lines: tuple[str, ...]) -> None:
    assert not isinstance(parse_source(make_source(lines)), Registry)


def test_what_other_offices_said_is_none_of_the_answer() -> None:
    parsed = parse_source(make_source(FORMS["the date of the answer in its heading"]))
    assert isinstance(parsed, Registry)
    assert all("财政局" not in m.text for m in parsed.reply.measures)
    assert any("会办单位的意见" in warning for warning in parsed.warnings)


@pytest.mark.parametrize(
    "head",
    [
        ("提案编号：0123　提案人：骆书遥", "办理结果：A　签发人：林听澜"),
        ("青澜市住房和城乡建设局", "关于加快老旧小区加装电梯的提案"),
    ],
)
def test_a_letter_with_rows_of_a_form_in_its_head_is_no_registry_page(
    head: tuple[str, ...],
) -> None:
    letter = (*head, "关于市政协第0123号提案的答复", *ANSWER)
    assert not isinstance(parse_source(make_source(letter)), Registry)

"""Odd input gives warnings, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Paragraph, Source
from replygen.parsing import (
    parse_article,
    parse_proposal,
    parse_proposal_text,
    parse_reply,
    parse_source,
    parse_statute,
)

ODD = [
    "",
    "\n\n",
    "一、",
    "委员：",
    "答复",
    "关于的提案",
    "建议：",
    "具体建议：一、二、三、",
    "第一条\n第二条\n第三条",
    "**",
    "（一）（二）（三）",
    "\ufffd\ufffd?? ?/p>",
    "1.1.1.1.1",
    "北京：\n上海：",
    "abc def " * 50,
    "联系人：\n抄送：\n2024年99月99日",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize(
    "parse", [parse_source, parse_reply, parse_proposal, parse_statute, parse_article]
)
def test_odd_text_is_parsed_without_error(
    parse: Callable[[Source], object], text: str, make_source: Callable[..., Source]
) -> None:
    assert parse(make_source(text)) is not None


@pytest.mark.parametrize("text", ODD)
def test_odd_pasted_text_is_parsed_without_error(text: str) -> None:
    proposal = parse_proposal_text(text, title="关于某事的提案")
    assert proposal.asks and proposal.title == "关于某事的提案"


def test_a_source_without_paragraphs_is_something_unknown() -> None:
    assert parse_source(Source("a", "0" * 64, "txt", ())).warnings


def test_bold_spans_beyond_the_text_do_no_harm() -> None:
    paragraphs = (Paragraph("一、加强监管。开展检查。", bold=((0, 999), (5, 3))),)
    assert parse_reply(Source("a", "0" * 64, "docx", paragraphs)) is not None

"""The proposal as it came: where its asks and demands are marked."""

from __future__ import annotations

import re

import pytest

from replygen.models import Ask, Demand, Proposal
from replygen.web.clerk.show_original import show_original


def asks(*texts: str, demands: tuple[str, ...] = ()) -> Proposal:
    made = tuple(
        Ask(n, f"第{n}项", text, demands=tuple(Demand(d, 0, len(d)) for d in demands if d in text))
        for n, text in enumerate(texts, 1)
    )
    return Proposal("题目", "cppcc", None, None, (), None, "", "", made)


def marked(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'data-ask="(\d+)"[^>]*><b[^>]*>\d+</b>(.*?)</mark>', html, re.S)
    return [(order, re.sub("<[^>]+>", "", text)) for order, text in found]


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("建议：\n一、修一座桥。\n二、修一条路。", ("修一座桥。", "修一条路。"),
         [("1", "修一座桥。"), ("2", "修一条路。")]),
        ("一、修一\n座 桥。", ("修一座桥。",), [("1", "修一\n座 桥。")]),
        ("二、修一条路。\n一、修一座桥。", ("修一座桥。", "修一条路。"),
         [("2", "修一条路。"), ("1", "修一座桥。")]),
        ("修一座桥。", ("建一所学校。",), []),
        ("要修一座桥。又要修一座桥。", ("修一座桥。", "修一座桥。"),
         [("1", "修一座桥。"), ("2", "修一座桥。")]),
    ],
    ids=["in order", "over lines", "in another order", "rewritten", "the same twice"],
)  # fmt: skip
def test_each_ask_is_marked_where_it_stands(text, wanted, found):
    html = show_original(text, asks(*wanted))
    assert marked(html) == found
    assert re.sub("<[^>]+>", "", html.split('role="region"')[1]).count("修") == text.count("修")


def test_demands_are_underlined_and_nothing_is_html():
    html = show_original("一、修一座桥，<b>建一所学校</b>。", asks(
        "修一座桥，<b>建一所学校</b>。", demands=("修一座桥",)))  # fmt: skip
    assert "<u>修一座桥</u>，&lt;b&gt;" in html


def test_a_draft_stored_without_its_text_shows_what_is_known():
    assert marked(show_original("", asks("修一座桥。"))) == [("1", "修一座桥。")]

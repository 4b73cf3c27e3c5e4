"""The list of drafts carries its beginning; what it counts and searches are all of them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from replygen.service.decisions import Entry
from replygen.web.clerk.show_drafts import ListView, read_view, show_drafts
from replygen.workspace import DraftRow

TODAY = date(2026, 11, 22)


def row(n: int) -> DraftRow:
    day = f"2026-11-{n % 20 + 1:02d}"
    facts = ("小林", f"关于第{n}条街停车的提案", "五届三次", f"{n:04d}", "待填 2 处")
    return DraftRow(f"id{n}", *facts, f"{day}T09:00:00+00:00", f"{day}T09:00:00+00:00", day, day)


def titles(html: str) -> list[str]:
    return re.findall(r"第(\d+)条街停车的提案</button>", html)


def test_the_weight_of_the_list_does_not_grow_with_the_drafts():
    few, many = (
        len(show_drafts([row(n) for n in range(count)], None, today=TODAY)) for count in (30, 300)
    )
    assert many <= 1.1 * few


@pytest.mark.parametrize(
    "view, count, rest",
    [
        (ListView(), 30, 270),
        (ListView(whole=True), 300, 0),
        (ListView(words="第299条"), 1, 0),
        (ListView(words="0299 停车"), 1, 0),
        (ListView(words="停车"), 30, 270),
        (ListView(words="待填", whole=True), 300, 0),
        (ListView(words="养老"), 0, 0),
    ],
)
def test_all_drafts_are_counted_and_searched_the_first_are_shown(view, count, rest):
    shown = show_drafts([row(n) for n in range(300)], None, today=TODAY, view=view)
    assert "我的草稿（300 份" in shown
    assert len(titles(shown)) == count
    assert (f"显示其余 {rest} 件" in shown) == bool(rest)
    assert ("没有找到" in shown) == (count == 0)


def test_what_is_late_comes_first_whichever_draft_it_is():
    rows = [row(n) for n in range(60)]
    shown = show_drafts(rows, None, today=TODAY, view=ListView(order="due"))
    assert titles(shown)[:3] == ["0", "20", "40"]


def test_the_open_draft_stands_above_the_list_also_when_it_is_far_down():
    at = "2026-11-21T09:00:00+00:00"
    handed = {"id250": Entry(1, at, "小林", "hand_in", "s", "id250", {}, "")}
    rows = [row(n) for n in range(300)]
    shown = show_drafts(rows, "id250", today=TODAY, handed=handed)
    assert 'data-hand="back"' in shown[: shown.index("<details")]
    assert 'data-hand="in"' in show_drafts(rows, "id250", today=TODAY)


@pytest.mark.parametrize("sent", ["", "[]", "{}", '{"order": "due"}', "nonsense"])
def test_a_look_that_cannot_be_read_is_the_usual_one(sent):
    assert read_view(sent) == ListView()

"""送审 on the desk: the letter as the screen holds it goes to the reviewer, and comes back."""

from __future__ import annotations

import json

import pytest

from replygen.models import Finding, Sentence, Slot
from replygen.settings import Settings
from replygen.web.auth.who import NOBODY
from replygen.web.clerk.show_findings import show_findings
from replygen.web.clerk.show_places import Typed, cut_places
from replygen.workspace import AuditLog

PASTED = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。建立监测台账，完善投诉处理机制。"
)


@pytest.fixture(scope="module")
def settings(small_settings, tmp_path_factory) -> Settings:
    return small_settings(tmp_path_factory.mktemp("handover"))


def judge(clerk, id, what):
    AuditLog(clerk.desk.settings.work).add(
        who="李审", what=what, subject="稿", key=id, detail={"reason": "请写明责任科室"}
    )
    return clerk.rows(id)


def test_a_letter_goes_to_the_reviewer_comes_back_and_goes_again(clerk, id):
    assert 'data-hand="in"' in clerk.rows(id) and "待审" not in clerk.rows(id)
    work = clerk.desk.drafts.read(id, NOBODY)
    shown = clerk.hand(id, "", "", "", json.dumps({**work.values, "after.3.0": "补一句。"}), "in")
    assert clerk.desk.drafts.read(id, NOBODY).values["after.3.0"] == "补一句。"  # the screen's
    assert "待审 20" in shown["drafts"] and "1 份待审" in shown["drafts"]
    assert 'data-hand="back"' in shown["drafts"] and 'data-hand="in"' not in shown["drafts"]
    shown = clerk.hand(id, "", "", "", "", "back")
    assert "待审" not in shown["drafts"] and 'data-hand="in"' in shown["drafts"]
    clerk.hand(id, "", "", "", "", "in")
    returned = judge(clerk, id, "return")
    assert "请写明责任科室" in returned and "再送审" in returned and "1 份已退回" in returned
    changed = clerk.keep(id, "", "", "", json.dumps({**work.values, "after.3.0": "改好了。"}))
    assert "已退回" in changed["drafts"] and "再送审" in changed["drafts"]
    assert "待审 20" in clerk.hand(id, "", "", "", "", "in")["drafts"]


def test_what_cannot_be_handed_in_is_told_in_words(clerk, id):
    import gradio as gr

    with pytest.raises(gr.Error, match="没有在待审"):
        clerk.hand(id, "", "", "", "", "back")
    clerk.hand(id, "", "", "", "", "in")
    with pytest.raises(gr.Error, match="已经送审"):
        clerk.hand(id, "", "", "", "", "in")


def test_a_day_of_hand_over_is_typed_in_the_list_and_the_open_draft_stays(clerk, id):
    other = clerk.read(PASTED, None, None)["current"]
    shown = clerk.assign(id, f"{other}:2026-09-05")
    assert clerk.desk.drafts.read(other, NOBODY).assigned == "2026-09-05"
    assert "交办之日（9月5日）起 3 个月" in shown["drafts"]
    assert 'data-due="2026-12-05"' in shown["drafts"]  # the list is ordered by it
    assert shown["current"] == id
    assert f'data-assigned="{other}"' in shown["drafts"]
    assert f'data-assigned="{id}"' not in shown["drafts"]  # the open one has its field
    assert 'data-to-head="assigned"' in shown["drafts"]
    assert "没有填交办日期" in clerk.assign("", f"{other}:")["drafts"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026年9月5日", "2026-09-05"),
        ("2026.9.5", "2026-09-05"),
        ("2026-09-05", "2026-09-05"),
        ("2026年2月30日", None),
        ("下周", None),
    ],
)
def test_a_day_is_typed_and_shown_as_chinese_writes_it(clerk, id, typed, stored):
    shown = clerk.assign("", f"{id}:{typed}")
    assert clerk.desk.drafts.read(id, NOBODY).assigned == stored
    assert ('value="2026年9月5日"' in shown["drafts"]) == bool(stored)


def test_the_todo_is_told_in_one_line_and_openness_is_a_menu(clerk, id):
    assert "待办：待填" in clerk.check(id)["findings"]
    doubts = [Finding("a", "warn", None, "甲"), Finding("b", "block", None, "乙")]
    assert "待办：必须改 1 条、请核实 1 条" in show_findings(doubts)
    assert "待办：没有了" in show_findings([])
    sentence = Sentence("（【公开属性】）", "form", (), (Slot("【公开属性】", "公开属性"),))
    for value in ("主动公开", "经批准后公开"):  # what was typed when it was no menu stays
        typed = Typed({"1.0.0": value})
        _, place, _ = cut_places(sentence, (1, 0), typed, marked=False)
        assert (place.look, place.value) == ("choice", value)
        assert (value, value) in place.options and ("依申请公开", "依申请公开") in place.options

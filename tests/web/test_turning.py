"""What 撤销, 重做, 上移 and 属实 answer, without a browser."""

from __future__ import annotations

import json

import pytest

from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource
from replygen.web.auth.who import NOBODY
from replygen.workspace import AuditLog, name_places

PASTED = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。二、建立主播培训制度。"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    folder = tmp_path_factory.mktemp("turning")
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=folder / "index", work=folder / "work", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
    return settings


def edits(asks, trail=(), **head: str) -> str:
    """What the browser sends of the head and the asks."""
    head = {"title": "关于规范直播带货的提案", "channel": "cppcc", **head}
    rows = [[{"topic": topic, "text": text} for topic, text in a] for a in (asks, *trail)]
    return json.dumps({"head": head, "asks": rows[0], "trail": rows[1:]})


def read(clerk, id):
    return clerk.desk.drafts.read(id, NOBODY)


def test_the_letter_comes_back_with_the_asks_and_is_the_one_for_them(clerk, id):
    before = read(clerk, id)
    asks = [(a.topic, a.text) for a in before.proposal.asks]
    clerk.draft(id, edits(asks[:1]), "", "default", None)
    assert len(read(clerk, id).draft.sections) < len(before.draft.sections)
    shown = clerk.turn(id, "", "", "", "", "undo")
    after = read(clerk, id)
    assert (after.draft, after.proposal.asks) == (before.draft, before.proposal.asks)
    assert "关于建立主播培训制度" in shown["paper"] and "建立主播培训制度" in shown["editor"]
    assert 'data-card="2:' in shown["cards"] and "data-old" not in shown["undo"]
    shown = clerk.turn(id, "", "", "", "", "redo")
    assert "关于建立主播培训制度" not in shown["paper"]


def test_what_is_typed_when_the_button_is_pressed_is_the_step_that_is_undone(clerk, id):
    name = next(iter(name_places(read(clerk, id).draft)))
    shown = clerk.turn(id, "", "", "", json.dumps({name: "B"}), "undo")
    assert read(clerk, id).values == {}
    assert "重做：填写“B”" in shown["undo"]
    clerk.turn(id, "", "", "", "", "redo")
    assert read(clerk, id).values == {name: "B"}


def test_what_was_done_with_asks_in_one_breath_are_steps_of_their_own(clerk, id):
    one, two = ((a.topic, a.text) for a in read(clerk, id).proposal.asks)
    three = ("举报奖励", "设立举报奖励。")
    clerk.keep(id, edits([two, three], [[two, one], [two, one, three], [two, three]]), "", "")
    told = [step.what for step in clerk.desk.drafts.steps(id, NOBODY)][:3]
    assert told == ["移动建议", "加第 3 项建议", "删除第 2 项建议"]


def test_a_letter_composed_from_other_things_than_stand_there_is_made_anew(clerk, id):
    clerk.keep(id, "", "", "", json.dumps({"stance.1": "study"}))
    shown = clerk.keep(id, "", "", "", json.dumps({"stance.1": "study", "confirm.2": "是"}))
    assert "data-old" in shown["undo"]
    assert "data-old" not in clerk.draft(id, "", "", "default", None)["undo"]


def test_how_an_ask_is_answered_stays_with_the_ask_when_another_goes(clerk, id):
    clerk.keep(id, "", "", "", json.dumps({"stance.2": "study"}))
    clerk.draft(id, "", "", "default", None)
    two = [(a.topic, a.text) for a in read(clerk, id).proposal.asks][1:]
    clerk.draft(id, edits(two), "", "default", None)
    work = read(clerk, id)
    assert work.values == {"stance.1": "study"}
    assert [(s.order, s.kind) for s in work.draft.stances] == [(1, "study")]


def test_a_sentence_is_moved_and_what_cannot_be_read_is_told(clerk, id):
    import gradio as gr

    draft = read(clerk, id).draft
    at = next(
        n
        for n, b in enumerate(draft.blocks)
        if b.style == "body" and len(b.sentences) > 2 and b.sentences[-1].ask
    )
    last = len(draft.blocks[at].sentences) - 1
    clerk.move(id, "", "", "", "", f"{at}.{last}:-1")
    assert len(read(clerk, id).values) == 1
    assert clerk.desk.drafts.steps(id, NOBODY)[-1].what.startswith("移动第")
    for wrong in ("", "1.2", "1.2:5", "<b>", "9.9:1:1"):
        with pytest.raises(gr.Error, match="请刷新页面"):
            clerk.move(id, "", "", "", "", wrong)


def test_a_step_that_is_gone_is_told_in_one_line(clerk, id):
    import gradio as gr

    for wrong in ("99", "x", ""):
        with pytest.raises(gr.Error, match="不在记录里"):
            clerk.turn(id, "", "", "", "", wrong)


def test_the_clerk_answers_for_a_fact_by_name(clerk, id):
    places = name_places(read(clerk, id).draft)
    name = next((n for n, slot in places.items() if slot.kind == "补充"), None)
    typed = (
        {"after.5.0": "我局与京东集团合作开展培训。"}
        if name is None
        else {name: "我局与京东集团合作开展培训。"}
    )
    shown = clerk.keep(id, "", "", "", json.dumps(typed))
    key = shown["findings"].partition('data-vouch="')[2].partition('"')[0]
    assert key
    shown = clerk.vouch(id, "", "", "", "", key)
    assert "声明属实" in shown["findings"] and "收回属实" in shown["findings"]
    (entry,) = AuditLog(clerk.desk.settings.work).entries(what=("vouch",))
    assert (entry.who, entry.detail["text"]) == (NOBODY, "京东集团")
    shown = clerk.vouch(id, "", "", "", "", key)
    assert "声明属实" not in shown["findings"]

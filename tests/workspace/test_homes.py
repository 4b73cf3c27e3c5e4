"""What a clerk made of an answer stays in its ask when that is composed anew."""

from __future__ import annotations

import json

import pytest

from replygen.drafting.fill import fill_slots
from replygen.models import Ask, Block, Draft, DraftSection, Proposal, Sentence, Slot
from replygen.workspace import Lost, Work, carry_values, find_way_back, home_asks
from replygen.workspace.homes import note_lost
from replygen.workspace.work import work_from_json, work_to_json


def said(ask: int, *texts: str) -> DraftSection:
    """An answer: a heading and one paragraph of what is promised; 我局将 is the form's."""
    sentences = tuple(
        Sentence(t, "form" if t.endswith("将") else "proposal", ("proposal",), (), ask)
        for t in texts
    )
    return DraftSection(Sentence(f"{ask}、", "form", ask=ask), ask, (Block("body", sentences),))


def letter(*sections: DraftSection) -> Draft:
    opening = Block("body", (Sentence("收悉。", "form"),))
    return Draft("t", "letter", (opening,), sections, ())


OLD = letter(said(1, "下一步，我局将", "划定夜市范围，", "加强夜市巡查。", "错时经营。"))
NEW = letter(said(1, "今后，我局将", "合理划定夜市范围；", "加强夜市巡查，", "增设夜市车位。"))


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"text.2.2": None}, "今后，我局将合理划定夜市范围；增设夜市车位。"),
        ({"text.2.1": None}, "今后，我局将加强夜市巡查，增设夜市车位。"),
        ({"text.2.1": "划线，"}, "今后，我局将划线，加强夜市巡查，增设夜市车位。"),
        ({"after.2.2": "甲。"}, "今后，我局将合理划定夜市范围；加强夜市巡查，甲。增设夜市车位。"),
        ({"text.2.3": None}, "今后，我局将合理划定夜市范围；加强夜市巡查，增设夜市车位。"),
        (
            {"text.2.3": "改过的话，", "after.2.3": "加的话。"},
            "今后，我局将合理划定夜市范围；加强夜市巡查，增设夜市车位。改过的话。加的话。",
        ),
    ],
    ids=["mark", "alike, out", "alike, anew", "added", "gone, out", "gone, anew and added"],
)
def test_in_an_ask_that_is_composed_anew_the_clerks_own_stays(values, text):
    carried = carry_values(values, OLD, NEW, {1: 1})
    assert carried.lost == ()
    assert fill_slots(NEW, carried.values).draft.sections[0].blocks[0].text == text


def test_what_has_no_place_stays_in_its_own_ask_and_goes_with_the_ask_only():
    old = letter(said(1, "甲事要办。"), said(2, "乙事要办。"))
    new = letter(said(1, "甲事要办。"), said(2, "另有安排，请知悉。"))
    values = {"text.4.0": "写过的话。", "text.2.0": None}
    carried = carry_values(values, old, new, {1: 1, 2: 2})
    assert carried.values == {"after.4.0": "写过的话。", "text.2.0": None}
    gone = carry_values(values, old, letter(said(1, "甲事要办。")), {1: 1})
    assert gone.values == {"text.2.0": None}
    assert [one.text for one in gone.lost] == ["写过的话。"]


FOUR = ("甲事已办。", "乙事在办。", "丙事待办。", "丁事另办。")


@pytest.mark.parametrize(
    ("at", "there", "beside"),
    [
        (1, FOUR, "乙事在办。"),
        (1, ("甲事已办。", "丙事待办。"), "甲事已办。"),
        (0, ("新的话。", "乙事在办。"), "新的话。"),
        (0, ("乙事在办。", "丙事待办。"), "乙事在办。"),
        (1, ("甲事都已办。", "别的话都在这里。"), "甲事都已办。"),
        (2, ("下一步，我局将", "丙事待办，", "丁事另办。"), "丁事另办。"),
        (1, ("别的话都在这里。",), None),
    ],
    ids=["whole", "one is gone", "before", "none before", "alike", "no clause torn", "none left"],
)
def test_what_was_lost_goes_back_beside_its_neighbours(at, there, beside):
    lost = note_lost("写过的话。", letter(said(1, *FOUR)), (2, at))
    now = letter(said(3, "别的一项。"), said(1, *there))
    place = find_way_back(now, lost)
    assert (None if place is None else now.blocks[place[0]].sentences[place[1]].text) == beside


def test_what_was_lost_is_stored_with_its_neighbours_and_was_once_stored_without():
    lost = note_lost("写过的话。", letter(said(1, *FOUR)), (2, 1), filled=True)
    work = Work(Proposal("t", None, None, None, (), None, "", "", ()), lost=(lost,))
    assert work_from_json(work_to_json(work)) == work
    table = {**json.loads(work_to_json(work)), "lost": ["写过的话。"]}
    assert work_from_json(json.dumps(table)).lost == (Lost("写过的话。"),)


def test_a_lead_in_of_another_ask_is_not_the_one_that_was_edited():
    old = letter(said(1, "我局将", "甲事要办。"))
    new = letter(said(1, "我局将", "丙事要办。"), said(2, "我局将", "甲事要办。"))
    carried = carry_values({"text.2.0": "我局拟"}, old, new, {1: 2})
    assert carried.values == {"text.4.0": "我局拟"}


def test_what_was_typed_into_a_sentence_written_anew_goes_with_it():
    sentence = Sentence("检查【数量】家次。", "slot", (), (Slot("【数量】", "数量"),), 1)
    section = DraftSection(None, 1, (Block("body", (sentence,)),))
    old = letter(section)
    new = letter(said(1, "甲。"), replace_ask(section, 2))
    values = {"text.1.0": "查【次数】次、【数量】家。", "1.0.0": "9", "1.0.1": "30"}
    carried = carry_values(values, old, new, {1: 2})
    assert carried.values == {"text.3.0": values["text.1.0"], "3.0.0": "9", "3.0.1": "30"}


def replace_ask(section: DraftSection, ask: int) -> DraftSection:
    sentences = tuple(
        Sentence(s.text, s.origin, s.sources, s.slots, ask) for s in section.blocks[0].sentences
    )
    return DraftSection(None, ask, (Block("body", sentences),))


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        ("2.3 2.0 2.1 2.2", None),  # what was moved is no more
        ("2.0 2.2 2.1 2.3", "2.0 2.2 2.3 2.1"),
    ],
)
def test_what_was_moved_stays_moved_as_far_as_it_is_there(order, kept):
    carried = carry_values({"order.1": order}, OLD, NEW, {1: 1}).values
    assert carried == ({"order.1": kept} if kept else {})


def test_asks_that_were_merged_are_one():
    before = (Ask(1, "夜市", "划定夜市范围。"), Ask(2, "噪声", "控制噪声。"))
    assert home_asks(before, (Ask(1, "夜市", "划定夜市范围。\n控制噪声。"),)) == {1: 1, 2: 1}
    split = (Ask(1, "夜市", "划定夜市"), Ask(2, "范围", "范围。"))
    assert home_asks(before[:1], split) == {1: 1}

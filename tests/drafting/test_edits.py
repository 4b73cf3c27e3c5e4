"""Sentences written anew, taken out and added: the letter says so, the draft stays as composed."""

from __future__ import annotations

import pytest

from replygen.drafting.edits import is_edit, rewrite_sentences
from replygen.drafting.fill import fill_slots
from replygen.models import Block, Draft, DraftSection, Sentence, Slot
from replygen.workspace import carry_values

ASKED = Sentence("我局将加强直播间监测。", "proposal", ("proposal",), ask=1, confirmed=False)
OWN = Sentence("2025年检查【数量】家次。", "own", ("a",), (Slot("【数量】", "数量"),), ask=1)
HEADING = Sentence("一、关于监测", "form", ask=1)
THANKS = Sentence("感谢您的关心。", "form")


def draft(*sentences: Sentence) -> Draft:
    """A letter: its opening (0), a heading (1), one paragraph (2), the thanks (3)."""
    section = DraftSection(HEADING, 1, (Block("body", sentences),))
    opening = Block("body", (Sentence("收悉。", "form"),))
    return Draft("t", "letter", (opening,), (section,), (Block("closing", (THANKS,)),))


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"text.2.0": "我局改写这一句。"}, "我局改写这一句。2025年检查【数量】家次。"),
        ({"text.2.0": None}, "2025年检查【数量】家次。"),
        (
            {"after.2.0": "这句是加的。"},
            "我局将加强直播间监测。这句是加的。2025年检查【数量】家次。",
        ),
        ({"text.2.0": None, "after.2.0": "换成这句。"}, "换成这句。2025年检查【数量】家次。"),
        ({"text.2.0": None, "text.2.1": None}, None),
        ({"text.2.0": "  "}, "我局将加强直播间监测。2025年检查【数量】家次。"),
        ({"text.2.1": "检查【次数】次。", "2.1.0": "9"}, "我局将加强直播间监测。检查9次。"),
        ({"text.9.9": "哪里也没有的句子。"}, "我局将加强直播间监测。2025年检查【数量】家次。"),
    ],
    ids=["anew", "out", "added", "replaced", "whole paragraph", "blank", "open place", "nowhere"],
)
def test_what_the_clerk_made_of_a_sentence_stands_in_the_letter(values, text):
    blocks = [block.text for block in fill_slots(draft(ASKED, OWN), values).draft.blocks]
    assert blocks == ["收悉。", "一、关于监测", *([text] if text else []), "感谢您的关心。"]


def test_a_sentence_written_anew_is_the_clerks_own_word_and_waits_for_nobody():
    filled = fill_slots(draft(ASKED), {"text.2.0": "我局改写。"}).draft
    (sentence,) = filled.sections[0].blocks[0].sentences
    assert (sentence.origin, sentence.sources, sentence.ask) == ("typed", ("typed",), 1)
    assert sentence.confirmed is None and not filled.unconfirmed


@pytest.mark.parametrize(
    ("lead", "written", "text"),
    [
        ("围绕夜市，我局将", "我局将会同街道划线。", "围绕夜市，我局将会同街道划线。"),
        ("围绕夜市，我局将", "围绕夜市，我局将划线。", "围绕夜市，我局将划线。"),
        ("围绕夜市，我局将", "会同街道划线。", "围绕夜市，我局将会同街道划线。"),
        ("围绕夜市，", "围绕夜市，我局划线。", "围绕夜市，我局划线。"),
        ("我局加强监管", "监管部门划线。", "我局加强监管监管部门划线。"),  # no lead-in is doubled
        ("我局将划线。", "我局将划线。", "我局将划线。我局将划线。"),  # a whole sentence
    ],
)
def test_the_words_of_a_lead_in_are_not_said_twice(lead, written, text):
    parts = (Sentence(lead, "form", ask=1), Sentence("划线。", "proposal", ask=1))
    (block,) = rewrite_sentences(draft(*parts), {"text.2.1": written}).sections[0].blocks
    assert block.text == text


def test_the_composed_draft_stays_as_it_was():
    before = draft(ASKED, OWN)
    rewrite_sentences(before, {"text.2.0": "我局改写。"})
    assert before == draft(ASKED, OWN)
    assert rewrite_sentences(before, {"2.1.0": "9"}) is before


def test_edits_go_with_their_sentence_and_what_has_no_place_is_told():
    old = draft(ASKED, OWN)
    new = draft(OWN, Sentence("新的一句。", "proposal", ("proposal",), ask=1))
    values = {"text.2.0": "改过。", "text.2.1": None, "after.2.1": "加的。"}
    carried = carry_values(values, old, new)
    assert carried.values == {"text.2.0": None, "after.2.0": "加的。"}
    assert [lost.text for lost in carried.lost] == ["改过。"]


@pytest.mark.parametrize(
    ("name", "known"),
    [("text.2.0", True), ("after.12.3", True), ("2.0.0", False), ("text.2", False),
     ("text.2.0x", False), ("confirm.1", False)],
)  # fmt: skip
def test_names_of_edits(name, known):
    assert is_edit(name) is known

"""What a person types into open places becomes part of the draft, and stays known as typed."""

from __future__ import annotations

import pytest

from replygen.drafting.fill import fill_slots, name_slot
from replygen.models import Block, Draft, DraftSection, Sentence, Slot

UNIT, TIME = Slot("【单位】", "单位"), Slot("【时间】", "时间")
OPEN = Slot("【请补充：已开展的工作】", "补充")


def make_draft(*sentences: Sentence) -> Draft:
    """A draft: title, heading, one body paragraph of the sentences, an open paragraph, sign-off."""
    return Draft(
        "t",
        "letter",
        (Block("title", (Sentence("答复", "form"),)),),
        (
            DraftSection(
                Sentence("一、关于监管", "form"),
                1,
                (
                    Block("body", sentences),
                    Block("body", (Sentence(OPEN.text, "slot", slots=(OPEN,)),)),
                ),
            ),
        ),
        (Block("blank"), Block("sign_unit", (Sentence("某局", "form"),))),
    )


SENTENCE = Sentence("会同【单位】于【时间】前完成。", "precedent", ("a#1",), (UNIT, TIME))


@pytest.mark.parametrize(
    ("values", "text", "open_slots"),
    [
        ({}, "会同【单位】于【时间】前完成。", 2),
        ({"2.0.0": "市商务局"}, "会同市商务局于【时间】前完成。", 1),
        ({"2.0.1": "2027年6月"}, "会同【单位】于2027年6月前完成。", 1),
        ({"2.0.0": "市商务局", "2.0.1": "6月"}, "会同市商务局于6月前完成。", 0),
        ({"2.0.0": "  \n "}, "会同【单位】于【时间】前完成。", 2),
        ({"2.0.0": " 市\n商务局 "}, "会同市 商务局于【时间】前完成。", 1),
        ({"9.9.9": "x", "说": "y"}, "会同【单位】于【时间】前完成。", 2),
        ({"2.0.0": None}, "", 0),
    ],
)
def test_values_stand_in_their_places(values, text, open_slots):
    filled = fill_slots(make_draft(SENTENCE, Sentence("另外。", "form")), values).draft
    block = filled.blocks[2]
    assert block.text == f"{text}另外。"
    assert sum(len(s.slots) for s in block.sentences) == open_slots


def test_what_was_typed_is_a_sentence_of_its_own():
    parts = fill_slots(make_draft(SENTENCE), {"2.0.0": "市商务局"}).draft.blocks[2].sentences
    assert [(p.text, p.origin) for p in parts] == [
        ("会同", "precedent"),
        ("市商务局", "typed"),
        ("于【时间】前完成。", "precedent"),
    ]
    assert parts[2].slots == (TIME,)


def test_two_open_places_with_the_same_name_are_told_apart():
    twice = Sentence("【单位】和【单位】。", "precedent", ("a#1",), (UNIT, UNIT))
    filled = fill_slots(make_draft(twice), {name_slot(2, 0, 1): "乙局"}).draft
    assert filled.blocks[2].text == "【单位】和乙局。"


def test_a_dropped_paragraph_leaves_the_numbers_of_the_others_known():
    filled = fill_slots(make_draft(SENTENCE), {"3.0.0": None})
    assert [b.style for b in filled.draft.blocks] == [
        "title",
        "heading1",
        "body",
        "blank",
        "sign_unit",
    ]
    assert filled.kept == (0, 1, 2, 4, 5)


def test_a_whole_paragraph_gets_its_full_stop():
    assert fill_slots(make_draft(), {"3.0.0": "开展检查"}).draft.blocks[-3].text == "开展检查。"


def test_a_value_under_the_name_of_a_confirmation_confirms_that_ask_only():
    from replygen.drafting.fill import fill_slots, is_confirmation, name_confirmation
    from replygen.models import Block, Draft, DraftSection, Sentence

    def section(order: int) -> DraftSection:
        promise = Sentence("建立机制。", "proposal", ("proposal",), (), order, confirmed=False)
        return DraftSection(None, order, (Block("body", (promise,), "planned"),))

    draft = Draft("答复", "letter", (), (section(1), section(2)), ())
    filled = fill_slots(draft, {name_confirmation(2): "是"}).draft
    told = [b.sentences[0].confirmed for s in filled.sections for b in s.blocks]
    assert told == [False, True]
    assert is_confirmation(name_confirmation(12)) and not is_confirmation("3.0.1")

"""A sentence moved within the answer to its ask: clauses among clauses, sentences among
sentences, and every paragraph still reads."""

from __future__ import annotations

import pytest

from replygen.drafting.fill import fill_slots
from replygen.drafting.moving import arrange_sentences, move_sentence
from replygen.models import Block, Draft, DraftSection, Sentence, Slot

SLOT = Slot("【请补充】", "补充")


def _block(ask: int, *texts: str) -> Block:
    return Block(
        "body",
        tuple(
            Sentence(
                t, "slot" if t == SLOT.text else "own", ("x",), (SLOT,) * (t == SLOT.text), ask
            )
            for t in texts
        ),
    )


# paragraphs 0, 2, 3 are the text; 1 and 4 are headings
DRAFT = Draft(
    "答复",
    "letter",
    (Block("body", (Sentence("收悉。", "form"),)),),
    (
        DraftSection(
            Sentence("一、关于夜市", "form", ask=1),
            1,
            (
                _block(1, "甲已做。", SLOT.text),
                _block(1, "下一步，我局将", "划定范围，", "错时经营；", "加强巡查。", "乙也要做。"),
            ),
        ),
        DraftSection(Sentence("二、关于噪声", "form", ask=2), 2, (_block(2, "丙。"),)),
    ),
    (),
)


def read(values) -> list[str]:
    """The paragraphs of the first ask as they are read."""
    return [b.text for b in fill_slots(DRAFT, values).draft.blocks[2:4]]


AS_COMPOSED = ["甲已做。【请补充】", "下一步，我局将划定范围，错时经营；加强巡查。乙也要做。"]


@pytest.mark.parametrize(
    ("place", "step", "second"),
    [
        ((3, 1), 1, "下一步，我局将错时经营，划定范围；加强巡查。乙也要做。"),
        ((3, 3), -1, "下一步，我局将划定范围，加强巡查；错时经营。乙也要做。"),
        ((3, 4), -1, "乙也要做。下一步，我局将划定范围，错时经营；加强巡查。"),
        ((3, 0), 1, "乙也要做。下一步，我局将划定范围，错时经营；加强巡查。"),
        ((3, 3), 1, "乙也要做。下一步，我局将划定范围，错时经营；加强巡查。"),
        ((3, 4), 1, AS_COMPOSED[1]),  # the last one of its ask
    ],
)
def test_a_clause_moves_among_clauses_and_a_sentence_among_sentences(place, step, second):
    assert read(move_sentence(DRAFT, {}, place, step)) == [AS_COMPOSED[0], second]


def test_a_sentence_changes_paragraphs_within_its_ask_and_never_leaves_it():
    down = move_sentence(DRAFT, {}, (2, 1), 1)
    assert read(down) == [
        "甲已做。下一步，我局将划定范围，错时经营；加强巡查。",
        "【请补充】乙也要做。",
    ]
    assert move_sentence(DRAFT, {}, (2, 0), -1) == {}
    assert move_sentence(DRAFT, {}, (5, 0), -1) == {}
    assert move_sentence(DRAFT, {}, (0, 0), 1) == {}


@pytest.mark.parametrize("place", [(2, 0), (2, 1), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)])
@pytest.mark.parametrize("step", [-1, 1])
def test_moving_there_and_back_is_no_change_and_loses_no_sentence(place, step):
    there = move_sentence(DRAFT, {}, place, step)
    assert sorted("".join(read(there))) == sorted("".join(AS_COMPOSED))
    # the first and the last clause take their sentence along
    if (place, step) not in (((3, 1), -1), ((3, 3), 1)):
        assert (move_sentence(DRAFT, there, place, -step) if there else {}) == {}


def test_what_was_written_into_a_sentence_moves_with_it():
    values = {"text.3.1": "划定十二处范围，", "after.3.4": "再加一句。", "2.1.0": "检查6次"}
    moved = move_sentence(DRAFT, move_sentence(DRAFT, values, (3, 1), 1), (3, 4), -1)
    assert read(moved) == [
        "甲已做。检查6次。",
        "乙也要做。再加一句。下一步，我局将错时经营，划定十二处范围；加强巡查。",
    ]


@pytest.mark.parametrize(
    "order", ["", "2.0 2.1", "2.0 2.1|3.0", "2.0 2.1|3.0 3.1 3.2 3.3 9.9", "<b>", "2.0|2.1|3.0"]
)
def test_an_order_of_other_sentences_is_ignored(order):
    assert arrange_sentences(DRAFT, {"order.1": order}) == {}
    assert read({"order.1": order}) == AS_COMPOSED

"""A commitment becomes a promise when a person says so."""

from __future__ import annotations

import pytest

from replygen.drafting.confirm import confirm_asks, read_asks
from replygen.drafting.fill import fill_slots
from replygen.errors import SettingsError
from replygen.models import Ask, Block, Draft, DraftSection, Proposal, Sentence, Slot


def sentence(text: str, ask: int, confirmed: bool | None = False) -> Sentence:
    return Sentence(text, "proposal", ("proposal",), (), ask, False, confirmed)


DRAFT = Draft(
    "答复",
    "letter",
    (),
    (
        DraftSection(None, 1, (Block("body", (sentence("我局将甲。", 1),)),)),
        DraftSection(
            None, 2, (Block("body", (sentence("我局将乙。", 2), sentence("依法。", 2, None))),)
        ),
    ),
    (),
)
PROPOSAL = Proposal(
    "提案", "cppcc", None, None, (), None, "", "", (Ask(1, "甲", "甲"), Ask(2, "乙", "乙"))
)


def test_only_the_commitments_under_the_named_asks_are_confirmed() -> None:
    confirmed = confirm_asks(DRAFT, {2})
    assert [s.text for s in confirmed.unconfirmed] == ["我局将甲。"]
    values = [s.confirmed for b in confirmed.blocks for s in b.sentences]
    assert values == [False, True, None]


@pytest.mark.parametrize(("words", "asks"), [("1,2", {1, 2}), ("2", {2}), (" 1、2 ", {1, 2})])
def test_the_asks_are_read_from_a_list(words: str, asks: set[int]) -> None:
    assert read_asks(words, PROPOSAL) == asks


@pytest.mark.parametrize(
    ("words", "told"), [("3", "没有第 3 项"), ("1.1", "序号"), ("all", "序号"), ("", "序号")]
)
def test_a_list_that_names_no_ask_is_refused(words: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_asks(words, PROPOSAL)


def test_what_the_clerk_types_into_a_commitment_is_the_clerks_word() -> None:
    open_one = Sentence(
        "我局将于【时间】前办结。", "proposal", ("proposal",), (Slot("【时间】", "时间"),), 1,
        confirmed=False,
    )  # fmt: skip
    draft = Draft("答复", "letter", (Block("body", (open_one,)),), (), ())
    filled = fill_slots(draft, {"0.0.0": "2026年6月"}).draft
    assert [(s.text, s.confirmed) for s in filled.blocks[0].sentences] == [
        ("我局将于", False),
        ("2026年6月", None),
        ("前办结。", False),
    ]

"""Commitments that nobody has confirmed are found, and block."""

from __future__ import annotations

import pytest

from replygen.checking import check_document
from replygen.drafting.confirm import confirm_asks
from replygen.models import Block, Draft, DraftSection, Finding, Sentence


def planned(text: str, ask: int, confirmed: bool | None = False) -> Sentence:
    return Sentence(text, "proposal", ("proposal",), (), ask, False, confirmed)


FIRST, SECOND = "下一步，我局将增设助餐点。", "我局将推动物业企业送餐上门。"
DRAFT = Draft(
    "答复",
    "letter",
    (),
    (
        DraftSection(None, 1, (Block("body", (planned(FIRST, 1),)),)),
        DraftSection(
            None, 2, (Block("body", (planned("依法办理。", 2, None), planned(SECOND, 2))),)
        ),
    ),
    (),
)
PARAGRAPHS = [block.text for block in DRAFT.blocks]


def find(draft: Draft | None, paragraphs: list[str] = PARAGRAPHS) -> list[Finding]:
    report = check_document(paragraphs, draft=draft)
    return [f for f in report.findings if f.rule == "promise.unconfirmed"]


def test_every_unconfirmed_commitment_blocks_at_its_place() -> None:
    found = find(DRAFT)
    assert [(f.severity, f.where.paragraph, f.where.text) for f in found if f.where] == [
        ("block", 0, FIRST),
        ("block", 1, SECOND),
    ]
    place = found[1].where
    assert place is not None
    assert PARAGRAPHS[1][place.start : place.end] == SECOND
    assert "确认" in (found[1].suggestion or "")


def test_confirmed_asks_are_no_finding() -> None:
    assert [f.where.text for f in find(confirm_asks(DRAFT, {1})) if f.where] == [SECOND]
    assert find(confirm_asks(DRAFT, {1, 2})) == []


@pytest.mark.parametrize(
    ("paragraphs", "texts"),
    [
        (["新加的一段。", *PARAGRAPHS], [FIRST, SECOND]),
        ([f"引言。{FIRST}", PARAGRAPHS[1]], [FIRST, SECOND]),
        (["这项暂不承诺。", PARAGRAPHS[1]], [SECOND]),
        ([PARAGRAPHS[1], PARAGRAPHS[0]], [SECOND, FIRST]),
    ],
)
def test_an_edited_text_keeps_the_commitments_that_still_stand(
    paragraphs: list[str], texts: list[str]
) -> None:
    assert [f.where.text for f in find(DRAFT, paragraphs) if f.where] == texts


def test_equal_commitments_are_told_apart() -> None:
    twice = Draft(
        "答复", "letter", (Block("body", (planned(FIRST, 1), planned(FIRST, 2))),), (), ()
    )
    found = find(twice, [FIRST * 2])
    assert [f.where.start for f in found if f.where] == [0, len(FIRST)]


def test_a_text_whose_sources_are_unknown_has_no_such_finding() -> None:
    assert find(None) == []

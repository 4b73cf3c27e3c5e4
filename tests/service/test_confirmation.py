"""Nothing is promised silently: from a drafted commitment to the final letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from replygen.drafting import confirm_asks
from replygen.models import Block, Draft, DraftSection, Finding, Sentence
from replygen.service.copies import clean_draft, publish_draft
from replygen.service.desk import Desk
from replygen.service.json import draft_json
from replygen.service.reviews import can_dismiss, name_basis
from replygen.settings import Settings, load_profile, resource

TEXT = "第0126号\n关于方便老年人就餐的提案\n提案人：林静\n建议：一、增设助餐点。二、送餐上门。"
PROMISE = "下一步，我局将会同市民政局增设助餐点。"
RULE = "promise.unconfirmed"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(
        index=tmp_path / "index", work=tmp_path / "work", profile=profile, encoder="hash"
    )
    with Desk(settings) as desk:
        yield desk


@pytest.fixture
def draft(desk: Desk) -> Draft:
    """A draft whose only fault is one commitment to confirm."""
    composed = desk.compose(desk.paste_proposal(TEXT))
    promise = Sentence(PROMISE, "proposal", ("proposal",), (), 1, False, False)
    sections = (DraftSection(None, 1, (Block("body", (promise,), "planned"),)),)
    bare = tuple(b for b in composed.signoff if not any(s.slots for s in b.sentences))
    return replace(composed, header=(), sections=sections, signoff=bare)


def unconfirmed(findings: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in findings if f.rule == RULE]


def test_a_final_letter_is_refused_until_the_promise_is_confirmed(
    desk: Desk, draft: Draft, tmp_path: Path
) -> None:
    proposal = desk.paste_proposal(TEXT)
    refused = desk.finish(draft, proposal, output=tmp_path / "a.docx", final=True)
    assert refused.docx is None and len(unconfirmed(refused.report.findings)) == 1
    assert draft_json(refused)["confirm"] == [{"ask": 1, "sentences": [PROMISE]}]
    done = desk.finish(confirm_asks(draft, {1}), proposal, output=tmp_path / "b.docx")
    assert unconfirmed(done.report.findings) == []
    assert draft_json(done)["confirm"] == []


def test_neither_clean_nor_public_copy_is_made_of_it(
    desk: Desk, draft: Draft, tmp_path: Path
) -> None:
    written = desk.finish(draft, desk.paste_proposal(TEXT), output=tmp_path / "a.docx").docx
    assert written is not None
    for copy in (clean_draft(desk, written), publish_draft(desk, written)):
        assert copy.path is None and len(unconfirmed(copy.report.findings)) == 1


def test_deleting_all_its_comments_in_word_confirms(
    desk: Desk, draft: Draft, tmp_path: Path
) -> None:
    written = desk.finish(draft, desk.paste_proposal(TEXT), output=tmp_path / "a.docx").docx
    document = docx.Document(str(written))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.body.iter(qn(f"w:{name}"))):
            mark.getparent().remove(mark)
    for comment in list(document.part._comments_part.element):
        document.part._comments_part.element.remove(comment)
    document.save(str(tmp_path / "b.docx"))
    assert unconfirmed(desk.check(tmp_path / "b.docx").findings) == []


def test_a_reviewer_can_set_it_aside_only_by_saying_who_agreed() -> None:
    finding = Finding(RULE, "block", None, "还没有确认")
    assert can_dismiss(finding)
    assert "谁同意" in (name_basis(finding) or "")

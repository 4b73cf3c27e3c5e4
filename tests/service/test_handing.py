"""A draft goes to the reviewer, is taken back, comes back, and goes again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.errors import SettingsError, StoreError
from replygen.models import Block, Draft, Proposal, Sentence
from replygen.service import Desk
from replygen.service.decisions import read_verdicts, tell_state
from replygen.service.handing import hand_in, list_waiting, read_handed, take_back
from replygen.service.reviews import review_stored
from replygen.service.verdicts import judge_paper
from replygen.settings import Settings
from replygen.workspace import AuditLog, Work

ASKED = Proposal("关于停车", "cppcc", "五届三次", "0126", ("林静",), "主办", "", "", ())
LETTER = Draft(
    "答复",
    "default",
    header=(Block("body", (Sentence("下一步，我局将加强巡查。", "typed", ("typed",)),)),),
    sections=(),
    signoff=(),
)


@pytest.fixture
def desk(tmp_path):
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work", encoder="hash")
    with Desk(settings) as desk:
        yield desk


def state_of(desk, id: str) -> str:
    row = next(row for row in desk.drafts.rows() if row.id == id)
    work = desk.settings.work
    return tell_state(row, read_verdicts(work).get(id), read_handed(work).get(id))


def waiting(desk) -> list[str]:
    return [one.row.id for one in list_waiting(desk)]


def test_a_draft_waits_for_the_reviewer_until_it_is_taken_back(desk):
    first = desk.drafts.create("小林", Work(ASKED, draft=LETTER))
    second = desk.drafts.create("小周", Work(ASKED, draft=LETTER))
    assert waiting(desk) == []
    hand_in(desk, second, "小周")
    hand_in(desk, first, "小林")
    assert waiting(desk) == [second, first]  # who waits longest comes first
    assert state_of(desk, first).startswith("待审 20")
    with pytest.raises(SettingsError, match="已经送审"):
        hand_in(desk, first, "小林")
    take_back(desk, first, "小林")
    assert waiting(desk) == [second]
    assert state_of(desk, first) == "可定稿"
    with pytest.raises(SettingsError, match="没有在待审"):
        take_back(desk, first, "小林")
    desk.drafts.remove(second, "小周")
    assert waiting(desk) == []
    assert AuditLog(desk.settings.work).verify().ok


def test_a_returned_draft_stays_returned_until_it_is_handed_in_again(desk, tmp_path):
    id = desk.drafts.create("小林", Work(ASKED, draft=LETTER))
    hand_in(desk, id, "小林")
    review = review_stored(desk, id, output=tmp_path / "稿.docx")
    judge_paper(desk, review, "return", by="李审", reason="请写明责任科室")
    assert (waiting(desk), state_of(desk, id)) == ([], "已退回")
    desk.drafts.change(id, "小林", lambda work: Work(ASKED, "改过", draft=LETTER))
    assert state_of(desk, id) == "已退回"
    hand_in(desk, id, "小林")
    assert waiting(desk) == [id]
    assert state_of(desk, id).startswith("待审")
    assert read_verdicts(desk.settings.work)[id].detail["reason"] == "请写明责任科室"


@pytest.mark.parametrize(
    "done, changed",
    [
        (lambda work: replace(work, open_places=3), False),
        (lambda work: replace(work, ticked=("1:a",), laid=("1:a", "1:b")), False),
        (lambda work: replace(work, assigned="2026-09-01"), False),
        (lambda work: replace(work, values={"text.0.0": "下一步，我局将加强巡查。"}), False),
        (lambda work: replace(work, values={"text.0.0": "下一步，我局将天天巡查。"}), True),
        (lambda work: replace(work, values={"after.0.0": "另派两人值守。"}), True),
    ],
)
def test_a_draft_counts_as_changed_since_it_was_handed_in_or_approved_when_a_word_of_it_is(
    desk, tmp_path, monkeypatch, done, changed
):
    later = "2999-01-01T00:00:00+00:00"
    monkeypatch.setattr("replygen.workspace.drafts._now", lambda **_: later)
    id = desk.drafts.create("小林", Work(ASKED, draft=LETTER))
    hand_in(desk, id, "小林")
    desk.drafts.change(id, "小林", done)
    assert state_of(desk, id).endswith("送审后改过") == changed
    desk.drafts.change(id, "小林", lambda work: Work(ASKED, draft=LETTER, revision=work.revision))
    judge_paper(desk, review_stored(desk, id, output=tmp_path / "稿.docx"), "approve", by="李审")
    desk.drafts.change(id, "小林", done)
    assert (state_of(desk, id) == "已通过") != changed


def test_only_a_letter_of_ones_own_is_handed_in(desk):
    id = desk.drafts.create("小林", Work(ASKED))
    with pytest.raises(SettingsError, match="还没有草稿"):
        hand_in(desk, id, "小林")
    with pytest.raises(StoreError, match="不在了"):
        hand_in(desk, id, "小周")
    assert waiting(desk) == []

"""属实: who typed a fact can answer for it; what was composed nobody can vouch for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from replygen.drafting.edits import name_text
from replygen.drafting.fill import fill_slots
from replygen.models import Draft, Proposal
from replygen.service.desk import Desk
from replygen.service.reviews import build_review
from replygen.service.vouching import find_vouches, turn_vouch
from replygen.settings import Settings, load_profile, resource
from replygen.word import export_docx
from replygen.workspace import AuditLog, name_places

NO_HEAD = (
    "关于促进我市直播电商规范经营的提案\n直播带货投诉较多。\n建议：\n"
    "一、加强直播间监测。严查虚假宣传、以次充好。"
)
TYPED = "今年以来，我局与京东集团合作开展培训12场。"
OPEN = ("slot.open", "promise.unconfirmed")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vouching")
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=folder / "index", work=folder / "work", profile=profile)
    with Desk(settings) as desk:
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        yield desk


@pytest.fixture(scope="module")
def asked(desk) -> Proposal:
    return desk.paste_proposal(NO_HEAD)


@pytest.fixture
def work(desk, tmp_path) -> Path:
    """A log of the test's own."""
    desk.settings = replace(desk.settings, work=tmp_path / "work")
    return desk.settings.work


def fill(desk: Desk, asked: Proposal, **typed: str) -> Draft:
    """The letter with what is typed into the open places whose hint begins so."""
    draft = desk.compose(asked)
    places = name_places(draft)
    values = {
        name: text
        for name, slot in places.items()
        for hint, text in typed.items()
        if slot.text.strip("【】").startswith(hint)
    }
    assert len(values) == len(typed)
    return fill_slots(draft, values).draft


def blocks(desk: Desk, asked: Proposal, draft: Draft) -> list[str]:
    report = desk.judge_letter(draft, asked).report
    return [
        f.where.text
        for f in report.findings
        if f.severity == "block" and f.where and f.rule not in OPEN
    ]


def vouch(desk: Desk, asked: Proposal, draft: Draft, text: str, by: str = "小林") -> None:
    findings = desk.judge_letter(draft, asked).report.findings
    found = find_vouches(desk.settings.work, draft, findings, asked)
    (one,) = [v for v in found if v.finding.where and v.finding.where.text == text]
    turn_vouch(desk.settings.work, one, subject="答复", by=by)


@pytest.mark.parametrize(
    "number", ["0556", "五届三次会议第0556号", "第十四届三次会议第20230556号", "5届3次0556"]
)
@pytest.mark.parametrize("people", ["张伟委员", "林静、王芳委员", "九三学社市委会"])
def test_a_filled_blank_of_the_form_never_makes_a_block(desk, asked, work, number, people):
    draft = fill(desk, asked, 届次=number, 提案人=people, 序号="15", 成文日期="2026年11月22日")
    assert blocks(desk, asked, draft) == []


def test_a_body_that_nobody_gave_a_paper_of_blocks_until_the_clerk_answers_for_it(
    desk, asked, work
):
    draft = fill(desk, asked, 请补充=TYPED)
    assert blocks(desk, asked, draft) == ["京东集团"]
    vouch(desk, asked, draft, "京东集团")
    assert blocks(desk, asked, draft) == []
    told = [
        f
        for f in desk.judge_letter(draft, asked).report.findings
        if f.where and f.where.text == "京东集团"
    ]
    assert [f.severity for f in told] == ["note"]
    assert "小林" in told[0].message and "声明属实" in told[0].message
    (entry,) = AuditLog(work).entries(what=("vouch",))
    assert (entry.who, entry.detail["text"]) == ("小林", "京东集团") and entry.at
    vouch(desk, asked, draft, "京东集团")  # taken back
    assert blocks(desk, asked, draft) == ["京东集团"]
    assert [e.what for e in AuditLog(work).entries()] == ["vouch", "unvouch"]


def test_what_is_filled_elsewhere_since_keeps_it_and_another_sentence_does_not(desk, asked, work):
    vouch(desk, asked, fill(desk, asked, 请补充=TYPED), "京东集团")
    later = fill(desk, asked, 请补充=TYPED, 届次="0556", 序号="15")
    assert blocks(desk, asked, later) == []
    other = fill(desk, asked, 请补充="京东集团在我市设立总部。")
    assert blocks(desk, asked, other) == ["京东集团"]


def test_what_was_composed_cannot_be_vouched_for(desk, asked, work):
    draft = desk.compose(asked)
    foreign = "望海市市场监管局每年开展专项行动12次。"
    at, block = next((n, b) for n, b in enumerate(draft.blocks) if len(b.sentences) > 2)
    written = fill_slots(draft, {name_text(at, 1): foreign}).draft
    composed = replace(
        written,
        sections=tuple(
            replace(
                section,
                blocks=tuple(
                    replace(
                        b,
                        sentences=tuple(
                            replace(s, origin="precedent", sources=("x#1",))
                            if s.origin == "typed"
                            else s
                            for s in b.sentences
                        ),
                    )
                    for b in section.blocks
                ),
            )
            for section in written.sections
        ),
    )
    assert block is not None
    for letter, can in ((written, True), (composed, False)):
        findings = desk.judge_letter(letter, asked).report.findings
        names = {
            v.finding.where.text
            for v in find_vouches(work, letter, findings, asked)
            if v.finding.where
        }
        assert any("望海" in name for name in names) is can


def test_the_reviewer_sees_it_also_in_the_word_file(desk, asked, work, tmp_path):
    draft = fill(desk, asked, 请补充=TYPED)
    vouch(desk, asked, draft, "京东集团")
    export_docx(
        replace(draft, proposal=asked), tmp_path / "答复.docx", profile=desk.settings.profile
    )
    paragraphs, read = desk.read_draft(tmp_path / "答复.docx")
    found = desk.examine(paragraphs, proposal=asked, draft=read)
    review = build_review(desk, paragraphs, read, found, proposal=asked, name="答复.docx")
    (told,) = [j for j in review.judged if j.finding.where and j.finding.where.text == "京东集团"]
    assert told.finding.severity == "note" and "小林" in told.finding.message
    assert told not in review.open_blocks

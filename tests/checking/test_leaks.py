"""The leak guard over whole drafts; its tables of attacks stand in test_attack_sets.py."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.models import Finding, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    def run(*paragraphs: str) -> list[Finding]:
        report = check_document(
            paragraphs, proposal=proposal, profile=profile, own_texts=own_texts, today=TODAY
        )
        return [f for f in report.findings if f.rule.startswith("leak.")]

    return run


@pytest.mark.parametrize("paragraphs", [(), ("",), ("", "　", "\n")])
def test_an_empty_draft_has_no_leaks(check, paragraphs):
    assert check(*paragraphs) == []


def test_without_a_profile_the_letterhead_tells_whose_letter_it_is():
    letter = ["岚港市市场监督管理局", "岚港市组织开展监管，与快手签订协议。", "连云港市的做法"]
    report = check_document(letter, today=TODAY)
    marked = [f.where.text for f in report.findings if f.rule.startswith("leak.") and f.where]
    assert "快手" in marked and "连云港市" in marked
    assert not any("岚港市" in m for m in marked)
    assert any("单位信息" in n for n in report.not_run)


def test_a_planned_figure_is_a_warning_and_a_done_one_blocks(check):
    assert [f.severity for f in check("下一步，我局将培训主播500人次。")] == ["warn"]
    assert [f.severity for f in check("我局已培训主播500人次。")] == ["block"]

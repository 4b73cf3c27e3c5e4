"""The leak guard over the tables of attacks and clean sentences, and over real replies."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from replygen.checking import check_document
from replygen.models import Finding, Proposal
from replygen.settings import Profile

TODAY = date(2026, 11, 21)
HERE = Path(__file__).resolve().parent


def read_rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


ATTACKS = read_rows("attacks.tsv")
CLEAN = [row[0] for row in read_rows("clean.tsv")]


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    def run(*paragraphs: str) -> list[Finding]:
        report = check_document(
            paragraphs, proposal=proposal, profile=profile, own_texts=own_texts, today=TODAY
        )
        return [f for f in report.findings if f.rule.startswith("leak.")]

    return run


def is_caught(findings: list[Finding], family: str, wanted: str) -> bool:
    """The place must be marked; the family may be another (连云港市商务局 is both)."""
    bare = re.sub(r"[《》“”]", "", wanted)
    marked = [re.sub(r"[《》“”]", "", f.where.text) for f in findings if f.where]
    return any(bare in m or (m in bare and len(m) >= 2) for m in marked)


def test_at_least_98_percent_of_the_attacks_are_caught(check):
    missed = [row for row in ATTACKS if not is_caught(check(row[2]), row[0], row[1])]
    assert len(missed) <= 0.02 * len(ATTACKS), missed


def test_fewer_than_3_percent_of_clean_sentences_raise_an_alarm(check):
    alarms = [(text, f.where.text) for text in CLEAN for f in check(text)]
    assert len({text for text, _ in alarms}) < 0.03 * len(CLEAN), alarms


def test_the_tables_are_large_enough():
    assert len(ATTACKS) >= 200
    assert len(CLEAN) >= 165


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

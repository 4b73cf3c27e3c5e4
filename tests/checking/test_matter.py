"""A figure is covered by what it is about: ours does not cover the same figure elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from replygen.checking.checked_draft import CheckedDraft
from replygen.checking.known import gather_known
from replygen.checking.leaks import check_leaks
from replygen.checking.precedents import Precedents
from replygen.laws.register import load_register
from replygen.models import Finding
from replygen.settings import Profile

TABLE = Path(__file__).with_name("data") / "matter.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
OWN = tuple(text for kind, _, text in ROWS if kind == "own")
SAME = [text for kind, _, text in ROWS if kind == "same"]
OTHER = [(wanted, text) for kind, wanted, text in ROWS if kind == "other"]


@pytest.fixture(scope="module")
def check(profile: Profile):
    register = load_register(None)

    def run(text: str) -> list[Finding]:
        case = CheckedDraft((text,), profile=profile, own_texts=OWN, today=date(2026, 11, 21))
        return [f for f in check_leaks(case, register, Precedents(), gather_known(case)) if f.where]

    return run


def test_own_figures_on_other_matters_are_found(check):
    missed = []
    for wanted, text in OTHER:
        at = text.index(wanted)
        spans = [(f.where.start, f.where.end) for f in check(text)]
        if not any(start < at + len(wanted) and at < end for start, end in spans):
            missed.append(text)
    assert len(OTHER) >= 100
    assert len(missed) <= 0.05 * len(OTHER), missed


def test_true_restatements_raise_no_alarm(check):
    alarms = [(text, found[0].where.text) for text in SAME if (found := check(text))]
    assert len(SAME) >= 100
    assert len(alarms) <= 0.03 * len(SAME), alarms


@pytest.mark.parametrize("text", OWN)
def test_what_is_said_word_for_word_is_ours(check, text: str):
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“云诚码”平台于2024年11月启用。", ["2024年11月"]),
        ("2024年11月启用网络餐饮“互联网+明厨亮灶”平台。", []),
        ("2024年11月，取缔无证诊所。", ["2024年11月"]),
    ],
)
def test_dates_are_covered_by_their_matter_as_well(check, text: str, found: list[str]):
    assert [f.where.text for f in check(text) if f.rule == "leak.date"] == found

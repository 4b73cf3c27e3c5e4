"""The two large tables: hand-made attacks and clean sentences, with the bars of issue 4.

An attack counts as caught when a finding of severity ``block`` overlaps the planted fact. What
each round had at first sight, before the guard had seen it (attacks caught, clean sentences
with an alarm), is in ``FIRST_SIGHT``; the guard was mended by kinds, not by words, after each.
Rounds 5 to 10 were made harder on purpose: names of ordinary words, features of a place,
sentences without a verb that tells. Round 11 keeps to the kinds that issue 4 names.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from replygen.checking.checked_draft import CheckedDraft
from replygen.checking.known import gather_known
from replygen.checking.leaks import check_leaks
from replygen.checking.precedents import Precedents
from replygen.drafting.context import make_rules
from replygen.drafting.guard import find_remains
from replygen.laws.register import load_register
from replygen.models import Document, Finding, Passage, Proposal
from replygen.settings import Profile, load_profile, resource

DATA = Path(__file__).resolve().parent / "data"
TODAY = date(2026, 11, 21)


def read_rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [
        [cell.replace("\\n", "\n").replace("\\t", "\t") for cell in line.split("\t")]
        for line in lines
        if line and not line.startswith("#")
    ]


ATTACKS = [tuple(row[1:]) for row in read_rows("attacks.tsv")]
CLEAN = read_rows("clean.tsv")
FOREIGN = Document("x", "", "reply", "答复", "霁州市", "市", "霁州市市场监督管理局", None)
DEICTIC = re.compile(r"[我本全该][\u4e00-\u9fff]{1,3}$|市局$")
FIRST_SIGHT = {
    "1": (0.669, 0.043), "2": (0.828, 0.040), "3": (0.843, 0.040), "4": (0.906, 0.050),
    "5": (0.658, 0.015), "6": (0.771, 0.053), "7": (0.856, 0.014), "8": (0.882, 0.0),
    "9": (0.881, 0.040), "10": (0.915, 0.017), "11": (0.988, 0.0),
}  # fmt: skip


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    own = (*own_texts, *(DATA / "own.txt").read_text(encoding="utf-8").splitlines())
    register = load_register(None)

    @cache
    def run(text: str) -> list[Finding]:
        case = CheckedDraft((text,), proposal=proposal, profile=profile, own_texts=own, today=TODAY)
        return list(check_leaks(case, register, Precedents(), gather_known(case)))

    return run


def is_caught(findings: list[Finding], wanted: str, text: str) -> bool:
    start = text.index(wanted)
    end = start + len(wanted)
    return any(
        f.severity == "block" and f.where and f.where.start < end and start < f.where.end
        for f in findings
    )


def test_the_tables_are_large_and_every_row_holds_its_fact():
    assert len(ATTACKS) >= 1900
    assert len(CLEAN) >= 1000
    assert len({kind for kind, _, _ in ATTACKS}) >= 40
    assert {row[0] for row in read_rows("attacks.tsv")} - {"0"} == set(FIRST_SIGHT)
    assert all(wanted in text for _, wanted, text in ATTACKS)


@pytest.mark.slow
def test_98_percent_of_the_attacks_are_blocked_where_they_stand(check):
    missed = [row for row in ATTACKS if not is_caught(check(row[2]), row[1], row[2])]
    assert len(missed) <= 0.02 * len(ATTACKS), missed


@pytest.mark.slow
def test_no_kind_of_attack_gets_through_by_half(check):
    """A guard may not buy its rate with the kinds that are easy."""
    kinds: dict[str, list[bool]] = {}
    for kind, wanted, text in ATTACKS:
        kinds.setdefault(kind, []).append(is_caught(check(text), wanted, text))
    assert [k for k, hits in kinds.items() if sum(hits) < len(hits) / 2] == []


def test_fewer_than_3_percent_of_the_clean_sentences_raise_an_alarm(check):
    alarms = [(row[-1], f.where.text) for row in CLEAN for f in check(row[-1]) if f.where]
    assert len({text for text, _ in alarms}) < 0.03 * len(CLEAN), alarms


@pytest.mark.slow
def test_the_composer_refuses_what_the_checker_finds():
    """The same tables through the guard of drafting. 我县 and 我委 are reworded before the guard
    looks and are left out; at the reorganisation it missed 142 of all 1,932 rows, now 102."""
    rules = make_rules(
        Passage("x#1", FOREIGN, "measure", 1, "", "", "done", "霁州市"),
        load_profile(resource("corpus", "profile.toml")),
        (DATA / "own.txt").read_text(encoding="utf-8"),
    )
    rows = [row for row in ATTACKS if not DEICTIC.match(row[1])]
    missed = []
    for _, wanted, text in rows:
        at = text.index(wanted)
        places = ((text.find(left), left) for left in find_remains(text, rules))
        if not any(p < at + len(wanted) and at < p + len(left) for p, left in places if p >= 0):
            missed.append((wanted, text))
    assert len(missed) <= 0.03 * len(rows), missed


@pytest.mark.slow
def test_what_our_own_material_says_is_never_a_leak(profile: Profile, proposal: Proposal):
    """The same sentence as own material covers every mention in it."""
    register = load_register(None)
    uncovered = []
    for kind, _, text in ATTACKS:
        if kind in ("self", "split", "linebreak"):
            continue
        case = CheckedDraft(
            (text,), proposal=proposal, profile=profile, own_texts=(text,), today=TODAY
        )
        found = check_leaks(case, register, Precedents(), gather_known(case))
        uncovered += [(text, f.where.text) for f in found if f.where]
    assert uncovered == []

"""Coverage from the text alone: drafts that answer some asks, thank for others, leave some out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from replygen.checking import check_document, tell_states
from replygen.language.tables import read_toml
from replygen.models import Ask, CheckReport, Proposal
from replygen.settings import Profile

TABLE = read_toml(Path(__file__).with_name("coverage_cases.toml"))
PROPOSALS: list[dict[str, Any]] = TABLE["proposal"]
OPENING = "您提出的《{}》（第0126号）收悉。经研究，现答复如下："
CLOSING = "感谢您对我市工作的关心和支持！欢迎继续提出宝贵意见。"
HEADS = "一二三四五"


def check(number: int, choice: list[str | None], *, heads: bool = False) -> CheckReport:
    """The report on a draft that for each ask has the named text of the table, or none."""
    row = PROPOSALS[number]
    asks = tuple(
        Ask(n, ask["topic"], f"{ask['topic']}。") for n, ask in enumerate(row["ask"], start=1)
    )
    proposal = Proposal(row["title"], "cppcc", "五届三次", "0126", (), "主办", "", "", asks)
    body = []
    for n, (ask, name) in enumerate(zip(row["ask"], choice, strict=True)):
        if name is not None:
            body += [f"{HEADS[n]}、关于{ask['topic']}"] if heads else []
            body += [ask[name]]
    paragraphs = [OPENING.format(row["title"]), *body, CLOSING]
    return check_document(
        paragraphs, proposal=proposal, profile=Profile(), today=date(2026, 11, 21)
    )


def states(report: CheckReport) -> list[str]:
    return list(tell_states(report))


CHOICES: list[tuple[int, list[str | None], list[str]]] = []
for _number, _row in enumerate(PROPOSALS):
    _count = len(_row["ask"])
    CHOICES.append((_number, ["full"] * _count, ["answered"] * _count))
    CHOICES.append((_number, [None] * _count, ["missing"] * _count))
    CHOICES.append((_number, ["thanks"] * _count, ["thanks"] * _count))
    for _at, _ask in enumerate(_row["ask"]):
        for _name, _state in ((None, "missing"), ("thanks", "thanks"), ("part", "partly")):
            if _name is None or _name in _ask:
                _choice: list[str | None] = ["full"] * _count
                _choice[_at] = _name
                _states_wanted = ["answered"] * _count
                _states_wanted[_at] = _state
                CHOICES.append((_number, _choice, _states_wanted))


def compare(*, heads: bool) -> list[tuple[str, str]]:
    """(wanted, told) for every ask of every draft."""
    return [
        pair
        for number, choice, wanted in CHOICES
        for pair in zip(wanted, states(check(number, choice, heads=heads)), strict=True)
    ]


@pytest.mark.parametrize("heads", [False, True])
def test_an_ask_that_is_not_answered_is_never_called_answered(heads: bool) -> None:
    wrong = [(w, s) for w, s in compare(heads=heads) if w in ("missing", "thanks") and s != w]
    assert wrong == []


@pytest.mark.parametrize(("heads", "least"), [(False, 0.93), (True, 0.93)])
def test_the_matrix_is_right(heads: bool, least: float) -> None:
    pairs = compare(heads=heads)
    assert sum(w == s for w, s in pairs) / len(pairs) >= least


def test_there_are_enough_drafts() -> None:
    assert len(CHOICES) >= 20


PARTS = [
    (number, at)
    for number, row in enumerate(PROPOSALS)
    for at, ask in enumerate(row["ask"])
    if "part" in ask
]


def names_the_rest(number: int, at: int) -> bool:
    """True when the half of an ask that the draft leaves out is named."""
    asks = PROPOSALS[number]["ask"]
    choice: list[str | None] = ["part" if n == at else "full" for n in range(len(asks))]
    found = [f for f in check(number, choice).findings if f.rule == "coverage.partly"]
    return any(asks[at]["missed"] in f.message for f in found)


def test_what_is_left_open_is_named() -> None:
    named = [names_the_rest(number, at) for number, at in PARTS]
    assert sum(named) / len(named) >= 0.75

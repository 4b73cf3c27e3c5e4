"""Whose act it is: a bureau's own, or one that it brings a museum, a school, a firm to do.
64 clauses of our own words, half held out."""

from pathlib import Path

import pytest

from replygen.drafting.demands import word_demand
from replygen.drafting.speaker import make_speaker
from replygen.models import Ask, Demand, Proposal, Stance
from replygen.settings import Profile

UNITS = {
    "文旅": "澜江省文化和旅游厅",
    "教育": "澜江省教育厅",
    "卫健": "澜江省卫生健康委员会",
    "工信": "澜江省工业和信息化厅",
    "生态": "澜江省生态环境厅",
    "农业": "澜江省农业农村厅",
    "工商联": "澜江省工商业联合会",
    "红十字会": "澜江省红十字会",
}
LINES = Path(__file__).with_name("doers.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def _say(unit: str, title: str, topic: str, text: str, wish: str) -> str:
    profile = Profile(
        name=UNITS[unit], short="我厅", region="澜江省", level="省", province="澜江省"
    )
    start = text.find(wish)
    text = text if start >= 0 else f"{text}{wish}。"
    demand = Demand(wish, text.index(wish), text.index(wish) + len(wish))
    ask = Ask(1, topic, text, demands=(demand,))
    proposal = Proposal(title, "cppcc", None, None, (), None, "", "", (ask,))
    stance = Stance(demand, "adopt", "", "1.1")
    return word_demand(ask, stance, make_speaker(proposal, profile), longest=64)[0] or "-"


def _is_right(said: str, wanted: str) -> bool:
    return said.startswith(wanted[1:]) if wanted.startswith("~") else said == wanted


@pytest.mark.parametrize("row", [r for r in ROWS if r[0] == "fit"], ids=lambda row: row[6])
def test_an_act_is_said_with_who_does_it(row: list[str]) -> None:
    said = _say(*row[2:7])
    assert _is_right(said, row[7]), said


def test_acts_that_were_held_out_are_said_so_too() -> None:
    held = [row for row in ROWS if row[0] == "held"]
    wrong = [row[6] for row in held if not _is_right(_say(*row[2:7]), row[7])]
    assert len(wrong) <= 0.1 * len(held), wrong

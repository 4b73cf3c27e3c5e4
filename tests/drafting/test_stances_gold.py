"""Stances on real proposals, against a reader's sheet: places and labels, no text.

The sheet takes the natural lead bureau's view; ``unread`` are proposals that nobody looked at
while the rules were written, ``mended`` those whose errors led to changes of kind. Another
reader's labels of whole asks agree with this sheet's in 68 % of 44 asks.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from replygen.drafting.duties import load_duties, score_units
from replygen.drafting.stance import take_stances
from replygen.models import Ask, Demand, Proposal
from replygen.settings import Profile

SHEET = json.loads(Path(__file__).with_name("stances_gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def counts(shared: Path) -> dict[str, Counter[tuple[str, str]]]:
    """(label, stance) by part of the sheet."""
    with gzip.open(shared / "data" / "proposals.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    found: dict[str, Counter[tuple[str, str]]] = {}
    for ident, row in SHEET.items():
        proposal = _read(records[ident], row)
        labels = [[d[2] for d in ask["demands"]] for ask in row["asks"]]
        for ask, stances in zip(
            labels, take_stances(proposal, (), profile=_lead(proposal)), strict=True
        ):
            pairs = zip(ask, (s.kind for s in stances.demands), strict=False)
            found.setdefault(row["part"], Counter()).update(pairs)
    return found


def _read(record: dict, row: dict) -> Proposal:
    body, asks = record["body"], []
    for n, ask in enumerate(row["asks"], start=1):
        text = body[ask["start"] : ask["end"]]
        demands = [(body[a:b], a - ask["start"], b - ask["start"]) for a, b, _ in ask["demands"]]
        asks.append(Ask(n, text[:20], text, tuple(Demand(*d) for d in demands)))
    title = record["title"]
    return Proposal(title, "cppcc", None, None, (), "主办", "", "", tuple(asks))


def _lead(proposal: Proposal) -> Profile:
    """The bureau that the proposal's words point to most, the natural lead."""
    scores: Counter[str] = Counter()
    texts = [(proposal.title or "", 3.0)]
    texts += [(text, 0.5) for ask in proposal.asks for text in (d.text for d in ask.demands)]
    for text, weight in texts:
        for key, score in score_units(text, Profile()).items():
            scores[key] += score * weight
    unit = load_duties().units[scores.most_common(1)[0][0]].names["省"]
    return Profile(
        name=f"江苏省{unit}", region="江苏省", province="江苏省", level="省", short="我厅"
    )


@pytest.mark.parametrize(("part", "least"), [("read", 0.76), ("mended", 0.68), ("unread", 0.57)])
def test_stances_agree_with_a_reader(
    counts: dict[str, Counter[tuple[str, str]]], part: str, least: float
) -> None:
    table = counts[part]
    agreed = sum(n for (label, kind), n in table.items() if label == kind)
    assert agreed / sum(table.values()) >= least, table


def test_hardly_anything_that_a_bureau_would_do_itself_is_passed_on(
    counts: dict[str, Counter[tuple[str, str]]],
) -> None:
    table = sum(counts.values(), Counter())
    passed = sum(n for (label, kind), n in table.items() if label == "adopt" and kind == "refer")
    assert passed <= 0.03 * sum(n for (label, _), n in table.items() if label == "adopt")


def test_what_is_promised_is_not_what_others_decide(
    counts: dict[str, Counter[tuple[str, str]]],
) -> None:
    table = sum(counts.values(), Counter())
    studied = {kind: n for (label, kind), n in table.items() if label == "study"}
    assert studied["study"] >= 0.6 * sum(studied.values())

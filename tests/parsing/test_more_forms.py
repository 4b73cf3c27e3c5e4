"""Papers of our own (fictional). ``more_forms``: sixty, forty of them written before the parser was
looked at: registry pages, refusals, titles, marks, salutations, stray markup, wrapped statutes,
editions, policies. ``blind_forms``: 96 by two writers who had seen neither the parser nor its
tests; of the first's 136 facts 113 were right at first sight, of the second's 127 (the files whose
number begins at 11) 98. ``expected.json`` in each holds what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from replygen.models import Parsed, Policy, Proposal, Registry, Reply, Statute
from replygen.parsing import parse_source
from replygen.reading import read_source

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = {
    f"{folder}/{name}": wanted
    for folder in ("more_forms", "blind_forms")
    for name, wanted in json.loads(
        (HERE / folder / "expected.json").read_text(encoding="utf-8")
    ).items()
}
# what the parts of a paper are compared by: a text by its beginning
PARTS = {
    "measures": lambda m: [m.tense, m.section, m.lead],
    "refusals": lambda r: [r.outcome, r.text[:14]],
    "asks": lambda a: a.text[:14],
    "tasks": lambda t: [t.lead, t.section, list(t.units)],
    "articles": lambda a: a.number,
}


def read_fields(parsed: Proposal | Reply | Policy | Statute, names: list[str]) -> dict[str, Any]:
    """The named fields of a paper, as the table writes them."""
    told: dict[str, Any] = {}
    for name in names:
        value = getattr(parsed, name)
        if name in PARTS:
            value = [PARTS[name](part) for part in value]
        told[name] = list(value) if isinstance(value, tuple) else value
    return told


def compare(parsed: Parsed, wanted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was found and what is right, in one shape."""
    right = {k: v for k, v in wanted.items() if k not in ("kind", "warnings")}
    if isinstance(parsed, Registry) and wanted["kind"] == "registry":
        halves = {"proposal": parsed.proposal, "reply": parsed.reply}
        return {k: read_fields(halves[k], list(right[k])) for k in right}, right
    assert isinstance(parsed, (Proposal, Reply, Policy, Statute))
    return read_fields(parsed, list(right)), right


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_of_a_paper_is_right(name: str) -> None:
    wanted = EXPECTED[name]
    parsed = parse_source(read_source(HERE / name))
    assert type(parsed).__name__.lower() == wanted["kind"]
    found, right = compare(parsed, wanted)
    assert found == right
    for part in wanted.get("warnings", ()):
        assert any(part in warning for warning in parsed.warnings)


def test_no_paper_is_left_out() -> None:
    files = {str(path.relative_to(HERE)) for path in HERE.glob("*_forms/*")}
    assert {name for name in files if not name.endswith(".json")} == set(EXPECTED)

"""Facts: which kinds of facts a reply on an ask reports, for who fills its open places."""

from __future__ import annotations

from replygen.drafting.tables import TABLES
from replygen.models import Ask

_ASKED = 90  # characters of an ask that wording is chosen by


def name_facts(ask: Ask) -> tuple[str, ...]:
    """Return the kinds of facts that replies on such an ask report, the likeliest first."""
    table = TABLES.toml("fact_kinds.toml")
    found: dict[str, None] = {}
    wanted = "；".join(demand.text for demand in ask.demands) or ask.text[:_ASKED]
    scored = [
        (sum(2 * (word in ask.topic) + (word in wanted) for word in row["words"]), -n)
        for n, row in enumerate(table["kinds"])
    ]
    for score, n in sorted(scored, reverse=True)[:2]:
        if score > 1:
            found.update(dict.fromkeys(table["kinds"][-n]["kinds"]))
    return tuple(found or dict.fromkeys(table["default"]))[: table["most"]]

"""What the model is asked: our sentences and the evidence of one ask, as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from replygen.language import drop_unseen
from replygen.models import AskStance, Sentence
from replygen.writing.items import Item
from replygen.writing.tables import TABLES

_LONGER = 1.3  # times our own paragraph

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "for": {"type": "integer"},
                    "items": {"type": "array", "items": {"type": "integer"}},
                    "text": {"type": "string"},
                },
                "required": ["for", "items", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}


def write_prompt(
    topic: str, stance: AskStance | None, ours: Sequence[Sentence], items: Sequence[Item]
) -> list[dict[str, str]]:
    """Return the messages for one ask."""
    by_source: dict[str, list[int]] = {}
    for item in items:
        by_source.setdefault(item.source, []).append(item.number)
    data = {
        "topic": drop_unseen(topic),
        "demands": [
            {"text": drop_unseen(d.demand.text), "stance": d.kind}
            for d in (stance.demands if stance is not None else ())
        ],
        "evidence": [{"n": i.number, "kind": i.kind, "text": i.text} for i in items],
        "ours": [
            {"n": n, "text": s.text, "items": [i for x in s.sources for i in by_source.get(x, ())]}
            for n, s in enumerate(ours, 1)
        ],
        "length": int(_LONGER * sum(len(s.text) for s in ours)),
    }
    return [
        {"role": "system", "content": TABLES.toml("prompt.toml")["system"]},
        {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
    ]

"""What the browser sent: the edited table of asks, ticks, typed values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from replygen.models import Ask, Proposal
from replygen.web.asking import refuse

Rows = list[list[Any]]
_NO_PROPOSAL = "请先在第一步放入提案，再点“读取提案”"


def with_asks(proposal: Proposal | None, rows: Rows) -> Proposal:
    """Return the proposal with the asks of the edited table."""
    if proposal is None:
        raise refuse(_NO_PROPOSAL)
    asks = read_asks(rows)
    if not asks:
        raise refuse("一项建议也没有：请在第二步的表里写上要答复的建议，再试")
    return replace(proposal, asks=asks)


def read_asks(rows: Rows) -> tuple[Ask, ...]:
    """Return the asks of the edited table: ordered by number (a row without one stays
    after the row above it), rows of one number merged, empty rows left out."""
    merged: dict[float, tuple[str, str]] = {}
    last = 0.0
    for order, topic, text in ([str(c or "").strip() for c in row] for row in rows):
        if not topic and not text:
            continue
        try:
            last = float(order.rstrip(".、"))
        except ValueError:
            last += 0.001
        before = merged.get(last, ("", ""))
        merged[last] = (before[0] or topic, "\n".join(t for t in (before[1], text) if t))
    ordered = [merged[key] for key in sorted(merged)]
    return tuple(
        Ask(n, topic or text[:20], text or topic) for n, (topic, text) in enumerate(ordered, 1)
    )


def add_row(rows: Rows) -> Rows:
    """Return the table with one more row, empty ones left out."""
    kept = [row for row in rows if any(str(cell or "").strip() for cell in row)]
    return [*kept, [str(len(kept) + 1), "", ""]]


def read_ticks(text: str, usual: Sequence[str]) -> tuple[str, ...]:
    """Return the ticked cards; the usual ones where nothing was sent."""
    if not text:
        return tuple(usual)
    try:
        names = json.loads(text)
    except ValueError:
        names = None
    if not isinstance(names, list):
        raise refuse("没有读到勾选的依据，请刷新页面再试")
    return tuple(str(name) for name in names)


def read_values(text: str) -> dict[str, str | None]:
    """Return what was typed by the place's name; ``None`` for a place to be dropped."""
    try:
        values = json.loads(text or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise refuse("没有读到填写的内容，请刷新页面再试")
    return {str(k): None if v is None else str(v) for k, v in values.items()}

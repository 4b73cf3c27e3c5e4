"""Demands, crudely: for asks that parsing has not taken apart."""

from __future__ import annotations

import re

from replygen.drafting.acts import opens_with_act
from replygen.models import Ask, Demand

_SENTENCE = re.compile(r"[^。；！？\n]+")
_SHORTEST = 6


def split_crudely(ask: Ask) -> tuple[Demand, ...]:
    """Return the sentences of an ask that open with an act, its opening words left on; the
    first line is left out where it only repeats the topic."""
    found = []
    for match in _SENTENCE.finditer(ask.text):
        text = match.group().strip()
        if len(text) < _SHORTEST or text == ask.topic:
            continue
        start = match.start() + match.group().index(text)
        if any(opens_with_act(clause.lstrip("要应须并建议")) for clause in text.split("，")[:2]):
            found.append(Demand(text, start, start + len(text)))
    return tuple(found)

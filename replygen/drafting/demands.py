"""The demands of an ask as a letter takes them up: worded in their sentence, joined where one
waits for the other, found crudely where parsing has not taken the ask apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from replygen.drafting.acts import opens_with_act
from replygen.drafting.commitments import is_unfinished, word_commitment
from replygen.drafting.denied import is_denied, is_wanted
from replygen.drafting.doers import find_doers, read_doer, text_before
from replygen.drafting.speaker import Speaker
from replygen.models import Ask, Demand, Stance

_SENTENCE = re.compile(r"[^。；！？\n]+")
_SENTENCE_END = re.compile("[。；;！？\n]")
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


def whole_ask(ask: Ask) -> tuple[Stance, ...]:
    """Return the demands of an ask, all taken up: where nobody took a stance on it."""
    return tuple(
        Stance(demand, "adopt", "", f"{ask.order}.{n}")
        for n, demand in enumerate(ask.demands or split_crudely(ask), start=1)
    )


def word_demand(
    ask: Ask, stance: Stance, speaker: Speaker, *, longest: int
) -> tuple[str | None, str]:
    """Return a demand as a commitment, and who acts in it by what stands before it in its
    sentence of the ask (引导开发商), "" where it says that itself."""
    wish, start = stance.demand.text, stance.demand.start
    if is_denied(ask, start) and not is_wanted(wish):
        return None, ""
    before = _SENTENCE_END.split(text_before(ask, start))[-1]
    doers = find_doers(ask, start, speaker)
    text = word_commitment(wish, speaker, longest=longest, before=before, doers=doers)
    plain = word_commitment(wish, speaker, longest=longest) if text else text
    named = text.removesuffix(plain) if text and plain else ""
    if text and (named == text or not named):  # the lead for such an act gave way to who acts
        acting = (read_doer(before, speaker), doers.led, doers.before)
        named = next((who for who in acting if who and text.startswith(who)), "")
    return text, named


def join_unfinished(ask: Ask, demands: Sequence[Stance]) -> list[Stance]:
    """Return ``demands`` with one in place of two where the first waits for the act of the
    second, and both are taken up."""
    joined: list[Stance] = []
    for stance in demands:
        last = joined[-1] if joined else None
        accepted = ("adopt", "partly")
        if (
            last is not None
            and last.kind in accepted
            and stance.kind in accepted
            and same_sentence(ask, last, stance)
            and is_unfinished(last.demand.text)
        ):
            first, second = last.demand, stance.demand
            whole = Demand(ask.text[first.start : second.end], first.start, second.end)
            weighty = last if last.kind == "partly" else stance
            joined[-1] = replace(weighty, demand=whole)
        else:
            joined.append(stance)
    return joined


def same_sentence(ask: Ask, before: Stance | None, stance: Stance) -> bool:
    """Return whether two demands stand in one sentence of the ask."""
    if before is None:
        return False
    between = ask.text[before.demand.end : stance.demand.start]
    return stance.demand.start >= before.demand.end and not set(between) & set("。；;！\n")

"""The evidence of one ask as numbered items: what the model may rest on.

What our own unit did and what rules say stand as they are; what another place did only as
:func:`replygen.drafting.rewrite_measure` words it, so that the model never sees its facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replygen.drafting.basis import name_policy
from replygen.drafting.rewrite import rewrite_measure
from replygen.drafting.sharing import bears
from replygen.language import drop_unseen
from replygen.models import AskStance, Evidence, Hit, Origin, Passage, Sentence
from replygen.settings import Profile

_TAKEN_UP = ("done", "adopt", "partly")
_MOST = 6  # of one kind
_LONGEST = 600  # characters of one item
_REWRITABLE: frozenset[Origin] = frozenset({"own", "statute", "policy", "precedent", "proposal"})


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: its number in the prompt, what it says, the ids it stands for."""

    number: int
    kind: Origin
    text: str
    source: str
    passage: Passage | None = None


def number_items(
    evidence: Evidence,
    stance: AskStance | None,
    sentences: Sequence[Sentence],
    *,
    profile: Profile,
    known: str,
) -> tuple[Item, ...]:
    """Return the items of an ask: the demands, then what our own sentences rest on and what
    else bears on the ask."""
    used = {source for s in sentences for source in s.sources}
    found: list[Item] = []
    for kind, text, source, passage in _gather(evidence, stance, used, profile, known):
        text = drop_unseen(text).strip()[:_LONGEST]
        if text and not any(i.source == source and i.text == text for i in found):
            found.append(Item(len(found) + 1, kind, text, source, passage))
    return tuple(found)


def is_rewritable(sentence: Sentence, stance: AskStance | None) -> bool:
    """Return whether the model may reword a sentence of ours: one that rests on evidence and
    has no open place. Where a demand is only studied, passed on or declined, what we drew from
    the proposal stays word for word: a model would promise it."""
    if sentence.origin not in _REWRITABLE or sentence.slots or not sentence.sources:
        return False
    limited = stance is not None and any(d.kind not in _TAKEN_UP for d in stance.demands)
    return not (limited and "proposal" in sentence.sources)


def _gather(
    evidence: Evidence, stance: AskStance | None, used: set[str], profile: Profile, known: str
) -> Iterator[tuple[Origin, str, str, Passage | None]]:
    for demand in stance.demands if stance is not None else ():
        if demand.kind in _TAKEN_UP:
            yield "proposal", demand.demand.text, "proposal", None
    for kind, hits in _hits(evidence):
        wanted = [h for h in hits if h.passage.id in used]
        wanted += [h for h in hits if bears(h) and h.passage.id not in used]
        for hit in wanted[:_MOST]:
            passage = hit.passage
            if kind != "precedent":
                yield kind, _head(kind, passage) + passage.text, passage.id, passage
                continue
            reworded = rewrite_measure(
                passage, profile=profile, known=known, focus=evidence.ask.text
            )
            if reworded is not None and not reworded.slots:
                yield kind, reworded.text, passage.id, None


def _head(kind: Origin, passage: Passage) -> str:
    """What a rule is called, before its words: 《…法》第三十四条："""
    if kind == "own":
        return ""
    if kind == "policy":
        return f"{name_policy(passage.document)}："
    return f"《{passage.document.title.strip('《》')}》{passage.title}："


def _hits(evidence: Evidence) -> Iterator[tuple[Origin, tuple[Hit, ...]]]:
    yield "own", evidence.own
    yield "statute", evidence.statutes
    yield "policy", evidence.policies
    yield "precedent", evidence.precedents

"""Sharing: each fact of our own papers at the ask that it fits best, once.

A paragraph of a summary tells several things. The judge says of each sentence how surely it
bears on each ask; what bears on none stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from replygen.drafting.own import OwnSentence, done_sentences
from replygen.index.relevance import BAR, AskContext, Judge
from replygen.models import Evidence, Hit

_BAR = 0.5  # where the judge has set none for a kind
CHOSEN = 1.0  # the relevance of what a person chose
# how surely a sentence of ours must bear on its ask beside one that surely does: six proposals
# of ours, summaries of 8 to 15 facts; facts of the matter from 0.22, others up to 0.15
TOLD = 0.2
_FAINT = 0.03  # of a paragraph, from which its sentences are judged one by one


def rate_by_sentence(judge: Judge, ask_context: AskContext, hits: Sequence[Hit]) -> list[Hit]:
    """Return own ``hits``, judged and the surest first, each as sure as its surest sentence: in
    a paragraph of ten facts one may be what is asked about."""
    rates = _rate(judge, ask_context, [h for h in hits if (h.relevance or 0.0) >= _FAINT])
    raised = [
        replace(h, relevance=max([h.relevance or 0.0, *rates.get(h.passage.id, {}).values()]))
        for h in hits
    ]
    return sorted(raised, key=lambda hit: -(hit.relevance or 0.0))


def bears(hit: Hit) -> bool:
    """Return whether the judge is sure enough that a passage bears on its ask."""
    return (hit.relevance or 0.0) >= BAR.get(hit.passage.kind, _BAR)


def share_facts(
    evidence: Sequence[Evidence], subject: str, judge: Judge
) -> Mapping[int, Mapping[str, float]]:
    """Return for each ask, by its order, the sentences of own papers that are told there, with
    how surely they bear on it: each at one ask. What a person chose for an ask tells at least
    the sentence there that fits it best."""
    rates: dict[int, dict[str, float]] = {}
    for e in evidence:
        context = AskContext(subject, e.ask.topic, e.ask.text)
        told = _rate(judge, context, [hit for hit in e.own if bears(hit)])
        rates[e.ask.order] = {said: rate for rated in told.values() for said, rate in rated.items()}
    best: dict[str, tuple[float, int]] = {}
    for order, rated in rates.items():
        for said, rate in rated.items():
            if rate >= TOLD and rate > best.get(said, (0.0, 0))[0]:
                best[said] = rate, order
    shared = {
        order: {said: rate for said, rate in rated.items() if best.get(said) == (rate, order)}
        for order, rated in rates.items()
    }
    for e in evidence:
        for hit in e.own:
            if hit.relevance == CHOSEN:
                _tell_chosen(hit, rates[e.ask.order], shared[e.ask.order], best)
    return shared


def _tell_chosen(
    hit: Hit,
    rated: Mapping[str, float],
    shared: dict[str, float],
    best: dict[str, tuple[float, int]],
) -> None:
    said = [s.said for s in done_sentences(hit.passage)]
    free = [s for s in said if s not in best]
    if free and not any(s in shared for s in said):
        first = max(free, key=lambda s: rated.get(s, 0.0))
        shared[first] = max(rated.get(first, 0.0), TOLD)


def _rate(
    judge: Judge, ask_context: AskContext, hits: Iterable[Hit]
) -> dict[str, dict[str, float]]:
    """Return how surely (0..1) each done sentence of own hits bears on an ask, by the passage: a
    sentence alone as its passage does, of several each by itself."""
    rates: dict[str, dict[str, float]] = {}
    several: list[tuple[str, OwnSentence]] = []
    for hit in hits:
        done = done_sentences(hit.passage)
        if len(done) == 1:
            rates[hit.passage.id] = {done[0].said: hit.relevance or 0.0}
        several += [(hit.passage.id, s) for s in done if len(done) > 1]
    alone = [
        Hit(replace(s.passage, id=f"sentence#{n}", title="", text=s.said), 1.0, ("own",))
        for n, (_, s) in enumerate(several)
    ]
    for (id, s), rate in zip(several, judge.score(ask_context, alone), strict=True):
        rates.setdefault(id, {})[s.said] = rate
    return rates

"""Sharing: each fact of our own papers at the ask that it fits best, once.

A paragraph of a summary tells several things. The judge says of each sentence how surely it
bears on each ask; what bears on none stands nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from replygen.drafting.own import done_sentences
from replygen.index.relevance import BAR, AskContext, Judge
from replygen.language import split_sentences
from replygen.language.marks import strip_mark
from replygen.language.verbs import starts_with_verb
from replygen.models import Evidence, Hit, Passage

_BAR = 0.5  # where the judge has set none for a kind
CHOSEN = 1.0  # the relevance of what a person chose
# how surely a sentence of ours must bear on its ask beside one that surely does: six proposals
# of ours, summaries of 8 to 15 facts; facts of the matter from 0.22, others up to 0.15
TOLD = 0.2
_DEED = re.compile("继续|持续|(?:全面|全力|重点)?(?:完成|新增|建成|实现|启动)")
# 商户接入系统达到9000家, 封签在全市推开: what comes about
_COMES_ABOUT = re.compile("接入|推开|达到|覆盖|实现|纳入|普及|提高|增加|扩大|完成|建成|投用")
_LIST = 3  # targets that make a list
_LONGEST_PLAN = 90  # characters of a plan of ours that stands in its own words
# 2026年，计划…
_WHEN = re.compile(r"^(?:(?:20\d\d|今|明)年，?)?(?:我[局委厅办])?(?:将|计划|拟|力争|预计)?")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:个|家|户|名|人|处|所|项|公里|亩)")
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
    parts = _take_apart(hit.passage)
    free = [part for part in parts if part not in best]
    if free and not any(part in shared for part in parts):
        first = max(free, key=lambda part: rated.get(part, 0.0))
        shared[first] = max(rated.get(first, 0.0), TOLD)


def list_targets(text: str) -> tuple[str, ...]:
    """Return the targets of a plan that only lists them (新建食堂15家，改造1500户，…), each its
    own matter, or its sentences where it has several (完善探访机制；改造2600户。); none for a plan
    whose clauses are steps of one."""
    found: list[str] = []
    parts = [_bare_plan(sentence) for sentence in split_sentences(text)]
    if len(parts) > 1 and all(_opens_with_deed(p) or _COMES_ABOUT.search(p) for p in parts):
        return tuple(parts)
    for sentence in split_sentences(text):
        targets = _WHEN.sub("", sentence.rstrip("。；;")).split("，")
        if len(targets) < _LIST or not all(_FIGURE.search(target) for target in targets):
            return ()
        found += targets
    return tuple(found)


def word_targets(text: str, told: Mapping[str, float]) -> str | None:
    """Return those of the targets of a plan of ours that are ``told`` at an ask, or the whole of
    one that can stand in its own words; ``None`` for one that cannot."""
    targets = list_targets(text)
    if targets:
        return "，".join(_as_ours(target) for target in targets if target in told)
    whole = _bare_plan(text)
    alone = len(split_sentences(text)) == 1 and len(whole) <= _LONGEST_PLAN
    return whole if alone and _opens_with_deed(whole) else None


def _bare_plan(text: str) -> str:
    """Return a plan without its mark, 2026年，我局将 before it and the stop behind it."""
    return _WHEN.sub("", strip_mark(text).strip().rstrip("。；;"))


def _as_ours(target: str) -> str:
    """Return a target as something that we do: 推动|食安封签在全市推开."""
    return target if _opens_with_deed(target) else f"推动{target}"


def _opens_with_deed(text: str) -> bool:
    return starts_with_verb(text) or _DEED.match(text) is not None


def _take_apart(passage: Passage) -> tuple[str, ...]:
    """Return what an own passage tells: its done sentences, or the targets that it lists."""
    done = tuple(s.said for s in done_sentences(passage))
    return done or list_targets(passage.text)


def _rate(
    judge: Judge, ask_context: AskContext, hits: Iterable[Hit]
) -> dict[str, dict[str, float]]:
    """Return how surely (0..1) each part of own hits bears on an ask, by the passage: one alone
    as its passage does, of several each by itself."""
    rates: dict[str, dict[str, float]] = {}
    several: list[tuple[Passage, str]] = []
    for hit in hits:
        parts = _take_apart(hit.passage)
        if len(parts) == 1:
            rates[hit.passage.id] = {parts[0]: hit.relevance or 0.0}
        several += [(hit.passage, part) for part in parts if len(parts) > 1]
    alone = [
        Hit(replace(passage, id=f"sentence#{n}", title="", text=part), 1.0, ("own",))
        for n, (passage, part) in enumerate(several)
    ]
    for (passage, part), rate in zip(several, judge.score(ask_context, alone), strict=True):
        rates.setdefault(passage.id, {})[part] = rate
    return rates

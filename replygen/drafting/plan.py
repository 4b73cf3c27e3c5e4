"""The plan: which own sentences, which measures and which laws answer which ask.

A measure is used once in the whole draft, for the ask it serves best; the items of one ask
differ from each other; a demand that nothing covers stays visibly open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from replygen.drafting.clauses import starts_with_verb, strip_number
from replygen.drafting.context import make_rules
from replygen.drafting.evidence import applies_here
from replygen.drafting.guard import is_clean
from replygen.drafting.lexical import bearing, grams, overlap, similarity
from replygen.drafting.own import OwnSentence, Promise, is_current, promises, quote_own
from replygen.drafting.rewrite import Rewrite, rewrite_measure
from replygen.models import Ask, Document, Evidence, Hit, Origin, Passage, Proposal
from replygen.settings import Profile

_MOST_ITEMS, _MOST_ECHOES, _MOST_LAWS = 4, 2, 3
_USUAL_ITEMS = 3
_ALIKE = 0.45  # items of one draft that share more than this say the same
_COVERED = 0.5  # share of a demand's matter that a sentence must have
_LEAST_PROMISE, _MOST_PROMISES = 0.1, 3
_LEAST_KEPT = 0.4  # of what a passage shares with the ask, its rewriting must keep so much
_SHORT_ASK = 120
_DEMAND_MARKS = re.compile(r"[，；。;,、]")
_DEMAND_NOISE = re.compile(r"^(?:建议|一是|二是|三是|四是|要|应当?|应该|希望|进一步|并|同时)+")
# 加大监管力度, 加强组织领导: any measure at all answers it
_ATTITUDE = re.compile(
    r"^(?:进一步)?(?:加大|加强|强化|提高|重视)[\u4e00-\u9fff]{0,4}(?:力度|管理|监管|工作|领导|重视)$"
)
_LONGEST_DEMAND = 36


@dataclass(frozen=True, slots=True)
class Item:
    """One planned measure: its wording and what it rests on."""

    text: str
    passage: Passage
    origin: Origin
    rewrite: Rewrite | None = None


@dataclass(frozen=True, slots=True)
class AskPlan:
    """How one ask is answered. ``echoes`` are demands of the proposal that no source
    covers but that can be taken up; ``open`` are those left to the drafter."""

    ask: Ask
    done: tuple[OwnSentence, ...]
    items: tuple[Item, ...]
    laws: tuple[Hit, ...]
    echoes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(slots=True)
class _Choice:
    """What has been given out so far while asks are served."""

    done: set[str] = field(default_factory=set)
    items: list[str] = field(default_factory=list)
    passages: set[str] = field(default_factory=set)


def plan_answers(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    *,
    profile: Profile,
    today: date,
) -> tuple[AskPlan, ...]:
    """Return the plan of every ask of ``proposal`` in its order; an ask without evidence
    gets an empty plan, so that none is lost."""
    by_order = {e.ask.order: e for e in evidence}
    served = [by_order.get(ask.order) or Evidence(ask) for ask in proposal.asks]
    known = known_text(proposal)
    candidates = {
        e.ask.order: _candidates(e, profile=profile, known=known, today=today) for e in served
    }
    chosen = _share_out(served, candidates)
    taken = _Choice()
    return tuple(
        _plan_ask(
            e,
            chosen[e.ask.order],
            taken,
            profile=profile,
            known=known,
            today=today,
        )
        for e in served
    )


def known_text(proposal: Proposal) -> str:
    """Return the whole text of a proposal: its names are known to everybody."""
    asks = "\n".join(f"{a.topic}\n{a.text}" for a in proposal.asks)
    return "\n".join([proposal.title or "", proposal.background, proposal.problems, asks])


def split_demands(ask: Ask) -> tuple[str, ...]:
    """Return the single things one ask wants, as verb phrases: 压实平台主体责任，建立主播
    培训制度 gives two. An ask that cannot be taken apart has none beside its topic."""
    lines = [strip_number(line) for line in ask.text.splitlines() if line.strip()]
    body = lines[1:] if len(lines) > 1 else lines  # the first line repeats the topic
    source = "；".join(body) if sum(map(len, body)) <= _SHORT_ASK else ask.topic
    parts = [_DEMAND_NOISE.sub("", part.strip()) for part in _DEMAND_MARKS.split(source)]
    demands: list[str] = []
    for part in parts:
        if starts_with_verb(part) and 4 <= len(part) <= _LONGEST_DEMAND:
            demands.append(part)
    single = len(demands) == 1 and demands[0] in ask.topic
    return () if single else tuple(dict.fromkeys(demands))


def _candidates(
    evidence: Evidence, *, profile: Profile, known: str, today: date
) -> list[tuple[float, Item]]:
    """Return the usable items for one ask, best first."""
    ask = evidence.ask
    focus = f"{ask.topic} {ask.text[:400]}"
    found: list[tuple[float, Item]] = []
    for hit in evidence.own:
        if hit.passage.tense == "planned" and is_current(hit.passage, today):
            rewrite = rewrite_measure(
                hit.passage, profile=profile, known=known + hit.passage.text, focus=focus
            )
            if rewrite:
                found.append((1.0, Item(rewrite.text, hit.passage, "own", rewrite)))
    for hit in evidence.precedents:
        rewrite = rewrite_measure(hit.passage, profile=profile, known=known, focus=focus)
        if rewrite is None:
            continue
        use = bearing(ask.topic, ask.text, rewrite.text)
        if use >= _LEAST_KEPT * bearing(ask.topic, ask.text, hit.passage.text):
            score = 0.5 * hit.score + 0.5 * use - 0.05 * len(rewrite.slots)
            found.append((score, Item(rewrite.text, hit.passage, "precedent", rewrite)))
    return sorted(found, key=lambda pair: -pair[0])


def _share_out(
    served: Sequence[Evidence], candidates: dict[int, list[tuple[float, Item]]]
) -> dict[int, list[Item]]:
    """Give each measure to one ask: round after round every ask takes its best one that
    is still free, unlike all taken before; asks with fewer candidates choose first."""
    chosen: dict[int, list[Item]] = {e.ask.order: [] for e in served}
    used: set[str] = set()
    texts: list[str] = []
    orders = sorted(chosen, key=lambda order: len(candidates[order]))
    for _ in range(_USUAL_ITEMS):
        for order in orders:
            item = _next_free(candidates, order, used, texts)
            if item is not None:
                chosen[order].append(item)
                used.add(item.passage.id)
                texts.append(item.text)
    return chosen


def _next_free(
    candidates: dict[int, list[tuple[float, Item]]], order: int, used: set[str], texts: list[str]
) -> Item | None:
    for score, item in candidates[order]:
        if item.passage.id in used or any(similarity(item.text, t) > _ALIKE for t in texts):
            continue
        better = max(
            (s for o, pairs in candidates.items() if o != order for s, other in pairs
             if other.passage.id == item.passage.id and other.text == item.text),
            default=0.0,
        )  # fmt: skip
        if better <= score * 1.25:
            return item
    return None


def _plan_ask(
    evidence: Evidence,
    items: list[Item],
    taken: _Choice,
    *,
    profile: Profile,
    known: str,
    today: date,
) -> AskPlan:
    ask = evidence.ask
    done = [s for s in quote_own(evidence.own, ask) if s.text not in taken.done]
    taken.done.update(s.text for s in done)
    laws = [h for h in evidence.statutes if applies_here(h.passage, profile)]
    said = [*(s.text for s in done), *(i.text for i in items)]
    missing = [d for d in split_demands(ask) if not _is_covered(d, said)] if items else []
    echoes = [d for d in missing if _can_echo(d, profile, known) and d not in taken.items]
    echoes = echoes[: min(_MOST_ECHOES, _MOST_ITEMS - len(items))]
    taken.items += echoes
    old = [
        p
        for h in evidence.own
        if not is_current(h.passage, today)
        for p in promises(h.passage)
        if p.text not in taken.passages and bearing(ask.topic, ask.text, p.text) >= _LEAST_PROMISE
    ][:_MOST_PROMISES]
    taken.passages.update(p.text for p in old)
    return AskPlan(
        ask=ask,
        done=tuple(done),
        items=tuple(items),
        laws=_one_law_each(laws),
        echoes=tuple(echoes),
        open=tuple(d for d in missing if d not in echoes),
        promises=tuple(old),
    )


def _is_covered(demand: str, said: Sequence[str]) -> bool:
    if _ATTITUDE.search(demand) or len(grams(demand)) < 3:
        return True
    return any(overlap(demand, text) >= _COVERED for text in said)


def _can_echo(demand: str, profile: Profile, known: str) -> bool:
    """Return whether a demand can stand as a plan in its own words: a verb phrase that
    keeps every rule of a rewritten measure."""
    document = Document("proposal", "", "proposal", "", None, None, None, None)
    rules = make_rules(Passage("proposal", document, "measure", 0, "", demand), profile, known)
    return len(demand) >= 6 and starts_with_verb(demand) and is_clean(demand, rules)


def _one_law_each(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    by_name: dict[str, Hit] = {}
    for hit in hits:
        by_name.setdefault(hit.passage.document.title, hit)
    return tuple(by_name.values())[:_MOST_LAWS]

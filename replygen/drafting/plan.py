"""The plan: which own sentences, which measures and which laws answer which ask.

A measure is used once in the whole draft, for the ask it serves best; the items of one ask
differ from each other; a demand that nothing covers stays visibly open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from replygen.drafting.demands import answers, is_covered, is_thing, split_demands
from replygen.drafting.evidence import known_text, subject_of
from replygen.drafting.laws import applies_here
from replygen.drafting.lexical import (
    bearing,
    matter,
    names_subject,
    overlap,
    particular,
    say_again,
    speaks_of_else,
    telling,
)
from replygen.drafting.opinions import Opinion, read_opinions
from replygen.drafting.own import (
    OwnSentence,
    Promise,
    current_plans,
    is_current,
    promises,
    quote_own,
)
from replygen.drafting.repeats import without_said
from replygen.drafting.rewrite import Rewrite, can_stand, rewrite_measure
from replygen.facts import find_citations
from replygen.models import Ask, Evidence, Hit, Origin, Passage, Proposal
from replygen.settings import Profile

__all__ = ["AskPlan", "Item", "known_text", "plan_answers", "split_demands"]

_USUAL_ITEMS, _MOST_ITEMS, _MOST_ECHOES, _MOST_LAWS, _MOST_OPEN = 3, 4, 1, 2, 3
_ALIKE = 0.5  # items of one draft that share more than this say the same
_LEAST_PROMISE, _MOST_PROMISES = 0.10, 2
# Weighted shares (0..1): what a rewritten measure must have of the ask, and of what its
# original had; fewer particular words than two are chance.
_LEAST_USE, _STRONG_USE, _LEAST_KEPT, _PARTICULAR = 0.2, 0.35, 0.4, 2
# Share of an item's matter that stands in the proposal: of the items for 90 real proposals
# those below this spoke of another matter (advertising under lake water), bar two.
_LEAST_KNOWN = 0.3
# The same where neither the measure nor its document names the proposal's subject, or only
# faintly: of 35 such items for 201 proposals 4 were of use, all above.
_LEAST_KNOWN_ALONE, _LEAST_KNOWN_FAINT, _FAINT = 0.75, 0.45, 0.3
_WHOLE_PAPER = 400  # characters from which a proposal says enough to judge by that share
_NEW_DEMAND = 0.3  # what answering a demand that is still open adds to an item's score
_OPEN_MATTER = 0.9  # weight of matter from which an unanswered demand is named
# 建立全省…平台, 设立省级…基金: not for a city's bureau to take up
_OTHER_LEVEL = {
    "国家": re.compile("(?!)"),
    "省": re.compile("国家级|全国性|全国统一"),
    "市": re.compile("国家级|全国性|全国统一|全省|省级|省内|我省"),
    "县": re.compile("国家级|全国性|全国统一|全省|省级|省内|我省|全市性?|市级|我市"),
    "乡": re.compile("国家级|全国性|全国统一|全省|省级|省内|我省|全市|市级|我市|全[县区]|[县区]级"),
}


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
    covers but that can be taken up; ``open`` are those left to the drafter; ``opinions``
    are what other units say on the ask, ``beside`` what they say on none."""

    ask: Ask
    done: tuple[OwnSentence, ...]
    items: tuple[Item, ...]
    laws: tuple[Hit, ...]
    echoes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    beside: tuple[Opinion, ...] = ()


@dataclass(slots=True)
class _Choice:
    """What has been given out so far while asks are served."""

    done: set[str] = field(default_factory=set)
    items: list[str] = field(default_factory=list)
    promises: list[str] = field(default_factory=list)
    laws: set[str] = field(default_factory=set)


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
    known, subject = known_text(proposal), subject_of(proposal)
    candidates = {
        e.ask.order: _candidates(e, subject, profile=profile, known=known, today=today)
        for e in served
    }
    chosen = _share_out(served, candidates, subject)
    taken = _Choice(items=[i.text for items in chosen.values() for i in items])
    plans = []
    for e in served:
        items = chosen[e.ask.order]
        plan = _plan_ask(e, items, taken, subject, profile=profile, known=known, today=today)
        opinions, beside = read_opinions(e, proposal.co_hosts, profile)
        plans.append(replace(plan, opinions=opinions, beside=beside))
    return tuple(plans)


def _candidates(
    evidence: Evidence, subject: str, *, profile: Profile, known: str, today: date
) -> list[tuple[float, Item]]:
    """Return the usable items for one ask, best first."""
    ask = evidence.ask
    focus = f"{ask.topic} {ask.text[:400]}"
    found: list[tuple[float, Item]] = []
    for hit in evidence.own:
        current = current_plans(hit.passage, today)
        if current is None:
            continue
        rewrite = rewrite_measure(current, profile=profile, known=known + current.text, focus=focus)
        if (
            rewrite
            and _is_about(rewrite.text, ask, subject, known + current.document.title, current.text)
            and _is_known_matter(rewrite.text, current, subject, known)
        ):
            found.append((1.0, Item(rewrite.text, hit.passage, "own", rewrite)))
    best = max((h.score for h in evidence.precedents), default=0.0) or 1.0
    for hit in evidence.precedents:
        rewrite = rewrite_measure(hit.passage, profile=profile, known=known, focus=focus)
        around = f"{hit.passage.text}{hit.passage.title}{hit.passage.context or ''}"
        if rewrite is None or not _is_about(rewrite.text, ask, subject, known, around):
            continue
        named = matter(subject).keys() & matter(hit.passage.text).keys()
        if not named and speaks_of_else(hit.passage.text, known):
            continue
        if not _is_known_matter(rewrite.text, hit.passage, subject, known):
            continue
        use = bearing(ask.topic, ask.text, rewrite.text, subject)
        if use >= _LEAST_KEPT * bearing(ask.topic, ask.text, hit.passage.text, subject):
            score = 0.3 * hit.score / best + 0.7 * use - 0.05 * len(rewrite.slots)
            found.append((score, Item(rewrite.text, hit.passage, "precedent", rewrite)))
    return sorted(found, key=lambda pair: -pair[0])


def _is_known_matter(text: str, passage: Passage, subject: str, known: str) -> bool:
    """Return whether a whole proposal speaks of what a measure is about; the less its
    document names the proposal's subject, the more of it must stand in the proposal."""
    if len(known) < _WHOLE_PAPER:
        return True
    around = f"{text}{passage.text}{passage.title}{passage.context or ''}{passage.document.title}"
    named = names_subject(subject, around) if subject else _FAINT / 2
    least = _LEAST_KNOWN if named >= _FAINT else _LEAST_KNOWN_FAINT
    return overlap(text, known) >= (least if named else _LEAST_KNOWN_ALONE)


def _is_about(text: str, ask: Ask, subject: str, known: str, around: str) -> bool:
    """Return whether a measure is about the ask: it shares particular words with it, and
    does not speak of a setting (食堂, 外卖, 电梯) that the proposal never mentions."""
    if speaks_of_else(text, known):
        return False
    words = particular(text)
    on_ask = words & particular(f"{ask.topic}{ask.text}")
    on_subject = words & telling(subject)
    use = bearing(ask.topic, ask.text, text, subject)
    if not names_subject(subject, around) and use < _STRONG_USE:
        return False
    if not on_ask or (len(on_ask | on_subject) < _PARTICULAR and use < _STRONG_USE):
        return False
    return use >= _LEAST_USE


def _share_out(
    served: Sequence[Evidence],
    candidates: dict[int, list[tuple[float, Item]]],
    subject: str,
) -> dict[int, list[Item]]:
    """Give each measure to one ask: round after round every ask takes its best one that
    is still free, less what was said before; the ask with the best one chooses first."""
    chosen: dict[int, list[tuple[float, Item]]] = {e.ask.order: [] for e in served}
    asks = {e.ask.order: e.ask for e in served}
    used: set[str] = set()
    texts: list[str] = []
    orders = sorted(chosen, key=lambda order: -max((s for s, _ in candidates[order]), default=0.0))
    for turn in range(_USUAL_ITEMS):
        for order in orders:
            items = [item for _, item in chosen[order]]
            found = _next_free(
                asks[order], subject, candidates, used, texts, items, lenient=turn > 0 and not items
            )
            if found is not None:
                chosen[order].append(found)
                used.add(found[1].passage.id)
                texts.append(found[1].text)
    return {
        order: [item for _, item in sorted(pairs, key=lambda pair: -pair[0])]
        for order, pairs in chosen.items()
    }


def _next_free(
    ask: Ask,
    subject: str,
    candidates: dict[int, list[tuple[float, Item]]],
    used: set[str],
    texts: list[str],
    chosen: Sequence[Item],
    *,
    lenient: bool,
) -> tuple[float, Item] | None:
    """Return the best item left for ``ask``: one that answers a demand which those chosen
    leave open goes before a better one that does not. What serves another ask better is
    left to that one, unless ``lenient``."""
    said = [item.text for item in chosen]
    wanted = [d for d in split_demands(ask) if not is_covered(d, said)] if said else []
    best: tuple[float, float, Item] | None = None
    for score, item in candidates[ask.order]:
        if item.passage.id in used or say_again(item.text, texts, _ALIKE, subject):
            continue
        better = max(
            (s for o, pairs in candidates.items() if o != ask.order for s, other in pairs
             if other.passage.id == item.passage.id),
            default=0.0,
        )  # fmt: skip
        text = without_said(item.text, texts, subject)
        if (not lenient and better > score * 1.25) or text is None:
            continue
        value = score + _NEW_DEMAND * any(answers(d, text) for d in wanted)
        if best is None or value > best[0]:
            best = (value, score, Item(text, item.passage, item.origin, item.rewrite))
    return best[1:] if best else None


def _plan_ask(
    evidence: Evidence,
    items: list[Item],
    taken: _Choice,
    subject: str,
    *,
    profile: Profile,
    known: str,
    today: date,
) -> AskPlan:
    ask = evidence.ask
    done = [s for s in quote_own(evidence.own, ask, subject, known) if s.said not in taken.done]
    taken.done.update(s.said for s in done)
    taken.laws.update(c.name for s in done for c in find_citations(s.text))
    laws = _choose_laws(evidence, taken, profile)
    said = [*(s.text for s in done), *(i.text for i in items)]
    said += [h.passage.text for h in evidence.opinions if h.score > 0]
    missing = [d for d in split_demands(ask) if not is_covered(d, said)]
    echoes = [
        d
        for d in missing
        if is_thing(d)
        and not _OTHER_LEVEL[profile.level].search(d)
        and can_stand(d, profile=profile, known=known)
        and not say_again(d, taken.items, _ALIKE, subject)
    ][: min(_MOST_ECHOES, _MOST_ITEMS - len(items))]
    taken.items += echoes
    left = [d for d in missing if d not in echoes]
    if items or echoes:
        left = [d for d in left if sum(matter(d).values()) >= _OPEN_MATTER]
    return AskPlan(
        ask=ask,
        done=tuple(done),
        items=tuple(items),
        laws=laws,
        echoes=tuple(echoes),
        open=tuple(left[:_MOST_OPEN]),
        promises=_old_promises(evidence, taken, subject, known, today),
    )


def _choose_laws(evidence: Evidence, taken: _Choice, profile: Profile) -> tuple[Hit, ...]:
    """Return at most two laws that no earlier part of the draft has named."""
    laws: dict[str, Hit] = {}
    for hit in evidence.statutes:
        title = hit.passage.document.title
        if title not in taken.laws and applies_here(hit.passage, profile):
            laws.setdefault(title, hit)
    chosen = tuple(laws.values())[:_MOST_LAWS]
    taken.laws.update(h.passage.document.title for h in chosen)
    return chosen


def _old_promises(
    evidence: Evidence, taken: _Choice, subject: str, known: str, today: date
) -> tuple[Promise, ...]:
    ask, old = evidence.ask, list[tuple[float, Promise]]()
    for hit in evidence.own:
        if is_current(hit.passage, today):
            continue
        for promise in promises(hit.passage):
            if speaks_of_else(promise.text, known):
                continue
            words = particular(promise.text)
            matching = words & particular(f"{ask.topic}{ask.text}")
            score = bearing(ask.topic, ask.text, promise.text, subject)
            named = words & telling(subject)
            least = _LEAST_PROMISE if named else 2 * _LEAST_PROMISE
            if score >= least and len(matching | named) >= (1 if named else 2):
                old.append((score, promise))
    kept: list[Promise] = []
    for _, promise in sorted(old, key=lambda pair: -pair[0]):
        if (
            not say_again(promise.text, taken.promises, _ALIKE, subject)
            and len(kept) < _MOST_PROMISES
        ):
            kept.append(promise)
            taken.promises.append(promise.text)
    return tuple(kept)

"""Moves: what the paragraph for one ask says, each part with its ground (ANSWERS §3).

basis, what the law says; done, from our own material; plan, the demands that are taken up as
commitments, with how others did it; limit, what is not ours to promise. A move without a
ground is left out; it is never filled with a set phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from replygen.drafting.basis import Basis, PolicyBasis, is_over, quote_article, quote_policy
from replygen.drafting.commitments import LONGEST
from replygen.drafting.demands import join_unfinished, same_sentence, whole_ask, word_demand
from replygen.drafting.evidence import known_text, subject_of
from replygen.drafting.facts import name_facts
from replygen.drafting.laws import PROCEDURE
from replygen.drafting.limits import Limit, limit_demands, share_demand, without_force
from replygen.drafting.opinions import Opinion, read_opinions
from replygen.drafting.own import (
    OwnSentence,
    Promise,
    current_plans,
    is_current,
    promises,
    quote_own,
)
from replygen.drafting.quoting import say_quoted, say_topic, word_topic
from replygen.drafting.rewrite import rewrite_measure
from replygen.drafting.settled import find_grounds
from replygen.drafting.sharing import CHOSEN, bears, share_facts, word_targets
from replygen.drafting.speaker import Speaker, make_speaker
from replygen.drafting.standing import Standing
from replygen.drafting.stated import AlreadyStated, is_said, name_quoted
from replygen.drafting.steps import (
    How,
    Step,
    say_whole_once,
    say_with_whom_once,
    without_limited,
)
from replygen.index.relevance import ALIKE, SIGNED, Judge
from replygen.models import Ask, AskStance, Evidence, Hit, Proposal, Stance
from replygen.settings import Profile

_WITH_BODY = re.compile("^会同[^，]{2,12}?(?:部门|厅|局|委)(?![和、与])")
_MADE = re.compile("^(?:建立健全|建立|设立|搭建|制定|制订|出台|印发)(?=[^，]{4})")
_SAME = 78  # per cent of the letters: two commitments say the same
_MOST_HOW = 2
_NEAR = 0.15  # likeness of a sure measure to what it stands beside
_SURE = 0.7  # relevance of a measure: about two in three are of use (docs/quality.md)
_ASKED = 90  # characters of an ask that wording is chosen by
_MOST_PROMISES = 2
_PLENTY = 330  # characters of commitments in one ask, after which only the first clause is said
_SHORT = 34
_FEW = 2


@dataclass(frozen=True, slots=True)
class AskPlan:
    """The moves of one ask. ``facts`` are the kinds of facts that the clerk may look for
    where nothing of our own was found."""

    ask: Ask
    stance: AskStance
    basis: tuple[Basis, ...] = ()
    policies: tuple[PolicyBasis, ...] = ()
    done: tuple[OwnSentence, ...] = ()
    steps: tuple[Step, ...] = ()
    limits: tuple[Limit, ...] = ()
    facts: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    beside: tuple[Opinion, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether any demand of the ask is for our unit."""
        demands = self.stance.demands
        return not demands or any(stance.kind != "refer" for stance in demands)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What all asks share."""

    speaker: Speaker
    profile: Profile
    known: str
    today: date
    judge: Judge
    said: AlreadyStated
    procedures: Mapping[str, Hit]
    facts: Mapping[int, Mapping[str, float]]  # by ask, what our own papers tell there


def plan_answers(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    stances: Sequence[AskStance],
    *,
    profile: Profile,
    today: date,
    judge: Judge | None = None,
    standing: Standing | None = None,
) -> tuple[AskPlan, ...]:
    """Return the moves for every ask of ``proposal`` in its order; an ask without evidence
    is answered from its demands. Those of an ask whose answer stays (``standing``) count on
    nothing of the others'; the others' say nothing again that stays."""
    by_order = {e.ask.order: e for e in evidence}
    served = [by_order.get(ask.order) or Evidence(ask) for ask in proposal.asks]
    procedures = {
        f"{h.passage.document.title.strip('《》')}{h.passage.title}": h
        for e in served
        for h in e.statutes
        if PROCEDURE in h.found_by
    }
    said, stays = AlreadyStated(), set[int]()
    if standing is not None:
        said.take_in(standing.blocks, [h for e in served for h in (*e.statutes, *e.policies)])
        stays = set(standing.asks.values())
    judge = judge or Judge()
    letter = _Letter(
        make_speaker(proposal, profile),
        profile,
        known_text(proposal),
        today,
        judge,
        said,
        {key: h for key, h in procedures.items() if h.passage.id not in said.passages},
        share_facts(served, subject_of(proposal), judge),
    )
    apart = replace(letter, said=AlreadyStated(), procedures=procedures)
    stance_of = {stance.order: stance for stance in stances}
    return tuple(
        _plan_ask(
            e,
            stance_of.get(e.ask.order) or _no_stance(e.ask),
            apart if e.ask.order in stays else letter,
            proposal,
        )
        for e in served
    )


def _no_stance(ask: Ask) -> AskStance:
    return AskStance(ask.order, ask.topic, "adopt", ())


def _plan_ask(e: Evidence, stance: AskStance, letter: _Letter, proposal: Proposal) -> AskPlan:
    ask, said = e.ask, letter.said
    ask_text = f"{ask.topic}。{ask.text[:_ASKED]}"
    wishes = (ask.topic, *(demand.text for demand in ask.demands))
    basis = _choose_basis(e, wishes, letter)
    policies = () if basis else _choose_policy(e, wishes, letter)
    told = letter.facts[ask.order]
    done = [s for s in quote_own([h for h in e.own if bears(h)], ask_text, letter.judge, told)
            if s.said not in said.done and not is_said(s.said, said.own)]  # fmt: skip
    said.done.update(s.said for s in done)
    demands = stance.demands or whole_ask(ask)
    steps = _plan_steps(e, demands, letter, told=[s.said for s in done])
    refusals = find_grounds([d.demand for d in demands if d.kind == "decline"], e)
    limits = limit_demands(
        ask, demands, letter.speaker, letter.procedures, said.procedures, refusals
    )
    steps = say_with_whom_once(without_limited(steps, limits))
    if not steps and not limits:
        steps = _from_topic(ask, demands, letter)
    opinions, beside = read_opinions(e, proposal.co_hosts, letter.profile)
    return AskPlan(
        ask=ask,
        stance=stance,
        basis=basis,
        policies=policies,
        done=tuple(done),
        steps=tuple(steps),
        limits=limits,
        facts=name_facts(ask),
        promises=_old_promises(e, ask_text, letter),
        opinions=opinions,
        beside=beside,
    )


def _choose_basis(e: Evidence, wishes: Sequence[str], letter: _Letter) -> tuple[Basis, ...]:
    """Return the quotation that a clerk would sign most surely, of the articles that bear on
    the ask and stand nowhere in the letter yet; none where none is sure enough."""
    best: tuple[float, str, Basis] | None = None
    for hit in e.statutes:
        key = name_quoted(hit)[0]
        if PROCEDURE in hit.found_by or not bears(hit) or key in letter.said.articles:
            continue
        basis = quote_article(hit, wishes, letter.judge)
        if basis is not None:
            rate = 1.0 if hit.relevance == CHOSEN else basis.sure
            if rate >= SIGNED and (best is None or rate > best[0]):
                best = rate, key, basis
    if best is None:
        return ()
    letter.said.articles.add(best[1])
    return (best[2],)


def _choose_policy(e: Evidence, wishes: Sequence[str], letter: _Letter) -> tuple[PolicyBasis, ...]:
    for hit in e.policies:
        key = name_quoted(hit)[1]
        if bears(hit) and key not in letter.said.articles and not is_over(hit, letter.today):
            basis = quote_policy(hit, wishes, letter.judge)
            if basis is not None:
                letter.said.articles.add(key)
                return (basis,)
    return ()


def _plan_steps(
    e: Evidence, demands: Sequence[Stance], letter: _Letter, *, told: Sequence[str]
) -> list[Step]:
    hows = [*_own_plans(e, letter), *_measures(e, letter)]
    topic = e.ask.topic
    last: Stance | None = None
    doer = ""  # who acts in the sentence of the ask that is being taken up
    steps: list[Step] = []
    left: list[Stance] = []  # what no wording of ours was found for
    for stance in join_unfinished(e.ask, demands):
        if stance.kind not in ("adopt", "partly", "done"):
            continue
        plenty = sum(len(s.lead + s.text) for s in steps) > _PLENTY
        longest = _SHORT if plenty else LONGEST
        text, named = word_demand(e.ask, stance, letter.speaker, longest=longest)
        if text is None:
            left.append(stance)
        if text is None or is_said(text, letter.said.steps):
            continue
        letter.said.steps.append(text)
        ours = next((h for h in hows if h.origin == "own" and is_said(h.text, [text])), None)
        if ours is not None:  # our own papers plan this very thing: nothing to confirm
            hows.remove(ours)
            letter.said.steps.append(ours.text)
            own = Step(ours.text, "own", (ours.passage.id,), rewrite=ours.rewrite)
            steps.append(own)
            continue
        how = _how_for(text, hows, letter) if len(steps) < 6 else None
        if how is not None:
            hows = [h for h in hows if h.passage.id != how.passage.id]
        step = _make_step(stance, text, how, letter, told=told)
        joins = bool(steps) and not step.lead and same_sentence(e.ask, last, stance)
        names_doer = joins and (named == doer or steps[-1].text.startswith(named))
        if named and names_doer and not (steps[-1].how or steps[-1].note):  # who acts is said once
            step = replace(step, text=step.text.removeprefix(named))
        doer = named if named or not joins else doer
        steps.append(replace(step, joins=joins))
        last = stance
    if not steps and left:
        steps = _from_whole_topic(e.ask, demands, letter)
    steps = _add_sure([*steps, *_quote_left(e.ask, left, letter)], hows, letter)
    if len(steps) > _FEW:  # the heading need not be said again
        steps = [s for s in steps if s.how or s.lead or not is_said(s.text, [topic])]
    return [*_stand_alone(hows, letter), *say_whole_once(steps)]


def _make_step(
    stance: Stance, text: str, how: How | None, letter: _Letter, *, told: Sequence[str]
) -> Step:
    """Return the step that takes up a demand: with whom, how, and on what it hangs (said once)."""
    lead, note = share_demand(stance, text, letter.speaker)
    again = is_said(text, told)  # 建立台账, which was told as done: 继续完善台账
    if told and (stance.kind == "done" or again and not lead):
        lead = "继续"
    text = _MADE.sub("完善", text) if again or lead == "继续" else text
    if lead == "研究" and (body := _WITH_BODY.match(text)):  # with whom stands before 研究
        lead, text = f"{body.group()}研究", text[body.end() :]
    if lead.endswith("研究"):
        text = without_force(text)
    if note in letter.said.notes:
        note = ""
    letter.said.notes.update({note} - {""})
    return Step(text, "proposal", ("proposal",), lead, how, note)


def _stand_alone(hows: Sequence[How], letter: _Letter) -> list[Step]:
    """Return what serves no single demand and is said all the same: what our own papers plan,
    and what a person chose."""
    steps = []
    for how in hows:
        if (how.origin == "own" or how.chosen) and not is_said(how.text, letter.said.steps):
            letter.said.steps.append(how.text)
            letter.said.passages.add(how.passage.id)
            steps.append(
                Step(how.text, how.origin, (how.passage.id,), how=None, rewrite=how.rewrite)
            )
    return steps[:_MOST_HOW]


def _own_plans(e: Evidence, letter: _Letter) -> list[How]:
    """Return what our own papers plan at present, worded for the letter."""
    found = []
    for hit in e.own:
        current = current_plans(hit.passage, letter.today) if bears(hit) else None
        if current is None:
            continue
        rewrite, text = None, word_targets(current.text, letter.facts[e.ask.order])
        if text is None:
            known = letter.known + current.text
            rewrite = rewrite_measure(
                current, profile=letter.profile, known=known, focus=e.ask.topic
            )
            text = rewrite.text if rewrite else ""
        found += [How(text, hit.passage, "own", rewrite)] if text else []
    return found


def _measures(e: Evidence, letter: _Letter) -> list[How]:
    """Return the measures of other places that bear on the ask, without that place in them."""
    found = []
    for hit in e.precedents:
        if not bears(hit) or hit.passage.id in letter.said.passages:
            continue
        rewrite = rewrite_measure(
            hit.passage, profile=letter.profile, known=letter.known, focus=e.ask.topic
        )
        if rewrite is not None and not rewrite.slots:
            chosen, sure = hit.relevance == CHOSEN, (hit.relevance or 0.0) >= _SURE
            found.append(How(rewrite.text, hit.passage, "precedent", rewrite, chosen, sure))
    return found


def _how_for(text: str, hows: Sequence[How], letter: _Letter) -> How | None:
    """Return the measure that serves a commitment best and adds to it, ``None`` where none
    does."""
    others = [step for step in letter.said.steps if step != text]
    new = [how for how in hows if not is_said(how.text, others)]
    if not new:
        return None
    scores = letter.judge.alike(text, [how.text for how in new])
    best = max(range(len(new)), key=lambda n: scores[n])
    return _take_how(text, new[best], letter) if scores[best] >= ALIKE else None


def _take_how(text: str, how: How, letter: _Letter) -> How | None:
    """Return what a measure adds to a commitment; it will not be said again."""
    letter.said.passages.add(how.passage.id)
    letter.said.steps.append(how.text)
    rest = _without(how.text, text)
    return replace(how, text=rest) if rest else None


def _add_sure(steps: list[Step], hows: Sequence[How], letter: _Letter) -> list[Step]:
    """Return the steps with the measure that bears most surely on their ask, where none says
    yet how anything is done: at the step that it is nearest to."""
    sure = [h for h in hows if h.sure and not is_said(h.text, letter.said.steps)]
    places = [n for n, step in enumerate(steps) if step.origin == "proposal"]
    if not sure or not places or any(step.how for step in steps):
        return steps
    rows = {n: letter.judge.alike(steps[n].text, [h.text for h in sure]) for n in places}
    at, best = max(((n, k) for n in places for k in range(len(sure))),
                   key=lambda pair: rows[pair[0]][pair[1]])  # fmt: skip
    if rows[at][best] < _NEAR:
        return steps
    how = _take_how(steps[at].text, sure[best], letter)
    return [replace(step, how=how) if n == at else step for n, step in enumerate(steps)]


def _without(text: str, said: str) -> str:
    """Return a measure without the clauses that only say again what it serves (…，会同市委网信办
    建立主播培训制度)."""
    from rapidfuzz.fuzz import ratio

    parts = re.findall("([^，；]+)([，；]?)", text)
    kept = (c + mark for c, mark in parts if not c.endswith(said) and ratio(c, said) < _SAME)
    return "".join(kept).strip("，；")


def _quote_left(ask: Ask, left: Sequence[Stance], letter: _Letter) -> list[Step]:
    """Return one step for what no wording of ours was found for."""
    text = say_quoted(ask, left, letter.speaker, letter.said.steps)
    return [Step(text, "proposal", ("proposal",))] if text else []


def _from_topic(ask: Ask, demands: Sequence[Stance], letter: _Letter) -> list[Step]:
    """Return the ask's topic as a commitment, as far as the ask's demands allow one, else in its
    own words: nothing else of the ask could be taken up."""
    found = _from_whole_topic(ask, demands, letter)
    text = "" if found else say_topic(ask)
    return [Step(text, "proposal", ("proposal",))] if text else found


def _from_whole_topic(ask: Ask, demands: Sequence[Stance], letter: _Letter) -> list[Step]:
    text = word_topic(ask, letter.speaker)
    if text is None or is_said(text, letter.said.steps):
        return []
    letter.said.steps.append(text)
    shared = next((stance for stance in demands if stance.kind == "partly"), None)
    lead, note = share_demand(shared, text, letter.speaker) if shared else ("", "")
    return [Step(text, "proposal", ("proposal",), lead, note=note)]


def _old_promises(e: Evidence, ask_text: str, letter: _Letter) -> tuple[Promise, ...]:
    """Return what we promised on this matter before, to be told about."""
    found: list[Promise] = []
    for hit in e.own:
        if bears(hit) and not is_current(hit.passage, letter.today):
            found += promises(hit.passage)
    if not found:
        return ()
    scores = letter.judge.alike(ask_text, [p.text for p in found])
    ranked = sorted(
        zip(scores, range(len(found)), strict=True), key=lambda pair: (-pair[0], pair[1])
    )
    kept: list[Promise] = []
    for _, n in ranked:
        if len(kept) < _MOST_PROMISES and not is_said(found[n].text, list(letter.said.promises)):
            kept.append(found[n])
            letter.said.promises.add(found[n].text)
    return tuple(kept)

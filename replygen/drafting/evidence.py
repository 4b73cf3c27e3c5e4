"""Evidence: what the index and the given material hold for each ask, with how surely it bears.

Everything that was found goes to the one judge (:mod:`replygen.index.relevance`). What it
gives less than a little is left out; what reaches the bar of its kind may be used in a draft,
the rest is shown for a person to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from replygen.drafting.laws import procedures_for
from replygen.drafting.material import (
    FOREIGN,
    OPINION,
    PARTNER,
    find_opinions,
    is_not_ours,
)
from replygen.drafting.opinions import share_out_opinions
from replygen.drafting.sharing import rate_by_sentence
from replygen.index import Index
from replygen.index.relevance import AskContext, Judge
from replygen.laws.holding import applies_here, find_holding
from replygen.models import Ask, Evidence, Hit, Passage, PassageKind, Proposal
from replygen.settings import Profile

LEAST = 0.05  # probability below which a passage is not even shown
_ASKED = 400  # characters of an ask that are looked up
_OWN_REPLIES, _POLICIES, _ARTICLES = 4, 6, 14
# 关于促进我市直播电商规范经营的提案 → 促进直播电商规范经营
_SUBJECT_NOISE = re.compile(
    r"^关于(?:对|进一步)?|的?(?:几点|若干|一些)?(?:提案|建议|议案|意见建议|对策建议)$|[我全本][省市县区州]"
)


def gather_evidence(
    proposal: Proposal,
    index: Index,
    *,
    material: Sequence[Passage] = (),
    k: int = 8,
    profile: Profile | None = None,
    judge: Judge | None = None,
) -> tuple[Evidence, ...]:
    """Return one Evidence for each ask of ``proposal``, in their order; every tuple in it is
    most relevant first and every hit in it judged. What was found for an ask with the same
    ``judge`` is not looked for again while the index stays as it is.

    ``material`` are passages that the clerk attached (ids ``material:N``): own ones count as
    the unit's own, those of another unit of our place become its opinions, those of another
    place precedents. A 会办意见 on this proposal that the index holds is found as well. Rules
    that do not hold where ``profile`` is, or no longer, are left out.
    """
    us, judge = profile or Profile(), judge or Judge(index)
    holding, held = find_holding(index, profile), judge.once("status", index.status)
    subject = subject_of(proposal)

    def is_others(hit: Hit) -> bool:
        return hit.passage.document.own and is_not_ours(hit.passage.document, us)

    said = [p for p in material if p.document.kind in (OPINION, PARTNER)]
    said += find_opinions(proposal, index, us)
    quoted = frozenset(p.document.id for p in said)
    opinions = share_out_opinions(proposal.asks, said, subject, judge)
    ours = [p for p in material if p.document.own]
    foreign = [p for p in material if p.document.kind == FOREIGN]
    common = repr((subject, sorted(quoted), ours, foreign, us, k))

    def gather(ask: Ask) -> Evidence:
        """What is found for one ask; its opinions are shared out among all."""
        ask_context = AskContext(subject, ask.topic, ask.text)
        query = query_of(ask, subject)

        def find(kind: PassageKind, n: int, own: bool | None = None) -> list[Hit]:
            if not held.kinds.get(kind) or own and not held.own:
                return []
            found = index.search(query, kind=kind, k=n, own=own)
            return [h for h in found if h.passage.document.id not in quoted]

        own = [*find("measure", 2 * k, True), *find("reply", _OWN_REPLIES, True)]
        own = [h for h in own if not is_others(h)]
        laws = holding.choose(find("article", _ARTICLES))
        return Evidence(
            ask=ask,
            own=_keep(
                rate_by_sentence(
                    judge, ask_context, judge.judge(ask_context, [*_attached(ours), *own])
                ),
                k + _OWN_REPLIES,
            ),
            precedents=_keep_relevant(
                judge, ask_context, [*_attached(foreign), *find("measure", 3 * k, False)], k
            ),
            statutes=(
                *_keep_relevant(judge, ask_context, laws, k),
                *procedures_for(ask, us, index),
            ),
            policies=_keep_relevant(
                judge,
                ask_context,
                [h for h in find("policy", 2 * _POLICIES) if is_our_policy(h.passage, us)],
                _POLICIES,
            ),
            refusals=_keep_relevant(
                judge,
                ask_context,
                [h for h in find("refusal", _POLICIES) if not is_others(h)],
                _POLICIES,
            ),
        )

    def find(ask: Ask) -> Evidence:
        found = judge.once((date.today(), common, ask), lambda: gather(ask))
        return replace(found, opinions=opinions.get(ask.order, ()))

    return tuple(map(find, proposal.asks))


def is_our_policy(policy: Passage, profile: Profile) -> bool:
    """Return whether a task is one of a national document, or of one of our region or of what it
    lies in; a document whose place is unknown is not ours."""
    document = policy.document
    return bool(document.level == "国家" or document.region) and applies_here(policy, profile)


def subject_of(proposal: Proposal) -> str:
    """Return what a proposal is about: its title without 关于…的提案 and without 我市."""
    return _SUBJECT_NOISE.sub("", (proposal.title or "").strip())


def query_of(ask: Ask, subject: str) -> str:
    """Return what an ask is searched with: its topic, the subject, its beginning."""
    return f"{ask.topic}\n{subject}\n{ask.text[:_ASKED]}"


def known_text(proposal: Proposal) -> str:
    """Return the whole text of a proposal: its names are known to everybody."""
    asks = "\n".join(f"{a.topic}\n{a.text}" for a in proposal.asks)
    return "\n".join([proposal.title or "", proposal.background, proposal.problems, asks])


def _attached(passages: Iterable[Passage]) -> list[Hit]:
    """Return attached passages as hits: the clerk chose the paper, the judge the passage."""
    return [Hit(p, 1.0, ("material",)) for p in passages if p.kind == "measure"]


def _keep_relevant(
    judge: Judge, ask_context: AskContext, hits: Sequence[Hit], most: int
) -> tuple[Hit, ...]:
    return _keep(judge.judge(ask_context, hits) if hits else (), most)


def _keep(judged: Iterable[Hit], most: int) -> tuple[Hit, ...]:
    return tuple(_once(h for h in judged if (h.relevance or 0.0) >= LEAST))[:most]


def _once(hits: Iterable[Hit]) -> Iterable[Hit]:
    """Give each wording once; the surest of those that say the same carries the others' ids."""
    kept: dict[str, Hit] = {}
    for hit in hits:
        bare = re.sub(r"\W", "", hit.passage.text)
        first = kept.get(bare)
        kept[bare] = replace(first, also=(*first.also, hit.passage.id)) if first else hit
    return kept.values()

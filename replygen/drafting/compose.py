"""Composing: proposal + evidence + profile + form -> Draft.

Truth of place (DESIGN §2.1) is kept here by construction: what stands as done has the
origin ``own`` and comes from the unit's material; what comes from another place has gone
through :func:`replygen.drafting.rewrite.rewrite_measure` and says how a commitment is kept;
what the proposal demands stands as a commitment that nobody has confirmed yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from replygen.drafting.address import address_you
from replygen.drafting.answers import compose_sections, numeral, short_topic
from replygen.drafting.forms import Form
from replygen.drafting.laws import PROCEDURE
from replygen.drafting.letterhead import compose_header, compose_signoff
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.moves import AskPlan, plan_answers
from replygen.drafting.opinions import units_with_opinions
from replygen.drafting.own import year_of
from replygen.drafting.schemes import Copies, advise_class, load_scheme, propose_class
from replygen.drafting.stance import load_rules, take_stances
from replygen.drafting.standing import Standing
from replygen.index.relevance import Judge
from replygen.models import (
    Draft,
    Evidence,
    Hit,
    Passage,
    Proposal,
    Reference,
    Sentence,
    StanceKind,
    Used,
)
from replygen.settings import Profile

UsedKind = Literal["own", "precedent", "policy", "statute", "opinion"]
_COPIES_NOTE: dict[Copies, str] = {
    "each": "联名件：本稿一并写给各位提出人；逐人答复的，出定稿时每人各出一份。",
    "lead": "联名件：由领衔人转复的，先征得领衔人同意；其余提出人另行告知。",
    "together": "联名件：本稿一并答复各位提出人；有的地方要求逐人分别答复，请按本地规定办理。",
}


def compose_draft(
    proposal: Proposal,
    evidence: Sequence[Evidence],
    *,
    profile: Profile,
    form: Form,
    today: date | None = None,
    given: Mapping[str, StanceKind] | None = None,
    judge: Judge | None = None,
    standing: Standing | None = None,
) -> Draft:
    """Return the whole reply: every ask of ``proposal`` has its paragraphs, in order.

    ``evidence`` is :func:`gather_evidence`'s; an ask without any is answered from its demands.
    ``today`` (default: the day it runs) dates the document number and tells old promises
    from current plans; ``given`` are the clerk's stances (``{"3.1": "study"}``); answers that
    are ``standing`` stay word for word. Raises
    TemplateError when the profile's scheme does not exist, SettingsError where ``given``
    names what the proposal has not.
    """
    today = today or date.today()
    answered = units_with_opinions(proposal, evidence, profile)
    proposal = replace(proposal, co_hosts=tuple(dict.fromkeys((*proposal.co_hosts, *answered))))
    silent = [unit for unit in proposal.co_hosts if unit not in answered]
    stances = take_stances(proposal, evidence, profile=profile, given=given)
    plans = plan_answers(
        proposal, evidence, stances,
        profile=profile, today=today, judge=judge, standing=standing,
    )  # fmt: skip
    scheme = load_scheme(profile.scheme, channel=form.channel)
    title, header = compose_header(proposal, profile=profile, form=form, scheme=scheme, today=today)
    notes = list(_notes(proposal, plans, profile, form, silent))
    advice = propose_class(stances, scheme) if form.class_mark else None
    if advice is not None:
        notes.insert(0, advise_class(scheme, advice))
    you = "提案" if form.outline == "cohost" else address_you(proposal.proposers, form)
    sections = compose_sections(
        plans, profile=profile, form=form, you=you, co_hosts=silent, standing=standing
    )
    said = [s for section in sections for block in section.blocks for s in block.sentences]
    references = tuple(_references(proposal, evidence, said, profile))
    return Draft(
        title=title,
        form=form.name,
        header=header,
        sections=sections,
        signoff=compose_signoff(proposal, profile=profile, form=form),
        references=references if standing is None else standing.references(references),
        notes=tuple(dict.fromkeys(notes)),
        stances=stances,
        evidence=tuple(_tell_used(evidence, said)),
        advice=advice,
    )


def _tell_used(evidence: Sequence[Evidence], said: Sequence[Sentence]) -> Iterable[Used]:
    """Give every piece of evidence with whether a sentence of its ask rests on it."""
    rests = {(s.ask, source) for s in said for source in s.sources}
    for e in evidence:
        kinds: tuple[tuple[UsedKind, tuple[Hit, ...]], ...] = (
            ("own", e.own),
            ("precedent", e.precedents),
            ("policy", e.policies),
            ("statute", e.statutes),
            ("opinion", e.opinions),
        )
        for kind, hits in kinds:
            for hit in hits:
                passage, order = hit.passage, e.ask.order
                used = (order, passage.id) in rests or (None, passage.id) in rests
                if PROCEDURE in hit.found_by and not used:
                    continue
                title = passage.document.title.strip("《》")
                article = passage.title if passage.kind == "article" else None
                yield Used(order, kind, passage.id, title, article, hit.relevance, used)


def _notes(
    proposal: Proposal,
    plans: Sequence[AskPlan],
    profile: Profile,
    form: Form,
    silent: Sequence[str],
) -> Iterable[str]:
    """Hints for the drafter that do not go into the text."""
    if not profile.name:
        yield "没有给出单位信息（--profile），单位名称等处留了空。"
    if form.channel is None:
        yield "没有认出这是政协提案还是人大建议，标题和称谓处留了空，请改正。"
    if not plans:
        yield "没有找到提案的具体建议，正文为空，请检查提案文本。"
    if len(proposal.proposers) > 1 and form.outline != "cohost":
        yield _COPIES_NOTE[load_scheme(profile.scheme, channel=form.channel).copies]
    if silent and form.outline != "cohost":
        yield (
            f"有会办单位（{'、'.join(silent)}），答复中应写明会办意见，请补充；"
            "收到的会办意见可以作为附件材料一并给出。"
        )
    if form.outline == "cohost":
        yield from _tell_left_out(plans)
    if profile.cc and any(u for u in profile.cc if _crosses(u, form)):
        yield "单位信息里的抄送名单含另一渠道的机关，已略去（提案件不抄人大，建议件不抄政协）。"
    for position, plan in enumerate(plans, start=1):
        yield from _notes_of(plan, numeral(position), form, profile.level)


def _tell_left_out(plans: Sequence[AskPlan]) -> Iterable[str]:
    """Hints on the asks that an opinion to the host has no word on: they are for others."""
    theirs = [str(plan.ask.order) for plan in plans if not plan.is_ours]
    if theirs and len(theirs) < len(plans):
        yield (
            f"第{'、'.join(theirs)}项建议看来不属本单位职责，会办意见里没有写，由主办单位统一答复；"
            f"属本单位的，请改答法（如 --stance {theirs[0]}=adopt）。"
        )


def _notes_of(plan: AskPlan, part: str, form: Form, level: str) -> Iterable[str]:
    where = f"“{short_topic(plan.ask.topic)}”部分" if form.outline == "phase" else f"第{part}部分"
    for promise in plan.promises:
        year = year_of(promise.passage)
        named = f"{year}年" if year else ""
        title = promise.passage.document.title
        yield f"本单位{named}《{title}》承诺“{promise.text}”，请核实兑现情况并在{where}回应。"
    for sentence in plan.done:
        if sentence.doubt:
            yield f"{where}：{sentence.doubt}。"
    lexicon = load_lexicon()
    texts = [f"{step.text}{step.how.text if step.how else ''}" for step in plan.steps]
    for words, names, note in lexicon.cautions:
        rules = [rule for rule in load_rules() if rule.name in names]
        if any(word in "".join(texts) for word in words) or any(
            rule.applies(text, level) for rule in rules for text in texts
        ):
            yield f"{where}的拟办措施{note}。"


def _crosses(unit: str, form: Form) -> bool:
    return (form.channel == "cppcc" and "人大" in unit) or (
        form.channel == "npc" and "政协" in unit
    )


def _references(
    proposal: Proposal, evidence: Sequence[Evidence], said: Sequence[Sentence], profile: Profile
) -> Iterable[Reference]:
    """One reference for every source id that a sentence of the draft may carry."""
    yield Reference(
        "proposal", proposal.title or "提案", None, None, None, None, proposal.title or ""
    )
    yield Reference(
        "profile",
        "单位信息",
        profile.region or None,
        profile.name or None,
        None,
        None,
        profile.name,
        True,
    )
    found: dict[str, Hit] = {}
    for e in evidence:
        for hits in (e.own, e.precedents, e.statutes, e.policies, e.opinions):
            found.update({h.passage.id: h for h in hits if h.passage.id not in found})
    for source in dict.fromkeys(source for s in said for source in s.sources):
        if source in found:
            yield refer_passage(found[source].passage)


def refer_passage(passage: Passage) -> Reference:
    """Return what a draft says of a passage that it rests on."""
    document = passage.document
    return Reference(
        id=passage.id,
        title=document.title,
        region=passage.region or document.region,
        issuer=document.issuer,
        date=document.date,
        path=document.path or None,
        quote=passage.text,
        own=document.own,
    )

"""Composing: proposal + evidence + profile + form -> Draft.

Truth of place (DESIGN §2.1) is kept here by construction: what stands as done has the
origin ``own`` and comes from the unit's material; what comes from another place has gone
through :func:`replygen.drafting.rewrite.rewrite_measure` and stands in the part led by
下一步，…将; where there is neither, a slot says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from replygen.drafting.answers import compose_sections, numeral, short_topic
from replygen.drafting.forms import Form
from replygen.drafting.letterhead import compose_header, compose_signoff
from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.opinions import heard_units
from replygen.drafting.own import year_of
from replygen.drafting.plan import AskPlan, plan_answers
from replygen.drafting.schemes import Copies, advise_class, load_scheme
from replygen.models import Draft, Evidence, Passage, Proposal, Reference
from replygen.settings import Profile

_COPIES_NOTE: dict[Copies, str] = {
    "each": "联名件：本稿一并写给各位提出人；逐人答复的，出定稿、净稿时每人各出一份。",
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
) -> Draft:
    """Return the whole reply: every ask of ``proposal`` has its paragraphs, in order.

    ``evidence`` is :func:`gather_evidence`'s; an ask without any is answered by slots.
    ``today`` (default: the day it runs) dates the document number and tells old promises
    from current plans. Raises TemplateError when the profile's scheme does not exist.
    """
    today = today or date.today()
    heard = heard_units(proposal, evidence, profile)
    proposal = replace(proposal, co_hosts=tuple(dict.fromkeys((*proposal.co_hosts, *heard))))
    silent = [unit for unit in proposal.co_hosts if unit not in heard]
    plans = plan_answers(proposal, evidence, profile=profile, today=today)
    scheme = load_scheme(profile.scheme, channel=form.channel)
    title, header = compose_header(proposal, profile=profile, form=form, scheme=scheme, today=today)
    notes = list(_notes(proposal, plans, profile, form, silent))
    if form.class_mark:
        has_plans, has_done = any(p.items for p in plans), any(p.done for p in plans)
        notes.insert(0, advise_class(scheme, has_plans=has_plans, has_done=has_done))
    return Draft(
        title=title,
        form=form.name,
        header=header,
        sections=compose_sections(plans, profile=profile, form=form, co_hosts=silent),
        signoff=compose_signoff(proposal, profile=profile, form=form),
        references=tuple(_references(proposal, plans, profile)),
        notes=tuple(dict.fromkeys(notes)),
    )


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
    if profile.cc and any(u for u in profile.cc if _crosses(u, form)):
        yield "单位信息里的抄送名单含另一渠道的机关，已略去（提案件不抄人大，建议件不抄政协）。"
    for position, plan in enumerate(plans, start=1):
        yield from _notes_of(plan, numeral(position), form)


def _notes_of(plan: AskPlan, part: str, form: Form) -> Iterable[str]:
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
    text = "".join(item.text for item in plan.items)
    for words, note in lexicon.cautions:
        if any(word in text for word in words):
            yield f"{where}的拟办措施{note}。"
    if plan.echoes:
        quoted = "、".join(f"“{demand}”" for demand in plan.echoes)
        yield f"{where}：{quoted}没有找到可用的先例，按提案原意列为拟办，请确认能否承诺。"


def _crosses(unit: str, form: Form) -> bool:
    return (form.channel == "cppcc" and "人大" in unit) or (
        form.channel == "npc" and "政协" in unit
    )


def _references(
    proposal: Proposal, plans: Sequence[AskPlan], profile: Profile
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
    seen: set[str] = set()
    for plan in plans:
        passages = [s.passage for s in plan.done] + [i.passage for i in plan.items]
        passages += [o.passage for o in (*plan.opinions, *plan.beside)]
        for passage in [*passages, *(h.passage for h in plan.laws)]:
            if passage.id not in seen:
                seen.add(passage.id)
                yield _refer(passage)


def _refer(passage: Passage) -> Reference:
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

"""Answers: the paragraphs under each ask, and how they are laid out.

Each ask gets a paragraph on what the law says and what was done, and one on what comes next,
in the order of the proposal; by ask (一、关于…) or by phase (一、当前工作 二、下一步). No two
paragraphs of a letter open alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from replygen.drafting.forms import Form
from replygen.drafting.letterhead import make_block, make_sentence
from replygen.drafting.limits import Limit
from replygen.drafting.moves import AskPlan
from replygen.drafting.opinions import Opinion
from replygen.drafting.own import OwnSentence
from replygen.drafting.standing import Standing
from replygen.drafting.steps import Step
from replygen.models import Block, DraftSection, Origin, Sentence
from replygen.parsing.topics import is_a_part
from replygen.settings import Profile

_NUMERALS = "一二三四五六七八九十"
# 关于加大监管力度的建议 → 加大监管力度
_TOPIC_NOISE = re.compile(
    r"^(?:关于|对于|建议)+|(?:方面的建议|[的等]建议|的问题|方面)$|[。；，：:;,]+$"
)
_LONGEST_TOPIC = 40
_LONGEST_OPINION = 200  # characters of what one unit says that one sentence holds
_LONGEST_RUN = 150  # characters of commitments that one 将 holds
_OPENING = 5  # characters by which two openings are alike
_UPWARDS = re.compile(r"向(.{2,10}?)反映")
_YEAR_LEAD = re.compile(r"^(?:\d{4}年|截至\d{4}年\d{1,2}月)，")


@dataclass(slots=True)
class _Voice:
    """Chooses among wordings so that a letter does not say the same twice."""

    form: Form
    profile: Profile
    you: str
    _used: dict[str, int] = field(default_factory=dict)
    _opened: set[str] = field(default_factory=set)

    def pick(self, key: str, *, opens: bool = False, **values: str) -> str:
        """Return the least used wording of a list; one that ``opens`` a paragraph is none
        that opens like an earlier paragraph, if there is any."""
        values = {"short": _short(self.profile), "you": self.you, **values}
        said = [text.format_map(values) for text in self.form.lists[key]]
        order = sorted(range(len(said)), key=lambda n: (self._used.get(f"{key}{n}", 0), n))
        fresh = [n for n in order if said[n][:_OPENING] not in self._opened]
        best = fresh[0] if opens and fresh else order[0]
        self._used[f"{key}{best}"] = self._used.get(f"{key}{best}", 0) + 1
        if opens:
            self._opened.add(said[best][:_OPENING])
        return said[best]


def compose_sections(
    plans: Sequence[AskPlan],
    *,
    profile: Profile,
    form: Form,
    you: str = "您",
    co_hosts: Sequence[str] = (),
    standing: Standing | None = None,
) -> tuple[DraftSection, ...]:
    """Return the sections that answer ``plans``, and one for what other units say beside
    every ask and for the ``co_hosts`` that have not been heard. An opinion to the host unit
    (会办) has only the asks that are for us, unless none is. Answers that stay (``standing``)
    are in their places, and nothing else opens as they do."""
    opened = set() if standing is None else {block.text[:_OPENING] for block in standing.blocks}
    voice = _Voice(form, profile, you, _opened=opened)
    if form.outline == "cohost":
        plans = [plan for plan in plans if plan.is_ours] or plans
    if form.outline == "phase":
        sections = _by_phase(plans, voice)
    else:
        sections = [_by_ask(i, plan, len(plans), voice) for i, plan in enumerate(plans)]
    last = _opinion_blocks([o for plan in plans for o in plan.beside], form, None)
    if co_hosts and form.outline != "cohost":
        text = form.say("section.cohost_opinion", units="、".join(co_hosts))
        last.append(make_block("body", make_sentence(text)))
    if last:
        sections.append(DraftSection(None, None, tuple(last)))
    return standing.put_into(sections) if standing is not None else tuple(sections)


def numeral(number: int) -> str:
    """Return 1..99 as headings write it: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens - 1]}十")
    return head + (_NUMERALS[ones - 1] if ones else "")


def short_topic(topic: str) -> str:
    """Return a topic as it fits 关于…: without 关于, 的建议 and closing marks."""
    previous, bare = "", topic.strip()
    while previous != bare:
        previous, bare = bare, _TOPIC_NOISE.sub("", bare).strip()
    if len(bare) > _LONGEST_TOPIC:
        cut = max(bare.rfind(mark, 6, _LONGEST_TOPIC) for mark in "，、；")
        bare = bare[:cut] if cut > 6 else bare[:_LONGEST_TOPIC]
    return re.sub("[，；]", "、", bare) or "该项建议"


def _by_ask(position: int, plan: AskPlan, count: int, voice: _Voice) -> DraftSection:
    order, topic = plan.ask.order, short_topic(plan.ask.topic)
    part = is_a_part(plan.ask.topic, plan.ask.text, plan.ask.demands)
    heading = voice.form.say("section.heading_of_part" if part else "section.heading", topic=topic)
    if count > 1:
        heading = f"{numeral(position + 1)}、{heading}"
    return DraftSection(
        heading=make_sentence(heading, "form", ("proposal",), ask=order),
        ask=order,
        blocks=(
            *_done_blocks(plan, voice),
            *_opinion_blocks(plan.opinions, voice.form, order),
            *_planned_blocks(plan, voice),
        ),
    )


def _by_phase(plans: Sequence[AskPlan], voice: _Voice) -> list[DraftSection]:
    form = voice.form
    done, planned = list[Block](), list[Block]()
    for plan in plans:
        topic, order = short_topic(plan.ask.topic), plan.ask.order
        words = form.say("phase.done_lead", topic=topic)
        lead = make_sentence(words, "form", ("proposal",), ask=order)
        blocks = _done_blocks(plan, voice)
        if blocks:
            blocks[0] = replace(blocks[0], sentences=(lead, *blocks[0].sentences))
        done += [*blocks, *_opinion_blocks(plan.opinions, form, order)]
        lead_words = form.say("phase.planned_lead", topic=topic, short=_short(voice.profile))
        planned += _planned_blocks(plan, voice, lead=lead_words)
    return [
        DraftSection(make_sentence(f"一、{form.words['phase.done']}"), None, tuple(done)),
        DraftSection(make_sentence(f"二、{form.words['phase.planned']}"), None, tuple(planned)),
    ]


# ── what stands and what was done ──────────────────────────────────────────


def _done_blocks(plan: AskPlan, voice: _Voice) -> list[Block]:
    """Return the paragraph of basis and work done; where nothing of ours is known, its one
    open place, unless a refusal has it or nothing of the ask is ours."""
    sentences = [*_say_basis(plan, voice), *_say_done(plan, voice.profile)]
    if not plan.done and plan.is_ours and not _has_open_refusal(plan):
        topic, facts = _inner(short_topic(plan.ask.topic)), "、".join(plan.facts)
        text = voice.form.say("section.done_open", topic=topic, facts=facts)
        sentences.append(make_sentence(text, ask=plan.ask.order))
    return [make_block("body", *sentences, role="done")] if sentences else []


def _say_basis(plan: AskPlan, voice: _Voice) -> Iterator[Sentence]:
    topic = short_topic(plan.ask.topic)
    for basis in plan.basis:
        text = voice.pick(
            "section.basis",
            opens=True,
            law=f"《{basis.law}》",
            article=basis.article,
            said=basis.said,
            topic=topic,
        )
        yield Sentence(text, "statute", (basis.passage.id,), (), plan.ask.order)
    for policy in plan.policies:
        text = voice.pick(
            "section.policy", opens=not plan.basis, title=policy.name, said=policy.said, topic=topic
        )
        yield Sentence(text, "policy", (policy.passage.id,), (), plan.ask.order)


def _say_done(plan: AskPlan, profile: Profile) -> list[Sentence]:
    texts: list[str] = []
    year, short = "", _short(profile)
    for own in plan.done:
        text, goes_on = _say_own(own, short, year, named=any(short in t for t in texts))
        if texts:
            texts[-1] += "；" if goes_on else "。"
        texts.append(text)
        lead = _YEAR_LEAD.match(text)
        year = lead.group() if lead else year
    if texts:
        texts[-1] += "。"
    return [
        Sentence(text, "own", (own.passage.id,), (), plan.ask.order)
        for text, own in zip(texts, plan.done, strict=True)
    ]


def _say_own(sentence: OwnSentence, short: str, year: str, *, named: bool) -> tuple[str, bool]:
    """Return an own sentence without its mark, and whether it goes on under the year of the
    one before: neither the year nor our name is said again."""
    text = sentence.text
    if named:
        text = text.replace("{short}", "")
        text = re.sub(
            rf"^(\d{{4}}年(?:以来|度)?，|截至[^，]{{4,10}}，|){re.escape(short)}", r"\1", text
        )
    else:
        text = text.replace("{short}", short)
    goes_on = bool(year) and text.startswith(year)
    return (text[len(year) :] if goes_on else text), goes_on


# ── what other units say ───────────────────────────────────────────────────


def _opinion_blocks(opinions: Sequence[Opinion], form: Form, order: int | None) -> list[Block]:
    """Return one paragraph for each unit, every sentence of it attributed."""
    blocks = []
    for unit in dict.fromkeys(o.unit for o in opinions):
        sentences = []
        for joint in (True, False):
            said = [o for o in opinions if o.unit == unit and o.joint is joint]
            for part in _in_lengths(said):
                key = "section.opinion" if joint else "section.partner"
                text = form.say(key, unit=unit, text="；".join(o.text for o in part))
                sources = tuple(o.passage.id for o in part)
                sentences.append(Sentence(f"{text}。", "opinion", sources, (), order))
        blocks.append(make_block("body", *sentences))
    return blocks


def _in_lengths(opinions: Sequence[Opinion]) -> list[list[Opinion]]:
    """Return ``opinions`` in groups that one sentence can hold."""
    groups: list[list[Opinion]] = []
    for opinion in opinions:
        if groups and sum(len(o.text) for o in groups[-1]) + len(opinion.text) <= _LONGEST_OPINION:
            groups[-1].append(opinion)
        else:
            groups.append([opinion])
    return groups


# ── what comes next ────────────────────────────────────────────────────────


def _planned_blocks(plan: AskPlan, voice: _Voice, *, lead: str = "") -> list[Block]:
    order = plan.ask.order
    sentences: list[Sentence] = []
    if plan.steps:
        topic = short_topic(plan.ask.topic)
        lead = lead or voice.pick("section.transitions", opens=True, topic=topic)
        sentences = [make_sentence(lead, ask=order), *_say_steps(plan, voice)]
    for limit in plan.limits:
        sentences.append(_say_limit(limit, plan, voice, opens=not sentences))
    return [make_block("body", *sentences, role="planned")] if sentences else []


def _say_steps(plan: AskPlan, voice: _Voice) -> list[Sentence]:
    """Return the commitments as sentences that flow: a few behind one 将, the next ones
    behind 同时 …; each keeps its own source."""
    said: list[Sentence] = []
    length = 0
    for i, step in enumerate(plan.steps):
        size = len(step.lead + step.text) + (len(step.how.text) if step.how else 0)
        following = plan.steps[i + 1] if i + 1 < len(plan.steps) else None
        length += size
        joins = following is not None and following.joins and step.how is None
        full = (
            following is not None and length + len(following.lead + following.text) > _LONGEST_RUN
        )
        stop = following is None or (full and not joins)
        said += _say_step(step, "。" if stop else "，" if joins else "；", plan.ask.order)
        if stop and following is not None:
            length = 0
            said.append(make_sentence(voice.pick("section.goes_on"), ask=plan.ask.order))
    return said


def _say_step(step: Step, mark: str, order: int) -> list[Sentence]:
    """Return a commitment with how it is done and on what it hangs (所需资金按预算程序确定)."""
    if step.note and mark == "，":
        mark = "；"  # what follows does not hang on it
    parts: list[tuple[str, Origin, tuple[str, ...]]]
    parts = [(f"{step.lead}{step.text}", step.origin, step.sources)]
    if step.how is not None:
        parts.append((step.how.text, step.how.origin, (step.how.passage.id,)))
    if step.note:
        parts.append((step.note, "form", ()))
    marks = [*"，" * (len(parts) - 1), mark]
    return [
        Sentence(f"{text}{end}", origin, sources, (), order, confirmed=_unconfirmed(origin))
        for (text, origin, sources), end in zip(parts, marks, strict=True)
    ]


def _unconfirmed(origin: Origin) -> bool | None:
    """Return ``False`` for what somebody has to confirm: neither our own plan nor a form's."""
    return None if origin in ("own", "form") else False


def _promise(text: str, sources: tuple[str, ...], order: int) -> Sentence:
    return Sentence(text, "proposal", sources, (), order, confirmed=False)


def _say_limit(limit: Limit, plan: AskPlan, voice: _Voice, *, opens: bool) -> Sentence:
    order, matter = plan.ask.order, "、".join(limit.wishes)
    if limit.kind == "study":
        text = voice.pick(
            "section.study", opens=opens, matter=matter, how=limit.how, then=limit.then
        ).replace("{you}", voice.you)
        if limit.article is not None:
            return Sentence(
                text, "statute", (limit.article.passage.id, "proposal"), (), order, confirmed=False
            )
        return _promise(text, ("proposal",), order)
    if limit.kind == "refer":
        return _promise(_say_referral(limit, matter, voice, opens=opens), ("proposal",), order)
    if limit.own is not None:
        passage = limit.own.passage
        return Sentence(passage.text.replace("\n", ""), "own", (passage.id,), (), order)
    if limit.how:
        text = voice.pick("section.decline", opens=opens, matter=matter, why=limit.how)
        if limit.article is not None:
            return Sentence(text, "statute", (limit.article.passage.id, "proposal"), (), order)
        return Sentence(text, "proposal", ("proposal",), (), order)
    return make_sentence(voice.form.say("section.declined_open", matter=_inner(matter)), ask=order)


def _say_referral(limit: Limit, matter: str, voice: _Voice, *, opens: bool) -> str:
    """Return whose duty a matter is and that we pass it on, to a unit or upwards."""
    units = "、".join(limit.units)
    upwards = _UPWARDS.search(limit.how)
    if upwards:
        why = limit.how.split("，")[0]
        return voice.pick("section.refer_up", opens=opens, matter=matter, why=why, units=upwards[1])
    units = units or "有关主管部门"
    return voice.pick("section.refer", opens=opens, matter=matter, units=units)


def _has_open_refusal(plan: AskPlan) -> bool:
    return any(
        limit.kind == "decline" and (not limit.how or limit.own is not None)
        for limit in plan.limits
    )


def _inner(text: str) -> str:
    """Return ``text`` as it stands inside quotes (GB/T 15834: ‘’ within “”)."""
    return text.replace("“", "‘").replace("”", "’")


def _short(profile: Profile) -> str:
    return profile.short or "我单位"

"""Answers: the paragraphs under each ask, and how they are laid out.

Each ask gets a paragraph on what was done and one on what comes next, in the order of the
proposal; by ask (一、关于…) or by phase (一、当前工作 二、下一步).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.drafting.forms import Form
from replygen.drafting.letterhead import make_block, make_sentence
from replygen.drafting.opinions import Opinion
from replygen.drafting.own import OwnSentence
from replygen.drafting.plan import AskPlan
from replygen.models import Block, DraftSection, Sentence
from replygen.settings import Profile

_NUMERALS = "一二三四五六七八九十"
# 关于加大监管力度的建议 → 加大监管力度
_TOPIC_NOISE = re.compile(
    r"^(?:关于|对于|建议)+|(?:方面的建议|的建议|的问题|方面)$|[。；，：:;,]+$"
)
_LONGEST_TOPIC = 40
_LONGEST_OPINION = 200  # characters of what one unit says that one sentence holds
_YEAR_LEAD = re.compile(r"^(?:\d{4}年|截至\d{4}年\d{1,2}月)，")


def compose_sections(
    plans: Sequence[AskPlan], *, profile: Profile, form: Form, co_hosts: Sequence[str] = ()
) -> tuple[DraftSection, ...]:
    """Return the sections that answer ``plans``, and one for what other units say beside
    every ask and for the ``co_hosts`` that have not been heard."""
    if form.outline == "phase":
        sections = _by_phase(plans, profile, form)
    else:
        sections = [_by_ask(i, plan, len(plans), profile, form) for i, plan in enumerate(plans)]
    last = _opinion_blocks([o for plan in plans for o in plan.beside], form, None)
    if co_hosts and form.outline != "cohost":
        text = form.say("section.cohost_opinion", units="、".join(co_hosts))
        last.append(make_block("body", make_sentence(text)))
    if last:
        sections.append(DraftSection(None, None, tuple(last)))
    return tuple(sections)


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


def _by_ask(position: int, plan: AskPlan, count: int, profile: Profile, form: Form) -> DraftSection:
    order = plan.ask.order
    topic = short_topic(plan.ask.topic)
    heading = form.say("section.heading", topic=topic)
    if count > 1:
        heading = f"{numeral(position + 1)}、{heading}"
    leads = form.lists[f"section.transitions{_list_suffix(plan)}"]
    lead = leads[position % len(leads)].format_map({"short": _short(profile)})
    return DraftSection(
        heading=make_sentence(heading, "form", ("proposal",), ask=order),
        ask=order,
        blocks=(
            _done_block(plan, profile, form),
            *_opinion_blocks(plan.opinions, form, order),
            *_planned_blocks(plan, lead, form),
        ),
    )


def _by_phase(plans: Sequence[AskPlan], profile: Profile, form: Form) -> list[DraftSection]:
    done, planned = [], []
    for plan in plans:
        topic = short_topic(plan.ask.topic)
        order = plan.ask.order
        lead = make_sentence(
            form.say("phase.done_lead", topic=topic), "form", ("proposal",), ask=order
        )
        block = _done_block(plan, profile, form)
        done.append(Block(block.style, (lead, *block.sentences), block.role))
        done += _opinion_blocks(plan.opinions, form, order)
        words = form.say(
            f"phase.planned_lead{_list_suffix(plan)}", topic=topic, short=_short(profile)
        )
        planned += _planned_blocks(plan, words, form)
    return [
        DraftSection(make_sentence(f"一、{form.words['phase.done']}"), None, tuple(done)),
        DraftSection(make_sentence(f"二、{form.words['phase.planned']}"), None, tuple(planned)),
    ]


def _done_block(plan: AskPlan, profile: Profile, form: Form) -> Block:
    order = plan.ask.order
    if not plan.done:
        text = form.say("section.done_open", topic=_inner(short_topic(plan.ask.topic)))
        return make_block("body", make_sentence(text, ask=order), role="done")
    texts: list[str] = []
    year, short = "", _short(profile)
    for own in plan.done:
        text, goes_on = _say_own(own, short, year, named=any(short in t for t in texts))
        if texts:
            texts[-1] += "；" if goes_on else "。"
        texts.append(text)
        lead = _YEAR_LEAD.match(text)
        year = lead.group() if lead else year
    texts[-1] += "。"
    sentences = [
        Sentence(text, "own", (own.passage.id,), (), order)
        for text, own in zip(texts, plan.done, strict=True)
    ]
    return make_block("body", *sentences, role="done")


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


def _planned_blocks(plan: AskPlan, lead: str, form: Form) -> list[Block]:
    order = plan.ask.order
    if not plan.items and not plan.echoes:
        text = form.say("section.planned_open", topic=_inner(short_topic(plan.ask.topic)))
        return [make_block("body", make_sentence(text, ask=order), role="planned")]
    sentences = [make_sentence(lead, ask=order)]
    if plan.laws:
        names = "".join(f"《{hit.passage.document.title.strip('《》')}》" for hit in plan.laws)
        basis = form.say("section.basis", laws=names)
        sources = tuple(hit.passage.id for hit in plan.laws)
        sentences.append(make_sentence(basis, "statute", sources, ask=order))
    sentences += _say_items(plan, form)
    blocks = [make_block("body", *sentences, role="planned")]
    if plan.open:
        text = form.say("section.uncovered", demands="”“".join(map(_inner, plan.open)))
        blocks.append(make_block("body", make_sentence(text, ask=order), role="planned"))
    return blocks


def _say_items(plan: AskPlan, form: Form) -> list[Sentence]:
    order = plan.ask.order
    pieces: list[Sentence] = [
        make_sentence(item.text, item.origin, (item.passage.id,), ask=order) for item in plan.items
    ]
    for demand in plan.echoes:
        text = form.say("section.echo", demand=demand)
        pieces.append(Sentence(text, "slot", ("proposal",), make_sentence(text).slots, order))
    ordinals = form.lists["section.ordinals"]
    said = []
    for i, piece in enumerate(pieces):
        head = ordinals[i] if len(pieces) > 1 and i < len(ordinals) else ""
        mark = "。" if i == len(pieces) - 1 else "；"
        said.append(
            Sentence(f"{head}{piece.text}{mark}", piece.origin, piece.sources, piece.slots, order)
        )
    return said


def _list_suffix(plan: AskPlan) -> str:
    """Return which lead fits: one that ends with 将, or one that announces a list."""
    return "" if plan.laws or len(plan.items) + len(plan.echoes) < 2 else "_list"


def _inner(text: str) -> str:
    """Return ``text`` as it stands inside quotes (GB/T 15834: ‘’ within “”)."""
    return text.replace("“", "‘").replace("”", "’")


def _short(profile: Profile) -> str:
    return profile.short or "我单位"

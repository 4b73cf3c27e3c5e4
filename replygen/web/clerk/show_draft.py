"""Show a draft as paper: each sentence leads to its source, each open place is a field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from replygen.drafting.edits import rewrite_sentences
from replygen.drafting.fill import name_confirmation, name_slot
from replygen.drafting.moving import arrange_sentences, end_with, is_order, places_of
from replygen.models import ClassAdvice, Draft, Reference, Sentence, Slot
from replygen.service.results import DraftResult
from replygen.web.clerk.show_edits import name_sentence, number_asks, show_added, show_stance
from replygen.web.clerk.show_wording import Wordings, show_switch
from replygen.web.show import count_left, join_facts

_ORIGIN = {
    "form": "格式用语",
    "own": "本单位材料",
    "opinion": "会办单位意见",
    "statute": "法规",
    "policy": "政策文件",
    "proposal": "提案原意（待确认）",
    "model": "模型润色",
    "precedent": "外地先例（已改为拟做）",
    "typed": "手工填写",
    "slot": "待填",
}
_EDITED = ("body", "heading2", "closing")  # paragraphs whose sentences can be written anew
_LEGEND = (
    ("own", "本单位材料"),
    ("precedent", "外地先例改写"),
    ("statute", "法规依据"),
    ("typed", "手工填写"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields: ``values`` by the place's name (``None``: taken out), what
    the unit typed before, by the kind of place, and the class ``marks`` to choose from with
    what they mean; ``advice`` says which of them the stances point to."""

    values: Mapping[str, str | None] = field(default_factory=dict)
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    wordings: Wordings | None = None
    advice: ClassAdvice | None = None


def show_draft(draft: Draft, typed: Typed = Typed()) -> str:
    """Return the draft as paper with a hidden source for every sentence that has one."""
    composed, draft = draft, rewrite_sentences(draft, typed.values)
    typed, order = (
        replace(typed, advice=composed.advice),
        arrange_sentences(composed, typed.values),
    )
    references = {reference.id: reference for reference in draft.references}
    sources: list[str] = []
    last, asks = _find_promises(draft), number_asks(composed)
    first = {ask: number for number, ask in reversed(asks.items())}
    stances = {first[s.order]: s for s in draft.stances if s.order in first}
    body = "".join(
        f"<p class='rg-{block.style}' id='rg-p-{number}' tabindex='-1'"
        f"{f' data-ask={asks[number]!r}' if number in asks else ''}>"
        f"{_block(number, (composed, draft), order, references, sources, typed)}"
        f"{show_stance(stances[number], typed.values) if number in stances else ''}"
        f"{show_switch(stances[number].order, typed.wordings) if number in stances else ''}"
        f"{_confirm(last.get(number), typed)}</p>"
        for number, block in enumerate(draft.blocks)
    )
    legend = "".join(f"<span class='rg-{origin}'>{name}</span>" for origin, name in _LEGEND)
    return (
        f"<div class='rg-legend'>{legend}<mark>待填</mark></div>"
        f"<article class='rg-paper' aria-label='草稿' tabindex='-1' data-letter "
        f"data-orders='{_orders(typed)}'>{body}</article>"
        f"<div hidden>{''.join(sources)}</div>"
    )


def _orders(typed: Typed) -> str:
    """What was moved, for the script to send with all else."""
    orders = {name: value for name, value in typed.values.items() if is_order(name)}
    return escape(json.dumps(orders), quote=True)


def _find_promises(draft: Draft) -> dict[int, int]:
    """The ask of each paragraph behind which its commitments are to be confirmed: the last one
    that has some."""
    place = {
        sentence.ask: number
        for number, block in enumerate(draft.blocks)
        for sentence in block.sentences
        if sentence.confirmed is False and sentence.ask is not None
    }
    return {number: ask for ask, number in place.items()}


def _confirm(ask: int | None, typed: Typed) -> str:
    if ask is None:
        return ""
    checked = " checked" if typed.values.get(name_confirmation(ask)) else ""
    return (
        f"<label class='rg-confirm'><input type='checkbox' data-confirm='{ask}'{checked}> "
        f"第 {ask} 项的拟办承诺可以承诺</label>"
    )


def show_draft_summary(result: DraftResult) -> str:
    """Return one line: what is left to do."""
    _, blocks = count_left(result.report.findings)
    left = f"待填 <b>{len(result.draft.slots)}</b> 处，必须改 <b>{blocks}</b> 条"
    return f"<p class='rg-summary' role='status'>{left}。</p>"


def say_missing(result: DraftResult) -> str:
    """Return what still stands between the draft and a final copy; "" when nothing."""
    slots, others = count_left(result.report.findings)
    parts = [f"待填 {slots} 处"] * bool(slots) + [f"必须改 {others} 条"] * bool(others)
    return "、".join(parts)


def show_unused(draft: Draft, ticked: Sequence[str]) -> tuple[str, ...]:
    """Return a note when precedents or statutes that were ticked are not in the draft."""
    used = {s for block in draft.blocks for sentence in block.sentences
            for s in sentence.sources}  # fmt: skip
    unused = [card for card in ticked if card.partition(":")[2] not in used]
    if not unused:
        return ()
    return (
        f"勾选的依据有 {len(unused)} 条没有写进正文：与已写的意思重复，"
        "或这项建议的措施已经写满（一般三条）。",
    )


def _block(
    number: int,
    drafts: tuple[Draft, Draft],
    order: Mapping[int, Sequence[tuple[tuple[int, int], str]]],
    references: dict[str, Reference],
    sources: list[str],
    typed: Typed,
) -> str:
    """One paragraph, of the draft as composed and as edited, in the order of its sentences."""
    composed, edited = drafts[0].blocks, drafts[1].blocks
    block = edited[number]
    show_place = _choice if block.style == "class_mark" and typed.marks else _field
    html, stop = "", "0" if block.style in _EDITED else "-1"
    for (b, n), mark in order.get(number) or places_of(number, block):
        sentence = end_with(edited[b].sentences[n], mark)
        text = _fields(sentence, b, n, typed, show_place)
        marks = ""
        if block.style in _EDITED:
            marks = name_sentence(b, n, composed[b].sentences[n].text, typed.values)
        html += _sentence(sentence, text, f"tabindex='{stop}' {marks}", references, sources)
        stop = "-1"  # Tab leads from paragraph to paragraph, the arrows from there to a sentence
        html += show_added(b, n, typed.values)
    return html


def _sentence(
    sentence: Sentence,
    text: str,
    marks: str,
    references: dict[str, Reference],
    sources: list[str],
) -> str:
    """``text`` is the sentence's HTML, its open places as fields; ``marks`` name it and say
    whether Tab stops at it."""
    if not sentence.sources:
        return f"<span class='rg-{sentence.origin}' {marks}>{text}</span>"
    name = f"rg-src-{len(sources)}"
    sources.append(f"<div id='{name}'>{_source(sentence, references)}</div>")
    return (
        f"<span class='rg-{sentence.origin}' {marks} data-src='{name}' "
        f"aria-describedby='{name}'>{text}</span>"
    )


def _source(sentence: Sentence, references: dict[str, Reference]) -> str:
    parts = [f"<b class='rg-origin rg-{sentence.origin}'>{_ORIGIN[sentence.origin]}</b>"]
    for id in dict.fromkeys(sentence.sources):
        found = references.get(id)
        if found is None:
            continue
        facts = join_facts(found.region, found.issuer, found.date)
        quote = f"<blockquote>{escape(found.quote)}</blockquote>" if found.quote else ""
        parts.append(f"<p><b>{escape(found.title)}</b><br><small>{facts}</small></p>{quote}")
    return "".join(parts)


def _fields(
    sentence: Sentence,
    block: int,
    number: int,
    typed: Typed,
    show_place: Callable[[Slot, str, Typed], str],
) -> str:
    html, start = "", 0
    for n, slot in enumerate(sentence.slots):
        found = sentence.text.find(slot.text, start)
        if found < 0:
            continue
        place = show_place(slot, name_slot(block, number, n), typed)
        html += escape(sentence.text[start:found]) + place
        start = found + len(slot.text)
    return html + escape(sentence.text[start:])


def _field(slot: Slot, name: str, typed: Typed) -> str:
    """One field. A long hint is a text area and can be dropped: 没有的，删去本段. What the
    unit typed before stands beside, to be taken with one click."""
    hint = escape(
        slot.text.strip("【】").removeprefix("请补充：").removeprefix("请补充"), quote=True
    )
    value = typed.values.get(name)
    dropped = name in typed.values and value is None
    shown = escape(value or "", quote=True)
    state = (" data-filled" if value else "") + (" disabled" if dropped else "")
    common = f"data-slot='{name}' aria-label='待填：{hint}' placeholder='{hint}'{state}"
    if slot.kind == "补充" or len(hint) > 16:
        rows = 1 + (len(hint) > 32) + (len(hint) > 64)
        word = "恢复" if dropped else "删去"
        return (
            f"<mark class='rg-place rg-wide{' rg-dropped' if dropped else ''}'>"
            f"<textarea {common} rows='{rows}'>{shown}</textarea>"
            f"<button type='button' class='rg-drop' data-drop='{name}'>{word}</button></mark>"
        )
    field = f"<textarea class='rg-short' rows='1' {common}>{shown}</textarea>"
    drop = _days(slot, name)
    if "删去" in hint:
        word = "恢复" if dropped else "删去"
        drop = f"<button type='button' class='rg-drop' data-drop='{name}'>{word}</button>"
    gone = " rg-dropped" if dropped else ""
    offers = _offers(slot, name, value, typed)
    return f"<mark class='rg-place{gone}'>{field}{drop}{offers}</mark>"


def _days(slot: Slot, name: str) -> str:
    """What puts a day into a place that asks for one: a calendar, and 今天."""
    if not slot.kind.endswith(("日期", "时间", "时限")):
        return ""
    today = f"<button type='button' class='rg-jump' data-today='{name}'>今天</button>"
    return (
        f"<input type='date' class='rg-day' data-day='{name}' aria-label='从日历里选{slot.kind}'>"
        f"{today if slot.kind.endswith('日期') else ''}"
    )


def _choice(slot: Slot, name: str, typed: Typed) -> str:
    """The class mark: one of the scheme's, nothing chosen before a person does. What was
    typed under another scheme stays."""
    hint = escape(slot.text.strip("【】"), quote=True)
    value = typed.values.get(name) or ""
    marks = typed.marks if value in ("", *typed.marks) else {**typed.marks, value: ""}
    options = "".join(
        f"<option value='{escape(mark, quote=True)}'{' selected' if mark == value else ''}>"
        f"{escape(f'{mark}　{meaning}' if meaning else mark)}</option>"
        for mark, meaning in marks.items()
    )
    state = " data-filled" if value else ""
    return (
        f"<mark class='rg-place'><select data-slot='{name}' aria-label='待填：{hint}'{state}>"
        f"<option value=''>{hint}</option>{options}</select>{_advise(name, value, typed)}</mark>"
    )


def _advise(name: str, value: str, typed: Typed) -> str:
    """The class that the stances point to, and why; nothing is chosen by itself. It is offered
    as long as another one, or none, is chosen."""
    advice = typed.advice
    if advice is None or not advice.reason:
        return ""
    if advice.proposed is None:
        return f"<small class='rg-why-mark'>{escape(advice.reason)}</small>"
    mark = escape(advice.proposed, quote=True)
    return (
        f"<small class='rg-why-mark'>建议标 <b>{mark}</b>：{escape(advice.reason)} "
        f"<button type='button' class='rg-jump' data-offer='{name}' value='{mark}'"
        f"{' hidden' if value == advice.proposed else ''}>用 {mark}</button></small>"
    )


def _offers(slot: Slot, name: str, value: str | None, typed: Typed) -> str:
    """Buttons with what was typed before into places of this kind."""
    if value:
        return ""
    return "".join(
        f"<button type='button' class='rg-offer' data-offer='{name}' "
        f"title='上次填的，点一下就用'>{escape(offer)}</button>"
        for offer in typed.offers.get(slot.kind, ())
    )

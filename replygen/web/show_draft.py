"""Show a draft as paper: each sentence leads to its source, each open place is a field."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from replygen.desk import DraftResult
from replygen.drafting.fill import name_slot
from replygen.models import Block, Draft, Reference, Sentence, Slot
from replygen.web.show import join_facts

_ORIGIN = {
    "form": "格式用语",
    "own": "本单位材料",
    "opinion": "会办单位意见",
    "statute": "法规",
    "precedent": "外地先例（已改为拟做）",
    "typed": "手工填写",
    "slot": "待填",
}
_LEGEND = (("own", "本单位材料"), ("precedent", "外地先例改写"), ("statute", "法规依据"))


def show_draft(draft: Draft) -> str:
    """Return the draft as paper with a hidden source for every sentence that has one."""
    references = {reference.id: reference for reference in draft.references}
    sources: list[str] = []
    body = "".join(
        f"<p class='rg-{block.style}' id='rg-p-{number}' tabindex='-1'>"
        f"{_block(block, number, references, sources)}</p>"
        for number, block in enumerate(draft.blocks)
    )
    legend = "".join(f"<span class='rg-{origin}'>{name}</span>" for origin, name in _LEGEND)
    return (
        f"<div class='rg-legend'>{legend}<mark>待填</mark></div>"
        f"<article class='rg-paper' aria-label='草稿'>{body}</article>"
        f"<div hidden>{''.join(sources)}</div>"
    )


def show_draft_summary(result: DraftResult) -> str:
    """Return one line: how long it took and what is left to do."""
    blocks = sum(f.severity == "block" and f.rule != "slot.open" for f in result.report.findings)
    left = f"待填 <b>{len(result.draft.slots)}</b> 处，必须改 <b>{blocks}</b> 条"
    return (
        f"<p class='rg-summary' role='status'>草稿已生成（{result.seconds:.1f} 秒）：{left}。</p>"
    )


def say_missing(result: DraftResult) -> str:
    """Return what still stands between the draft and a final copy; "" when nothing."""
    slots = sum(f.rule == "slot.open" for f in result.report.findings)
    others = sum(f.severity == "block" and f.rule != "slot.open" for f in result.report.findings)
    parts = [f"待填 {slots} 处"] * bool(slots) + [f"必须改 {others} 条"] * bool(others)
    return "、".join(parts)


def show_unused(result: DraftResult, ticked: Sequence[str]) -> tuple[str, ...]:
    """Return a note when precedents or statutes that were ticked are not in the draft."""
    used = {s for block in result.draft.blocks for sentence in block.sentences
            for s in sentence.sources}  # fmt: skip
    unused = [card for card in ticked if card.partition(":")[2] not in used]
    if not unused:
        return ()
    return (
        f"勾选的依据有 {len(unused)} 条没有写进正文：与已写的意思重复，"
        "或这项建议的措施已经写满（一般三条）。",
    )


def _block(block: Block, number: int, references: dict[str, Reference], sources: list[str]) -> str:
    return "".join(
        _sentence(sentence, number, n, references, sources)
        for n, sentence in enumerate(block.sentences)
    )


def _sentence(
    sentence: Sentence,
    block: int,
    number: int,
    references: dict[str, Reference],
    sources: list[str],
) -> str:
    text = _fields(sentence, block, number)
    if not sentence.sources:
        return f"<span class='rg-{sentence.origin}'>{text}</span>"
    name = f"rg-src-{len(sources)}"
    sources.append(f"<div id='{name}'>{_source(sentence, references)}</div>")
    return (
        f"<span class='rg-{sentence.origin}' tabindex='0' data-src='{name}' "
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


def _fields(sentence: Sentence, block: int, number: int) -> str:
    html, start = "", 0
    for n, slot in enumerate(sentence.slots):
        found = sentence.text.find(slot.text, start)
        if found < 0:
            continue
        html += escape(sentence.text[start:found]) + _field(slot, name_slot(block, number, n))
        start = found + len(slot.text)
    return html + escape(sentence.text[start:])


def _field(slot: Slot, name: str) -> str:
    """One field. A long hint is a text area and can be dropped: 没有的，删去本段."""
    hint = escape(
        slot.text.strip("【】").removeprefix("请补充：").removeprefix("请补充"), quote=True
    )
    common = f"data-slot='{name}' aria-label='待填：{hint}' placeholder='{hint}'"
    drop = f"<button type='button' class='rg-drop' data-drop='{name}'>删去</button>"
    if slot.kind == "补充" or len(hint) > 16:
        rows = 1 + (len(hint) > 32) + (len(hint) > 64)
        area = f"<textarea {common} rows='{rows}'></textarea>"
        return f"<mark class='rg-place rg-wide'>{area}{drop}</mark>"
    return f"<mark class='rg-place'><input type='text' {common} size='{2 * len(hint) + 2}'></mark>"

"""Show what was found for each ask as cards with tick boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from replygen.drafting.cards import AskCards, Card
from replygen.language.slots import replace_slots
from replygen.models import Hit, Passage
from replygen.web.show import join_facts, show_empty

_KINDS = {
    "own": "本单位材料",
    "precedent": "外地先例",
    "policy": "政策文件",
    "statute": "法规条文",
    "refusal": "答复例子",
}
_OUTCOMES = {"declined": "未采纳", "deferred": "暂缓"}
_STATUS = {
    "in_force": ("现行有效", "good"),
    "repealed": ("已废止", "bad"),
    "not_in_force": ("尚未施行", "bad"),
    "unknown": ("效力未知", "unsure"),
}
_PAPERS = {
    "reply": "答复",
    "article": "经验文章",
    "statute": "法规",
    "proposal": "提案",
    "material": "附件材料",
}


def show_cards(asks: Sequence[AskCards], ticked: Sequence[str]) -> str:
    """Return a part for each ask. The cards in ``ticked`` stand open; the others are
    folded away below them."""
    return f"<div class='rg-cards'>{''.join(_part(ask, set(ticked)) for ask in asks)}</div>"


def show_found(hits: Sequence[Hit], notes: Sequence[str]) -> str:
    """Return what a search for the clerk's own words found, each with its whole document."""
    if not hits:
        return show_empty("没有找到：换几个词再试，或者先在语料库里加入材料。")
    items = "".join(
        f"<article class='rg-card'><div class='rg-card-head'><span class='rg-title'>"
        f"{escape(hit.passage.document.title)} {escape(hit.passage.title or '')}</span>"
        f"<span class='rg-meta'>{join_facts(hit.passage.region, hit.passage.document.date)}</span>"
        f"{_full(hit.passage)}</div>"
        f"<div class='rg-text rg-one' tabindex='0'>{escape(hit.passage.text)}</div></article>"
        for hit in hits
    )
    told = "".join(f"<p class='rg-hint'>{escape(note)}</p>" for note in notes)
    return f"{items}{told}"


def _part(asked: AskCards, ticked: set[str]) -> str:
    usable = [c for c in asked.cards if c.kind != "refusal"]
    chosen = [c for c in usable if c.id in ticked]
    others = [c for c in usable if c.id not in ticked]
    body = "".join(_card(c, True) for c in chosen)
    if not usable:
        body = show_empty(
            "没有找到可用的依据：草稿里这一项只按提案原意拟写，请核对，或先补充语料库。"
        )
    elif others:
        state = "" if chosen else " open"
        count = f"还有 {len(others)} 条没有选用，点开挑选"
        cards = "".join(_card(c, False) for c in others)
        body += f"<details class='rg-more'{state}><summary>{count}</summary>{cards}</details>"
    if examples := [c for c in asked.cards if c.kind == "refusal"]:
        count = f"同类事项没有采纳或暂缓的答复 {len(examples)} 例，供参考，不写进草稿"
        cards = "".join(_card(c, False) for c in examples)
        body += f"<details class='rg-more'><summary>{count}</summary>{cards}</details>"
    ask = asked.ask
    return (
        f"<section class='rg-ask' data-ask='{ask.order}' aria-label='第 {ask.order} 项建议的依据'>"
        f"<h4><span class='rg-number'>{ask.order}</span>{escape(ask.topic)}"
        f"<span class='rg-count'>已选 {len(chosen)} 条</span></h4>{body}</section>"
    )


def _card(card: Card, chosen: bool) -> str:
    unusable = card.kind == "refusal" or (card.kind == "precedent" and card.wording is None)
    title = escape(_title(card))
    box = (
        f"<span class='rg-title'>{title}</span>"
        if unusable
        else f"<label class='rg-title'><input type='checkbox' data-card='{escape(card.id, True)}'"
        f"{' checked' if chosen else ''}> {title}</label>"
    )
    return (
        f"<article class='rg-card rg-{card.kind}{' rg-chosen' if chosen else ''}'>"
        f"<div class='rg-card-head'><span class='rg-kind'>{_KINDS[card.kind]}</span>{box}"
        f"<span class='rg-meta'>{_meta(card)}</span>{_full(card.passage)}</div>"
        f"{_texts(card)}{_others(card)}</article>"
    )


def _title(card: Card) -> str:
    if card.kind == "statute":
        return f"《{card.passage.document.title.strip('《》')}》{card.passage.title}"
    return card.passage.title or card.passage.context or card.passage.document.title


def _meta(card: Card) -> str:
    document = card.passage.document
    if card.kind == "statute":
        word, mark = _STATUS[card.record.status if card.record else "unknown"]
        since = card.record.begins if card.record else None
        badge = f"<span class='rg-badge rg-{mark}'>{word}</span>"
        return badge + (f"{escape(since)} 起施行" if since else "")
    facts = join_facts(
        card.passage.region or document.region,
        document.issuer,
        document.date,
        _PAPERS.get(document.kind, "材料"),
        _OUTCOMES.get(card.passage.outcome or ""),
        f"办理类别 {card.result_class}" if card.result_class else None,
    )
    many = f"<span class='rg-badge rg-many'>{card.places} 地采用</span>" if card.places > 1 else ""
    return many + facts


def _others(card: Card) -> str:
    """The other places with a near-copy of this measure, each with its paper."""
    items = "".join(
        f"<li>{join_facts(p.region or p.document.region, p.document.issuer, p.document.date)} "
        f"{_full(p)}</li>"
        for p in card.others
    )
    if not items:
        return ""
    return (
        f"<details class='rg-more'><summary>还有哪些地方这样做</summary><ul>{items}</ul></details>"
    )


def _full(passage: Passage) -> str:
    """A button that shows the whole document; attached material is not in the index."""
    if passage.id.startswith("material:"):
        return ""
    name = escape(passage.id, quote=True)
    return f"<button type='button' class='rg-jump' data-full='{name}'>看全文</button>"


def _texts(card: Card) -> str:
    """The original beside its wording in the draft; what was taken out is struck through."""
    text = card.passage.text
    if card.kind in ("statute", "refusal"):
        return f"<div class='rg-text rg-one' tabindex='0'>{escape(text)}</div>"
    original = (
        f"<div class='rg-text' tabindex='0'><small>原文（{escape(card.passage.document.title)}）"
        f"</small>{_strike(text, card.removed)}</div>"
    )
    if card.wording is not None:
        gone = "、".join(card.removed)
        note = f"<small class='rg-removed'>已去掉：{escape(gone)}</small>" if gone else ""
        label = "写进草稿的话" if card.kind == "own" else "改成本单位拟做的写法"
        wording = f"<small>{label}</small>{_mark(card.wording)}{note}"
    elif card.kind == "own":
        wording = "<small>没有能直接引用的句子；其中的承诺会提醒核对</small>"
    else:
        wording = "<small>去掉外地内容后没有可用的话，只供参考</small>"
    return f"<div class='rg-pair'>{original}<div class='rg-text rg-new'>{wording}</div></div>"


def _strike(text: str, removed: Sequence[str]) -> str:
    if not removed:
        return escape(text)
    names = "|".join(re.escape(name) for name in sorted(removed, key=len, reverse=True))
    parts = re.split(f"({names})", text)
    return "".join(f"<del>{escape(p)}</del>" if p in removed else escape(p) for p in parts)


def _mark(text: str) -> str:
    return replace_slots(escape(text), lambda slot: f"<mark>{slot}</mark>")

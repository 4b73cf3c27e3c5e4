"""Show what was found for each ask as cards with tick boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from replygen.drafting.cards import AskCards, Card
from replygen.drafting.evidence import bears
from replygen.drafting.sought import Sought
from replygen.language.slots import replace_slots
from replygen.laws import StatuteRecord
from replygen.models import Passage
from replygen.web.show import join_facts, show_empty

_KINDS = {
    "own": "本单位材料",
    "precedent": "外地先例",
    "policy": "政策文件",
    "statute": "法规条文",
    "refusal": "答复例子",
}
_ROOMS = {
    "own": _KINDS["own"],
    "precedents": _KINDS["precedent"],
    "policies": _KINDS["policy"],
    "statutes": _KINDS["statute"],
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


def show_found(found: Sequence[Sought], notes: Sequence[str]) -> str:
    """Return what a search for the clerk's own words found, each with its whole document and,
    where a letter may use it, with what takes it up for the ask in focus. What is only near
    to the words is said to be so."""
    if not found:
        return show_empty("没有找到：换几个词再试，或者先在语料库里加入材料。")
    sure = [_sought(s) for s in found if bears(s.hit)]
    near = [_sought(s) for s in found if not bears(s.hit)]
    items = "".join(sure)
    if not sure:
        notice = "没有找到正好说这件事的。下面是意思相近的，用不用请自己判断。"
        items = f"{show_empty(notice)}{''.join(near)}"
    elif near:
        count = f"还有 {len(near)} 条只是意思相近"
        items += f"<details class='rg-more'><summary>{count}</summary>{''.join(near)}</details>"
    hints = "".join(f"<p class='rg-hint'>{escape(note)}</p>" for note in notes)
    return f"{items}{hints}"


def _sought(found: Sought) -> str:
    passage, name = found.hit.passage, escape(found.hit.passage.id, quote=True)
    kind = _ROOMS.get(found.room or "", "只供参考")
    use = f"<button type='button' class='rg-jump' data-use='{name}'>用上</button>"
    if found.room is None:
        use = ""
    return (
        f"<article class='rg-card'><div class='rg-card-head'><span class='rg-kind'>{kind}</span>"
        f"<span class='rg-title'>{escape(_name(passage))}</span>"
        f"<span class='rg-meta'>{_sought_meta(found)}</span>{_full(passage)}{use}</div>"
        f"<div class='rg-text rg-one' tabindex='0'>{escape(passage.text)}</div></article>"
    )


def _sought_meta(found: Sought) -> str:
    """The marks of a card; of an article in force that may not be cited, that it may not."""
    passage = found.hit.passage
    if passage.kind != "article":
        return _facts(passage)
    badge = _holds(found.record)
    if found.room is None and found.record is not None and found.record.status == "in_force":
        badge = _badge("不能引用：已被替代，或不适用于本地", "bad")
    return badge


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
    title = escape(_name(card.passage))
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


def _name(passage: Passage) -> str:
    if passage.kind == "article":
        return f"《{passage.document.title.strip('《》')}》{passage.title}"
    return passage.title or passage.context or passage.document.title


def _meta(card: Card) -> str:
    if card.kind == "statute":
        return _holds(card.record)
    facts = _facts(card.passage, f"办理类别 {card.result_class}" if card.result_class else None)
    many = f"<span class='rg-badge rg-many'>{card.places} 地采用</span>" if card.places > 1 else ""
    return many + facts


def _facts(passage: Passage, more: str | None = None) -> str:
    document = passage.document
    return join_facts(
        passage.region or document.region,
        document.issuer,
        document.date,
        _PAPERS.get(document.kind, "材料"),
        _OUTCOMES.get(passage.outcome or ""),
        more,
    )


def _holds(record: StatuteRecord | None) -> str:
    """Whether a statute is in force, and since when."""
    word, mark = _STATUS[record.status if record else "unknown"]
    return _badge(word, mark) + (f"{escape(record.begins)} 起施行" if record else "")


def _badge(word: str, mark: str) -> str:
    return f"<span class='rg-badge rg-{mark}'>{word}</span>"


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

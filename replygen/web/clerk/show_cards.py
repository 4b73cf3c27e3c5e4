"""Show what was found for each ask as cards with tick boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.drafting.cards import AskCards, Card
from replygen.drafting.sharing import CHOSEN, bears
from replygen.drafting.sought import Sought
from replygen.index.relevance import BAR
from replygen.language.slots import find_slots
from replygen.laws import StatuteRecord
from replygen.models import Passage
from replygen.web.show import tell_facts
from replygen.web.templating import render_macro

Pieces = tuple[tuple[str, bool], ...]
_TEMPLATE = "clerk/cards.html"
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
_FIRST = 90  # characters: two lines of the column at 1366
_BAR = 0.5  # where the judge has set none for a kind
_OUTCOMES = {"declined": "未采纳", "deferred": "暂缓"}
_STATUS = {
    "in_force": ("现行有效", "good"),
    "repealed": ("已废止", "bad"),
    "not_in_force": ("尚未施行", "bad"),
    "unknown": ("效力未知", "unsure"),
}
_PAPERS = {
    "reply": "答复",
    "article": "文章、总结",
    "statute": "法规",
    "proposal": "提案",
    "material": "附件材料",
}


@dataclass(frozen=True, slots=True)
class _Meta:
    """The marks of a card: a word in a box, and what is known of the paper."""

    words: str
    badge: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    """The original beside its wording in the draft: what was taken out of it, and what is open
    in the wording, are pieces of their own (``True``)."""

    source: str
    original: Pieces
    label: str
    wording: Pieces = ()
    removed: str = ""


@dataclass(frozen=True, slots=True)
class _Card:
    """A card as it is shown: with a ``pair`` of texts, or with one; ``others`` are the other
    places with a near-copy of this measure, each with its passage; ``relevance`` in words
    (``sure`` from where a draft uses it), ``first`` the words that stand for the folded card."""

    id: str
    kind: str
    word: str
    title: str
    usable: bool
    chosen: bool
    passage: str
    meta: _Meta
    text: str
    pair: _Pair | None
    others: tuple[tuple[str, str], ...]
    relevance: str
    sure: bool
    first: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The cards of one ask."""

    order: int
    topic: str
    chosen: list[_Card]
    others: list[_Card]
    examples: list[_Card]


@dataclass(frozen=True, slots=True)
class _Hit:
    """What a search found; ``usable`` where a letter may take it."""

    word: str
    title: str
    meta: _Meta
    passage: str
    usable: bool
    text: str


def show_cards(asks: Sequence[AskCards], ticked: Sequence[str]) -> str:
    """Return a part for each ask. The cards in ``ticked`` stand open; the others are
    folded away below them."""
    parts = [_part(ask, set(ticked)) for ask in asks]
    return render_macro("cards", parts, within=_TEMPLATE)


def show_found(found: Sequence[Sought], notes: Sequence[str]) -> str:
    """Return what a search for the clerk's own words found, each with its whole document and,
    where a letter may use it, with what takes it up for the ask in focus. What is only near
    to the words is said to be so."""
    sure = [_sought(s) for s in found if bears(s.hit)]
    near = [_sought(s) for s in found if not bears(s.hit)]
    return render_macro("found", sure, near, notes, within=_TEMPLATE)


def _part(asked: AskCards, ticked: set[str]) -> _Part:
    usable = [c for c in asked.cards if c.kind != "refusal"]
    return _Part(
        order=asked.ask.order,
        topic=asked.ask.topic,
        chosen=[_card(c, True) for c in usable if c.id in ticked],
        others=[_card(c, False) for c in usable if c.id not in ticked],
        examples=[_card(c, False) for c in asked.cards if c.kind == "refusal"],
    )


def _card(card: Card, chosen: bool) -> _Card:
    unusable = card.kind == "refusal" or (card.kind == "precedent" and card.wording is None)
    return _Card(
        id=card.id,
        kind=card.kind,
        word=_KINDS[card.kind],
        title=_name(card.passage),
        usable=not unusable,
        chosen=chosen,
        passage=card.passage.id,
        meta=_meta(card),
        text=card.passage.text,
        pair=None if card.kind in ("statute", "refusal") else _pair(card),
        others=tuple((_tell_place(p), p.id) for p in card.others),
        relevance=_tell_relevance(card),
        sure=_bar(card) <= (card.relevance or 0.0) < CHOSEN,
        first=_begin(card.wording or card.passage.text, _name(card.passage)),
    )


def _tell_relevance(card: Card) -> str:
    """How surely a card bears on its ask, "" where nobody judged that."""
    if card.relevance is None or card.kind == "refusal":
        return ""
    if card.relevance == CHOSEN:
        return "自己选的"
    if card.relevance < _bar(card):
        return "可能相关"
    return "很相关" if card.relevance >= (1.0 + _bar(card)) / 2 else "相关"


def _bar(card: Card) -> float:
    """From where a draft uses what bears on an ask."""
    return BAR.get(card.passage.kind, _BAR)


def _begin(text: str, title: str) -> str:
    """The first words of a text behind its title, which stands above it."""
    rest = text.strip().removeprefix(title).lstrip(" 。，：；\n")
    return " ".join((rest or text).split())[:_FIRST]


def _pair(card: Card) -> _Pair:
    source, original = card.passage.document.title, _strike(card.passage.text, card.removed)
    if card.wording is not None:
        label = "写进草稿的话" if card.kind == "own" else "改成本单位拟做的写法"
        return _Pair(source, original, label, _cut_slots(card.wording), "、".join(card.removed))
    if card.kind == "own":
        return _Pair(source, original, "没有能直接引用的句子；其中的承诺会提醒核对")
    return _Pair(source, original, "去掉外地内容后没有可用的话，只供参考")


def _strike(text: str, removed: Sequence[str]) -> Pieces:
    """The text in pieces, those that were taken out ``True``."""
    if not removed:
        return ((text, False),)
    names = "|".join(re.escape(name) for name in sorted(removed, key=len, reverse=True))
    return tuple((piece, piece in removed) for piece in re.split(f"({names})", text))


def _cut_slots(text: str) -> Pieces:
    """The text in pieces, its open places ``True``."""
    pieces, at = list[tuple[str, bool]](), 0
    for slot in find_slots(text):
        pieces += ((text[at : slot.start], False), (slot.text, True))
        at = slot.end
    return (*pieces, (text[at:], False))


def _sought(found: Sought) -> _Hit:
    passage = found.hit.passage
    return _Hit(
        word=_ROOMS.get(found.room or "", "只供参考"),
        title=_name(passage),
        meta=_sought_meta(found),
        passage=passage.id,
        usable=found.room is not None,
        text=passage.text,
    )


def _sought_meta(found: Sought) -> _Meta:
    """The marks of a card; of an article in force that may not be cited, that it may not."""
    passage = found.hit.passage
    if passage.kind != "article":
        return _Meta(_facts(passage))
    if found.room is None and found.record is not None and found.record.status == "in_force":
        return _Meta("", "不能引用：已被替代，或不适用于本地", "bad")
    return _holds(found.record)


def _name(passage: Passage) -> str:
    if passage.kind == "article":
        return f"《{passage.document.title.strip('《》')}》{passage.title}"
    return passage.title or passage.context or passage.document.title


def _meta(card: Card) -> _Meta:
    if card.kind == "statute":
        return _holds(card.record)
    facts = _facts(card.passage, f"办理类别 {card.result_class}" if card.result_class else None)
    return _Meta(facts, f"{card.places} 地采用" if card.places > 1 else "", "many")


def _facts(passage: Passage, more: str | None = None) -> str:
    kind = _PAPERS.get(passage.document.kind, "材料")
    return _tell_place(passage, kind, _OUTCOMES.get(passage.outcome or ""), more)


def _tell_place(passage: Passage, *more: str | None) -> str:
    document = passage.document
    region, issuer = passage.region or document.region, document.issuer
    if region and issuer and issuer.startswith(region):
        region = None  # 云川市 · 云川市市场监督管理局
    return tell_facts(region, issuer, document.date, *more)


def _holds(record: StatuteRecord | None) -> _Meta:
    """Whether a statute is in force, and since when."""
    word, mark = _STATUS[record.status if record else "unknown"]
    return _Meta(f"{record.begins} 起施行" if record else "", word, mark)

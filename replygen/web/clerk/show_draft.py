"""Show a draft as paper: each sentence leads to its source, each open place is a field."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from replygen.drafting.edits import rewrite_sentences
from replygen.drafting.fill import name_confirmation
from replygen.drafting.moving import arrange_sentences, end_with, is_order, places_of
from replygen.models import Draft, Reference, Sentence
from replygen.service.results import DraftResult
from replygen.web.clerk.show_edits import (
    STANCES,
    Edits,
    StanceMenu,
    find_added,
    find_edits_of,
    make_menu,
    number_asks,
)
from replygen.web.clerk.show_findings import count_left
from replygen.web.clerk.show_places import Place, Typed, cut_places
from replygen.web.clerk.show_wording import Switch, make_switch
from replygen.web.show import tell_facts
from replygen.web.templating import render
from replygen.workspace import Lost, find_way_back, tell_left

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
class _Paper:
    """A source as it is told beside a sentence."""

    title: str
    facts: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a sentence comes from, hidden until it is asked for."""

    name: str
    origin: str
    word: str
    papers: tuple[_Paper, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it is shown: its words and open places; ``stop`` is its place in the order
    of Tab, ``edits`` stands where it can be written anew, ``source`` names its source."""

    place: str
    origin: str
    pieces: tuple[str | Place, ...]
    stop: int
    edits: Edits | None
    added: str
    source: str


@dataclass(frozen=True, slots=True)
class _Confirm:
    """The box that confirms the commitments of an ask."""

    ask: int
    checked: bool


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it is shown, with what is asked of its ask behind it."""

    style: str
    ask: int | None
    sentences: tuple[_Sentence, ...]
    stance: StanceMenu | None
    switch: Switch | None
    confirm: _Confirm | None


def show_draft(draft: Draft, typed: Typed | None = None) -> str:
    """Return the draft as paper with a hidden source for every sentence that has one."""
    typed = typed or Typed()
    letter = _Letter(draft, typed)
    paragraphs = [letter.show_paragraph(number) for number in range(len(letter.edited.blocks))]
    orders = {name: value for name, value in typed.values.items() if is_order(name)}
    return render(
        "clerk/draft.html",
        legend=_LEGEND,
        stances=STANCES,
        paragraphs=paragraphs,
        sources=letter.sources,
        orders=json.dumps(orders),  # what was moved, for the script to send with all else
    )


class _Letter:
    """A draft as composed and as edited, and the ``sources`` of what was shown of it."""

    def __init__(self, composed: Draft, typed: Typed) -> None:
        self.composed, self.edited = composed, rewrite_sentences(composed, typed.values)
        self.sources: list[_Source] = []
        self._typed = replace(typed, advice=composed.advice)
        self._order = arrange_sentences(composed, typed.values)
        self._references = {reference.id: reference for reference in self.edited.references}
        self._asks, self._promises = number_asks(composed), _find_promises(self.edited)
        first = {ask: number for number, ask in reversed(self._asks.items())}
        self._stances = {first[s.order]: s for s in self.edited.stances if s.order in first}

    def show_paragraph(self, number: int) -> _Paragraph:
        """Return one paragraph, its sentences in the order that they were moved into."""
        block, stance = self.edited.blocks[number], self._stances.get(number)
        order = self._order.get(number) or places_of(number, block)
        return _Paragraph(
            block.style,
            self._asks.get(number),
            # Tab leads from paragraph to paragraph, the arrows from there to a sentence
            tuple(
                self._show_sentence(place, mark, block.style, first=n == 0)
                for n, (place, mark) in enumerate(order)
            ),
            None if stance is None else make_menu(stance, self._typed.values),
            None if stance is None else make_switch(stance.order, self._typed.wordings),
            self._confirm(self._promises.get(number)),
        )

    def _show_sentence(
        self, at: tuple[int, int], mark: str, style: str, *, first: bool
    ) -> _Sentence:
        block, n = at
        values, can_edit = self._typed.values, style in _EDITED
        sentence = end_with(self.edited.blocks[block].sentences[n], mark)
        words = self.composed.blocks[block].sentences[n].text
        marked = style == "class_mark" and bool(self._typed.marks)
        return _Sentence(
            f"{block}.{n}",
            sentence.origin,
            cut_places(sentence, at, self._typed, marked=marked),
            0 if first and can_edit else -1,
            find_edits_of(block, n, words, values) if can_edit else None,
            find_added(block, n, values),
            self._keep_source(sentence),
        )

    def _keep_source(self, sentence: Sentence) -> str:
        """Keep the source of a sentence and return its name; "" where there is none."""
        if not sentence.sources:
            return ""
        name, known = f"rg-src-{len(self.sources)}", self._references
        papers = tuple(_tell_paper(known[s]) for s in dict.fromkeys(sentence.sources) if s in known)
        self.sources.append(_Source(name, sentence.origin, _ORIGIN[sentence.origin], papers))
        return name

    def _confirm(self, ask: int | None) -> _Confirm | None:
        if ask is None:
            return None
        return _Confirm(ask, bool(self._typed.values.get(name_confirmation(ask))))


def _tell_paper(found: Reference) -> _Paper:
    return _Paper(found.title, tell_facts(found.region, found.issuer, found.date), found.quote)


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


@dataclass(frozen=True, slots=True)
class _Lost:
    """What was written and has no place, and the sentence ("8.2") behind which it goes back; ""
    where nothing is left of what it stood beside."""

    text: str
    at: str
    filled: bool


def show_draft_summary(result: DraftResult, draft: Draft, lost: Sequence[Lost] = ()) -> str:
    """Return what is left to do with a letter, and what was written (``lost``) that it, composed
    as ``draft``, has no place for: each is put back where it stood, or let go."""
    _, blocks = count_left(result.report.findings)
    ways = [_show_lost(draft, one) for one in lost]
    return render(
        "clerk/summary.html",
        slots=len(result.draft.slots),
        blocks=blocks,
        lost=ways,
        all_known=all(way.at for way in ways),
    )


def _show_lost(draft: Draft, lost: Lost) -> _Lost:
    at = find_way_back(draft, lost)
    return _Lost(lost.text, "" if at is None else f"{at[0]}.{at[1]}", lost.filled)


def say_missing(result: DraftResult, lost: Sequence[Lost] = ()) -> str:
    """Return what still stands between the draft and a final copy, what lost its place among it;
    "" when nothing."""
    return tell_left(*count_left(result.report.findings), len(lost))


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

"""Show what a clerk can do to a letter: to a sentence, and how an ask is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from replygen.drafting.edits import name_added, name_text
from replygen.models import AskStance, Draft, StanceKind
from replygen.service.vouching import Vouch

Values = Mapping[str, str | None]
_STANCES: dict[StanceKind, str] = {
    "done": "已经做了",
    "adopt": "采纳",
    "partly": "部分采纳",
    "study": "研究",
    "refer": "转有关单位",
    "decline": "暂不采纳",
}


def name_sentence(block: int, sentence: int, text: str, values: Values) -> str:
    """Return the attributes by which the script knows a sentence: its place, its words, and
    what the clerk made of it."""
    name, added = name_text(block, sentence), name_added(block, sentence)
    marks = f"data-sentence='{block}.{sentence}' data-words='{escape(text, quote=True)}'"
    if name in values:
        value = values[name]
        marks += " data-gone" if value is None else f" data-edited='{escape(value, quote=True)}'"
    if values.get(added):
        marks += f" data-added='{escape(values[added] or '', quote=True)}'"
    return marks


def show_added(block: int, sentence: int, values: Values) -> str:
    """Return what was added behind a sentence."""
    text = values.get(name_added(block, sentence))
    if not text:
        return ""
    place = f"{block}.{sentence}"
    return f"<span class='rg-typed' data-addition='{place}' tabindex='0'>{escape(text)}</span>"


def number_asks(draft: Draft) -> dict[int, int]:
    """Return the ask that each paragraph is about, by the paragraph's number."""
    found, number = dict[int, int](), len(draft.header)
    for section in draft.sections:
        size = len(section.blocks) + (section.heading is not None)
        for at in range(number, number + size):
            asks = [s.ask for s in draft.blocks[at].sentences if s.ask is not None]
            ask = asks[0] if asks else section.ask
            if ask is not None:
                found[at] = ask
        number += size
    return found


def show_stance(stance: AskStance, values: Values) -> str:
    """Return the menu of how an ask is answered, and why so."""
    chosen = values.get(f"stance.{stance.order}") or ""
    said = [part for d in stance.demands for part in d.reason.split("；") if part]
    reasons = "；".join(dict.fromkeys(said))
    options = "".join(
        f"<option value='{kind}'{' selected' if kind == (chosen or stance.kind) else ''}>{word}"
        "</option>"
        for kind, word in _STANCES.items()
    )
    given = f" data-given='{chosen}'" if chosen else ""
    return (
        f"<span class='rg-stance'><select data-stance='{stance.order}' data-was='{stance.kind}'"
        f"{given} aria-label='第 {stance.order} 项怎么答复' title='{escape(reasons, quote=True)}'>"
        f"{options}</select><small>{escape(reasons)}</small></span>"
    )


def show_lost(texts: Sequence[str]) -> str:
    """Return what was typed and has no place in the letter any more, each with what puts it back
    into the ask that the clerk is at."""
    if not texts:
        return ""
    items = "".join(
        f"<li>“{escape(text)}” <button type='button' class='rg-jump' "
        f"data-put-back='{escape(text, quote=True)}' title='放到正在看的那一项里'>放回"
        "</button></li>"
        for text in texts
    )
    explained = "重新生成以后，这些填过的内容没有了位置：先点一下它答复的那一项，再点“放回”"
    return f"<div class='rg-lost' role='status'><p>{explained}</p><ul>{items}</ul></div>"


def show_vouch(vouch: Vouch) -> str:
    """Return the button 属实 of a finding on what the clerk typed, or 收回."""
    words = escape(vouch.finding.where.text if vouch.finding.where else "", quote=True)
    if vouch.entry is None:
        explained, word = f"声明“{words}”属实：记下您的名字和时间，可以收回", "属实"
    else:
        explained, word = f"收回对“{words}”的声明", "收回属实"
    return (
        f" <button type='button' class='rg-jump' data-vouch='{vouch.key}' title='{explained}' "
        f"aria-label='{explained}'>{word}</button>"
    )

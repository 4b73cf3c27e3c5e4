"""Show whose sentences answer an ask, ours or a model's, each beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from replygen.models import Draft, Wording
from replygen.writing import REASONS, find_standing

Standing = Mapping[tuple[int, int], Literal["ours", "model"]]


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a model said for a draft, and whose sentence stands at each place."""

    said: Sequence[Wording] = ()
    standing: Standing = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft, said: Sequence[Wording]) -> Wordings:
        """Return what still fits the draft."""
        standing = find_standing(draft, said)
        fits = (w for w in said if w.theirs is None or w.place in standing)
        return cls(tuple(fits), standing)


def show_switch(ask: int, wordings: Wordings | None) -> str:
    """Return the switch 规则稿 / 模型稿 of an ask, with the model's sentences to be taken one
    by one and those refused with the reason; "" where no model is set."""
    if wordings is None:
        return ""
    said = [w for w in wordings.said if w.ask == ask]
    mine = [w for w in said if w.theirs is not None]
    taken = sum(1 for w in mine if wordings.standing.get(w.place) == "model")
    buttons = "".join(
        f"<button type='button' class='rg-jump' data-word='{ask}' data-how='{how}' "
        f"aria-pressed='{'true' if pressed else 'false'}'>{name}</button>"
        for how, name, pressed in (("ours", "规则稿", not taken), ("model", "模型稿", bool(taken)))
    )
    return (
        f"<span class='rg-wordings' data-wording='{ask}'><span role='group' "
        f"aria-label='第 {ask} 项用哪一稿'>{buttons}</span>"
        f"{_show_said(ask, said, mine, wordings)}</span>"
    )


def show_working(ask: int, seconds: int) -> str:
    """Return the line that says that the model is at work, with what stops it."""
    return (
        f"<p class='rg-wording-on'><span role='status'>正在请模型写第 {ask} 项</span>"
        f"<span aria-hidden='true'>，已等 {seconds} 秒</span> "
        "<button type='button' class='rg-jump' data-word-stop>取消</button></p>"
    )


def show_failed(why: str) -> str:
    """Return why the model's text did not come."""
    return f"<p class='rg-wording-on' role='alert'>{escape(why)}</p>"


def show_leaving(ask: int, host: str) -> str:
    """Return what leaves the house with a call, to be agreed to before the first."""
    return (
        f"<p class='rg-wording-on' role='alert'>模型不在本单位：点“发送”，第 {ask} 项的建议和要求、"
        f"用到的本单位材料、法条和规则稿会发到 <b>{escape(host)}</b>；"
        "别处的材料只发去掉地名、数字的写法。"
        f"<button type='button' class='rg-jump' data-word='{ask}' data-how='model' data-agreed>发送"
        "</button> <button type='button' class='rg-jump' data-word-stop>不发</button></p>"
    )


def _show_said(
    ask: int, said: Sequence[Wording], mine: Sequence[Wording], wordings: Wordings
) -> str:
    if not said:
        return ""
    refused = [w for w in said if w.theirs is None]
    counts = f"和规则稿不同的可用 {len(mine)} 句，没有通过核对 {len(refused)} 句"
    rows = [_show_mine(w, wordings.standing.get(w.place) == "model") for w in mine]
    rows += [_show_refused(w) for w in refused]
    return (
        f"<small>{counts}</small> <button type='button' class='rg-jump' data-word='{ask}' "
        f"data-how='again'>再写一次</button>{''.join(rows)}"
    )


def _show_mine(wording: Wording, taken: bool) -> str:
    ours = escape(wording.ours.text) if wording.ours is not None else ""
    return (
        f"<span class='rg-said'><label><input type='checkbox' data-take='{wording.ask}' "
        f"data-place='{wording.block}.{wording.sentence}'{' checked' if taken else ''}> "
        f"模型：{escape(wording.said)}</label><small>规则稿：{ours}</small></span>"
    )


def _show_refused(wording: Wording) -> str:
    ours = escape(wording.ours.text) if wording.ours is not None else "（无）"
    return (
        f"<span class='rg-said rg-refused'>没有采用：<s>{escape(wording.said)}</s>"
        f"<small>{escape(REASONS[wording.reason])}。保留：{ours}</small></span>"
    )

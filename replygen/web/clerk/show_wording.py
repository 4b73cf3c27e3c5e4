"""Show whose sentences answer an ask, ours or a model's, each beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from replygen.models import Draft, Wording
from replygen.web.templating import render_macro
from replygen.writing import REASONS, find_standing

Standing = Mapping[tuple[int, int], Literal["ours", "model"]]
_TEMPLATE = "clerk/wording.html"


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


@dataclass(frozen=True, slots=True)
class _Said:
    """What a model said for one sentence of ours, ``taken`` or not, or refused for a
    ``reason``."""

    place: str
    said: str
    ours: str
    taken: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """The switch 规则稿 / 模型稿 of an ask, with the model's sentences to be taken one by one
    and those refused with the reason."""

    ask: int
    mine: tuple[_Said, ...]
    refused: tuple[_Said, ...]

    @property
    def taken(self) -> bool:
        """True when one of the model's sentences stands in the letter."""
        return any(one.taken for one in self.mine)


def make_switch(ask: int, wordings: Wordings | None) -> Switch | None:
    """Return the switch of an ask (the macro ``switch``); ``None`` where no model is set."""
    if wordings is None:
        return None
    said = [w for w in wordings.said if w.ask == ask]
    return Switch(
        ask,
        tuple(_make_said(w, wordings.standing) for w in said if w.theirs is not None),
        tuple(_make_said(w, wordings.standing) for w in said if w.theirs is None),
    )


def show_working(ask: int, seconds: int) -> str:
    """Return the line that says that the model is at work, with what stops it."""
    return render_macro("working", ask, seconds, within=_TEMPLATE)


def show_failed(why: str) -> str:
    """Return why the model's text did not come."""
    return render_macro("failed", why, within=_TEMPLATE)


def show_leaving(ask: int, host: str) -> str:
    """Return what leaves the house with a call, to be agreed to before the first."""
    return render_macro("leaving", ask, host, within=_TEMPLATE)


def _make_said(wording: Wording, standing: Standing) -> _Said:
    return _Said(
        place=f"{wording.block}.{wording.sentence}",
        said=wording.said,
        ours=wording.ours.text if wording.ours is not None else "",
        taken=standing.get(wording.place) == "model",
        reason=REASONS[wording.reason] if wording.theirs is None else "",
    )

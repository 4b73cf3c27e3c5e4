"""What a clerk can do to a letter: to a sentence, and how an ask is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replygen.drafting.edits import name_added, name_stance, name_text
from replygen.models import AskStance, Draft, StanceKind

Values = Mapping[str, str | None]
STANCES: dict[StanceKind, str] = {
    "done": "已经做了",
    "adopt": "采纳",
    "partly": "部分采纳",
    "study": "研究",
    "refer": "转有关单位",
    "decline": "暂不采纳",
}


@dataclass(frozen=True, slots=True)
class Edits:
    """By what the script knows a sentence that can be written anew: its ``words``, and what the
    clerk made of it (``edited``; ``None``: nothing), or that it is ``gone``."""

    words: str
    gone: bool
    edited: str | None


@dataclass(frozen=True, slots=True)
class StanceMenu:
    """How an ask is answered: as it ``was`` found, what was ``given`` instead, and why so."""

    ask: int
    was: StanceKind
    given: str
    reasons: str


def find_edits_of(block: int, sentence: int, words: str, values: Values) -> Edits:
    """Return what was made of a sentence that reads ``words`` as composed."""
    name = name_text(block, sentence)
    edited = values.get(name)
    return Edits(words, name in values and edited is None, edited)


def find_added(block: int, sentence: int, values: Values) -> str:
    """Return what was added behind a sentence."""
    return values.get(name_added(block, sentence)) or ""


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


def make_menu(stance: AskStance, values: Values) -> StanceMenu:
    """Return the menu of how an ask is answered."""
    said = [part for d in stance.demands for part in d.reason.split("；") if part]
    given = values.get(name_stance(stance.order)) or ""
    return StanceMenu(stance.order, stance.kind, given, "；".join(dict.fromkeys(said)))

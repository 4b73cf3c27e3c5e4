"""Open slots: what is left in a text for somebody to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# 【请补充：…】, 【时间】
_BRACKET = re.compile(r"【([^【】\n]{0,200})】")
# 【2025年】 and 云市监【2026】5号 are dates in the wrong bracket, 【同意公开】 and 【A类】 marks
_NO_SLOT = re.compile(
    r"\s*(?:(?:19|20)\d\d年?(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|不?同意公开|主动公开|依申请公开|不予公开|[A-D甲乙丙]类?)\s*"
)
_TYPED = tuple(
    re.compile(pattern)
    for pattern in (
        # XX局, xx年, XXX
        r"(?<![A-Za-z0-9])[XxＸｘ]{2,}(?![A-Za-z0-9])",
        # ××局, ×××, ＊＊＊, 某某局; one × in 3×5 is a sign
        r"[×╳✕＊]{2,}|(?<![\d*])\*{3,}(?![*\d])|某某+",
        # X年X月X日, ×年×月
        r"[XＸ×]\s*年\s*[XＸ×]\s*月(?:\s*[XＸ×]\s*日)?",
        # ____, ＿＿＿, （　　）, （ ）
        r"[_＿]{2,}|（[ 　]+）|\([ 　]+\)",
        # 待补充, 此处填写, TODO, TBD
        r"待补充|待填写|待核实|此处填写|（略）|TODO|TBD|\?{3,}|？{3,}",
        # [请填写], ｛单位名称｝, {{name}}
        r"\[(?:请|填|待)[^\]\n]{0,30}\]|\{\{?[^{}\n]{0,30}\}?\}",
    )
)


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """An open place: ``text[start:end]`` is ``text``, its brackets among it."""

    start: int
    end: int
    text: str


def find_slots(text: str) -> tuple[OpenSlot, ...]:
    """Return the slots in brackets (【…】), which only we make, in order."""
    return tuple(
        OpenSlot(*match.span(), match.group())
        for match in _BRACKET.finditer(text)
        if not _NO_SLOT.fullmatch(match.group(1))
    )


def find_open_places(text: str) -> tuple[OpenSlot, ...]:
    """Return every open place in order: slots in brackets and what people type instead (XX,
    ×××, ____, 待补充)."""
    found = list(find_slots(text))
    for pattern in _TYPED:
        for match in pattern.finditer(text):
            if not any(match.start() < slot.end and slot.start < match.end() for slot in found):
                found.append(OpenSlot(*match.span(), match.group()))
    return tuple(sorted(found, key=lambda slot: slot.start))


def has_open_place(text: str) -> bool:
    """Return whether a text has an open place of any kind."""
    return bool(find_open_places(text))


def replace_slots(text: str, write: Callable[[str], str]) -> str:
    """Return ``text`` with what ``write`` makes of every slot in brackets."""
    pieces, at = [], 0
    for slot in find_slots(text):
        pieces += [text[at : slot.start], write(slot.text)]
        at = slot.end
    return "".join((*pieces, text[at:]))


def drop_slots(text: str) -> str:
    """Return ``text`` without its slots in brackets."""
    return replace_slots(text, lambda slot: "")

"""Items of a list that argue for the proposal and ask for nothing: “…的由来”, “…的必要性”."""

from __future__ import annotations

import re
from dataclasses import replace

from replygen.models import Ask
from replygen.parsing.openings import opening

# 云川精神的由来, 我市率先提出…的重要性和必要性: what an item of history or meaning is headed with
_HEADED = re.compile(
    r"[^，。；：\n]{2,28}的[^的，。；：\n]{0,6}?"
    r"(?:由来|来历|渊源|历史|沿革|特征|特点|内涵|含义|意义|重要性|必要性|紧迫性|可行性|背景|定义|概念|优势|现状"
    r"|成因|原因|形势|成效)(?![的和与及、，])"
)
_OURS = re.compile("^(?:由?我[国省市县区]|“)“?")  # who does it, no verb of what shall be done
_WISH = re.compile("建议|应当|应该|恳请|希望|呼吁|必须|亟需")


def drop_arguments(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Return the asks without items that only argue, numbered anew; all of them where none
    asks for anything."""
    headed = [_argues(ask) for ask in asks]
    if not any(headed):
        return asks
    # beside such items, one that wants nothing argues too
    kept = [
        ask
        for ask, argues in zip(asks, headed, strict=True)
        if not argues and (ask.demands or _WISH.search(ask.text))
    ]
    return tuple(replace(ask, order=n) for n, ask in enumerate(kept, start=1)) or asks


def _argues(ask: Ask) -> bool:
    bare = _OURS.sub("", ask.text)
    headed = _HEADED.match(bare) and (bare != ask.text or opening(bare) == "other")
    return bool(headed) and not _WISH.search(ask.text)

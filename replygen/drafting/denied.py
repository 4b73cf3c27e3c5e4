"""Denied: what a proposal does not want done, so that it never becomes what we do.

千万不能花费投资，对稳定的河道进行整治: the second clause is under the 不能 of the first.
"""

from __future__ import annotations

import re

from replygen.drafting.clauses import split_spans
from replygen.models import Ask

# 不能不, 不得不 want it; 不能只, 不仅 go on with what is wanted
_DENIES = re.compile(
    r"^[^，]{0,10}?(?:千万|绝对?|决|切|万万|坚决)?(?:不(?:能|得|要|应当?|可|宜|该|准|许|允许)(?![不只仅单])|切勿|切忌|严禁)"
)
# 不能…，应选用…; 而是…, 但…, 要…: the next thing that is wanted
_WANTS = re.compile(
    r"^(?:而是?|但是?|并?应当?|要(?!求)|必须|需要?|可以?|建议|同时"
    r"|[^，]{2,12}(?:应当?(?![急用对])|要(?![求素点件])|必须|需要(?![的求])))"
)
_MARKS = re.compile("[，；。：]")
_SENTENCE = re.compile("[。；;！？!?\n]")


def is_denied(ask: Ask, start: int) -> bool:
    """Return whether what begins at ``start`` of an ask is under a 不能 of the clauses before it
    in its sentence."""
    return ends_denied(_SENTENCE.split(ask.text[:start])[-1].rstrip("，"))


def ends_denied(said: str, denied: bool = False) -> bool:
    """Return whether what follows the clauses of ``said`` is denied; ``denied`` says whether what
    stands before them does it."""
    for begin, end in split_spans(said, "，；：。"):
        clause = said[begin:end].strip()
        if _DENIES.match(clause):
            denied = True
        elif _WANTS.match(clause):
            denied = False
    return denied


def split_wanted(text: str) -> list[str]:
    """Return the clauses of a demand but for those under a 不要 of the one before:
    不要以会议布置会议，|以检查布置检查."""
    wanted, denied = [], False
    for clause in _MARKS.split(text):
        if not denied or is_wanted(clause):
            wanted.append(clause)
        denied = ends_denied(clause, denied)
    return wanted


def is_wanted(clause: str) -> bool:
    """Return whether a clause says of itself that it is wanted: 应选用…, 而要…"""
    return _WANTS.match(clause) is not None

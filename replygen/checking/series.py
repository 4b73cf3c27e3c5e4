"""The 发文字号 of a unit's own papers: 云川市监 in 云川市监建复〔2026〕9号, whatever the series."""

from __future__ import annotations

import re

from replygen.settings import Profile

# 提案, 建议, 函, 复, 办, 字, 发 …: which series of its papers a unit numbers
_SERIES = re.compile(r"[提建案议复函答办发字政纪呈请报通规督人代协]{0,4}")
_HEAD = re.compile(r"[（(《]?([\u4e00-\u9fff]{2,12})[〔\[（(【]?\s*(?:19|20)\d\d")
_ENDS = "省州盟市区县旗局委办厅会"  # what a name says beside who it is


def is_own_series(number: str, profile: Profile) -> bool:
    """True for a number of the unit's own: its letters before the series are those that its own
    numbers (``doc_prefix``) begin with, or stand in its name in order, of its place as well as
    of what it does."""
    number = re.sub(r"\s", "", number)
    if profile.doc_prefix and number.startswith(profile.doc_prefix):
        return True
    head = _HEAD.match(number)
    if head is None:
        return False
    letters = head.group(1)
    who = _take_letters(letters, profile)
    return bool(who) and _SERIES.fullmatch(letters[len(who) :]) is not None


def _take_letters(letters: str, profile: Profile) -> str:
    """The letters of a number that stand in the unit's name in this order, "" where they are not
    both of its place and of itself."""
    name, region = profile.name, profile.region
    at, taken = 0, ""
    own = name.removeprefix(region)
    for letter in letters:
        found = name.find(letter, at)
        if found < 0:
            break
        at, taken = found + 1, taken + letter
    named = [c for c in taken if c not in _ENDS]
    local = bool(region) and name.startswith(region) and taken[:1] == region[:1]
    return taken if local and any(c in own for c in named) else ""

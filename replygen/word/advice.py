"""What a finding advises, in the words of where it is read.

Checking says what is wrong and what to do with the text (``Finding.suggestion``). What can be
pressed or deleted differs: the clerk ticks 可以承诺, the reviewer writes a ground, in Word a
comment is deleted. These words stand here, for the page, Word comments and reports alike; a
command of the terminal, which stands in brackets, is for none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from replygen.models import Finding

ReadAt = Literal["desk", "review", "comment", "report"]
_GROUND = "属实的，点“可以不改…”，写明出自本单位哪份材料"
_VOUCH = "属实的，点“属实”（自己填的才有），或者把出处加入本单位材料"
_WORDS: Mapping[str, Mapping[ReadAt, str]] = {
    "promise.unconfirmed": {
        "desk": "能承诺的，在这一项后面勾选“可以承诺”；不能承诺的，改写或者删去这句",
        "review": "有人同意的，点“同意这项承诺…”，写明谁同意；没有人同意的，退回改写或者删去",
        "comment": "能承诺的，删去“请确认能否承诺”的批注；不能承诺的，改写或者删去这句",
    },
    "leak.number": {
        "desk": f"换成本单位的数字，或删去；{_VOUCH}",
        "review": f"换成本单位的数字，或删去；{_GROUND}",
    },
    "leak.date": {
        "desk": f"换成本单位的时间，或删去；{_VOUCH}",
        "review": f"换成本单位的时间，或删去；{_GROUND}",
    },
}
# 把这部法规的全文加到语料库（replygen index add）后可以核对条文 · （起草时加 --confirm 1）
_COMMAND = re.compile(r"（[^（）]*(?:\breplygen\s|(?<!\S)--[a-z])[^（）]*）")


# 没有查到“国家……”的出处, around words that have their own marks: ““国家……””
_DOUBLED = re.compile("“(“[^“”]*”)”")


def advise(finding: Finding, at: ReadAt) -> Finding:
    """Return the finding with what to do as its reader ``at`` a place can do it; one without
    advice stays without."""
    advice, message = finding.suggestion, tell_plainly(finding.message)
    if advice is not None:
        advice = tell_plainly(_WORDS.get(finding.rule, {}).get(at, advice))
    return replace(finding, message=message, suggestion=advice)


def tell_plainly(text: str) -> str:
    """Return what is told without commands in brackets and marks around marks."""
    return _DOUBLED.sub(r"\1", _COMMAND.sub("", text))

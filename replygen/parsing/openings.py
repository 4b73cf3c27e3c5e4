"""What a clause opens with: the verbs of doing, the adverbs and prepositions before them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from replygen.parsing.wording import cue_list


@cache
def _verb_pattern() -> re.Pattern[str]:
    words = sorted(verbs(), key=len, reverse=True)
    return re.compile("|".join(words))


@lru_cache(maxsize=4096)
def first_verb(bare: str) -> str:
    """Return the verb that a clause opens with behind its adverbs, or ""."""
    match = _adverbs().match(bare)
    found = _verb_pattern().match(bare, match.end() if match else 0)
    return found.group() if found else ""


@cache
def verbs() -> tuple[str, ...]:
    """Return the verbs that a demand may open with."""
    words = " ".join(cue_list("demands", "verbs")).split()
    return tuple(words)


@cache
def _adverbs() -> re.Pattern[str]:
    words = sorted(" ".join(cue_list("demands", "adverbs")).split(), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(words)})地?)*")


@lru_cache(maxsize=4096)
def opening(bare: str) -> str:
    """Return what a clause opens with: verb, adverb (and verb), preposition, other."""
    match = _adverbs().match(bare)
    at = match.end() if match else 0
    if bare.startswith(verbs(), at):
        return "verb"
    if at >= 2:
        return "adverb"
    if re.match("将|把|对|由|在|与|以|按|向|为|从|通过|根据|按照|结合|围绕|针对|依托|借助", bare):
        return "prep:" + ("do" if bare[0] in "将把" else bare[0])
    return "other"

"""Tense: what another place has done, worded as a thing still to be done."""

from __future__ import annotations

import re
from functools import lru_cache

from replygen.drafting.lexicon import load_lexicon
from replygen.language.tense import tells_past

# 建立了, 制定印发了 → the verb alone; 为了, 了解, 除了 stay
_LE = re.compile(r"(?<![为除罢])了(?![解结然断如])")
# 走访过, 开展过 ; 通过, 超过, 经过, 过程, 过渡 stay
_GUO = re.compile(r"(?<=[访展办召开])过(?![程渡])")
# 一直 / 连续三年 / 每年均: claims of standing practice
_STANDING = re.compile(
    r"连续[\d一二三四五六七八九十多两]+[年届次]|一直|始终|历来|常年来|继续|仍然|依旧|再次"
)


def plan_clause(clause: str) -> str:
    """Return ``clause`` with its opening words, its subject (我局) and its past tense gone."""
    lexicon = load_lexicon()
    clause = clause.strip(" ，。；：、\u3000")
    for _ in range(8):
        shorter = _strip_first(clause, lexicon.openers)
        shorter = _strip_first(shorter, lexicon.subjects)
        shorter = _strip_first(shorter, lexicon.futures)
        if shorter == clause:
            break
        clause = shorter
    clause = _GUO.sub("", _LE.sub("", clause))
    return _plan_verbs(_STANDING.sub("", clause))


def _strip_first(clause: str, words: tuple[str, ...]) -> str:
    """Return ``clause`` without the first of ``words`` it starts with; a word is taken
    only where what follows is no part of it (同时 but not 同时段)."""
    for word in words if clause.startswith(words) else ():
        if clause.startswith(word):
            rest = clause[len(word) :].lstrip("，、：, 地")
            if word == "同步" or (len(word) == 1 and not _opens_verb(rest)):
                continue
            return rest
    return clause


def _opens_verb(rest: str) -> bool:
    lexicon = load_lexicon()
    return rest.startswith(
        (*lexicon.verbs, *lexicon.adverbs, *lexicon.futures, "对", "把", "将", "与", "以", "制")
    )


def _plan_verbs(clause: str) -> str:
    """Return ``clause`` with done verbs at its head, or after 并/、, made planned ones."""
    lexicon = load_lexicon()
    head = _adverb_length(clause)
    for old, new in lexicon.tense:
        if clause.startswith(old, head):
            clause = clause[:head] + new + clause[head + len(old) :]
            break
    joined, revised = _patterns()
    planned = dict(lexicon.tense)
    clause = joined.sub(lambda m: planned[m.group()], clause)
    clause = re.sub(r"建成(?!区)", "建设", clause)
    clause = re.sub(r"(?:印发|出台)(?!《)", "制定", clause)  # 联合市财政局印发…计划
    clause = revised.sub("制定", clause)
    return re.sub(r"^(?:已|现已|业已)", "", clause)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the done verbs behind 并 and 、, and revisions of what is not there yet."""
    lexicon = load_lexicon()
    done = "|".join(old for old, _ in lexicon.tense)
    things = "|".join(lexicon.things)
    return (
        re.compile(rf"(?<=[并、])(?:{done})"),
        re.compile(rf"^(?:修订完善|修订|修改)(?=.{{2,30}}(?:{things})$)"),
    )


def _adverb_length(clause: str) -> int:
    lexicon = load_lexicon()
    length = 0
    while adverb := next((w for w in lexicon.adverbs if clause.startswith(w, length)), None):
        if clause.startswith(tuple(old for old, _ in lexicon.tense), length):
            break
        length += len(adverb)
    return length


def sounds_past(text: str) -> bool:
    """Return whether ``text`` still says that something was done or goes on."""
    return tells_past(text) or _STANDING.search(text) is not None

"""Acts: which clauses of a proposal say what is to be done, by the verb at their head."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from replygen.drafting.lexicon import load_lexicon
from replygen.drafting.tables import TABLES

_QUOTED = re.compile(r"[“‘《][^”’》]*[”’》]")
DANGLING = re.compile(
    r"(?:(?<!目)的|的话|至|达到|不少于|不低于|不超过|(?<![温调缓柔中])和|(?<!参)与|(?<![普涉])及|或|(?<![合归兼])并|把|将|(?<![方导取走朝动])向|(?<![自理])由|等等|、|通过|按照|根据|以及|(?<![核校应绝针面])对|在|从|以|如|有|之一|方面|过程中|中|上|下|时|后|前|基础上|前提下|情况下|角度|层面|包括|如下|具有|符合|属于|一个|一种|一套)$"
)


def is_frame_without_act(clause: str) -> bool:
    """Return whether ``clause`` is a frame that has no act of its own."""
    return is_frame(clause) and not opens_with_act(clause)


def opens_with_act(clause: str) -> bool:
    """Return whether ``clause`` is an act: a verb at its head, adverbs before it, or a
    prepositional phrase with a verb behind it (对…给予…)."""
    verbs, adverbs = acts()
    bare = skip_adverbs(clause, verbs, adverbs)
    verb = next((v for v in verbs if bare.startswith(v)), None) if bare.startswith(verbs) else None
    if verb is not None:
        return not bare.startswith("的", len(verb))  # 创新的医疗器械: no act
    first = next((w for w in prepositions() if bare.startswith(w)), None)
    if first is None or DANGLING.search(clause):
        return False
    rest = _QUOTED.sub(lambda m: "□" * len(m.group()), bare[len(first) :])
    behind = (*verbs, *words("frame_verbs"))
    return any(
        rest.startswith(behind, place) and rest[place - 1] not in "、和与及的"
        for place in range(2, len(rest) - 1)
    )


def is_frame(clause: str) -> bool:
    """Return whether ``clause`` opens with a preposition, adverbs before it allowed."""
    verbs, adverbs = acts()
    return skip_adverbs(clause, verbs, adverbs).startswith(prepositions())


def skip_adverbs(clause: str, verbs: tuple[str, ...], adverbs: tuple[str, ...]) -> str:
    """Return ``clause`` from its verb or first other word on."""
    for _ in range(5):
        if clause.startswith(verbs):
            return clause
        adverb = next((word for word in adverbs if clause.startswith(word)), None)
        if adverb is None:
            return clause
        clause = (
            clause[len(adverb) :]
            .removeprefix("地")
            .removeprefix("、")
            .removeprefix("和")
            .removeprefix("或")
        )
    return clause


@lru_cache(maxsize=1)
def prepositions() -> tuple[str, ...]:
    """Return the words that open a frame."""
    return (*load_lexicon().prepositions, "用", "就", "经", "待", "同", "和", "于", "基于")


@lru_cache(maxsize=1)
def acts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the verbs and the adverbs of the tables, the longest first."""
    table, lexicon = TABLES.toml("commitments.toml"), load_lexicon()
    verbs = {*lexicon.verbs, *table["verbs"].split()}
    adverbs = {*lexicon.adverbs, *table["adverbs"].split()}
    return tuple(sorted(verbs, key=_longest_first)), tuple(sorted(adverbs, key=_longest_first))


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def words(key: str) -> tuple[str, ...]:
    """Return a list of ``data/commitments.toml``, the longest word first."""
    return TABLES.listed("commitments.toml", key)


def doer_rows() -> list[dict[str, Any]]:
    """Return who may be named as the doer of an act, by how such names end, and how we bring
    about what they are to do."""
    rows: list[dict[str, Any]] = TABLES.toml("commitments.toml")["doer"]
    return rows


@lru_cache(maxsize=1)
def doer_ends() -> tuple[str, ...]:
    """Return how the names of all doers end."""
    return tuple(end for row in doer_rows() for end in row["ends"])


def is_refused(clause: str) -> bool:
    """Return whether ``clause`` asks, exclaims or speaks to somebody: no act of ours. 委员 is a
    person that is spoken of, 委员会 a body."""
    bare = clause.replace("委员会", "□")
    return any(word in bare for word in words("refused"))


def acts_after_frame(rest: str) -> bool:
    """Return whether ``rest`` is an act, also one that needs its frame before it (予以…)."""
    bare = skip_adverbs(rest, *acts())
    return opens_with_act(rest) or bare.startswith(words("frame_verbs"))

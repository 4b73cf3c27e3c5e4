"""Independent sources: how many documents have a word, and what stands beside a word that could
be somebody's name.

The table is made by tools/build_independent.py from national laws, rules, letters, proposals and
our own corpus; it holds words and counts only. It proves what a list of names cannot: that a word
of another place's document is not that place's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.people import surnames
from replygen.entities.places import lookup_places
from replygen.entities.prose import cut_tokens, is_everyday, read_auspicious, sort_one
from replygen.entities.tables import TABLES, read_text, read_words

EDGE = "#"  # the border of a run of Chinese characters
_OFTEN = 150  # documents (of some 2,600) from which a word is nobody's name by itself
_SELDOM = 60  # documents below which a word that begins with a surname may be a name
_COMMON = 10  # documents that have a word which names nobody even in the name of a body
_FEW = 12  # a word of fewer documents is looked at with its neighbours, whatever it begins with


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], dict[str, str]]:
    """How many documents have a word, and the words that follow it, in one string each."""
    words, _, follow = read_text("independent.txt.gz").partition("\n\n")
    counts = {}
    for line in words.split("\n"):
        word, _, count = line.partition(" ")
        counts[word] = int(count)
    beside = {}
    for line in follow.split("\n"):
        left, _, rights = line.partition(" ")
        beside[left] = rights
    return counts, beside


@lru_cache(maxsize=4096)
def _rights(left: str) -> frozenset[str]:
    return frozenset(_table()[1].get(left, "").split(" "))


def is_said(left: str, right: str) -> bool:
    """True when two independent documents have ``right`` behind ``left``; ``EDGE`` stands for
    the border of a run of Chinese characters."""
    return right in _rights(left)


def count_documents(word: str) -> int:
    """Return how many independent documents have ``word`` (0 for fewer than two)."""
    return _table()[0].get(word, 0)


def is_said_of_many(name: str) -> bool:
    """Return whether many have each word of a name and none is what somebody is called by:
    期货公司, 学位评定委员会, 委托|中国|律师事务所; not 平安医院, 河西学院."""
    return all(
        len(word) > 1
        and is_everyday(word)
        and count_documents(word) >= _COMMON
        and word not in read_auspicious()
        and not lookup_places(word)
        for word in cut_tokens(name)
    )


_HAN = re.compile("[\u4e00-\u9fff]+")


def find_lonely(text: str, known: str = "") -> tuple[str, ...]:
    """Return what in ``text`` could be somebody's name and stands beside nothing that an
    independent source has it beside: a surname alone (李|平安), a word that begins with one
    (邀请|高原|到), characters that join no others. What ``known`` says is ours."""
    counts = _table()[0]
    found = []
    for run in _HAN.findall(text):
        tokens = (EDGE, *cut_tokens(run), EDGE)
        found += [name for name in _lonely_runs(tokens) if name not in known]
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if not _could_be_theirs(token, counts.get(token, 0), before):
                continue
            if is_said(before, token) or is_said(token, after):
                continue
            if (token if len(token) > 1 else before + token + after) not in known:
                found.append(token)
    return tuple(found)


def _lonely_runs(tokens: tuple[str, ...]) -> Iterator[str]:
    """Two or three single characters, the first a surname, that no source has between these
    two words (会同|高峰|开展)."""
    for at in range(1, len(tokens) - 2):
        if tokens[at] not in _surnames() or len(tokens[at]) > 1 or sort_one(tokens[at]) == "J":
            continue
        end = at + 1
        while end < min(at + 3, len(tokens) - 1) and len(tokens[end]) == 1:
            end += 1
        if end - at < 2 or any(sort_one(t) == "J" for t in tokens[at:end]):
            continue
        before, after = tokens[at - 1], tokens[end]
        if not is_said(before, tokens[at]) and not is_said(tokens[end - 1], after):
            yield "".join(tokens[at:end])


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return surnames() | frozenset(TABLES.toml("person_slots.toml")["surnames"].split())


@lru_cache(maxsize=16384)
def _could_be_theirs(token: str, count: int, before: str) -> bool:
    if token == EDGE:
        return False
    if token in surnames() and sort_one(token) != "J":
        return count < _OFTEN
    if len(token) == 1:  # 施行|健: a given name behind a word that begins with a surname
        return sort_one(token) == "S" and count < (_OFTEN if before[0] in surnames() else _FEW)
    if len(token) > 3 or count >= _SELDOM or token in read_words("person_stop.tsv"):
        return False
    if token.endswith(_roles()):
        return False
    if token[0] in _surnames() and count < _FEW:
        return True
    return token[0] in surnames() or all(char in _given() for char in token)


@lru_cache(maxsize=1)
def _roles() -> tuple[str, ...]:
    return tuple("员者家师户民局部委厅院校厂店站室区市县镇乡村社群")


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    """Characters that given names are made of (建军, 春雨, 远航)."""
    return frozenset(TABLES.toml("person_slots.toml")["given"].replace(" ", ""))

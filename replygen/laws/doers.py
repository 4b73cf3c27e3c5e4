"""Who does a thing by a rule: 由|公安机关|…, |用人单位|应当…, …由|消费者|承担."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.authorities import read_authorities
from replygen.laws.norms import read_norms
from replygen.laws.pairs import make_pairs, measure_overlap
from replygen.laws.tables import read_toml
from replygen.laws.telling import find_told, split_parts

_TOLD = 0.5  # of the pairs of a deed: the sentence of the article that has it done
_CLOSE = 0.2
_LONG = 3  # pairs of a deed that can be compared
_SAME = 0.5  # of the pairs of a doer: the sentence has the same one


class Doer(NamedTuple):
    """``who`` does ``deed``."""

    who: str
    deed: str


def read_doers(text: str) -> tuple[Doer, ...]:
    """Return who does what in a text, in no order."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Doer]:
    for clause in split_parts(text):
        for match in _by().finditer(clause):
            yield Doer(match[1], clause[match.end(1) :])
    for norm in read_norms(text):
        if norm.own and norm.modal != "not":
            actor = _ACTOR.search(_ADVERB.sub("", re.split("[，,]", norm.before)[-1]))
            if actor:
                yield Doer(actor[0], norm.words)


_ADVERB = re.compile(r"(?:依法|均|都|还|也|并|一律|统一|就|则|,)+$")
# a noun of those who act
_ACTOR = re.compile(
    r"[^，。；、的]{0,8}?(?:政府|部门|机关|机构|委员会|办事处|法院|检察院|单位|企业|公司|组织|协会|团体"
    r"|学校|幼儿园|社区|父母|业主|血站|图书馆|银行|平台|物业|居民|村民|个人|职工|学生|家属|[人者员局师])$"
)


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    deeds = "|".join(read_toml("rules.toml")["claims"]["deeds"])
    return re.compile(
        rf"(?<![事理自缘])由([^，。；由]{{2,18}}?)(?=(?:{deeds}|审|收|作出|统一|先行|处|建|管|维|补|主持|安排|任命|认|协|出|向|依法|应当|自行))"
    )


def find_other_doer(said: str, sentences: Sequence[str]) -> str | None:
    """Return who does a thing in a claim, where the sentences of the article that have it done
    name others for it and not this one."""
    for doer in read_doers(said):
        deed = doer.deed if len(make_pairs(doer.deed)) >= _LONG else said
        shares = [(measure_overlap(deed, s), s) for s in sentences]
        most = max((share for share, _ in shares), default=0.0)
        if most < _TOLD and doer.who in "".join(sentences):
            continue
        told = [s for share, s in shares if share >= most - _CLOSE] + [
            find_told(said, sentences)[1]
        ]
        if any(_names(s, doer.who) for s in told):
            continue
        if any(read_doers(s) or _has_others(s, doer.who) for s in told):
            return doer.who
    return None


def _names(sentence: str, who: str) -> bool:
    """Whether a sentence has somebody do things; where it names those who do, as one of them."""
    before = [n.before for n in read_norms(sentence) if n.own and n.modal != "not" and n.before]
    names = "，".join([*before, *(doer.who for doer in read_doers(sentence))])
    if not names or _POINTED_AT.search(names):
        names = sentence
    return who in names or measure_overlap(who, names) >= _SAME


# 该部门, 前款规定的单位: named in another sentence
_POINTED_AT = re.compile("该|其|前款|上述|本条|下列")


def _has_others(sentence: str, who: str) -> bool:
    """Whether a sentence names authorities, and none that ``who`` may be."""
    there, here = read_authorities(sentence), read_authorities(who)
    return bool(there and here) and not any(h.may_be(t) for h in here for t in there)

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
_CLOSE = 0.2  # of them by which other sentences are as near
_LONG = 3  # pairs of a deed that can be compared
_SAME = 0.5  # of the pairs of a doer: the sentence has the same one
# a noun of those who act
_NOUN = (
    r"(?:政府|部门|机关|机构|委员会|办事处|法院|检察院|单位|企业|公司|组织|协会|团体|学校|幼儿园|社区|父母"
    r"|业主|血站|图书馆|银行|平台|物业|居民|村民|个人|职工|学生|家属|用户|[人者员局师])"
)
_ACTOR = re.compile(rf"[^，。；、的]{{0,8}}?{_NOUN}$")
_ADVERB = re.compile(r"(?:依法|均|都|还|也|并|一律|统一|就|则|,)+$")
# 由|从业人员|自行办理
_BY_NOUN = re.compile(
    rf"(?<![事理自缘])由([^，。；由的]{{0,12}}?{_NOUN})(?!{_NOUN}|[员会民事])(?=.)"
)
# |医疗卫生人员|实施接种，应当…: the sentence begins with who does it
_HEAD = re.compile(
    rf"(?![对在向因为经未除被按依从自将把])[^，。；、的与和及]{{0,12}}?{_NOUN}(?!{_NOUN}|管理|[员会民的、和与及或分])"
)
# |自行|编制
_MANNER = re.compile("^(?:自行|统一|依法|直接|负责|先行)+")
# 劳动者可以|要求支付: what others must do
_CLAIMS = re.compile("要求|请求|主张")
# 该部门, 前款规定的单位: named in another sentence
_POINTED_AT = re.compile("该|其|前款|上述|本条|下列|有关")


class Doer(NamedTuple):
    """``who`` does ``deed``."""

    who: str
    deed: str


def read_doers(text: str) -> tuple[Doer, ...]:
    """Return who does what in a text, in no order."""
    return tuple(dict.fromkeys(_read(text)))


def _read(text: str) -> Iterator[Doer]:
    for clause in split_parts(text):
        for pattern in (_by(), _BY_NOUN):
            for match in pattern.finditer(clause):
                yield Doer(match[1], clause[match.end(1) :])
    for norm in read_norms(text):
        actor = _ACTOR.search(_ADVERB.sub("", norm.before))
        if norm.own and norm.modal != "not" and actor:
            yield Doer(actor[0], norm.words)


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    """由|起火|负责补偿: whoever stands before a verb of those who act."""
    deeds = "|".join(read_toml("rules.toml")["claims"]["deeds"])
    return re.compile(
        rf"(?<![事理自缘])由([^，。；由]{{2,18}}?)(?={deeds}|审|收|作出|统一|先行|处|建|管|维|补"
        r"|主持|安排|任命|认|协|出|向|依法|应当|自行)"
    )


def find_other_doer(said: str, sentences: Sequence[str], *, told: bool) -> str | None:
    """Return who does a thing in a claim, where the sentences of the article that have it done
    name others for it and not this one; of a claim that is not ``told`` to be its rule only
    those behind 由."""
    for doer in read_doers(said):
        if not (told or f"由{doer.who}" in said) or _CLAIMS.match(doer.deed):
            continue
        near = _list_near(doer, said, sentences)
        if any(_names(s, doer.who) for s in near):
            continue
        if any(_has_others(s, doer.who) for s in near):
            return doer.who
    return None


def _list_near(doer: Doer, said: str, sentences: Sequence[str]) -> list[str]:
    """The sentences that have a deed done: those that say by whom, else those that tell most of
    it; none where it cannot be told which they are."""
    bare = _MANNER.sub("", doer.deed)
    if f"由{doer.who}" in said and (same := [s for s in sentences if _has_done(s, bare[:2])]):
        return same
    deed = bare if len(make_pairs(bare)) >= _LONG else said
    shares = [(measure_overlap(deed, s), s) for s in sentences]
    most = max((share for share, _ in shares), default=0.0)
    if most < _TOLD and doer.who in "".join(sentences):
        return []
    near = [s for share, s in shares if share >= most - _CLOSE]
    return [*near, find_told(said, sentences)[1]]


def _has_done(sentence: str, verb: str) -> bool:
    """Whether a sentence tells by whom (由…) the same is done."""
    return len(verb) > 1 and any(
        f"由{doer.who}" in sentence and verb in doer.deed for doer in read_doers(sentence)
    )


def find_stranger(said: str, article: str) -> str | None:
    """Return an authority of a claim that nobody in the article may be (告知|公安机关)."""
    there = read_authorities(article)
    for who in read_authorities(said):
        name = said[who.start : who.end]
        if who.fields and name not in article and not any(who.may_be(t) for t in there):
            return name
    return None


def _list_names(sentence: str) -> list[str]:
    """Those who do things in a sentence, each with what stands before them."""
    head = _HEAD.match(sentence)
    before = [n.before for n in read_norms(sentence) if n.own and n.modal != "not" and n.before]
    return [*before, *(doer.who for doer in read_doers(sentence)), *([head[0]] if head else [])]


def _names(sentence: str, who: str) -> bool:
    """Whether a sentence has somebody do things; where it names those who do, as one of them."""
    names = "，".join(_list_names(sentence))
    if not names or _POINTED_AT.search(names):
        names = sentence
    if who in names or measure_overlap(who, names) >= _SAME:
        return True
    return _may_be(who, sentence)


def _has_others(sentence: str, who: str) -> bool:
    """Whether a sentence tells who does things, or has authorities and none that ``who`` may be."""
    if read_doers(sentence) or _HEAD.match(sentence):
        return True
    both = read_authorities(sentence) and read_authorities(who)
    return bool(both) and not _may_be(who, sentence)


def _may_be(who: str, sentence: str) -> bool:
    """Whether an authority is one of a sentence: by its field, a government by its level."""
    there = read_authorities(sentence)
    return any(
        w.may_be(t) and (w.fields != _GOVERNMENT or bool(w.levels and t.levels))
        for w in read_authorities(who)
        for t in there
    )


_GOVERNMENT = frozenset(("政府",))

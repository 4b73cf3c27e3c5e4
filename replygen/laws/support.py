"""What a claim says and its article does not bear out, though it says nothing contrary.

Words that stand nowhere in the article (并购买|责任保险), words that make another rule of the same
words (一律, 仅, 之后, 共同), another doer, force or denial than in the sentence that is told, an
act or a figure that the article has not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.acts import read_acts
from replygen.laws.authorities import read_authorities
from replygen.laws.claims import Claim
from replygen.laws.denials import find_denied
from replygen.laws.doers import find_other_doer, find_stranger
from replygen.laws.figures import read_figures
from replygen.laws.forces import find_other_force
from replygen.laws.modals import is_excepted
from replygen.laws.norms import read_norms
from replygen.laws.pairs import make_pairs
from replygen.laws.shares import Articles, measure_share
from replygen.laws.tables import read_toml
from replygen.laws.telling import find_told, fold, list_sentences, split_parts

_TELLING = 6  # pairs; a shorter claim or clause is not measured
_STATED = 0.35  # of a claim's pairs, weighted: below, whether the article says it cannot be told
_CITED = 0.12  # the same where the sentence only cites it
_CLEARLY = 0.60  # of a clause's: the article says that much for sure
_NEW = 4  # characters of a clause that stand in no pair of the article
_STRANGE = 3  # characters of a clause that stand nowhere in it


def find_unsupported(claim: Claim, article: str, law: Articles) -> str | None:
    """Return the words of a claim that ``article`` does not bear out, ``None`` where it does or
    the sentence claims no rule: that there is no fault means little then."""
    plain = not (claim.explicit or any(norm.own for norm in read_norms(claim.text)))
    if claim.refers or plain or claim.matter and not claim.told:
        return None
    if not claim.matter and not _has_most(claim, article, law):
        return claim.text
    said, reads = fold(claim.text), fold(article)
    sentences = list_sentences(reads)
    found = (
        (_find_new(said, reads, back=claim.back) if claim.told else None)
        or (_find_figure(claim.text, article) if claim.told else None)
        or _find_turned(said, reads, sentences)
        or _find_act(said, reads)
        or _find_mixed(said, sentences)
        or (find_stranger(said, reads) if claim.told else None)
        or find_other_doer(said, sentences, told=claim.told)
    )
    if not found and not is_excepted(claim.text, article):
        found = find_other_force(said, reads, sentences) or find_denied(said, sentences)
    return _show(found, said, claim.text) if found else None


def _show(words: str, said: str, text: str) -> str:
    """The clause of the claim, in its own words, that has the ones that were found."""
    for clause, own in zip(split_parts(said), split_parts(text), strict=False):
        if words in clause or clause in words:
            return own
    return words


def _has_most(claim: Claim, article: str, law: Articles) -> bool:
    """Whether the article has most of a claim, or a clause of it for sure; a sentence that only
    cites it does by it what need not stand there."""
    if len(make_pairs(claim.text)) < _TELLING:
        return True
    enough = _STATED if claim.explicit else _CITED
    for said, reads in ((claim.text, article), (fold(claim.text), fold(article))):
        clauses = (c for c in _COMMA.split(said) if len(make_pairs(c)) >= _TELLING)
        if measure_share(said, reads, law) >= enough:
            return True
        if any(measure_share(c, reads, law) >= _CLEARLY for c in clauses):
            return True
    return False


_COMMA = re.compile("[，；、]")

# ── words that stand nowhere in it ─────────────────────────────────────────

_MARK = re.compile(r"[^\u4e00-\u9fff]")


def _find_new(said: str, article: str, *, back: bool) -> str | None:
    """并|购买|犬只|责任保险: a clause with words that no part of the article has. The first of
    those before a citation may be the frame that it stands in."""
    parts = split_parts(said)
    for clause in parts[1:] if back and len(parts) > 1 else parts:
        least = max(_NEW, len(clause) // 2) if back and len(parts) == 1 else _NEW
        new = _list_new(clause, article)
        strange = [c for c in new if c not in article]
        if len(strange) >= _STRANGE or len(new) >= least and len(strange) > 1:
            return clause
    return None


def _list_new(clause: str, article: str) -> list[str]:
    """The characters, but for figures, authorities and words of grammar, that stand in no pair of
    the article."""
    bare = _cut_figures(clause)
    known = _cover(bare, article)
    spans = [m.span() for m in _table().slight.finditer(bare)]
    spans += [(who.start, who.end) for who in read_authorities(bare)]  # they are compared
    for start, end in spans:
        known[start:end] = [True] * (end - start)
    return [c for c, k in zip(bare, known, strict=True) if not k and not _MARK.match(c)]


def _cover(text: str, article: str) -> list[bool]:
    """Of each character whether it is one of a pair that the article has."""
    covered = [False] * len(text)
    for at in range(len(text) - 1):
        if text[at : at + 2] in article:
            covered[at] = covered[at + 1] = True
    return covered


def _cut_figures(text: str) -> str:
    for figure in reversed(read_figures(text)):
        text = f"{text[: figure.start]}|{text[figure.end :]}"
    return text


def _find_figure(said: str, article: str) -> str | None:
    """三倍, where the article counts nothing in 倍; 一般为|四百毫升, where it is of another
    figure what stands before it."""
    there = read_figures(article)
    units = {f.unit for f in there}
    units |= _RATES if units & _RATES else set()  # 三倍 is 百分之三百
    for figure in read_figures(said):
        lead = said[max(0, figure.start - _LEAD) : figure.start]
        same = {
            f.value for f in there if f.unit == figure.unit and article.endswith(lead, 0, f.start)
        }
        told = len(lead) == _LEAD and same and figure.value not in same
        if told or figure.unit in _COUNTED - units and figure.value not in _VAGUE:
            return said[figure.start : figure.end]
    return None


_LEAD = 2  # characters before a figure
_COUNTED = frozenset(("元", "倍", "%", "日", "工作日", "月", "年", "岁", "小时"))
_RATES = {"倍", "%"}
_VAGUE = frozenset(("1",))

# ── words that make another rule of the same words ─────────────────────────


def _find_turned(said: str, article: str, sentences: Sequence[str]) -> str | None:
    for clause in split_parts(said):
        match = _table().every.search(clause)
        if match and match[0] not in article and _table().bounds.search(article):
            return clause
        _, told = find_told(clause, sentences)
        for turn, borne in _table().turns:
            turned = turn.search(clause)
            if turned and turned[0] not in article and not borne.search(told):
                return clause
        if any(_is_opposed(clause, told, *pair) for pair in _table().opposed):
            return clause
    return None


def _is_opposed(clause: str, told: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """先|搬迁|后|补偿, 中断供电|后|通知 where the sentence has only 前."""
    first, second = (pattern.search(clause) for pattern in (one, other))
    if first and second:
        return _is_swapped(clause[first.end() :][:2], clause[second.end() :][:2], told)
    return any(
        here.search(clause) and not here.search(told) and there.search(told)
        for here, there in ((one, other), (other, one))
        if not there.search(clause)
    )


def _is_swapped(earlier: str, later: str, told: str) -> bool:
    return 0 <= told.find(later) < told.find(earlier)


def _find_act(said: str, article: str) -> str | None:
    """A permit, a filing, a report that is nowhere in the article."""
    there = read_acts(article)
    return next((c for c in split_parts(said) if read_acts(c) - there), None)


def _find_mixed(said: str, sentences: Sequence[str]) -> str | None:
    """没有约定的，|按照市场利率支付: the case of one sentence with the rule of another."""
    long = [part for part in split_parts(said) if len(make_pairs(part)) >= _CASE]
    cases = [part for s in sentences for part in split_parts(s) if _IF.search(part)]
    for case, rule in zip(long, long[1:], strict=False):
        share, reads = find_told(case, cases) if _IF.search(case) else (0.0, "")
        if share < _VERBATIM or bool(_NOT.search(case)) != bool(_NOT.search(reads)):
            continue
        there, _ = find_told(rule, sentences)
        here, _ = find_told(rule, [s for s in sentences if reads in s])
        if there >= _CLEARLY and here < there - _ELSEWHERE:
            return rule
    return None


_CASE = 3  # pairs of a case, or of a rule
_VERBATIM = 0.85  # of a case: the article has that one
_ELSEWHERE = 0.4  # of the rule's pairs that another sentence has more
_IF, _NOT = re.compile("[的时]$"), re.compile("[不未无]")


class _Table(NamedTuple):
    slight: re.Pattern[str]
    every: re.Pattern[str]
    bounds: re.Pattern[str]
    opposed: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    turns: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = read_toml("rules.toml")["support"]
    pairs = table["turns"].values()
    return _Table(
        re.compile(table["slight"]),
        re.compile(table["every"]),
        re.compile(table["bounds"]),
        tuple((re.compile(one), re.compile(other)) for one, other in table["opposed"]),
        tuple((re.compile(said), re.compile(borne)) for said, borne in pairs),
    )

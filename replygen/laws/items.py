"""Figures that an article sets for some of its 项 only: 前款第六项至第八项规定的事项, …四分之三;
其他事项, …过半数."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from replygen.language.marks import read_mark, strip_mark
from replygen.language.numerals import read_numeral
from replygen.laws.figures import Figure, read_figures
from replygen.laws.pairs import make_pairs, measure_overlap

_NUMBER = "[一二三四五六七八九十]+"
_ITEMS = re.compile(rf"第({_NUMBER})项(?:至|到)第({_NUMBER})项|第({_NUMBER})项")
_REST = re.compile(r"(?:前款|上款|本款|第[一二三四五六七八九十]款)?(?:的)?其他(?:各项|事项|情形)")
_SENTENCE = re.compile("[。；;]")
_TOLD = 0.7  # of the pairs of a 项: it is what the claim is about
_AHEAD = 0.2  # by which it is ahead of those for which another figure is set


class _Rule(NamedTuple):
    """A sentence with its figures and the 项 for which it sets them, ``None`` for all."""

    text: str
    figures: tuple[Figure, ...]
    items: frozenset[int] | None


def find_wrong_item(claim: str, article: str) -> tuple[str, str] | None:
    """Return the figure of ``claim`` that ``article`` sets for other 项 than the one told, and
    what it reads for that; ``None`` where there is none such."""
    items = dict(_list_items(article))
    rules = _list_rules(article, frozenset(items))
    if not any(rule.items for rule in rules):
        return None
    told = _find_told(claim, items, "".join(rule.text for rule in rules))
    if told is None:
        return None
    mine = [r for r in rules if r.items is None or told in r.items]
    set_for_it = [r for r in rules if r.items and told in r.items]
    for figure in read_figures(claim):
        key = figure.value, figure.unit
        there = any((f.value, f.unit) == key for r in mine for f in r.figures)
        other = any((f.value, f.unit) == key for r in rules for f in r.figures)
        reads = [r.text for r in set_for_it if any(f.unit == figure.unit for f in r.figures)]
        if other and not there and reads:
            return claim[figure.start : figure.end], reads[0]
    return None


def _list_items(article: str) -> Iterator[tuple[int, str]]:
    marked = [line.strip() for line in article.split("\n") if read_mark(line.strip())]
    for number, line in enumerate(marked, 1):
        yield number, strip_mark(line).strip("；。;")


def _list_rules(article: str, items: frozenset[int]) -> list[_Rule]:
    plain = (line for line in article.split("\n") if not read_mark(line.strip()))
    sentences = [s for line in plain for s in _SENTENCE.split(line) if s]
    named = [frozenset(_read_numbers(s)) & items for s in sentences]
    rest = items.difference(*named)
    return [
        _Rule(s, read_figures(s), some or (rest if _REST.search(s) and any(named) else None))
        for s, some in zip(sentences, named, strict=True)
    ]


def _read_numbers(sentence: str) -> Iterator[int]:
    for match in _ITEMS.finditer(sentence):
        first, last = (read_numeral(n) or 0 for n in (match[1] or match[3], match[2] or match[3]))
        yield from range(first, last + 1)


def _measure(item: str, claim: str) -> float:
    """How much of a 项 the claim has, or of one of two things that it has (改变共有部分的用途|或者
    利用共有部分从事经营活动)."""
    ways = (item, *(way.replace("的", "") for way in item.split("或者")))
    return max(measure_overlap(way, claim.replace("的", "")) for way in ways)


def _own_pairs(item: str, items: dict[int, str], rules: str) -> frozenset[str]:
    """The pairs of a 项 that neither another nor what is said of them has."""
    others = [text for text in items.values() if text != item]
    return make_pairs(item).difference(*map(make_pairs, (*others, rules)))


def _find_told(claim: str, items: dict[int, str], rules: str) -> int | None:
    """The one 项 that a claim is about: by words that it has alone (选聘, 改建), else by how much
    of it the claim has."""
    said = make_pairs(claim)
    alone = [n for n, text in items.items() if said & _own_pairs(text, items, rules)]
    if len(alone) == 1:
        return alone[0]
    ranked = sorted(((_measure(t, claim), n) for n, t in items.items()), reverse=True)
    if not ranked or ranked[0][0] < _TOLD:
        return None
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][1] if ranked[0][0] - second >= _AHEAD else None

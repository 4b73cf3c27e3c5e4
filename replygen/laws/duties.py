"""A duty of an article that a claim lifts, turns round or puts off.

可以不支付 where it says 应当支付, 继续保存 where it says 删除, 六个月 where it says 立即.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from replygen.laws.figures import TIMES, read_figures
from replygen.laws.modals import is_excepted
from replygen.laws.norms import Norm, read_norms
from replygen.laws.pairs import make_pairs, measure_overlap
from replygen.laws.tables import read_toml

_LIFTED = 0.5  # of the pairs of a deed: the article orders the same one
_TOLD = 0.6  # of the pairs of a whole clause, where the deed alone is too short to be compared
_LONG = 4  # pairs of such a clause
_DELAYED = 0.4  # of the pairs of a claim: the sentence of the article that it tells
_SENTENCE = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[，,。；;：:\n]")
# 行政处罚|可以不予, 不|收取: the article itself spares the deed
_SPARING = re.compile(r"不|免|无需|无须|除外|自愿|自行|自主")
_WHETHER = re.compile("是否")


def find_lifted(claim: str, article: str) -> tuple[str, str] | None:
    """Return the clause of ``claim`` that lifts, turns round or puts off a duty of ``article``
    and how the article reads, ``None`` where there is none such."""
    norms = read_norms(article)
    spared = None if is_excepted(claim, article) else _find_spared(claim, norms)
    return spared or _find_turned(claim, norms) or _find_put_off(claim, article)


def _find_spared(claim: str, norms: Sequence[Norm]) -> tuple[str, str] | None:
    """可以不|支付劳动报酬, where the article says 应当|给予适当的劳动报酬."""
    left = _table().leaves.search(claim)
    for clause in _CLAUSE.split(claim):
        match = _table().lifts.search(clause) or (_WHETHER.search(clause) if left else None)
        if match is None:
            continue
        before, deed = clause[: match.start()], clause[match.end() :]
        if any(_is_same(before, deed, spared) for n in norms if (spared := _read_spared(n))):
            continue
        for norm in norms:
            if norm.modal == "must" and not norm.excepts and _is_same(before, deed, norm.text):
                return clause, _show(norm)
    return None


def _read_spared(norm: Norm) -> str:
    """What a clause spares, forbids or allows, by its modal word or inside; "" where nothing:
    of 应当公示执照信息、不需要登记的信息 the duty to 公示 is none."""
    if norm.modal != "must":
        return norm.text if norm.modal in ("may", "not") or _SPARING.search(norm.text) else ""
    lifted = _table().lifts.search(norm.text)
    return norm.text[lifted.start() :] if lifted else ""


def _is_same(before: str, deed: str, text: str) -> bool:
    """Whether a clause is about the deed, by its own words or by the whole clause's."""
    deed, whole, text = (_fold(words) for words in (deed, f"{before}，{deed}", text))
    if len(make_pairs(deed)) > 1 and measure_overlap(deed, text) >= _LIFTED:
        return True
    return len(make_pairs(whole)) >= _LONG and measure_overlap(whole, text) >= _TOLD


def _find_turned(claim: str, norms: Sequence[Norm]) -> tuple[str, str] | None:
    """允许|继续保存其信息, where the article says 应当|立即删除该用户的信息."""
    article = "，".join(n.text for n in norms)
    for said in _CLAUSE.split(claim):
        for ordered, undone in _table().turned:
            if not undone.search(said) or undone.search(article) or ordered.search(claim):
                continue
            orders = [n for n in norms if n.modal == "must" and ordered.search(n.text)]
            reads = max(orders, key=lambda n: measure_overlap(said, n.text), default=None)
            if reads is not None and make_pairs(said) & make_pairs(reads.text):
                return said, _show(reads)
    return None


def _find_put_off(claim: str, article: str) -> tuple[str, str] | None:
    """在三十日内核实, where the article says 应当及时核实 and has no time of its own."""
    if any(f.unit in TIMES for f in read_figures(article)):
        return None
    for said in _SENTENCE.split(claim):
        times = [f for f in read_figures(said) if f.unit in TIMES]
        if not times or _table().at_once.search(said):
            continue
        rest = _fold("，".join(_cut_out(said, [(f.start, f.end) for f in times])))
        for sentence in _SENTENCE.split(article):
            at_once = _table().at_once.search(sentence)
            if at_once and measure_overlap(rest, _fold(sentence)) >= _DELAYED:
                return said[times[0].start : times[0].end], _clause_at(sentence, at_once.start())
    return None


def _cut_out(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield text[at:start]
        at = end
    yield text[at:]


def _clause_at(sentence: str, at: int) -> str:
    """The clause of a sentence that stands at a place."""
    start = max(sentence.rfind(mark, 0, at) for mark in "，,：:") + 1
    return _CLAUSE.split(sentence[start:])[0]


def _show(norm: Norm) -> str:
    return f"{norm.before}应当{norm.words}" if norm.own else norm.text


def _fold(text: str) -> str:
    """The text with one word for all verbs of one deed."""
    return _table().alike.sub(lambda m: _table().first[m.group()], text)


class _Table(NamedTuple):
    lifts: re.Pattern[str]
    leaves: re.Pattern[str]
    at_once: re.Pattern[str]
    alike: re.Pattern[str]
    first: dict[str, str]
    turned: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = read_toml("rules.toml")["duties"]
    first = {word: group[0] for group in table["alike"] for word in group}
    return _Table(
        re.compile(table["lifts"]),
        re.compile(table["leaves"]),
        re.compile(table["at_once"]),
        re.compile("|".join(first)),
        first,
        tuple((re.compile(one), re.compile(other)) for one, other in table["turned"]),
    )

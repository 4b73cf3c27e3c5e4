"""How a rule binds, in clauses too unlike its own for the claim to be told wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replygen.laws.norms import Modal, Norm, read_norms
from replygen.laws.pairs import make_pairs, measure_overlap

_ALIKE = 0.45  # of the pairs of a claim's clause: the article's clause may be the one it tells
_CLOSE = 0.08  # by which others are as near
# 国家支持有条件的地方设立, 自愿参加: no modal word, and still none must
_FREE = re.compile(r"自愿|可以|鼓励|支持|提倡|倡导|引导|推动|有权|愿意|允许")
_BOUND = re.compile(r"应当|不得|负责|有义务|一律|由|履行|实行")
_TOLD = 0.4  # of the pairs of what is allowed or ordered: the sentence that tells it
_LONG = 3  # pairs of it
_DENIAL = re.compile("[不未无]")
_REFUSES, _ALLOWS = re.compile("不得|不予"), re.compile("可以|有权|但")
_ORDERS = re.compile(r"负责|义务|由|实行|依法|责任|享|方可")
_BORNE: dict[Modal, tuple[Modal | None, ...]] = {
    "must": ("must",),
    "may": ("may", "urge", None),
    "urge": ("urge", "may", None),
}


def find_other_force(said: str, article: str, sentences: Sequence[str]) -> str | None:
    """Return the clause of a claim that orders, allows or urges what the clauses of the article
    most like it do not, nor the sentence; one that forbids is compared by
    :mod:`replygen.laws.denials`."""
    norms = read_norms(article)
    for norm in read_norms(said):
        if norm.own and (_is_refused(norm, sentences) or _is_unordered(norm, article)):
            return norm.text
        words = norm.words if len(make_pairs(norm.words)) > 2 else norm.text
        if not norm.own or norm.excepts or norm.modal == "not" or len(make_pairs(words)) < 2:
            continue
        shares = [(measure_overlap(words, n.text), n) for n in norms]
        most = max((share for share, _ in shares), default=0.0)
        close = [n for share, n in shares if share >= most - _CLOSE]
        if most >= _ALIKE and not any(_bears(n, norm) for n in close):
            return norm.text
    return None


def _is_refused(said: Norm, sentences: Sequence[str]) -> bool:
    """可以|再申请宅基地, where the sentence says 再申请宅基地的，|不予批准; 应当, where it orders
    nothing."""
    if len(make_pairs(said.words)) < _LONG or _DENIAL.search(said.words):
        return False
    shares = [(measure_overlap(said.words, s), s) for s in sentences]
    most = max((share for share, _ in shares), default=0.0)
    told = [s for share, s in shares if share >= most - _CLOSE]
    if most < _TOLD:
        return False
    if said.modal == "may":
        return any(map(_REFUSES.search, told)) and not any(map(_ALLOWS.search, told))
    return said.modal == "must" and not any(map(_orders, told))


def _is_unordered(said: Norm, article: str) -> bool:
    """应当|闭馆, of which the article speaks without ordering it (因故|闭馆|的)."""
    if said.modal != "must" or not 2 <= len(said.words) <= _SHORT or said.words not in article:
        return False
    return not any(
        said.words in n.text and (n.own or n.modal == "must") for n in read_norms(article)
    )


_SHORT = 4  # characters of a deed without an object


def _orders(sentence: str) -> bool:
    ordered = any(norm.modal == "must" for norm in read_norms(sentence))
    return ordered or _ORDERS.search(sentence) is not None


def _bears(reads: Norm, said: Norm) -> bool:
    if said.modal == "must" and reads.modal is None:
        return not _FREE.search(reads.text) or _BOUND.search(reads.text) is not None
    return said.modal is not None and reads.modal in _BORNE[said.modal]

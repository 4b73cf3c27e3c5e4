"""How a rule binds, in clauses too unlike its own for the claim to be told wrong."""

from __future__ import annotations

import re

from replygen.laws.norms import Modal, Norm, read_norms
from replygen.laws.pairs import make_pairs, measure_overlap

_ALIKE = 0.45  # of the pairs of a claim's clause: the article's clause may be the one it tells
_CLOSE = 0.08  # by which others are as near
# 国家支持有条件的地方设立, 自愿参加: no modal word, and still none must
_FREE = re.compile(r"自愿|可以|鼓励|支持|提倡|倡导|引导|推动|有权|愿意|允许")
_BOUND = re.compile(r"应当|不得|负责|有义务|一律|由|履行|实行")
_BORNE: dict[Modal, tuple[Modal | None, ...]] = {
    "must": ("must",),
    "may": ("may", "urge", None),
    "urge": ("urge", "may", None),
}


def find_other_force(said: str, article: str) -> str | None:
    """Return the clause of a claim that orders, allows or urges what the clauses of the article
    most like it do not; one that forbids is compared by :mod:`replygen.laws.denials`."""
    norms = read_norms(article)
    for norm in read_norms(said):
        words = norm.words if len(make_pairs(norm.words)) > 2 else norm.text
        if not norm.own or norm.excepts or norm.modal == "not" or len(make_pairs(words)) < 2:
            continue
        shares = [(measure_overlap(words, n.text), n) for n in norms]
        most = max((share for share, _ in shares), default=0.0)
        close = [n for share, n in shares if share >= most - _CLOSE]
        if most >= _ALIKE and not any(_bears(n, norm) for n in close):
            return norm.text
    return None


def _bears(reads: Norm, said: Norm) -> bool:
    if said.modal == "must" and reads.modal is None:
        return not _FREE.search(reads.text) or _BOUND.search(reads.text) is not None
    return said.modal is not None and reads.modal in _BORNE[said.modal]

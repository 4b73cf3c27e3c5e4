"""The demands of an ask: the single things that it wants done, each a verb phrase with
its object, at its place in the text.

An ask is cut into clauses; a small model over the clauses (``data/demands.tsv.gz``, made by
tools/fit_demands.py from an answer sheet) says of each whether it begins a demand, goes on
with one, or is none: a reason, history, an example, a hope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from replygen.language.tables import Tables
from replygen.models import Demand
from replygen.parsing.clause_signs import clause_signs
from replygen.parsing.clauses import find_clauses
from replygen.parsing.openings import opening

_NONE = (0.0, 0.0, 0.0)
LABELS = ("none", "begins", "goes_on")
_TABLES = Tables(__file__)
# 理由：多数村医没有养老保险。 · 责任单位：市人社局。: what only goes with an ask
_BESIDE = re.compile(
    r"(?:提案|建议|主要|设立|具体)?(?:理由|依据|原因|现状|背景|备注|说明|存在的?问题)"
    r"|(?:责任|承办|主办|牵头|配合|办理|建议)(?:单位|部门)|(?:完成|办理|整改)(?:时限|时间|期限)"
)


def split_demands(text: str, least: float | None = None) -> tuple[Demand, ...]:
    """Return the demands of an ask's text, in its order; ``text[start:end]`` is each.
    ``least`` is the score of the border behind its heading (borders.least_score)."""
    clauses = find_clauses(text, least)
    labels = _decode(clause_signs(text, clauses))
    demands: list[Demand] = []
    beside = {
        c.sentence for c in clauses if c.after == "：" and _BESIDE.fullmatch(text[c.start : c.end])
    }
    for clause, label in zip(clauses, labels, strict=True):
        if clause.sentence in beside:
            continue
        start, end = clause.bare, clause.end
        if label == "goes_on" and demands and demands[-1].end < clause.start:
            start = demands.pop().start
        # what begins without any mark behind a heading is no part of it
        if label != "none" and end > start:
            demands.append(Demand(text[start:end], start, end))
    if not demands:  # a short wish is one demand: the first clause that opens with doing
        own = [c for c in clauses if c.sentence not in beside]
        opened = [(c, opening(text[c.bare : c.end])) for c in own]
        doing = [c for c, how in opened if how in ("verb", "prep:do")]
        # 为村医缴纳养老保险: all that is wanted may open with whom it is for
        doing = doing or [c for c, how in opened[:1] if how.startswith("prep")]
        demands = [Demand(text[c.bare : c.end], c.bare, c.end) for c in doing[:1]]
    return tuple(demands)


def _decode(features: Sequence[Sequence[str]]) -> list[str]:
    """The likeliest labels in a row (Viterbi)."""
    model = _model()
    if not features:
        return []
    best: list[list[float]] = []
    back: list[list[int]] = []
    for n, row in enumerate(features):
        own = [0.0] * 3
        for name in row:
            for k, w in enumerate(model.get(name, _NONE)):
                own[k] += w
        if not n:
            own[2] = -9e9
            best.append(own)
            continue
        scores, froms = [], []
        for k in range(3):
            options = [best[-1][p] + model.get(f"after:{LABELS[p]}", _NONE)[k] for p in range(3)]
            if k == 2:
                options[0] = -9e9
            top = max(range(3), key=options.__getitem__)
            scores.append(options[top] + own[k])
            froms.append(top)
        best.append(scores)
        back.append(froms)
    k = max(range(3), key=best[-1].__getitem__)
    labels = [k]
    for froms in reversed(back):
        k = froms[k]
        labels.append(k)
    return [LABELS[k] for k in reversed(labels)]


@cache
def _model() -> dict[str, tuple[float, float, float]]:
    features, *weights = _TABLES.columns("demands.tsv.gz")
    none, begins, goes_on = (map(float, column) for column in weights)
    return dict(zip(features, zip(none, begins, goes_on, strict=True), strict=True))

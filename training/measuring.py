"""How well an encoder alone finds replies and articles, by split."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from replygen.evaluation.split import Split, place
from replygen.index.passages import compose_searchable
from training.pairs import Data, Record, make_letter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str], Literal["query", "passage"]], "NDArray[np.float32]"]
Figures = Mapping[str, Mapping[str, float]]

SAMPLE = 10_000  # articles beside those that answer a question
_BEGINNING = 250  # characters of a proposal
_END = 400


def measure_letters(encode: Encode, data: Data) -> Figures:
    """Return R@1, R@10 and MRR@10 by split: a letter's own reply among all replies."""
    letters = data.letters
    passages = encode([r["reply_core"] for r in letters], "passage")
    queries = encode([make_letter(r) for r in letters], "query")
    return _average(_rate(_rank_own(queries, passages)), [place(r["id"]) for r in letters])


def _rank_own(queries: NDArray[np.float32], passages: NDArray[np.float32]) -> list[int]:
    """Return the rank of each query's passage, the one of the same row."""
    scores = queries @ passages.T
    ranks: list[int] = ((scores > scores.diagonal()[:, None]).sum(axis=1) + 1).tolist()
    return ranks


def _rate(ranks: Sequence[int]) -> list[Mapping[str, float]]:
    return [
        {"R@1": float(r == 1), "R@10": float(r <= 10), "MRR@10": 1 / r if r <= 10 else 0.0}
        for r in ranks
    ]


def measure_statutes(encode: Encode, data: Data, *, sample: int = SAMPLE) -> Figures:
    """Return R@10, R@100 and MRR@10 by split: a question's articles among ``sample``
    articles that a hash picks and all that answer any question."""
    questions = data.questions
    chosen = pick_articles(data, sample)
    rows_of = {r["id"]: i for i, r in enumerate(chosen)}
    passages = encode(
        [compose_searchable(r["law"], str(r["article"]), None, str(r["text"])) for r in chosen],
        "passage",
    )
    scores = encode([q["query"] for q in questions], "query") @ passages.T
    rows = []
    for question, line in zip(questions, scores, strict=True):
        gold = [rows_of[g] for g in question["gold"] if g in rows_of]
        order = line.argsort(kind="stable")[::-1][:100].tolist()
        places = sorted(order.index(g) + 1 for g in gold if g in order)
        rows.append(
            {
                "R@10": sum(p <= 10 for p in places) / max(1, len(gold)),
                "R@100": len(places) / max(1, len(gold)),
                "MRR@10": 1 / places[0] if places and places[0] <= 10 else 0.0,
            }
        )
    return _average(rows, [place(q["id"]) for q in questions])


def measure_parts(encode: Encode, data: Data) -> Figures:
    """Return R@1, R@10 and MRR@10 by split: the beginning of a proposal's body finds its
    end among all ends. No training pair is made that way."""
    bodies = [r["body"] for r in data.proposals]
    ranks = _rank_own(
        encode([b[:_BEGINNING] for b in bodies], "query"),
        encode([b[-_END:] for b in bodies], "passage"),
    )
    return _average(_rate(ranks), [place(r["id"]) for r in data.proposals])


def pick_articles(data: Data, sample: int) -> list[Record]:
    """Return all articles that answer a question and ``sample`` others."""
    golds = {gold for question in data.questions for gold in question["gold"]}
    others = sorted(
        (r for r in data.articles if r["id"] not in golds and r["text"].strip()),
        key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest(),
    )
    return [r for r in data.articles if r["id"] in golds] + others[:sample]


def _average(rows: Sequence[Mapping[str, float]], splits: Sequence[Split]) -> Figures:
    figures = {}
    for split in ("train", "dev", "test"):
        mine = [row for row, own in zip(rows, splits, strict=True) if own == split]
        if mine:
            figures[split] = {key: sum(r[key] for r in mine) / len(mine) for key in mine[0]}
            figures[split]["n"] = len(mine)
    return figures

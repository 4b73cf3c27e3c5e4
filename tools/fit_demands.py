"""Fit replygen/parsing/data/demands.tsv.gz: which clause of an ask begins a demand, goes on
with one, or is none. Needs ../shared and the answer sheet tests/parsing/demands_gold.json;
only the half at even places of the sorted ids is looked at, and demands_more.json and
demands_read.json whole.

    python -m tools.fit_demands
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from replygen.parsing import parse_proposal_text
from replygen.parsing.clause_signs import clause_signs
from replygen.parsing.clauses import Clause, find_clauses
from replygen.parsing.demands import LABELS

ROOT = Path(__file__).resolve().parents[1]
SHEETS = ROOT / "tests" / "parsing"
TABLE = ROOT / "replygen" / "parsing" / "data" / "demands.tsv.gz"
_DROPPED = re.compile(r"[\s\W_]+")
Span = tuple[int, int]


def read_texts(shared: Path) -> dict[str, dict[str, str]]:
    """Return the proposals by their ids."""
    with gzip.open(shared / "data" / "proposals.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def locate(body: str, texts: list[str]) -> list[list[int]]:
    """For each ask text the place in the body of each of its characters (-1: none)."""
    offsets = [i for i, char in enumerate(body) if not _DROPPED.match(char)]
    squeezed = "".join(body[i] for i in offsets)
    maps: list[list[int]] = []
    last = len(squeezed)
    for text in reversed(texts):  # from the back: a text that says all twice means its end
        wanted = [i for i, c in enumerate(text) if not _DROPPED.match(c)]
        flat = "".join(text[i] for i in wanted)
        places = [-1] * len(text)
        begin = squeezed.rfind(flat, 0, last)
        if begin < 0:
            begin = squeezed.rfind(flat[:12], 0, last)
        last = begin if begin >= 0 else last
        done = 0
        while done < len(flat) and begin >= 0:
            while done < len(flat) and begin < len(squeezed) and squeezed[begin] == flat[done]:
                places[wanted[done]] = offsets[begin]
                done, begin = done + 1, begin + 1
            # page numbers inside an ask were cleaned away: go on behind
            begin = squeezed.find(flat[done : done + 8], begin, begin + 40)
        maps.append(places)
    return maps[::-1]


def to_body(places: list[int], start: int, end: int) -> Span | None:
    """Return the place in the body of a piece of an ask, None where it was not found."""
    inside = [p for p in places[start:end] if p >= 0]
    return (inside[0], inside[-1] + 1) if inside else None


def label(clauses: list[Clause], places: list[int], gold: list[Span]) -> list[str]:
    """Return begins, goes_on or none for each clause, from the demands of the sheet."""
    labels, last = [], -1
    for clause in clauses:
        span = to_body(places, clause.bare, clause.end)
        found = -1
        if span:
            common = [min(b, span[1]) - max(a, span[0]) for a, b in gold]
            best = max(range(len(gold)), key=common.__getitem__) if gold else -1
            if best >= 0 and common[best] >= 0.5 * (span[1] - span[0]):
                found = best
        labels.append("none" if found < 0 else "goes_on" if found == last else "begins")
        last = found
    return labels


class Chain:
    """A linear chain over clauses, fitted by maximum likelihood with an L2 penalty; all asks
    go through it side by side, the longest first."""

    def __init__(self, penalty: float, least: int) -> None:
        self.penalty, self.least = penalty, least

    def fit(
        self, rows: list[list[list[str]]], labels: list[list[str]]
    ) -> dict[str, tuple[float, ...]]:
        """Return the three weights of every feature."""
        asks = sorted(
            ((r, [LABELS.index(x) for x in lab]) for r, lab in zip(rows, labels, strict=True) if r),
            key=lambda ask: -len(ask[0]),
        )
        count = Counter(name for row, _ in asks for names in row for name in names)
        self.names = sorted(n for n, k in count.items() if k >= self.least)
        place = {n: i for i, n in enumerate(self.names)}
        clauses = [names for row, _ in asks for names in row]
        cells = [(r, place[n]) for r, names in enumerate(clauses) for n in names if n in place]
        self.signs = csr_matrix(
            (np.ones(len(cells)), tuple(zip(*cells, strict=True))),
            shape=(len(clauses), len(self.names)),
        )
        lengths = np.array([len(row) for row, _ in asks])
        self.there = np.arange(lengths[0]) < lengths[:, None]
        self.last = lengths - 1
        self.goal = np.zeros(self.there.shape, dtype=int)
        self.goal[self.there] = [k for _, lab in asks for k in lab]
        start = np.zeros(len(self.names) * 3 + 9)
        result = minimize(self._loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100})
        weights, steps = self._split(result.x)
        model = {n: tuple(weights[i]) for n, i in place.items()}
        return model | {f"after:{LABELS[k]}": tuple(steps[k]) for k in range(3)}

    def _split(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return flat[:-9].reshape(-1, 3), flat[-9:].reshape(3, 3)

    def _loss(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, steps = self._split(flat)
        trans = steps.copy()
        trans[0, 2] = -30  # nothing goes on behind nothing
        own = np.zeros((*self.there.shape, 3))
        own[self.there] = self.signs @ weights
        own[:, 0, 2] = -30
        fwd, bwd = self._sums(own, trans)
        z = np.logaddexp.reduce(fwd[np.arange(len(fwd)), self.last], axis=1)
        asks, at = np.nonzero(self.there)
        goal = self.goal[asks, at]
        total = z.sum() - own[asks, at, goal].sum()
        more = np.exp(fwd + bwd - z[:, None, None])
        more[asks, at, goal] -= 1
        by_step = np.zeros((3, 3))
        for t in range(1, self.there.shape[1]):
            n = int(self.there[:, t].sum())
            here = (own[:n, t] + bwd[:n, t])[:, None, :]
            pairs = np.exp(fwd[:n, t - 1, :, None] + trans + here - z[:n, None, None])
            was, now = self.goal[:n, t - 1], self.goal[:n, t]
            pairs[np.arange(n), was, now] -= 1
            by_step += pairs.sum(0)
            total -= trans[was, now].sum()
        by_step[0, 2] = 0
        slope = np.concatenate([(self.signs.T @ more[self.there]).ravel(), by_step.ravel()])
        return total + self.penalty * (flat @ flat), slope + 2 * self.penalty * flat

    def _sums(self, own: np.ndarray, trans: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        fwd, bwd = np.zeros_like(own), np.zeros_like(own)
        fwd[:, 0] = own[:, 0]
        for t in range(1, own.shape[1]):
            n = int(self.there[:, t].sum())
            ways = fwd[:n, t - 1, :, None] + trans
            fwd[:n, t] = own[:n, t] + np.logaddexp.reduce(ways, axis=1)
        for t in range(own.shape[1] - 2, -1, -1):
            n = int(self.there[:, t + 1].sum())
            ways = trans + (own[:n, t + 1] + bwd[:n, t + 1])[:, None, :]
            bwd[:n, t] = np.logaddexp.reduce(ways, axis=2)
        return fwd, bwd


def write_table(model: dict[str, tuple[float, ...]]) -> None:
    """Write the table that the parser reads. Weights under 0.02 are left out: without them 20
    of 7,213 clauses are called otherwise, with 0.05 366."""
    head = "# made by tools/fit_demands.py: feature, weights of none, begins, goes_on\n"
    rows = [
        f"{n}\t" + "\t".join(f"{x:.3f}" for x in w)
        for n, w in sorted(model.items())
        if max(map(abs, w)) > 0.02 or n.startswith("after:")
    ]
    TABLE.write_bytes(gzip.compress((head + "\n".join(rows) + "\n").encode(), 9, mtime=0))


def read_labelled(shared: Path) -> tuple[list[list[list[str]]], list[list[str]]]:
    """Return the features and labels of every ask that was read for fitting."""
    texts = read_texts(shared)
    gold = json.loads((SHEETS / "demands_gold.json").read_text(encoding="utf-8"))["proposals"]
    more: dict[str, list[dict[str, list[list[int]]]]] = {}
    for sheet in ("demands_more.json", "demands_read.json"):
        more |= json.loads((SHEETS / sheet).read_text(encoding="utf-8"))["proposals"]
    rows: list[list[list[str]]] = []
    labels: list[list[str]] = []
    for name, asks in [*((n, gold[n]) for n in sorted(gold)[::2]), *more.items()]:
        demands = [(a, b) for ask in asks for a, b in ask["demands"]]
        read = [ask["start"] for ask in asks]
        found = [
            a.text
            for a in parse_proposal_text(texts[name]["body"], title=texts[name]["title"]).asks
        ]
        for text, places in zip(found, locate(texts[name]["body"], found), strict=True):
            span = to_body(places, 0, len(text))
            # of the second sheet some asks were passed over
            if span and (name in gold or any(abs(span[0] - start) < 3 for start in read)):
                clauses = find_clauses(text)
                rows.append(clause_signs(text, clauses))
                labels.append(label(clauses, places, demands))
    return rows, labels


def main() -> int:
    """Fit and write the table."""
    write_table(Chain(penalty=6.0, least=2).fit(*read_labelled(ROOT.parent / "shared")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Fit replygen/parsing/data/demands.tsv: which clause of an ask begins a demand, goes on
with one, or is none. Needs ../shared and the answer sheet tests/parsing/demands_gold.json;
only the half at even places of the sorted ids is looked at, and demands_more.json and
demands_read.json whole.

    python -m tools.fit_demands
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from replygen.parsing import parse_proposal_text
from replygen.parsing.demands import LABELS, Clause, clause_features, find_clauses

ROOT = Path(__file__).resolve().parents[1]
SHEETS = ROOT / "tests" / "parsing"
TABLE = ROOT / "replygen" / "parsing" / "data" / "demands.tsv"
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
    """A linear chain over clauses, fitted by maximum likelihood with an L2 penalty."""

    def __init__(self, penalty: float, least: int) -> None:
        self.penalty, self.least = penalty, least

    def fit(
        self, rows: list[list[list[str]]], labels: list[list[str]]
    ) -> dict[str, tuple[float, ...]]:
        """Return the three weights of every feature."""
        count: dict[str, int] = {}
        for row in rows:
            for names in row:
                for name in names:
                    count[name] = count.get(name, 0) + 1
        names = sorted(n for n, k in count.items() if k >= self.least)
        place = {n: i for i, n in enumerate(names)}
        data = [
            (
                [np.array([place[n] for n in names_ if n in place]) for names_ in row],
                [LABELS.index(x) for x in lab],
            )
            for row, lab in zip(rows, labels, strict=True)
            if row
        ]
        size = len(names)

        def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
            w, t = flat[: size * 3].reshape(size, 3), flat[size * 3 :].reshape(3, 3)
            gw, gt = np.zeros_like(w), np.zeros_like(t)
            total = 0.0
            for feats, gold in data:
                own = np.array([w[f].sum(0) for f in feats])
                own[0, 2] = -30
                trans = t.copy()
                trans[0, 2] = -30
                n = len(gold)
                fwd, bwd = np.zeros((n, 3)), np.zeros((n, 3))
                fwd[0] = own[0]
                for i in range(1, n):
                    fwd[i] = own[i] + np.logaddexp.reduce(fwd[i - 1][:, None] + trans, axis=0)
                for i in range(n - 2, -1, -1):
                    bwd[i] = np.logaddexp.reduce(trans + own[i + 1] + bwd[i + 1], axis=1)
                z = np.logaddexp.reduce(fwd[-1])
                total += z - own[range(n), gold].sum()
                p = np.exp(fwd + bwd - z)
                p[range(n), gold] -= 1
                for f, d in zip(feats, p, strict=True):
                    gw[f] += d
                for i in range(1, n):
                    total -= trans[gold[i - 1], gold[i]]
                    e = np.exp(fwd[i - 1][:, None] + trans + own[i] + bwd[i] - z)
                    e[gold[i - 1], gold[i]] -= 1
                    gt += e
            gt[0, 2] = 0
            total += self.penalty * (flat @ flat)
            return total, np.concatenate([gw.ravel(), gt.ravel()]) + 2 * self.penalty * flat

        result = minimize(
            loss, np.zeros(size * 3 + 9), jac=True, method="L-BFGS-B", options={"maxiter": 80}
        )
        w, t = result.x[: size * 3].reshape(size, 3), result.x[size * 3 :].reshape(3, 3)
        model = {n: tuple(w[i]) for n, i in place.items()}
        model |= {f"after:{LABELS[k]}": tuple(t[k]) for k in range(3)}
        return model


def write_table(model: dict[str, tuple[float, ...]]) -> None:
    """Write the table that the parser reads."""
    head = "# made by tools/fit_demands.py: feature, weights of none, begins, goes_on\n"
    rows = [
        f"{n}\t" + "\t".join(f"{x:.3f}" for x in w)
        for n, w in sorted(model.items())
        if max(map(abs, w)) > 0.05
    ]
    TABLE.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


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
                rows.append(clause_features(text, clauses))
                labels.append(label(clauses, places, demands))
    return rows, labels


def main() -> int:
    """Fit and write the table."""
    write_table(Chain(penalty=2.0, least=2).fit(*read_labelled(ROOT.parent / "shared")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

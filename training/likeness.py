"""The making of ``Judge.alike``: clauses of real proposals, said again in other words.

A clause that asks for something is taken up where its words are exchanged for synonyms
(data/synonyms.tsv), its adverbs dropped, its parts turned round or cut, and what is left
stands in a reply's sentence beside other matters. It is not taken up by what its neighbour
or another ask of the same proposal wants (hard), or one of another proposal (easy). No
sentence is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from replygen.evaluation.relevance import Curve, draw_curve
from replygen.evaluation.tables import read_table
from replygen.index.relevance import Judge
from replygen.index.relevance.model import DATA, WEIGHTS, load_models, read_note, write_models
from replygen.parsing import parse_proposal_text
from training.judging import Sample, choose_bar, cross_validate, fit

WANTED = 0.95  # precision from which a text counts as taking up another's matter
_CLAUSE = re.compile(r"[，。；;：\n]")
_ADVERB = re.compile(r"进一步|切实|积极|大力|不断|着力|全面|深入|有效|要|应当?|建议|应该")
_PAIR = re.compile(r"^(.{2,10})和(.{2,10})$")
_OPENINGS = ("下一步，我局将", "我局将会同有关部门", "今后，我们将", "已", "目前，我局已", "")
_SHORTEST, _LONGEST = 8, 32
_PROPOSALS = 160
_SHORTENED, _KEPT = 0.7, 5  # how often a clause is cut to a part, and its least length


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """Two texts of a proposal, and whether the second takes up the first."""

    proposal: str
    left: str
    right: str
    same: bool


def make_cases(data: Path, seed: int = 7) -> list[CheckedDraft]:
    """Return cases made of the asks of proposals.jsonl.gz."""
    source = random.Random(seed)
    asks: dict[str, list[list[str]]] = {}
    with gzip.open(data / "proposals.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in list(map(json.loads, lines))[:_PROPOSALS]:
            proposal = parse_proposal_text(row["body"], title=row["title"])
            found = [list(_find_clauses(ask.text)) for ask in proposal.asks]
            asks[row["id"]] = [clauses for clauses in found if clauses]
    everything = [(name, c) for name, found in asks.items() for ask in found for c in ask]
    return [
        case
        for name, found in asks.items()
        if len(found) > 1
        for place in range(len(found))
        for case in _make_some(name, found, place, everything, source)
    ]


def _make_some(
    name: str,
    asks: list[list[str]],
    place: int,
    everything: list[tuple[str, str]],
    source: random.Random,
) -> Iterator[CheckedDraft]:
    left = source.choice(asks[place])
    others = [c for at, ask in enumerate(asks) if at != place for c in ask]
    near = [c for c in asks[place] if c != left] or others
    owner, easy = source.choice(everything)
    beside = source.sample(others, min(len(others), 3))
    for number in (0, 1, len(beside)):
        said = _embed(_rephrase(left, source), beside[:number], source)
        yield CheckedDraft(name, left, said, True)
    for other in (source.choice(near), source.choice(near), source.choice(others)):
        said = _embed(_rephrase(other, source), beside[: source.randrange(4)], source)
        yield CheckedDraft(name, left, said, False)
    if owner != name:
        yield CheckedDraft(name, left, _embed(easy, beside, source), False)


def _find_clauses(text: str) -> Iterator[str]:
    for clause in _CLAUSE.split(text):
        if _SHORTEST <= len(clause.strip()) <= _LONGEST:
            yield clause.strip()


def _rephrase(clause: str, source: random.Random) -> str:
    """Return the clause in other words, or a part of it: most words that can be exchanged
    are, and an answer does not say all again."""
    for group in read_table("synonyms.tsv"):
        for word in group:
            if word in clause and source.random() < 0.8:
                clause = clause.replace(word, source.choice([g for g in group if g != word]))
                break
    clause = _ADVERB.sub("", clause)
    if source.random() < _SHORTENED:
        size = max(_KEPT, round(len(clause) * source.uniform(0.4, 0.7)))
        start = source.randrange(max(1, len(clause) - size + 1))
        clause = clause[start : start + size]
    pair = _PAIR.match(clause)
    return f"{pair[2]}和{pair[1]}" if pair else clause


def _embed(clause: str, beside: list[str], source: random.Random) -> str:
    parts = [clause, *beside]
    source.shuffle(parts)
    return f"{source.choice(_OPENINGS)}{'，'.join(parts)}。"


def make(data: Path) -> Curve:
    """Fit ``alike`` and write it beside the other weights; return the cross-validated curve."""
    import numpy as np

    judge, cases = Judge(), make_cases(data)
    signals = [judge.compare(case.left, [case.right])[0] for case in cases]
    names = tuple(sorted(signals[0]))
    sample = Sample(
        names,
        np.array([[row[name] for name in names] for row in signals]),
        np.array([case.same for case in cases]),
        tuple(case.proposal for case in cases),
    )
    scores = cross_validate(sample, penalty=1.0)
    bar = round(choose_bar(sample.useful, scores, WANTED), 3)
    curve = draw_curve(sample.useful.tolist(), scores.tolist(), bar)
    models = {**load_models(), "alike": fit(sample, penalty=1.0, bar=bar)}
    note = {**read_note(), "alike": curve.to_json()}
    write_models(models, note, DATA / WEIGHTS)
    return curve


def main() -> None:
    """Make the weights from the command line."""
    parser = argparse.ArgumentParser(description="由换个说法的句子拟合“是不是一件事”的判断")
    parser.add_argument("--data", type=Path, required=True)
    sys.stdout.write(f"{make(parser.parse_args().data).to_json()}\n")


if __name__ == "__main__":
    main()

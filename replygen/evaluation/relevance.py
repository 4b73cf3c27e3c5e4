"""How well the judge of relevance tells what a clerk could use: graded pairs -> curves."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from replygen.errors import ReadError
from replygen.evaluation.tables import read_table
from replygen.index import Index
from replygen.index.relevance import BAR, AskContext, Judge, read_subject
from replygen.index.relevance.model import load_references
from replygen.laws.normalise import hash_text
from replygen.models import Document, Hit, Passage, PassageKind

USEFUL = 2  # grade from which a clerk could use a passage
RECALLS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_KEY = 100  # characters of a passage by which it is known again


@dataclass(frozen=True, slots=True)
class Pair:
    """A graded pair: a passage for an ask of a proposal, with its grade (0..3)."""

    proposal: str
    ask_context: AskContext
    passage: Passage
    grade: int

    @property
    def useful(self) -> bool:
        """Whether a clerk could use the passage."""
        return self.grade >= USEFUL


@dataclass(frozen=True, slots=True)
class Curve:
    """How well scores tell useful pairs from others: the area under the ROC curve, the
    precision at each recall of RECALLS, the precision and recall at ``bar``."""

    pairs: int
    useful: int
    auc: float
    precision: Mapping[float, float]
    bar: float
    at_bar: tuple[float, float]

    def to_json(self) -> dict[str, Any]:
        """Return the curve as it is printed."""
        return {
            "pairs": self.pairs,
            "useful": self.useful,
            "auc": round(self.auc, 3),
            "precision_at_recall": {str(r): round(p, 3) for r, p in self.precision.items()},
            "bar": self.bar,
            "at_bar": {"precision": round(self.at_bar[0], 3), "recall": round(self.at_bar[1], 3)},
        }


def eval_relevance(
    data: Path,
    index: Index | None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Judge the graded pairs of a file and return the curves by kind, of all pairs and of
    those whose proposals the judge was not fitted on. A passage that ``index`` has is judged
    as it stands there, others as they stand in the file. Raises ReadError."""
    pairs = read_graded(data, index)
    scores = judge_pairs(pairs, Judge(index), progress)
    _, seen = load_references()
    known = frozenset(seen)
    kinds: dict[str, Any] = {}
    for kind in ("article", "measure"):
        chosen = [i for i, pair in enumerate(pairs) if pair.passage.kind == kind]
        unseen = [i for i in chosen if pairs[i].proposal not in known]
        kinds[kind] = {
            "all": _draw([pairs[i] for i in chosen], [scores[i] for i in chosen], kind),
            "unseen": _draw([pairs[i] for i in unseen], [scores[i] for i in unseen], kind),
        }
    return {"set": "relevance", "n": len(pairs), "kinds": kinds}


def read_graded(data: Path, index: Index | None = None) -> list[Pair]:
    """Return the pairs of a .jsonl.gz file that have a grade. Raises ReadError."""
    try:
        with gzip.open(data, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        known = {} if index is None else index_passages(index)
        return [_read_pair(row, known) for row in rows if row["grade"] is not None]
    except (OSError, ValueError, KeyError) as error:
        raise ReadError(str(data), f"不是评过级的“建议—材料”文件：{error}") from error


def read_judgments(data: Path, index: Index) -> list[Pair]:
    """Return the judgments of the repository (data/judgments.tsv: proposal, start and end of
    the ask in its body, kind, key of the passage, grade) whose texts are in the folder
    ``data`` and in the index. Raises ReadError."""
    known = index_passages(index)
    try:
        with gzip.open(data / "proposals.jsonl.gz", "rt", encoding="utf-8") as lines:
            proposals = {row["id"]: row for row in map(json.loads, lines)}
    except (OSError, ValueError, KeyError) as error:
        raise ReadError(str(data), f"读不出 proposals.jsonl.gz：{error}") from error
    pairs = []
    for name, start, end, _, key, grade in read_table("judgments.tsv"):
        proposal, passage = proposals.get(name), known.get(key)
        if proposal is None or passage is None:
            continue
        text = proposal["body"][int(start) : int(end)]
        ask_context = AskContext(read_subject(proposal["title"]), "", text)
        pairs.append(Pair(name, ask_context, passage, int(grade)))
    return pairs


def index_passages(index: Index) -> dict[str, Passage]:
    """Return the articles and measures of an index by the key by which they are known."""
    found: dict[str, Passage] = {}
    for document in index.documents():
        for passage in index.passages(document.id):
            if passage.kind in ("article", "measure"):
                found.setdefault(make_key(document.title, passage.title, passage.text), passage)
                found.setdefault(make_key("", "", passage.text), passage)
    return found


def make_key(document: str, title: str, text: str) -> str:
    """Return the key of a passage, 12 hex digits: a 条 by its law and number too."""
    return hash_text(f"{document}{title}{''.join(text.split())[:_KEY]}")[:12]


def judge_pairs(
    pairs: Sequence[Pair], judge: Judge, progress: Callable[[int, int], None] | None = None
) -> list[float]:
    """Return the judge's probability for each pair; the pairs of an ask and kind are judged
    together, as in a search."""
    scores = [0.0] * len(pairs)
    done = 0
    for places in group_asks(pairs):
        hits = [Hit(pairs[i].passage, 0.0, ()) for i in places]
        found = judge.score(pairs[places[0]].ask_context, hits)
        for place, probability in zip(places, found, strict=True):
            scores[place] = probability
        done += len(places)
        if progress is not None:
            progress(done, len(pairs))
    return scores


def group_asks(pairs: Sequence[Pair]) -> Iterable[list[int]]:
    """Give the places of the pairs of each ask and kind."""

    def name(i: int) -> tuple[str, str, str]:
        return pairs[i].proposal, pairs[i].ask_context.text, pairs[i].passage.kind

    for _, places in groupby(sorted(range(len(pairs)), key=name), key=name):
        yield list(places)


def draw_curve(useful: Sequence[bool], scores: Sequence[float], bar: float) -> Curve:
    """Return the curve of scores for pairs that are useful or not; both must be there."""
    import numpy as np

    wanted, values = np.asarray(useful, dtype=bool), np.asarray(scores)
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(wanted[order])
    precision, recall = hits / np.arange(1, len(order) + 1), hits / wanted.sum()
    above, below = values[wanted][:, None], values[~wanted][None, :]
    auc = float((above > below).mean() + 0.5 * (above == below).mean())
    taken = values >= bar
    right = float((taken & wanted).sum())
    return Curve(
        pairs=len(wanted),
        useful=int(wanted.sum()),
        auc=auc,
        precision={r: float(precision[np.searchsorted(recall, r - 1e-9)]) for r in RECALLS},
        bar=bar,
        at_bar=(right / max(1.0, float(taken.sum())), right / float(wanted.sum())),
    )


def _draw(
    pairs: Sequence[Pair], scores: Sequence[float], kind: PassageKind
) -> dict[str, Any] | None:
    useful = [pair.useful for pair in pairs]
    if all(useful) or not any(useful):
        return None
    return draw_curve(useful, scores, BAR[kind]).to_json()


def _read_pair(row: Mapping[str, Any], known: Mapping[str, Passage]) -> Pair:
    ask_context = AskContext(read_subject(row["title"]), "", row["ask_text"])
    title = row["article"] or row["lead"]
    passage = known.get(make_key(row["document"], title, row["text"]))
    passage = passage or known.get(make_key("", "", row["text"]))
    return Pair(row["proposal"], ask_context, passage or _make_passage(row, title), row["grade"])


def _make_passage(row: Mapping[str, Any], title: str) -> Passage:
    """Return the passage as the file tells it: its text is cut there."""
    id = make_key(row["document"], title, row["text"])
    document = Document(id, "", "", row["document"], None, None, None, None)
    first = title in ("第一条", "第1条")
    return Passage(f"{id}#0", document, row["kind"], 0 if first else 9, title, row["text"])

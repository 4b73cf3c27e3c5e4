"""How well the search finds what is known to be right."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from replygen.evaluation.datasets import DataSet, Question, read_data_set
from replygen.evaluation.metrics import average, bootstrap, measure_query
from replygen.evaluation.split import place
from replygen.index import Index, open_index
from replygen.index.encoders.loading import DEFAULT_ENCODER

_DEPTH = 100  # labels ranked for a query
_PASSAGES = 300  # passages ranked, as several may have one label


@dataclass(frozen=True, slots=True)
class EvalResult:
    """The figures of one run. ``n`` counts queries; ``metrics`` are means in 0..1 and
    ``interval`` their 95 % bootstrap intervals; ``passages_per_second`` covers storing,
    words and fast vectors together, ``filled_per_second`` the slow vectors that follow
    (0 where there are none); ``ms_per_query`` is the mean in milliseconds. ``unseen`` are
    the means over the ``n_unseen`` queries whose records the shipped encoders were not
    trained on: what to expect of other data."""

    set: str
    n: int
    encoder: str
    mode: str
    metrics: Mapping[str, float]
    interval: Mapping[str, tuple[float, float]]
    n_unseen: int
    unseen: Mapping[str, float]
    passages: int
    passages_per_second: float
    filled_per_second: float
    ms_per_query: float

    def to_json(self) -> dict[str, object]:
        """Return the figures as ``replygen eval --json`` prints them."""
        return {
            "set": self.set,
            "n": self.n,
            "encoder": self.encoder,
            "mode": self.mode,
            "metrics": {name: round(value, 4) for name, value in self.metrics.items()},
            "interval": {
                name: [round(low, 4), round(high, 4)] for name, (low, high) in self.interval.items()
            },
            "n_unseen": self.n_unseen,
            "unseen": {name: round(value, 4) for name, value in self.unseen.items()},
            "passages": self.passages,
            "passages_per_second": round(self.passages_per_second, 1),
            "filled_per_second": round(self.filled_per_second, 1),
            "ms_per_query": round(self.ms_per_query, 2),
        }


def run_eval(
    set_name: str,
    data: Path,
    *,
    encoder: str = DEFAULT_ENCODER,
    accurate: bool = False,
    corpus: Path | None = None,
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> EvalResult:
    """Index a data set's documents in a temporary index, ask its questions, and return
    the figures; all slow vectors are there before the first question. ``limit`` asks the
    first so many only (all documents are indexed); ``progress`` is told (done, of) in
    passages while the slow vectors are made.
    Raises ReadError for a wrong or missing file, SettingsError for an unknown set or an
    encoder that cannot be loaded."""
    data_set = read_data_set(set_name, Path(data), corpus)
    questions = data_set.questions[:limit]
    with TemporaryDirectory(prefix="replygen-eval-") as folder:
        with open_index(Path(folder), encoder=encoder, accurate=accurate) as index:
            start = time.perf_counter()
            labels = add_documents(index, data_set)
            index.catch_up()
            searchable = time.perf_counter() - start
            two = index.status().vectors == 0
            index.fill(progress)
            filled = time.perf_counter() - start - searchable
            rows, spent = [], 0.0
            for question in questions:
                start = time.perf_counter()
                found = index.rank(question.text, kind=data_set.kind, limit=_PASSAGES)
                spent += time.perf_counter() - start
                ranked = list(dict.fromkeys(labels[id] for id, _ in found))[:_DEPTH]
                rows.append(measure_query(ranked, question.gold))
            status = index.status()
    unseen = [row for row, q in zip(rows, questions, strict=True) if is_unseen(q)]
    return EvalResult(
        set=set_name,
        n=len(rows),
        encoder=status.encoder,
        metrics=average(rows),
        interval=bootstrap(rows),
        n_unseen=len(unseen),
        unseen=average(unseen) if unseen else {},
        mode="accurate" if accurate else "default",
        passages=status.passages,
        passages_per_second=status.passages / searchable,
        filled_per_second=status.passages / filled if two else 0.0,
        ms_per_query=1000 * spent / len(rows),
    )


def is_unseen(question: Question) -> bool:
    """Say whether the shipped encoders were not trained on the question's record."""
    return not question.id or place(question.id) == "test"


def add_documents(index: Index, data_set: DataSet) -> dict[str, str]:
    """Add the documents and return the label of every passage. A text that is there
    already keeps its first label, as the index keeps it once."""
    labels: dict[str, str] = {}
    for parsed, source, names, own in data_set.documents:
        document = index.add(parsed, source, own=own).document
        for passage in index.passages(document.id):
            label = names[passage.position] if len(names) > 1 else names[0]
            labels.setdefault(passage.id, label)
    return labels

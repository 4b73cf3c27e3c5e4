"""What a language model is worth as the writer: over proposals, with what the index holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

from replygen.drafting import gather_evidence
from replygen.errors import ReadError, WriterError
from replygen.evaluation.drafts import read_rows
from replygen.index.relevance import ALIKE, Judge
from replygen.models import Draft, Proposal, Source
from replygen.parsing import parse_proposal
from replygen.reading import read_all
from replygen.service.desk import Desk
from replygen.settings import Limits
from replygen.writing import REASONS, Model, Written, write_draft


@dataclass(slots=True)
class WriterFigures:
    """The figures of one model over ``n`` proposals.

    ``asks`` were put to it, ``failed`` says why our whole paragraph stood and how often. Of
    the ``sentences`` that it said ``kept`` stand in a draft, ``refused`` were by reason (a key
    of ``REASONS``); the rest said ours once more, or fell with an ask that failed. Of the
    ``demands`` in those asks ``covered`` are taken up by a sentence afterwards,
    ``covered_before`` by ours alone. ``seconds`` are those of every call.
    """

    model: str
    n: int = 0
    asks: int = 0
    sentences: int = 0
    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    demands: int = 0
    covered: int = 0
    covered_before: int = 0
    seconds: list[float] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the figures as ``replygen eval writer --json`` prints them: shares 0..1,
        ``None`` where there is nothing to share."""
        ranked = sorted(self.seconds)
        slowest = ranked[ceil(0.95 * len(ranked)) - 1] if ranked else None  # nearest rank
        return {
            "set": "writer",
            "model": self.model,
            "n": self.n,
            "asks": self.asks,
            "sentences": self.sentences,
            "metrics": {
                "sentences_kept": _share(self.kept, self.sentences),
                "sentences_refused": _share(sum(self.refused.values()), self.sentences),
                "asks_failed": _share(sum(self.failed.values()), self.asks),
                "demands_covered": _share(self.covered, self.demands),
                "demands_covered_without": _share(self.covered_before, self.demands),
                "seconds_an_ask": round(median(self.seconds), 2) if self.seconds else None,
                "seconds_an_ask_p95": None if slowest is None else round(slowest, 2),
            },
            "refused": dict(self.refused.most_common()),
            "failed": dict(self.failed.most_common()),
            "reasons": {key: REASONS[key] for key, _ in self.refused.most_common()},
        }


def measure_writer(
    desk: Desk,
    proposals: Sequence[Proposal],
    *,
    model: Model,
    progress: Callable[[int, int], None] | None = None,
) -> WriterFigures:
    """Return what ``model`` does with the drafts of ``proposals``, made by ``desk``. Raises
    WriterError where not one call was answered."""
    figures = WriterFigures(model.name)
    profile = desk.settings.profile
    for number, proposal in enumerate(proposals, start=1):
        evidence = gather_evidence(proposal, desk.index, profile=profile, judge=desk.judge)
        ours = desk.compose(proposal, evidence=evidence)
        written = write_draft(
            ours,
            proposal,
            evidence,
            model=model,
            profile=profile,
            index=desk.index,
            judge=desk.judge,
        )
        _count(figures, ours, written, desk.judge)
        if progress is not None:
            progress(number, len(proposals))
    if figures.asks and not figures.sentences and len(figures.failed) == 1:
        raise WriterError(f"模型一次也没有答上来：{next(iter(figures.failed))}")
    return figures


def read_proposals(data: Path, most: int | None, limits: Limits) -> list[Proposal]:
    """Return the proposals of a .jsonl.gz, or of the files at ``data``, ``most`` of them.
    Raises ReadError where there are none."""
    if data.name.endswith(".jsonl.gz"):
        found = [proposal for _, proposal in read_rows(data, most)]
    else:
        sources = (s for s in read_all([data], limits=limits) if isinstance(s, Source))
        found = [parse_proposal(source) for source in islice(sources, most)]
    if not found:
        raise ReadError(str(data), "里面没有读得出的提案，请检查")
    return found


def _count(figures: WriterFigures, ours: Draft, written: Written, judge: Judge) -> None:
    figures.n += 1
    figures.asks += len(written.seconds)
    figures.sentences += written.asked
    figures.kept += written.kept
    figures.refused.update(refusal.reason for refusal in written.refused)
    figures.failed.update(written.failed.values())
    figures.seconds += written.seconds.values()
    before, after = _sentences(ours), _sentences(written.draft)
    for stance in ours.stances:
        if stance.order not in written.seconds:
            continue
        demands = [d.demand.text for d in stance.demands]
        figures.demands += len(demands)
        figures.covered_before += _covered(demands, before.get(stance.order, ()), judge)
        figures.covered += _covered(demands, after.get(stance.order, ()), judge)


def _covered(demands: Iterable[str], sentences: Sequence[str], judge: Judge) -> int:
    """Return how many demands a sentence takes up."""
    return sum(
        1 for demand in demands if sentences and max(judge.alike(demand, sentences)) >= ALIKE
    )


def _sentences(draft: Draft) -> dict[int, list[str]]:
    """Return the sentences of each ask, open places left out."""
    found: dict[int, list[str]] = {}
    for ask, text in _spoken(draft):
        found.setdefault(ask, []).append(text)
    return found


def _spoken(draft: Draft) -> Iterator[tuple[int, str]]:
    for section in draft.sections:
        for block in section.blocks:
            for s in block.sentences:
                if s.ask is not None and s.origin not in ("form", "slot"):
                    yield s.ask, s.text


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None

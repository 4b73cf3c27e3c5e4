"""How much real drafts say: over proposals, with whatever the index holds."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from replygen.checking.coverage import measure_cliches
from replygen.drafting.tense import sounds_past
from replygen.errors import ReadError
from replygen.models import CheckReport, Draft, Proposal, Sentence
from replygen.parsing import parse_proposal_text
from replygen.service.desk import Desk

BARS = {
    "asks_with_content": (">=", 0.95),
    "characters_an_ask": (">=", 120.0),
    "slots_beyond_asks": ("<=", 5.0),
    "leaks_blocked": ("<=", 0.0),
    "deeds_without_ground": ("<=", 0.0),
}
_MOSTLY = 0.6  # share in set phrases from which a sentence says nothing
_OURS = ("own", "opinion", "typed", "statute", "policy")  # origins that may report
# 我局已建成…, 开展了…: something that we say we did
_DEED = re.compile(r"我[局厅委办市省县区]?(?:已|已经|先后|累计)|(?:建成|完成|开展|出台)了")


@dataclass(frozen=True, slots=True)
class DraftFigures:
    """The figures over ``n`` drafts. ``asks_with_content`` is a share (0..1), of all asks,
    ``characters_an_ask`` the median of characters that are no form, slot or set phrase,
    ``slots_beyond_asks`` the mean number of open places a draft beyond one for each ask,
    ``seconds`` the median for one draft, found and composed; ``worst`` are (proposal, ask) of
    asks without content."""

    n: int
    asks: int
    passages: int
    asks_with_content: float
    characters_an_ask: float
    slots_beyond_asks: float
    leaks_blocked: int
    deeds_without_ground: int
    origins: dict[str, int]
    seconds: float
    worst: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as ``replygen eval drafts --json`` prints them."""
        metrics = {name: round(float(getattr(self, name)), 4) for name in BARS}
        return {
            "set": "drafts",
            "n": self.n,
            "asks": self.asks,
            "passages": self.passages,
            "metrics": metrics,
            "bars": {name: f"{sign} {bar:g}" for name, (sign, bar) in BARS.items()},
            "reached": {
                name: metrics[name] >= bar if sign == ">=" else metrics[name] <= bar
                for name, (sign, bar) in BARS.items()
            },
            "origins": self.origins,
            "seconds": round(self.seconds, 2),
            "worst": [f"{id} {order}" for id, order in self.worst],
        }


def measure_drafts(
    desk: Desk,
    path: Path,
    *,
    most: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DraftFigures:
    """Return what drafts for the proposals in ``path`` (.jsonl.gz) say, made by ``desk``.
    Raises ReadError for a file that cannot be read."""
    lengths: list[tuple[str, int, int]] = []
    beyond: list[int] = []
    seconds: list[float] = []
    leaks = deeds = 0
    origins: dict[str, int] = {}
    proposals = list(read_rows(path, most))
    for number, (id, proposal) in enumerate(proposals, start=1):
        start = time.perf_counter()
        draft = desk.compose(proposal)
        seconds.append(time.perf_counter() - start)
        report = desk.examine([b.text for b in draft.blocks], proposal=proposal, draft=draft)
        lengths += [(id, a.order, measure_content(draft, a.order)) for a in proposal.asks]
        beyond.append(len(draft.slots) - len(proposal.asks))
        leaks += count_leaks(report)
        deeds += sum(1 for s in _body(draft) if states_deed(s))
        for sentence in _body(draft):
            origins[sentence.origin] = origins.get(sentence.origin, 0) + 1
        if progress is not None:
            progress(number, len(proposals))
    if not lengths:
        raise ReadError(str(path), "没有提案，请检查文件")
    return DraftFigures(
        n=len(beyond),
        asks=len(lengths),
        passages=desk.status().passages,
        asks_with_content=sum(1 for row in lengths if row[2]) / len(lengths),
        characters_an_ask=float(median(row[2] for row in lengths)),
        slots_beyond_asks=sum(beyond) / len(beyond),
        leaks_blocked=leaks,
        deeds_without_ground=deeds,
        origins=origins,
        seconds=median(seconds),
        worst=tuple((id, order) for id, order, length in lengths if not length)[:20],
    )


def measure_content(draft: Draft, order: int) -> int:
    """Return how many characters answer the ask ``order``: of sentences with a ground that
    are no set phrases."""
    return sum(
        len(s.text)
        for s in _body(draft)
        if s.ask == order and s.origin not in ("form", "slot") and measure_cliches(s.text) < _MOSTLY
    )


def count_leaks(report: CheckReport) -> int:
    """Return how many findings block because of something foreign."""
    return sum(1 for f in report.findings if f.rule.startswith("leak.") and f.severity == "block")


def states_deed(sentence: Sentence) -> bool:
    """Return whether a sentence that does not rest on our own material says that something
    was done."""
    if sentence.origin in _OURS or sentence.origin in ("form", "slot"):
        return False
    return bool(_DEED.search(sentence.text)) or (
        sentence.origin == "precedent" and sounds_past(sentence.text)
    )


def _body(draft: Draft) -> Iterator[Sentence]:
    for section in draft.sections:
        for block in section.blocks:
            yield from block.sentences


def read_rows(path: Path, most: int | None) -> Iterable[tuple[str, Proposal]]:
    """Yield (id, proposal) of a .jsonl.gz, ``most`` of them. Raises ReadError."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows: Sequence[dict[str, str]] = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise ReadError(str(path), "打不开，要的是提案的 .jsonl.gz") from error
    for row in rows[:most]:
        yield row["id"], parse_proposal_text(row["body"], title=row["title"])

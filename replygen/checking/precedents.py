"""The precedents that a draft may have been taken from: passages found sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from replygen.checking.case import Case, Part, is_heading
from replygen.checking.matching import Grams, index_grams
from replygen.models import Passage

_SHORTEST = 12  # characters a sentence must have to be looked for
_MOST_QUERIES = 48  # searches for one draft, so that a check stays under a second
_QUERY = 120  # characters of a sentence that are looked for
_PER_QUERY = 4


@dataclass(frozen=True)
class Precedents:
    """Passages of other places, best first, with their runs; and which were found for
    which sentence."""

    passages: dict[str, Passage] = field(default_factory=dict)
    by_part: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    grams: dict[str, Grams] = field(default_factory=dict)

    def near(self, part: Part) -> tuple[Passage, ...]:
        """The passages found for a sentence, then all others."""
        first = self.by_part.get((part.number, part.start), ())
        rest = [p for p in self.passages if p not in first]
        return tuple(self.passages[p] for p in (*first, *rest))

    def source_of(self, text: str, part: Part) -> Passage | None:
        """The passage that has this very text, the nearest first."""
        return next((p for p in self.near(part) if text in p.text), None)


def find_precedents(case: Case) -> Precedents:
    """Return the precedents (no own material, no statutes) for the draft's sentences:
    those its provenance names, and those the index finds."""
    index = case.index
    if index is None:
        return Precedents()
    passages: dict[str, Passage] = {}
    by_part: dict[tuple[int, int], tuple[str, ...]] = {}
    for block in case.draft.blocks if case.draft else ():
        for source in (s for sentence in block.sentences for s in sentence.sources):
            passage = index.passage(source)
            if passage is not None and _is_foreign(passage):
                passages[passage.id] = passage
    for part, query in _choose_queries(case):
        hits = index.search(query, k=_PER_QUERY, own=False)
        found = [h.passage for h in hits if _is_foreign(h.passage)]
        passages.update((p.id, p) for p in found)
        by_part[(part.number, part.start)] = tuple(p.id for p in found)
    grams = {p.id: index_grams(p.text) for p in passages.values()}
    return Precedents(passages, by_part, grams)


def name_source(passage: Passage) -> str:
    """Return how a finding names a precedent: 某市《题名》."""
    document = passage.document
    region = passage.region or document.region or document.issuer or ""
    return f"{region}《{document.title}》" if document.title else (region or document.path)


def _is_foreign(passage: Passage) -> bool:
    return not passage.document.own and passage.kind != "article"


def _choose_queries(case: Case) -> Iterator[tuple[Part, str]]:
    """The sentences worth a search, the longest first when there are too many."""
    parts = [
        p
        for p in case.parts
        if len(p.text.strip()) >= _SHORTEST and not is_heading(case.paragraphs[p.number])
    ]
    if len(parts) > _MOST_QUERIES:
        keep = sorted(parts, key=lambda p: len(p.text), reverse=True)[:_MOST_QUERIES]
        parts = sorted(keep, key=lambda p: (p.number, p.start))
    for part in parts:
        yield part, part.text.strip()[:_QUERY]

"""The precedents that a draft may have been taken from: passages found paragraph by paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from replygen.checking.checked_draft import CheckedDraft, Part, is_heading
from replygen.checking.matching import Grams, index_grams
from replygen.index import Index
from replygen.language import split_sentences
from replygen.models import Passage

_SHORTEST = 16  # characters a paragraph must have to be looked for
_MOST_QUERIES = 16  # searches for one draft, so that a check stays under a second
_QUERY = 200  # characters of one search
_PER_QUERY = 6
_NO_DIGIT = r"(?<![\d.,，])"
_WHOLE = 3  # documents found most often whose every passage is compared


@dataclass(frozen=True)
class Precedents:
    """Passages of other places with their runs, by id; and which were found for which
    paragraph, best first."""

    passages: dict[str, Passage] = field(default_factory=dict)
    by_paragraph: dict[int, tuple[str, ...]] = field(default_factory=dict)
    grams: dict[str, Grams] = field(default_factory=dict)

    def near(self, part: Part) -> tuple[Passage, ...]:
        """The passages found for a sentence's paragraph, then all others."""
        first = self.by_paragraph.get(part.number, ())
        rest = [p for p in self.passages if p not in first]
        return tuple(self.passages[p] for p in (*first, *rest))

    def source_of(self, text: str, part: Part) -> Passage | None:
        """The passage that has this very text, the nearest first; a figure is not the end
        of a longer one (9条 in 169条)."""
        whole = re.compile((_NO_DIGIT if text[:1].isdigit() else "") + re.escape(text))
        return next((p for p in self.near(part) if text in p.text and whole.search(p.text)), None)


def find_precedents(case: CheckedDraft) -> Precedents:
    """Return the precedents (no own material, no statutes) for the draft's paragraphs:
    those its provenance names, those the index finds, and the other passages of the
    documents found most often."""
    index = case.index
    if index is None:
        return Precedents()
    passages = {p.id: p for p in _named_sources(case, index)}
    by_paragraph: dict[int, tuple[str, ...]] = {}
    for number, query in _choose_queries(case):
        hits = index.search(query, k=_PER_QUERY, own=False)
        found = [h.passage for h in hits if _is_foreign(h.passage)]
        passages.update((p.id, p) for p in found)
        by_paragraph[number] = (*by_paragraph.get(number, ()), *(p.id for p in found))
    often = Counter(p.document.id for p in passages.values()).most_common(_WHOLE)
    for document, _ in often:
        passages.update((p.id, p) for p in index.passages(document) if _is_foreign(p))
    grams = {p.id: index_grams(p.text) for p in passages.values()}
    return Precedents(passages, by_paragraph, grams)


def name_source(passage: Passage) -> str:
    """Return how a finding names a precedent: 某市《题名》."""
    document = passage.document
    region = passage.region or document.region or document.issuer or ""
    if document.title.startswith(region):  # 霁州市《霁州市…》 says it twice
        region = ""
    return f"{region}《{document.title}》" if document.title else (region or document.path)


def _is_foreign(passage: Passage) -> bool:
    return not passage.document.own and passage.kind != "article"


def _named_sources(case: CheckedDraft, index: Index) -> Iterator[Passage]:
    for block in case.draft.blocks if case.draft else ():
        for source in (s for sentence in block.sentences for s in sentence.sources):
            passage = index.passage(source)
            if passage is not None and _is_foreign(passage):
                yield passage


def _choose_queries(case: CheckedDraft) -> Iterator[tuple[int, str]]:
    """The stretches of text worth a search, the longest when there are too many. A draft that
    nobody has edited names its sources itself; only what was typed into it is looked for."""
    whole = case.draft is not None and [b.text for b in case.draft.blocks] == list(case.paragraphs)
    stretches = [
        (number, stretch)
        for number, text in enumerate(case.paragraphs)
        if len(text.strip()) >= _SHORTEST and not is_heading(text)
        if not (whole and _is_composed(case, number))
        for stretch in _cut(text.strip())
    ]
    if len(stretches) > _MOST_QUERIES:
        keep = sorted(stretches, key=lambda s: len(s[1]), reverse=True)[:_MOST_QUERIES]
        stretches = sorted(keep, key=lambda s: s[0])
    yield from stretches


def _is_composed(case: CheckedDraft, number: int) -> bool:
    block = case.blocks[number]
    return block is not None and not any(s.origin == "typed" for s in block.sentences)


def _cut(text: str) -> Iterator[str]:
    """Whole sentences, together at most as long as one search takes."""
    stretch = ""
    for sentence in split_sentences(text):
        if stretch and len(stretch) + len(sentence) > _QUERY:
            yield stretch
            stretch = ""
        stretch += sentence[:_QUERY]
    if len(stretch) >= _SHORTEST:
        yield stretch

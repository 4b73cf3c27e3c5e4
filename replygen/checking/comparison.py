"""Draft and precedent side by side: which passages are nearest, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from replygen.checking.checked_draft import CheckedDraft, is_heading
from replygen.checking.matching import find_runs
from replygen.checking.precedents import Precedents, find_precedents, name_source
from replygen.index import Index
from replygen.models import Draft, Passage

# 你们提出的《…》收悉; …提案的答复: wording of the form is the same everywhere
_FORM = re.compile(r"收悉|(?:答复|复函|答复函)\s*$|^[\s　]*(?:抄送|（?联系)")
_SHORTEST = 20  # characters a paragraph must have
_SAME = 4  # characters of a run that is shown as the same
_MOST = 2  # passages beside one paragraph
_CONTEXT = 60  # characters of a passage shown before the first and after the last run
COPIED = 20  # letters from which a run counts as copied, not as common wording
_LEAST_SHARE = 0.15  # of a paragraph that must be the same for it to be shown
_LEAST = 16  # letters in runs of eight that must be the same: less is common wording


@dataclass(frozen=True, slots=True)
class Comparison:
    """Paragraph ``paragraph`` beside a passage: ``text`` is the stretch of the passage that
    is shown; ``here`` and ``there`` are the (start, end) spans of the runs that are the same
    in the paragraph and in ``text``; ``share`` 0..1 of the paragraph's letters in them."""

    paragraph: int
    source: str
    passage: str
    text: str
    here: tuple[tuple[int, int], ...]
    there: tuple[tuple[int, int], ...]
    share: float


def compare_precedents(
    paragraphs: Sequence[str], *, index: Index, draft: Draft | None = None
) -> tuple[Comparison, ...]:
    """Return for every paragraph of a draft at most two passages of other places that share
    most of its text, in the order of the text. Raises StoreError when the index cannot be
    read."""
    case = CheckedDraft(tuple(paragraphs), index=index, draft=draft)
    precedents = find_precedents(case)
    return tuple(
        comparison
        for number, text in enumerate(paragraphs)
        if len(text.strip()) >= _SHORTEST and not is_heading(text) and not _FORM.search(text)
        for comparison in _compare(case, precedents, number, text)
    )


def _compare(
    case: CheckedDraft, precedents: Precedents, number: int, text: str
) -> Iterator[Comparison]:
    found = []
    for passage in _candidates(case, precedents, number):
        runs = sum(r.length for r in find_runs(text, precedents.grams[passage.id]))
        if runs >= _LEAST:
            found.append((runs, passage))
    # Of one document the measure itself, not the whole reply that has it too.
    found.sort(key=lambda item: (-item[0], len(item[1].text)))
    nearest = {passage.document.id: passage for _, passage in reversed(found)}
    documents = list(dict.fromkeys(passage.document.id for _, passage in found))
    for document in documents[:_MOST]:
        yield _align(number, text, nearest[document])


def _candidates(case: CheckedDraft, precedents: Precedents, number: int) -> list[Passage]:
    """The paragraph's own sources, what was found for it, then the rest."""
    block = case.blocks[number]
    named = {s for sentence in block.sentences for s in sentence.sources} if block else set()
    first = [
        i for i in (*named, *precedents.by_paragraph.get(number, ())) if i in precedents.passages
    ]
    rest = [i for i in precedents.passages if i not in first]
    return [precedents.passages[i] for i in dict.fromkeys((*first, *rest))]


def _align(number: int, text: str, passage: Passage) -> Comparison:
    from difflib import SequenceMatcher

    other = passage.text
    blocks = [
        b
        for b in SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
        if b.size >= _SAME
    ]
    low = max(min((b.b for b in blocks), default=0) - _CONTEXT, 0)
    high = min(max((b.b + b.size for b in blocks), default=0) + _CONTEXT, len(other))
    shown = ("…" if low else "") + other[low:high] + ("…" if high < len(other) else "")
    shift = low - (1 if low else 0)
    same = sum(text[i].isalnum() for b in blocks for i in range(b.a, b.a + b.size))
    return Comparison(
        number,
        name_source(passage),
        passage.id,
        shown,
        tuple((b.a, b.a + b.size) for b in blocks),
        tuple((b.b - shift, b.b + b.size - shift) for b in blocks),
        same / max(sum(c.isalnum() for c in text), 1),
    )


def find_near(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Return those that are near: a paragraph that shares only the name of a law with a
    precedent is not."""
    return [c for c in comparisons if c.share >= _LEAST_SHARE or _longest(c) >= COPIED]


def _longest(comparison: Comparison) -> int:
    return max((end - start for start, end in comparison.here), default=0)

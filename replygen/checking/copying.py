"""How much of a draft stands word for word in a precedent, and what it states as done though
only a precedent did it."""

from __future__ import annotations

from collections.abc import Iterator

from replygen.checking.checked_draft import CheckedDraft, Part, make_finding
from replygen.checking.known import read_own_grams
from replygen.checking.matching import Grams, Run, find_runs, index_grams, mask_runs
from replygen.checking.precedents import Precedents, name_source
from replygen.checking.tables import read_words
from replygen.laws import find_citations
from replygen.models import Block, Copying, Finding, Passage

_WARN, _BLOCK = 20, 60  # letters in one run
_SHARE_WARN, _SHARE_BLOCK = 0.4, 0.7  # of all letters of the draft, in one precedent
_DONE_SHARE = 0.6  # share of a done sentence that stands in a precedent
_DONE_LEAST = 14  # letters in its longest run


def check_copying(
    case: CheckedDraft, precedents: Precedents
) -> tuple[Copying, tuple[Finding, ...]]:
    """Return the share of the draft in the one precedent that has most of it, and
    findings ``copy.run`` (warn from 20, block from 60 letters in one run; note where the
    program itself wrote the plan from that precedent and nobody edited it), ``copy.share``
    (warn from 40 %, block from 70 % of the draft) and ``copy.done`` (block: stated as done
    what only a precedent did).

    Titles of statutes, the proposal's own words, own material and form wording do not
    count. Without an index nothing is compared.
    """
    if case.index is None or not precedents.passages:
        return Copying(0.0, 0, None), ()
    free = _FreeWords(case)
    counts: dict[str, int] = {}
    best: dict[tuple[int, int], tuple[Run, int, Passage]] = {}
    longest = 0
    for passage in precedents.passages.values():
        grams = precedents.grams[passage.id]
        for number, text in enumerate(case.paragraphs):
            for run in find_runs(text, grams):
                length = free.count(number, run)
                counts[passage.document.id] = counts.get(passage.document.id, 0) + length
                longest = max(longest, length)
                if length >= _WARN:
                    _keep_longest(best, number, run, length, passage)
    copied = _summarise(case, counts, longest, precedents)
    findings = [_tell_run(case, *item) for item in best.items()]
    findings += _tell_share(copied)
    findings += _find_done(case, precedents, free)
    return copied, tuple(findings)


class _FreeWords:
    """Which characters of the draft anyone may write."""

    def __init__(self, case: CheckedDraft) -> None:
        self._case = case
        form = index_grams("\n".join(read_words("form_words.tsv", "phrase")))
        own: list[Grams] = [form, index_grams(case.proposal_text)]
        own += [index_grams(text) for text in case.own_texts]
        own.append(read_own_grams(case))
        self._own = own
        self._masks = [self._mask(n) for n in range(len(case.paragraphs))]

    def count(self, number: int, run: Run) -> int:
        """The letters of a run that do not stand there freely."""
        text, mask = self._case.paragraphs[number], self._masks[number]
        return sum(text[i].isalnum() and not mask[i] for i in range(run.start, run.end))

    def share_own(self, part: Part) -> float:
        """The share of a sentence, 0..1, that stands there freely."""
        mask = self._masks[part.number][part.start : part.end]
        return sum(mask) / max(len(mask), 1)

    def _mask(self, number: int) -> list[bool]:
        text = self._case.paragraphs[number]
        mask = mask_runs(text, self._own)
        for citation in find_citations(text):
            mask[citation.start : citation.end] = [True] * (citation.end - citation.start)
        return mask


def _keep_longest(
    best: dict[tuple[int, int], tuple[Run, int, Passage]],
    number: int,
    run: Run,
    length: int,
    passage: Passage,
) -> None:
    """Of runs that overlap in the draft keep the longest."""
    for key, (other, other_length, _) in list(best.items()):
        if key[0] == number and other.start < run.end and run.start < other.end:
            if other_length >= length:
                return
            del best[key]
    best[(number, run.start)] = (run, length, passage)


def _tell_run(case: CheckedDraft, key: tuple[int, int], found: tuple[Run, int, Passage]) -> Finding:
    run, length, passage = found
    number = key[0]
    composed = _is_composed(case, number, run)
    return make_finding(
        "copy.run",
        "note" if composed else "block" if length >= _BLOCK else "warn",
        (number, run.start, run.end, case.paragraphs[number][run.start : run.end]),
        f"连续{length}字与{name_source(passage)}相同"
        + ("（程序据此拟的措施）" if composed else ""),
        "按本地实际重写这一段",
    )


def _is_composed(case: CheckedDraft, number: int, run: Run) -> bool:
    """True when the run stands in a paragraph that was composed from precedents as a plan and
    not edited since: its reader sees the source."""
    block = case.blocks[number]
    if block is None or not _only_composed(block, run):
        return False
    return not any(
        p.done and not p.planned and p.start < run.end and run.start < p.end
        for p in case.parts
        if p.number == number
    )


def _only_composed(block: Block, run: Run) -> bool:
    """True when a sentence from a precedent is in the run, and none that somebody typed."""
    origins, position = set(), 0
    for sentence in block.sentences:
        end = position + len(sentence.text)
        if position < run.end and run.start < end:
            origins.add(sentence.origin)
        position = end
    return "precedent" in origins and "typed" not in origins


def _tell_share(copied: Copying) -> Iterator[Finding]:
    if copied.ratio >= _SHARE_WARN:
        yield make_finding(
            "copy.share",
            "block" if copied.ratio >= _SHARE_BLOCK else "warn",
            None,
            f"全文有{copied.ratio:.0%}与{copied.source}相同",
            "按本地实际重写",
        )


def _summarise(
    case: CheckedDraft, counts: dict[str, int], longest: int, precedents: Precedents
) -> Copying:
    if not counts or not max(counts.values()):
        return Copying(0.0, longest, None)
    document = max(counts, key=lambda d: counts[d])
    total = sum(c.isalnum() for text in case.paragraphs for c in text)
    source = next(p for p in precedents.passages.values() if p.document.id == document)
    ratio = min(1.0, counts[document] / max(total, 1))
    return Copying(ratio, longest, name_source(source))


def _find_done(case: CheckedDraft, precedents: Precedents, free: _FreeWords) -> Iterator[Finding]:
    for part in case.parts:
        if not part.done or part.planned or free.share_own(part) > 0.5:
            continue
        for passage in precedents.near(part):
            if _stands_in(part, precedents.grams[passage.id]):
                yield make_finding(
                    "copy.done",
                    "block",
                    (part.number, part.start, part.end, part.text),
                    f"这句写成已做，但只有{name_source(passage)}做过",
                    "本单位没有做的，改写为拟开展的工作，或删去",
                )
                break


def _stands_in(part: Part, grams: Grams) -> bool:
    letters = sum(c.isalnum() for c in part.text)
    runs = list(find_runs(part.text, grams))
    if letters < _DONE_LEAST or not runs:
        return False
    total, longest = sum(r.length for r in runs), max(r.length for r in runs)
    return longest >= _DONE_LEAST and total >= _DONE_SHARE * letters

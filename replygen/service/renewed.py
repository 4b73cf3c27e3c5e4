"""A paper that comes in again: what it says otherwise than the text that was judged, and what
became of the places that were to be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from replygen.models import Finding
from replygen.service import remarks
from replygen.service.reviews import Review
from replygen.service.verdicts import PAPER, find_verdict
from replygen.workspace import Entry

Look = Literal["", "ins", "del"]
Piece = tuple[str, Look]

_ALIKE = 0.4  # how much two paragraphs share that are one, written otherwise
_LEAST = 3  # characters that stay the same between two changes; fewer are told as changed


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is not as it was: where it stands now, ``None`` for one that is gone,
    and its text in pieces: as before, put in, taken out."""

    paragraph: int | None
    kind: Literal["new", "changed", "gone"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A place that the reviewer wanted changed: its entry in the log, and whether what was
    found there is found no more."""

    entry: Entry
    done: bool


@dataclass(frozen=True, slots=True)
class Renewal:
    """What was said of the text before, how the text changed since, what was asked for."""

    verdict: Entry
    changes: tuple[Change, ...]
    asked: tuple[Asked, ...]


def find_renewal(review: Review, entries: Sequence[Entry]) -> Renewal | None:
    """Return what changed in a paper since it was judged last, by its ``entries`` in the log;
    ``None`` where nobody judged it, or it is that very text, or the log has not kept that."""
    found = find_verdict(review, entries)
    if found is None or found[1] or not (before := found[0].detail.get(PAPER)):
        return None
    changes = compare_texts(before.split("\n"), review.paragraphs)
    return Renewal(found[0], changes, tuple(_list_asked(review, entries, found[0])))


def compare_texts(before: Sequence[str], now: Sequence[str]) -> tuple[Change, ...]:
    """Return the paragraphs of ``now`` that ``before`` has otherwise or not at all, and those
    that are gone, in the order of the text. Empty ones do not count."""
    old = [text for text in map(_plain, before) if text]
    new = [(n, text) for n, text in enumerate(map(_plain, now)) if text]
    steps = SequenceMatcher(None, old, [t for _, t in new], autojunk=False).get_opcodes()
    return tuple(
        change
        for tag, i, j, k, end in steps
        if tag != "equal"
        for change in _pair(old[i:j], new[k:end])
    )


def _pair(old: Sequence[str], new: Sequence[tuple[int, str]]) -> Iterator[Change]:
    """The changes of a stretch: each paragraph beside the one that it was, if any."""
    at = 0
    for number, text in new:
        likest = max(range(at, len(old)), key=lambda n: _likeness(old[n], text), default=None)
        if likest is None or _likeness(old[likest], text) < _ALIKE:
            yield Change(number, "new", ((text, "ins"),))
            continue
        for gone in old[at:likest]:
            yield Change(None, "gone", ((gone, "del"),))
        yield Change(number, "changed", tuple(_cut(old[likest], text)))
        at = likest + 1
    for gone in old[at:]:
        yield Change(None, "gone", ((gone, "del"),))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _cut(old: str, new: str) -> Iterator[Piece]:
    """Both texts in one: what stays, what was taken out, what was put in."""
    i = k = 0
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for block in blocks:
        edge = block.a == 0 or block.a + block.size == len(old)
        if block.size and (block.size >= _LEAST or edge) or block is blocks[-1]:
            yield from _differ(old[i : block.a], new[k : block.b])
            i, k = block.a + block.size, block.b + block.size
            if block.size:
                yield (new[block.b : k], "")


def _differ(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield (old, "del")
    if new:
        yield (new, "ins")


def _list_asked(review: Review, entries: Sequence[Entry], verdict: Entry) -> Iterator[Asked]:
    """The places that stood as to be changed when the paper was judged."""
    latest = {e.key: e for e in entries if e.seq < verdict.seq and e.detail.get("rule")}
    left = {_name(j.finding) for j in review.judged if j.state != "dismissed"}
    for entry in latest.values():
        if entry.what in ("accept", remarks.WHAT):
            marked = entry.detail.get("text") or entry.detail.get("message")
            yield Asked(entry, (entry.detail.get("rule"), marked) not in left)


def _name(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.where.text if finding.where is not None else finding.message


def _plain(text: str) -> str:
    return " ".join(text.split())

"""Show a document's passages: what each is, and while they are put right where it can be split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from replygen.language.sentences import split_sentences
from replygen.laws.normalise import hash_text
from replygen.models import Passage

# What a passage can be: its kind, the tense of a measure, the outcome of a refusal, the name.
PASSAGE_KINDS: dict[str, tuple[str, str | None, str | None, str]] = {
    "done": ("measure", "done", None, "措施（已做）"),
    "planned": ("measure", "planned", None, "措施（拟做）"),
    "measure": ("measure", None, None, "措施"),
    "declined": ("refusal", None, "declined", "不采纳"),
    "deferred": ("refusal", None, "deferred", "暂不办"),
    "policy": ("policy", None, None, "任务"),
    "reply": ("reply", None, None, "一般内容"),
}
_WHOLE = "全文概要"  # of a reply: found as a case, no measure of its own


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as it is shown: ``key`` of ``PASSAGE_KINDS`` ("" for what stays as it is),
    ``name`` what it is, ``sentences`` with the places in its text at which it can be split."""

    passage: Passage
    key: str
    name: str
    sentences: tuple[tuple[int, str], ...]


def show_passages(passages: Sequence[Passage], *, editing: bool) -> list[ShownPassage]:
    """Return what is shown of each passage."""
    shown = []
    for passage in passages:
        key, name = _name(passage)
        parts = split_sentences(passage.text) if editing and key else (passage.text,)
        places = [0, *accumulate(map(len, parts))]
        shown.append(ShownPassage(passage, key, name, tuple(zip(places, parts, strict=False))))
    return shown


def count_kinds(shown: Sequence[ShownPassage]) -> str:
    """Return how many passages there are of each kind, in words: 全文概要 1，措施（已做） 3."""
    counts = Counter(one.name for one in shown)
    return "，".join(f"{name} {count}" for name, count in counts.items())


def mark_split(passages: Sequence[Passage]) -> str:
    """Return what tells one split of a document from another."""
    pieces = (f"{p.kind}{p.tense}{p.outcome}{p.text}" for p in passages)
    return hash_text("\0".join(pieces))[:12]


def _name(passage: Passage) -> tuple[str, str]:
    if passage.kind == "article":
        return "", "条文"
    if passage.kind == "reply" and passage.position == 0 and passage.document.kind == "reply":
        return "", _WHOLE
    mine = (passage.kind, passage.tense if passage.kind == "measure" else None)
    for key, (kind, tense, outcome, name) in PASSAGE_KINDS.items():
        if mine == (kind, tense) and (kind != "refusal" or outcome == passage.outcome):
            return key, name
    return "declined", PASSAGE_KINDS["declined"][-1]  # a refusal of no known outcome

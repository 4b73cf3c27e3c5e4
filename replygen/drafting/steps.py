"""Steps: the commitments of one ask, and what keeps them from saying a thing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from replygen.drafting.limits import Limit
from replygen.drafting.rewrite import Rewrite
from replygen.drafting.settled import covers
from replygen.drafting.stated import is_said
from replygen.models import Origin, Passage

WITH_OTHERS = "会同有关部门研究"


@dataclass(frozen=True, slots=True)
class How:
    """How a commitment is carried out: another place's measure, or our own plan, rewritten."""

    text: str
    passage: Passage
    origin: Origin
    rewrite: Rewrite | None = None
    chosen: bool = False
    sure: bool = False  # so relevant that it is said though no single demand asks for it


@dataclass(frozen=True, slots=True)
class Step:
    """One commitment: ``lead`` is with whom or how far (会同财政部门研究), ``text`` what we will
    do, ``how`` how, ``joins`` that the proposal says it in one sentence with the one before;
    ``origin`` is own for what our own papers plan already."""

    text: str
    origin: Origin
    sources: tuple[str, ...]
    lead: str = ""
    how: How | None = None
    note: str = ""
    rewrite: Rewrite | None = None
    joins: bool = False


def say_whole_once(steps: Sequence[Step]) -> list[Step]:
    """Return ``steps`` without those that a later one says in full (督促平台履行义务, and then
    督促平台落实核验、抽检等义务);
    how they are to be done goes with it."""
    kept, at = list(steps), 0
    while at < len(kept):
        step, later = kept[at], range(at + 1, len(kept))
        full = next((n for n in later if _says_in_full(step, kept[n])), None)
        if full is None or step.note or (step.how and kept[full].how):
            at += 1
            continue
        kept[full] = replace(kept[full], how=kept[full].how or step.how)
        del kept[at]
        kept[at] = replace(kept[at], joins=False)
    return kept


def _says_in_full(step: Step, later: Step) -> bool:
    same = step.origin == later.origin == "proposal" and step.lead in ("", later.lead)
    return same and len(later.text) > len(step.text) and covers(step.text, later.text)


def without_limited(steps: Sequence[Step], limits: Sequence[Limit]) -> list[Step]:
    """Return ``steps`` without those that a limit says, in the same words, are not ours alone."""
    passed = [wish for limit in limits for wish in limit.wishes]
    return [s for s in steps if s.origin != "proposal" or s.how or not is_said(s.text, passed)]


def say_with_whom_once(steps: Sequence[Step]) -> list[Step]:
    """Return ``steps`` with 会同有关部门 in the first only that has it: one paragraph."""
    first = next((n for n, step in enumerate(steps) if step.lead == WITH_OTHERS), len(steps))
    return [
        replace(s, lead="研究") if n > first and s.lead == WITH_OTHERS else s
        for n, s in enumerate(steps)
    ]

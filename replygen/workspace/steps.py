"""Steps: what a person changed in one go, told in words, and one of them taken back alone.

A step is the work before and after it. The last one is undone by putting back what was before;
an earlier one by merging (:func:`replygen.workspace.merging.merge_step`): what was typed since
stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from replygen.drafting.edits import is_added, is_stance, is_text
from replygen.drafting.fill import is_confirmation
from replygen.drafting.moving import is_order
from replygen.models import Ask
from replygen.workspace.merging import ABSENT, HEAD, Values, is_clicked, plain_asks, quote, words_at
from replygen.workspace.work import Work

StepState = Literal["done", "undone", "aside"]
Make = Callable[[Work], Work]


@dataclass(frozen=True, slots=True)
class Change:
    """What a step did, for a list; ``key`` names the one field that was typed into, so that
    going on typing there is the same step, "" for everything else."""

    what: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the list of a draft: ``number`` names it, ``at`` is UTC. It is ``done``,
    ``undone`` (and the next to be done again), or set ``aside``: undone, then something else
    was done."""

    number: int
    what: str
    at: str
    state: StepState


def split_steps(before: Work, after: Work) -> tuple[tuple[Change, Work], ...]:
    """Return what a person changed between two states, one thing after the other, each with
    the work as it was then; the last is ``after``. Nothing where nothing was changed."""
    found = list(_find_changes(before, after))
    if not found:
        return ()
    if before.draft != after.draft:  # what was typed is named by the places of its draft
        words = list(dict.fromkeys(change.what for change, _ in found))
        more = f"等 {len(words)} 处" if len(words) > 2 else ""
        key = found[0][0].key if len(found) == 1 else ""
        return ((Change("、".join(words[:2]) + more, key), after),)
    steps, work = [], before
    for change, make in found:
        work = make(work)
        steps.append((change, work))
    return (*steps[:-1], (steps[-1][0], after))


# ── telling ────────────────────────────────────────────────────────────────


def _find_changes(before: Work, after: Work) -> Iterator[tuple[Change, Make]]:
    """What was changed, and what makes each change; what is typed comes before what was done
    with a click."""
    for field, word in HEAD.items():
        value = getattr(after.proposal, field)
        if getattr(before.proposal, field) != value:
            yield Change(f"改{word}", f"head.{field}"), _put_head(field, value)
    if before.assigned != after.assigned:
        yield Change("改交办日期", "head.assigned"), lambda w: replace(w, assigned=after.assigned)
    names = dict.fromkeys((*before.values, *after.values))
    changed = [n for n in names if before.values.get(n, ABSENT) != after.values.get(n, ABSENT)]
    for here, there in _find_moved(changed, before.values, after.values):
        changed = [name for name in changed if name not in (here, there)]
        said = quote(after.values[there])
        yield Change(f"移动加的一句{said}"), _put_both(here, there, after.values)
    for name in sorted(changed, key=is_clicked):
        old, new = before.values.get(name, ABSENT), after.values.get(name, ABSENT)
        yield _tell_value(after, name, old, new), _put_value(name, after.values)
    asks = after.proposal.asks
    for change in _tell_asks(before.proposal.asks, asks):
        yield change, lambda w: replace(w, proposal=replace(w.proposal, asks=asks))
    for change in _tell_cards(before.ticked, after.ticked):
        yield change, lambda w: replace(w, ticked=after.ticked)
    if before.form != after.form:
        yield Change("改答复结构"), lambda w: replace(w, form=after.form)
    if before.draft != after.draft and before.proposal == after.proposal:
        yield Change("换规则稿、模型稿"), lambda w: after


def _find_moved(changed: Sequence[str], before: Values, after: Values) -> Iterator[tuple[str, str]]:
    """The places between which an added sentence was moved; what stood at the other, if
    anything did, stands at the one now."""
    places = [name for name in changed if is_added(name)]
    for here in places:
        for there in places:
            came, went = after.get(there), before.get(there)
            free = there not in before or here < there  # of two that changed places, one
            if came and free and came == before.get(here) and went == after.get(here):
                yield here, there


def _put_both(here: str, there: str, source: Values) -> Make:
    return lambda work: _put_value(there, source)(_put_value(here, source)(work))


def _put_head(field: str, value: object) -> Make:
    def put(work: Work) -> Work:
        head: dict[str, Any] = {field: value}
        return replace(work, proposal=replace(work.proposal, **head))

    return put


def _put_value(name: str, source: Values) -> Make:
    def put(work: Work) -> Work:
        others = {n: v for n, v in work.values.items() if n != name}
        return replace(work, values={**others, name: source[name]} if name in source else others)

    return put


def _tell_asks(before: Sequence[Ask], after: Sequence[Ask]) -> Iterator[Change]:
    old, new = plain_asks(before), plain_asks(after)
    if old == new:
        return
    if sorted(old) == sorted(new):
        yield Change("移动建议")
    elif len(new) == len(old):
        places = [n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b]
        key = f"ask.{places[0]}" if len(places) == 1 else ""
        yield Change(f"改第 {'、'.join(map(str, places))} 项建议", key)
    else:
        yield Change(_tell_count(old, new))


def _tell_count(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> str:
    """More asks or fewer: added, split, merged or deleted."""
    gone = [n for n, ask in enumerate(old, 1) if ask not in new]
    come = [n for n, ask in enumerate(new, 1) if ask not in old]
    if len(new) > len(old):
        return (
            f"拆开第 {gone[0]} 项建议" if gone else f"加第 {come[0]} 项建议" if come else "加建议"
        )
    if come and len(gone) > 1:
        return f"合并第 {'、'.join(map(str, gone))} 项建议"
    return f"删除第 {'、'.join(map(str, gone))} 项建议" if gone else "删除建议"


def _tell_cards(before: Sequence[str] | None, after: Sequence[str] | None) -> Iterator[Change]:
    if before is None or after is None or set(before) == set(after):
        return
    more, less = len(set(after) - set(before)), len(set(before) - set(after))
    words = [f"用上 {more} 条依据"] * bool(more) + [f"撤下 {less} 条依据"] * bool(less)
    yield Change("、".join(words))


def _tell_value(work: Work, name: str, old: object, new: object) -> Change:
    said = quote(new if isinstance(new, str) else old)
    if is_stance(name):
        return Change(f"改第 {name.rpartition('.')[2]} 项的答复意见")
    if is_confirmation(name):
        word = "可以承诺" if new is not ABSENT and new else "先不承诺"
        return Change(f"第 {name.rpartition('.')[2]} 项{word}")
    if is_order(name):
        return Change(f"移动第 {name.rpartition('.')[2]} 项的句子")
    if is_added(name):
        return Change(f"去掉加的一句{said}" if new is ABSENT else f"加一句{said}")
    if is_text(name):
        words = quote(words_at(work, name))
        if new is None:
            return Change(f"删去一句{words}")
        return Change(f"恢复原句{words}" if new is ABSENT else f"改写一句{said}")
    if new is None or old is None:
        return Change("删去一处" if new is None else "恢复一处")
    return Change("清空一处" if new is ABSENT else f"填写{said}", f"slot.{name}")

"""Steps: what a person changed in one go, told in words, and one of them taken back alone.

A step is the work before and after it. The last one is undone by putting back what was before;
an earlier one by :func:`merge_step`, which changes only what that step changed: what was typed
since stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from replygen.drafting.edits import is_added, is_stance, is_text, name_stance
from replygen.drafting.fill import is_confirmation
from replygen.drafting.moving import is_order
from replygen.models import Ask, Proposal
from replygen.workspace.carrying import carry_values, forget_material, home_asks, match_asks
from replygen.workspace.work import Work

StepState = Literal["done", "undone", "aside"]
Values = Mapping[str, str | None]
Make = Callable[[Work], Work]
_MOST_TOLD = 16  # characters of a text that a step's name shows
_HEAD = {
    "title": "标题",
    "channel": "来源",
    "session": "届次",
    "number": "编号",
    "proposers": "提案人",
    "host_role": "本单位是",
    "co_hosts": "会办单位",
}
_ABSENT = object()


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


def merge_step(now: Work, base: Work, target: Work) -> Work:
    """Return ``now`` with what differs between ``base`` and ``target`` as ``target`` has it,
    wherever ``now`` still has it as in ``base``; all else stays. Its draft stays, too: where
    another is needed it is composed anew."""
    proposal = _merge_proposal(now.proposal, base.proposal, target.proposal)
    values = _merge_values(now.values, _values_for(now, base), _values_for(now, target))
    assigned = target.assigned if base.assigned == now.assigned else now.assigned
    form = target.form if base.form == now.form else now.form
    attached = target.attached if base.attached == now.attached else now.attached
    merged = replace(
        now, proposal=proposal, values=values, assigned=assigned, form=form, attached=attached
    )
    if attached != now.attached:
        merged = forget_material(merged)
    if now.ticked is None or base.ticked is None or target.ticked is None:
        return merged
    if not now.ticked_for == base.ticked_for == target.ticked_for:
        return merged
    gone = set(base.ticked) - set(target.ticked)
    kept = [card for card in now.ticked if card not in gone]
    more = [c for c in target.ticked if c not in base.ticked and c not in kept]
    return replace(merged, ticked=(*kept, *more))


# ── telling ────────────────────────────────────────────────────────────────


def _find_changes(before: Work, after: Work) -> Iterator[tuple[Change, Make]]:
    """What was changed, and what makes each change; what is typed comes before what was done
    with a click."""
    for field, word in _HEAD.items():
        value = getattr(after.proposal, field)
        if getattr(before.proposal, field) != value:
            yield Change(f"改{word}", f"head.{field}"), _put_head(field, value)
    if before.assigned != after.assigned:
        yield Change("改交办日期", "head.assigned"), lambda w: replace(w, assigned=after.assigned)
    names = dict.fromkeys((*before.values, *after.values))
    changed = [n for n in names if before.values.get(n, _ABSENT) != after.values.get(n, _ABSENT)]
    for here, there in _find_moved(changed, before.values, after.values):
        changed = [name for name in changed if name not in (here, there)]
        said = _quote(after.values[there])
        yield Change(f"移动加的一句{said}"), _put_both(here, there, after.values)
    for name in sorted(changed, key=_is_clicked):
        old, new = before.values.get(name, _ABSENT), after.values.get(name, _ABSENT)
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


def _is_clicked(name: str) -> bool:
    return is_stance(name) or is_confirmation(name) or is_order(name)


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
    old, new = _plain(before), _plain(after)
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
    said = _quote(new if isinstance(new, str) else old)
    if is_stance(name):
        return Change(f"改第 {name.rpartition('.')[2]} 项的答复意见")
    if is_confirmation(name):
        word = "可以承诺" if new is not _ABSENT and new else "先不承诺"
        return Change(f"第 {name.rpartition('.')[2]} 项{word}")
    if is_order(name):
        return Change(f"移动第 {name.rpartition('.')[2]} 项的句子")
    if is_added(name):
        return Change(f"去掉加的一句{said}" if new is _ABSENT else f"加一句{said}")
    if is_text(name):
        words = _quote(_words_at(work, name))
        if new is None:
            return Change(f"删去一句{words}")
        return Change(f"恢复原句{words}" if new is _ABSENT else f"改写一句{said}")
    if new is None or old is None:
        return Change("删去一处" if new is None else "恢复一处")
    return Change("清空一处" if new is _ABSENT else f"填写{said}", f"slot.{name}")


def _quote(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        return ""
    bare = " ".join(text.split())
    return f"“{bare[:_MOST_TOLD]}{'…' if len(bare) > _MOST_TOLD else ''}”"


def _words_at(work: Work, name: str) -> str:
    """The sentence that an edit is about, as it was composed."""
    block, sentence = map(int, name.split(".")[1:])
    blocks = work.draft.blocks if work.draft is not None else ()
    if block >= len(blocks) or sentence >= len(blocks[block].sentences):
        return ""
    return blocks[block].sentences[sentence].text


# ── merging ────────────────────────────────────────────────────────────────


def _values_for(now: Work, other: Work) -> Values:
    """What stood in the fields of another state, under the names of the draft now."""
    if now.draft is None or other.draft is None or now.draft == other.draft:
        return other.values
    asks = match_asks(other.drafted_for, now.drafted_for)
    sure = home_asks(other.drafted_for, now.drafted_for)
    stances = {
        name_stance(asks[ask]): other.values[name_stance(ask)]
        for ask in asks
        if name_stance(ask) in other.values
    }
    return {**stances, **carry_values(other.values, other.draft, now.draft, sure).values}


def _merge_values(now: Values, base: Values, target: Values) -> Values:
    merged = dict(now)
    for name in {*base, *target}:
        old, new = base.get(name, _ABSENT), target.get(name, _ABSENT)
        if old == new or now.get(name, _ABSENT) != old:
            continue
        if new is _ABSENT:
            merged.pop(name, None)
        else:
            merged[name] = target[name]
    return merged


def _merge_proposal(now: Proposal, base: Proposal, target: Proposal) -> Proposal:
    fields = {
        name: getattr(target, name)
        for name in _HEAD
        if getattr(base, name) == getattr(now, name) != getattr(target, name)
    }
    return replace(now, **fields, asks=_merge_asks(now.asks, base.asks, target.asks))


def _merge_asks(now: Sequence[Ask], base: Sequence[Ask], target: Sequence[Ask]) -> tuple[Ask, ...]:
    """The asks with one change of the list made again: what the step took away comes back
    beside the ask that it stood beside, also where that was written anew; what it made goes."""
    by_words = {_words(ask): ask for ask in (*base, *target, *now)}
    rows, old, new = _plain(now), _plain(base), _plain(target)
    there = {old[b - 1]: rows[n - 1] for b, n in match_asks(base, now).items()}
    changed = [
        (old[i:j], k, end)
        for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal" and all(row in rows for row in old[i:j])
    ]  # what was changed since stays as it is
    for gone, _, _ in changed:
        rows = [row for row in rows if row not in gone]
    for _, k, end in changed:
        before = [row for row in (there.get(r, r) for r in new[:k]) if row in rows]
        behind = [row for row in (there.get(r, r) for r in new[end:]) if row in rows]
        at = rows.index(before[-1]) + 1 if before else rows.index(behind[0]) if behind else 0
        rows[at:at] = [row for row in new[k:end] if row not in rows]
    return tuple(replace(by_words[row], order=n) for n, row in enumerate(rows, 1))


def _plain(asks: Sequence[Ask]) -> list[tuple[str, str]]:
    return [_words(ask) for ask in asks]


def _words(ask: Ask) -> tuple[str, str]:
    return " ".join(ask.topic.split()), " ".join(ask.text.split())

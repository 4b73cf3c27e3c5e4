"""Merging: two states of one draft that grew out of a third are put together.

What only one of the two changed is taken from it; where both wrote at the same place, what was
stored stays, and what did not get in is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

from replygen.drafting.edits import is_added, is_stance, is_text, name_stance
from replygen.drafting.fill import is_confirmation
from replygen.drafting.moving import is_order
from replygen.models import Ask, Proposal
from replygen.workspace.carrying import (
    Carried,
    carry_values,
    forget_material,
    home_asks,
    match_asks,
    name_places,
)
from replygen.workspace.work import Work

Values = Mapping[str, str | None]
HEAD = {
    "title": "标题",
    "channel": "来源",
    "session": "届次",
    "number": "编号",
    "proposers": "提案人",
    "host_role": "本单位是",
    "co_hosts": "会办单位",
    "openness": "公开属性",
}
ABSENT = object()
_Value = TypeVar("_Value")
_MOST_TOLD = 16  # characters of a text that a name of it shows
_GONE = "（删去）"
_Written = tuple[str, object, object, object]  # what it is, how it was, is now, and is to be
_Gap = tuple[list[tuple[str, str]], int, int]  # rows of the base, what they became in the target


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be put together: ``what`` it is about, how it was written here (``mine``; ""
    for what is only chosen) and what stands there now (``theirs``)."""

    what: str
    mine: str
    theirs: str


def merge_step(now: Work, base: Work, target: Work) -> Work:
    """Return ``now`` with what differs between ``base`` and ``target`` as ``target`` has it,
    wherever ``now`` still has it as in ``base``; all else stays. Its draft stays, too: where
    another is needed it is composed anew. What was written in ``target`` and the draft has no
    place for is kept aside."""
    proposal = _merge_proposal(now.proposal, base.proposal, target.proposal)
    before, there = _carry(now, base), _carry(now, target)
    known = {one.text for one in (*now.lost, *before.lost)}
    attached = target.attached if base.attached == now.attached else now.attached
    merged = replace(
        now,
        proposal=proposal,
        values=_merge_values(now.values, before.values, there.values),
        assigned=target.assigned if base.assigned == now.assigned else now.assigned,
        as_typed=_merge_values(now.as_typed, base.as_typed, target.as_typed),
        form=target.form if base.form == now.form else now.form,
        attached=attached,
        lost=(*now.lost, *(one for one in there.lost if one.text not in known)),
    )
    return _merge_ticks(
        merged if attached == now.attached else forget_material(merged), base, target
    )


def find_refused(now: Work, base: Work, target: Work) -> tuple[Refused, ...]:
    """Return what :func:`merge_step` leaves out: what ``target`` and ``now`` both changed, each
    in its own way."""
    head = [_refuse(*row) for row in _both_heads(now, base, target)]
    values = _refused_values(now, base, target)
    asks = _refused_asks(now.proposal.asks, base.proposal.asks, target.proposal.asks)
    return (*filter(None, head), *asks, *values)


def is_clicked(name: str) -> bool:
    """Return whether a value is chosen with a click, not typed."""
    return is_stance(name) or is_confirmation(name) or is_order(name)


def name_value(work: Work, name: str) -> str:
    """Return what a value is about, in the words of the letter."""
    order = name.rpartition(".")[2]
    if is_stance(name):
        return f"第 {order} 项的答复意见"
    if is_confirmation(name):
        return f"第 {order} 项可以不可以承诺"
    if is_order(name):
        return f"第 {order} 项句子的次序"
    if is_text(name):
        return f"这一句{quote(words_at(work, name))}"
    if is_added(name):
        return f"加在这一句后面的{quote(words_at(work, name))}"
    place = name_places(work.draft).get(name) if work.draft is not None else None
    return f"待填的{quote(place.text.strip('【】') if place else '')}"


def quote(text: object) -> str:
    """Return the beginning of a text in quotes, "" for none."""
    if not isinstance(text, str) or not text.strip():
        return ""
    bare = " ".join(text.split())
    return f"“{bare[:_MOST_TOLD]}{'…' if len(bare) > _MOST_TOLD else ''}”"


def words_at(work: Work, name: str) -> str:
    """Return the sentence that an edit is about, as it was composed."""
    block, sentence = map(int, name.split(".")[1:])
    blocks = work.draft.blocks if work.draft is not None else ()
    if block >= len(blocks) or sentence >= len(blocks[block].sentences):
        return ""
    return blocks[block].sentences[sentence].text


def plain_asks(asks: Sequence[Ask]) -> list[tuple[str, str]]:
    """Return the topics and texts of asks, however their spaces stand."""
    return [_words(ask) for ask in asks]


# ── what is typed ──────────────────────────────────────────────────────────


def _carry(now: Work, other: Work) -> Carried:
    """What stood in the fields of another state, under the names of the draft now."""
    if now.draft is None or other.draft is None or now.draft == other.draft:
        return Carried(other.values, ())
    asks = match_asks(other.drafted_for, now.drafted_for)
    sure = home_asks(other.drafted_for, now.drafted_for)
    stances = {
        name_stance(asks[ask]): other.values[name_stance(ask)]
        for ask in asks
        if name_stance(ask) in other.values
    }
    carried = carry_values(other.values, other.draft, now.draft, sure)
    return replace(carried, values={**stances, **carried.values})


def _merge_values(
    now: Mapping[str, _Value], base: Mapping[str, _Value], target: Mapping[str, _Value]
) -> dict[str, _Value]:
    merged = dict(now)
    for name in {*base, *target}:
        old, new = base.get(name, ABSENT), target.get(name, ABSENT)
        if old == new or now.get(name, ABSENT) != old:
            continue
        if new is ABSENT:
            merged.pop(name, None)
        else:
            merged[name] = target[name]
    return merged


def _merge_ticks(merged: Work, base: Work, target: Work) -> Work:
    """The cards that ``target`` has more or fewer, under the orders that their asks have now."""
    if merged.ticked is None or base.ticked is None or target.ticked is None:
        return merged
    if base.ticked_for != target.ticked_for:
        return merged
    orders = match_asks(base.ticked_for, merged.ticked_for, by_place=False)

    def named(cards: set[str]) -> list[str]:
        parts = [card.partition(":") for card in target.ticked or () if card in cards]
        parts += [card.partition(":") for card in base.ticked or () if card in cards]
        known = [(orders.get(int(order)), card) for order, _, card in parts]
        return [f"{order}:{card}" for order, card in known if order is not None]

    gone = named(set(base.ticked) - set(target.ticked))
    kept = [card for card in merged.ticked if card not in gone]
    more = [c for c in named(set(target.ticked) - set(base.ticked)) if c not in kept]
    return replace(merged, ticked=(*kept, *more))


def _both_heads(now: Work, base: Work, target: Work) -> Iterator[_Written]:
    for field, word in HEAD.items():
        old, theirs, mine = (getattr(work.proposal, field) for work in (base, now, target))
        yield word, old, theirs, mine
    yield "交办日期", base.assigned, now.assigned, target.assigned
    yield "答复结构", base.form, now.form, target.form


def _refused_values(now: Work, base: Work, target: Work) -> Iterator[Refused]:
    """What was typed or chosen in the letter; what is chosen is not told, it is seen there."""
    before, mine = _carry(now, base).values, _carry(now, target).values
    for name in dict.fromkeys((*mine, *before)):
        sides = (values.get(name, ABSENT) for values in (before, now.values, mine))
        refused = _refuse(name_value(now, name), *sides)
        if refused is not None:
            yield Refused(refused.what, "", "") if is_clicked(name) else refused


def _refuse(what: str, old: object, theirs: object, mine: object) -> Refused | None:
    """What was written, where both sides wrote and not the same."""
    if theirs == old or mine in (old, theirs):
        return None
    return Refused(what, _tell(mine), _tell(theirs))


def _tell(value: object) -> str:
    if value is None or value is ABSENT or not value:
        return _GONE
    return "、".join(value) if isinstance(value, tuple) else str(value)


# ── the proposal ───────────────────────────────────────────────────────────


def _merge_proposal(now: Proposal, base: Proposal, target: Proposal) -> Proposal:
    fields = {
        name: getattr(target, name)
        for name in HEAD
        if getattr(base, name) == getattr(now, name) != getattr(target, name)
    }
    seen_to = set(base.warnings) - set(target.warnings)
    warnings = tuple(warning for warning in now.warnings if warning not in seen_to)
    asks = _merge_asks(now.asks, base.asks, target.asks)
    return replace(now, **fields, asks=asks, warnings=warnings)


def _merge_asks(now: Sequence[Ask], base: Sequence[Ask], target: Sequence[Ask]) -> tuple[Ask, ...]:
    """The asks with one change of the list made again: what the step took away comes back
    beside the ask that it stood beside, also where that was written anew; what it made goes."""
    by_words = {_words(ask): ask for ask in (*base, *target, *now)}
    rows, old, new = plain_asks(now), plain_asks(base), plain_asks(target)
    there = {old[b - 1]: rows[n - 1] for b, n in match_asks(base, now).items()}
    # what was changed since stays as it is
    changed = [gap for gap in _find_gaps(old, new) if all(row in rows for row in gap[0])]
    for gone, _, _ in changed:
        rows = [row for row in rows if row not in gone]
    for _, k, end in changed:
        before = [row for row in (there.get(r, r) for r in new[:k]) if row in rows]
        behind = [row for row in (there.get(r, r) for r in new[end:]) if row in rows]
        at = rows.index(before[-1]) + 1 if before else rows.index(behind[0]) if behind else 0
        rows[at:at] = [row for row in new[k:end] if row not in rows]
    return tuple(replace(by_words[row], order=n) for n, row in enumerate(rows, 1))


def _find_gaps(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[_Gap]:
    """Where two lists of asks differ; asks that were each written anew are changes of their own."""
    for tag, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and j - i == end - k:
            for n in range(j - i):
                yield old[i + n : i + n + 1], k + n, k + n + 1
        elif tag != "equal":
            yield old[i:j], k, end


def _refused_asks(
    now: Sequence[Ask], base: Sequence[Ask], target: Sequence[Ask]
) -> Iterator[Refused]:
    """The asks that were changed on both sides."""
    rows, old, new = plain_asks(now), plain_asks(base), plain_asks(target)
    there = match_asks(base, now)
    for gone, k, end in _find_gaps(old, new):
        made = [row for row in new[k:end] if row not in rows]
        order = old.index(gone[0]) + 1 if gone else 0
        if all(row in rows for row in gone) or not (made or order in there):
            continue
        theirs = rows[there[order] - 1][1] if order in there else _GONE
        mine = "\n".join(text for _, text in made) or _GONE
        yield Refused(f"第 {there.get(order, order)} 项建议", mine, theirs)


def _words(ask: Ask) -> tuple[str, str]:
    return " ".join(ask.topic.split()), " ".join(ask.text.split())

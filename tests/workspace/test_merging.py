"""Two states of one draft that grew out of a third are put together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.models import Ask, Proposal
from replygen.workspace.merging import find_refused, merge_step
from replygen.workspace.work import Work

ASKS = tuple(Ask(n, topic, f"{topic}。", ()) for n, topic in enumerate(("设棚", "增岗", "补贴"), 1))
BASE = Work(  # fmt: skip
    Proposal(
        title="关于集市的提案",
        channel="cppcc",
        session="五届三次",
        number="15",
        proposers=("林小满",),
        host_role="主办",
        background="",
        problems="",
        asks=ASKS,
    ),
    values={"text.1.0": "原话。"},
    ticked=("1:a", "2:b"),
    ticked_for=ASKS,
)


def head(**fields):
    return lambda work: replace(work, proposal=replace(work.proposal, **fields))


def values(**typed):
    named = {name.replace("_", "."): value for name, value in typed.items()}
    return lambda work: replace(work, values={**work.values, **named})


def without(name):
    return lambda w: replace(w, values={n: v for n, v in w.values.items() if n != name})


def asks(*texts):
    made = [next((a for a in ASKS if a.text == t), Ask(0, t[:2], t, ())) for t in texts]
    numbered = tuple(replace(ask, order=n) for n, ask in enumerate(made, 1))
    return lambda work: replace(work, proposal=replace(work.proposal, asks=numbered))


def day(value):
    return lambda work: replace(work, assigned=value)


def form(value):
    return lambda work: replace(work, form=value)


def more(card):
    return lambda work: replace(work, ticked=(*work.ticked, card))


def less(card):
    return lambda work: replace(work, ticked=tuple(c for c in work.ticked if c != card))


def state(work):
    asks = [(ask.order, ask.text) for ask in work.proposal.asks]
    head = replace(work.proposal, asks=())
    return asks, head, dict(work.values), work.assigned, work.form, sorted(work.ticked)


@pytest.mark.parametrize(
    "there, here",
    [
        (head(number="16"), head(title="关于夜市的提案")),
        (head(number="16"), values(text_2_0="另一句。")),
        (head(proposers=("林小满", "周大川")), asks("设棚。", "增岗。")),
        (values(text_1_0="改过。"), values(text_2_0="另一句。")),
        (values(text_1_0=None), values(**{"3_0_0": "年底"})),
        (values(stance_1="study"), values(stance_2="refer")),
        (values(after_1_0="加一句。"), without("text.1.0")),
        (asks("设棚。", "增岗。", "补贴。", "宣传。"), head(co_hosts=("市商务局",))),
        (day("2026-09-05"), values(confirm_1="是")),
        (form("phase"), less("2:b")),
        (more("2:c"), less("2:b")),
        (more("1:c"), more("3:d")),
    ],
)
def test_changes_at_different_places_are_put_together_whoever_comes_first(there, here):
    for first, second in ((there, here), (here, there)):
        now, target = first(BASE), second(BASE)
        assert find_refused(now, BASE, target) == ()
        assert state(merge_step(now, BASE, target)) == state(second(now))


@pytest.mark.parametrize(
    "there, here, both",
    [
        (["设棚。", "增岗。", "补贴五成。"], ["设两处棚。", "增岗。", "补贴。"],
         ["设两处棚。", "增岗。", "补贴五成。"]),
        (["设棚。", "增十岗。", "补贴五成。"], ["设两处棚。", "增岗。", "补贴。"],
         ["设两处棚。", "增十岗。", "补贴五成。"]),
        (["设棚。", "增岗。"], ["设两处棚。", "增岗。", "补贴。"], ["设两处棚。", "增岗。"]),
        (["补贴。", "设棚。", "增岗。"], ["设棚。", "增十岗。", "补贴。"],
         ["补贴。", "设棚。", "增十岗。"]),
        (["设棚。", "增岗。", "补贴。", "宣传。"], ["增岗。", "补贴。"],
         ["增岗。", "补贴。", "宣传。"]),
        (["设棚。", "补贴。"], ["设棚。", "补贴。"], ["设棚。", "补贴。"]),
    ],
)  # fmt: skip
def test_asks_that_were_each_changed_on_one_side_only_are_put_together(there, here, both):
    for first, second in ((there, here), (here, there)):
        now, target = asks(*first)(BASE), asks(*second)(BASE)
        assert find_refused(now, BASE, target) == ()
        merged = merge_step(now, BASE, target)
        assert [a.text for a in merged.proposal.asks] == both
        assert [a.order for a in merged.proposal.asks] == list(range(1, len(both) + 1))


@pytest.mark.parametrize(
    "there, here, what, mine, theirs",
    [
        (head(title="甲"), head(title="乙"), "标题", "乙", "甲"),
        (head(proposers=("周大川",)), head(proposers=()), "提案人", "（删去）", "周大川"),
        (day("2026-09-05"), day("2026-09-06"), "交办日期", "2026-09-06", "2026-09-05"),
        (values(text_1_0="甲。"), values(text_1_0="乙。"), "这一句", "乙。", "甲。"),
        (values(text_1_0="甲。"), values(text_1_0=None), "这一句", "（删去）", "甲。"),
        (values(**{"3_0_0": "甲"}), values(**{"3_0_0": "乙"}), "待填的", "乙", "甲"),
        (values(stance_1="study"), values(stance_1="refer"), "第 1 项的答复意见", "", ""),
        (asks("设棚。", "增十岗。", "补贴。"), asks("设棚。", "增九岗。", "补贴。"),
         "第 2 项建议", "增九岗。", "增十岗。"),
        (asks("设棚。", "增十岗。", "补贴。"), asks("设棚。", "补贴。"),
         "第 2 项建议", "（删去）", "增十岗。"),
        (asks("设棚。", "补贴。"), asks("设棚。", "增九岗。", "补贴。"),
         "第 2 项建议", "增九岗。", "（删去）"),
    ],
)  # fmt: skip
def test_what_both_wrote_stays_as_it_was_stored_and_the_other_is_told(
    there, here, what, mine, theirs
):
    now, target = there(BASE), here(BASE)
    (refused,) = find_refused(now, BASE, target)
    assert (refused.what, refused.mine, refused.theirs) == (what, mine, theirs)
    assert state(merge_step(now, BASE, target)) == state(now)


@pytest.mark.parametrize(
    "change", [head(title="甲"), values(text_1_0="甲。"), values(stance_1="study"), less("1:a")]
)
def test_what_both_wrote_alike_is_no_matter(change):
    now = change(BASE)
    assert find_refused(now, BASE, now) == ()
    assert state(merge_step(now, BASE, now)) == state(now)


def test_cards_are_taken_by_the_ask_that_they_were_laid_out_for():
    moved = asks("补贴。", "设棚。", "增岗。")(BASE)
    now = replace(moved, ticked=("2:a", "3:b"), ticked_for=moved.proposal.asks)
    assert merge_step(now, BASE, both(BASE, more("3:c"), less("2:b"))).ticked == ("2:a", "1:c")


def both(work, *changes):
    for change in changes:
        work = change(work)
    return work

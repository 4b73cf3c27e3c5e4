"""A change in one ask: the answers to the others, and what the clerk did there, stay."""

from __future__ import annotations

import json

import pytest

from replygen.drafting.fill import fill_slots
from replygen.settings import Settings
from replygen.web.auth.who import NOBODY

PASTED = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。建立监测台账，完善投诉处理机制。"
    "二、建立主播培训制度。定期开展主播培训，编写培训教材。"
    "三、推进行业自律。支持行业协会制定自律公约，引导企业诚信经营。"
)
HEAD = {"title": "关于规范直播带货的提案", "channel": "cppcc"}


@pytest.fixture(scope="module")
def settings(small_settings, tmp_path_factory) -> Settings:
    return small_settings(tmp_path_factory.mktemp("standing"))


def read(clerk, id):
    return clerk.desk.drafts.read(id, NOBODY)


def answers(work) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each ask as they are read, by the ask's topic."""
    topics = {ask.order: ask.topic for ask in work.drafted_for}
    found: dict[str, list[str]] = {topic: [] for topic in topics.values()}
    for block in fill_slots(work.draft, work.values).draft.blocks:
        order = next((s.ask for s in block.sentences if s.ask), None)
        if order and block.style == "body":
            found[topics[order]].append(block.text)
    return {topic: tuple(texts) for topic, texts in found.items()}


def edit_last(work) -> dict[str, str | None]:
    """In the last ask a sentence is taken out, one written anew, one added, one place filled."""
    last = work.drafted_for[-1].order
    block, b = next(
        (block, b)
        for b, block in reversed(list(enumerate(work.draft.blocks)))
        if block.style == "body" and block.sentences[0].ask == last and len(block.sentences) > 2
    )
    return {
        f"text.{b}.{len(block.sentences) - 1}": None,
        f"text.{b}.1": "会同市商务局支持协会制定自律公约；",
        f"after.{b}.{len(block.sentences) - 1}": "目前，协会已有会员68家。",
        f"confirm.{last}": "是",
    }


def asks(work, change) -> str:
    rows = change([(a.topic, a.text) for a in work.proposal.asks])
    return json.dumps({"head": HEAD, "asks": [{"topic": t, "text": x} for t, x in rows]})


def answer_otherwise(clerk, id, work):
    clerk.keep(id, "", "", "", json.dumps({**work.values, "stance.1": "study"}))
    return ""


def withdraw(clerk, id, work):
    ticks = [card for card in work.ticked if not card.startswith("1:")]
    assert len(ticks) < len(work.ticked)
    clerk.keep(id, "", json.dumps({"draft": id, "cards": ticks}), "")
    return ""


def split(clerk, id, work):
    return asks(
        work, lambda a: [(a[0][0], "建立监测台账。"), ("投诉处理", "完善投诉处理机制。"), *a[1:]]
    )


def merge(clerk, id, work):
    return asks(work, lambda a: [(a[0][0], f"{a[0][1]}\n{a[1][1]}"), *a[2:]])


def retopic(clerk, id, work):
    return asks(work, lambda a: [("直播间巡查", a[0][1]), *a[1:]])


def remove(clerk, id, work):
    return asks(work, lambda a: a[1:])


def swap(clerk, id, work):
    return asks(work, lambda a: [a[1], a[0], *a[2:]])


@pytest.mark.parametrize(
    "change", [answer_otherwise, withdraw, split, merge, retopic, remove, swap]
)
def test_a_change_in_one_ask_leaves_the_answers_to_the_others_as_the_clerk_left_them(
    clerk, id, change
):
    values = edit_last(read(clerk, id))
    clerk.keep(id, "", "", "", json.dumps(values))
    before = read(clerk, id)
    clerk.draft(id, change(clerk, id, before), "", "default", None)
    after = read(clerk, id)
    assert after.draft != before.draft and not after.lost
    old, now = answers(before), answers(after)
    last = before.drafted_for[-1].topic
    assert "目前，协会已有会员68家。" in "".join(old[last])
    untouched = [ask.topic for ask in after.drafted_for if ask in _same(before, after)]
    assert last in untouched
    for topic in untouched:
        assert now[topic] == old[topic]
    order = next(ask.order for ask in after.drafted_for if ask.topic == last)
    assert after.values.get(f"confirm.{order}") == "是"
    headings = [b.text for b in after.draft.blocks if b.style == "heading1"]
    assert [h[0] for h in headings] == list("一二三四"[: len(headings)])


def _same(before, after):
    """The asks of a letter that nothing was done with."""
    words = {(a.topic, a.text) for a in before.drafted_for}
    stances = {name.rpartition(".")[2] for name in after.values if name.startswith("stance.")}
    gone = {c.split(":")[0] for c in before.ticked} - {c.split(":")[0] for c in after.ticked}
    touched = stances | (gone if len(before.drafted_for) == len(after.drafted_for) else set())
    return [
        a for a in after.drafted_for if (a.topic, a.text) in words and str(a.order) not in touched
    ]


def test_composing_again_changes_nothing_where_nothing_was_changed(clerk, id):
    before = read(clerk, id)
    clerk.draft(id, "", "", "default", None)
    assert read(clerk, id).draft == before.draft


def test_what_is_made_anew_says_nothing_that_stays(clerk, id):
    clerk.keep(id, "", "", "", json.dumps({"stance.2": "study"}))
    clerk.draft(id, "", "", "default", None)
    sentences = [
        s.text.strip("，；。")
        for b in read(clerk, id).draft.blocks
        for s in b.sentences
        if s.origin != "form"
    ]
    openings = [b.text[:5] for b in read(clerk, id).draft.blocks if b.role == "planned"]
    assert len(set(sentences)) == len(sentences) and len(set(openings)) == len(openings)

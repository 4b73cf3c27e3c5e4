"""Steps of a stored draft: undone, done again, one taken back alone, and nothing typed lost."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from replygen.models import (
    Ask,
    Block,
    Draft,
    DraftSection,
    Paragraph,
    Proposal,
    Sentence,
    Slot,
    Source,
)
from replygen.workspace import (
    DraftStore,
    Window,
    Work,
    forget_material,
    match_asks,
    merge_step,
    split_steps,
)

ASKS = (Ask(1, "夜市", "划定夜市范围"), Ask(2, "噪声", "控制噪声"), Ask(3, "停车", "增设车位"))
PROPOSAL = Proposal("夜市", "cppcc", "五届三次", "0126", ("许委员",), "主办", "", "", ASKS)
SLOT = Slot("【时间】", "时间")
SOURCE = Source("总结.docx", "0" * 64, "docx", (Paragraph("检查6轮", "table", None, ((0, 2),)),))


def letter(*asks: Ask) -> Draft:
    """A letter with two sentences and an open place for each ask."""
    return Draft(
        "答复",
        "letter",
        (),
        tuple(
            DraftSection(
                None,
                ask.order,
                (
                    Block(
                        "body",
                        (
                            Sentence(f"关于{ask.topic}。", "form", ask=ask.order),
                            Sentence(
                                f"{ask.topic}于【时间】完成。",
                                "slot",
                                slots=(SLOT,),
                                ask=ask.order,
                            ),
                        ),
                    ),
                ),
            )
            for ask in asks
        ),
        (),
    )


WORK = Work(PROPOSAL, draft=letter(*ASKS), drafted_for=ASKS, ticked=("1:a",), ticked_for=ASKS)


def put(work: Work, **values: str | None) -> Work:
    """The work with values; ``text_0_1`` stands for text.0.1, ``_0_1_0`` for 0.1.0."""
    named = {name.replace("_", ".").strip("."): value for name, value in values.items()}
    return replace(work, values={**work.values, **named})


def ask(work: Work, *asks: Ask) -> Work:
    """The work with other asks, counted anew."""
    asks = tuple(replace(a, order=n) for n, a in enumerate(asks, 1))
    return replace(work, proposal=replace(work.proposal, asks=asks))


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "work")


@pytest.fixture
def kept(store):
    """A store with one draft, and what changes it as a person does."""
    id = store.create("小林", WORK)

    def change(edit) -> Work:
        return store.change(id, "小林", edit, step=True)

    return store, id, change


def state(work: Work) -> tuple[object, ...]:
    return work.values, work.proposal, work.ticked, work.assigned, work.form


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (put(WORK, text_0_0=None), "删去一句“关于夜市。”"),
        (put(WORK, text_0_0="另一句。"), "改写一句“另一句。”"),
        (put(WORK, after_0_0="再加一句。"), "加一句“再加一句。”"),
        (put(WORK, _0_1_0="年底"), "填写“年底”"),
        (put(WORK, _0_1_0=None), "删去一处"),
        (put(WORK, stance_2="study"), "改第 2 项的答复意见"),
        (put(WORK, confirm_2="是"), "第 2 项可以承诺"),
        (replace(WORK, ticked=("1:a", "2:b")), "用上 1 条依据"),
        (replace(WORK, ticked=()), "撤下 1 条依据"),
        (replace(WORK, assigned="2026-11-01"), "改交办日期"),
        (replace(WORK, proposal=replace(PROPOSAL, number="0127")), "改编号"),
        (ask(WORK, *ASKS, Ask(4, "照明", "加装路灯")), "加第 4 项建议"),
        (ask(WORK, ASKS[0], ASKS[2]), "删除第 2 项建议"),
        (ask(WORK, ASKS[1], ASKS[0], ASKS[2]), "移动建议"),
        (ask(WORK, replace(ASKS[0], topic="夜间市场"), *ASKS[1:]), "改第 1 项建议"),
        (ask(WORK, Ask(1, "夜市", "划定夜市范围\n控制噪声"), ASKS[2]), "合并第 1、2 项建议"),
        (ask(WORK, Ask(1, "夜市", "划定"), Ask(2, "", "范围"), *ASKS[1:]), "拆开第 1 项建议"),
        (replace(WORK, open_places=7, notes=("一条",), revision=9), None),
    ],
)
def test_a_step_is_told_in_words(after, what):
    steps = split_steps(WORK, after)
    assert [change.what for change, _ in steps] == ([what] if what else [])
    assert all(state(work) == state(after) for _, work in steps)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"after_0_0": "加的。"}, {"after_0_1": "加的。"}),
        (
            {"after_0_0": "加的。", "after_0_1": "另一句。"},
            {"after_0_0": "另一句。", "after_0_1": "加的。"},
        ),
    ],
    ids=["to an empty place", "past another one"],
)
def test_moving_what_was_added_is_one_step(kept, before, after):
    store, id, change = kept
    change(lambda w: replace(put(w, **before)))
    told = len(store.steps(id, "小林"))
    change(lambda w: put(replace(w, values={}), **after))
    steps = store.steps(id, "小林")[told:]
    assert len(steps) == 1 and steps[0].what.startswith("移动加的一句")
    assert store.turn(id, "小林", "undo").values == put(replace(WORK, values={}), **before).values


def test_what_was_typed_and_clicked_in_one_breath_are_steps_of_their_own(kept):
    store, id, change = kept
    change(lambda w: ask(put(w, _0_1_0="年底", confirm_1="是"), *ASKS[:2]))
    told = [step.what for step in store.steps(id, "小林")]
    assert told == ["填写“年底”", "第 1 项可以承诺", "删除第 3 项建议"]
    assert store.turn(id, "小林", "undo").values == {"0.1.0": "年底", "confirm.1": "是"}
    assert store.turn(id, "小林", "undo").values == {"0.1.0": "年底"}


def test_every_step_is_undone_and_done_again_also_after_the_server_was_started_anew(kept):
    store, id, change = kept
    states = [state(store.read(id, "小林"))]
    for edit in (
        lambda w: put(w, text_0_0=None),
        lambda w: put(w, after_1_0="加的话。"),
        lambda w: put(w, stance_1="study"),
        lambda w: put(w, confirm_2="是"),
        lambda w: replace(w, ticked=()),
        lambda w: ask(w, *ASKS[:2]),
        lambda w: replace(w, proposal=replace(w.proposal, number="0999")),
    ):
        states.append(state(change(edit)))
    again = DraftStore(store.path.parent)
    for expected in reversed(states[:-1]):
        assert state(again.turn(id, "小林", "undo")) == expected
    assert state(again.turn(id, "小林", "undo")) == states[0]
    for expected in states[1:]:
        assert state(again.turn(id, "小林", "redo")) == expected
    assert state(again.turn(id, "小林", "redo")) == states[-1]


def test_what_followed_from_a_step_is_undone_and_done_again_with_it(kept):
    store, id, change = kept
    change(lambda w: ask(w, ASKS[0]))
    shorter = letter(ASKS[0])
    store.change(id, "小林", lambda w: replace(w, draft=shorter, drafted_for=w.proposal.asks))
    assert store.turn(id, "小林", "undo").draft == WORK.draft
    assert store.turn(id, "小林", "redo").draft == shorter
    assert len(store.steps(id, "小林")) == 1


def test_typing_on_in_one_field_is_one_step(kept):
    store, id, change = kept
    for text in ("年", "年底", "年底前"):
        change(lambda w, text=text: put(w, _0_1_0=text))
    change(lambda w: put(w, _1_1_0="明年"))
    assert [step.what for step in store.steps(id, "小林")] == ["填写“年底前”", "填写“明年”"]
    store.turn(id, "小林", "undo")
    assert store.turn(id, "小林", "undo").values == {}


def test_taking_back_a_deletion_alone_loses_nothing_that_was_typed_after_it(kept):
    store, id, change = kept
    change(lambda w: ask(w, ASKS[0], ASKS[2]))
    change(lambda w: put(w, text_0_0="后来写的一句。", _1_1_0="年底"))
    change(lambda w: ask(w, replace(ASKS[0], text="后来改的建议"), ASKS[2]))
    _, before, after = store.step(id, "小林", 1)
    now = merge_step(store.read(id, "小林"), after, before)
    assert [a.topic for a in now.proposal.asks] == ["夜市", "噪声", "停车"]
    assert now.proposal.asks[0].text == "后来改的建议"
    assert now.values == {"text.0.0": "后来写的一句。", "1.1.0": "年底"}


@pytest.mark.parametrize(
    ("step", "since"),
    [
        (lambda w: put(w, text_0_0=None), lambda w: put(w, _1_1_0="年底", stance_2="study")),
        (lambda w: put(w, stance_2="decline"), lambda w: put(w, confirm_1="是")),
        (lambda w: replace(w, ticked=("1:a", "2:b")), lambda w: put(w, after_0_0="一句。")),
        (lambda w: replace(w, assigned="2026-11-01"), lambda w: put(w, text_0_0="一句。")),
        (lambda w: ask(w, *ASKS[1:]), lambda w: put(w, _0_1_0="年底")),
        (lambda w: ask(w, ASKS[2], *ASKS[:2]), lambda w: put(w, _0_1_0="年底")),
    ],
)
def test_a_step_taken_back_alone_leaves_all_else(step, since):
    base = step(WORK)
    now = since(base)
    assert state(merge_step(now, base, WORK)) == state(since(WORK))
    assert state(merge_step(since(WORK), WORK, base)) == state(now)  # and done again alone


def test_what_was_changed_since_is_not_taken_back_alone():
    base = put(WORK, text_0_0="第一次改。")
    now = put(base, text_0_0="第二次改。")
    assert merge_step(now, base, WORK) == now


def test_a_step_is_taken_back_also_under_another_letter():
    base = put(WORK, text_1_0=None, stance_2="study")
    asks = tuple(replace(a, order=n) for n, a in enumerate(ASKS[1:], 1))
    now = replace(ask(base, *asks), draft=letter(*asks), drafted_for=asks)
    now = replace(now, values={"text.0.0": None, "stance.1": "study", "1.1.0": "年底"})
    assert merge_step(now, base, WORK).values == {"1.1.0": "年底"}


def test_what_was_undone_stays_in_the_list_when_something_else_is_done(kept):
    store, id, change = kept
    change(lambda w: put(w, text_0_0="写了很久的一句。"))
    store.turn(id, "小林", "undo")
    change(lambda w: put(w, _1_1_0="年底"))
    assert [step.state for step in store.steps(id, "小林")] == ["aside", "done"]
    _, before, after = store.step(id, "小林", 1)
    values = merge_step(store.read(id, "小林"), before, after).values
    assert values == {"1.1.0": "年底", "text.0.0": "写了很久的一句。"}


def test_files_that_were_taken_away_come_back_with_their_cards(kept):
    store, id, _ = kept
    card = "1:material:1#0"
    store.set_material(id, "小林", (SOURCE,), forget_material, step="附上材料“台账”")
    store.change(id, "小林", lambda w: replace(w, ticked=("1:a", card)))
    store.set_material(id, "小林", (), forget_material, step="撤下一份材料")
    assert store.material(id, "小林") == () and store.read(id, "小林").ticked == ("1:a",)
    assert [step.what for step in store.steps(id, "小林")] == ["附上材料“台账”", "撤下一份材料"]
    assert store.turn(id, "小林", "undo").ticked == ("1:a", card)
    assert store.material(id, "小林") == (SOURCE,)
    store.turn(id, "小林", "undo")
    assert store.material(id, "小林") == ()
    store.turn(id, "小林", "redo")
    assert store.material(id, "小林") == (SOURCE,)
    store.set_material(id, "小林", (SOURCE, SOURCE), forget_material)
    assert len(store.material(id, "小林")) == 2


def test_one_change_of_the_files_is_taken_back_alone(kept):
    store, id, change = kept
    store.set_material(id, "小林", (SOURCE,), forget_material, step="附上材料“台账”")
    change(lambda w: put(w, _0_1_0="年底"))
    _, before, after = store.step(id, "小林", 1)
    work = store.change(id, "小林", lambda now: merge_step(now, after, before), step="单独撤销")
    assert work.values["0.1.0"] == "年底" and store.material(id, "小林") == ()


def test_files_that_are_kept_no_more_stay_as_they_are_now(kept):
    store, id, _ = kept
    card = "1:material:1#0"
    store.set_material(id, "小林", (SOURCE,), forget_material, step="附上材料“台账”")
    store.change(id, "小林", lambda w: replace(w, ticked=("1:a", card)))
    for n in range(30):
        store.set_material(id, "小林", (), forget_material, step=f"第 {n} 次")
    for _ in range(30):
        work = store.turn(id, "小林", "undo")
    assert work.ticked == ("1:a",) and store.material(id, "小林") == ()


def test_another_window_undoes_nothing_that_it_does_not_show(kept):
    from replygen.errors import ChangedElsewhere

    store, id, _ = kept
    store.change(id, "小林", lambda w: put(w, _0_1_0="年底"), window=Window("a", 0), step=True)
    with pytest.raises(ChangedElsewhere):
        store.turn(id, "小林", "undo", window=Window("b", 0))
    assert store.read(id, "小林").values == {"0.1.0": "年底"}


def test_the_oldest_steps_go_and_all_go_with_the_draft(kept):
    from replygen.workspace.history import MOST_STEPS

    store, id, change = kept
    for n in range(MOST_STEPS + 5):
        change(lambda w, n=n: put(w, text_0_0=f"第 {n} 句。"))
    assert len(store.steps(id, "小林")) == MOST_STEPS
    store.remove(id, "小林")
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT count(*) FROM steps").fetchone() == (0,)


def test_a_store_made_before_there_were_steps_opens_and_gets_them(tmp_path):
    """``data/drafts_v1.sql`` is a store that the code of 27 November 2026 wrote."""
    work = tmp_path / "work"
    work.mkdir()
    with sqlite3.connect(work / "drafts.db") as db:
        old = Path(__file__).parent / "data" / "drafts_v1.sql"
        db.executescript(old.read_text(encoding="utf-8"))
    store = DraftStore(work)
    (row,) = store.rows("小林")
    before = store.read(row.id, "小林")
    assert before.values == {"1.0.0": "15", "text.8.1": None}
    assert store.material(row.id, "小林")[0].text == "检查6轮"
    assert store.steps(row.id, "小林") == ()
    store.change(row.id, "小林", lambda w: put(w, _1_0_0="16"), step=True)
    assert store.turn(row.id, "小林", "undo").values == before.values
    assert store.recall("云川市市场监督管理局") == {"姓名": ("许嘉木",)}


@pytest.mark.parametrize(
    ("now", "matched"),
    [
        (ASKS, {1: 1, 2: 2, 3: 3}),
        ((ASKS[1], ASKS[2]), {2: 1, 3: 2}),
        ((ASKS[2], ASKS[0], ASKS[1]), {1: 2, 2: 3, 3: 1}),
        ((ASKS[0], Ask(2, "声音", "控制噪声"), ASKS[2]), {1: 1, 2: 2, 3: 3}),
        ((ASKS[0], Ask(2, "别的", "另一件事"), ASKS[2]), {1: 1, 2: 2, 3: 3}),
        ((Ask(1, "新的", "第一件事"), *ASKS), {1: 2, 2: 3, 3: 4}),
        ((Ask(1, "合起来", f"{ASKS[0].text}\n{ASKS[1].text}"), ASKS[2]), {1: 1, 3: 2}),
        ((Ask(1, "前半", ASKS[0].text[:2]), Ask(2, "后半", "其余"), *ASKS[1:]), {1: 1, 2: 3, 3: 4}),
    ],
)
def test_an_ask_is_known_again_wherever_it_moved(now, matched):
    asks = tuple(replace(a, order=n) for n, a in enumerate(now, 1))
    assert match_asks(ASKS, asks) == matched

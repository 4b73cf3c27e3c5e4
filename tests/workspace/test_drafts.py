"""Stored drafts: nothing is lost, nobody sees another's, a broken file is told in one line."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from replygen.errors import ChangedElsewhere, StoreError
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
    carry_ticks,
    carry_values,
    find_deadline,
    forget_material,
    tell_deadline,
)

PROPOSAL = Proposal(
    title="关于<b>夜市</b>管理的提案",
    channel="cppcc",
    session="五届三次",
    number="0126",
    proposers=("许委员",),
    host_role="主办",
    background="背景",
    problems="",
    asks=(Ask(1, "夜市", "划定夜市范围"), Ask(2, "噪声", "控制噪声")),
    co_hosts=("市城管局",),
)


def _slot(style: str, before: str, kind: str, after: str) -> Block:
    slot = Slot(f"【{kind}】", kind)
    return Block(style, (Sentence(f"{before}{slot.text}{after}", "form", (), (slot,)),))


DRAFT = Draft(
    "答复",
    "letter",
    (_slot("title", "对第", "编号", "号提案的答复"),),
    (),
    (_slot("sign_date", "", "成文日期", ""),),
)
WORK = Work(
    PROPOSAL,
    assigned="2026-09-30",
    ticked=("1:abc#0",),
    laid=("1:abc#0", "1:def#3"),
    ticked_for=PROPOSAL.asks,
    draft=DRAFT,
    drafted_for=PROPOSAL.asks,
    values={"0.0.0": "0126", "1.0.0": None},
    notes=("一条",),
    open_places=2,
)
SOURCE = Source("总结.docx", "0" * 64, "docx", (Paragraph("检查6轮", "table", None, ((0, 2),)),))


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "work")


def test_work_comes_back_as_it_was_stored(store):
    id = store.create("小林", WORK, [SOURCE])
    again = DraftStore(store.path.parent)
    assert again.read(id, "小林") == WORK
    assert again.material(id, "小林") == (SOURCE,)
    row = again.rows("小林")[0]
    assert (row.title, row.number, row.state) == (PROPOSAL.title, "0126", "待填 2 处")
    assert (row.assigned, row.deadline) == ("2026-09-30", "2026-12-30")


@pytest.mark.parametrize(
    ("work", "state"),
    [
        (Work(PROPOSAL), "待核对"),
        (replace(WORK, blocks=1), "待填 2 处、必须改 1 条"),
        (WORK, "待填 2 处"),
        (replace(WORK, open_places=0), "可定稿"),
    ],
)
def test_the_list_says_how_far_each_draft_is(store, work, state):
    store.create("小林", work)
    assert store.rows("小林")[0].state == state


def test_nobody_reaches_the_draft_of_another_user(store):
    id = store.create("小林", WORK, [SOURCE])
    assert store.rows("老周") == ()
    for call in (
        lambda: store.read(id, "老周"),
        lambda: store.material(id, "老周"),
        lambda: store.change(id, "老周", lambda w: w),
        lambda: store.set_material(id, "老周", ()),
        lambda: store.remove(id, "老周"),
    ):
        with pytest.raises(StoreError, match="不在了"):
            call()
    assert store.read(id, None) == WORK  # a reviewer
    assert [row.user for row in store.rows()] == ["小林"]


def test_the_draft_that_was_changed_last_stands_first(store):
    first = store.create("小林", WORK)
    second = store.create("小林", Work(PROPOSAL))
    with sqlite3.connect(store.path) as db:
        db.execute("UPDATE drafts SET changed = '2020-01-01T00:00:00+00:00'")
    store.change(first, "小林", lambda w: replace(w, notes=()))
    assert [row.id for row in store.rows("小林")] == [first, second]


def test_a_deleted_draft_takes_its_material_along(store):
    id = store.create("小林", WORK, [SOURCE])
    store.remove(id, "小林")
    assert store.rows("小林") == ()
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT count(*) FROM attached").fetchone()[0] == 0


def test_changes_at_the_same_time_are_all_kept(store):
    id = store.create("小林", Work(PROPOSAL))

    def type_one(n: int) -> None:
        store.change(id, "小林", lambda w: replace(w, values={**w.values, str(n): "x"}))

    threads = [threading.Thread(target=type_one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.read(id, "小林").values) == 8


def _assign(day: str):
    return lambda work: replace(work, assigned=day)


def test_a_window_that_shows_an_older_state_stores_nothing_over_another_windows_work(store):
    id = store.create("小林", WORK, [SOURCE])
    one, other = Window("一", 0), Window("二", 0)  # both opened the draft as it was made
    stored = store.change(id, "小林", _assign("2026-10-01"), window=other)
    assert stored.revision == 1
    for late in (
        lambda: store.change(id, "小林", _assign("2026-10-02"), window=one),
        lambda: store.set_material(id, "小林", (), window=one),
    ):
        with pytest.raises(ChangedElsewhere, match="另一个窗口改过"):
            late()
    assert store.read(id, "小林") == stored
    assert store.material(id, "小林") == (SOURCE,)
    seen = Window("一", stored.revision)  # it was loaded anew
    assert store.change(id, "小林", _assign("2026-10-02"), window=seen).assigned == "2026-10-02"


def test_a_window_that_sends_again_before_the_answer_came_is_not_refused(store):
    id = store.create("小林", WORK)
    for day in ("2026-10-01", "2026-10-02", "2026-10-03"):  # it still shows revision 0
        store.change(id, "小林", _assign(day), window=Window("一", 0))
    assert store.read(id, "小林").assigned == "2026-10-03"


def test_looking_without_changing_makes_no_other_window_old(store):
    id = store.create("小林", WORK)
    store.change(id, "小林", lambda work: work, window=Window("二", 0))
    assert store.change(id, "小林", _assign("2026-10-01"), window=Window("一", 0)).revision == 1


def test_material_and_what_follows_from_it_are_stored_together(store):
    id = store.create("小林", WORK)
    work = store.set_material(id, "小林", [SOURCE], lambda w: replace(w, ticked=()))
    assert (work.ticked, work.revision) == ((), 1)
    assert store.material(id, "小林") == (SOURCE,)


def test_what_a_unit_typed_is_offered_again_but_no_dates_and_counts(store):
    store.remember("甲局", {"电话": "0000-1", "成文日期": "2026年11月22日", "数量": "12家"})
    store.remember("甲局", {"电话": "0000-2"})
    store.remember("乙局", {"电话": "0000-9"})
    assert store.recall("甲局") == {"电话": ("0000-2", "0000-1")}
    for n in range(5):
        store.remember("甲局", {"电话": f"1000-{n}"})
    assert store.recall("甲局")["电话"] == ("1000-4", "1000-3", "1000-2")


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE users (name TEXT)")


def _newer(path: Path) -> None:
    DraftStore(path.parent).create("小林", WORK)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("spoil", [_garbage, _foreign, _newer])
def test_a_damaged_or_foreign_file_is_told_in_one_line(store, spoil):
    store.path.parent.mkdir()
    spoil(store.path)
    with pytest.raises(StoreError) as caught:
        store.rows("小林")
    assert "\n" not in str(caught.value)
    assert "请检查权限和磁盘，或从备份恢复" in str(caught.value)


@pytest.mark.parametrize("payload", ["{", "[]", '{"version": 7}', '{"version": 1}'])
def test_a_damaged_draft_is_told_in_one_line_and_can_be_deleted(store, payload):
    id = store.create("小林", WORK)
    with sqlite3.connect(store.path) as db:
        db.execute("UPDATE drafts SET payload = ?", (payload,))
    with pytest.raises(StoreError, match="读不出来"):
        store.read(id, "小林")
    store.remove(id, "小林")


@pytest.mark.parametrize(
    ("assigned", "role", "deadline"),
    [
        (date(2026, 3, 10), "主办", date(2026, 6, 10)),
        (date(2026, 11, 30), None, date(2027, 2, 28)),
        (date(2026, 12, 1), "分办", date(2027, 3, 1)),
        (date(2026, 1, 31), "会办", date(2026, 2, 28)),
    ],
)
def test_a_reply_is_due_three_months_and_an_opinion_one_month_after_hand_over(
    assigned, role, deadline
):
    assert find_deadline(assigned, host_role=role) == deadline


@pytest.mark.parametrize(
    ("deadline", "level", "words"),
    [
        (None, "none", "没有填交办日期"),
        (date(2026, 11, 20), "late", "11月20日到期，已超期 2 天"),
        (date(2026, 11, 22), "late", "今天到期"),
        (date(2026, 12, 1), "soon", "12月1日到期，还有 9 天"),
        (date(2027, 2, 1), "calm", "2027年2月1日到期，还有 71 天"),
    ],
)
def test_a_deadline_is_told_in_words_by_how_near_it_is(deadline, level, words):
    told = tell_deadline(deadline, today=date(2026, 11, 22))
    assert (told.level, told.words) == (level, words)


@pytest.mark.parametrize(
    ("assigned", "deadline", "ground"),
    [
        (date(2026, 9, 5), date(2026, 12, 5), "交办之日（9月5日）起 3 个月"),
        (date(2026, 11, 30), date(2027, 2, 28), "交办之日（11月30日）起 3 个月"),
        (date(2026, 11, 5), date(2026, 12, 5), "交办之日（11月5日）起 1 个月"),
        (date(2026, 9, 5), date(2026, 12, 31), ""),  # the list's own
        (None, date(2026, 12, 5), ""),
    ],
)
def test_a_deadline_is_told_with_its_ground(assigned, deadline, ground):
    told = tell_deadline(deadline, today=date(2026, 11, 22), assigned=assigned)
    assert told.ground == ground


OLD = (Ask(1, "夜市", "划定夜市范围"), Ask(2, "噪声", "控制噪声"))


@pytest.mark.parametrize(
    ("asks", "usual", "ticked"),
    [
        (OLD, ["1:a", "1:b", "2:c"], ["1:a", "2:d"]),  # as chosen, not as usual
        ((Ask(1, "噪声", "控制噪声"), Ask(2, "夜市", "划定夜市范围")), [], ["1:d", "2:a"]),
        ((Ask(1, "夜市", "改过的话"),), ["1:b"], ["1:b"]),  # another ask: as usual
        (OLD, ["1:new", "2:c"], ["1:a", "1:new", "2:d"]),  # found since: as usual
        (OLD[:1], [], ["1:a"]),
    ],
)
def test_ticks_stay_with_their_ask_and_new_cards_have_the_usual_ones(asks, usual, ticked):
    laid = ("1:a", "1:b", "2:c", "2:d")
    work = Work(PROPOSAL, ticked=("1:a", "2:d"), laid=laid, ticked_for=OLD)
    assert carry_ticks(work, asks, usual) == tuple(ticked)


def test_ticks_of_attached_files_are_forgotten_when_the_files_change():
    cards = ("1:material:1#0", "1:abc#0")
    work = forget_material(Work(PROPOSAL, ticked=cards, laid=cards, ticked_for=OLD))
    assert (work.ticked, work.laid) == (("1:abc#0",), ("1:abc#0",))


def test_typed_values_go_to_the_same_places_of_a_draft_composed_anew():
    other = replace(DRAFT, header=(_slot("body", "", "时间", ""), *DRAFT.header))
    carried = carry_values({"0.0.0": "0126", "1.0.0": None}, DRAFT, other)
    assert (carried.values, carried.lost) == ({"1.0.0": "0126", "2.0.0": None}, ())
    carried = carry_values({"0.0.0": "0126"}, DRAFT, replace(DRAFT, header=()))
    assert (carried.values, [one.text for one in carried.lost]) == ({}, ["0126"])


def test_a_moved_sentence_stays_moved_in_a_draft_composed_anew():
    block = Block("body", tuple(Sentence(f"{w}。", "own", ("x",), ask=1) for w in "甲乙丙"))
    old = Draft("答复", "letter", (), (DraftSection(None, 1, (block,)),), ())
    other = Block("body", (Sentence("丁。", "own", ("x",), ask=1),))
    moved = Block("body", tuple(replace(s, ask=2) for s in block.sentences))
    first, second = DraftSection(None, 1, (other,)), DraftSection(None, 2, (moved,))
    new = replace(old, sections=(first, second))
    assert carry_values({"order.1": "0.2 0.0 0.1"}, old, new).values == {"order.2": "1.2 1.0 1.1"}
    gone = replace(old, sections=(DraftSection(None, 1, (other,)),))
    assert carry_values({"order.1": "0.2 0.0 0.1"}, old, gone).values == {}

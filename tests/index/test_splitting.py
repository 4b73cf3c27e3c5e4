"""How a document was split, put right by hand: joined, split, of another kind, left out; it
outlives adding the file again, removing and restoring, and rebuilding."""

from __future__ import annotations

import pytest

from replygen.errors import SettingsError, StoreError
from replygen.index import open_index
from replygen.index.splitting import change_kind, join_next, leave_out, split_at
from tests.index.test_corrections import REPLY, add, only, read

MORE = "三、会同住建部门检查老旧电梯。共检查45台，整改12台。\n泊原市市场监督管理局"


@pytest.fixture
def index(tmp_path):
    with open_index(tmp_path / "index", encoder="hash") as index:
        yield index


def shown(index, id):
    return [(p.kind, p.tense, p.text) for p in index.passages(id)]


def put_right(index, change):
    id = only(index)
    index.resplit(id, change(index.passages(id)), by="小陈")
    return id


@pytest.mark.parametrize(
    ("change", "kinds", "texts"),
    [
        (lambda p: join_next(p, 1), ["reply", "measure"], ["登记320台。\n"]),
        (
            lambda p: split_at(p, 1, p[1].text.index("组织维保")),
            ["reply", "measure", "measure", "measure"],
            ["建立电梯维保台账。", "组织维保单位逐台登记，完成登记320台。"],
        ),
        (
            lambda p: change_kind(p, 2, "refusal", outcome="deferred"),
            ["reply", "measure", "refusal"],
            [],
        ),
        (lambda p: leave_out(p, 1), ["reply", "measure"], []),
    ],
)
def test_what_was_put_right_is_what_every_reader_sees_from_then_on(
    index,
    tmp_path,
    change,
    kinds,
    texts,
):
    add(index, read(REPLY))
    id = put_right(index, change)
    after = shown(index, id)
    assert [kind for kind, _, _ in after] == kinds
    assert [p.position for p in index.passages(id)] == list(range(len(kinds)))
    for text in texts:
        assert any(text in t for _, _, t in after)
    assert index.hand_split(id).by == "小陈"
    assert add(index, read(REPLY)) == "unchanged"
    assert shown(index, id) == after
    assert add(index, read(REPLY), own=True) == "updated"  # stored anew
    assert shown(index, id) == after
    index.rebuild()
    assert shown(index, id) == after and index.verify().ok
    index.remove(id)
    index.restore(id)
    assert shown(index, id) == after and index.hand_split(id) is not None
    hits = index.search("电梯应急演练", k=5)
    assert all(h.passage.position < len(kinds) for h in hits)


def test_it_goes_back_to_what_was_read(index):
    add(index, read(REPLY))
    before = shown(index, only(index))
    id = put_right(index, lambda p: join_next(p, 1))
    put_right(index, lambda p: leave_out(p, 0))
    assert shown(index, id) != before
    index.resplit(id, None, by="小陈")
    assert shown(index, id) == before
    assert index.hand_split(id) is None


def test_a_file_that_changed_takes_the_split_along_where_it_is_split_as_before(index):
    add(index, read(REPLY))
    put_right(index, lambda p: leave_out(p, 2))
    add(index, read(REPLY + "\n"))  # other bytes, the same words
    assert len(index.passages(only(index))) == 2
    add(index, read(REPLY.replace("泊原市市场监督管理局", MORE)))
    assert len(index.passages(only(index))) == 4
    assert index.hand_split(only(index)) is None


def test_a_place_put_right_later_is_that_of_its_passages_too(index):
    add(index, read(REPLY))
    id = put_right(index, lambda p: leave_out(p, 2))
    index.correct(id, {"region": "澜江省兰溪市"}, by="小陈")
    add(index, read(REPLY), own=True)
    assert {p.region for p in index.passages(id)} == {"澜江省兰溪市"}


@pytest.mark.parametrize(
    "change",
    [
        lambda p: join_next(p, 2),
        lambda p: join_next(p, -1),
        lambda p: split_at(p, 1, 0),
        lambda p: split_at(p, 1, 10_000),
        lambda p: split_at(p, 9, 3),
        lambda p: change_kind(p, 1, "poem"),
        lambda p: change_kind(p, 1, "measure", tense="soon"),
        lambda p: leave_out(p, 7),
    ],
)
def test_what_cannot_be_is_refused(index, change):
    add(index, read(REPLY))
    with pytest.raises(SettingsError):
        change(index.passages(only(index)))
    with pytest.raises(StoreError):
        index.resplit("nobody", (), by="小陈")


def test_what_was_removed_by_an_earlier_version_is_put_back(index):
    add(index, read(REPLY))
    id = only(index)
    index.remove(id)
    with index._store.change() as db:
        db.execute("UPDATE removed SET rows = json_remove(rows, '$.splits')")
    index.restore(id)
    assert len(index.passages(id)) == 3

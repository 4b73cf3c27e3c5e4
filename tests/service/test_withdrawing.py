"""A batch is remembered, taken back, and put back; so are documents that were chosen."""

from __future__ import annotations

import pytest

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.withdrawing import put_batch_back, remove_all, restore_all, withdraw_batch
from replygen.settings import Settings
from replygen.workspace import BatchLog, FollowStore

TEXT = "工作总结\n一、检查商户{n}40家，约谈{n}人。\n"


@pytest.fixture
def desk(tmp_path):
    with Desk(Settings(index=tmp_path / "i", work=tmp_path / "w")) as desk:
        yield desk


def write(folder, names, by=1):
    folder.mkdir(exist_ok=True)
    for n, name in enumerate(names):
        (folder / name).write_text(TEXT.format(n=n * 7 + by), encoding="utf-8")
    return folder


def add(desk, folder):
    batch = Batches(desk.settings).add([folder], by="小陈", label=folder.name)
    batch.wait(60)
    return BatchLog(desk.settings.work).batches()[0]


def test_batches_are_remembered_the_latest_first_with_what_each_brought(desk, tmp_path):
    first = add(desk, write(tmp_path / "甲", ["一.txt", "二.txt"]))
    again = add(desk, tmp_path / "甲")
    log = BatchLog(desk.settings.work)
    assert [(b.label, b.state, b.brought) for b in log.batches()] == [
        ("甲", "done", 0),
        ("甲", "done", 2),
    ]
    assert (first.counts, again.counts) == ({"added": 2}, {"unchanged": 2})
    assert {f.document for f in log.files(first.id)} == {d.id for d in desk.documents()}


def test_a_batch_is_taken_back_whole_and_put_back(desk, tmp_path):
    add(desk, write(tmp_path / "留着", ["旧.txt"], by=5))
    batch = add(desk, write(tmp_path / "误传", ["一.txt", "二.txt", "三.txt"]))
    work = desk.settings.work
    desk.correct(desk.documents()[0].id, {"title": "改过的标题"}, by="小陈")
    before = set(desk.documents())
    gone = withdraw_batch(desk.index, work, batch.id)
    assert len(gone) == 3
    assert [d.path.rsplit("/", 1)[-1] for d in desk.documents()] == ["旧.txt"]
    assert BatchLog(work).find(batch.id).withdrawn
    assert len(FollowStore(work).left_out()) == 3  # no run brings them back
    assert put_batch_back(desk.index, work, batch.id) == (3, ())
    assert set(desk.documents()) == before
    assert BatchLog(work).find(batch.id).withdrawn is None


def test_what_came_anew_from_the_same_place_is_not_the_batchs(desk, tmp_path):
    folder = write(tmp_path / "甲", ["一.txt", "二.txt"])
    batch = add(desk, folder)
    (folder / "一.txt").write_text("工作总结\n一、修缮道路30条。\n", encoding="utf-8")
    later = add(desk, folder)
    assert later.counts == {"updated": 1, "unchanged": 1}
    assert len(withdraw_batch(desk.index, desk.settings.work, batch.id)) == 1
    assert [d.path for d in desk.documents()] == [str(folder / "一.txt")]


def test_chosen_documents_are_removed_at_once_and_put_back(desk, tmp_path):
    desk.add([write(tmp_path / "甲", ["一.txt", "二.txt", "三.txt"])])
    ids = [d.id for d in desk.documents()][:2]
    assert len(remove_all(desk.index, desk.settings.work, [*ids, "没有的"])) == 2
    assert len(desk.documents()) == 1
    assert restore_all(desk.index, ids) == (2, ())
    back, why = restore_all(desk.index, ids)
    assert back == 0 and "已经恢复" in why[0]

"""What is added from the page: what the button says, what is refused beside the box, how a
removal is asked for."""

from __future__ import annotations

import asyncio
import threading

import pytest

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.settings import Settings
from replygen.web.indexer.answers import Indexer
from replygen.web.indexer.batches import BatchAnswers

REPLY = (
    "关于市政协五届三次会议第{n:04}号提案的答复\n张明委员：\n您提出的提案收悉，现答复如下：\n"
    "一、加强日常监管。第{n}组检查商户{n}家，建立台账{n}本。\n澜江市某局\n"
)


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "往年"
    folder.mkdir()
    (folder / "一.txt").write_text(REPLY.format(n=1), encoding="utf-8")
    settings = Settings(index=tmp_path / "i", work=tmp_path / "w", folders=(folder,))
    with Desk(settings) as desk:
        yield desk


@pytest.fixture
def answers(desk):
    return BatchAnswers(desk, Batches(desk.settings))


def test_the_button_says_what_is_added_and_as_whose(answers):
    for paths, folder, own, said in (
        (None, None, True, "加入语料库"),
        (["a"] * 7, None, False, "加入 7 份，标为外单位的"),
        (["a"], None, True, "加入 1 份，标为本单位的"),
        (None, "往年", True, "加入文件夹“往年”，标为本单位的"),
        (["a"], "往年", False, "加入 1 份和文件夹“往年”，标为外单位的"),
    ):
        button, told = answers.name_adding(paths, folder, own)
        assert (button.value, told) == (said, "")


def test_after_each_batch_the_next_one_is_the_others_again(answers):
    assert answers.add(None, "往年", True, "") == (None, None, False, "")
    answers.batches.latest.wait(60)


def test_what_is_refused_is_said_beside_the_box_and_what_was_chosen_stays(answers, monkeypatch):
    kept = [{"__type__": "update"}] * 3
    *fields, told = answers.add([], None, False, "")
    assert fields == kept
    assert "请先选择要加入的文件或文件夹" in told
    assert "没有失败的文件" in answers.retry()
    go = threading.Event()
    monkeypatch.setattr("replygen.service.batches.count_files", lambda *a, **k: go.wait(60) and 1)
    answers.add(None, "往年", False, "")
    *fields, told = answers.add(None, "往年", True, "")
    go.set()
    assert fields == kept
    assert "还在加入，等它结束" in told and 'role="alert"' in told
    answers.batches.latest.wait(60)


def test_the_numbers_are_new_while_a_batch_runs_and_when_it_has_ended(answers):
    async def look() -> list[str]:
        return [shown[-1] async for shown in answers.watch()]

    assert "<b>0</b>份材料" in asyncio.run(look())[-1]
    answers.add(None, "往年", False, "")
    assert "<b>1</b>份材料" in asyncio.run(look())[-1]


def test_what_must_fail_again_is_said_beside_the_button(answers, desk):
    (desk.settings.folders[0] / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    answers.add(None, "往年", False, "")
    answers.batches.latest.wait(60)
    panel, _, _, again, *_ = answers._panel()
    assert again.value == "重试失败的 1 个文件"
    assert "原样重试还是失败" in panel


def test_a_removal_names_the_document_that_it_can_be_undone_and_that_the_file_stays(desk):
    desk.add([desk.settings.folders[0]])
    (document,) = desk.documents()
    asked, *rows = Indexer(desk).ask_removal(document.id)
    for said in (f"《{document.title}》", "30 天内可以恢复", "原来的文件不动"):
        assert said in asked
    assert [row.visible for row in rows] == [False, True, False]
    desk.remove(document.id)
    assert "最近删除的 1 份" in Indexer(desk)._removed()
    desk.add([desk.settings.folders[0]])
    assert "最近删除" not in Indexer(desk)._removed()


def _stop_in_between(batches: Batches, work) -> None:
    """Leave what a server leaves that is killed in the middle of its batch."""
    latest = batches.latest
    while latest.running and not (work / "batch.json").exists():
        pass
    left = (work / "batch.json").read_bytes()
    latest.cancel()
    latest.wait(60)
    (work / "batch.json").write_bytes(left)


def test_a_batch_in_which_the_server_was_stopped_is_told_and_gone_on_with(desk, answers):
    work = desk.settings.work
    answers.add(None, "往年", True, "甲省乙市")
    _stop_in_between(answers.batches, work)
    later = BatchAnswers(desk, Batches(desk.settings))
    panel, _, go_on, *_ = later._panel()
    assert "上次有一批没有做完，服务就停了" in panel and "文件夹“往年”" in panel
    assert go_on.visible and "再放一次" not in panel
    assert later.go_on() == ""
    later.batches.latest.wait(60)
    assert [(d.own, d.region) for d in desk.documents()] == [(True, "甲省乙市")]
    assert "上次" not in later._panel()[0]
    assert Batches(desk.settings).unfinished is None


def test_uploads_of_a_batch_in_which_the_server_was_stopped_are_named(desk, answers, tmp_path):
    folder = tmp_path / "gradio" / "0123456789abcdef"
    folder.mkdir(parents=True)
    paths = [folder / name for name in ("一.txt", "二.zip")]
    paths[0].write_text(REPLY.format(n=1), encoding="utf-8")
    paths[1].write_bytes(b"PK\x03\x04 broken")
    answers.add([str(p) for p in paths], None, False, "")
    _stop_in_between(answers.batches, desk.settings.work)
    for path in paths:
        path.unlink()
    panel, _, go_on, *_ = BatchAnswers(desk, Batches(desk.settings))._panel()
    assert not go_on.visible
    assert "“二.zip”" in panel and "要再放一次" in panel


def test_a_batch_that_ended_leaves_nothing(desk, answers):
    answers.add(None, "往年", False, "")
    answers.batches.latest.wait(60)
    assert Batches(desk.settings).unfinished is None
    (desk.settings.work / "batch.json").write_text("[", encoding="utf-8")
    assert Batches(desk.settings).unfinished is None

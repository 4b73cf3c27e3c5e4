"""A batch added to the index: counted, stopped, tried again; folders that may be added."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from replygen.errors import SettingsError
from replygen.index import open_index
from replygen.reading import count_files
from replygen.service.adding import add_files
from replygen.service.batches import Batch, Batches
from replygen.service.folders import find_folder_files, list_folders
from replygen.settings import Limits, Settings, load_settings
from replygen.workspace import BatchLog

REPLY = (
    "关于市政协五届三次会议第{n:04}号提案的答复\n张明委员：\n您提出的提案收悉，现答复如下：\n"
    "一、加强日常监管。第{n}组检查商户{n}家，建立台账{n}本，约谈负责人{n}人次。\n澜江市某局\n"
)


def write_replies(folder: Path, count: int) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"答复{n:03}.txt" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_text(
            REPLY.format(n=n) + f"{'甲乙丙丁戊己庚辛'[n % 8]}" * (n + 1), encoding="utf-8"
        )
    return paths


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(index=tmp_path / "index", work=tmp_path / "work")


def test_a_batch_tells_what_became_of_each_file(settings, tmp_path):
    good, same, broken = (tmp_path / n for n in ("好.txt", "同一份.txt", "坏.docx"))
    good.write_text(REPLY.format(n=7), encoding="utf-8")
    shutil.copy(good, same)
    broken.write_bytes(b"PK\x03\x04 broken")
    batch = Batches(settings).add([good, same, broken], by="张三", label="三个文件")
    batch.wait(60)
    view = batch.view()
    assert view.state == "done"
    assert view.error is None
    assert {Path(p).name: s for p, s, _ in view.outcomes} == {
        "好.txt": "added",
        "同一份.txt": "duplicate",
        "坏.docx": "failed",
    }
    assert view.total == view.done == 3
    assert view.retry == (str(broken),)
    assert view.by == "张三"


PARKING = """云川市停车管理条例
2010年12月23日云川市第三届人民代表大会常务委员会第二十次会议通过{amended}
第一条 为了加强停车管理，方便群众出行，制定本条例。
第二条 {who}负责本市停车管理工作，其他有关部门按照各自职责做好相关工作。
第三条 收费停车场应当明码标价，公示收费依据，并把停车信息接入全市平台。
第四条 本条例自2011年3月1日起施行。
"""


def test_editions_of_a_statute_are_no_copies_and_are_told_apart(settings, tmp_path):
    history = "（根据2024年12月31日《关于修改〈云川市停车管理条例〉的决定》修正）"
    old, new = (tmp_path / f"云川市停车管理条例({d}).md" for d in ("2010-12-23", "2024-12-31"))
    old.write_text(PARKING.format(amended="", who="市公安机关"), encoding="utf-8")
    new.write_text(PARKING.format(amended=history, who="市城管部门"), encoding="utf-8")
    batch = Batches(settings).add([new], by="张三", label="新的")
    batch.wait(60)
    assert batch.view().editions == ()
    with open_index(settings.index, encoder=settings.encoder) as index:
        report = add_files(index, [old], limits=Limits())
        assert report.added == 1
        assert report.duplicates == ()
        assert report.editions == ((str(old), str(new)),)
        again = add_files(index, [new], limits=Limits())
    assert (again.unchanged, again.editions) == (1, report.editions)


KEPT, MADE = "仍是本单位的；要改归属", "改为本单位的"


@pytest.mark.parametrize(
    ("first", "then", "other_name", "told", "own"),
    [
        (True, False, False, KEPT, True),
        (True, False, True, KEPT, True),
        (False, True, False, MADE, True),
        (False, True, True, MADE, True),
        (False, False, False, None, False),
        (True, True, True, None, True),
    ],
)
def test_whose_a_file_is_when_it_is_added_again_is_said(
    settings, tmp_path, first, then, other_name, told, own
):
    file, copy = tmp_path / "甲.txt", tmp_path / "乙.txt"
    for path in (file, copy):
        path.write_text(REPLY.format(n=7), encoding="utf-8")
    batches = Batches(settings)
    batches.add([file], by="本机", label="", own=first).wait(60)
    again = batches.add([copy if other_name else file], by="本机", label="", own=then)
    again.wait(60)
    assert [said.startswith(told or "?") for _, said in again.view().owners] == [True] * bool(told)
    with open_index(settings.index) as index:
        assert [d.own for d in index.documents()] == [own]


def test_who_was_said_by_hand_to_be_the_owner_stays_it_and_that_is_said(settings, tmp_path):
    file = tmp_path / "甲.txt"
    file.write_text(REPLY.format(n=7), encoding="utf-8")
    with open_index(settings.index) as index:
        add_files(index, [file], limits=Limits(), own=True)
        index.correct(index.documents()[0].id, {"own": "0"}, by="小陈")
        report = add_files(index, [file], limits=Limits(), own=True)
    ((_, said),) = report.owners
    assert said.startswith("仍是外单位的；要改归属")


def test_a_cancelled_batch_keeps_what_it_had_added_and_nothing_after(settings, tmp_path):
    paths = write_replies(tmp_path / "many", 40)
    heard: list[str] = []
    with open_index(settings.index) as index:
        report = add_files(
            index,
            paths,
            limits=Limits(),
            on_file=lambda path, *_: heard.append(path),
            cancelled=lambda: len(heard) >= 5,
        )
        assert report.cancelled
        assert len(report.outcomes) == len(heard) == 5
        assert len(index.documents()) == 5
        assert index.search("加强日常监管", k=3)
    batch = Batches(settings).add([tmp_path / "many"], by="本机", label="文件夹")
    batch.wait(60)
    states = [state for _, state, _ in batch.view().outcomes]
    assert states.count("unchanged") == 5
    assert states.count("added") == 35


def test_a_running_batch_can_be_stopped_from_outside(settings, tmp_path):
    write_replies(tmp_path / "many", 400)
    batches = Batches(settings)
    batch = batches.add([tmp_path / "many"], by="张三", label="文件夹")
    while batch.view().done < 3 and batch.running:
        time.sleep(0.01)
    with pytest.raises(SettingsError, match="张三.*还在加入"):
        batches.add([tmp_path], by="李四", label="另一批")
    batch.cancel()
    batch.wait(60)
    view = batch.view()
    assert view.state == "cancelled"
    assert 3 <= view.done < 400
    assert view.total in (0, 400)
    assert batches.latest is batch


def test_what_failed_is_tried_again_and_only_that(settings, tmp_path):
    packed = tmp_path / "一批.zip"
    loose = tmp_path / "散.txt"
    loose.write_text("", encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("好.txt", REPLY.format(n=1))
        archive.writestr("坏.docx", b"PK\x03\x04 broken")
    batches = Batches(settings)
    batches.add([packed, loose], by="本机", label="两个").wait(60)
    assert batches.latest is not None
    first = batches.latest.view()
    assert first.retry == (f"{packed}!坏.docx", str(loose))
    loose.write_text(REPLY.format(n=2), encoding="utf-8")
    batches.retry(by="本机").wait(60)
    again = batches.latest.view()
    assert [(Path(p).name, s) for p, s, _ in again.outcomes] == [
        ("一批.zip!坏.docx", "failed"),
        ("散.txt", "added"),
    ]
    assert again.total == 2


def test_nothing_to_try_again_is_told(settings):
    with pytest.raises(SettingsError, match="没有失败"):
        Batches(settings).retry(by="本机")


def test_a_batch_that_cannot_write_says_why(settings, tmp_path):
    settings.index.write_text("not a folder", encoding="utf-8")
    batch = Batches(settings).add(write_replies(tmp_path / "a", 1), by="本机", label="一个")
    batch.wait(60)
    assert batch.view().state == "failed"
    assert "索引" in (batch.view().error or "")


def test_the_name_that_is_kept_can_differ_from_where_the_file_lies(settings, tmp_path):
    paths = write_replies(tmp_path / "upload", 1)
    batch = Batches(settings).add(
        paths, by="本机", label="一个", rename=lambda p: f"上传/{Path(p).name}"
    )
    batch.wait(60)
    with open_index(settings.index) as index:
        assert [d.path for d in index.documents()] == ["上传/答复000.txt"]
    assert batch.view().outcomes[0][0] == "上传/答复000.txt"


def test_files_are_counted_before_they_are_read(tmp_path):
    write_replies(tmp_path / "a" / "b", 3)
    (tmp_path / "a" / ".hidden").write_text("x", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a" / "包.zip", "w") as archive:
        archive.writestr("甲/1.txt", "x")
        archive.writestr("甲/2.txt", "x")
        archive.writestr("__MACOSX/1.txt", "x")
    assert count_files([tmp_path / "a"]) == 5
    assert count_files([tmp_path / "a"], stopped=lambda: True) == 0
    assert count_files([tmp_path / "没有"]) == 0


def test_only_folders_of_the_list_are_opened(tmp_path):
    allowed, other = tmp_path / "允许", tmp_path / "别处"
    write_replies(allowed / "2024" / "市局", 2)
    write_replies(other, 1)
    names = list_folders([allowed])
    assert list(names) == ["允许", "允许 / 2024", "允许 / 2024 / 市局"]
    assert len(find_folder_files([allowed], "允许 / 2024")) == 2
    for name in ("别处", str(other), "允许/../别处", "..", "", "/etc"):
        with pytest.raises(SettingsError, match="允许的范围"):
            find_folder_files([allowed], name)
    with pytest.raises(SettingsError, match="允许的范围"):
        find_folder_files([], "允许")


@pytest.mark.skipif(os.name == "nt", reason="链接要管理员权限")
def test_a_link_that_leads_out_of_an_allowed_folder_is_not_followed(tmp_path):
    allowed, secret = tmp_path / "允许", tmp_path / "别处"
    write_replies(allowed, 1)
    (write_replies(secret, 1)[0]).rename(secret / "机密.txt")
    (allowed / "链接.txt").symlink_to(secret / "机密.txt")
    (allowed / "夹").symlink_to(secret)
    (allowed / "圈").symlink_to(allowed / "圈")
    assert [f.name for f in find_folder_files([allowed], "允许")] == ["答复000.txt"]
    assert list(list_folders([allowed])) == ["允许"]


def test_allowed_folders_stand_in_the_settings(tmp_path):
    (tmp_path / "replygen.toml").write_text('folders = ["共享/答复"]', encoding="utf-8")
    assert load_settings(cwd=tmp_path).folders == ((tmp_path / "共享" / "答复").resolve(),)
    (tmp_path / "replygen.toml").write_text("folders = 3", encoding="utf-8")
    with pytest.raises(SettingsError, match="folders"):
        load_settings(cwd=tmp_path)


def test_what_was_stopped_is_gone_on_with_to_its_end(settings, tmp_path):
    folder = tmp_path / "总结"
    folder.mkdir()
    for n in range(4):
        (folder / f"总结{n}.txt").write_text(f"工作总结\n一、检查商户{n}40家。\n", "utf-8")
    batches = Batches(settings)
    with pytest.raises(SettingsError, match="不用继续"):
        batches.go_on(by="小陈")
    first = batches.add([folder], by="小陈", label="总结", own=True)
    first.cancel()
    first.wait(30)
    assert first.view().state == "cancelled"
    again = batches.go_on(by="小陈")
    again.wait(30)
    view = again.view()
    assert (view.state, view.label, view.done) == ("done", "总结", 4)
    with pytest.raises(SettingsError, match="不用继续"):
        batches.go_on(by="小陈")


def test_why_nothing_can_be_used_of_a_file_stands_at_its_outcome(settings, tmp_path):
    path = tmp_path / "答复.txt"
    path.write_text(
        "关于市政协五届三次会议第0301号提案的答复\n张明委员：\n收悉。\n云川市公安局\n", "utf-8"
    )
    batch = Batch(settings, [path], by="小陈", label="一份")
    batch.wait(30)
    ((_, state, note),) = batch.view().outcomes
    assert state == "added"
    assert "没有读出" in note


def test_a_word_finds_the_documents_whose_text_has_it(settings, tmp_path):
    (tmp_path / "a.txt").write_text("工作总结\n一、开展直播间监测20次。\n", "utf-8")
    (tmp_path / "b.txt").write_text("工作总结\n一、修缮道路30条。\n", "utf-8")
    with open_index(settings.index) as index:
        add_files(index, [tmp_path], limits=settings.limits, own=True)
        found = index.containing("直播间监测")
        assert {Path(d.path).name for d in index.documents() if d.id in found} == {"a.txt"}
        assert index.containing("没有这个词") == frozenset()


def test_a_stopped_batch_goes_on_from_where_it_stopped_as_the_same_batch(settings, tmp_path):
    paths = write_replies(tmp_path / "many", 60)
    with zipfile.ZipFile(tmp_path / "many" / "一包.zip", "w") as packed:
        for n in (900, 901):
            packed.writestr(f"{n}.txt", REPLY.format(n=n))
    batches = Batches(settings)
    first = batches.add([tmp_path / "many"], by="本机", label="文件夹")
    while first.view().done < 5 and first.running:
        time.sleep(0.01)
    first.cancel()
    first.wait(60)
    done = first.view()
    again = batches.go_on(by="本机")
    again.wait(60)
    view = again.view()
    assert view.counts == {"added": len(paths) + 2}  # nothing is met twice
    assert view.outcomes[: done.done] == done.outcomes
    assert view.total == view.done == len(paths) + 2
    (logged,) = BatchLog(settings.work).batches()
    assert (logged.state, logged.brought) == ("done", len(paths) + 2)

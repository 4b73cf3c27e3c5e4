"""The sources that are followed, shown and run from the page."""

from __future__ import annotations

import asyncio
import os
import time

import pytest

from replygen.service.desk import Desk
from replygen.service.follow import add_follow
from replygen.settings import Settings
from replygen.web.indexer.following import FollowAnswers
from replygen.workspace import AuditLog, FollowStore


async def _all(answers: FollowAnswers) -> list[str]:
    return [shown[0] async for shown in answers.run()]


def test_a_folder_that_is_followed_is_read_from_the_page(tmp_path):
    folder = tmp_path / "来源"
    folder.mkdir()
    (folder / "总结.txt").write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work")
    with Desk(settings) as desk:
        answers = FollowAnswers(desk)
        assert "还没有跟踪的来源" in answers.show()[0]
        add_follow(settings.work, "<b>科室", str(folder), own=True)
        assert "还没有读过" in answers.show()[0]
        last = asyncio.run(_all(answers))[-1]
        assert "&lt;b&gt;科室：新增 1，失败 1" in last
        assert "坏.docx" in last
        assert len(desk.documents()) == 1
        assert "未变 1" in asyncio.run(_all(answers))[-1]


def test_a_source_is_an_address_or_an_allowed_folder_and_nothing_else(tmp_path):
    import gradio as gr

    allowed, other = tmp_path / "公开", tmp_path / "别处"
    allowed.mkdir()
    other.mkdir()
    settings = Settings(index=tmp_path / "i", work=tmp_path / "work", folders=(allowed,))
    with Desk(settings) as desk:
        answers = FollowAnswers(desk)
        refused = (
            ("甲", "", "html", None),
            ("甲", "https://example.gov.cn/", "html", "公开"),
            ("甲", str(other), "html", None),
            ("甲", "file:///etc/", "html", None),
            ("甲", "", "html", str(other)),
            ("", "https://example.gov.cn/", "html", None),
        )
        for name, address, kind, folder in refused:
            with pytest.raises(gr.Error):
                answers.add(name, address, kind, folder, False, "")
        assert FollowStore(settings.work).sources() == ()
        answers.add("甲", "https://example.gov.cn/list.xml", "rss", None, False, "甲省乙市")
        answers.add("乙", "", "html", "公开", True, "")
        first, second = sorted(FollowStore(settings.work).sources(), key=lambda s: s.kind)
        assert (first.kind, first.place, first.own) == ("folder", str(allowed), True)
        assert (second.kind, second.region, second.inside) == ("rss", "甲省乙市", False)
        answers.remove("乙")
        assert [s.name for s in FollowStore(settings.work).sources()] == ["甲"]
        answers.undo()
        assert len(FollowStore(settings.work).sources()) == 2
        assert [e.what for e in AuditLog(settings.work).entries()] == [
            "follow",
            "follow",
            "unfollow",
            "follow",
        ]


def test_a_page_of_this_machine_follows_any_folder_by_its_path(tmp_path):
    import gradio as gr

    folder = tmp_path / "往年答复"
    folder.mkdir()
    (folder / "一份.txt").write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
    refused = {
        str(tmp_path / "没有的"): "没有找到文件夹",
        str(folder / "一份.txt"): "是一个文件",
        "往年答复": "完整的路径",
        "file:///etc/": "http",
        "": "网址或文件夹的路径",
    }
    settings = Settings(index=tmp_path / "i", work=tmp_path / "work")
    with Desk(settings) as desk:
        answers = FollowAnswers(desk, anywhere=True)
        for place, told in refused.items():
            with pytest.raises(gr.Error, match=told):
                answers.add("甲", place, "html", None, False, "")
        shown = answers.add("甲", f'"{folder}"', "html", None, True, "")[0]
        assert str(folder) in shown and "还没有读过" in shown  # at once
        assert "有 1 个新文件，还没有读" in shown
        (source,) = FollowStore(settings.work).sources()
        assert (source.kind, source.place, source.own) == ("folder", str(folder), True)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_folder_that_may_not_be_followed_is_refused_with_what_to_do(tmp_path, allowed):
    import gradio as gr

    folder = tmp_path / "公开"
    folder.mkdir()
    settings = Settings(
        index=tmp_path / "i", work=tmp_path / "work", folders=(folder,) if allowed else ()
    )
    told = "从“服务器上的文件夹”里选" if allowed else "管理员在 replygen.toml 的 folders 里写上"
    with Desk(settings) as desk, pytest.raises(gr.Error, match=told):
        FollowAnswers(desk).add("甲", str(folder), "html", None, False, "")


def test_new_and_changed_files_of_a_folder_are_told_before_they_are_read(tmp_path):
    folder = tmp_path / "来源"
    folder.mkdir()
    first = folder / "一.txt"
    first.write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work")
    with Desk(settings) as desk:
        answers = FollowAnswers(desk)
        add_follow(settings.work, "科室", str(folder))
        assert "还没有读</b>" not in asyncio.run(_all(answers))[-1]
        (folder / "二.txt").write_text("工作总结\n二、培训40人。\n", encoding="utf-8")
        os.utime(first, (time.time() + 60,) * 2)
        assert "有 1 个新文件、1 个改过的文件，还没有读" in answers.show()[0]
        folder.rename(tmp_path / "搬走了")
        assert "打不开" in answers.show()[0]


def test_what_was_removed_by_hand_is_left_out_said_and_taken_in_again(tmp_path):
    folder = tmp_path / "来源"
    folder.mkdir()
    kept, gone = folder / "留着.txt", folder / "删去.txt"
    kept.write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
    gone.write_text("工作总结\n二、培训人员70人。\n", encoding="utf-8")
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work")
    with Desk(settings) as desk:
        answers = FollowAnswers(desk)
        add_follow(settings.work, "科室", str(folder))
        asyncio.run(_all(answers))
        (id,) = [d.id for d in desk.documents() if d.path == str(gone)]
        desk.remove(id)
        gone.rename(folder / "换了名.txt")
        told = asyncio.run(_all(answers))[-1]
        assert "删过的 1 份没有再加" in told and f'data-take-in="{id}"' in told
        assert [d.path for d in desk.documents()] == [str(kept)]
        assert "删过的" in asyncio.run(_all(answers))[-1]  # and the next time
        assert "已经加回语料库" in answers.take_in(id)[0]
        assert len(desk.documents()) == 2
        assert "删过的" not in asyncio.run(_all(answers))[-1]


def test_the_outcome_of_a_folder_is_the_table_of_a_batch(tmp_path):
    folder = tmp_path / "来源"
    folder.mkdir()
    texts = {"甲.txt": "工作总结\n一、检查商户40家。\n", "走.txt": "工作总结\n一、培训70人。\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work")
    with Desk(settings) as desk:
        answers = FollowAnswers(desk)
        add_follow(settings.work, "科室", str(folder))
        first = asyncio.run(_all(answers))[-1]
        assert "<td>甲.txt</td>" in first and "新增" in first
        (folder / "重复的.txt").write_text(texts["甲.txt"], encoding="utf-8")
        (folder / "走.txt").unlink()
        told = asyncio.run(_all(answers))[-1]
        assert "与已有的“甲.txt”相同" in told
        assert "<td>走.txt</td>" in told and "语料库里还留着" in told

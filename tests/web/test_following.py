"""The sources that are followed, shown and run from the page."""

from __future__ import annotations

import asyncio

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

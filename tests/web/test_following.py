"""The sources that are followed, shown and run from the page."""

from __future__ import annotations

import asyncio

from replygen.service.desk import Desk
from replygen.service.follow import add_follow
from replygen.settings import Settings
from replygen.web.indexer.following import FollowAnswers


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

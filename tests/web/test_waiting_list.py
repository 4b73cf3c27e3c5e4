"""What waits for the reviewer stands first in the list of stored drafts."""

from __future__ import annotations

from replygen.models import Block, Draft, Proposal, Sentence
from replygen.service.desk import Desk
from replygen.service.handing import hand_in, take_back
from replygen.settings import Settings
from replygen.web.reviewer.answers import Reviewer
from replygen.workspace import Work


def test_what_was_handed_in_stands_first_and_is_counted(tmp_path):
    block = Block("body", (Sentence("下一步，我局将加强巡查。", "typed", ("typed",)),))
    made = Draft("答复", "default", header=(block,), sections=(), signoff=())
    with Desk(Settings(index=tmp_path / "index", work=tmp_path / "work")) as desk:
        ids = [
            desk.drafts.create(
                "小林",
                Work(
                    Proposal("关于停车", "cppcc", "五届三次", n, (), "主办", "", "", ()), draft=made
                ),
            )
            for n in ("0126", "0127", "0128")
        ]
        assert "没有待审的" in Reviewer(desk).stored()["label"]
        for id in ids[:2]:
            hand_in(desk, id, "小林")
        listed = Reviewer(desk).stored()
        assert "待审 2 件" in listed["label"]
        assert [id for _, id in listed["choices"]] == ids
        assert "待审 20" in listed["choices"][0][0]
        take_back(desk, ids[0], "小林")
        assert [id for _, id in Reviewer(desk).stored()["choices"]][0] == ids[1]

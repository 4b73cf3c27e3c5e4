"""The facade: what it decides itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen import Desk
from replygen.drafting.material import names_unit
from replygen.errors import ReadError
from replygen.settings import Settings, load_profile, resource

PASTED = "关于规范预付卡的提案\n建议：一、加强预付卡备案。二、建立预付卡黑名单。"


@pytest.fixture
def desk(tmp_path):
    profile = load_profile(resource("corpus", "profile.toml"))
    with Desk(Settings(index=tmp_path / "index", profile=profile)) as desk:
        yield desk


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("云川市市场监督管理局", True),
        ("澜江省云川市市场监督管理局", True),
        ("市市场监督管理局", True),
        ("市市场监管局", True),
        ("市场监管局", True),
        ("市监局", True),
        ("市商务局", False),
        ("市教育局", False),
        ("望岳区商务局", False),
        ("市城市管理局", False),
    ],
)
def test_our_unit_is_known_by_its_short_forms(name, ours):
    assert names_unit(name, load_profile(resource("corpus", "profile.toml"))) is ours


def test_a_unit_named_among_the_co_hosts_writes_an_opinion(desk):
    proposal = desk.read_proposal(resource("corpus", "proposals", "0188.docx"))
    assert proposal.host_role == "会办"
    result = desk.draft(proposal, output=desk.settings.index.parent / "意见.docx")
    assert "会办意见" in result.draft.title


def test_a_pasted_proposal_gets_a_draft_without_any_index(desk, tmp_path):
    proposal = desk.paste_proposal(PASTED)
    assert [ask.order for ask in proposal.asks] == [1, 2]
    result = desk.draft(proposal, output=tmp_path / "a.docx")
    assert [s.ask for s in result.draft.sections if s.ask] == [1, 2]
    said = [s for x in result.draft.sections for b in x.blocks for s in b.sentences]
    assert {s.ask for s in said if s.origin == "proposal"} == {1, 2}
    assert "语料库里还没有材料" in result.draft.notes[0]


def test_an_empty_paste_is_refused(desk):
    with pytest.raises(ReadError, match="没有文字"):
        desk.paste_proposal(" \n ")


def test_an_existing_draft_is_not_overwritten(desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    proposal = replace(desk.paste_proposal(PASTED), number="0007")
    first, second = desk.draft(proposal).docx, desk.draft(proposal).docx
    assert first is not None and second is not None
    assert first != second and first.exists() and second.exists()


def test_a_file_with_nothing_readable_does_not_stop_the_batch(desk, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "in" / "good.txt").write_text(
        "甲县工作总结\n一是建立了食品安全台账。二是检查了学校食堂。\n", encoding="utf-8"
    )
    report = desk.add([tmp_path / "in"])
    assert report.added == 1 and len(report.failed) == 1
    assert "bad.pdf" in report.failed[0][0]

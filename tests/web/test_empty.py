"""A page without material offers the first steps; the fictional sample never passes for a
unit's own."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.sample import sample_paths
from replygen.settings import Settings, load_profile, resource
from replygen.web.welcome import Welcome

SAMPLE = load_profile(resource("corpus", "profile.toml"))


@pytest.fixture
def welcome(tmp_path):
    settings = Settings(index=tmp_path / "index", work=tmp_path / "work", encoder="hash")
    with Desk(settings) as desk:
        yield Welcome(desk, Batches(settings), lambda: desk.settings.profile.name)


def act(welcome: Welcome, what: str) -> tuple[str, str]:
    async def last() -> tuple[str, str]:
        return [shown async for shown in welcome.act(what)][-1]

    return asyncio.run(last())


def test_an_empty_page_offers_the_laws_own_files_and_the_sample(welcome, tmp_path):
    shown = welcome.show()
    assert "语料库还是空的" in shown
    for offer in ('data-welcome="laws"', "data-welcome-own", 'data-welcome="sample"'):
        assert offer in shown
    own = tmp_path / "总结.txt"
    own.write_text("工作总结\n一、检查商户40家。\n", encoding="utf-8")
    welcome.desk.add([own], own=True)
    assert welcome.show().strip() == ""


@pytest.mark.slow
def test_the_sample_is_one_click_to_load_one_to_draft_and_one_to_take_out(welcome):
    shown, top = act(welcome, "sample")
    assert top == SAMPLE.name  # under its own unit
    assert "现在用的是示例" in shown and 'data-welcome="laws"' in shown
    theirs, ours = sample_paths()
    documents = welcome.desk.documents()
    assert {d.own for d in documents if d.path.startswith(str(ours[0]))} == {True}
    assert not any(d.own for d in documents if not d.path.startswith(str(ours[0])))
    work = welcome.desk.drafts.read(welcome.draft_sample(), None)
    assert work.proposal.number == "0126" and len(work.proposal.asks) == 3
    shown, _ = act(welcome, "remove")
    assert f"示例材料 {len(documents)} 份已经去掉" in shown
    assert welcome.desk.documents() == ()


def test_a_real_unit_is_warned_of_the_sample_and_never_offered_it(welcome):
    import gradio as gr

    real = replace(SAMPLE, name="甲市市场监督管理局", fictional=False)
    welcome.desk.settings = replace(welcome.desk.settings, profile=real)
    assert 'data-welcome="sample"' not in welcome.show()
    with pytest.raises(gr.Error, match="不能装入虚构的示例"):
        act(welcome, "sample")
    welcome.desk.add([sorted(sample_paths()[1][0].iterdir())[0]], own=True)
    shown = welcome.show()
    assert "示例材料，是虚构的" in shown and 'data-welcome="remove"' in shown

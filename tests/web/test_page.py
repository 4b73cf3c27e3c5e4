"""The page, served for real and asked over HTTP as the browser asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replygen.desk import Desk
from replygen.models import Block, Draft, Reference, Sentence, Slot
from replygen.settings import Settings, load_profile, resource
from replygen.web.show import show_draft, show_head

PASTED = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。二、建立主播培训制度。"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    profile = load_profile(resource("corpus", "profile.toml"))
    settings = Settings(index=tmp_path_factory.mktemp("page") / "index", profile=profile)
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
    return settings


@pytest.fixture(scope="module")
def client(settings) -> Iterator[object]:
    from gradio_client import Client

    from replygen.web import build_page

    page = build_page(settings)
    _, url, _ = page.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
    yield Client(url, verbose=False)
    page.close()


def test_a_pasted_proposal_shows_its_asks_and_becomes_a_draft(client):
    head, asks = client.predict(PASTED, None, api_name="/read")
    assert "关于规范直播带货的提案" in head
    assert [row[0] for row in asks["data"]] == ["加强直播间监测", "建立主播培训制度"]
    summary, paper, docx, findings = client.predict(asks, None, "default", api_name="/draft")
    assert "草稿已生成" in summary
    assert "关于加强直播间监测" in paper
    assert Path(docx).suffix == ".docx"
    assert "待填" in findings


def test_an_empty_paste_is_told_in_chinese_without_a_traceback(client):
    with pytest.raises(Exception, match="没有文字") as caught:
        client.predict("  ", None, api_name="/read")
    assert "Traceback" not in str(caught.value)


def test_search_on_the_page_finds_own_material(client):
    rows = client.predict("直播营销专项监测", api_name="/search")["data"]
    assert any("监测6轮" in row[2] for row in rows)


def test_what_stands_in_a_document_is_shown_as_text(settings):
    evil = "<script>alert(1)</script>"
    with Desk(settings) as desk:
        proposal = replace(desk.paste_proposal(PASTED), title=evil)
    assert "<script" not in show_head(proposal)
    sentence = Sentence(f"{evil}【时间】", "own", ("x",), (Slot("【时间】", "时间"),))
    draft = Draft(
        "t", "letter", (Block("body", (sentence,)),), (), (),
        (Reference("x", f'"{evil}', None, None, None, None, ""),),
    )  # fmt: skip
    shown = show_draft(draft)
    assert "<script" not in shown
    assert "<mark>【时间】</mark>" in shown


def test_the_page_names_no_other_host(settings):
    import gradio as gr

    from replygen.web import build_page
    from replygen.web.page import theme

    page = build_page(settings)
    assert isinstance(page, gr.Blocks)
    style = theme()._get_theme_css() + "".join(theme()._stylesheets)
    hosts = set(re.findall(r"https?://([^/\s\"')]+)", style))
    assert hosts <= {"www.w3.org"}

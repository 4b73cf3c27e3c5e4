"""The page, served for real and asked over HTTP as the browser asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from replygen.desk import Desk
from replygen.models import Block, Draft, Finding, Reference, Sentence, Slot, Where
from replygen.settings import Settings, load_profile, resource
from replygen.web.sent import read_asks
from replygen.web.show import show_findings, show_head
from replygen.web.show_check import show_text
from replygen.web.show_draft import show_draft
from replygen.web.show_index import show_added, show_document, show_documents

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

    page = build_page(Desk(settings))
    _, url, _ = page.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
    yield Client(url, verbose=False)
    page.close()


def test_a_pasted_proposal_shows_its_asks_and_becomes_a_draft(client):
    head, asks = client.predict(PASTED, None, api_name="/read")
    assert "关于规范直播带货的提案" in head
    assert [row[:2] for row in asks["data"]] == [
        ["1", "加强直播间监测"],
        ["2", "建立主播培训制度"],
    ]
    cards, paper, summary, docx, final, findings = client.predict(
        asks, None, "default", "", api_name="/draft"
    )
    assert "data-card=" in str(cards)
    assert "草稿已生成" in summary
    assert "关于加强直播间监测" in paper
    assert "class='rg-own' tabindex" in paper
    assert Path(docx["value"] if isinstance(docx, dict) else docx).suffix == ".docx"
    assert "待填" in findings
    assert "还差" in str(final)


def test_only_ticked_evidence_is_written(client):
    _, asks = client.predict(PASTED, None, api_name="/read")
    client.predict(asks, None, api_name="/find")
    paper = client.predict(asks, None, "default", "[]", api_name="/draft")[1]
    assert "class='rg-own' tabindex" not in paper


def test_an_empty_paste_is_told_in_chinese_without_a_traceback(client):
    with pytest.raises(Exception, match="没有文字") as caught:
        client.predict("  ", None, api_name="/read")
    assert "Traceback" not in str(caught.value)


def test_a_file_over_the_limit_is_refused(settings, tmp_path):
    from gradio_client import Client, handle_file

    from replygen.web import build_page
    from replygen.web.page import launch_options

    small = replace(settings, limits=replace(settings.limits, file_bytes=1000))
    page = build_page(Desk(small))
    options = launch_options(small)
    _, url, _ = page.launch(server_name="127.0.0.1", prevent_thread_lock=True, **options)
    (tmp_path / "大.txt").write_text("建议" * 1000, encoding="utf-8")
    client = Client(url, verbose=False)
    try:
        with pytest.raises(Exception, match="size|413|large"):
            client.predict("", handle_file(tmp_path / "大.txt"), api_name="/read")
        answer = httpx.get(url)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    finally:
        page.close()


def test_a_path_on_the_server_is_never_opened(client, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("建议：一、泄密的内容。", encoding="utf-8")
    call = f"{client.src.rstrip('/')}/gradio_api/call/read"
    for sent in (str(secret), {"path": str(secret), "meta": {"_type": "gradio.FileData"}}):
        started = httpx.post(call, json={"data": ["", sent]})
        if started.status_code == 200:
            answer = httpx.get(f"{call}/{started.json()['event_id']}", timeout=20).text
            assert "event: error" in answer
            assert "泄密" not in answer


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
    assert "data-slot='0.0.0'" in shown


@pytest.mark.parametrize(
    ("rows", "topics"),
    [
        ([["1", "甲", "甲事"], ["2", "乙", "乙事"]], ["甲", "乙"]),
        ([["2", "甲", "甲事"], ["1", "乙", "乙事"]], ["乙", "甲"]),
        ([["1", "甲", "甲事"], ["1", "乙", "乙事"]], ["甲"]),
        ([["1", "甲", "甲事"], ["", "丙", ""], ["2", "乙", "乙事"]], ["甲", "丙", "乙"]),
        ([["1", "", " "], ["2、", "乙", None]], ["乙"]),
        ([["1.5", "丙", "丙事"], ["1", "甲", ""], ["2", "乙", ""]], ["甲", "丙", "乙"]),
    ],
)
def test_the_edited_table_orders_merges_adds_and_deletes_asks(rows, topics):
    asks = read_asks(rows)
    assert [a.topic for a in asks] == topics
    assert [a.order for a in asks] == list(range(1, len(topics) + 1))


def test_rows_of_one_number_keep_both_texts():
    assert read_asks([["1", "甲", "甲事"], ["1", "乙", "乙事"]])[0].text == "甲事\n乙事"


def test_what_was_read_from_a_hostile_file_is_shown_as_text(settings, tmp_path):
    path = tmp_path / "<img src=x onerror=alert(1)>.txt"
    path.write_text(
        "关于<script>alert(1)</script>的情况\n<img src=x onerror=alert(2)>一些文字。",
        encoding="utf-8",
    )
    with Desk(replace(settings, index=tmp_path / "index")) as desk:
        added = desk.add([path])
        view = desk.view(desk.documents()[0].id)
        shown = show_added(added) + show_document(view) + show_documents(desk.documents())
    assert "<script" not in shown
    assert "<img" not in shown


def test_findings_lead_to_their_paragraph_and_are_escaped():
    findings = (
        Finding("leak.place", "block", Where(3, 0, 2, "x"), "出现<b>外地</b>地名", "改掉"),
        Finding("slot.open", "block", Where(1, 0, 2, "x"), "这里还空着：【时间】"),
    )
    shown = show_findings(findings)
    assert "data-goto='rg-p-3'" in shown
    assert "&lt;b&gt;外地" in shown
    assert "还有 1 处待填" in shown
    text = show_text(["甲", "乙【时间】", "", "<i>丙丁"], findings)
    assert "<i>" not in text
    assert "id='rg-c-3'" in text


def test_the_page_names_no_other_host(settings):
    from replygen.web.page import launch_options, theme

    style = theme()._get_theme_css() + "".join(theme()._stylesheets)
    options = launch_options(settings)
    own = f"{options['css']}{options['head']}"
    hosts = set(re.findall(r"https?://([^/\s\"')]+)", style + own))
    assert hosts <= {"www.w3.org"}

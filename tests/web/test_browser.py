"""The page in a real browser, used as a clerk uses it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource

pytestmark = pytest.mark.browser
PROPOSAL = resource("corpus", "proposals", "0126.docx")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A server of its own on a free port, over our own corpus and a part of the others'."""
    folder = tmp_path_factory.mktemp("served")
    profile = resource("corpus", "profile.toml")
    with Desk(Settings(index=folder / "index", profile=load_profile(profile))) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add([resource("corpus", "rules")])
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
    command += ["--index", str(folder / "index"), "--profile", str(profile)]
    log = (folder / "log").open("wb")
    env = {**os.environ, "REPLYGEN_WORK": str(folder / "work")}
    serve = [*command, "serve", "--port", str(port)]
    server = subprocess.Popen(serve, stdout=log, stderr=log, env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


@pytest.fixture
def page(visit, address) -> Iterator[object]:
    with visit(address) as page:
        yield page


def choose(page, place: str, *paths: Path) -> None:
    """Choose files; once more where the page was not awake yet when it was told."""
    from playwright.sync_api import TimeoutError

    name = page.locator(place).get_by_text(paths[-1].stem, exact=False).first
    for _ in range(3):
        page.locator(f"{place} input[type=file]").set_input_files(paths)
        try:
            name.wait_for(timeout=8_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{paths[-1].name} was not taken")


def read_proposal(page, path: Path = PROPOSAL) -> None:
    choose(page, "#rg-file", path)
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()


def make_draft(page) -> None:
    """Wait until the letter is the one for what the other columns hold."""
    page.locator(".rg-findings").wait_for()
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.wait_for_timeout(200)


def open_places(page) -> int:
    """The number of open places that the summary tells."""
    return int(re.search(r"待填\s*(\d+)", page.locator(".rg-done .rg-summary").inner_text())[1])


def wait_for_places(page, count: int) -> None:
    page.locator(".rg-done .rg-summary", has_text=f"待填 {count} 处").wait_for()


def save(page, selector: str, path: Path) -> Path:
    with page.expect_download() as download:
        page.locator(selector).click()
        if selector == "#rg-final":  # what is to be verified is told once
            again = page.locator(".rg-wrong", has_text="再点一次下载")
            with suppress(Exception):
                again.wait_for(timeout=5_000)
                page.locator(selector).click()
    download.value.save_as(path)
    return path


def test_a_clerk_goes_from_a_pasted_proposal_to_the_final_word_file(page, tmp_path):
    import docx

    text = "\n".join(p.text for p in docx.Document(str(PROPOSAL)).paragraphs)
    page.get_by_label("粘贴提案或建议的全文").fill(text)
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-editor").wait_for()
    assert "直播电商" in page.locator("[data-head=title]").input_value()
    page.locator(".rg-cards").wait_for()
    assert page.locator(".rg-ask").count() == 3
    card = page.locator(".rg-ask").first.locator(".rg-card.rg-own.rg-chosen")
    card = card.filter(has_text="写进草稿的话").first
    card.locator(".rg-card-more > summary").click()
    unwanted = card.locator(".rg-new").inner_text().splitlines()[1][:30]
    make_draft(page)
    assert unwanted in page.locator(".rg-paper").first.inner_text()
    count = page.locator(".rg-ask").first.locator("[data-card]:checked").count()
    card.locator("[data-card]").uncheck()
    assert f"已选 {count - 1} 条" in page.locator(".rg-count").first.inner_text()
    make_draft(page)
    first = page.locator(".rg-paper p[data-ask='1']")  # another ask may rest on it, too
    assert not any(unwanted in text for text in first.all_inner_texts())

    page.locator(".rg-paper .rg-own[data-src]").first.hover()
    assert "本单位材料" in page.locator(".rg-sources").inner_text()
    assert page.locator("#rg-final").is_disabled()
    assert "定稿还差" in page.locator("#rg-final").inner_text()
    draft = save(page, "#rg-docx", tmp_path / "草稿.docx")
    with zipfile.ZipFile(draft) as archive:
        assert "word/comments.xml" in archive.namelist()

    fields = page.locator("[data-slot]")
    fields.first.select_option("B")  # the marks of the scheme, each with what it means
    for number in range(1, fields.count()):
        if fields.nth(number).is_enabled():
            fields.nth(number).fill(
                "12" if number == 1 else f"亲手写的内容{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"
            )
            fields.nth(number).blur()
    for box in page.locator("[data-confirm]").all():  # what was promised for each ask
        box.check()
    wait_for_places(page, 0)
    page.locator(".rg-done .rg-summary", has_text="必须改 0 条").wait_for()
    assert "必须改 0 条" in page.locator(".rg-done .rg-summary").inner_text(), page.locator(
        ".rg-findings"
    ).inner_text()
    page.locator("#rg-final", has_text="下载定稿").wait_for()
    final_file = save(page, "#rg-final", tmp_path / "定稿.docx")
    with zipfile.ZipFile(final_file) as archive:
        assert "word/comments.xml" not in archive.namelist()
    written = "\n".join(p.text for p in docx.Document(str(final_file)).paragraphs)
    assert "亲手写的内容" in written
    assert "【" not in written


def test_a_card_shows_the_whole_document_with_its_passage_marked(page):
    read_proposal(page)
    card = page.locator(".rg-card.rg-precedent.rg-chosen").first
    card.get_by_role("button", name="看全文").click()
    marked = page.locator(".rg-full mark")
    marked.wait_for()
    assert marked.inner_text()[:6] in card.locator(".rg-text").first.text_content()
    page.keyboard.press("Escape")
    page.locator(".rg-full").wait_for(state="hidden")


def test_a_finding_leads_to_its_paragraph(page):
    read_proposal(page)
    make_draft(page)
    before = open_places(page)
    page.locator("[data-goto=slot]").click()
    page.locator("p.rg-flash").wait_for()
    # a menu is not entered by the jump, for an arrow key would choose there
    assert page.evaluate("document.activeElement.closest('p.rg-flash') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('select[data-slot]')")
    page.keyboard.type("B")
    page.keyboard.press("Tab")
    wait_for_places(page, before - 1)


def test_asks_that_were_edited_are_searched_anew(page):
    read_proposal(page)
    page.locator(".rg-fold > summary", has_text="各项建议").click()
    page.locator("[data-do=merge]").nth(2).click()
    page.locator(".rg-ask").nth(2).wait_for(state="detached")
    assert page.locator(".rg-ask").count() == 2


def test_a_sentence_shows_its_source_to_the_keyboard(page):
    read_proposal(page)
    make_draft(page)
    page.locator(".rg-paper .rg-own[data-src]").first.focus()
    panel = page.locator(".rg-sources")
    assert "本单位材料" in panel.inner_text()
    assert panel.locator("blockquote").count() >= 1


def test_what_is_missing_is_told_in_chinese(page):
    page.get_by_role("button", name="读取提案").click()
    page.get_by_text("没有文字，请粘贴提案全文").first.wait_for()


def test_two_clerks_at_once_each_see_their_own_proposal(page, chromium, address):
    other = chromium.new_context(locale="zh-CN").new_page()
    other.goto(address)
    other.locator("body.rg-ready").wait_for()
    read_proposal(page)
    read_proposal(other, resource("corpus", "proposals", "0073.txt"))
    make_draft(page)
    make_draft(other)
    assert "0126" in page.locator(".rg-paper").first.inner_text()
    assert "0126" not in other.locator(".rg-paper").first.inner_text()
    other.context.close()


def test_the_page_can_be_read_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    read_proposal(page)
    make_draft(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".rg-paper").first.bounding_box()["width"] > 320


def test_fields_and_boxes_have_names_for_screen_readers(page):
    read_proposal(page)
    make_draft(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('[data-slot], [data-card]')]
               .filter(e => !(e.getAttribute('aria-label') || e.labels.length)).length"""
    )
    assert unnamed == 0

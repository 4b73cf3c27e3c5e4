"""规则稿 / 模型稿 in a real browser, the model a scripted server: taken by sentence, refused with
the reason, stopped, and asked for leave before anything leaves the house."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

pytestmark = pytest.mark.browser
PROPOSAL = "0126.docx"
INVENTED = "已投入资金三千八百万元"


class Model:
    """What the scripted server does, to be changed by a test."""

    def __init__(self):
        self.calls, self.wait, self.answer = 0, threading.Event(), None
        self.wait.set()

    def __call__(self, data):
        self.calls += 1
        self.wait.wait(30)
        return self.answer(data)


@pytest.fixture(scope="module")
def model():
    return Model()


@pytest.fixture(scope="module")
def url(tmp_path_factory, serve, small_settings, model):
    pytest.importorskip("openai", reason="没有安装 openai")
    from replygen.settings import Writer
    from replygen.writing.scripted import serve_script

    with serve_script(model) as address:
        settings = small_settings(tmp_path_factory.mktemp("wording"))
        writer = Writer(base_url=address, model="模拟模型", timeout=40.0)
        with serve(replace(settings, writer=writer)) as served:
            yield served.url


def read(page):
    """Put the sample's proposal in and wait for its letter."""
    from replygen.settings import resource

    path = resource("corpus", "proposals", PROPOSAL)
    page.locator("#rg-file input[type=file]").set_input_files(str(path))
    page.locator("#rg-file").get_by_text(path.stem).first.wait_for()
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-findings").wait_for()


@pytest.fixture
def page(visit, url, model):
    from replygen.writing.scripted import answer_well

    model.answer, model.calls = answer_well, 0
    with visit(url) as page:
        read(page)
        page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
        yield page


def switch(page, how, ask=1):
    return page.locator(f"[data-word='{ask}'][data-how='{how}']")


def letter(page):
    return [s.inner_text() for s in page.locator("[data-letter] [data-sentence]").all()]


def test_the_models_sentences_are_taken_for_one_ask_and_left_one_by_one(page, model):
    before = letter(page)
    assert switch(page, "ours").get_attribute("aria-pressed") == "true"
    switch(page, "model").click()
    page.locator("[data-wording='1'] [data-take]:checked").first.wait_for()
    assert model.calls == 1
    boxes = page.locator("[data-take='1']")
    worded = page.locator("[data-letter] .rg-model[data-sentence]")
    count = worded.count()
    assert count == boxes.count() >= 1 and switch(page, "model").get_attribute("aria-pressed")
    assert page.locator("[data-take='2']").count() == 0
    worded.first.hover()
    page.locator(".rg-sources", has_text="模拟模型").wait_for()
    boxes.first.uncheck()
    page.wait_for_function(
        "(n) => document.querySelectorAll('[data-letter] .rg-model[data-sentence]').length === n",
        arg=count - 1,
    )
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert worded.count() == count - 1
    switch(page, "ours").click()
    page.locator("[data-take='1']:checked").first.wait_for(state="detached")
    assert letter(page) == before
    switch(page, "model").click()  # what it said is still there: it is not asked again
    page.locator("[data-take='1']:checked").first.wait_for()
    assert model.calls == 1 and worded.count() == count


def test_what_is_refused_stands_beside_ours_with_the_reason(page, model):
    from replygen.writing.scripted import invent_one

    model.answer = invent_one
    switch(page, "model").click()
    refused = page.locator("[data-wording='1'] .rg-refused")
    refused.wait_for()
    assert INVENTED in refused.inner_text() and "数字不在所列材料里" in refused.inner_text()
    assert all(INVENTED not in sentence for sentence in letter(page))


def test_a_model_at_work_is_told_and_stopped_and_ours_stands(page, model):
    before = letter(page)
    model.wait.clear()
    try:
        switch(page, "model", 2).click()
        page.locator("#rg-wording", has_text="正在请模型写第 2 项").wait_for()
        page.locator("#rg-wording", has_text="已等 1 秒").wait_for()
        page.locator("[data-word-stop]").click()
        page.locator("#rg-wording [data-word-stop]").wait_for(state="detached")
    finally:
        model.wait.set()
    page.wait_for_timeout(1500)
    assert letter(page) == before


def test_a_sentence_written_anew_while_the_model_works_is_kept(page, model):
    model.wait.clear()
    try:
        switch(page, "model", 2).click()
        page.locator("#rg-wording", has_text="正在请模型写第 2 项").wait_for()
        page.locator("p[data-ask='1'] [data-sentence][tabindex]").first.focus()
        page.keyboard.press("Enter")
        page.locator(".rg-edit").fill("我局将每季度通报一次监测情况。")
        page.keyboard.press("Enter")
        page.locator(".rg-saved:not(.rg-saving)").wait_for()
    finally:
        model.wait.set()
    page.locator("[data-take='2']").first.wait_for()
    page.locator("[data-edited]", has_text="每季度通报一次").wait_for()


def test_a_server_that_fails_is_told_in_one_line_and_ours_stands(page, model):
    from replygen.writing.scripted import Failure

    before = letter(page)
    model.answer = lambda data: Failure(500)
    switch(page, "model", 3).click()
    page.locator("#rg-wording [role=alert]", has_text="第 3 项没有写成").wait_for()
    assert letter(page) == before


def test_before_the_first_call_that_leaves_the_house_the_page_says_what_leaves(
    visit, serve, small_settings, tmp_path
):
    from replygen.settings import Writer

    writer = Writer(base_url="http://8.8.8.8:9/v1", model="外面的", allow_external=True)
    with serve(replace(small_settings(tmp_path), writer=writer)) as served:
        with visit(served.url) as page:
            read(page)
            switch(page, "model").click()
            notice = page.locator("#rg-wording [role=alert]", has_text="8.8.8.8")
            notice.wait_for()
            assert "本单位材料" in notice.inner_text()
            assert not (served.settings.work / "model.jsonl").exists()
            notice.locator("[data-word-stop]").click()
            notice.wait_for(state="detached")
            assert page.locator("[data-take]").count() == 0


def test_without_a_model_there_is_no_switch(visit, serve, small_settings, tmp_path):
    with serve(small_settings(tmp_path)) as served, visit(served.url) as page:
        page.get_by_label("粘贴提案或建议的全文").fill(
            "关于规范直播带货的提案\n建议：\n一、加强直播间监测，严查虚假宣传。"
        )
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        assert page.locator("[data-word]").count() == 0

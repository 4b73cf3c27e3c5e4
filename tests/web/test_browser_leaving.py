"""What leaves the page is what is shown, and nothing typed is lost: in a real browser, with
clicks that follow the typing at once."""

from __future__ import annotations

from collections.abc import Iterator

import docx
import pytest

pytestmark = pytest.mark.browser
PASTED = (
    "市政协五届三次会议提案\n第0126号\n关于促进我市直播电商规范经营的提案\n提案人：林静\n"
    "主办单位：市市场监督管理局\n直播带货投诉较多。\n建议：\n"
    "一、加强直播间监测。严查虚假宣传、以次充好。\n二、建立主播培训制度。对主播开展法律法规培训。"
)


@pytest.fixture(scope="module")
def url(tmp_path_factory, serve, small_settings) -> Iterator[str]:
    with serve(small_settings(tmp_path_factory.mktemp("leaving"))) as served:
        yield served.url


@pytest.fixture
def page(visit, url) -> Iterator[object]:
    with visit(url) as page:
        yield page


def draft(page) -> None:
    page.get_by_label("粘贴提案或建议的全文").fill(PASTED)
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()
    page.locator(".rg-findings").wait_for()
    page.evaluate("document.querySelectorAll('.rg-fold').forEach((fold) => { fold.open = true })")


def fill_everything(page) -> None:
    while page.locator("[data-drop]", has_text="删去").count():
        page.locator("[data-drop]", has_text="删去").first.click()
    page.locator("select[data-slot]").select_option("B")
    values = {"序号": "15", "成文日期": "2026年11月22日"}
    for field in page.locator("[data-slot]:enabled").all():
        if not field.input_value():
            name = field.get_attribute("placeholder")
            field.fill(values.get(name, f"亲手写的{name}"))
    for box in page.locator("[data-confirm]").all():
        box.check()
    page.locator("#rg-final:enabled", has_text="下载定稿").wait_for()
    saved(page)
    page.locator("#rg-final").click()  # what is to be verified is told once
    page.locator(".rg-wrong", has_text="再点一次下载").wait_for()


def saved(page) -> None:
    page.locator(".rg-saved:not(.rg-saving)").wait_for()


def at_once(page, selector: str, text: str, button: str) -> None:
    """Type over a field and click the button in the same breath: no time passes between."""
    page.locator(selector).fill(text)
    page.locator(button).dispatch_event("click")


def test_a_number_changed_a_moment_ago_stands_in_the_final_letter(page, tmp_path):
    draft(page)
    fill_everything(page)
    with page.expect_download() as download:
        at_once(page, "[data-slot][placeholder=序号]", "99", "#rg-final")
    download.value.save_as(tmp_path / "定稿.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "定稿.docx")).paragraphs)
    assert "〕99号" in text and "〕15号" not in text


def test_a_draft_taken_right_after_typing_holds_what_was_typed(page, tmp_path):
    draft(page)
    with page.expect_download() as download:
        at_once(page, "[data-slot][placeholder=序号]", "一二三", "#rg-docx")
    download.value.save_as(tmp_path / "草稿.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "草稿.docx")).paragraphs)
    assert "〕一二三号" in text


def test_after_the_head_changes_the_letter_goes_to_the_new_member(page, tmp_path):
    draft(page)
    fill_everything(page)
    page.locator("[data-head=number]").fill("0777")
    with page.expect_download() as download:
        at_once(page, "[data-head=proposers]", "许知行", "#rg-final")
    assert download.value.suggested_filename.startswith("第0777号")
    download.value.save_as(tmp_path / "定稿.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "定稿.docx")).paragraphs)
    assert "许知行委员：" in text and "林静" not in text and "0126" not in text
    page.locator(".rg-paper .rg-addressee", has_text="许知行").wait_for()
    assert page.locator("[data-slot][placeholder=序号]").input_value() == "15"


def test_a_final_letter_that_lost_a_fact_a_moment_ago_does_not_leave(page):
    draft(page)
    fill_everything(page)
    downloads = []
    page.on("download", lambda download: downloads.append(download))
    at_once(page, "[data-slot][placeholder=序号]", "", "#rg-final")
    page.locator(".rg-wrong", has_text="待填 1 处").wait_for()
    page.locator("#rg-final:disabled").wait_for()
    assert downloads == []


@pytest.mark.parametrize("leave_by", ["reload", "back"])
def test_what_was_typed_a_moment_before_the_page_went_is_there_again(page, url, leave_by):
    draft(page)
    saved(page)
    long = "这是刚刚写下的五十个字" * 5
    hint = "[data-slot][placeholder=成文日期]"
    page.locator(hint).fill(long)
    page.locator("[data-head=number]").fill("0888")
    if leave_by == "reload":
        page.reload()
    else:
        page.goto(f"{url}/theme.css")
        page.go_back()
    page.locator(".rg-findings").wait_for()
    page.wait_for_function("(q) => document.querySelector(q)?.value.length === 55", arg=hint)
    assert page.locator("[data-head=number]").input_value() == "0888"
    saved(page)
    page.reload()  # it was stored, too
    page.locator(".rg-findings").wait_for()
    assert page.locator(hint).input_value() == long


def test_what_was_typed_a_moment_before_the_window_was_closed_is_there_again(page, url):
    tab = page.context.new_page()
    tab.goto(url)
    tab.locator("body.rg-ready").wait_for()
    draft(tab)
    saved(tab)
    tab.locator("[data-slot][placeholder=序号]").fill("1234")
    tab.close()
    page.reload()
    page.locator("[data-draft-open]").first.click()
    page.locator(".rg-findings").wait_for()
    page.wait_for_function("() => document.querySelector('[placeholder=序号]')?.value === '1234'")
    saved(page)


def test_what_is_typed_is_stored_while_the_field_has_the_focus(page):
    draft(page)
    saved(page)
    page.locator("[data-slot][placeholder=序号]").focus()
    page.keyboard.type("246")
    page.locator(".rg-saved.rg-saving").wait_for(state="attached")
    saved(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert page.locator("[data-slot][placeholder=序号]").input_value() == "246"


def test_a_pasted_text_outlives_a_reload(page):
    page.get_by_label("粘贴提案或建议的全文").fill("关于一件事的提案\n建议：一、做好这件事。")
    page.reload()
    page.locator("body.rg-ready").wait_for()
    box = page.get_by_label("粘贴提案或建议的全文")
    page.wait_for_function("() => document.querySelector('#rg-step-1 textarea').value !== ''")
    assert "做好这件事" in box.input_value()


def test_a_sentence_written_while_the_letter_is_drawn_anew_stays(page):
    draft(page)
    saved(page)
    page.evaluate(
        """() => {
          const all = () => document.querySelectorAll("[data-letter] p[data-ask] [data-sentence]");
          const write = (n, text) => { all()[n].dataset.edited = text; window.rgKeep(0); };
          write(0, "先改的一句。");
          setTimeout(() => write(1, "后改的一句。"), 60);  // the first is on its way
        }"""
    )
    for text in ("先改的一句。", "后改的一句。"):
        page.locator(f"[data-letter] [data-edited='{text}']", has_text=text).wait_for()
    saved(page)
    page.reload()
    page.locator("[data-letter] [data-edited='后改的一句。']").wait_for()
    assert page.locator("[data-letter] [data-edited='先改的一句。']").count() == 1

"""Undo and redo on the desk, in a real browser: every kind of step, the keys, a reload, and the
keyboard that stays where it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser
PASTED = (
    "市政协五届三次会议提案\n第0126号\n关于促进我市直播电商规范经营的提案\n提案人：林静\n"
    "主办单位：市市场监督管理局\n直播带货投诉较多，群众反映退货困难。\n建议：\n"
    "一、加强直播间监测。严查虚假宣传、以次充好。\n二、建立主播培训制度。对主播开展法律法规培训。"
)
MINE = "我局将每季度通报一次监测情况。"
NUMBER = "[data-slot][placeholder=序号]"


@pytest.fixture(scope="module")
def url(tmp_path_factory, serve, small_settings) -> Iterator[str]:
    with serve(small_settings(tmp_path_factory.mktemp("steps"))) as served:
        yield served.url


@pytest.fixture
def page(visit, url) -> Iterator[object]:
    with visit(url) as page:
        page.get_by_label("粘贴提案或建议的全文").fill(PASTED)
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        settle(page)
        page.evaluate(
            "document.querySelectorAll('.rg-fold').forEach((fold) => { fold.open = true })"
        )
        yield page


def settle(page) -> None:
    """Wait until the letter is the one for what the other columns hold, and stored."""
    page.wait_for_timeout(200)
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.locator(".rg-saved:not(.rg-saving)").wait_for()
    page.wait_for_timeout(200)


def do(page, sentence, act: str) -> None:
    sentence.dispatch_event("click")
    page.locator(f".rg-bar [data-act={act}]").click()


def turn(page, way: str) -> None:
    """Press 撤销 or 重做 and wait until the columns came back."""
    page.locator(f"[data-turn={way}]:enabled").click()
    page.wait_for_function("() => !window.rgIsTurning()")
    settle(page)


def held(page) -> dict[str, object]:
    """What a clerk made, as the screen shows it."""
    return page.evaluate(
        """() => ({
            values: JSON.parse(window.rgValues()), edits: JSON.parse(window.rgEdits()),
            ticks: JSON.parse(window.rgTicks()).cards.sort(),
            letter: document.querySelector("[data-letter]").innerText,
        })"""
    )


def focused(page) -> str:
    return page.evaluate("document.activeElement.tagName")


def test_every_kind_of_step_is_undone_and_done_again(page):
    sentences = page.locator("[data-letter] p[data-ask='1'] [data-sentence]")

    def edit(sentence, act: str) -> None:
        do(page, sentence, act)
        page.locator(".rg-edit").fill(MINE)
        page.keyboard.press("Enter")

    def pick(value: str) -> None:
        page.locator("[data-stance='2']").select_option(value)

    steps = [
        lambda: edit(sentences.nth(1), "edit"),
        lambda: do(page, sentences.nth(2), "drop"),
        lambda: edit(page.locator("[data-letter] .rg-closing [data-sentence]"), "add"),
        lambda: page.locator("[data-confirm='1']").check(),
        lambda: page.locator(NUMBER).fill("15"),
        lambda: page.locator("[data-head=number]").fill("0777"),
        lambda: page.locator("#rg-cards .rg-in-focus [data-card]:checked").first.uncheck(),
        lambda: pick("decline"),
        lambda: page.locator("[data-topic]").first.fill("盯紧直播间"),
        lambda: page.locator("[data-do=merge]:enabled").first.click(),
    ]
    states = [held(page)]
    for step in steps:
        step()
        settle(page)
        page.wait_for_timeout(1300)  # a letter that hangs on it is composed anew
        settle(page)
        states.append(held(page))
        assert states[-1] != states[-2]
    for expected in reversed(states[:-1]):
        turn(page, "undo")
        assert held(page) == expected
    assert page.locator("[data-turn=undo]").is_disabled()
    page.reload()
    page.locator(".rg-findings").wait_for()
    settle(page)
    for expected in states[1:]:
        turn(page, "redo")
        assert held(page) == expected
        assert focused(page) != "BODY"


def test_a_deletion_is_taken_back_alone_and_what_was_typed_after_it_stays(page):
    sentence = page.locator("[data-letter] p[data-ask='1'] [data-sentence]").nth(1)
    do(page, sentence, "drop")
    settle(page)
    assert focused(page) == "SPAN"
    page.locator(NUMBER).fill("15")
    page.locator("[data-do=remove]").nth(1).click()
    page.wait_for_timeout(1300)
    settle(page)
    assert page.locator(".rg-paper .rg-heading1").count() == 1
    page.locator(".rg-steps-done summary").click()
    page.locator(".rg-steps-all li", has_text="删去一句").get_by_role("button").click()
    page.locator("[data-gone]").wait_for(state="detached")
    settle(page)
    assert focused(page) != "BODY"
    page.locator(".rg-steps-done summary").click()
    page.locator(".rg-steps-all li", has_text="删除第 2 项").get_by_role("button").click()
    page.locator(".rg-paper .rg-heading1").nth(1).wait_for()
    settle(page)
    assert page.locator(NUMBER).input_value() == "15"
    assert page.locator(".rg-original mark[data-ask]").count() == 2


def test_the_keys_undo_outside_of_a_field_and_leave_the_fields_their_own(page):
    sentence = page.locator("[data-letter] p[data-ask='1'] [data-sentence]").nth(1)
    do(page, sentence, "drop")
    page.locator("[data-gone]").wait_for()
    page.locator(NUMBER).focus()
    page.keyboard.type("15")
    page.keyboard.press("Control+z")  # the field's own
    page.wait_for_timeout(300)
    assert page.locator("[data-gone]").count() == 1
    page.locator(NUMBER).fill("")
    settle(page)
    page.locator("[data-gone]").focus()
    page.keyboard.press("Control+z")
    page.locator("[data-gone]").wait_for(state="detached")
    settle(page)
    page.keyboard.press("Control+y")
    page.locator("[data-gone]").wait_for()


def test_what_is_typed_right_before_a_step_is_undone_can_be_done_again(page):
    page.locator("[data-confirm='1']").check()
    settle(page)
    page.locator(NUMBER).fill("15")
    page.locator("[data-turn=undo]").dispatch_event("click")  # before it was stored
    page.wait_for_function("() => !window.rgIsTurning()")
    settle(page)
    assert page.locator(NUMBER).input_value() == ""
    assert page.locator("[data-confirm='1']").is_checked()
    turn(page, "redo")
    assert page.locator(NUMBER).input_value() == "15"


def test_what_was_typed_into_one_place_never_stands_in_another(page):
    """A letter composed anew has other places where these stood."""
    asked = page.locator("[data-letter] p[data-ask='1'] textarea[data-slot]")
    asked.fill("一季度检查直播间。")
    other = page.locator("[data-letter] p[data-ask='2'] textarea[data-slot]")
    hint = other.get_attribute("placeholder")
    page.locator("[data-do=down]").first.click()
    page.wait_for_timeout(1300)
    settle(page)
    assert page.locator(f"[data-slot][placeholder='{hint}']").input_value() == ""
    first = page.locator("[data-letter] p[data-ask='2'] textarea[data-slot]")
    assert first.input_value() == "一季度检查直播间。"


def test_the_letter_follows_also_while_it_has_the_focus(page):
    second = "[data-letter] p.rg-body[data-ask='2']"
    before = page.locator(second).all_inner_texts()
    page.locator("[data-letter]").focus()
    page.locator("[data-stance='2']").select_option("decline")
    page.wait_for_function(
        "([at, was]) => [...document.querySelectorAll(at)].map(p => p.innerText).join() !== was",
        arg=[second, ",".join(before)],
    )
    settle(page)
    assert page.locator("[data-stance='2']").input_value() == "decline"


def test_a_sentence_is_moved_with_the_keys_and_undone(page, tmp_path):
    import docx

    sentences = page.locator("[data-letter] p.rg-body[data-ask='1'] [data-sentence]")
    places = [s.get_attribute("data-sentence") for s in sentences.all()]
    last = page.locator(f"[data-sentence='{places[-1]}']")
    last.focus()
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("() => !window.rgIsTurning()")
    settle(page)
    now = [s.get_attribute("data-sentence") for s in sentences.all()]
    assert now == [*places[:-2], places[-1], places[-2]]
    assert page.evaluate("document.activeElement.dataset.sentence") == places[-1]
    with page.expect_download() as download:
        page.locator("#rg-docx").click()
    download.value.save_as(tmp_path / "草稿.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "草稿.docx")).paragraphs)
    assert sentences.nth(len(places) - 2).inner_text() + sentences.last.inner_text() in text
    page.reload()
    page.locator(".rg-findings").wait_for()
    settle(page)
    assert [s.get_attribute("data-sentence") for s in sentences.all()] == now
    do(page, last, "up")
    page.wait_for_function("() => !window.rgIsTurning()")
    settle(page)
    turn(page, "undo")
    turn(page, "undo")
    assert [s.get_attribute("data-sentence") for s in sentences.all()] == places

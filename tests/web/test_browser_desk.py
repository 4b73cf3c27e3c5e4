"""The desk in a real browser: a pasted proposal is a letter in one step, and everything is put
right in place: 原件 | 答复稿 | 依据."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from replygen.models import Proposal
from replygen.web.auth.who import NOBODY
from replygen.workspace import DraftStore, Work

pytestmark = pytest.mark.browser
PASTED = (
    "市政协五届三次会议提案\n第0126号\n关于促进我市直播电商规范经营的提案\n提案人：林静\n"
    "主办单位：市市场监督管理局\n直播带货投诉较多，群众反映退货困难。\n建议：\n"
    "一、加强直播间监测。严查虚假宣传、以次充好。\n二、建立主播培训制度。对主播开展法律法规培训。"
)
MINE = "我局将每季度通报一次监测情况。"


@pytest.fixture(scope="module")
def server(tmp_path_factory, serve, small_settings) -> Iterator[object]:
    with serve(small_settings(tmp_path_factory.mktemp("desk"))) as served:
        yield served


@pytest.fixture(scope="module")
def url(server) -> str:
    return server.url


@pytest.fixture
def page(visit, url) -> Iterator[object]:
    with visit(url) as page:
        page.get_by_label("粘贴提案或建议的全文").fill(PASTED)
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        settle(page)
        yield page


def settle(page) -> None:
    """Wait until the letter is the one for what the other columns hold, and stored."""
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.locator(".rg-saved:not(.rg-saving)").wait_for()
    page.wait_for_timeout(200)


def a_sentence(page):
    return page.locator("[data-letter] p[data-ask='1'] [data-sentence]").first


def do(page, sentence, act: str) -> None:
    sentence.click(position={"x": 5, "y": 5})
    page.locator(f".rg-bar [data-act={act}]").click()


def test_one_click_leads_from_the_pasted_text_to_the_letter_beside_it(page):
    boxes = [page.locator(f"#rg-step-{n}").bounding_box() for n in (2, 4, 3)]
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 5
    assert page.locator(".rg-paper .rg-heading1").count() == 2
    assert page.locator(".rg-original mark[data-ask]").count() == 2
    assert "群众反映退货困难" in page.locator(".rg-original").inner_text()
    assert page.locator(".rg-original u").count() >= 2
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert "群众反映退货困难" in page.locator(".rg-original").inner_text()


def test_a_click_on_an_ask_moves_the_other_columns_to_it(page):
    page.locator(".rg-original mark[data-ask='2']").click()
    page.locator("#rg-cards .rg-ask.rg-in-focus[data-ask='2']").wait_for()
    assert page.locator(".rg-paper p.rg-in-focus").first.get_attribute("data-ask") == "2"
    page.locator(".rg-original mark[data-ask='1']").focus()
    page.keyboard.press("Enter")
    page.locator("#rg-cards .rg-ask.rg-in-focus[data-ask='1']").wait_for()


def test_a_sentence_is_written_anew_and_stays_so_until_the_old_one_is_wanted(page):
    sentence = a_sentence(page)
    before = sentence.get_attribute("data-words")
    do(page, sentence, "edit")
    page.locator(".rg-edit").fill(MINE)
    page.keyboard.press("Enter")
    page.locator("[data-edited]", has_text=MINE).wait_for()
    settle(page)
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert page.locator("[data-edited]").inner_text() == MINE
    page.locator("#rg-make").click()  # a letter composed anew keeps it
    page.locator("body.rg-making").wait_for()
    settle(page)
    assert page.locator("[data-edited]").inner_text() == MINE
    do(page, page.locator("[data-edited]"), "restore")
    page.locator("[data-edited]").wait_for(state="detached")
    settle(page)
    assert a_sentence(page).get_attribute("data-words") == before


def test_a_sentence_is_taken_out_brought_back_and_one_is_added(page, tmp_path):
    import docx

    sentence = a_sentence(page)
    words = sentence.get_attribute("data-words")
    do(page, sentence, "drop")
    page.locator("[data-gone]").wait_for()
    settle(page)
    do(page, page.locator("[data-gone]"), "add")
    page.locator(".rg-edit").fill(MINE)
    with page.expect_download() as download:
        page.locator("#rg-docx").dispatch_event("click")  # before the field is left
    download.value.save_as(tmp_path / "草稿.docx")
    page.locator("[data-addition]", has_text=MINE).wait_for()
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "草稿.docx")).paragraphs)
    assert MINE in text and words not in text
    settle(page)
    do(page, page.locator("[data-gone]"), "drop")
    page.locator("[data-gone]").wait_for(state="detached")


def test_a_sentence_half_written_when_the_page_goes_is_not_lost(page):
    do(page, a_sentence(page), "edit")
    page.locator(".rg-edit").fill(MINE)
    page.reload()
    page.locator("[data-edited]", has_text=MINE).wait_for()


def test_how_an_ask_is_answered_is_chosen_in_a_menu_and_the_letter_follows(page):
    menu = page.locator("[data-stance='2']")
    before = page.locator("[data-letter]").inner_text()
    menu.select_option("study")
    page.locator("[data-stance='2'][data-given='study']").wait_for()
    page.wait_for_function(
        "(t) => document.querySelector('[data-letter]').innerText !== t", arg=before
    )
    settle(page)
    assert page.locator("[data-stance='2']").input_value() == "study"
    assert page.locator("[data-stance='2']").get_attribute("title")


def test_words_of_the_original_become_an_ask(page):
    page.locator(".rg-original").evaluate(
        """(box) => {
            const node = [...box.childNodes].find((n) => n.textContent.includes("退货困难"));
            const at = node.textContent.indexOf("群众反映退货困难");
            getSelection().setBaseAndExtent(node, at, node, at + 8);
        }"""
    )
    page.locator("[data-pick]").click()
    page.locator(".rg-paper .rg-heading1").nth(2).wait_for()
    settle(page)
    assert page.locator(".rg-original mark[data-ask]").count() == 3


def test_the_corpus_is_searched_with_the_clerks_own_words(page):
    page.locator("#rg-seek :is(input, textarea)").fill("直播营销专项监测")
    page.keyboard.press("Enter")
    page.locator("#rg-seek-found .rg-card", has_text="监测").first.wait_for()
    page.locator(".rg-original mark[data-ask='2']").click()
    use = page.locator("#rg-seek-found [data-use]", has_text="用到第 2 项").first
    passage = use.get_attribute("data-use")
    use.dispatch_event("click")
    page.locator(f"[data-card='2:{passage}']:checked").wait_for(state="attached")
    settle(page)


def test_an_added_sentence_is_opened_once_moved_and_taken_out_alone(page):
    do(page, a_sentence(page), "add")
    page.locator(".rg-edit").fill(MINE)
    page.keyboard.press("Enter")
    page.locator("[data-addition]", has_text=MINE).wait_for()
    settle(page)
    place = page.locator("[data-addition]").get_attribute("data-addition")
    page.locator("[data-addition]").click()
    page.locator(".rg-bar [data-act=add]").click()
    assert page.locator(".rg-edit").input_value() == MINE
    assert page.locator("[data-addition]:visible").count() == 0  # it stands there once
    page.keyboard.press("Escape")
    page.locator("[data-addition]").click()
    page.locator(".rg-bar [data-act=down-added]").click()
    page.locator(f"[data-addition]:not([data-addition='{place}'])", has_text=MINE).wait_for()
    settle(page)
    page.locator("[data-addition]").click()
    page.locator(".rg-bar [data-act=drop-added]").click()
    page.locator("[data-addition]").wait_for(state="detached")
    settle(page)
    assert page.locator("[data-gone]").count() == 0


def test_a_draft_that_is_opened_over_another_shows_its_own_evidence(page):
    ours = page.evaluate("sessionStorage.getItem('rg-draft')")
    page.locator("[data-draft-new]").click()
    page.get_by_label("粘贴提案或建议的全文").fill("关于修补路面的提案\n建议：\n一、修补路面。")
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-editor").wait_for()
    page.locator(f"[data-draft-open='{ours}']").dispatch_event("click")  # before its evidence
    page.locator(f"[data-draft='{ours}'] .rg-cards").wait_for()
    settle(page)
    page.wait_for_timeout(3000)
    parts = page.locator("[data-draft]").evaluate_all("(all) => all.map((p) => p.dataset.draft)")
    assert set(parts) == {ours} and len(parts) == 3
    assert "路面" not in page.locator("#rg-three").inner_text()


def test_tab_leaves_the_letter_behind_its_last_open_place(page):
    page.locator("[data-slot]:enabled").last.focus()
    for _ in range(6):
        page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('[data-letter]')")


def test_enter_leads_from_one_open_place_to_the_next(page):
    page.locator("[data-slot][placeholder=序号]").focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    there = page.evaluate("document.activeElement.dataset.slot")
    assert there and there != page.locator("[data-slot][placeholder=序号]").get_attribute(
        "data-slot"
    )
    settle(page)


def test_the_first_open_place_is_near_for_the_keyboard(page):
    page.locator("#rg-public").evaluate("(b) => { b.disabled = false; b.focus(); }")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-slot]')"):
            return
    raise AssertionError("no open place within three steps")


def test_what_is_added_never_stands_between_a_lead_in_and_what_it_leads_to(page):
    at = "[data-letter] p.rg-body[data-ask='1']"
    last = page.locator(f"{at} [data-sentence]").last
    last.focus()
    page.keyboard.press("Alt+Enter")
    page.locator(".rg-edit").fill(MINE)
    page.keyboard.press("Enter")
    added = page.locator("[data-addition]", has_text=MINE)
    added.wait_for()
    settle(page)
    for _ in range(4):
        added.focus()
        page.keyboard.press("Alt+ArrowUp")
        settle(page)
        before = page.evaluate(
            "document.querySelector('[data-addition]').previousElementSibling.textContent.trim()"
        )
        assert before.endswith(("。", "！", "？")) or page.locator("[data-addition]").evaluate(
            "(a) => !a.nextElementSibling?.matches('[data-sentence]')"
        )
    lead = page.locator(f"{at} [data-sentence]", has_text="我局将").first
    lead.focus()
    page.keyboard.press("Alt+Enter")
    page.locator(".rg-edit").wait_for()
    assert not page.evaluate(
        "document.querySelector('.rg-edit').previousElementSibling.textContent.trim().endsWith('我局将')"
    )


def test_tab_stops_at_a_promise_and_escape_leads_from_a_place_to_its_sentence(page):
    slot = page.locator("[data-letter] p[data-ask='1'] [data-slot]:enabled").first
    slot.focus()
    page.keyboard.press("Tab")
    stops = []
    for _ in range(6):
        stops.append(page.evaluate("document.activeElement.dataset.confirm || ''"))
        page.keyboard.press("Tab")
    assert "1" in stops
    slot.focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-src], [data-sentence], p')")


def test_a_list_of_choices_opens_and_goes_with_its_field(page):
    field = page.locator("#rg-step-4 input[role=combobox]")
    for leave in ("Shift+Tab", "Tab"):
        field.click()
        page.locator(".option-list:visible").wait_for()
        page.keyboard.press(leave)
        page.locator(".option-list:visible").wait_for(state="detached", timeout=3_000)
    field.click()
    page.locator(".option-list:visible li").last.click()
    settle(page)
    assert field.input_value() != "逐条答复"


def test_what_lost_its_place_is_told_above_the_letter_and_goes_back_where_it_stood(page):
    sentence = page.locator("[data-letter] p[data-ask='2'] [data-sentence]").last
    sentence.press("Alt+Enter")
    page.locator(".rg-edit").fill(MINE)
    page.locator(".rg-edit").press("Enter")
    settle(page)
    page.locator(".rg-asks > li").nth(1).locator("[data-do=remove]").evaluate("b => b.click()")
    page.locator("#rg-step-4 .rg-lost", has_text=MINE).wait_for()
    settle(page)
    page.locator("#rg-final", has_text="没有放回 1 处").wait_for()
    page.evaluate("rgAddAsk('建立主播培训制度。对主播开展法律法规培训。')")
    page.locator("[data-put-back]", has_text="放回原处").wait_for()
    settle(page)
    column = page.locator("#rg-step-4")
    column.evaluate("column => column.scrollTo(0, column.scrollHeight)")
    above = page.locator(".rg-lost").bounding_box()["y"] - column.bounding_box()["y"]
    assert 0 <= above < 60  # it stays where the eye is
    page.locator("[data-put-back]").click()
    page.locator("[data-letter] p[data-ask='2'] [data-addition]", has_text=MINE).wait_for()
    page.locator(".rg-lost").wait_for(state="detached")


def test_the_list_of_drafts_is_ordered_by_deadline_and_takes_a_day_of_hand_over(page):
    page.locator("[data-draft-new]").click()
    page.get_by_label("粘贴提案或建议的全文").fill(PASTED.replace("0126", "0127"))
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-findings").wait_for()
    settle(page)
    page.locator(".rg-drafts > summary").click()
    page.locator("[data-to-head=assigned]").click()
    page.locator("[data-head=assigned]:focus").fill("2026-11-20")
    settle(page)
    first = page.locator("[data-assigned]").first
    first.fill("2026-10-01")
    first.press("Tab")
    page.locator("[data-draft-row]", has_text="交办之日（10月1日）起 3 个月").wait_for()
    page.locator("[data-drafts-order]").select_option("due")
    page.locator(".rg-drafts[data-seen-as*='\"due\"']").wait_for()
    due = page.locator("[data-draft-row]").evaluate_all("rows => rows.map((r) => r.dataset.due)")
    days = [day for day in due if day]
    assert days == sorted(days) and due[: len(days)] == days and len(days) == 2


def test_of_many_drafts_the_first_are_listed_the_others_when_they_are_asked_for(page, server):
    for n in range(40):
        title = f"关于第{n}条街停车的提案"
        asked = Proposal(title, "cppcc", "五届三次", f"{n:04d}", (), "主办", "", "", ())
        DraftStore(server.settings.work).create(NOBODY, Work(asked))
    page.locator("[data-draft-new]").click()
    rows = page.locator("[data-draft-row]")
    page.locator("[data-drafts-whole]").wait_for()
    assert rows.count() == 30
    page.locator("[data-drafts-words]").click()
    page.keyboard.type("第3条街")
    page.locator("[data-draft-row]").nth(1).wait_for(state="detached")
    assert rows.count() == 1 and "第3条街" in rows.first.inner_text()
    page.keyboard.type("没有的")  # the focus stayed in the field
    page.get_by_text("没有找到：换个词再试").wait_for()
    page.locator("[data-drafts-words]").fill("")
    page.locator("[data-drafts-whole]").click()
    page.locator("[data-draft-row]").nth(39).wait_for()


def test_on_a_low_screen_the_columns_begin_high_and_several_cards_are_in_sight(page):
    top = page.locator("#rg-three").bounding_box()["y"]
    assert top < 768 / 4
    assert page.locator("#rg-three").bounding_box()["width"] > 1300
    cards = page.locator("#rg-cards .rg-in-focus .rg-card.rg-chosen")
    box = cards.nth(1).locator(".rg-title").bounding_box()
    assert box["y"] + box["height"] < 768
    first = cards.first
    assert first.locator(".rg-relevance").is_visible()
    assert len(first.locator(".rg-first").inner_text()) > 20
    assert not first.locator(".rg-text").first.is_visible()
    first.locator(".rg-card-more > summary").click()
    first.locator(".rg-text").first.wait_for()

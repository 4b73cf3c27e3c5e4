"""The open places of the letter, what the clerk answers for, and errors beside their field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser
NO_HEAD = (
    "关于促进我市直播电商规范经营的提案\n直播带货投诉较多。\n建议：\n"
    "一、加强直播间监测。严查虚假宣传、以次充好。\n二、建立主播培训制度。对主播开展法律法规培训。"
)
TYPED = "今年以来，我局与京东集团合作开展培训。"


@pytest.fixture(scope="module")
def url(tmp_path_factory, serve, small_settings) -> Iterator[str]:
    with serve(small_settings(tmp_path_factory.mktemp("slots"))) as served:
        yield served.url


@pytest.fixture
def page(visit, url) -> Iterator[object]:
    with visit(url) as page:
        page.get_by_label("粘贴提案或建议的全文").fill(NO_HEAD)
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        settle(page)
        yield page


def settle(page) -> None:
    page.wait_for_timeout(200)
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.locator(".rg-saved:not(.rg-saving)").wait_for()
    page.wait_for_timeout(200)


def hint(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


def test_after_reading_the_keyboard_is_at_the_letter_and_the_first_open_place_is_next(page):
    assert page.evaluate("document.activeElement.matches('[data-letter]')")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-slot]')"):
            break
    assert hint(page) == "待填：请选择类别"


def test_tab_and_enter_lead_to_the_next_open_place_also_from_a_long_one(page):
    fields = page.locator("[data-slot]:enabled").all()
    labels = [field.get_attribute("aria-label") for field in fields]
    fields[0].focus()
    page.keyboard.press("Tab")
    assert hint(page) == labels[1]
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    assert hint(page) == labels[2]
    long = next(n for n, field in enumerate(fields) if "请补充" not in labels[n] and n > 3)
    fields[long].focus()
    page.keyboard.type("写好了。")
    page.keyboard.press("Enter")
    assert hint(page) == labels[long + 1]
    fields[-1].fill("2026年11月22日")
    fields[-1].press("Enter")  # the first that is still open
    assert hint(page) == labels[0]
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate("document.activeElement === document.body")


def test_a_place_grows_with_its_text_and_nothing_of_it_is_cut(page):
    for field in page.locator("textarea[data-slot]:enabled").all():
        field.fill("这是一段很长的话，写了很多很多内容，一行放不下，两行也放不下。" * 6)
        size = field.evaluate(
            "(f) => [f.scrollHeight - f.clientHeight, f.scrollWidth - f.clientWidth]"
        )
        assert max(size) <= 2
        box, paper = field.bounding_box(), page.locator(".rg-paper").bounding_box()
        assert box["x"] + box["width"] <= paper["x"] + paper["width"]


def test_the_date_is_today_or_a_day_from_the_calendar(page):
    field = page.locator("[data-slot][placeholder=成文日期]")
    page.locator("[data-today]").click()
    today = page.evaluate(
        "(() => { const d = new Date(); "
        "return `${d.getFullYear()}年${d.getMonth() + 1}月${d.getDate()}日`; })()"
    )
    assert field.input_value() == today
    page.locator("[data-day]").fill("2027-03-05")
    assert field.input_value() == "2027年3月5日"
    settle(page)
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert field.input_value() == "2027年3月5日"


def test_the_class_mark_is_proposed_with_its_reason_and_taken_with_one_click(page):
    told = page.locator(".rg-class_mark .rg-why-mark")
    assert "建议标" in told.inner_text() and "项建议" in told.inner_text()
    menu = page.locator(".rg-class_mark select")
    assert menu.input_value() == ""
    mark = told.locator("b").inner_text()
    told.get_by_role("button").click()
    assert menu.input_value() == mark
    settle(page)
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert menu.input_value() == mark
    assert page.locator(".rg-why-mark").inner_text()  # the reason stays in sight


def test_a_typed_fact_is_answered_for_and_taken_back(page):
    page.locator("p[data-ask='1'] textarea[data-slot]").fill(TYPED)
    row = page.locator(".rg-findings li", has_text="京东集团")
    row.and_(page.locator(".rg-block")).wait_for()
    row.get_by_role("button", name="属实").click()
    page.locator(".rg-findings li.rg-note", has_text="声明属实").wait_for()
    assert page.locator(".rg-findings li.rg-block", has_text="京东集团").count() == 0
    assert not page.evaluate("document.activeElement === document.body")
    row.locator("[data-vouch]", has_text="收回").click()
    page.locator(".rg-findings li.rg-block", has_text="京东集团").wait_for()


def test_a_warning_stands_at_its_field_and_goes_when_the_field_is_filled(visit, url):
    with visit(url) as page:
        text = "关于夜市管理的几点意见\n夜市占道。\n建议：\n一、划定夜市范围，错时经营。"
        page.get_by_label("粘贴提案或建议的全文").fill(text)
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        settle(page)
        told = page.locator("[data-warns=channel]")
        menu = page.locator("[data-head=channel]")
        gap = told.bounding_box()["y"] - menu.bounding_box()["y"]
        assert 0 < gap < 60
        assert "看不出" in told.inner_text()
        menu.select_option("npc")
        assert told.count() == 0
        page.wait_for_timeout(1300)
        settle(page)
        page.reload()
        page.locator(".rg-findings").wait_for()
        assert told.count() == 0


def test_what_cannot_be_read_is_told_beside_the_field_and_hides_nothing(visit, url, tmp_path):
    with visit(url) as page:
        box = page.get_by_label("粘贴提案或建议的全文")
        page.get_by_role("button", name="读取提案").click()
        told = page.locator("#rg-step-1 .rg-wrong")
        told.wait_for()
        assert page.locator(".toast-body").count() == 0
        box.click()  # nothing lies over it
        page.keyboard.type("关于夜市的提案")
        assert told.count() == 0
        assert box.input_value() == "关于夜市的提案"
        box.fill("")
        page.get_by_role("button", name="读取提案").click()
        told.wait_for()  # the same again is told again
        (tmp_path / "空.txt").write_bytes(b"")
        box.fill(NO_HEAD)
        page.locator("#rg-material input[type=file]").set_input_files(tmp_path / "空.txt")
        page.locator("#rg-material").get_by_text("空.txt").first.wait_for()
        page.get_by_role("button", name="读取提案").click()
        told.wait_for()
        assert "空.txt" in told.inner_text()
        assert box.input_value() == NO_HEAD

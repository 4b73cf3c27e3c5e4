"""The year's list in a real browser: handed in, drafted, narrowed, opened at the desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from replygen.settings import Page

pytestmark = pytest.mark.browser
PAPERS = {
    "0301": (
        "关于<b>学校</b>周边交通的提案",
        "在中小学门口设置限时停车位和即停即走区，上下学时段安排交警值守。\n"
        "二、开展交通安全教育进校园活动，每学期不少于两次。",
        "2026-06-30",
    ),
    "0302": (
        "关于改善接送学生秩序的提案",
        "划出接送学生专用的短时停靠区域，放学高峰增派警力疏导校门口车流。\n"
        "二、建设步行巴士线路，组织志愿者护送低年级学生。",
        "2099-06-30",
    ),
    "0303": (
        "关于规范直播带货的提案",
        "加强直播间监测。\n二、建立主播信用档案。",
        "2026-05-30",
    ),
    "0304": ("关于没有来的提案", "", "2099-01-01"),
}
PAPER = "市政协五届三次会议提案\n编号：{}\n案由：{}\n提案人：林静\n建议：\n一、{}\n"


@pytest.fixture(scope="module")
def served(serve, small_settings, tmp_path_factory) -> Iterator[object]:
    with serve(small_settings(tmp_path_factory.mktemp("year"))) as served:
        yield served


@pytest.fixture(scope="module")
def handed(tmp_path_factory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("handed")
    book = Workbook()
    book.active.append(["编号", "案由", "提案人", "办理期限"])
    files = []
    for number, (title, text, day) in PAPERS.items():
        book.active.append([number, title, "林静", day])
        if text:
            files.append(folder / f"{number}.txt")
            files[-1].write_text(PAPER.format(number, title, text), encoding="utf-8")
    book.save(folder / "交办清单.xlsx")
    return folder / "交办清单.xlsx", files


def take_picture(page, name: str) -> None:
    if folder := os.environ.get("REPLYGEN_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def open_year(page) -> None:
    page.get_by_role("tab", name="批次").click()


def hand_in(page, handed) -> None:
    source, files = handed
    page.locator("#rg-year-list input[type=file]").set_input_files(source)
    page.locator("#rg-year-list").get_by_text("交办清单").first.wait_for()
    page.locator("#rg-year-files input[type=file]").set_input_files(files)
    page.locator("#rg-year-files").get_by_text("0303").first.wait_for()
    page.get_by_role("button", name="开始起草").click()
    page.get_by_text("这一批做完了").wait_for()


def shown(page) -> list[str]:
    rows = page.locator("[data-year-row]:visible td:first-child")
    return [text.strip() for text in rows.all_inner_texts()]


def test_a_list_is_handed_in_drafted_narrowed_and_opened_at_the_desk(
    visit, served, handed, tmp_path
):
    with visit(served.url) as page:
        open_year(page)
        page.get_by_text("三步就有全年的草稿").wait_for()
        take_picture(page, "year-empty")
        page.get_by_role("button", name="开始起草").click()
        page.get_by_text("请先放入交办清单").first.wait_for()
        hand_in(page, handed)
        page.locator("[data-year-row]").nth(3).wait_for()
        assert shown(page) == list(PAPERS)
        page.wait_for_timeout(600)  # the fold closes
        take_picture(page, "year")

        page.get_by_label("次序").select_option("due")
        assert shown(page) == ["0303", "0301", "0304", "0302"]
        page.get_by_label("只看").select_option("trouble")
        assert shown(page) == ["0304"]
        page.get_by_label("只看").select_option("twin")
        assert shown(page) == ["0301", "0302"]
        page.get_by_label("只看").select_option("")
        page.get_by_label("找", exact=True).fill("直播")
        assert shown(page) == ["0303"]
        pair = page.locator(".rg-twin").first
        assert "短时停靠区域" in pair.inner_text()
        assert "限时停车位" in pair.inner_text()
        with page.expect_download() as started:
            page.get_by_role("button", name="下载总览").click()
        started.value.save_as(tmp_path / "总览.xlsx")
        assert (tmp_path / "总览.xlsx").read_bytes()[:2] == b"PK"

        page.get_by_role("button", name="关于规范直播带货的提案").click()
        page.locator("[data-letter]").wait_for()
        assert page.get_by_role("tab", name="起草").get_attribute("aria-selected") == "true"
        assert "加强直播间监测" in page.locator("#rg-step-2").inner_text()
        take_picture(page, "year-desk")
        open_year(page)
        row = page.locator("[data-year-row]", has_text="0303")
        row.get_by_text("本机").wait_for()
        assert shown(page) == ["0303"]  # what it was narrowed to stays


def test_a_phone_shows_the_list_without_scrolling_sideways(visit, served):
    with visit(served.url, 390, 844) as page:
        open_year(page)
        page.locator(".rg-year, .rg-empty ol").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        take_picture(page, "year-phone")


def test_the_list_works_in_a_folder_of_a_web_site(visit, serve, served, handed):
    settings = replace(served.settings, page=Page(root_path="/replygen"))
    with serve(settings) as below, visit(f"{below.url}/replygen/") as page:
        open_year(page)
        hand_in(page, handed)
        page.get_by_role("button", name="关于规范直播带货的提案").first.click()
        page.locator("[data-letter]").wait_for()

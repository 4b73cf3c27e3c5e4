"""Every tab with something in it, for everybody: axe-core finds nothing serious, at the width
of an old office screen and of a phone; all words are Chinese whatever the browser's language."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import Workbook

from replygen.service.desk import Desk
from replygen.service.follow import add_follow
from replygen.settings import resource

pytestmark = pytest.mark.browser
PROPOSAL = resource("corpus", "proposals", "0126.docx")
WINDOWS = [(1366, 768, "zh-CN"), (390, 844, "en-US")]
# What a page shows and has no Chinese sign: words of Gradio that nobody has translated.
ENGLISH = """() => {
  const found = new Set();
  const told = /[\\u4e00-\\u9fff]|\\.\\w{2,4}$/; // in Chinese, or a file's name
  const foreign = (text) => /[A-Za-z]{3,}/.test(text) && !told.test(text);
  for (const e of document.body.querySelectorAll("*")) {
    if (!e.checkVisibility() || e.closest("[translate=no]")) continue; // the name of a file
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (foreign(e.getAttribute(name) || "")) found.add(`${name}: ${e.getAttribute(name)}`);
    for (const n of e.childNodes)
      if (n.nodeType === Node.TEXT_NODE && foreign(n.data.trim())) found.add(n.data.trim());
  }
  return [...found];
}"""


@pytest.fixture(scope="module")
def served(serve, small_settings, tmp_path_factory) -> Iterator[object]:
    folder = tmp_path_factory.mktemp("access")
    public = folder / "公开答复"
    public.mkdir()
    for path in sorted(resource("corpus", "others").glob("*noise*")):
        copy(path, public)
    settings = replace(small_settings(folder), folders=(public,))
    with Desk(settings) as desk:
        desk.add([resource("corpus", "policies"), resource("corpus", "rules")])
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
    add_follow(settings.work, "科室共享", str(public), own=True)
    with serve(settings) as served:
        yield served


@pytest.fixture(scope="module")
def files(served, tmp_path_factory) -> dict[str, Path]:
    """An edited draft, a list of two proposals that ask for the same, a broken file."""
    import docx

    folder = tmp_path_factory.mktemp("files")
    with Desk(served.settings) as desk:
        desk.draft(desk.read_proposal(PROPOSAL), output=folder / "答复.docx")
    document = docx.Document(str(folder / "答复.docx"))
    body = [p for p in document.paragraphs if len(p.text) > 40]
    body[1].add_run("根据《中华人民共和国电子商务法》第九百条，泊原市检查商户5213家。")
    document.save(str(folder / "答复.docx"))
    book = Workbook()
    book.active.append(["编号", "案由", "提案人", "办理期限"])
    for number in ("0301", "0302"):
        book.active.append([number, "关于校门口停车的提案", "林静", "2026-06-30"])
        (folder / f"{number}.txt").write_text(
            f"市政协五届三次会议提案\n编号：{number}\n案由：关于校门口停车的提案\n提案人：林静\n"
            "建议：\n一、在中小学门口设置限时停车位和即停即走区。\n二、开展交通安全教育。\n",
            encoding="utf-8",
        )
    book.save(folder / "清单.xlsx")
    (folder / "坏的.docx").write_bytes(b"PK\x03\x04 broken")
    return {path.name: path for path in folder.iterdir()}


def open_tab(page, name: str, within: str = "") -> None:
    """Open a tab, also one that Gradio has folded into its menu."""
    tab = page.locator(f"{within} [role=tab]:text-is('{name}'):visible".strip())
    if tab.count() == 0:
        page.locator(f"{within} .overflow-menu > button:visible".strip()).first.click()
        tab = page.locator(f"{within} .overflow-dropdown button:text-is('{name}')".strip())
    tab.first.click()
    page.wait_for_timeout(400)


def put(page, place: str, *paths: Path) -> None:
    """Choose files; once more where the page was not awake yet when it was told."""
    from playwright.sync_api import TimeoutError

    for _ in range(3):
        page.locator(f"{place} input[type=file]").first.set_input_files(paths)
        try:
            page.locator(place).get_by_text(paths[-1].stem).first.wait_for(timeout=8_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{paths[-1].name} was not taken")


def walk(page, files: dict[str, Path]) -> Iterator[str]:
    """Go through the page as its users do; stop where there is something new to look at."""
    yield "desk without a proposal"
    page.get_by_label("粘贴提案或建议的全文").fill(
        "关于直播的提案\n建议：一、加强直播间监测。\n二、建立主播信用档案，组织培训。"
    )
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-findings").wait_for()
    yield "desk with a letter"

    open_tab(page, "批次")
    yield "year without a list"
    put(page, "#rg-year-list", files["清单.xlsx"])
    put(page, "#rg-year-files", files["0301.txt"], files["0302.txt"])
    yield "year with files chosen"
    page.get_by_role("button", name="开始起草").click()
    page.locator("#rg-year-run").get_by_text("这一批做完了").wait_for()
    page.locator(".rg-twin").first.wait_for()
    yield "year"

    open_tab(page, "审核")
    yield "reviewer without a draft"
    put(page, "#rg-check-draft", files["答复.docx"])
    page.get_by_role("button", name="开始核查").click()
    page.locator(".rg-checked").wait_for()
    page.locator("[data-why]").first.click()
    yield "findings, one being set aside"
    yield from walk_reviewer(page)

    open_tab(page, "语料库")
    page.locator("[data-open]").first.click()
    page.locator(".rg-document").wait_for()
    yield "document"
    page.get_by_role("button", name="更正读错的内容").click()
    page.locator("#rg-correcting").wait_for()
    yield "corrections"
    open_tab(page, "加入材料", "#rg-index-tabs")
    put(page, "#rg-add", files["0301.txt"], files["坏的.docx"])
    page.locator("#rg-add-go").click()
    page.locator("#rg-batch-panel").get_by_text("这一批做完了").wait_for()
    yield "batch"
    yield from walk_index(page)
    open_tab(page, "设置")
    page.get_by_role("button", name="看首页样子").click()
    page.locator("#rg-preview .rg-first-page").wait_for()
    yield "settings"


def walk_reviewer(page) -> Iterator[str]:
    """The reviewer's other tabs."""
    for name in ("逐条答复", "对照", "法规", "记录"):
        open_tab(page, name, "#rg-review-tabs")
        yield f"review: {name}"


def walk_index(page) -> Iterator[str]:
    """The indexer's tabs that only show."""
    open_tab(page, "跟踪来源", "#rg-index-tabs")
    page.get_by_role("table", name="跟踪的来源").wait_for()
    yield "followed sources"
    open_tab(page, "检索", "#rg-index-tabs")
    page.get_by_label("要找的内容").fill("直播带货")
    page.get_by_label("要找的内容").press("Enter")
    page.locator(".rg-found").wait_for()
    yield "hits"
    open_tab(page, "统计", "#rg-index-tabs")
    page.locator("#rg-count").click()
    page.locator(".rg-plots").wait_for()
    page.locator("#rg-audit").click()
    page.get_by_text("个格式文件").wait_for()
    yield "statistics"
    page.locator(".rg-kinds [data-look]").first.click()
    page.locator(".rg-full:visible").wait_for()
    yield "whole document"
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height", "locale"), WINDOWS)
def test_nothing_keeps_anybody_from_any_tab(visit, served, files, width, height, locale):
    sync = pytest.importorskip("axe_playwright_python.sync_playwright")
    axe, wrong, wide, english = sync.Axe(), [], [], []
    with visit(served.url, width, height, locale) as page:
        for place in walk(page, files):
            page.wait_for_timeout(500)
            if folder := os.environ.get("REPLYGEN_PICTURES"):
                page.screenshot(path=f"{folder}/{place}-{width}.png".replace(": ", "-"))
            wrong += [
                (place, found["id"], node["html"][:140])
                for found in axe.run(page).response["violations"]
                if found["impact"] in ("serious", "critical")
                for node in found["nodes"]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(place)
            english += [(place, words) for words in page.evaluate(ENGLISH)]
    assert wrong == []
    assert wide == []
    assert english == []

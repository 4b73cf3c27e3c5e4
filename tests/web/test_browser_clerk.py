"""The clerk's whole path in a real browser: stored work, edited asks, the three copies."""

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
MATERIAL = "我局2026年开展直播间虚假宣传专项监测18次，检查直播场所26家，责令整改31家。\n"


class Server:
    """A server of its own, in a process of its own, that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
        command += ["--index", str(self.folder / "index")]
        command += ["--profile", str(resource("corpus", "profile.toml"))]
        env = {**os.environ, "REPLYGEN_WORK": str(self.folder / "work")}
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "serve", "--port", str(self.port)], stdout=log, stderr=log, env=env
            )
        for _ in range(240):
            try:
                with urllib.request.urlopen(self.url, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            time.sleep(0.25)
        raise AssertionError("the server does not answer")

    def stop(self) -> None:
        """Stop it, as Ctrl+C or a power switch would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clerk")
    profile = load_profile(resource("corpus", "profile.toml"))
    with Desk(Settings(index=folder / "index", work=folder / "work", profile=profile)) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add([resource("corpus", "rules")])
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
    server = Server(folder)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


@pytest.fixture
def page(visit, server) -> Iterator[object]:
    with visit(server.url) as page:
        yield page


def paste(
    page, title: str = "关于促进我市直播电商规范经营的提案", proposers: str = "许知行"
) -> None:
    """Paste a proposal and wait for its cards."""
    page.get_by_label("粘贴提案或建议的全文").fill(
        f"市政协五届三次会议提案\n第0126号\n{title}\n提案人：{proposers}\n主办单位：市市场监督管理局\n"
        "直播带货投诉较多，消费者维权不易。\n建议：\n"
        "一、加强直播间监测。严查虚假宣传、以次充好。\n"
        "二、建立主播培训制度。对主播开展法律法规培训。\n"
        "三、出台地方标准。支持行业协会制定自律公约。"
    )
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()
    unfold(page)


def unfold(page) -> None:
    """Open the fields of the head and the asks, folded where nothing is missing."""
    page.locator(".rg-findings").wait_for()
    page.evaluate("document.querySelectorAll('.rg-fold').forEach((fold) => { fold.open = true })")


def saved(page) -> None:
    """Wait until the page says that the work is stored."""
    page.locator(".rg-saved:not(.rg-saving)").wait_for()
    page.wait_for_timeout(100)


def topics(page) -> list[str]:
    return [page.locator("[data-topic]").nth(n).input_value() for n in range(ask_count(page))]


def ask_count(page) -> int:
    return page.locator(".rg-asks > li").count()


def make_draft(page) -> None:
    """Wait until the letter is the one for what the other columns hold."""
    page.locator(".rg-findings").wait_for()
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.wait_for_timeout(200)


def fill_everything(page) -> None:
    """Fill every open place, drop what can be dropped; wait until nothing is missing."""
    while page.locator("[data-drop]", has_text="删去").count():
        page.locator("[data-drop]", has_text="删去").first.click()
    page.locator("select[data-slot]").select_option("B")
    values = {"序号": "12", "成文日期": "2026年11月22日"}
    for field in page.locator("[data-slot]:enabled").all():
        if not field.input_value():
            name = field.get_attribute("placeholder")
            field.fill(values.get(name, f"亲手写的{name}"))
            field.blur()
    for box in page.locator("[data-confirm]").all():
        box.check()
    page.locator("#rg-final", has_text="下载定稿").wait_for()


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


def read_xml(path: Path) -> dict[str, str]:
    """The parts of a .docx as text."""
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
        return {name: archive.read(name).decode("utf-8") for name in names}


def plain(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def test_from_paste_to_the_opened_word_files_with_a_reload_and_a_restart(page, server, tmp_path):
    start = time.monotonic()
    paste(page)
    assert time.monotonic() - start < 15
    assert page.locator("[data-head=number]").input_value() == "0126"
    assert page.locator("[data-head=proposers]").input_value() == "许知行"
    assert ask_count(page) == 3

    page.locator("[data-head=assigned]").fill("2026-09-10")
    saved(page)
    page.locator(".rg-deadline-words", has_text="12月10日到期").wait_for()
    box = page.locator(".rg-card.rg-chosen [data-card]").first
    name = box.get_attribute("data-card")
    box.uncheck()
    saved(page)
    make_draft(page)

    page.reload()  # in the middle: the head, the asks, the ticks are there
    page.locator(".rg-cards").wait_for()
    assert page.locator("[data-head=assigned]").input_value() == "2026年9月10日"
    assert not page.locator(f"[data-card='{name}']").is_checked()
    make_draft(page)
    assert page.locator("#rg-final").is_disabled()
    assert "定稿还差：待填" in page.locator("#rg-final").inner_text()
    assert page.locator("#rg-public").is_disabled()
    comments = read_xml(save(page, "#rg-docx", tmp_path / "草稿.docx"))
    assert "word/comments.xml" in comments
    number = page.locator("[data-slot][placeholder=序号]")
    number.fill("37")
    number.blur()
    saved(page)

    server.stop()  # what was typed survives the server
    server.start()
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert page.locator("[data-slot][placeholder=序号]").input_value() == "37"
    assert not page.locator(f"[data-card='{name}']").is_checked()
    fill_everything(page)
    final = read_xml(save(page, "#rg-final", tmp_path / "定稿.docx"))
    text = plain(final["word/document.xml"])
    assert "word/comments.xml" not in final
    assert "37" in text and "许知行委员" in text and "2026年11月22日" in text
    assert "【" not in text
    assert "w:highlight" not in final["word/document.xml"]
    assert "0000-1234567" in text

    public = read_xml(save(page, "#rg-public", tmp_path / "公开稿.docx"))
    page.locator(".rg-removed-list summary", has_text="公开稿去掉了").click()
    assert "0000-1234567" in page.locator(".rg-removed-list").inner_text()
    assert "0000-1234567" not in "".join(public.values())
    assert "许嘉木" not in "".join(public.values())
    page.locator(".rg-drafts > summary").click()
    page.locator(".rg-here .rg-badge", has_text="已定稿").wait_for()


def test_two_who_signed_get_a_letter_each_in_one_zip(page, tmp_path):
    paste(page, proposers="许知行、林静")
    make_draft(page)
    fill_everything(page)
    assert "逐人各一份" in page.locator("#rg-final").inner_text()
    with zipfile.ZipFile(save(page, "#rg-final", tmp_path / "定稿.zip")) as letters:
        names = letters.namelist()
        assert [name.partition("定稿")[2] for name in names] == [
            ".docx", "-许知行.docx", "-林静.docx",
        ]  # fmt: skip
        alone = read_xml(Path(letters.extract(names[2], tmp_path)))
    text = plain(alone["word/document.xml"])
    assert "林静委员：" in text and "许知行" not in text
    assert "word/comments.xml" not in alone


def test_asks_are_moved_merged_split_added_deleted_and_brought_back(page):
    paste(page)
    first, second, third = topics(page)
    page.locator("[data-do=down]").nth(0).click()
    assert topics(page) == [second, first, third]
    page.locator("[data-do=up]").nth(2).click()
    assert topics(page) == [second, third, first]
    page.locator("[data-do=merge]").nth(2).click()
    assert topics(page) == [second, f"{third}、{first}"]  # no point is lost
    area = page.locator("[data-text]").nth(1)
    whole = area.input_value()
    assert whole.count("\n") == 1
    area.evaluate(
        "(a) => { a.focus(); a.selectionStart = a.selectionEnd = a.value.indexOf('\\n') }"
    )
    page.locator("[data-do=split]").nth(1).click()
    assert topics(page) == [second, third, first]
    assert page.locator("[data-text]").nth(1).input_value() == whole.split("\n")[0]
    assert page.locator("[data-text]").nth(2).input_value() == whole.split("\n")[1]
    page.locator("[data-do=remove]").nth(0).click()
    assert ask_count(page) == 2
    page.locator("[data-turn=undo]:enabled").click()
    page.locator(".rg-asks > li").nth(2).wait_for()
    page.wait_for_function("() => !window.rgIsTurning()")
    assert ask_count(page) == 3
    page.locator("[data-do=add]").click()
    page.keyboard.type("设立举报奖励")  # the new ask has the focus
    saved(page)
    page.locator(".rg-ask").nth(3).wait_for()  # evidence and letter follow by themselves
    page.locator(".rg-paper .rg-heading1").nth(3).wait_for()
    page.reload()
    page.locator(".rg-cards").wait_for()
    assert ask_count(page) == 4
    assert topics(page)[2]  # the split half got a topic
    assert page.locator("[data-text]").nth(3).input_value() == "设立举报奖励"


def test_two_windows_of_one_draft_are_put_together_and_what_both_wrote_is_given_back(
    page, visit, server
):
    paste(page, "关于两个窗口的提案")
    draft = page.evaluate("sessionStorage.getItem('rg-draft')")
    with visit(server.url) as other:
        other.evaluate("(id) => sessionStorage.setItem('rg-draft', id)", draft)
        other.reload()
        other.locator(".rg-cards").wait_for()
        unfold(other)
        other.locator("[data-head=number]").fill("0777")
        other.locator("[data-head=proposers]").fill("那边的人")
        saved(other)
        page.locator("[data-head=proposers]").fill("这边的人")
        page.locator("[data-head=title]").fill("这边的题目")
        page.locator(".rg-clash").wait_for()
        assert page.locator("[data-head=number]").input_value() == "0777"
        assert page.locator("[data-head=title]").input_value() == "这边的题目"
        assert page.locator("[data-head=proposers]").input_value() == "那边的人"
        page.locator("[data-head=session]").fill("五届四次")  # going on leaves the notice
        saved(page)
        page.mouse.wheel(0, 900)
        told = page.locator(".rg-clash")
        assert "提案人：这边的人" in told.inner_text() and "那边的人" in told.inner_text()
        assert told.bounding_box()["y"] >= 0  # in sight, wherever one reads
        if folder := os.environ.get("REPLYGEN_PICTURES"):
            page.screenshot(path=f"{folder}/two-windows.png")
        told.get_by_role("button", name="复制").click()
        told.get_by_role("button", name="已复制").wait_for()
        other.reload()
        other.locator(".rg-cards").wait_for()
        unfold(other)
        heads = {n: other.locator(f"[data-head={n}]").input_value() for n in ("number", "title")}
        assert heads == {"number": "0777", "title": "这边的题目"}
    page.reload()
    page.locator(".rg-clash").wait_for()  # a reload takes nothing away
    page.get_by_role("button", name="知道了").click()
    page.locator(".rg-clash").wait_for(state="hidden")


def test_a_draft_that_is_composed_again_says_so_meanwhile(page):
    paste(page)
    make_draft(page)
    assert page.locator(".rg-making-sign").inner_text() == ""
    page.locator("#rg-make").click()
    page.locator(".rg-making-sign", has_text="正在重新生成草稿").wait_for()
    if folder := os.environ.get("REPLYGEN_PICTURES"):
        page.screenshot(path=f"{folder}/making.png")
    page.locator("body:not(.rg-making)").wait_for()
    assert not page.locator(".rg-making-sign").is_visible()


def test_the_class_mark_is_chosen_among_the_marks_of_the_scheme(page):
    paste(page)
    make_draft(page)
    marks = page.locator("select[data-slot]")
    options = marks.locator("option").all_inner_texts()
    assert options[0] == "请选择类别" and marks.input_value() == ""
    assert [option[0] for option in options[1:]] == ["A", "B", "C"]  # a proposal's, three
    marks.select_option("B")
    saved(page)
    if folder := os.environ.get("REPLYGEN_PICTURES"):
        page.screenshot(path=f"{folder}/class-mark.png")
    page.reload()
    page.locator(".rg-findings").wait_for()
    assert page.locator("select[data-slot]").input_value() == "B"


def test_splitting_without_a_place_says_what_to_do(page):
    paste(page)
    page.locator("[data-do=split]").first.click()
    assert "请先在建议内容里点一下" in page.locator(".rg-ask-said").inner_text()
    assert ask_count(page) == 3


def test_asks_can_be_edited_with_the_keyboard_alone(page):
    paste(page)
    before = topics(page)
    page.locator("[data-topic]").first.focus()
    page.keyboard.press("Tab")  # up is disabled for the first: down comes next
    assert page.evaluate("document.activeElement.dataset.do") == "down"
    page.keyboard.press("Enter")
    assert topics(page) == [before[1], before[0], before[2]]
    assert page.evaluate("document.activeElement.dataset.do") == "down"  # goes on with it
    assert "已移到第 2 项" in page.locator(".rg-ask-said").inner_text()


def test_drafts_are_listed_opened_and_deleted_after_asking(page, server):
    paste(page, "关于列表里第一份的提案")
    page.locator("[data-draft-new]").click()
    page.get_by_role("button", name="读取提案").wait_for()
    row = page.locator(".rg-drafts tr", has_text="列表里第一份")
    assert "待填" in row.inner_text() or "必须改" in row.inner_text()
    assert "没有填交办日期" in row.inner_text()
    paste(page, "关于列表里第二份的提案")
    page.locator(".rg-drafts > summary").click()
    page.locator("[data-draft-open]", has_text="列表里第一份").click()
    page.locator(".rg-here", has_text="列表里第一份").wait_for(state="attached")
    assert page.locator("[data-head=title]").input_value() == "关于列表里第一份的提案"

    page.locator(".rg-drafts > summary").click()
    row = page.locator(".rg-drafts tr", has_text="列表里第一份")
    row.locator("[data-draft-delete]").click()
    row.locator("[data-draft-keep]").click()
    assert row.locator("[data-draft-delete]").is_visible()
    row.locator("[data-draft-delete]").click()
    row.locator("[data-draft-sure]").click()
    page.get_by_role("button", name="读取提案").wait_for()
    assert page.locator(".rg-drafts", has_text="列表里第一份").count() == 0
    assert page.locator("[data-draft-open]", has_text="列表里第二份").count() == 1
    page.reload()
    page.locator("body.rg-ready").wait_for()
    assert page.locator(".rg-drafts", has_text="列表里第一份").count() == 0


def test_attached_material_becomes_our_own_facts_and_survives_a_reload(page, tmp_path):
    path = tmp_path / "监测台账.txt"
    path.write_text("云川市市场监督管理局直播监测工作总结\n" + MATERIAL, encoding="utf-8")
    paste(page)
    with page.expect_file_chooser() as chooser:
        page.locator("#rg-attach").click()
    chooser.value.set_files(path)
    page.locator(".rg-material li", has_text="监测台账.txt").wait_for()
    page.locator(".rg-card.rg-own", has_text="专项监测18次").first.wait_for(state="attached")
    page.reload()
    page.locator(".rg-card.rg-own", has_text="专项监测18次").first.wait_for(state="attached")
    page.locator("[data-detach]").click()
    page.locator(".rg-material li").wait_for(state="detached")
    page.locator(".rg-card.rg-own", has_text="专项监测18次").first.wait_for(state="detached")


def test_what_the_unit_typed_is_offered_the_next_time(page):
    page.get_by_label("粘贴提案或建议的全文").fill(
        "关于加强夜市管理的提案\n建议：一、划定夜市范围。二、控制夜市噪声。"
    )
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()
    unfold(page)
    page.locator("[data-head=host_role]").select_option("会办")
    page.locator("[data-slot][placeholder=主办单位]").first.wait_for()
    make_draft(page)
    field = page.locator("[data-slot][placeholder=主办单位]").first
    field.fill("市城市管理局")
    field.blur()
    saved(page)
    page.locator("[data-draft-new]").click()
    page.get_by_label("粘贴提案或建议的全文").fill("关于加强小区管理的提案\n建议：一、整治噪声。")
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()
    unfold(page)
    page.locator("[data-head=host_role]").select_option("会办")
    page.locator("[data-slot][placeholder=主办单位]").first.wait_for()
    make_draft(page)
    offer = page.locator("[data-offer]", has_text="市城市管理局").first
    offer.click()
    assert page.locator("[data-slot][placeholder=主办单位]").first.input_value() == "市城市管理局"
    saved(page)


def test_two_users_at_once_do_not_see_each_others_drafts(chromium, guarded):
    from replygen.workspace import UserFile

    assert isinstance(guarded.users, UserFile)
    if "小张" not in {user.name for user in guarded.users.users()}:
        guarded.users.add("小张", "zhang-2026-clerk", ["clerk"])
    pages = []
    for name, password in (("小林", guarded.passwords["小林"]), ("小张", "zhang-2026-clerk")):
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(guarded.url)
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(password)
        page.keyboard.press("Enter")
        page.locator("body.rg-ready").wait_for()
        pages.append(page)
    one, other = pages
    paste(one, "关于小林一个人的提案")
    paste(other, "关于小张一个人的提案")
    make_draft(one)
    make_draft(other)
    for page, own, foreign in ((one, "小林", "小张"), (other, "小张", "小林")):
        page.reload()
        page.locator(".rg-findings").wait_for()
        assert own in page.locator("[data-head=title]").input_value()
        listed = page.locator(".rg-drafts").inner_html()
        assert f"{own}一个人" in listed and f"{foreign}一个人" not in listed
    stolen = one.evaluate("sessionStorage.getItem('rg-draft')")
    other.evaluate("(id) => sessionStorage.setItem('rg-draft', id)", stolen)
    other.reload()
    other.locator("body.rg-ready").wait_for()
    other.get_by_role("button", name="读取提案").wait_for()
    assert "小林一个人" not in other.content()
    for page in pages:
        page.context.close()


@pytest.mark.parametrize("width", [390, 1366])
def test_no_state_of_the_page_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    paste(page)
    make_draft(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """(width) => [...document.querySelectorAll('.rg-editor *, .rg-card *, .rg-drafts-bar *')]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.rg-scroll'))
            .map(e => e.outerHTML.slice(0, 80))""",
        width,
    )
    assert wide == []


def test_fields_and_buttons_have_names(page):
    paste(page)
    make_draft(page)
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('.rg-editor :is(input, textarea, select, button),'
            + '[data-slot], [data-card], .rg-drafts button')]
            .filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.length))
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert unnamed == []

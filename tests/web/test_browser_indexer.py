"""The indexer's tab in a real browser: a batch with good, repeated, broken and hostile files,
stopped and tried again; a field put right; another user at work meanwhile."""

from __future__ import annotations

import csv
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from replygen.service.desk import Desk
from replygen.settings import FollowLimits, Settings, load_profile, resource
from replygen.workspace import AuditLog

pytestmark = pytest.mark.browser
SLOW = (
    "关于市政协五届三次会议第{n:04}号提案的答复\n张明委员：\n您提出的提案收悉，现答复如下：\n"
    "一、加强日常监管。第{n}组检查商户{n}家，建立台账{n}本，约谈负责人{n}人次。\n"
    "二、完善{n}号街区的协同机制。定期会商{n}次。\n岭台市市场监督管理局\n"
)
MANY = 6000  # files of a batch that is still at it when another user has drafted
HOSTILE = "关于<script>document.title='hacked'</script>的情况"


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory) -> Iterator[object]:
    folder = tmp_path_factory.mktemp("indexed")
    shared = folder / "公开答复"
    (shared / "2024").mkdir(parents=True)
    for path in sorted(resource("corpus", "others").glob("*2024*"))[:4]:
        shutil.copy(path, shared / "2024")
    (shared / "大批").mkdir()
    for n in range(MANY):
        (shared / "大批" / f"答复{n:04}.txt").write_text(SLOW.format(n=n), encoding="utf-8")
    settings = Settings(
        index=folder / "index",
        work=folder / "work",
        folders=(shared,),
        follow=FollowLimits(every=0.0),  # read when a test asks for it
        profile=load_profile(resource("corpus", "profile.toml")),
    )
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")))
        desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
        desk.add([resource("corpus", "rules")])
    with serve(settings) as served:
        yield served


def open_tab(page) -> None:
    page.get_by_role("tab", name="语料库").click()
    page.locator(".rg-list").wait_for()


@pytest.fixture
def page(visit, served) -> Iterator[object]:
    with visit(served.url) as page:
        open_tab(page)
        yield page


def choose(page, *paths: Path) -> None:
    """Choose files; once more where the page was not awake yet when it was told."""
    from playwright.sync_api import TimeoutError

    name = page.locator("#rg-add").get_by_text(paths[-1].stem, exact=False).first
    for _ in range(3):
        page.locator("#rg-add input[type=file]").set_input_files(paths)
        try:
            name.wait_for(timeout=8_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{paths[-1].name} was not taken")


def add(page) -> None:
    page.locator("#rg-add-go").click()


def wait_for_end(page, label: str) -> None:
    page.locator(".rg-batch", has_text=label).get_by_text("这一批做完了").wait_for()


def outcomes(page) -> dict[str, tuple[str, str]]:
    rows = page.locator(".rg-outcomes tr").all_inner_texts()[1:]
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    return {name: (state, note) for name, state, note in cells}


def choose_folder(page, name: str) -> None:
    page.locator("#rg-folder input").click()
    page.get_by_role("option", name=name, exact=True).click()


def find(page, words: str, count: int) -> None:
    page.get_by_role("tab", name="全部材料").click()
    box = page.get_by_label("标题、地区、单位、日期、文件名或正文里有")
    box.fill(words)
    box.press("Enter")
    page.get_by_text(f"符合的有 {count} 份" if count else "没有符合的材料").wait_for()


def download(page, button: str, path: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    started.value.save_as(path)
    return path


def make_mixed_files(folder: Path) -> list[Path]:
    """One good, one repeated, one broken, two hostile files, and an archive of both kinds."""
    import docx

    good = folder / "好的.docx"
    shutil.copy(resource("corpus", "others", "jizhou-noise-2024.docx"), good)
    shutil.copy(good, folder / "同一份.docx")
    (folder / "坏的.docx").write_bytes(good.read_bytes()[:3000])
    with zipfile.ZipFile(folder / "炸弹.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("../../evil.txt", "a" * 60_000_000)
    with zipfile.ZipFile(folder / "一包.zip", "w") as packed:
        packed.writestr("=好的.txt", SLOW.format(n=9901))
        packed.writestr("空的.txt", "")
    document = docx.Document()
    document.add_paragraph(HOSTILE)
    document.add_paragraph("<img src=x onerror=\"document.title='hacked'\">我局检查商户120家。")
    document.save(str(folder / "脚本.docx"))
    return sorted(folder.iterdir())


def test_each_file_of_a_batch_has_its_outcome_and_failures_can_be_tried_again(
    page, served, tmp_path
):
    files = make_mixed_files(tmp_path)
    page.get_by_role("tab", name="加入材料").click()
    choose(page, *files)
    page.get_by_label("出自哪里").fill("澜江省岭台市")
    add(page)
    wait_for_end(page, "6 个上传的文件")
    told = outcomes(page)
    assert (
        told["炸弹.zip"][0] == told["坏的.docx"][0] == told["一包.zip 里的 空的.txt"][0] == "失败"
    )
    assert sorted((told["好的.docx"][0], told["同一份.docx"][0])) == ["新增", "重复"]
    assert told["脚本.docx"] == ("新增", f"{HOSTILE}（没有认出文种，只按普通文字收存）")
    assert told["一包.zip 里的 =好的.txt"][0] == "新增"
    assert "恶意" in told["炸弹.zip"][1]

    table = download(page, "把逐个文件的结果存成表格", tmp_path / "结果.csv")
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + len(told)
    page.get_by_role("button", name="重试失败的 3 个文件").click()
    wait_for_end(page, "重试失败的 3 个文件")
    again = outcomes(page)
    assert set(again) == {"炸弹.zip", "坏的.docx", "一包.zip 里的 空的.txt"}
    with Desk(served.settings) as desk:
        names = {d.path for d in desk.documents()}
    assert any(n.startswith("上传/") and n.endswith("/一包.zip!=好的.txt") for n in names)
    sample = str(resource("corpus"))  # a checkout may itself lie under /tmp
    assert not any("gradio" in n or "/tmp" in n for n in names if not n.startswith(sample))

    find(page, "<script>", 1)
    page.locator("[data-open]").click()
    page.locator(".rg-document", has_text="<script>").wait_for()
    assert "澜江省岭台市" in page.locator(".rg-document").inner_text()
    first = page.get_by_role("button", name="删除这份材料").bounding_box()
    page.get_by_role("button", name="删除这份材料").click()
    page.get_by_text("30 天内可以恢复。原来的文件不动").wait_for()
    second = page.get_by_role("button", name="确认删除").bounding_box()
    apart = ("x", "width") if second["y"] < first["y"] + first["height"] else ("y", "height")
    low, high = sorted((first, second), key=lambda box: box[apart[0]])
    assert low[apart[0]] + low[apart[1]] <= high[apart[0]]  # a double click removes nothing
    page.get_by_role("button", name="确认删除").click()
    page.get_by_text("没有符合的材料").wait_for()
    last = AuditLog(served.settings.work).entries()[-1]
    assert (last.what, last.subject) == ("remove", HOSTILE)
    page.get_by_role("button", name="撤销删除").click()
    page.locator(".rg-document", has_text="<script>").wait_for()
    page.get_by_text("符合的有 1 份").wait_for()
    assert AuditLog(served.settings.work).entries()[-1].what == "restore"
    page.get_by_role("button", name="删除这份材料").click()
    page.get_by_role("button", name="确认删除").click()
    page.locator(".rg-removed-list summary").click()
    page.get_by_role("button", name="恢复 关于").click()
    page.get_by_text("符合的有 1 份").wait_for()


def drop(page, selector: str, *paths: Path) -> None:
    """Drop files or folders on a box, as the system's file manager does."""
    place = page.locator(selector).bounding_box()
    at = {"x": place["x"] + place["width"] / 2, "y": place["y"] + place["height"] / 2}
    given = {"items": [], "files": [str(p) for p in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **at, "data": given})


def test_a_folder_that_is_dropped_is_taken_file_by_file_and_the_button_says_so(page, tmp_path):
    folder = tmp_path / "往年"
    (folder / "2023").mkdir(parents=True)
    for n, name in enumerate(("一.txt", "2023/二.txt", ".隐藏", "~$一.docx")):
        (folder / name).write_text(SLOW.format(n=9950 + n), encoding="utf-8")
    page.get_by_role("tab", name="加入材料").click()
    drop(page, "#rg-add", folder)
    page.get_by_role("button", name="加入 2 份，标为外单位的").wait_for()
    page.get_by_label("本单位自己的（其中的事实可以写成已做）").first.check()
    page.get_by_role("button", name="加入 2 份，标为本单位的").click()
    wait_for_end(page, "2 个上传的文件")
    assert {name: state for name, (state, _) in outcomes(page).items()} == dict.fromkeys(
        ("一.txt", "二.txt"), "新增"
    )
    assert page.get_by_label("外单位的（只作参考）").first.is_checked()
    page.get_by_role("tab", name="起草", exact=True).click()
    drop(page, "#rg-file", folder)
    page.get_by_text("这里放不进文件夹：请打开文件夹，选里面的文件").wait_for()


def test_a_folder_of_the_server_is_added_and_no_other_is_offered(page, tmp_path):
    page.get_by_role("tab", name="加入材料").click()
    choose_folder(page, "公开答复 / 2024")
    add(page)
    wait_for_end(page, "文件夹“公开答复 / 2024”")
    assert len(outcomes(page)) == 4
    page.locator("#rg-folder input").click()
    offered = page.get_by_role("option").all_inner_texts()
    assert [o.strip("✓ \n") for o in offered] == ["公开答复", "公开答复 / 2024", "公开答复 / 大批"]


def test_a_batch_shows_its_progress_is_stopped_and_others_draft_meanwhile(chromium, served, page):
    import docx

    text = "\n".join(
        p.text for p in docx.Document(str(resource("corpus", "proposals", "0126.docx"))).paragraphs
    )
    page.get_by_role("tab", name="加入材料").click()
    choose_folder(page, "公开答复 / 大批")
    add(page)
    page.locator(f".rg-batch progress[max='{MANY}']").wait_for()
    assert f"/ {MANY} 个，每秒" in page.locator(".rg-batch").inner_text()

    other = chromium.new_context(locale="zh-CN").new_page()
    other.set_default_timeout(120_000)  # it shares two cores with the batch
    other.goto(served.url)
    other.get_by_label("粘贴提案或建议的全文").fill(text)
    other.get_by_role("button", name="读取提案").click()
    other.locator(".rg-cards").wait_for()
    other.get_by_role("tab", name="语料库").click()
    other.get_by_role("tab", name="加入材料").click()
    assert "公开答复 / 大批" in other.locator(".rg-batch").inner_text()
    panel = page.locator(".rg-batch")
    assert panel.locator("progress").is_visible(), panel.inner_text()[:80]  # still at it
    other.context.close()

    page.reload()  # the batch goes on without the page, and is seen again
    page.get_by_role("tab", name="语料库").click()
    page.get_by_role("tab", name="加入材料").click()
    page.get_by_role("button", name="停止").click()
    page.get_by_text("已停止").wait_for()
    done = int(page.locator(".rg-batch").inner_text().split(" 个，用时")[0].split()[-1])
    assert 0 < done < MANY
    with Desk(served.settings) as desk:
        assert sum("大批" in d.path for d in desk.documents()) == done
    page.locator("#rg-batch-go-on").click()
    page.locator(f".rg-batch progress[max='{MANY}']").wait_for()
    page.get_by_role("button", name="停止").click()
    page.get_by_text("已停止").wait_for()
    find(page, "第7号街区", 0)
    find(page, "完善7号街区", 1)  # a word of the text, not of the title


def test_a_field_that_was_read_wrongly_is_put_right_for_good(page, served, tmp_path):
    find(page, "第097号", 1)
    page.locator("[data-open]").click()
    page.locator(".rg-document").wait_for()
    page.get_by_role("button", name="更正读错的内容").click()
    form = page.locator("#rg-correcting")
    form.get_by_label("日期").fill("2025年7月")
    form.get_by_role("button", name="保存更正").click()
    page.get_by_text("写法不对，要写成 2025-06-20 这样").first.wait_for()
    form.get_by_label("标题").fill("提升主播素养的答复")
    form.get_by_label("日期").fill("2025-07-04")
    form.get_by_label("办理类别").fill("B")
    form.get_by_role("button", name="保存更正").click()
    page.locator(".rg-by-hand", has_text="2025-07-03").wait_for()
    assert not form.is_visible()
    find(page, "提升主播素养的答复", 1)
    with Desk(served.settings) as desk:
        report = desk.add(sorted(resource("corpus", "others").glob("boyuan*")))
        assert report.unchanged == len(report.outcomes)
        document = next(d for d in desk.documents() if "提升主播素养" in d.title)
        assert document.date == "2025-07-04"
        assert {c.field for c in desk.view(document.id).corrections} == {
            "title",
            "date",
            "result_class",
        }
    assert AuditLog(served.settings.work).entries()[-1].what == "correct"


def test_the_list_becomes_a_table_without_formulas(page, tmp_path):
    page.get_by_role("tab", name="全部材料").click()
    table = download(page, "把这份清单存成表格（CSV）", tmp_path / "清单.csv")
    data = table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[0][0] == "标题"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_statistics_are_plots_with_numbers_and_lead_to_the_papers(page):
    page.get_by_role("tab", name="统计").click()
    page.locator(".rg-plots").wait_for()
    images = page.locator(".rg-plots img")
    if images.count():  # without a Chinese font they are tables
        sizes = images.evaluate_all("all => all.map(i => i.naturalWidth)")
        assert len(sizes) == 4
        assert min(sizes) > 100
        assert all(images.evaluate_all("all => all.map(i => i.alt.length > 10)"))
    page.get_by_role("button", name="查引用了过时法规的材料").click()
    page.get_by_text("个格式文件").wait_for()
    page.locator(".rg-kinds [data-look]").first.click()
    page.locator(".rg-full:visible").wait_for()
    page.keyboard.press("Escape")
    page.locator(".rg-full:visible").wait_for(state="detached")


def test_a_source_is_followed_read_let_go_and_taken_back_on_the_page(page, served):
    page.get_by_role("tab", name="跟踪来源").click()
    page.get_by_text("还没有跟踪的来源").wait_for()
    page.locator("#rg-follow-add").click()
    page.get_by_text("请写一个网址或文件夹的路径").first.wait_for()
    page.locator("#rg-follow-place textarea, #rg-follow-place input").fill("/没有/这里")
    page.locator("#rg-follow-add").click()
    page.get_by_text("没有找到文件夹 /没有/这里").first.wait_for()
    page.locator("#rg-follow-place textarea, #rg-follow-place input").fill("")
    page.get_by_label("名字").fill("科室<b>共享")
    page.locator("#rg-follow-folder input").click()
    page.get_by_role("option", name="公开答复 / 2024", exact=True).click()
    page.locator("#rg-follow-add").click()
    shown = page.locator("#rg-following")
    shown.get_by_text("科室<b>共享").first.wait_for()
    assert page.get_by_label("名字").input_value() == ""
    page.locator("#rg-follow-run").click()
    shown.get_by_text("科室<b>共享：").wait_for()
    page.get_by_role("button", name="不再跟踪 科室").click()
    shown.get_by_text("它带来的材料都留着").wait_for()
    assert page.evaluate("document.activeElement !== document.body")
    page.get_by_role("button", name="撤销", exact=True).click()
    page.get_by_role("button", name="不再跟踪 科室").wait_for()
    log = [e.what for e in AuditLog(served.settings.work).entries()]
    assert log[-3:] == ["follow", "unfollow", "follow"]


def test_what_is_missing_is_told(page):
    page.get_by_role("tab", name="加入材料").click()
    add(page)
    page.get_by_text("请先选择要加入的文件或文件夹").first.wait_for()


def test_a_file_over_the_limit_is_refused_in_chinese_before_it_is_sent(
    visit, serve, served, tmp_path
):
    limits = replace(served.settings.limits, file_bytes=3000)
    large = tmp_path / "大的.txt"
    large.write_text("建议" * 1000, encoding="utf-8")
    told = "文件太大：大的.txt。一个文件最多"
    with serve(replace(served.settings, limits=limits)) as small, visit(small.url) as page:
        page.locator("#rg-file input[type=file]").set_input_files(large)
        page.locator(".toast-body", has_text=told).first.wait_for()
        if folder := os.environ.get("REPLYGEN_PICTURES"):
            page.screenshot(path=f"{folder}/too-large.png")
        page.locator(".toast-close").first.click()
        page.locator(".rg-dropped", has_text=told).wait_for()  # it stays beside the box
        page.get_by_label("粘贴提案或建议的全文").fill("关于夜市的提案\n建议：一、划定夜市范围。")
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-cards").wait_for()
        with page.expect_file_chooser() as chooser:
            page.locator("#rg-attach").click()
        chooser.value.set_files(large)
        page.locator(".toast-body", has_text=told).first.wait_for()
        assert page.get_by_text("exceed").count() == 0


def test_a_phone_shows_it_without_scrolling_sideways(visit, served):
    with visit(served.url, 390, 844) as page:
        open_tab(page)
        for tab in ("加入材料", "跟踪来源", "检索", "统计", "全部材料"):
            page.get_by_role("tab", name=tab, exact=True).click()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("[data-open]").first.click()
        page.locator(".rg-document").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

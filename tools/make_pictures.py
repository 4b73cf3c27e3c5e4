"""Make all pictures of docs/images anew, from the sample and the program as it is.

    python tools/make_pictures.py [NAME ...] [--keep FOLDER]

The pages are those of ``replygen serve`` in Debian's chromium, the Word page is rendered by
LibreOffice, the overview shows the workbook's own cells, the commands' output is what they
print. With names (desk, list, review, index, follow, overview, draft) only those are made;
``--keep`` leaves the index, so that another run is quick.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from replygen.service.desk import Desk
from replygen.service.sample import add_sample
from replygen.settings import Settings, resource, sample_settings
from tools.time_page import ARGS, wait_for_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
MOST_BYTES = 150_000
WIDTH, HEIGHT = 1366, 768
PROPOSAL = resource("corpus", "proposals", "0126.docx")
LIST = (
    ("编号", "案由", "提案人", "主办单位", "办理期限"),
    ("0073", "关于规范小学生校外托管机构管理的提案", "许静", "市教育局", "2026-12-20"),
    ("0126", "关于促进我市直播电商规范经营的提案", "林静", "市市场监管局", "2026-12-05"),
    (
        "0152",
        "关于以知识产权和标准化推动特色产业高质量发展的提案",
        "",
        "市市场监管局",
        "2026-12-31",
    ),
    ("0188", "关于加强电动自行车全链条安全管理的提案", "", "市市场监管局", "2027-01-15"),
    ("0205", "关于整治针对老年人的保健品“会销”乱象的提案", "", "市市场监管局", "2027-01-15"),
    ("0231", "关于整治保健品坑老骗老的提案", "方禾", "市市场监管局", "2027-01-15"),
    ("0402", "关于规范夜市经营的提案", "", "市市场监管局", "2027-01-15"),
)
LAW = """# 云川市电动自行车管理条例

2018年5月30日云川市第五届人民代表大会常务委员会第十一次会议通过{amended}

第一条 为了加强电动自行车管理，保障群众安全，制定本条例。

第二条 {who}负责电动自行车充电设施的监督管理，其他部门按照各自职责做好有关工作。

第三条 任何单位和个人不得在建筑物的公共门厅、楼梯间停放电动自行车或者为其充电。

第四条 本条例自2018年9月1日起施行。
"""
AMENDED = (
    " 根据2024年12月31日云川市第六届人民代表大会常务委员会第二十六次会议"
    "《关于修改〈云川市电动自行车管理条例〉的决定》修正"
)
REPLY = """对市政协五届二次会议第{number:04}号提案的答复

林静委员：
您提出的《{title}》收悉，现答复如下：
一、关于日常监管。{done}
下一步，我局将继续做好这项工作，每季度通报一次进展。

云川市市场监督管理局
2025年6月20日
"""
DROPPED = (
    ("关于规范停车收费的提案", "我局检查停车场86处，查处不明码标价11起，清退多收费用4.2万元。"),
    ("关于加强校园食品安全的提案", "我局检查学校食堂213家，全部接入“互联网+明厨亮灶”。"),
    ("关于整治电梯困人的提案", "我局督促更新电梯部件940件，困人故障同比下降三成。"),
)
# It asks for what 0205 asks for, in other words
TWIN = """关于整治保健品坑老骗老的提案
第0231号　市政协五届三次会议
提案人：方禾
一些公司以讲座、旅游为名向老年人兜售高价保健品，老人上当后维权困难。
建议：
1、集中整治保健品会销，检查讲座、酒店等推销场所，严查虚假宣传。
2、在社区和老年大学举办识骗防骗讲座，提高老年人防范意识。
3、市场监管与公安、民政部门建立联动机制，方便老年人投诉和挽回损失。
"""
# A column of another city's site, in two pages; its number is the item's
SITE_PORT = 8123
COLUMN = {
    12: ("关于规范共享单车停放的提案", "我局施划停放点320处，清理乱停单车1.6万辆。"),
    15: ("关于增设公共厕所的提案", "我局新建公共厕所18座，统一导向标识。"),
    21: ("关于整治飞线充电的提案", "我局会同消防救援支队建成充电棚96处。"),
    34: ("关于推进老旧小区加装电梯的提案", "我局推行并联审批，加装电梯152台。"),
}
LIST_PAGE = (
    "<html><meta charset='utf-8'><body><a href='/'>首页</a><ul>{links}</ul>{more}</body></html>"
)
REPLY_PAGE = (
    "<html><meta charset='utf-8'><body><h1>对市政协三届四次会议第{number:04}号提案的答复</h1>"
    "<p>乔木委员：</p><p>您提出的《{title}》收悉，现答复如下：</p><p>一、已开展的工作。{done}</p>"
    "<p>二、下一步工作。我局将继续做好这项工作，每季度通报进展。</p>"
    "<p>泊原市城市管理局</p><p>2026年5月20日</p></body></html>"
)
TERMINAL = (
    "<body style='margin:0;background:#fff'><pre id='t' style='display:inline-block;margin:0;"
    'padding:16px 20px;background:#f6f8fa;color:#1f2328;font:14px/1.55 "Noto Sans Mono CJK SC",'
    "monospace;white-space:pre-wrap;width:1020px'>{}</pre></body>"
)
SHEETS = {"总览": 9, "并案建议": 4, "往年已答": 4}  # rows of the overview that its picture shows
LONGEST = 60  # characters of a cell
LEFT_OUT = (
    "提案人",
    "会办",
    "期限",
    "建议数",
    "待填",
    "待确认承诺",
    "核查发现",
    "提案文件",
    "说明",
)
SHEET_STYLE = (
    "#t{display:inline-block;padding:8px;background:#fff;font:13px/1.45 'Noto Sans CJK SC'}"
    "table{border-collapse:collapse;margin-bottom:10px}td{border:1px solid #cfd6dd;padding:3px 6px;"
    "vertical-align:top;max-width:210px}p{margin:4px 0;font-weight:600}"
)


@dataclass(frozen=True)
class Studio:
    """Where the pictures are taken: a folder with the index, and the settings over it."""

    folder: Path
    settings: Settings

    def run(self, *words: str | Path) -> str:
        """Return what a command prints, run as a user runs it in the folder."""
        command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
        done = subprocess.run(
            [*command, *map(str, words)], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command that works in the folder."""
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "REPLYGEN_INDEX": str(self.settings.index),
            "REPLYGEN_WORK": str(self.settings.work),
            "REPLYGEN_PROFILE": str(self.settings.profile_path),
        }


def make_studio(folder: Path) -> Studio:
    """Fill the index with the sample, once."""
    settings = sample_settings(Settings(index=folder / "index", work=folder / "work"))
    with Desk(settings) as desk:
        if not desk.status().documents:
            add_sample(desk)
    return Studio(folder, settings)


# ── what LibreOffice renders ───────────────────────────────────────────────


def take_draft(studio: Studio) -> bytes:
    """The first page of the sample proposal's draft."""
    from replygen.word.preview import render_preview

    with Desk(studio.settings) as desk:
        desk.draft(desk.read_proposal(PROPOSAL), output=studio.folder / "草稿.docx")
    return render_preview(studio.folder / "草稿.docx", studio.folder / "页")[0].read_bytes()


def make_year(studio: Studio) -> Path:
    """Make the list of the sample's year; return the folder of its proposals."""
    from openpyxl import Workbook

    book = Workbook()
    for row in LIST:
        book.active.append(row)
    book.save(studio.folder / "交办清单.xlsx")
    proposals = studio.folder / "提案"
    shutil.copytree(resource("corpus", "proposals"), proposals, dirs_exist_ok=True)
    (proposals / "第0231号.txt").write_text(TWIN, encoding="utf-8")
    return proposals


# ── what the browser shows ─────────────────────────────────────────────────


@contextmanager
def open_page(studio: Studio, browser: Browser) -> Iterator[Page]:
    """Give the page of ``replygen serve`` over the studio's index, ready to be used."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)], cwd=studio.folder, env=studio.environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_port(port)
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(120_000)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"http://127.0.0.1:{port}")
        page.locator("body.rg-ready").wait_for()
        yield page
    finally:
        server.terminate()
        server.wait(timeout=30)


def take_desk(studio: Studio, browser: Browser) -> bytes:
    """The desk with the letter of the sample proposal: 原件 | 答复稿 | 依据."""
    with Desk(studio.settings) as desk:
        text = desk_text(desk)
    with open_page(studio, browser) as page:
        page.get_by_label("粘贴提案或建议的全文").fill(text)
        page.get_by_role("button", name="读取提案").click()
        page.locator(".rg-findings").wait_for()
        page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
        page.locator(".rg-original mark[data-ask='2']").first.click()
        page.locator("#rg-cards .rg-ask.rg-in-focus[data-ask='2']").wait_for()
        page.locator("#rg-three").scroll_into_view_if_needed()
        page.wait_for_timeout(1500)
        return page.screenshot()


def desk_text(desk: Desk) -> str:
    """The sample proposal as somebody would paste it."""
    from replygen.reading import read_source

    return read_source(PROPOSAL, limits=desk.settings.limits).text


def take_list(studio: Studio, browser: Browser) -> bytes:
    """The clerk's own drafts: the one of the desk, and those before it."""
    with open_page(studio, browser) as page:
        page.locator("#rg-drafts").wait_for()
        page.wait_for_timeout(1500)
        return page.screenshot()


def take_review(studio: Studio, browser: Browser) -> bytes:
    """The reviewer's tab with a draft that somebody has put another place's figure into."""
    import docx

    path = studio.folder / "改过的答复.docx"
    with Desk(studio.settings) as desk:
        desk.draft(desk.read_proposal(PROPOSAL), output=path)
    document = docx.Document(str(path))
    body = [p for p in document.paragraphs if len(p.text) > 40]
    body[1].add_run("泊原市检查商户5213家。")
    body[-1].add_run("依据《中华人民共和国合同法》第八条处理。")
    document.save(str(path))
    with open_page(studio, browser) as page:
        page.get_by_role("tab", name="审核").click()
        page.get_by_role("button", name="开始核查").wait_for()
        for place, file in (("#rg-check-draft", path), ("#rg-check-proposal", PROPOSAL)):
            page.wait_for_timeout(1500)
            page.locator(f"{place} input[type=file]").set_input_files(file)
            page.locator(place).get_by_text(file.stem, exact=False).first.wait_for()
        page.get_by_role("button", name="开始核查").click()
        page.locator(".rg-checked").wait_for()
        page.wait_for_timeout(1000)
        page.locator("#rg-review-summary").scroll_into_view_if_needed()
        return page.screenshot()


def take_index(studio: Studio, browser: Browser) -> bytes:
    """The indexer's tab after a batch: editions of one rule, a copy, a file of no use."""
    folder = studio.folder / "新材料"
    folder.mkdir(exist_ok=True)
    for name, amended, who in (
        ("2018-05-30", "", "公安机关"),
        ("2024-12-31", AMENDED, "消防救援机构"),
    ):
        text = LAW.format(amended=amended, who=who)
        (folder / f"云川市电动自行车管理条例({name}).md").write_text(text, encoding="utf-8")
    others = resource("corpus", "others")
    shutil.copy(others / "boyuan-anchor-2025.pdf", folder / "泊原答复.pdf")
    (folder / "破损.docx").write_bytes((others / "jizhou-noise-2024.docx").read_bytes()[:3000])
    with open_page(studio, browser) as page:
        page.get_by_role("tab", name="语料库").click()
        page.locator(".rg-list").wait_for()
        page.get_by_role("tab", name="加入材料").click()
        page.wait_for_timeout(1500)
        page.locator("#rg-add input[type=file]").set_input_files(sorted(folder.iterdir()))
        page.locator("#rg-add").get_by_text("破损", exact=False).first.wait_for()
        page.locator("#rg-add-go").click()
        page.locator(".rg-batch").get_by_text("这一批做完了").wait_for()
        page.locator(".rg-batch").scroll_into_view_if_needed()
        page.wait_for_timeout(800)
        return page.screenshot()


def take_overview(studio: Studio, browser: Browser) -> bytes:
    """The sheets of the overview of the sample's year, cell by cell as the workbook has them."""
    make_year(studio)
    studio.run("batch", "交办清单.xlsx", "--proposals", "提案", "-o", "答复")
    page = browser.new_page(viewport={"width": 1180, "height": 400})
    page.set_content(show_workbook(studio.folder / "答复" / "总览.xlsx"))
    return page.locator("#t").screenshot()


def show_workbook(path: Path) -> str:
    """Return the first rows of each sheet of a workbook as HTML, with widths and fills."""
    from openpyxl import load_workbook

    book, sheets = load_workbook(path), []
    for name, most in SHEETS.items():
        sheet = book[name]
        columns = [c.column_letter for c in sheet[1] if c.value and c.value not in LEFT_OUT]
        rows = [
            "".join(
                _show_cell(sheet[f"{c}{number}"], sheet.column_dimensions[c].width) for c in columns
            )
            for number in range(1, min(sheet.max_row, most) + 1)
        ]
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        sheets.append(f"<p>{html.escape(name)}</p><table>{table}</table>")
    return f"<style>{SHEET_STYLE}</style><body style='margin:0'><div id='t'>{''.join(sheets)}</div>"


def _show_cell(cell: Any, width: float) -> str:  # noqa: ANN401 - openpyxl has no types
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    colour = f"background:#{fill[-6:]};" if isinstance(fill, str) else ""
    bold = "font-weight:600;" if cell.font.bold else ""
    text = "" if cell.value is None else str(cell.value)
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    style = f"{colour}{bold}min-width:{min(width, 30) * 4:.0f}px"
    return f"<td style='{style}'>{html.escape(short)}</td>"


def make_site(column: dict[int, tuple[str, str]]) -> dict[str, str]:
    """The pages of a site whose column has these replies, by path."""
    links = [
        f"<li><a href='{number}.html'>对市政协三届四次会议第{number:04}号提案的答复</a></li>"
        for number in column
    ]
    turn = "<a href='index_1.html'>下一页</a>"
    pages = {
        "/robots.txt": "User-agent: *\n",
        "/tian/index.html": LIST_PAGE.format(links="".join(links[:2]), more=turn),
        "/tian/index_1.html": LIST_PAGE.format(links="".join(links[2:]), more=""),
    }
    for number, (title, done) in column.items():
        page = REPLY_PAGE.format(number=number, title=title, done=done)
        pages[f"/tian/{number}.html"] = page
    return pages


@contextmanager
def serve_site(pages: dict[str, str]) -> Iterator[str]:
    """Serve pages by path on this machine until the block ends; yield the column's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", SITE_PORT), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{SITE_PORT}/tian/index.html"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def take_follow(studio: Studio, browser: Browser) -> bytes:
    """What the commands of the indexer print: a site's column and a folder followed, the column
    read again after it changed, the year's list drafted."""
    inbox = studio.folder / "往年答复"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir()
    for number, (title, done) in enumerate(DROPPED, 71):
        text = REPLY.format(number=number, title=title, done=done)
        (inbox / f"第{number:04}号答复.txt").write_text(text, encoding="utf-8")
    site = "泊原市提案"
    here = (str(inbox), f"http://127.0.0.1:{SITE_PORT}/")
    with Desk(studio.settings) as desk:  # those of an earlier run
        for document in desk.documents():
            if document.path.startswith(here):
                desk.remove(document.id)
    make_year(studio)
    shutil.rmtree(studio.folder / "答复", ignore_errors=True)
    name = "收件夹"
    for known in (name, site):
        if known in studio.run("follow", "list"):
            studio.run("follow", "remove", known)
    said: list[str] = []

    def say(*words: str) -> None:
        told = studio.run(*words).replace(f"{studio.folder}/", "")
        said.append(f"$ replygen {' '.join(words)}\n{told.rstrip()}")

    pages = make_site(COLUMN)
    with serve_site(pages) as address:
        say("follow", "add", site, address, "--region", "澜江省泊原市")
        say("follow", "add", name, "往年答复", "--own")
        say("follow", "run")
        changed = {n: (t, d.replace("96处", "118处")) for n, (t, d) in COLUMN.items() if n != 15}
        pages.clear()
        pages.update(make_site(changed))
        say("follow", "run", site)
    say("follow", "list")
    say("batch", "交办清单.xlsx", "--proposals", "提案", "-o", "答复")
    page = browser.new_page(viewport={"width": 1080, "height": 400})
    page.set_content(TERMINAL.format(html.escape("\n\n".join(said))))
    return page.locator("#t").screenshot()


# ── all of them ────────────────────────────────────────────────────────────

Take = Callable[[Studio], bytes]
Shoot = Callable[["Studio", "Browser"], bytes]
OFFICE: dict[str, tuple[str, Take]] = {
    "draft": ("draft-page1.png", take_draft),
}
PAGES: dict[str, tuple[str, Shoot]] = {
    "desk": ("page-desk.png", take_desk),
    "list": ("page-list.png", take_list),
    "review": ("page-review.png", take_review),
    "index": ("page-index.png", take_index),
    "follow": ("follow.png", take_follow),
    "overview": ("overview.png", take_overview),
}


def keep_picture(name: str, data: bytes) -> None:
    """Write a picture with as many colours as fit into MOST_BYTES. Raises ValueError where
    even a few do not."""
    from PIL import Image

    image = Image.open(io.BytesIO(data)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            (IMAGES / name).write_bytes(out.getvalue())
            print(f"{name}: {out.tell() // 1000} kB, {colours} colours")
            return
    raise ValueError(f"{name}: {out.tell()} bytes are too many; take less of the page")


def main() -> None:
    """Make the pictures that are asked for, or all."""
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("names", nargs="*", choices=[*OFFICE, *PAGES, []])
    options.add_argument("--keep", type=Path, help="where the index stays for another run")
    asked = options.parse_args()
    folder = (asked.keep or Path(tempfile.mkdtemp(prefix="replygen-pictures-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    studio = make_studio(folder)
    for key, (name, take) in OFFICE.items():
        if not asked.names or key in asked.names:
            keep_picture(name, take(studio))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for key, (name, shoot) in PAGES.items():
            if not asked.names or key in asked.names:
                keep_picture(name, shoot(studio, browser))
        browser.close()
    if not asked.keep:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

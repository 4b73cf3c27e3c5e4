"""The year's list: files matched, drafts made once, taken up again, shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from replygen.errors import ReadError, StoreError
from replygen.language.files import hold_lock
from replygen.service.desk import Desk
from replygen.service.lists import Assignment, make_list, view_list
from replygen.service.lists.matching import match_files
from replygen.settings import Limits, Profile, Settings, resource, sample_settings

HEAD = "市政协五届三次会议提案\n编号：{number}\n案由：{title}\n提案人：林静\n建议：\n"
PAPERS = {
    "0301": (
        "关于缓解学校周边交通拥堵的提案",
        "一、在中小学门口设置限时停车位和即停即走区，上下学时段安排交警值守。\n"
        "二、开展交通安全教育进校园活动，每学期不少于两次。\n",
    ),
    "0302": (
        "关于改善接送学生秩序的提案",
        "一、划出接送学生专用的短时停靠区域，放学高峰增派警力疏导校门口车流。\n"
        "二、建设步行巴士线路，组织志愿者护送低年级学生。\n",
    ),
    "0303": (
        "关于发展低空经济的提案",
        "一、规划建设低空起降点，开放无人机物流配送航线，出台产业扶持政策。\n",
    ),
}
ROWS = [
    ["2026年提案交办清单", None, None, None, None],
    ["编号", "案由", "提案人", "主办单位", "办理期限"],
    *([number, title, "林静", "市公安局", "6月30日"] for number, (title, _) in PAPERS.items()),
]


def write_list(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_papers(folder: Path, papers: dict[str, tuple[str, str]] = PAPERS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (title, text) in papers.items():
        head = HEAD.format(number=number, title=title)
        (folder / f"{number}.txt").write_text(head + text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path) -> Settings:
    return sample_settings(Settings(index=tmp_path / "index", work=tmp_path / "work"))


@pytest.fixture
def year(tmp_path) -> tuple[Path, Path, Path]:
    return write_list(tmp_path / "清单.xlsx", ROWS), write_papers(tmp_path / "提案"), tmp_path / "o"


@pytest.mark.parametrize(
    ("name", "text", "row", "fits"),
    [
        ("0126.txt", HEAD + "一、甲。\n", ("0126", "关于甲乙丙丁的提案"), True),
        ("0126.txt", HEAD + "一、甲。\n", ("126", "关于甲乙丙丁的提案"), True),
        ("a.txt", HEAD + "一、甲。\n", (None, "关于甲乙丙丁的提案"), True),
        ("a.txt", HEAD + "一、甲。\n", ("0126", None), True),
        ("a.txt", HEAD + "一、甲。\n", ("0126", "甲乙丙丁"), True),
        ("a.txt", HEAD + "一、甲。\n", ("0126", "关于老旧小区加装电梯的提案"), False),
        ("a.txt", HEAD + "一、甲。\n", ("0127", "关于老旧小区加装电梯的提案"), False),
        ("第0126号.txt", "关于甲乙丙丁的提案\n建议：\n一、建设设施。\n", ("126", None), True),
        ("第0126号.txt", "关于甲乙丙丁的提案\n建议：\n一、建设设施。\n", ("12", None), False),
        ("第0126号 甲乙丙丁.txt", "一、要建设停车场。\n", (None, "关于甲乙丙丁的提案"), True),
    ],
    ids=[
        "number and title", "a number that Excel took for a figure", "title alone",
        "number alone", "a shortened title", "another proposal of the same number",
        "neither", "a number in the file's name", "a part of that number",
        "a title in the file's name",
    ],
)  # fmt: skip
def test_a_file_is_a_rows_by_number_and_title(tmp_path, name, text, row, fits):
    folder = tmp_path / "提案"
    folder.mkdir()
    paper = text.format(number="0126", title="关于甲乙丙丁的提案")
    (folder / name).write_text(paper, encoding="utf-8")
    found = match_files(
        [Assignment("x!1", *row)], folder, limits=Limits(), profile=Profile(), apart=()
    )
    assert (found.rows[0].file is not None) is fits
    assert bool(found.left) is not fits
    assert (found.rows[0].why is None) is fits


def test_a_number_that_only_the_files_name_has_is_told_as_such(tmp_path):
    folder = tmp_path / "提案"
    folder.mkdir()
    paper = "关于甲乙丙丁的提案\n建议：\n一、建设设施。\n"
    (folder / "0188号 甲乙.txt").write_text(paper, encoding="utf-8")
    row = Assignment("x!1", "0108", "关于甲乙丙丁的提案")
    (found,) = match_files([row], folder, limits=Limits(), profile=Profile(), apart=()).rows
    assert found.warnings == ("题目对上了，但文件名里的编号是 188，请核对",)


def test_of_two_files_for_one_row_the_better_is_taken_and_the_other_named(tmp_path):
    folder = write_papers(tmp_path / "提案")
    (folder / "copy.txt").write_text(
        HEAD.format(number="0301", title="关于缓解学校周边交通拥堵的提案") + "一、同。\n",
        encoding="utf-8",
    )
    rows = [Assignment("x!1", "0301", PAPERS["0301"][0])]
    found = match_files(rows, folder, limits=Limits(), profile=Profile(), apart=())
    assert found.rows[0].file is not None
    assert sum("另一个文件" in why for _, why in found.left) == 1


def test_what_only_the_list_says_is_filled_in(tmp_path):
    folder = tmp_path / "提案"
    folder.mkdir()
    (folder / "0301.txt").write_text("关于甲乙丙丁的提案\n建议：\n一、建。\n", encoding="utf-8")
    row = Assignment(
        "x!1", "0301", "关于甲乙丙丁的提案", ("林静",), "市住建局", ("云川市市场监督管理局",)
    )
    profile = Profile(name="云川市市场监督管理局", region="云川市")
    (found,) = match_files([row], folder, limits=Limits(), profile=profile, apart=()).rows
    assert found.proposal is not None
    assert (found.proposal.number, found.proposal.proposers) == ("0301", ("林静",))
    assert (found.proposal.host, found.proposal.host_role) == ("市住建局", "会办")


def test_all_drafts_are_made_and_made_once(settings, year):
    list_path, folder, out = year
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    told: list[int] = []
    with Desk(settings) as desk:
        first = make_list(desk, list_path, folder, out, on_row=lambda n, _: told.append(n))
        times = {p: p.stat().st_mtime_ns for p in out.glob("*.docx")}
        again = make_list(desk, list_path, folder, out)
    assert told == [1, 2, 3]
    assert (first.made, first.kept, again.made, again.kept) == (3, 0, 0, 3)
    assert sorted(p.name for p in times) == [f"第030{n}号-答复草稿.docx" for n in (1, 2, 3)]
    assert {p: p.stat().st_mtime_ns for p in out.glob("*.docx")} == times
    assert [Path(path).name for path, _ in first.view.left] == ["broken.docx"]
    assert [len(row.asks) for row in first.view.rows] == [2, 2, 1]
    assert all(ask.stance for row in first.view.rows for ask in row.asks)
    assert again.view.rows == first.view.rows


def test_proposals_that_ask_for_the_same_are_found_with_the_asks_they_share(settings, year):
    with Desk(settings) as desk:
        view = make_list(desk, *year).view
    (twin,) = view.twins
    assert (view.rows[twin.left].name, view.rows[twin.right].name) == (
        "第0301号《关于缓解学校周边交通拥堵的提案》",
        "第0302号《关于改善接送学生秩序的提案》",
    )
    assert [(s.left, s.right) for s in twin.shared] == [(1, 1)]
    assert view.twins_of(0)[0][0] == 1 and view.twins_of(2) == ()


def test_a_reply_of_an_earlier_year_is_named_with_what_it_answered(settings, year, tmp_path):
    reply = tmp_path / "往年.txt"
    reply.write_text(
        "云川市公安局关于市政协五届二次会议第0088号提案的答复\n林静委员：\n"
        "您提出的《关于治理校门口拥堵的提案》收悉，现答复如下：\n"
        "一、设置限时停车位。在全市中小学门口设置限时停车位和即停即走区，上下学时段安排交警值守。\n"
        "感谢您对公安工作的关心和支持。\n云川市公安局\n2025年6月20日\n",
        encoding="utf-8",
    )
    with Desk(settings) as desk:
        desk.add([reply], own=True)
        view = make_list(desk, *year).view
    (earlier,) = view.rows[0].earlier
    assert "0088" in earlier.title and earlier.date == "2025-06-20"
    assert 1 in earlier.asks and earlier.same == (1,)
    assert all(not row.earlier or not row.earlier[0].same for row in view.rows[2:])


def test_a_run_that_was_killed_goes_on_and_makes_nothing_twice(settings, year, tmp_path):
    list_path, folder, out = year
    command = [
        *(sys.executable, "-m", "replygen.cli", "batch", list_path, "--proposals", folder),
        *("-o", out, "--index", settings.index, "--profile", resource("corpus", "profile.toml")),
    ]
    environment = {**os.environ, "PYTHONPATH": str(resource("corpus").parent)}
    process = subprocess.Popen([str(c) for c in command], cwd=tmp_path, env=environment)
    deadline = time.monotonic() + 60
    while not list(out.glob("*.docx")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    before = {p.name: p.stat().st_mtime_ns for p in out.glob("*.docx")}
    assert before
    with Desk(settings) as desk:
        result = make_list(desk, list_path, folder, out)
    assert result.made + result.kept == 3 and result.kept >= 1
    after = {p.name: p.stat().st_mtime_ns for p in out.glob("*.docx")}
    assert len(after) == 3
    assert sum(after[name] == at for name, at in before.items()) == result.kept


def test_a_draft_that_was_worked_on_is_never_written_over(settings, year):
    list_path, folder, out = year
    with Desk(settings) as desk:
        make_list(desk, list_path, folder, out)
        edited = out / "第0303号-答复草稿.docx"
        edited.write_bytes(edited.read_bytes() + b" ")
        assert view_list(out).rows[2].words == "已起草，后来改过"
        changed = {**PAPERS, "0303": (PAPERS["0303"][0], "一、开放无人机配送航线。\n")}
        write_papers(folder, changed)
        kept = edited.read_bytes()
        again = make_list(desk, list_path, folder, out)
    assert edited.read_bytes() == kept
    assert again.view.rows[2].docx == "第0303号-答复草稿-2.docx"
    assert (again.made, again.kept) == (1, 2)
    assert any("有人改过" in warning for warning in again.view.rows[2].warnings)


def test_a_title_put_right_in_the_list_makes_no_second_draft(settings, year):
    list_path, folder, out = year
    with Desk(settings) as desk:
        make_list(desk, list_path, folder, out)
        rows = [[cell if cell != PAPERS["0303"][0] else "发展低空经济" for cell in r] for r in ROWS]
        write_list(list_path, rows)
        again = make_list(desk, list_path, folder, out)
    assert (again.made, again.kept) == (0, 3)
    assert again.view.rows[2].assignment.title == "发展低空经济"
    assert len(list(out.glob("*.docx"))) == 3
    assert view_list(out) == again.view


def test_a_proposal_that_fails_is_named_and_the_others_go_on(settings, year, monkeypatch):
    draft = Desk.draft

    def fail(self, proposal, **options):
        if proposal.number == "0302":
            raise ReadError("0302.txt", "试验")
        return draft(self, proposal, **options)

    with Desk(settings) as desk:
        monkeypatch.setattr(Desk, "draft", fail)
        first = make_list(desk, *year)
        monkeypatch.setattr(Desk, "draft", draft)
        second = make_list(desk, *year)
    assert [row.state for row in first.view.rows] == ["made", "failed", "made"]
    assert "试验" in (first.view.rows[1].why or "")
    assert (second.made, second.kept) == (1, 2)


def test_the_list_is_shown_again_as_it_is_now(settings, year):
    list_path, folder, out = year
    (folder / "0302.txt").unlink()
    with Desk(settings) as desk:
        made = make_list(desk, list_path, folder, out).view
    shown = view_list(out)
    assert shown == replace(made, out=out)
    assert [row.state for row in shown.rows] == ["made", "missing", "made"]
    assert shown.urgency(shown.rows[0], today=date(2026, 6, 25)).level == "soon"
    assert shown.rows[0].confirm == sum(a.unconfirmed for a in shown.rows[0].asks)
    (out / "第0301号-答复草稿.docx").unlink()
    assert view_list(out).rows[0].state == "waiting"
    with pytest.raises(StoreError, match="replygen batch"):
        view_list(folder)


def test_the_overview_says_what_each_proposal_still_needs(settings, year):
    list_path, folder, out = year
    rows = [*ROWS, ["0304", '=HYPERLINK("x")关于公式的提案', "", "", ""]]
    write_list(list_path, rows)
    book = load_workbook(list_path)
    book.active["B6"].data_type = "s"
    book.save(list_path)
    with Desk(settings) as desk:
        view = make_list(desk, list_path, folder, out, today=date(2026, 7, 1)).view
    book = load_workbook(view.overview)
    assert book.sheetnames == ["总览", "建议", "并案建议", "往年已答", "没有对上的文件"]
    table = list(book["总览"].iter_rows(values_only=True))
    heads = {name: n for n, name in enumerate(table[0])}
    first = table[1]
    assert first[heads["编号"]] == "0301" and first[heads["期限"]] == "2026-06-30"
    assert "超期 1 天" in first[heads["期限情况"]]
    assert first[heads["待填"]] == len(view.rows[0].slots) > 0
    assert "0302" in first[heads["可能并案"]]
    assert table[4][heads["状态"]] == "没有找到文件"
    assert all(cell.data_type != "f" for row in book["总览"].iter_rows() for cell in row)
    assert book["建议"].max_row == 1 + sum(len(row.asks) for row in view.rows)


def test_a_folder_of_which_nothing_fits_is_refused(settings, year, tmp_path):
    (tmp_path / "空").mkdir()
    with Desk(settings) as desk, pytest.raises(ReadError, match="对得上"):
        make_list(desk, year[0], tmp_path / "空", year[2])
    with Desk(settings) as desk, pytest.raises(ReadError, match="文件夹"):
        make_list(desk, year[0], tmp_path / "没有", year[2])


@pytest.mark.parametrize("below", ["", "答复"], ids=["in the folder", "in a folder of it"])
def test_drafts_may_lie_among_the_proposals(settings, year, below):
    list_path, folder, _ = year
    with Desk(settings) as desk:
        make_list(desk, list_path, folder, folder / below)
        again = make_list(desk, list_path, folder, folder / below)
    assert (again.made, again.kept, again.view.left) == (0, 3, ())


def test_the_command_prints_one_object(settings, year, capsys):
    from replygen import cli

    list_path, folder, out = year
    profile = resource("corpus", "profile.toml")
    words = ["batch", list_path, "--proposals", folder, "-o", out, "--json"]
    options = ["--index", settings.index, "--profile", profile]
    assert cli.run([str(w) for w in (*words, *options)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], told["made"], told["failed"], told["missing"]) == (3, 3, 0, 0)
    first = told["proposals"][0]
    assert (first["number"], first["deadline"], first["lead"]) == ("0301", "2026-06-30", "市公安局")
    assert Path(first["docx"]).is_file() and Path(told["overview"]).is_file()
    assert {"order", "topic", "text", "stance"} <= set(first["asks"][0])
    assert {"rule", "severity", "message"} <= set(first["findings"][0])
    assert told["duplicates"][0]["shared"][0]["left"] == 1
    assert cli.run([str(w) for w in ("batch", folder, *words[2:], *options)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_of_the_same_number_and_another_title_is_named_in_the_row(settings, year):
    list_path, folder, out = year
    head = HEAD.format(number="0303", title="关于加强古树名木保护的提案")
    (folder / "0303.txt").write_text(head + "一、给古树名木建档。\n", encoding="utf-8")
    with Desk(settings) as desk:
        view = make_list(desk, list_path, folder, out).view
    (row,) = [r for r in view.rows if r.state == "missing"]
    assert "0303.txt 的编号相同" in row.why
    assert "《关于加强古树名木保护的提案》" in row.why


def test_a_second_run_on_one_folder_is_refused_in_one_line_and_changes_nothing(
    settings, year, capsys
):
    from replygen import cli

    list_path, folder, out = year
    with Desk(settings) as desk:
        make_list(desk, list_path, folder, out)
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    words = ["batch", list_path, "--proposals", folder, "-o", out, "--index", settings.index]
    capsys.readouterr()
    with hold_lock(out / "进度" / "运行.lock") as held:
        assert held
        assert cli.run([str(w) for w in words]) == 2
        told = capsys.readouterr().err.strip()
    assert "另一次 batch 正在写这个文件夹" in told
    assert len(told.splitlines()) == 1
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before
    with Desk(settings) as desk:  # the lock ends with its run
        assert make_list(desk, list_path, folder, out).kept == 3

"""The 交办清单 as offices write it: columns found by their words, whatever stands around them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from replygen.errors import ReadError
from replygen.service.lists import read_list

TITLE = "关于规范直播电商经营的提案"
OTHER = "关于老旧小区加装电梯的提案"


def write_list(path: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    """A list of these rows from A1, with these areas merged."""
    book = Workbook()
    sheet = book.active
    sheet.title = "交办"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "heads",
    [
        ["编号", "案由", "提案人", "主办单位", "会办单位", "办理期限"],
        ["提案号", "题目", "提案者", "承办单位", "协办单位", "答复时限"],
        ["案号", "提案名称", "第一提案人", "主办", "会办", "办结时间"],
        ["建议编号", "建议题目", "领衔代表", "牵头单位", "配合单位", "截止日期"],
        ["序号", "标 题", "委员姓名", "独办/主办单位", "会办（协办）单位", "应办结日期"],
        ["提案编号（号）", "提案内容", "提出人", "责任单位", "会办\n单位", "完成时限"],
    ],
    ids="、".join,
)
def test_columns_are_found_by_their_words(tmp_path, heads):
    row = ["0126", TITLE, "林静、周海明", "市市场监管局", "市商务局、市网信办", "2026年6月30日"]
    (found,) = read_list(write_list(tmp_path / "清单.xlsx", [heads, row]))
    assert (found.number, found.title) == ("0126", TITLE)
    assert found.proposers == ("林静", "周海明")
    assert found.lead == "市市场监管局"
    assert found.co_hosts == ("市商务局", "市网信办")
    assert found.deadline == "2026-06-30"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2026, 6, 30, 9, 0), "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
        ("2026/6/30", "2026-06-30"),
        ("2026.6.30前", "2026-06-30"),
        ("二○二六年六月三十日", "2026-06-30"),
        ("20260630", "2026-06-30"),
        ("6月30日前", "2026-06-30"),
        ("收到后三个月内", None),
        ("2026年2月30日", None),
        (None, None),
    ],
    ids=str,
)
def test_a_deadline_is_read_in_every_writing_and_kept_in_words_where_it_is_none(
    tmp_path, cell, day
):
    rows = [["2026年提案交办清单"], ["编号", "案由", "期限"], [7, TITLE, cell]]
    (found,) = read_list(write_list(tmp_path / "清单.xlsx", rows, ("A1:C1",)))
    assert found.deadline == day
    assert found.told == (str(cell) if cell and day is None else None)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (126, "126"),
        (126.0, "126"),
        ("0126", "0126"),
        ("第0126号", "0126"),
        ("提案0126号", "0126"),
        ("202302b46", "202302B46"),
        ("A-12", "A-12"),
    ],
    ids=str,
)
def test_a_number_is_read_as_text_or_as_a_figure(tmp_path, cell, number):
    rows = [["编号", "案由"], [cell, TITLE]]
    assert read_list(write_list(tmp_path / "l.xlsx", rows))[0].number == number


def test_title_rows_two_rows_of_heads_and_rows_of_sums_are_no_proposals(tmp_path):
    rows = [
        ["云川市政协五届三次会议提案交办清单", *[None] * 6],
        ["（市政府办公室 2026年3月10日）", *[None] * 6],
        ["序号", "提案号", "案    由", "提案者", "承办单位", None, "办理期限"],
        [None, None, None, None, "主办单位", "会办单位", None],
        ["一、集体提案", *[None] * 6],
        [1, 126, TITLE, "民建云川市委", "市市场监管局", "市商务局", "6月30日"],
        [2, 127, None, "林静", "市住建局", "无", "6月30日"],
        [],
        ["序号", "提案号", "案    由", "提案者", "主办单位", "会办单位", "办理期限"],
        [3, 128, OTHER, "林静", "市住建局", None, "6月30日"],
        ["合计", "3件", None, None, None, None, None],
        ["说明：请于期限前答复提案者。", *[None] * 6],
    ]
    merged = ("A1:G1", "A2:G2", "E3:F3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "G3:G4", "A5:G5")
    found = read_list(write_list(tmp_path / "清单.xlsx", rows, (*merged, "A12:G12")))
    assert [(r.number, r.title) for r in found] == [("126", TITLE), ("127", None), ("128", OTHER)]
    assert found[0].lead == "市市场监管局" and found[0].co_hosts == ("市商务局",)
    assert found[1].co_hosts == ()
    assert {r.deadline for r in found} == {"2026-06-30"}
    assert found[0].row == "交办!6"


@pytest.mark.parametrize(
    ("above", "cell", "session"),
    [
        ("云川市政协五届四次会议提案交办清单", None, "五届四次"),
        ("云川市第六届人民代表大会第二次会议代表建议交办表", None, "六届二次"),
        ("市人大六届二次会议建议、市政协五届四次会议提案交办清单", None, None),
        ("云川市政协五届四次会议提案交办清单", "五届三次", "五届三次"),
        ("2026年交办清单", None, None),
    ],
)
def test_the_session_is_the_rows_own_or_that_of_the_heads(tmp_path, above, cell, session):
    rows = [[above, None, None], ["编号", "案由", "届次"], ["0126", TITLE, cell]]
    (found,) = read_list(write_list(tmp_path / "l.xlsx", rows, ("A1:C1",)))
    assert found.session == session


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ((101, "0102", 7), ("0101", "0102", "0007")),
        ((101, 102), ("101", "102")),
        (("00102", "0103", 4), ("00102", "0103", "4")),
        (("0102", "B018", 20240087), ("0102", "B018", "20240087")),
    ],
    ids=str,
)
def test_zeros_that_the_table_took_are_put_back(tmp_path, cells, numbers):
    rows = [["编号", "案由"], *([cell, f"{TITLE}{n}"] for n, cell in enumerate(cells))]
    found = read_list(write_list(tmp_path / "l.xlsx", rows))
    assert tuple(r.number for r in found) == numbers


def test_a_proposal_merged_over_its_signatories_is_one(tmp_path):
    rows = [
        ["编号", "案由", "提案人"],
        ["0126", TITLE, "林静"],
        [None, None, "周海明"],
        ["0127", OTHER, "王远"],
    ]
    found = read_list(write_list(tmp_path / "清单.xlsx", rows, ("A2:A3", "B2:B3")))
    assert [r.proposers for r in found] == [("林静", "周海明"), ("王远",)]


def test_sheets_without_a_header_and_hidden_ones_are_passed_over(tmp_path):
    path = write_list(tmp_path / "清单.xlsx", [["编号", "案由"], ["0126", TITLE]])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.create_sheet("说明").append(["本清单由办公室汇总"])
    hidden = book.create_sheet("旧")
    hidden.append(["编号", "案由"])
    hidden.append(["9999", OTHER])
    hidden.sheet_state = "hidden"
    more = book.create_sheet("人大")
    more.append(["建议号", "题目", "领衔代表"])
    more.append([46, "关于加强网络餐饮食品安全监管的建议", "赵青"])
    book.save(path)
    assert [r.number for r in read_list(path)] == ["0126", "46"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 xlsx"),
        (
            "真.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"),
            "旧版表格",
        ),
        ("清单.csv", "编号,案由\n1,甲\n".encode(), "另存为 xlsx"),
        ("空.xlsx", b"", "空的"),
        ("坏.xlsx", b"PK\x03\x04 broken", "另存为 xlsx"),
        ("没有.xlsx", None, "找不到"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_xlsx_is_refused_with_the_remedy(tmp_path, name, data, words):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ReadError, match=words):
        read_list(path)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["甲", "乙"], ["1", "2"]], "表头"),
        ([["编号", "案由"]], "没有提案"),
    ],
    ids=["no header", "no rows"],
)
def test_a_list_without_a_header_or_without_rows_is_refused(tmp_path, rows, words):
    with pytest.raises(ReadError, match=words):
        read_list(write_list(tmp_path / "清单.xlsx", rows))

"""A list handed in at the page: kept, run in a thread, opened at the desk row by row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from replygen.errors import ReadError, SettingsError, StoreError
from replygen.service.desk import Desk
from replygen.service.lists import (
    KnownLists,
    ListRuns,
    Shared,
    find_in_hand,
    key_of,
    make_list,
    open_row,
    show_list,
)
from replygen.settings import Settings, sample_settings

ROWS = [
    ["编号", "案由", "提案人", "办理期限", "交办日期"],
    ["0301", "关于缓解学校周边交通拥堵的提案", "林静", "2026-06-30", "2026-03-30"],
    ["0302", "关于发展低空经济的提案", "林静", "2026-06-30", None],
    ["0303", "关于没有来的提案", "林静", "2026-06-30", None],
]
PAPER = "市政协五届三次会议提案\n编号：{}\n案由：{}\n提案人：林静\n建议：\n一、{}\n"


@pytest.fixture
def desk(tmp_path):
    settings = sample_settings(Settings(index=tmp_path / "index", work=tmp_path / "work"))
    with Desk(settings) as desk:
        yield desk


@pytest.fixture
def handed(tmp_path) -> tuple[Path, list[Path]]:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "清单.xlsx")
    files = []
    for number, title, *_ in ROWS[1:3]:
        path = tmp_path / f"{number}.txt"
        path.write_text(PAPER.format(number, title, "在中小学门口设置限时停车位。"), "utf-8")
        files.append(path)
    return tmp_path / "清单.xlsx", files


def run(desk: Desk, handed, by: str = "小林"):
    known = KnownLists(desk.settings.work).take(*handed, by=by)
    runs = ListRuns(desk)
    runs.begin(known, by=by)
    runs.wait(60)
    return known, runs


def test_a_list_is_kept_with_its_files_drafted_and_shown_again(desk, handed):
    source, files = handed
    known, runs = run(desk, handed)
    for path in (source, *files):
        path.unlink()  # an upload goes with the server
    view = runs.view()
    assert (view.state, view.error, view.done) == ("done", None, 3)
    rows = show_list(desk, known).rows
    assert [row.state for row in rows] == ["made", "made", "missing"]
    assert [one.label for one in KnownLists(desk.settings.work).all()] == ["清单"]
    assert (Path(known.out) / "总览.xlsx").is_file()


def test_a_row_opens_once_as_a_draft_of_who_asks_and_the_list_tells_how_far_it_is(desk, handed):
    known, _ = run(desk, handed)
    key = key_of(show_list(desk, known).rows[0].assignment)
    draft = open_row(desk, known, key, user="小林")
    assert open_row(desk, known, key, user="小林") == draft
    other = open_row(desk, known, key, user="小王")
    assert other != draft
    work = desk.drafts.read(draft, "小林")
    assert (work.proposal.number, work.assigned) == ("0301", "2026-03-30")
    assert "限时停车位" in work.original
    assert find_in_hand(desk, known)[key].user in ("小林", "小王")
    desk.drafts.remove(draft, "小林")
    desk.drafts.remove(other, "小王")
    assert find_in_hand(desk, known) == {}
    assert open_row(desk, known, key, user="小林") != draft


def test_a_row_without_a_file_and_one_that_is_gone_are_told(desk, handed):
    known, _ = run(desk, handed)
    rows = show_list(desk, known).rows
    with pytest.raises(ReadError, match="没有对得上"):
        open_row(desk, known, key_of(rows[2].assignment), user="小林")
    with pytest.raises(StoreError, match="不在清单里"):
        open_row(desk, known, "0-none", user="小林")


def test_a_record_that_names_a_file_elsewhere_opens_nothing(desk, handed, tmp_path):
    known, _ = run(desk, handed)
    secret = tmp_path / "别处.txt"
    secret.write_text("内部", encoding="utf-8")
    key = key_of(show_list(desk, known).rows[0].assignment)
    record = Path(known.out) / "进度" / f"{key}.json"
    table = json.loads(record.read_text("utf-8")) | {"file": str(secret)}
    record.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ReadError, match="不在清单的提案里"):
        open_row(desk, known, key, user="小林")


def test_a_run_that_was_stopped_goes_on_and_two_at_a_time_are_refused(desk, handed):
    known = KnownLists(desk.settings.work).take(*handed, by="小林")
    runs = ListRuns(desk)
    runs.begin(known, by="小林")
    with pytest.raises(SettingsError, match="还在起草"):
        runs.begin(known, by="小王")
    runs.stop()
    runs.wait(60)
    assert runs.view().state == "stopped"
    assert any(row.state == "waiting" for row in show_list(desk, known).rows)
    runs.begin(known, by="小林")
    runs.wait(60)
    assert [row.state for row in show_list(desk, known).rows] == ["made", "made", "missing"]


def test_a_run_that_never_ended_shows_what_it_made(desk, handed):
    known, _ = run(desk, handed)
    (Path(known.out) / "进度" / "清单.json").unlink()  # what a killed run has not written yet
    assert [row.state for row in show_list(desk, known).rows] == ["made", "made", "waiting"]


def test_a_list_of_the_command_is_named_once_and_opens_where_it_lies(desk, handed, tmp_path):
    source, files = handed
    out = tmp_path / "答复"
    papers = tmp_path / "提案"
    papers.mkdir()
    for path in files:
        path.rename(papers / path.name)
    make_list(desk, source, papers, out)
    lists = KnownLists(desk.settings.work)
    lists.name(source, papers, out, by="命令行")
    known = lists.name(source, papers, out, by="命令行")
    assert len(lists.all()) == 1
    key = key_of(show_list(desk, known).rows[0].assignment)
    assert desk.drafts.read(open_row(desk, known, key, user="小林"), "小林").proposal.title


def test_a_broken_list_is_one_line(desk, handed, tmp_path):
    _, files = handed
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 no list")
    _, runs = run(desk, (bad, files))
    assert runs.view().state == "failed"
    assert runs.view().error.startswith("坏.xlsx：")


def test_two_asks_are_shown_with_what_both_say_marked():
    from replygen.web.year.show_year import mark_same

    shared = Shared(1, 2, "在校门口设置停车位", "在小区设置停车位。", 0.8)
    here, there = mark_same(shared)
    assert [p.text for p in here if p.same] == ["设置停车位"] == [p.text for p in there if p.same]
    assert "".join(p.text for p in here) == shared.left_text

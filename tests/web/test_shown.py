"""What the reviewer's and the indexer's tabs show is text, and tables hold no formulas."""

from __future__ import annotations

import csv

import pytest

from replygen.checking import Comparison
from replygen.models import Ask, CheckReport, Copying, Coverage, Finding, Where
from replygen.service.batches import BatchView
from replygen.service.decisions import Judged
from replygen.service.reviews import Review
from replygen.statistics import Kind, Survey
from replygen.web.indexer import show_statistics as statistics
from replygen.web.indexer.show_batch import name_file, show_batch
from replygen.web.indexer.show_index import show_documents
from replygen.web.reviewer.show_review import (
    show_beside,
    show_judged,
    show_log,
    show_matrix,
    show_review_summary,
)
from replygen.web.tables import guard_cell, write_csv
from replygen.workspace import AuditCheck, Entry

EVIL = "<script>alert(1)</script>"
LEAK = Finding("leak.number", "block", Where(0, 0, 3, EVIL), EVIL, EVIL)
NOTE = Finding("form.title", "note", None, EVIL)
ENTRY = Entry(1, "2026-11-21T08:00:00+00:00", EVIL, "dismiss", EVIL, "k", {"reason": EVIL}, "h")


def view(**changes) -> BatchView:
    fields = {
        "state": "reading",
        "by": EVIL,
        "label": EVIL,
        "started": "09:00",
        "total": 10,
        "done": 4,
        "counts": {"added": 3, "failed": 1},
        "seconds": 2.0,
        "current": EVIL,
        "outcomes": ((f"/tmp/{EVIL}.txt", "failed", EVIL), ("a.zip!b.txt", "added", "题")),
        "error": EVIL,
    }
    return BatchView(**{**fields, **changes})


def test_nothing_from_a_document_or_a_person_is_html():
    judged = (Judged(LEAK, "k1", "open"), Judged(NOTE, "k2", "dismissed", ENTRY))
    report = CheckReport((Coverage(Ask(1, EVIL, EVIL), False, ()),), Copying(0.1, 9, EVIL), (), ())
    review = Review(EVIL, EVIL, (EVIL,), report, (), (), ("missing",), judged)
    beside = Comparison(0, EVIL, f"'{EVIL}", EVIL, ((0, 5),), ((0, 5),), 0.5)
    kind = Kind(EVIL, 1, 1, 1, ((EVIL, EVIL, EVIL),))
    survey = Survey(1, 0, 1, 1, (("2025", 1),), ((EVIL, 1),), ((EVIL, 1),), (kind,))
    shown = (
        show_judged(judged)
        + show_review_summary(review)
        + show_matrix(report.coverage, ("missing",), (EVIL,))
        + show_beside((beside,), (EVIL,))
        + show_log((ENTRY,), AuditCheck(False, 1, "h", (EVIL,)), EVIL)
        + show_batch(view())
        + statistics.show_statistics(survey)
    )
    assert "<script" not in shown


def test_a_block_asks_for_its_ground_and_a_note_does_not():
    assert "data-basis" in show_judged((Judged(LEAK, "k1", "open"),))
    assert "data-basis" not in show_judged((Judged(NOTE, "k1", "open"),))


def test_open_slots_are_one_card_without_decisions():
    slots = [
        Judged(Finding("slot.open", "block", Where(n, 0, 4, "【时间】"), "空"), f"k{n}", "open")
        for n in range(3)
    ]
    shown = show_judged(slots)
    assert "还有 3 处空着" in shown
    assert "data-decide" not in shown


def test_a_running_batch_shows_its_progress_speed_and_what_is_left():
    shown = show_batch(view())
    assert "max='10' value='4'" in shown
    assert "4 / 10 个，每秒 2.0 个，大约还要 3.0 秒" in shown
    assert "逐个文件的结果" in shown
    assert "已停止" in show_batch(view(state="cancelled"))
    assert show_batch(None) == ""


def test_superseded_texts_are_named_with_the_one_in_force():
    shown = show_batch(view(editions=(("/a/旧法.md", "/a/新法.md"), (EVIL, EVIL))))
    assert "旧文本 2 份" in shown
    assert "旧法.md → 现行的是 新法.md" in shown
    assert "<script" not in shown


def test_a_file_is_named_without_its_folders():
    assert name_file("/srv/甲/乙.zip!丙/丁.txt") == "乙.zip 里的 丙/丁.txt"
    assert name_file("C:\\共享\\乙.docx") == "乙.docx"


def test_long_lists_have_pages():
    from replygen.models import Document

    documents = [
        Document(f"{n}", f"{n}.txt", "reply", f"题{n}", None, None, None, None) for n in range(120)
    ]
    shown = show_documents(documents, page=3)
    assert "第 3 / 3 页" in shown
    assert shown.count("data-open") == 20
    assert "题119" in show_documents(documents, page=99)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_of_a_table_is_a_formula(cell, tmp_path):
    assert guard_cell(cell).startswith("'")
    path = write_csv(tmp_path / "a.csv", ("甲",), [(cell,), (None,), ('普通，"引号"',)])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["甲"], [f"'{cell}"], [""], ['普通，"引号"']]


def test_what_is_no_formula_stays_as_it_is():
    assert guard_cell("2025-06-20") == "2025-06-20"
    assert guard_cell("关于A-B的答复") == "关于A-B的答复"


def test_without_a_chinese_font_the_plots_are_tables(monkeypatch):
    monkeypatch.setattr(statistics, "draw_bars", lambda *_, **__: None)
    survey = Survey(3, 1, 3, 2, (("2025", 3),), (("甲市", 3),), (("教育", 3),), ())
    shown = statistics.show_statistics(survey)
    assert "<img" not in shown
    assert shown.count("rg-bars") == 4

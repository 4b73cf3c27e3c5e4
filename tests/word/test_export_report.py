"""The page that shows what checking found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from replygen.checking import Comparison
from replygen.errors import ExportError
from replygen.models import Ask, CheckReport, Citation, Copying, Coverage, Finding, Where
from replygen.word import report_to_html, write_report

REPORT = CheckReport(
    coverage=(
        Coverage(Ask(1, "加大<监管>", "建议加大监管"), True, (1,)),
        Coverage(Ask(2, "培训", "建议培训"), False, ()),
    ),
    copied=Copying(0.25, 41, "岚港市答复"),
    citations=(Citation("《某法》第三条", "某法", "第三条", "not_in_register", 1),),
    findings=(
        Finding("form.title", "warn", None, "标题不规范"),
        Finding("leak.place", "block", Where(1, 0, 3, "岚港市"), "外地地名", "删去"),
    ),
    not_run=("查重：没有索引",),
)
TEXTS = ("标题", "岚港市<script>alert(1)</script>")


def test_the_report_tells_everything_and_escapes_it() -> None:
    page = report_to_html(REPORT, TEXTS, title="稿<1>")
    assert "<script>alert" not in page
    assert "稿&lt;1&gt;" in page
    for text in ("加大&lt;监管&gt;", "培训", "25%", "41", "没有索引", "《某法》第三条", "未核"):
        assert text in page


def test_a_finding_that_blocks_comes_before_a_warning() -> None:
    page = report_to_html(REPORT, TEXTS, title="稿")
    assert page.index("外地地名") < page.index("标题不规范")
    assert 'href="#p1"' in page
    assert 'id="p1"' in page


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    path = write_report(REPORT, TEXTS, tmp_path / "新" / "报告.html", title="稿")
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    with pytest.raises(ExportError, match="文件夹"):
        write_report(REPORT, TEXTS, tmp_path)


def test_draft_and_precedent_stand_side_by_side_with_the_same_words_marked() -> None:
    beside = Comparison(1, "岚港市《<答复>》", "x#1", "岚港市甲", ((0, 3),), ((0, 3),), 0.5)
    page = report_to_html(REPORT, TEXTS, title="稿", comparisons=[beside])
    assert page.count('<mark class="same">岚港市</mark>') == 2
    assert "岚港市《&lt;答复&gt;》" in page and "相同 50%" in page
    assert "<script>alert" not in page


def test_half_an_answer_looks_different_from_a_whole_one() -> None:
    partly = Finding("coverage.partly", "warn", None, "第1条建议“加大<监管>”里的“乙”没有回应")
    page = report_to_html(replace(REPORT, findings=(partly,)), TEXTS, title="稿")
    assert "部分答复" in page and "没有答复" in page and "◐" in page


def test_the_report_is_a_docx_where_its_name_says_so(tmp_path: Path) -> None:
    from docx import Document

    beside = Comparison(1, "岚港市《答复》", "x#1", "岚港市甲", ((0, 3),), ((0, 3),), 0.5)
    texts = ("标题\x0b", "岚港市<script>")
    path = write_report(REPORT, texts, tmp_path / "报告.docx", title="稿", comparisons=[beside])
    document = Document(str(path))
    said = [p.text for p in document.paragraphs]
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert said[0] == "稿" and "暂不能定稿" in said and "· 查重：没有索引" in said
    assert any("1. 加大<监管>" in c for c in cells) and "●" in cells and "没有答复" in cells
    blocked = cells.index("必须改\n外地内容")
    assert blocked < cells.index("请核实\n格式")
    assert "外地地名" in cells and "《某法》第三条" in cells
    assert any("岚港市《答复》　相同 50%" in c for c in cells)
    marked = [r for p in document.paragraphs for r in p.runs if r.text == "岚港市"]
    assert marked and "w:shd" in marked[0]._r.xml
    again = write_report(REPORT, texts, tmp_path / "再.docx", title="稿", comparisons=[beside])
    assert Document(str(again)).paragraphs[0].text == "稿"


def test_a_docx_report_without_anything_to_tell(tmp_path: Path) -> None:
    from docx import Document

    empty = CheckReport((), Copying(0.0, 0, None), (), ())
    path = write_report(empty, (), tmp_path / "空.docx")
    assert "没有必须改的问题" in [p.text for p in Document(str(path)).paragraphs]

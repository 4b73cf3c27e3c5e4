"""The page that shows what checking found."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.export import ExportError, report_to_html, write_report
from replygen.models import Ask, CheckReport, Citation, Copying, Coverage, Finding, Where

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
    assert "<script>" not in page
    assert "稿&lt;1&gt;" in page
    for text in (
        "必须改 1 处，请核实 1 处",
        "加大&lt;监管&gt;",
        "没有答复",
        "25%",
        "最长一处 41 字",
    ):
        assert text in page
    assert "法规库里没有，未核" in page
    assert "查重：没有索引" in page


def test_a_finding_leads_to_its_paragraph_and_blocks_come_first() -> None:
    page = report_to_html(REPORT, TEXTS, title="稿")
    assert '<a href="#p1">第 2 段</a> 岚港市' in page
    assert '<li id="p1" class="block">' in page
    assert page.index("外地地名") < page.index("标题不规范")


def test_an_empty_report_says_so_in_each_part() -> None:
    page = report_to_html(CheckReport((), Copying(0, 0, None), (), ()), (), title="稿")
    assert page.count("没有。") == 3
    assert "没有做的核查" not in page


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    path = write_report(REPORT, TEXTS, tmp_path / "新" / "报告.html", title="稿")
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    with pytest.raises(ExportError, match="文件夹"):
        write_report(REPORT, TEXTS, tmp_path)

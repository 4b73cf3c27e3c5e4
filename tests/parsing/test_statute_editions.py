"""On which day a statute's text was made: its history line, else the file's name."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Source
from replygen.parsing import parse_statute

HISTORIES = [
    ("（2010年12月23日云川市人民政府令第9号公布）", "2010-12-23"),
    ("（2010年12月23日云川市人民政府令第9号公布　自2011年3月1日起施行）", "2010-12-23"),
    (
        "（2010年12月23日云川市人民政府令第9号公布　根据2024年12月31日《云川市人民政府关于修改"
        "〈云川市停车管理办法〉等五件规章的决定》修正）",
        "2024-12-31",
    ),
    (
        "2010年12月23日云川市第三届人民代表大会常务委员会第二十次会议通过\n"
        "根据2018年6月1日云川市第五届人民代表大会常务委员会第八次会议《关于修改〈云川市停车管理办法〉"
        "的决定》第一次修正\n根据2024年12月31日云川市第六届人民代表大会常务委员会第三十次会议"
        "《关于修改〈云川市停车管理办法〉的决定》第二次修正",
        "2024-12-31",
    ),
    (
        "（2010年12月23日云川市第三届人民代表大会常务委员会第二十次会议通过　2024年12月31日云川市"
        "第六届人民代表大会常务委员会第三十次会议修订　自2025年3月1日起施行）",
        "2024-12-31",
    ),
    ("2010年12月23日公布 2018年6月1日第一次修订 2024年12月31日第二次修订", "2024-12-31"),
    (
        "（2010年12月23日云川市人民政府令第9号发布　2024年12月31日云川市人民政府令第60号修改）",
        "2024-12-31",
    ),
    (
        "（2010年12月23日云川市人民政府令第9号公布　根据2024年12月31日云川市人民政府令第60号"
        "《关于修改部分规章的决定》修订）",
        "2024-12-31",
    ),
    ("【发布日期】2010年12月23日\n【修改日期】2024年12月31日", "2024-12-31"),
    ("公布日期：2010-12-23\n施行日期：2011-03-01\n修订日期：2024-12-31", "2024-12-31"),
    ("【颁布日期】 2010.12.23\n【实施日期】 2011.03.01", "2010-12-23"),
    ("公布时间\n2010年12月23日\n修正时间\n2024年12月31日", "2024-12-31"),
    ("", None),
]
NAMES = [
    ("云川市停车管理办法(2010-12-23).md", "2010-12-23"),
    ("云川市停车管理办法（2024-12-31）.docx", "2024-12-31"),
    ("法规/云川市停车管理办法(20241231).txt", "2024-12-31"),
    ("云川市停车管理办法_2024年12月31日.txt", "2024-12-31"),
    ("云川市停车管理办法（2024年12月31日修正）.txt", "2024-12-31"),
    ("云川市停车管理办法(2024-13-31).md", None),
    ("云川市停车管理办法(2024).md", None),
    ("云川市停车管理办法.md", None),
    ("云川市停车管理办法(2010-12-23)/正文.md", None),
]


def _read(path: str, history: str):
    lines = ("云川市停车管理办法", *history.split("\n"), "第一条 为了加强停车管理，制定本办法。")
    lines += ("第二条 本办法自2011年3月1日起施行。",)
    paragraphs = tuple(Paragraph(t, index=n) for n, t in enumerate(lines) if t)
    return parse_statute(Source(path, "0" * 64, "txt", paragraphs), today="2026-11-26")


@pytest.mark.parametrize(("history", "edition"), HISTORIES)
def test_the_history_line_dates_a_text(history, edition):
    assert _read("a.txt", history).edition == edition


@pytest.mark.parametrize(("name", "edition"), NAMES)
def test_the_files_name_dates_a_text_without_a_history_line(name, edition):
    assert _read(name, "").edition == edition


def test_the_text_goes_before_the_files_name():
    history = "（2010年12月23日公布　根据2024年12月31日《关于修改部分规章的决定》修正）"
    assert _read("云川市停车管理办法(2010-12-23).md", history).edition == "2024-12-31"

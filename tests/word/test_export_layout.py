"""Widths, the sign-off block, the letterhead, the title, the templates themselves."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sample_draft import PROFILE
from schema_order import find_disorder

from replygen.errors import TemplateError
from replygen.word.geometry import (
    balance_title,
    fit_letterhead,
    measure_text,
    place_signature,
)
from replygen.word.styles import REQUIRED
from replygen.word.template import open_template

TITLE = "关于对政协第十四届云川市委员会第三次会议第0126号提案的答复"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("答复", 32), ("2026", 32), ("2026年", 48), ("“一”——", 80), ("【时间】", 64)],
)
def test_full_width_characters_count_one_and_digits_a_half(text: str, width: float) -> None:
    assert measure_text(text, tighten=0) == width


@pytest.mark.parametrize(
    ("unit", "date"),
    [
        ("云川市市场监督管理局", "2026年11月21日"),
        ("云川市民政局", "2026年5月8日"),
        ("云川市市场监督管理局", "【成文日期】"),
        ("云川市人力资源和社会保障局医疗保障中心", "2026年5月8日"),
    ],
)
def test_the_unit_is_centred_over_the_date(unit: str, date: str) -> None:
    unit_right, date_right = place_signature(unit, date)
    middle_of_unit = unit_right / 20 + measure_text(unit) / 2
    middle_of_date = date_right / 20 + measure_text(date) / 2
    assert abs(middle_of_unit - middle_of_date) < 0.1
    assert unit_right >= 0
    assert date_right >= 4 * 16 * 20


@pytest.mark.parametrize("name", ["局", "云川市民政局", "云川市市场监督管理局", "某" * 40])
def test_a_letterhead_fits_one_line_156_mm_wide(name: str) -> None:
    head = fit_letterhead(name, top=30, largest=42)
    width = len(name) * (head.size * head.scale / 100 + head.spread / 20)
    assert width <= 442.3
    assert 30 <= head.size <= 42


@pytest.mark.parametrize(
    ("title", "first"),
    [
        (TITLE, "关于对政协第十四届云川市委员会"),
        ("对市十六届人大三次会议第20180329号建议答复", "对市十六届人大三次会议"),
    ],
)
def test_a_long_title_turns_where_its_words_end(title: str, first: str) -> None:
    width = 442.2 - 2 * balance_title(title) / 20
    line = measure_text(first, size=22, tighten=0)
    following = measure_text(title[len(first)], size=22, tighten=0)
    assert line <= width < line + following


def test_a_short_title_is_not_indented() -> None:
    assert balance_title("对市政协五届三次会议第0126号提案的答复") == 0


@pytest.mark.parametrize("paper", ["letter", "document"])
def test_the_templates_are_what_their_tool_makes(paper: str, root: Path, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, importlib.util as u; s = u.spec_from_file_location('m', sys.argv[1]);"
        "m = u.module_from_spec(s); s.loader.exec_module(m);"
        "m.write_template(sys.argv[2], pathlib.Path(sys.argv[3]))"
    )
    tool, made = root / "tools" / "make_templates.py", tmp_path / "made.docx"
    subprocess.run([sys.executable, "-c", script, tool, paper, made], check=True)
    assert parts(made) == parts(root / "templates" / f"{paper}.docx")
    assert list(find_disorder(made)) == []


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit(root: Path, target: Path, part: str, old: str, new: str) -> Path:
    contents = parts(root / "templates" / "letter.docx")
    assert old.encode() in contents[part]
    contents[part] = contents[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return target


def test_all_variables_that_nobody_fills_are_named(root: Path, tmp_path: Path) -> None:
    path = edit(
        root,
        tmp_path / "letter.docx",
        "word/header1.xml",
        "{{ unit_name }}",
        "{{ unit_name }}{{ motto }}{{ address }}",
    )
    with pytest.raises(TemplateError, match="address、motto"):
        open_template(path, "letter", PROFILE)


def test_a_template_that_jinja_cannot_read_is_an_error(root: Path, tmp_path: Path) -> None:
    path = edit(
        root, tmp_path / "letter.docx", "word/header1.xml", "{{ unit_name }}", "{{ unit name }}"
    )
    with pytest.raises(TemplateError, match="写法有误"):
        open_template(path, "letter", PROFILE)


def test_all_missing_styles_are_named(root: Path, tmp_path: Path) -> None:
    path = edit(root, tmp_path / "a.docx", "word/styles.xml", "一级标题", "我的标题")
    path = edit_again(path, "附注", "别的")
    with pytest.raises(TemplateError, match="一级标题、附注"):
        open_template(path, "letter", PROFILE)


def edit_again(path: Path, old: str, new: str) -> Path:
    contents = parts(path)
    name = "word/styles.xml"
    contents[name] = contents[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in contents.items():
            archive.writestr(part, data)
    return path


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_a_template_that_is_no_docx_is_an_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError, match="另存为"):
        open_template(path, "letter", PROFILE)


def test_a_template_that_word_split_into_runs_is_filled(root: Path, tmp_path: Path) -> None:
    split = "{{ unit_</w:t></w:r><w:r><w:t>name }}"
    path = edit(root, tmp_path / "a.docx", "word/header1.xml", "{{ unit_name }}", split)
    document = open_template(path, "letter", PROFILE)
    assert document.sections[0].first_page_header.paragraphs[0].text == PROFILE.name


def test_the_specimens_are_gone_and_every_style_is_there(root: Path) -> None:
    document = open_template(root / "templates" / "letter.docx", "letter", PROFILE)
    assert document.paragraphs == []
    names = {style.name for style in document.styles}
    assert {style.name for style in REQUIRED} <= names

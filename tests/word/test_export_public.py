"""The copies that leave the house: what is gone, what stays."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import RGBColor
from schema_order import find_disorder

from replygen.word import read_docx_draft, write_clean, write_public

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist())


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A file that we never wrote, with all that may not go out."""
    document = docx.Document()
    document.core_properties.author = "经办甲"
    document.core_properties.last_modified_by = "经办乙"
    head = document.add_paragraph()
    head.add_run("云川市市场监督管理局").font.color.rgb = RGBColor(255, 0, 0)
    document.add_paragraph("签发人：秦知远")
    document.add_paragraph("内部资料，注意保存")
    body = document.add_paragraph("林静委员（电话：13800000000）提出的")
    marked = body.add_run("建议收悉。")
    marked.font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_comment([marked], text="请王科长核实", author="经办甲", initials="j")
    body.add_run("暗语").font.hidden = True
    body._p.append(
        parse_xml(
            f'<w:del {NS} w:id="90" w:author="经办甲">'
            "<w:r><w:delText>删去的秘密</w:delText></w:r></w:del>"
        )
    )
    body._p.append(
        parse_xml(f'<w:ins {NS} w:id="91" w:author="经办甲"><w:r><w:t>已采纳。</w:t></w:r></w:ins>')
    )
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "联系电话：0000-1234567"
    table.cell(0, 1).text = "直播间57家"
    document.sections[0].footer.paragraphs[0].text = "邮箱：clerk@example.com"
    document.add_paragraph("（联系人：许嘉木，联系电话：0000-1234567）")
    path = tmp_path / "外来稿.docx"
    document.save(str(path))
    return path


GONE = [
    "13800000000",
    "1234567",
    "clerk@",
    "秦知远",
    "内部资料",
    "许嘉木",
    "经办",
    "王科长",
    "暗语",
]


def test_nothing_private_is_left_in_any_part_of_the_file(foreign: Path, tmp_path: Path) -> None:
    removed = write_public(foreign, tmp_path / "公开.docx")
    content = everything(tmp_path / "公开.docx")
    assert [
        word for word in [*GONE, "删去的秘密", "w:highlight", "w:del "] if word in content
    ] == []
    assert {r.kind for r in removed} == {
        "签发人",
        "内部标记",
        "电话",
        "批注",
        "颜色标记",
        "隐藏文字",
        "修订中删去的文字",
        "联系方式",
        "文件属性",
    }


def test_the_rest_of_the_text_stays(foreign: Path, tmp_path: Path) -> None:
    write_public(foreign, tmp_path / "公开.docx")
    texts, _ = read_docx_draft(tmp_path / "公开.docx")
    assert texts == ("云川市市场监督管理局", "林静委员提出的建议收悉。已采纳。")
    opened = docx.Document(str(tmp_path / "公开.docx"))
    assert opened.tables[0].cell(0, 1).text == "直播间57家"
    assert opened.paragraphs[0].runs[0].font.color.rgb == RGBColor(255, 0, 0)


def test_our_own_letter_goes_public_without_its_sources(letter: Path, tmp_path: Path) -> None:
    before, _ = read_docx_draft(letter)
    removed = write_public(letter, tmp_path / "公开.docx")
    texts, draft = read_docx_draft(tmp_path / "公开.docx")
    assert draft is None
    content = everything(tmp_path / "公开.docx")
    assert "urn:replygen:draft" not in content
    assert "w:comment" not in content.replace("w:commentsEx", "")
    assert {"批注", "颜色标记", "出处数据"} <= {r.kind for r in removed}
    assert set(texts) <= set(before)
    assert not any("联系电话" in t for t in texts)
    assert list(find_disorder(tmp_path / "公开.docx")) == []


def test_a_clean_copy_has_the_same_text_and_its_sources(letter: Path, tmp_path: Path) -> None:
    removed = write_clean(letter, tmp_path / "净.docx")
    assert read_docx_draft(tmp_path / "净.docx") == read_docx_draft(letter)
    opened = docx.Document(str(tmp_path / "净.docx"))
    assert list(opened.comments) == []
    assert "w:highlight" not in everything(tmp_path / "净.docx")
    runs = [r for p in opened.paragraphs for r in p.runs]
    assert [r.text for r in runs if r.font.color.rgb == RGBColor(255, 0, 0)] == []
    assert {r.kind for r in removed} == {"批注", "颜色标记"}


def test_sources_go_only_when_asked(letter: Path, tmp_path: Path) -> None:
    write_clean(letter, tmp_path / "净.docx", drop_sources=True)
    assert read_docx_draft(tmp_path / "净.docx")[1] is None


def test_headings_and_pages_look_the_same(letter: Path, tmp_path: Path) -> None:
    write_clean(letter, tmp_path / "净.docx")
    old, new = docx.Document(str(letter)), docx.Document(str(tmp_path / "净.docx"))
    assert [p.style and p.style.name for p in old.paragraphs] == [
        p.style and p.style.name for p in new.paragraphs
    ]
    assert [len(p.text) for p in old.sections[0].first_page_header.paragraphs] == [
        len(p.text) for p in new.sections[0].first_page_header.paragraphs
    ]

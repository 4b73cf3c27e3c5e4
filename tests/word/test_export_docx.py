"""The exported file against GB/T 9704—2012 and against the draft."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from sample_draft import PROFILE, form, sample_draft
from schema_order import find_disorder

from replygen.errors import ExportError, ReplygenError
from replygen.models import Block, Draft, Finding, Where
from replygen.settings import Fonts, Profile
from replygen.word import export_docx, read_docx_draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_part(path: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


def find_block(path: Path, draft: Draft, style: str) -> docx.text.paragraph.Paragraph:
    number = [b.style for b in draft.blocks].index(style)
    return docx.Document(str(path)).paragraphs[number]


@pytest.mark.parametrize("paper", ["letter", "document", "clean"])
def test_each_block_is_one_body_paragraph(
    paper: str, draft: Draft, request: pytest.FixtureRequest
) -> None:
    opened = docx.Document(str(request.getfixturevalue(paper)))
    assert [p.text for p in opened.paragraphs] == [b.text for b in draft.blocks]
    assert [c.tag for c in opened.element.body][-1] == qn("w:sectPr")
    assert len(opened.element.body) == len(draft.blocks) + 1


@pytest.mark.parametrize("paper", ["letter", "document", "clean"])
def test_elements_stand_in_the_order_of_the_schema(
    paper: str, request: pytest.FixtureRequest
) -> None:
    assert list(find_disorder(request.getfixturevalue(paper))) == []


@pytest.mark.parametrize("paper", ["letter", "document"])
def test_the_page_is_a4_with_the_margins_of_the_standard(
    paper: str, request: pytest.FixtureRequest
) -> None:
    section = docx.Document(str(request.getfixturevalue(paper))).sections[0]
    for value, mm in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert abs(value - Mm(mm)) < Mm(0.05)
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("title", "方正小标宋简体", 22),
        ("addressee", "仿宋_GB2312", 16),
        ("heading1", "黑体", 16),
        ("heading2", "楷体_GB2312", 16),
        ("body", "仿宋_GB2312", 16),
        ("cc", "仿宋_GB2312", 14),
    ],
)
def test_fonts_are_those_of_the_class(
    style: str, font: str, size: float, letter: Path, draft: Draft
) -> None:
    paragraph = find_block(letter, draft, style)
    assert paragraph.style.font.size == Pt(size)
    for fonts in paragraph._p.iter(qn("w:rFonts")):
        names = {fonts.get(qn(f"w:{a}")) for a in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert names == {font}
        assert fonts.get(qn("w:hint")) == "eastAsia"
    own = paragraph.style.element.find(f".//{qn('w:rFonts')}")
    assert own.get(qn("w:eastAsia")) == font


def test_no_theme_font_is_left_and_the_language_is_chinese(letter: Path) -> None:
    with zipfile.ZipFile(letter) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if n.startswith("word/")]
    assert not [t for t in texts if "asciiTheme" in t or "eastAsiaTheme" in t]
    assert any('w:eastAsia="zh-CN"' in t for t in texts)


def test_the_fonts_of_the_profile_replace_those_of_the_template(
    draft: Draft, tmp_path: Path
) -> None:
    fonts = Fonts(title="华文中宋", body="仿宋", kai="楷体", song="SimSun")
    path = export_docx(draft, tmp_path / "a.docx", profile=replace(PROFILE, fonts=fonts))
    opened = docx.Document(str(path))
    text = opened.element.xml + opened.styles.element.xml
    text += opened.sections[0].first_page_header._element.xml
    assert "华文中宋" in text
    assert 'GB2312" w:hAnsi' not in opened.element.xml
    assert "方正小标宋简体" not in text


def test_22_lines_of_28_characters_fit_the_text_area(letter: Path, draft: Draft) -> None:
    body = find_block(letter, draft, "body").style.element
    spacing = body.find(f".//{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert 22 * 579 <= 16838 - 2098 - 1984
    tighten = body.find(f".//{qn('w:rPr')}/{qn('w:spacing')}")
    assert tighten.get(qn("w:val")) == "-5"
    assert 28 * (16 * 20 - 5) <= 11906 - 1587 - 1474
    assert body.find(f".//{qn('w:snapToGrid')}").get(qn("w:val")) == "0"
    indent = body.find(f".//{qn('w:ind')}")
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "630")


def test_a_letter_has_two_double_rules_170_mm_wide_on_its_first_page(letter: Path) -> None:
    opened = docx.Document(str(letter))
    section = opened.sections[0]
    head = section.first_page_header._element
    foot = section.first_page_footer._element
    widths = [[int(b.get(qn("w:sz"))) for b in part.iter(qn("w:bottom"))] for part in (head, foot)]
    assert widths == [[18, 6], [6, 18]]  # thick above thin, thin above thick
    assert not list(foot.iter(qn("w:fldSimple")))
    for name in ("发文机关标志", "红线"):
        indent = opened.styles[name].element.find(f".//{qn('w:ind')}")
        beyond = -int(indent.get(qn("w:left"))) - int(indent.get(qn("w:right")))
        assert abs(11906 - 1587 - 1474 + beyond - 170 * 56.69) < 6


def test_page_numbers_stand_outside_and_are_14_pt_song(letter: Path, document: Path) -> None:
    for path in (letter, document):
        opened = docx.Document(str(path))
        assert opened.settings.odd_and_even_pages_header_footer
        section = opened.sections[0]
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = footer.paragraphs[0]
            assert paragraph._p.find(f".//{qn('w:fldSimple')}") is not None
            assert [r.text for r in paragraph.runs] == ["— ", " —"]
            assert paragraph.runs[0].font.size == Pt(14)
            assert paragraph.runs[0].font.name == "宋体"
            indent = paragraph._p.find(f".//{qn('w:ind')}")
            assert indent.get(qn(f"w:{side}")) == "280"
    first = docx.Document(str(document)).sections[0].first_page_footer
    assert list(first._element.iter(qn("w:fldSimple")))


def test_the_letterhead_is_the_units_name_in_red(letter: Path, document: Path) -> None:
    for path, name in ((letter, PROFILE.name), (document, PROFILE.name + "文件")):
        paragraph = docx.Document(str(path)).sections[0].first_page_header.paragraphs[0]
        assert paragraph.text == name
        assert str(paragraph.runs[0].font.color.rgb) == "FF0000"
        assert len(name) * paragraph.runs[0].font.size.pt <= 442.2


def test_a_document_has_a_red_rule_under_its_number(document: Path, draft: Draft) -> None:
    border = find_block(document, draft, "doc_number")._p.find(f".//{qn('w:bottom')}")
    assert border.get(qn("w:color")) == "FF0000"
    mark = find_block(document, draft, "class_mark")._p
    assert mark.find(f".//{qn('w:framePr')}").get(qn("w:xAlign")) == "right"


def test_slots_are_yellow_and_only_slots(letter: Path, draft: Draft) -> None:
    marked = [
        run.text
        for paragraph in docx.Document(str(letter)).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color is not None
    ]
    assert marked == [slot.text for slot in draft.slots]


def test_a_blocking_finding_is_red_where_it_stands(letter: Path) -> None:
    red = [
        run.text
        for paragraph in docx.Document(str(letter)).paragraphs
        for run in paragraph.runs
        if run.font.color.rgb is not None
    ]
    assert red == ["2025年"]


def test_each_sentence_with_a_source_has_one_comment(letter: Path, draft: Draft) -> None:
    comments = [c.text for c in docx.Document(str(letter)).comments]
    sourced = [s for b in draft.blocks for s in b.sentences if s.sources]
    assert sum(t.startswith("来源：") for t in comments) == len(sourced)
    assert (
        "来源：本单位材料 2025年工作总结（云川市市场监督管理局，2025-12-30）"
        "「全年组织直播带货专项监测6轮」" in comments
    )
    assert any(t.startswith("必须改：这里写了外地的年份\n建议：删去") for t in comments)
    assert any(t.startswith("请核实：第 2 项诉求没有答复") for t in comments)
    assert not any("标题可加机关名" in t for t in comments)
    assert not any("这里还空着" in t for t in comments)  # the slot is yellow already


def test_every_comment_is_anchored_in_the_text(letter: Path) -> None:
    body = read_part(letter, "word/document.xml")
    known = {c.get(f"{W}id") for c in read_part(letter, "word/comments.xml")}
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(f"{W}id") for e in body.iter(f"{W}{tag}")) == sorted(known)


def test_a_clean_copy_has_no_comments_and_no_marks(clean: Path) -> None:
    opened = docx.Document(str(clean))
    assert len(opened.comments) == 0
    runs = [run for p in opened.paragraphs for run in p.runs]
    assert not [r for r in runs if r.font.highlight_color or r.font.color.rgb]


def test_metadata_names_title_unit_and_language(letter: Path, draft: Draft) -> None:
    properties = docx.Document(str(letter)).core_properties
    assert properties.title == draft.title
    assert properties.author == PROFILE.name
    assert properties.language == "zh-CN"


def test_word_opens_it_without_compatibility_mode(letter: Path) -> None:
    settings = read_part(letter, "word/settings.xml")
    values = {s.get(f"{W}name"): s.get(f"{W}val") for s in settings.iter(f"{W}compatSetting")}
    assert values["compatibilityMode"] == "15"


def test_the_same_draft_gives_the_same_parts(draft: Draft, tmp_path: Path) -> None:
    contents = []
    for name in ("a.docx", "b.docx"):
        path = export_docx(draft, tmp_path / name, profile=PROFILE, comments=False)
        with zipfile.ZipFile(path) as archive:
            contents.append(
                {n: archive.read(n) for n in archive.namelist() if n != "docProps/core.xml"}
            )
    assert contents[0] == contents[1]


def test_blank_blocks_take_the_place_of_space_above(tmp_path: Path) -> None:
    draft = sample_draft()
    blanks = (Block("blank"), Block("blank", (form(""),)))
    draft = replace(draft, header=(*draft.header[:2], *blanks, *draft.header[2:]))
    path = export_docx(draft, tmp_path / "a.docx", profile=PROFILE)
    assert len(docx.Document(str(path)).paragraphs) == len(draft.blocks)
    assert find_block(path, draft, "title").paragraph_format.space_before == Pt(0)


@pytest.mark.parametrize("where", [None, Where(999, 0, 1, ""), Where(-1, 0, 0, "")])
def test_a_finding_without_a_place_is_told_at_the_title(
    where: Where | None, draft: Draft, tmp_path: Path
) -> None:
    finding = Finding("coverage.ask", "warn", where, "漏答一项")
    path = export_docx(draft, tmp_path / "a.docx", profile=PROFILE, findings=[finding])
    ident = next(
        c.comment_id for c in docx.Document(str(path)).comments if c.text.startswith("请核实")
    )
    title = find_block(path, draft, "title")._p
    starts = [e.get(qn("w:id")) for e in title.iter(qn("w:commentRangeStart"))]
    assert str(ident) in starts


def test_a_comment_can_stand_in_an_empty_paragraph(tmp_path: Path) -> None:
    draft = replace(sample_draft(), header=(Block("blank"),))
    finding = Finding("form.blank", "block", Where(0, 0, 0, ""), "多余的空行")
    path = export_docx(draft, tmp_path / "a.docx", profile=PROFILE, findings=[finding])
    assert any("多余的空行" in c.text for c in docx.Document(str(path)).comments)


def test_characters_that_xml_cannot_hold_do_not_stop_the_export(tmp_path: Path) -> None:
    draft = sample_draft("关于\x0b的\ufffe答复<&>")
    path = export_docx(draft, tmp_path / "a.docx", profile=replace(PROFILE, name="A<&>局"))
    texts, back = read_docx_draft(path)
    assert "关于\ufffd的\ufffd答复<&>" in texts
    assert back == draft


def test_a_profile_without_a_name_leaves_a_slot_in_the_letterhead(
    draft: Draft, tmp_path: Path
) -> None:
    path = export_docx(draft, tmp_path / "a.docx", profile=Profile())
    head = docx.Document(str(path)).sections[0].first_page_header
    assert head.paragraphs[0].text == "【单位全称】"


def test_a_folder_as_target_is_an_error_that_says_so(draft: Draft, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="文件夹") as caught:
        export_docx(draft, tmp_path, profile=PROFILE)
    assert isinstance(caught.value, ReplygenError)
    assert "\n" not in str(caught.value)


def test_a_file_as_folder_is_an_error_that_says_so(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(ExportError, match="不能在这个文件夹里写文件"):
        export_docx(draft, tmp_path / "a" / "b.docx", profile=PROFILE)


def test_nothing_but_the_file_is_left_in_the_folder(draft: Draft, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    export_docx(draft, path, profile=PROFILE)
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]
    assert path.read_bytes()[:2] == b"PK"


def test_the_name_of_the_signer_is_in_kai(tmp_path: Path) -> None:
    draft = sample_draft()
    signer = Block("signer", (form("签发人：秦知远"),))
    draft = replace(draft, header=(*draft.header[:2], signer, *draft.header[2:]))
    path = export_docx(draft, tmp_path / "a.docx", profile=PROFILE)
    runs = find_block(path, draft, "signer").runs
    assert [(r.text, r.font.name) for r in runs] == [
        ("签发人：", "仿宋_GB2312"),
        ("秦知远", "楷体_GB2312"),
    ]


def test_an_open_place_is_yellow_and_never_red(draft: Draft, tmp_path: Path) -> None:
    number = next(n for n, b in enumerate(draft.blocks) if "【" in b.text)
    text = draft.blocks[number].text
    block = Finding("leak.place", "block", Where(number, 0, len(text), text), "外地")
    whole = Finding("coverage.missing", "block", None, "没有回应")
    path = export_docx(draft, tmp_path / "稿.docx", profile=PROFILE, findings=[block, whole])
    paragraphs = docx.Document(str(path)).paragraphs
    slots = [r for r in paragraphs[number].runs if r.text.startswith("【")]
    assert slots and all(r.font.color.rgb is None for r in slots)
    title = next(n for n, b in enumerate(draft.blocks) if b.style == "title")
    assert all(r.font.color.rgb is None for r in paragraphs[title].runs)

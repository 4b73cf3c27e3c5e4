"""Word files as offices write them."""

from __future__ import annotations

import pytest
from docx import Document
from docx_writer import from_body, numbered, repack, save

from replygen.errors import LimitError, ReadError
from replygen.models import Source
from replygen.reading import read_bytes
from replygen.settings import Limits


def _read(data: bytes, name: str = "答复.docx") -> Source:
    return read_bytes(name, data)


def test_body_paragraphs_keep_their_order_index_and_emptiness() -> None:
    document = Document()
    document.add_paragraph("王委员：")
    document.add_paragraph("")
    document.add_paragraph("提案收悉。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "联系人", "周闻笛"
    document.add_paragraph("特此函复。")
    got = [(p.text, p.style, p.index) for p in _read(save(document)).paragraphs]
    assert got == [
        ("王委员：", "body", 0),
        ("", "body", 1),
        ("提案收悉。", "body", 2),
        ("联系人", "table", None),
        ("周闻笛", "table", None),
        ("特此函复。", "body", 3),
    ]


def test_page_headers_and_footers_are_marked_and_left_out_of_the_text() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "云川市市场监督管理局文件"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("正文。")
    source = _read(save(document))
    assert [(p.style, p.text) for p in source.paragraphs] == [
        ("header", "云川市市场监督管理局文件"),
        ("body", "正文。"),
        ("footer", "第 1 页"),
    ]
    assert source.text == "正文。"


def test_bold_runs_are_spans_of_the_text() -> None:
    document = Document()
    paragraph = document.add_paragraph("　　")
    paragraph.add_run("一是").bold = True
    paragraph.add_run("完善制度。").bold = True
    paragraph.add_run("建立台账。")
    paragraph.add_run("重点", style="Strong")
    found = _read(save(document)).paragraphs[0]
    assert [found.text[a:b] for a, b in found.bold] == ["一是完善制度。", "重点"]


def test_bold_switched_off_in_a_bold_style_is_not_bold() -> None:
    document = Document()
    heading = document.add_heading("一、", level=1)
    heading.add_run("总体情况").bold = False
    found = _read(save(document)).paragraphs[0]
    assert found.style == "heading"
    assert [found.text[a:b] for a, b in found.bold] == ["一、"]


def test_outline_level_makes_a_heading() -> None:
    data = from_body(
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>一、概况</w:t></w:r></w:p>'
    )
    assert _read(data).paragraphs[0].style == "heading"


def test_tracked_changes_are_read_as_accepted() -> None:
    data = from_body(
        "<w:p><w:r><w:t>我局</w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>将</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>已</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>旧处</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="a"><w:r><w:t>完成</w:t></w:r></w:moveTo></w:p>'
    )
    assert _read(data).text == "我局已完成"


def test_a_deleted_paragraph_mark_joins_and_keeps_the_count() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    data = from_body(
        f"<w:p>{mark}<w:r><w:rPr><w:b/></w:rPr><w:t>一是</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>完善制度。</w:t></w:r></w:p>",
    )
    paragraphs = _read(data).paragraphs
    assert [(p.text, p.index) for p in paragraphs] == [("", 0), ("一是完善制度。", 1)]
    assert paragraphs[1].bold == ((0, 2),)


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>类别：A</w:t></w:r></w:p></w:txbxContent>"
    data = from_body(
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>标题</w:t></w:r></w:p>"
    )
    assert [(p.text, p.index) for p in _read(data).paragraphs] == [("标题", 0), ("类别：A", None)]


def test_hyperlinks_controls_breaks_tabs_and_ruby_are_text() -> None:
    data = from_body(
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:tab/><w:br/></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:br w:type="page"/></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>jian</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>监</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert _read(data).paragraphs[0].text == "链接\t\n控件监"


def test_hidden_text_is_left_out_and_said() -> None:
    data = from_body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部批注</w:t></w:r>"
        "<w:r><w:t>正文。</w:t></w:r></w:p>"
    )
    source = _read(data)
    assert source.text == "正文。"
    assert "隐藏文字" in source.warnings[0]


def test_block_controls_are_read_without_index() -> None:
    data = from_body(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的一段</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:r><w:t>第一段</w:t></w:r></w:p>",
    )
    got = [(p.text, p.index) for p in _read(data).paragraphs]
    assert got == [("控件里的一段", None), ("第一段", 0)]


_LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%3."/></w:lvl>'
)
_NUM = '<w:num w:numId="{}"><w:abstractNumId w:val="1"/>{}</w:num>'


def test_labels_that_word_generates_stand_before_the_text() -> None:
    data = numbered(
        _LEVELS,
        _NUM.format(1, ""),
        [
            (1, 0, "加强领导"),
            (1, 1, "完善制度"),
            (1, 2, "2024年以来"),
            (1, 2, "建立台账"),
            (1, 1, "强化监管"),
            (0, 0, "无编号"),
            (1, 0, "下一步"),
            (1, 1, "重新计数"),
        ],
    )
    assert _read(data).text.split("\n") == [
        "一、加强领导",
        "（一）完善制度",
        "1. 2024年以来",
        "2.建立台账",
        "（二）强化监管",
        "无编号",
        "二、下一步",
        "（一）重新计数",
    ]


def test_a_second_list_goes_on_counting_unless_it_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    data = numbered(
        _LEVELS,
        "|".join((_NUM.format(1, ""), _NUM.format(2, ""), _NUM.format(3, restart))),
        [(1, 0, "甲"), (2, 0, "乙"), (3, 0, "丙"), (3, 0, "丁")],
    )
    assert _read(data).text.split("\n") == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_bullets_and_unknown_lists_add_nothing() -> None:
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl>'
    data = numbered(bullet, _NUM.format(1, ""), [(1, 0, "要点"), (9, 0, "未定义")])
    assert _read(data).text == "要点\n未定义"


def test_macro_files_and_broken_relations_are_read() -> None:
    document = Document()
    document.add_paragraph("正文。")

    def change(name: str, data: bytes) -> bytes:
        data = data.replace(
            b"wordprocessingml.document.main+xml", b"wordprocessingml.macroEnabled.main+xml"
        ).replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.macro",
            b"application/vnd.ms-word.document.macro",
        )
        if name == "word/_rels/document.xml.rels":
            data = data.replace(
                b"</Relationships>",
                b'<Relationship Id="rX" Type="http://x/image" Target="NULL"/></Relationships>',
            )
        return data

    assert _read(repack(save(document), change)).text == "正文。"


def test_the_strict_dialect_is_read() -> None:
    document = Document()
    document.add_paragraph("严格格式。")

    def change(name: str, data: bytes) -> bytes:
        return data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert _read(repack(save(document), change)).text == "严格格式。"


def _without_document(name: str, data: bytes) -> bytes | None:
    return None if name == "word/document.xml" else data


def _half_document(name: str, data: bytes) -> bytes:
    return data[: len(data) // 2] if name == "word/document.xml" else data


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: repack(data, _without_document),
        lambda data: repack(data, _half_document),
        lambda data: data[: len(data) // 2],
        lambda data: data[:-40],
    ],
    ids=["no document.xml", "half of the XML", "half of the file", "end cut off"],
)
def test_damaged_files_are_refused_by_name(damage) -> None:
    document = Document()
    document.add_paragraph("正文。" * 200)
    with pytest.raises(ReadError, match=r"坏的\.docx：.*(损坏|不完整)"):
        _read(damage(save(document)), "坏的.docx")


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="没有文字"):
        _read(save(Document()))


def test_a_bomb_of_a_file_is_refused() -> None:
    document = Document()
    document.add_paragraph("甲" * 3_000_000)
    with pytest.raises(LimitError, match="压缩比"):
        _read(save(document))


def test_a_slow_file_is_refused() -> None:
    document = Document()
    document.add_paragraph("正文。")
    with pytest.raises(LimitError, match="秒"):
        read_bytes("慢.docx", save(document), limits=Limits(seconds=0.0))


def test_entities_are_not_expanded() -> None:
    document = Document()
    document.add_paragraph("正文。")

    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        return data.replace(b"<w:document", head + b"<w:document", 1).replace(
            "正文。".encode(), "正文。&x;".encode()
        )

    assert _read(repack(save(document), change)).text == "正文。"


def test_a_directory_that_points_before_the_file_is_refused() -> None:
    document = Document()
    document.add_paragraph("正文。")
    data = save(document)
    # A file that lost bytes in its middle: the directory's offsets lie past what is left.
    start = data.index(b"PK\x03\x04", 4)
    with pytest.raises(ReadError, match="损坏"):
        _read(data[:start][:10] + data[start + 60 :])

"""What export writes, reading reads: the same paragraphs under the same numbers."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from replygen.models import Draft
from replygen.reading import read_source


@pytest.mark.parametrize("paper", ["letter", "document", "clean"])
def test_reading_counts_the_same_paragraphs(
    paper: str, draft: Draft, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(paper)
    body = [p for p in read_source(path).paragraphs if p.index is not None]
    assert [p.index for p in body] == list(range(len(draft.blocks)))
    assert [p.text for p in body] == [b.text for b in draft.blocks]


def test_tables_and_text_boxes_are_read_beside_the_body(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from replygen.reading import read_source
    from replygen.word import read_beside

    document = Document()
    document.add_paragraph("正文一段。")
    box = (
        f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape>'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>岚港市的经验。</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    document.element.body.insert(1, parse_xml(box))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "岚港市", "230余条"
    document.save(str(tmp_path / "稿.docx"))
    lines = read_beside(read_source(tmp_path / "稿.docx"))
    assert lines == ("岚港市的经验。；岚港市；230余条",)


def test_headers_and_footers_are_read_for_checking_and_a_content_control_once(
    tmp_path: Path,
) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from replygen.checking import check_document
    from replygen.reading import read_source
    from replygen.word import read_beside, read_docx_draft

    document = Document()
    document.add_paragraph("关于第0211号提案的答复")
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r>"
        "<w:t>岚港市建成社区食堂86家。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, parse_xml(control))
    document.sections[0].header.paragraphs[0].text = "岚港市经验材料"
    document.sections[0].footer.paragraphs[0].text = "联系人：王和平"
    path = tmp_path / "稿.docx"
    document.save(str(path))
    body, _ = read_docx_draft(path)
    lines = (*body, *read_beside(read_source(path), body))
    report = check_document(lines)
    found = [(f.where.part, f.where.text) for f in report.findings if f.where]
    assert found.count(("body", "岚港市")) == 1
    assert ("header", "岚港市") in found
    assert ("footer", "王和平") in found
    assert all(f.where.paragraph < len(lines) for f in report.findings if f.where)


def _break_types(data: bytes) -> bytes:
    return data.replace(b"PartName", b"PartNome", 1)


def _break_relations(data: bytes) -> bytes:
    return data.replace(b"Target=", b"Tarmet=", 1)


@pytest.mark.parametrize(
    "part, change", [("[Content_Types].xml", _break_types), ("_rels/.rels", _break_relations)]
)
def test_a_part_that_lacks_an_attribute_is_one_line(tmp_path: Path, part: str, change) -> None:
    """Found by tools/torture.py: python-docx stumbles over these with an AttributeError."""
    from docx import Document

    from replygen.errors import ReadError
    from replygen.word.reader import open_docx

    whole, broken = tmp_path / "whole.docx", tmp_path / "broken.docx"
    Document().save(str(whole))
    with ZipFile(whole) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    with pytest.raises(ReadError, match="不是完好"):
        open_docx(broken)


def test_a_part_whose_packing_is_broken_is_one_line(tmp_path: Path) -> None:
    from docx import Document

    from replygen.errors import ReadError
    from replygen.word.reader import open_docx

    path = tmp_path / "whole.docx"
    Document().save(str(path))
    data = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        info = archive.getinfo("word/document.xml")
    packed = info.header_offset + 30 + len(info.filename)
    data[packed : packed + 40] = b"\x07" * 40
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match="不是完好"):
        open_docx(path)

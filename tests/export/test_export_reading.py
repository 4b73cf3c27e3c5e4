"""What export writes, reading reads: the same paragraphs under the same numbers."""

from __future__ import annotations

from pathlib import Path

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

    from replygen.export import read_beside
    from replygen.reading import read_source

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

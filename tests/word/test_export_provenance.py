"""Where sentences came from survives into Word and back."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from replygen.errors import ReadError
from replygen.models import Draft
from replygen.word import draft_from_json, draft_to_html, draft_to_json, read_docx_draft


def test_json_and_back_is_exact(draft: Draft) -> None:
    assert draft_from_json(draft_to_json(draft)) == draft


def test_json_is_that_of_the_fields_and_read_once(draft: Draft) -> None:
    text = draft_to_json(draft)
    assert json.loads(text)["draft"] == json.loads(json.dumps(asdict(draft)))
    again = f"{text} "[:-1]  # as it comes from the disk: the same text, another string
    assert draft_from_json(text) is draft_from_json(again)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "不是 replygen 导出的草稿数据"),
        ("[1]", "不是 replygen 导出的草稿数据"),
        ('{"draft": {}}', "不是 replygen 导出的草稿数据"),
        ('{"version": 99, "draft": {}}', "请升级"),
        ('{"version": 1, "draft": {}}', "不完整"),
        ('{"version": 1}', "不完整"),
    ],
)
def test_other_json_is_refused_with_its_name(text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        draft_from_json(text, name="稿.json")
    assert str(caught.value).startswith("稿.json：")


def test_an_unknown_origin_is_refused(draft: Draft) -> None:
    text = draft_to_json(draft).replace('"precedent"', '"guess"')
    with pytest.raises(ReadError, match="guess"):
        draft_from_json(text)


def test_the_draft_is_read_back_from_the_file(letter: Path, document: Path, draft: Draft) -> None:
    for path in (letter, document):
        texts, back = read_docx_draft(path)
        assert back == draft
        assert list(texts) == [b.text for b in draft.blocks]


def test_an_edited_file_gives_its_new_text_and_the_old_provenance(
    letter: Path, draft: Draft, tmp_path: Path
) -> None:
    opened = docx.Document(str(letter))
    opened.paragraphs[7].runs[0].text = "2026年"
    opened.add_paragraph("新加的一段")
    opened.save(str(tmp_path / "edited.docx"))
    texts, back = read_docx_draft(tmp_path / "edited.docx")
    assert texts[7].startswith("2026年，我局")
    assert texts[-1] == "新加的一段"
    assert back == draft


def test_tracked_changes_are_read_as_if_accepted(letter: Path, tmp_path: Path) -> None:
    opened = docx.Document(str(letter))
    paragraph = opened.paragraphs[2]
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    run = paragraph.runs[0]._r
    run.addprevious(deleted)
    deleted.append(run)
    run.find(qn("w:t")).tag = qn("w:delText")
    inserted.append(OxmlElement("w:r"))
    text = OxmlElement("w:t")
    text.text = "新标题"
    inserted[0].append(text)
    deleted.addnext(inserted)
    opened.save(str(tmp_path / "tracked.docx"))
    assert read_docx_draft(tmp_path / "tracked.docx")[0][2] == "新标题"


def rewrite(path: Path, target: Path, *, drop: str = "", spoil: str = "") -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if spoil and spoil in name:
                data = data.replace(b'"version":1', b'"version":7')
            if drop and name.endswith("document.xml.rels"):
                data = b"".join(
                    (b"" if drop.encode() in piece else piece + b"/>")
                    for piece in data.split(b"/>")[:-1]
                )
                data += b"</Relationships>"
            if not (drop and drop in name):
                new.writestr(name, data)
    return target


def test_a_file_without_the_part_gives_none(letter: Path, draft: Draft, tmp_path: Path) -> None:
    path = rewrite(letter, tmp_path / "a.docx", drop="customXml")
    texts, back = read_docx_draft(path)
    assert back is None
    assert len(texts) == len(draft.blocks)


def test_a_part_of_a_later_version_gives_none(letter: Path, tmp_path: Path) -> None:
    path = rewrite(letter, tmp_path / "a.docx", spoil="customXml/item1")
    assert read_docx_draft(path)[1] is None


def test_the_part_has_a_name_an_id_and_its_namespace(letter: Path) -> None:
    with zipfile.ZipFile(letter) as archive:
        item = archive.read("customXml/item1.xml").decode()
        props = archive.read("customXml/itemProps1.xml").decode()
        rels = archive.read("word/_rels/document.xml.rels").decode()
    assert 'xmlns="urn:replygen:draft"' in item
    assert "urn:replygen:draft" in props
    assert "relationships/customXml" in rels
    assert json.loads(item[item.index("{") : item.rindex("}") + 1].replace("&lt;", "<"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old word"])
def test_a_file_that_is_no_docx_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="另存为"):
        read_docx_draft(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="没有.docx：打不开"):
        read_docx_draft(tmp_path / "没有.docx")


def test_html_is_escaped_and_names_the_sources(draft: Draft) -> None:
    page = draft_to_html(draft)
    assert "<b>&amp;" not in page
    assert "&lt;b&gt;&amp;amp;" in page
    assert 'data-origin="own" title="来源：本单位材料 2025年工作总结' in page
    assert "<mark>【时间】</mark>" in page
    assert page.count("<h2") == 3

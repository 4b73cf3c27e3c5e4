"""Fixes made in the file itself: fonts, comments and provenance stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sample_draft import FINDINGS, PROFILE, form, sample_draft
from schema_order import find_disorder

from replygen.checking import Edit, fix_texts
from replygen.models import Block, Sentence
from replygen.word import edit_docx, export_docx, read_docx_draft


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The sample letter with a wrong bracket and a half-width mark across sentences."""
    draft = sample_draft()
    sentences = (
        Sentence("1、加强监管,", "precedent", ("abc#1",)),
        Sentence("规范经营.", "own", ("own#2",), bold=True),
    )
    section = replace(draft.sections[0], blocks=(Block("body", sentences, "planned"),))
    header = (Block("doc_number", (form("云市监提复[2026]05号"),)), *draft.header[1:])
    draft = replace(draft, header=header, sections=(section, *draft.sections[1:]))
    return export_docx(draft, tmp_path / "稿.docx", profile=PROFILE, findings=FINDINGS)


def fix(path: Path, output: Path) -> Path:
    return edit_docx(path, output, fix_texts(read_docx_draft(path)[0])[1])


def test_the_text_is_put_right(faulty: Path, tmp_path: Path) -> None:
    before = read_docx_draft(faulty)[0]
    texts, _ = read_docx_draft(fix(faulty, tmp_path / "改.docx"))
    assert texts == fix_texts(before)[0]
    assert "云市监提复〔2026〕5号" in texts
    assert "1.加强监管，规范经营。" in texts


def test_sentences_keep_their_sources(faulty: Path, tmp_path: Path) -> None:
    texts, draft = read_docx_draft(fix(faulty, tmp_path / "改.docx"))
    assert draft is not None
    assert tuple(b.text for b in draft.blocks) == texts
    block = draft.sections[0].blocks[0]
    assert [(s.text, s.origin, s.sources) for s in block.sentences] == [
        ("1.加强监管，", "precedent", ("abc#1",)),
        ("规范经营。", "own", ("own#2",)),
    ]


def test_formatting_and_comments_stay(faulty: Path, tmp_path: Path) -> None:
    old, new = docx.Document(str(faulty)), docx.Document(str(fix(faulty, tmp_path / "改.docx")))
    for before, after in zip(old.paragraphs, new.paragraphs, strict=True):
        assert before.style is not None and after.style is not None
        assert before.style.name == after.style.name
        assert [r.bold for r in before.runs] == [r.bold for r in after.runs]
        assert [r.font.name for r in before.runs] == [r.font.name for r in after.runs]
    assert len(list(old.comments)) == len(list(new.comments)) > 0
    assert list(find_disorder(tmp_path / "改.docx")) == []


def test_an_edit_over_several_runs_goes_into_the_first(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("云市监提复")
    paragraph.add_run("[20").bold = True
    paragraph.add_run("26]5号")
    document.save(str(tmp_path / "外.docx"))
    fix(tmp_path / "外.docx", tmp_path / "改.docx")
    runs = docx.Document(str(tmp_path / "改.docx")).paragraphs[0].runs
    assert [(r.text, r.bold) for r in runs] == [
        ("云市监提复", None),
        ("〔2026〕", True),
        ("5号", None),
    ]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit("r", 0, 4, "", "：", "m"), "林静委员：\n"),
        (Edit("r", 0, 0, "", "尊敬的", "m"), "尊敬的林静委员\n"),
        (Edit("r", 0, 0, "林静", "", "m"), "委员\n"),
        (Edit("r", 0, 0, "林静委员\n", "", "m"), ""),
    ],
)
def test_insertions_and_deletions(edit: Edit, expected: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("林静").add_run("委员").add_break()
    document.save(str(tmp_path / "外.docx"))
    edit_docx(tmp_path / "外.docx", tmp_path / "改.docx", [[edit]])
    assert read_docx_draft(tmp_path / "改.docx")[0][0] == expected


def test_a_paragraph_goes_as_a_whole(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("甲", "乙", "丙"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "外.docx"))
    edit = Edit("r", 1, 0, "乙", "", "m", whole=True)
    edit_docx(tmp_path / "外.docx", tmp_path / "改.docx", [[edit]])
    assert read_docx_draft(tmp_path / "改.docx")[0] == ("甲", "丙")

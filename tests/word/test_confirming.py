"""Commitments to confirm, through Word and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from sample_draft import PROFILE

from replygen.models import Block, Draft, Sentence
from replygen.word import edit_docx, export_docx, read_docx_draft, write_clean
from replygen.word.confirming import CONFIRM


def planned(text: str, ask: int, confirmed: bool | None = False) -> Sentence:
    return Sentence(text, "proposal", ("proposal",), (), ask, False, confirmed)


FIRST = "下一步，我局将在老年人口集中的社区增设助餐点。"
SECOND = "今后，我局将引导餐饮企业、物业服务企业送餐上门。"
THIRD = "我局将把助餐点纳入日常检查。"
DRAFT = Draft(
    "对市政协五届三次会议第0126号提案的答复",
    "letter",
    (
        Block("title", (Sentence("对市政协五届三次会议第0126号提案的答复", "form"),)),
        Block("body", (Sentence("现答复如下：", "form"), planned(FIRST, 1))),
        Block("body", (planned(SECOND, 2), planned(THIRD, 2))),
    ),
    (),
    (),
)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return export_docx(DRAFT, tmp_path / "稿.docx", profile=PROFILE)


def unconfirmed(path: Path) -> list[str]:
    draft = read_docx_draft(path)[1]
    assert draft is not None
    return [s.text for s in draft.unconfirmed]


def asking(document: Document) -> list[str]:
    return [c.text for c in document.comments if c.text.startswith(CONFIRM)]


def delete_comment(document: Document, anchor: str) -> None:
    """What Word does: the comment, its range and its reference go."""
    for start in list(document.element.body.iter(qn("w:commentRangeStart"))):
        run = start.getnext()
        if anchor in "".join(t.text or "" for t in run.iter(qn("w:t"))):
            ident = start.get(qn("w:id"))
            for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
                for mark in list(document.element.body.iter(qn(f"w:{name}"))):
                    if mark.get(qn("w:id")) == ident:
                        mark.getparent().remove(mark)
            root = document.part._comments_part.element
            for comment in list(root):
                if comment.get(qn("w:id")) == ident:
                    root.remove(comment)


def change(path: Path, edit: Callable[[Document], None]) -> Path:
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def test_each_commitment_has_its_comment_and_its_own_highlight(exported: Path) -> None:
    document = docx.Document(str(exported))
    assert len(asking(document)) == 3
    colours = {
        run.text: run.font.highlight_color
        for p in document.paragraphs
        for run in p.runs
        if run.text
    }
    assert colours[FIRST] == colours[SECOND] == colours[THIRD] == WD_COLOR_INDEX.TURQUOISE
    assert colours["现答复如下："] is None


def test_a_confirmed_commitment_keeps_only_its_source(tmp_path: Path) -> None:
    block = Block("body", (planned(FIRST, 1, True),))
    path = export_docx(
        Draft("答复", "letter", (block,), (), ()), tmp_path / "稿.docx", profile=PROFILE
    )
    document = docx.Document(str(path))
    assert [c.text for c in document.comments] == ["来源：提案原意 来件原文"]
    assert all(run.font.highlight_color is None for p in document.paragraphs for run in p.runs)


def test_what_nobody_touched_comes_back_unconfirmed(exported: Path) -> None:
    assert unconfirmed(exported) == [FIRST, SECOND, THIRD]
    assert read_docx_draft(exported)[1] == DRAFT


@pytest.mark.parametrize(("deleted", "left"), [(FIRST, [SECOND, THIRD]), (SECOND, [FIRST, THIRD])])
def test_deleting_the_comment_confirms(exported: Path, deleted: str, left: list[str]) -> None:
    change(exported, lambda document: delete_comment(document, deleted))
    assert unconfirmed(exported) == left


def test_editing_the_sentence_without_deleting_the_comment_does_not_confirm(exported: Path) -> None:
    def edit(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace("增设助餐点", "分批增设老年助餐点")

    assert unconfirmed(change(exported, edit)) == [
        FIRST.replace("增设助餐点", "分批增设老年助餐点"),
        SECOND,
        THIRD,
    ]


def test_a_sentence_rewritten_from_end_to_end_under_its_comment_is_not_confirmed(
    exported: Path,
) -> None:
    def edit(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                if run.text == THIRD:
                    run.text = "各区另行安排。"

    assert unconfirmed(change(exported, edit)) == [FIRST, SECOND, "各区另行安排。"]


def test_a_resolved_comment_confirms(exported: Path) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def resolve(document: Document) -> None:
        part = document.part._comments_part
        first = next(c for c in part.element.iter(qn("w:comment")))
        paragraph = list(first.iter(qn("w:p")))[-1]
        w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
        paragraph.set(w14, "0A1B2C3D")
        xml = (
            '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
            '<w15:commentEx w15:paraId="0A1B2C3D" w15:done="1"/></w15:commentsEx>'
        )
        extended = Part(
            PackURI("/word/commentsExtended.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
            xml.encode(),
            document.part.package,
        )
        kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        document.part.relate_to(extended, kind)

    assert unconfirmed(change(exported, resolve)) == [SECOND, THIRD]


def test_small_edits_keep_the_question(exported: Path, tmp_path: Path) -> None:
    from replygen.checking import Edit

    edit = Edit("form.x", 2, 0, "今后，", "下一步，", "")
    path = edit_docx(exported, tmp_path / "改.docx", [[edit]])
    assert unconfirmed(path) == [FIRST, SECOND.replace("今后", "下一步"), THIRD]


def test_a_clean_copy_has_neither_question_nor_colour(exported: Path, tmp_path: Path) -> None:
    write_clean(exported, tmp_path / "净.docx")
    document = docx.Document(str(tmp_path / "净.docx"))
    assert asking(document) == []
    assert all(run.font.highlight_color is None for p in document.paragraphs for run in p.runs)

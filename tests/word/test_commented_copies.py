"""Findings as Word comments at their places, corrections as tracked changes."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sample_draft import PROFILE, form, sample_draft
from schema_order import find_disorder

from replygen.checking import fix_texts
from replygen.models import Block, Finding, Remark, Sentence, Where
from replygen.word import (
    comment_docx,
    edit_docx,
    export_docx,
    read_docx_draft,
    render_pdf,
    texts_to_docx,
    track_docx,
)
from replygen.word.confirming import find_anchors, read_anchors
from replygen.word.public import write_public
from replygen.word.reader import list_paragraphs, read_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FAULTY = {
    "a bracket and a zero": "云市监提复[2026]05号",
    "a list mark and a comma": "1、加强监管,规范经营.",
    "two rounds, one uncovers the other": "(一)、加强监管",
    "at the very beginning": ",加强监管",
    "at the very end": "加强监管,推动发展,",
    "nothing to put right": "加强监管，规范经营。",
    "an open place stays": "加强【请补充：a,b】监管,规范经营",
}


def finding(paragraph: int, text: str, words: str, **more: object) -> Finding:
    start = text.index(words)
    where = Where(paragraph, start, start + len(words), words, **more)  # type: ignore[arg-type]
    return Finding("leak.place", "block", where, f"地名“{words}”不是本地的", "删去")


def ranges(path: Path) -> dict[str, str]:
    """What each comment says and the text that it stands at."""
    document, found = docx.Document(str(path)), {}
    said = {str(c.comment_id): c.text for c in document.comments}
    for number, text in said.items():
        inside, on = "", False
        for element in document.element.body.iter():
            mark = element.get(f"{W}id") == number
            if element.tag == f"{W}commentRangeStart" and mark:
                on = True
            elif element.tag == f"{W}commentRangeEnd" and mark:
                on = False
            elif element.tag == f"{W}t" and on:
                inside += element.text or ""
        found[text] = inside
    return found


def plain(tmp_path: Path, *texts: str) -> Path:
    return texts_to_docx(texts, tmp_path / "稿.docx")


@pytest.mark.parametrize("text", FAULTY.values(), ids=list(FAULTY))
def test_tracked_changes_accepted_are_the_fixed_text_and_rejected_the_old_one(text, tmp_path):
    path = plain(tmp_path, "标题", text)
    fixed, rounds = fix_texts(["标题", text])
    done = track_docx(path, tmp_path / "修订.docx", rounds)
    assert read_docx_draft(done)[0] == fixed
    document = docx.Document(str(done))
    for inserted in list(document.element.body.iter(f"{W}ins")):
        inserted.getparent().remove(inserted)
    for old in document.element.body.iter(f"{W}delText"):
        old.tag = f"{W}t"
    for deleted in document.element.body.iter(f"{W}del"):
        deleted.tag = f"{W}smartTag"
    assert [read_text(p) for p in list_paragraphs(document.element.body)] == ["标题", text]


def test_a_tracked_change_keeps_the_look_of_the_words_and_names_its_author(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("加强监管").bold = True
    paragraph.add_run(",规范经营,").italic = True
    document.save(str(tmp_path / "稿.docx"))
    rounds = fix_texts(["加强监管,规范经营,"])[1]
    done = docx.Document(str(track_docx(tmp_path / "稿.docx", tmp_path / "改.docx", rounds)))
    inserted = list(done.element.body.iter(f"{W}ins"))
    assert inserted and all(i.get(f"{W}author") == "replygen" for i in inserted)
    assert all(i.find(f".//{W}i") is not None for i in inserted)
    numbers = [e.get(f"{W}id") for k in ("ins", "del") for e in done.element.body.iter(f"{W}{k}")]
    assert len(numbers) == len(set(numbers))


def test_the_data_part_holds_the_corrected_sentences(tmp_path):
    draft = sample_draft()
    block = Block("body", (Sentence("1、加强监管,", "own", ("own#2",)), form("规范经营.")))
    section = replace(draft.sections[0], blocks=(block,))
    path = export_docx(replace(draft, sections=(section,)), tmp_path / "稿.docx", profile=PROFILE)
    rounds = fix_texts(read_docx_draft(path)[0])[1]
    tracked = read_docx_draft(track_docx(path, tmp_path / "修订.docx", rounds))
    assert tracked == read_docx_draft(edit_docx(path, tmp_path / "改.docx", rounds))
    assert tracked[1] is not None
    assert tracked[1].sections[0].blocks[0].sentences[0].sources == ("own#2",)


def test_a_finding_is_a_comment_at_its_words(tmp_path):
    text = "我局在澄州市和东岭县召开会议。"
    path = plain(tmp_path, "关于提案的答复", text)
    found = [finding(1, text, "澄州市"), finding(1, text, "东岭县")]
    told = ranges(comment_docx(path, tmp_path / "批注.docx", found))
    assert [(t.split("\n")[0], at) for t, at in told.items()] == [
        ("必须改：地名“澄州市”不是本地的", "澄州市"),
        ("必须改：地名“东岭县”不是本地的", "东岭县"),
    ]
    assert read_docx_draft(tmp_path / "批注.docx")[0] == ("关于提案的答复", text)


def test_findings_on_the_same_words_and_over_each_other_all_get_their_comment(tmp_path):
    text = "会同澄州市商务局开展检查"
    found = [finding(0, text, w) for w in ("澄州市", "澄州市商务局", "会同澄州市", text)]
    told = ranges(comment_docx(plain(tmp_path, text), tmp_path / "批注.docx", found))
    assert sorted(told.values()) == sorted(["澄州市", "澄州市商务局", "会同澄州市", text])


def test_what_no_comment_can_stand_at_is_told_at_the_first_line(tmp_path):
    path = plain(tmp_path, "", "关于提案的答复", "正文。")
    header = Finding("leak.place", "block", Where(3, 0, 3, "澄州市", "header"), "地名", None)
    whole = Finding("coverage.ask", "warn", None, "第 2 项没有答复", None)
    told = ranges(comment_docx(path, tmp_path / "批注.docx", [header, whole]))
    assert set(told.values()) == {"关于提案的答复"}
    assert any(t.startswith("页眉“澄州市”") for t in told)


def test_a_finding_in_a_table_is_told_in_its_cell(tmp_path):
    document = docx.Document()
    document.add_paragraph("关于提案的答复")
    document.add_table(1, 2).cell(0, 1).text = "澄州市 43 条"
    document.save(str(tmp_path / "稿.docx"))
    found = Finding("leak.place", "block", Where(1, 0, 3, "澄州市"), "地名", None)
    told = ranges(comment_docx(tmp_path / "稿.docx", tmp_path / "批注.docx", [found]))
    assert list(told.values()) == ["澄州市"]


def test_comments_of_an_earlier_check_go_and_all_others_stay(tmp_path):
    draft = sample_draft()
    text = draft.sections[0].blocks[1].text
    path = export_docx(draft, tmp_path / "稿.docx", profile=PROFILE)
    before = len(ranges(path))
    number = [b.text for b in draft.blocks].index(text)
    found = [finding(number, text, "市商务局")]
    first = comment_docx(path, tmp_path / "一.docx", found)
    second = comment_docx(first, tmp_path / "二.docx", found)
    assert len(ranges(first)) == len(ranges(second)) == before + 1
    assert len(find_anchors(docx.Document(str(second)))) == len(draft.unconfirmed)


def test_a_finding_is_told_by_who_reviewed_and_by_no_code(tmp_path):
    text = "我局在澄州市召开会议。"
    path = plain(tmp_path, text)
    first = comment_docx(path, tmp_path / "一.docx", [finding(0, text, "澄州市")], author="李审")
    second = comment_docx(first, tmp_path / "二.docx", [finding(0, text, "澄州市")], author="周审")
    (comment,) = docx.Document(str(second)).comments
    assert (comment.author, "leak" in comment.text) == ("周审", False)


def test_a_commitment_that_is_asked_about_gets_no_second_comment_but_its_decision(tmp_path):
    draft = sample_draft()
    promise = Sentence(
        "今后，我局每月公布抽查结果。", "proposal", ("proposal",), (), 2, confirmed=False
    )
    section = replace(draft.sections[0], blocks=(Block("body", (promise,)),))
    draft = replace(draft, sections=(section, *draft.sections[1:]))
    path = export_docx(draft, tmp_path / "稿.docx", profile=PROFILE)
    number = next(n for n, b in enumerate(draft.blocks) if promise.text in b.text)
    start = draft.blocks[number].text.index(promise.text)
    where = Where(number, start, start + len(promise.text), promise.text)
    open_one = Finding("promise.unconfirmed", "block", where, "还没有确认", "请确认")
    decided = replace(
        open_one, severity="note", message="还没有确认〔李审同意作出这项承诺：已批〔2026〕3号〕"
    )
    before = len(ranges(path))
    undecided = comment_docx(path, tmp_path / "一.docx", [open_one], author="李审")
    assert len(ranges(undecided)) == before
    for _ in range(2):  # a second copy tells it once
        undecided = comment_docx(undecided, tmp_path / "二.docx", [decided], author="李审")
    said = [c for c in docx.Document(str(undecided)).comments if "承诺" in c.text]
    told = [text for text, at in ranges(undecided).items() if promise.text in at]
    assert "审核：李审同意作出这项承诺：已批〔2026〕3号" in told and len(told) == 2
    assert {c.author for c in said} == {"李审", "replygen 依据"}
    assert len(find_anchors(docx.Document(str(undecided)))) == len(draft.unconfirmed)


def test_what_a_sentence_rests_on_and_what_the_reviewer_says_stand_under_two_names(tmp_path):
    path = export_docx(sample_draft(), tmp_path / "稿.docx", profile=PROFILE)
    text = docx.Document(str(path)).paragraphs[8].text
    old = docx.Document(str(path))
    for comment in old.comments:  # as they were written before there were two names
        comment.author = "replygen"
    old.save(str(path))
    remark = Remark("return", "李审", "2026-11-28 10:00", "请写明责任科室")

    def authors(**more) -> dict[str, set[bool]]:
        copy = tmp_path / "批注.docx"
        comment_docx(path, copy, [finding(8, text, text[:4])], author="李审", remark=remark, **more)
        found: dict[str, set[bool]] = {}
        for comment in docx.Document(str(copy)).comments:
            of_ours = comment.text.startswith(("来源：", "据提案原意"))
            found.setdefault(comment.author, set()).add(of_ours)
        return found

    assert authors() == {"李审": {False}, "replygen 依据": {True}}
    assert authors(sources=False).keys() - {"replygen 依据"} == {"李审"}
    copy = docx.Document(str(tmp_path / "批注.docx"))
    assert not any(c.text.startswith("来源：") for c in copy.comments)


def test_the_source_of_a_sentence_that_was_rewritten_away_is_told_no_more(tmp_path):
    draft = sample_draft()
    path = export_docx(draft, tmp_path / "稿.docx", profile=PROFILE)
    document = docx.Document(str(path))
    gone, edited = "会同市商务局、市网信办设立网络监管联席会议", "逐家走访平台和直播机构"
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.text.startswith(gone):
                run.text = "电梯使用单位的维保记录已经全部归档，群众满意。"
            elif run.text.startswith(edited):
                run.text = run.text.replace("逐家走访", "每季度逐家走访")
    document.save(str(path))
    left = docx.Document(str(comment_docx(path, tmp_path / "批注.docx", [])))
    stands = [a.text for a in read_anchors(left, {str(c.comment_id) for c in left.comments})]
    assert not any("电梯" in at for at in stands)
    assert any(at.startswith("每季度逐家走访") for at in stands)


def test_the_commented_copy_is_in_order_and_can_be_made_public(tmp_path):
    text = "1、加强监管,在澄州市规范经营."
    path = plain(tmp_path, "标题", text)
    fixed, rounds = fix_texts(["标题", text])
    tracked = track_docx(path, tmp_path / "修订.docx", rounds)
    done = comment_docx(tracked, tmp_path / "批注.docx", [finding(1, fixed[1], "在澄州市规范")])
    assert list(find_disorder(done)) == []
    with zipfile.ZipFile(done) as archive:
        assert b"w:commentReference" in archive.read("word/document.xml")
    write_public(done, tmp_path / "公开.docx")
    assert read_docx_draft(tmp_path / "公开.docx")[0] == fixed


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_commented_copy_opens_in_libreoffice(tmp_path):
    text = "1、加强监管,在澄州市规范经营."
    fixed, rounds = fix_texts([text])
    tracked = track_docx(plain(tmp_path, text), tmp_path / "修订.docx", rounds)
    done = comment_docx(tracked, tmp_path / "批注.docx", [finding(0, fixed[0], "在澄州市规范")])
    assert render_pdf(done, tmp_path).stat().st_size > 1000

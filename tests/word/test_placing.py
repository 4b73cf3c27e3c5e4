"""What is found on no words stands where it belongs: at the gap, or at the title."""

from __future__ import annotations

import docx
import pytest

from replygen.checking.coverage import name_ask
from replygen.models import Ask, Coverage, Finding
from replygen.word import comment_docx
from replygen.word.placing import find_gap, find_title, place_unanswered

ASKS = [Ask(n, f"第{n}件事", f"建议办第{n}件事") for n in (1, 2, 3)]
LETTER = (
    "云市监提复〔2026〕9号",
    "对市政协五届三次会议第0126号提案的答复",
    "林静委员：",
    "一、关于第1件事",
    "我局已经办了第1件事。",
    "二、关于第3件事",
    "我局将办第3件事。",
)


def missing(ask: Ask) -> Finding:
    return Finding("coverage.missing", "block", None, f"{name_ask(ask)}没有回应")


def rows(*paragraphs: tuple[int, ...]) -> tuple[Coverage, ...]:
    return tuple(Coverage(a, bool(p), p) for a, p in zip(ASKS, paragraphs, strict=True))


@pytest.mark.parametrize(
    ("answered", "ask", "gap"),
    [
        (((3, 4), (), (5, 6)), 1, 4),
        (((3, 4, 6), (), (5,)), 1, 4),  # a word further down is no end
        (((3, 4), (5, 6), ()), 2, 6),
        (((), (3, 4), (5, 6)), 0, None),  # nothing is before it
        (((3, 4), (), ()), 2, 4),
    ],
)
def test_an_unanswered_ask_belongs_behind_the_answer_to_the_one_before(answered, ask, gap):
    assert find_gap(missing(ASKS[ask]), rows(*answered)) == gap


def test_only_an_unanswered_ask_has_a_gap():
    assert find_gap(Finding("class.missing", "note", None, "没有标"), rows((3,), (), ())) is None


@pytest.mark.parametrize(
    ("texts", "title"),
    [(LETTER, 1), (("正文",), None), (("", "关于规范停车的建议的答复函"), 1)],
)
def test_the_title_is_found(texts, title):
    assert find_title(texts) == title


def test_comments_stand_at_the_gap_and_at_the_title(tmp_path):
    document = docx.Document()
    for line in LETTER:
        document.add_paragraph(line)
    document.save(str(tmp_path / "稿.docx"))
    found = (missing(ASKS[1]), Finding("class.missing", "note", None, "没有标办理类别"))
    placed = place_unanswered(found, rows((3, 4), (), (5, 6)), LETTER)
    out = comment_docx(tmp_path / "稿.docx", tmp_path / "批注.docx", placed)
    document = docx.Document(str(out))
    told = {c.comment_id: c.text for c in document.comments}
    at = {
        told[int(ident)]: paragraph.text
        for paragraph in document.paragraphs
        for ident in paragraph._p.xpath(".//w:commentReference/@w:id")
    }
    (gap,) = (text for told, text in at.items() if "第2件事" in told)
    (whole,) = (text for told, text in at.items() if "办理类别" in told)
    assert (gap, whole) == (LETTER[4], LETTER[1])

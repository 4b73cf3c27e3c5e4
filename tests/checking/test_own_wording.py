"""What the program itself put into a draft is no leak."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.models import Block, Draft, Sentence
from replygen.settings import Profile

TODAY = date(2026, 11, 21)


def leaks(*paragraphs: str, draft: Draft | None = None) -> list[str]:
    report = check_document(paragraphs, profile=Profile(), draft=draft, today=TODAY)
    return [f.rule for f in report.findings if f.rule.startswith("leak.")]


@pytest.mark.parametrize(
    "text",
    ["【机关代字】〔2026〕【序号】号", "【机关代字】〔2026〕5号", "云市监提复〔2026〕【序号】号"],
)
def test_the_year_beside_an_open_place_is_no_figure(text: str) -> None:
    assert leaks(text) == []


def test_sentences_of_the_form_are_ours_until_they_are_edited() -> None:
    text = "您提出的建议收悉，我局于岚港市直播大厦研究。"
    draft = Draft("答复", "letter", (Block("body", (Sentence(text, "form"),)),), (), ())
    assert leaks(text, draft=draft) == []
    assert leaks(text.replace("研究", "认真研究"), draft=draft) != []


def test_the_number_of_the_paper_that_is_answered_is_ours() -> None:
    assert leaks("对市政协五届三次会议第0126号提案的答复") == []

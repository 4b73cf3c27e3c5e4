"""Each signatory gets a letter where the scheme says so; one left out is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from replygen.checking import address_each, apply_edits, check_document
from replygen.copies import clean_draft
from replygen.desk import Desk, sample_settings
from replygen.drafting.schemes import load_scheme
from replygen.models import Proposal
from replygen.settings import Profile, load_settings

PROFILE = Profile(name="云川市市场监督管理局", region="云川市", province="澜江省")
PROPOSAL = Proposal(
    title="关于规范直播电商的提案",
    channel="cppcc",
    session="五届三次",
    number="0126",
    proposers=("林静", "周海明"),
    host_role="主办",
    background="",
    problems="",
    asks=(),
)
LETTER = (
    "办理结果：A",
    "对市政协五届三次会议第0126号提案的答复",
    "林静、周海明委员：",
    "你们提出的《关于规范直播电商的提案》（第0126号）收悉。现答复如下：",
    "2025年，我局对你们关心的直播间开展了检查。",
    "感谢你们对市场监管工作的关心和支持！",
    "云川市市场监督管理局",
    "2026年11月3日",
)


def test_a_letter_to_two_becomes_two_letters() -> None:
    copies = dict(address_each(LETTER))
    assert list(copies) == ["林静", "周海明"]
    lin = [
        apply_edits(text, [e for e in copies["林静"] if e.paragraph == number])
        for number, text in enumerate(LETTER)
    ]
    assert lin[2] == "林静委员："
    assert lin[3].startswith("您提出的《关于规范直播电商的提案》")
    assert lin[5] == "感谢您对市场监管工作的关心和支持！"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("林静委员：", []),
        ("民盟云川市委会、林静委员：", ["民盟云川市委会", "林静"]),
        ("林静等5名代表：", []),
        ("尊敬的林静、周海明代表：", ["林静", "周海明"]),
        ("云川市商务局：", []),
    ],
)
def test_who_gets_a_copy(line: str, names: list[str]) -> None:
    assert [name for name, _ in address_each(("标题", line, "你们提出的建议收悉。"))] == names


@pytest.mark.parametrize(
    ("line", "scheme", "found"),
    [
        ("林静、周海明委员：", "V2", ["note"]),
        ("林静委员：", "V2", ["warn"]),
        ("林静委员：", "V4", ["note"]),
        ("林静、周海明委员：", "V4", []),
        ("林静等2名委员：", "V2", ["warn"]),
    ],
)
def test_a_signatory_left_out_is_told(line: str, scheme: str, found: list[str]) -> None:
    texts = (*LETTER[:2], line, *LETTER[3:])
    report = check_document(texts, proposal=PROPOSAL, profile=replace(PROFILE, scheme=scheme))
    told = [f for f in report.findings if f.rule == "form.signatories"]
    assert [f.severity for f in told] == found
    if "warn" in found:
        assert "周海明" in told[0].message


def test_every_scheme_says_who_gets_a_letter() -> None:
    assert load_scheme("V2", channel="cppcc").copies == "each"
    assert load_scheme("V5", channel="cppcc").copies == "together"


def test_the_clean_copy_comes_with_one_for_each(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    for text in LETTER:
        document.add_paragraph(text)
    document.save(str(tmp_path / "答复.docx"))
    settings = sample_settings(load_settings(cwd=tmp_path))
    with Desk(replace(settings, index=tmp_path / "index", encoder="hash")) as desk:
        result = clean_draft(desk, tmp_path / "答复.docx")
    assert result.path is not None, result.report.findings
    assert [p.name for p in result.copies] == ["答复-净稿-林静.docx", "答复-净稿-周海明.docx"]
    texts = [p.text for p in Document(str(result.copies[1])).paragraphs]
    assert texts[2] == "周海明委员：" and texts[5].startswith("感谢您对")

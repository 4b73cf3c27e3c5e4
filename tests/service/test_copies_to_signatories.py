"""Each signatory gets a letter where the scheme says so; one left out is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from replygen.checking import address_each, apply_edits, check_document
from replygen.drafting.schemes import load_scheme
from replygen.models import Block, BlockStyle, Draft, Proposal, Sentence
from replygen.service.copies import clean_draft
from replygen.service.desk import Desk
from replygen.service.review_files import write_final
from replygen.service.reviews import review_draft
from replygen.settings import Profile, load_settings, sample_settings
from replygen.web.clerk.leaving import write_copy

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = sample_settings(load_settings(cwd=tmp_path))
    with Desk(replace(settings, index=tmp_path / "index", encoder="hash")) as desk:
        yield desk


def compose(addressee: str) -> Draft:
    """The letter as a draft without open places."""
    styles: tuple[BlockStyle, ...] = (
        "class_mark", "title", "addressee", "body", "body", "closing", "sign_unit", "sign_date",
    )  # fmt: skip
    texts = (*LETTER[:2], addressee, *LETTER[3:])
    blocks = tuple(
        Block(style, (Sentence(text, "typed" if style == "body" else "form", ("proposal",)),))
        for style, text in zip(styles, texts, strict=True)
    )
    return Draft(title=LETTER[1], form="default", header=blocks, sections=(), signoff=())


def read(path: Path | IO[bytes]) -> list[str]:
    from docx import Document

    return [p.text for p in Document(path if not isinstance(path, Path) else str(path)).paragraphs]


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


def test_the_final_draft_comes_with_one_for_each(desk: Desk, tmp_path: Path) -> None:
    draft = compose("林静、周海明委员：")
    result = desk.finish(draft, PROPOSAL, output=tmp_path / "定稿.docx", final=True)
    assert result.docx == tmp_path / "定稿.docx", result.report.findings
    assert read(result.docx)[2] == "林静、周海明委员："
    assert [p.name for p in result.copies] == ["定稿-林静.docx", "定稿-周海明.docx"]
    assert read(result.copies[0])[2:4] == ["林静委员：", f"您{LETTER[3][2:]}"]


def test_the_final_draft_to_one_is_one_file(desk: Desk, tmp_path: Path) -> None:
    one = replace(PROPOSAL, proposers=("林静",))
    draft = compose("林静委员：")
    assert desk.finish(draft, one, output=tmp_path / "定稿.docx", final=True).copies == ()
    result = desk.judge_letter(draft, one)
    assert (
        write_copy(desk, result, "final", form="default", folder=tmp_path).path
        == tmp_path / "第0126号-答复定稿.docx"
    )


def test_the_page_offers_the_letters_to_each_in_one_file(desk: Desk, tmp_path: Path) -> None:
    draft = compose("林静、周海明委员：")
    result = desk.judge_letter(draft, PROPOSAL)
    packed = write_copy(desk, result, "final", form="default", folder=tmp_path).path
    assert packed == tmp_path / "第0126号-答复定稿.zip"
    with zipfile.ZipFile(packed) as archive:
        first = {name: read(io.BytesIO(archive.read(name)))[2] for name in archive.namelist()}
    assert first == {
        "第0126号-答复定稿.docx": "林静、周海明委员：",
        "第0126号-答复定稿-林静.docx": "林静委员：",
        "第0126号-答复定稿-周海明.docx": "周海明委员：",
    }
    public = write_copy(desk, result, "public", form="default", folder=tmp_path).path
    assert public is not None
    assert read(public)[2] == "林静、周海明委员："


def test_the_reviewed_draft_comes_with_one_for_each(desk: Desk, tmp_path: Path) -> None:
    draft = compose("林静、周海明委员：")
    desk.finish(draft, PROPOSAL, output=tmp_path / "稿.docx")
    review = review_draft(desk, tmp_path / "稿.docx", proposal=PROPOSAL)
    path = write_final(desk, review, tmp_path / "稿.docx", tmp_path / "稿-定稿.docx", by="李审")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["稿-定稿.docx", "稿-定稿-林静.docx", "稿-定稿-周海明.docx"]
        assert read(io.BytesIO(archive.read("稿-定稿-周海明.docx")))[2] == "周海明委员："


def test_the_clean_copy_comes_with_one_for_each(desk: Desk, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    for text in LETTER:
        document.add_paragraph(text)
    document.save(str(tmp_path / "答复.docx"))
    result = clean_draft(desk, tmp_path / "答复.docx")
    assert result.path is not None, result.report.findings
    assert [p.name for p in result.copies] == ["答复-净稿-林静.docx", "答复-净稿-周海明.docx"]
    texts = [p.text for p in Document(str(result.copies[1])).paragraphs]
    assert texts[2] == "周海明委员：" and texts[5].startswith("感谢您对")

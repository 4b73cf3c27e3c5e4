"""Attached papers of other units: a 会办意见 is used and attributed, nothing of it is ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from replygen.drafting.material import same_unit
from replygen.models import CheckReport
from replygen.service.desk import Desk
from replygen.settings import Profile, load_settings, resource, sample_settings

PROPOSAL = resource("corpus", "proposals", "0126.docx")
COMMERCE = """云川市商务局关于市政协五届三次会议第0126号提案的会办意见

云川市市场监督管理局：

市政协五届三次会议第0126号提案《关于促进我市直播电商规范经营的提案》收悉。经研究，现提出如下会办意见，供你局答复时参考：

一、关于主播培训。我局已将主播纳入电商人才培训计划，2025年办班9期，培训从业人员620人次。下一步，我局将会同你局建立主播培训制度。

二、设立绿植园。我局对园内树木统一挂牌。

以上意见，供你局统一答复时参考。

云川市商务局
2026年10月20日
"""
NETWORK = """关于市政协五届三次会议第0126号提案的协办意见

市市场监管局：
来文收悉。我办建议对虚假宣传的直播账号建立通报机制。以上意见供参考。

中共云川市委网络安全和信息化委员会办公室
2026年10月22日
"""
BUREAU = "云川市商务局2025年工作总结\n\n2025年，我局开展主播培训33期，培训主播2100人。\n"
ELSEWHERE = "霁州市商务局2025年工作总结\n\n2025年，我局开展主播培训44期，培训主播3100人。\n"
# what is left for a person to fill in and to confirm
OPEN = ("slot.open", "promise.unconfirmed")
OURS = "2025年，我局开展主播合规培训5期，培训主播150人。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = sample_settings(load_settings(cwd=tmp_path))
    return Desk(replace(settings, index=tmp_path / "index", encoder="hash"))


def write(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def draft(desk: Desk, folder: Path, **texts: str) -> tuple[list[str], CheckReport]:
    proposal = desk.read_proposal(PROPOSAL)
    paths = write(folder, **texts)
    result = desk.draft(proposal, output=folder / "out.docx", material=paths)
    return [b.text for b in result.draft.blocks], result.report


def rules(report: CheckReport) -> set[str]:
    return {f.rule for f in report.findings}


def test_an_opinion_stands_attributed_in_the_part_of_its_ask(desk: Desk, tmp_path: Path) -> None:
    with desk:
        blocks, report = draft(desk, tmp_path, a=COMMERCE, b=NETWORK)
    place = next(i for i, text in enumerate(blocks) if "620人次" in text)
    heading = [text for text in blocks[:place] if text[1:3] == "、关"][-1]
    assert "直播机构履行义务" in heading
    assert blocks[place].startswith("据市商务局会办意见，该局已将主播纳入")
    assert "该局将会同我局建立主播培训制度" in blocks[place]
    assert any(text.startswith("据市网信办会办意见，该单位建议") for text in blocks)
    assert not any("会办单位" in text for text in blocks), "every co-host was heard"
    assert not any(r.startswith("coverage.opinion") for r in rules(report))
    assert not any(f.rule.startswith("leak") for f in report.findings)


def test_what_bears_on_no_ask_is_said_at_the_end(desk: Desk, tmp_path: Path) -> None:
    with desk:
        blocks, _ = draft(desk, tmp_path, a=COMMERCE)
    thanks = next(i for i, text in enumerate(blocks) if text.startswith("感谢"))
    assert any(
        "据市商务局会办意见" in text and "统一挂牌" in text for text in blocks[thanks - 3 : thanks]
    )
    assert any("【请补充：会办单位（市网信办）" in text for text in blocks)


def test_only_our_own_paper_becomes_our_fact(desk: Desk, tmp_path: Path) -> None:
    with desk:
        blocks, report = draft(desk, tmp_path, a=BUREAU, b=ELSEWHERE, c=OURS)
    text = "\n".join(blocks)
    assert "我局开展主播合规培训5期" in text
    assert "据市商务局提供的情况，2025年，该局开展主播培训33期" in text
    assert "44期" not in text and "3100人" not in text and "霁州" not in text
    assert not any(f.severity == "block" and f.rule not in OPEN for f in report.findings)


def test_the_docx_remembers_what_material_and_opinions_said(desk: Desk, tmp_path: Path) -> None:
    with desk:
        draft(desk, tmp_path, a=COMMERCE, b=NETWORK, c=OURS)
        report = desk.check(tmp_path / "out.docx", proposal=PROPOSAL)
    assert not any(f.severity == "block" and f.rule not in OPEN for f in report.findings)


def test_an_opinion_without_its_name_is_refused(desk: Desk, tmp_path: Path) -> None:
    from docx import Document

    with desk:
        draft(desk, tmp_path, a=COMMERCE, b=NETWORK)
        document = Document(str(tmp_path / "out.docx"))
        for paragraph in document.paragraphs:
            if "据市商务局会办意见" in paragraph.text and "620" in paragraph.text:
                text = paragraph.text.replace("据市商务局会办意见，", "").replace("该局", "我局")
                for run in paragraph.runs[1:]:
                    run.text = ""
                paragraph.runs[0].text = text
            elif "据市网信办会办意见" in paragraph.text:
                for run in paragraph.runs:
                    run.text = ""
        document.save(str(tmp_path / "edited.docx"))
        report = desk.check(tmp_path / "edited.docx", proposal=PROPOSAL)
    ours = [f for f in report.findings if f.rule == "coverage.opinion_as_ours"]
    assert ours and all(f.severity == "block" and "市商务局" in f.message for f in ours)
    unused = [f for f in report.findings if f.rule == "coverage.opinion_unused"]
    assert len(unused) == 1 and "市网信办" in unused[0].message


def test_an_opinion_filed_in_the_index_is_found_even_as_own(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    write(folder, opinion=COMMERCE)
    with desk:
        desk.add([folder], own=True)
        blocks, _ = draft(desk, tmp_path)
        foreign = tmp_path / "foreign.txt"
        foreign.write_text(
            "林静、周海明委员：\n我局已将主播纳入电商人才培训计划，2025年办班9期，培训620人次。\n",
            encoding="utf-8",
        )
        report = desk.check(foreign, proposal=PROPOSAL)
    assert any(text.startswith("据市商务局会办意见") for text in blocks)
    assert not any("我局已将主播" in text for text in blocks)
    assert {"coverage.opinion_as_ours", "coverage.opinion_missing"} <= rules(report)


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("市商务局", "云川市商务局", True),
        ("市网信办", "中共云川市委网络安全和信息化委员会办公室", True),
        ("市委网信办", "中共云川市委网络安全和信息化委员会办公室", True),
        ("市市场监管局", "云川市市场监督管理局", True),
        ("市发改委", "云川市发展和改革委员会", True),
        ("市商务局", "云川市财政局", False),
        ("市教育局", "云川市体育局", False),
        ("市卫生健康委", "云川市卫生健康委员会", True),
    ],
)
def test_short_names_of_units(short: str, full: str, same: bool) -> None:
    profile = Profile(name="云川市市场监督管理局", region="云川市", province="澜江省")
    assert same_unit(short, full, profile) is same

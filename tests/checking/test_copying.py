"""With an index: where a leak came from, what is copied, what only others did, what is ours."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from replygen.checking import check_document
from replygen.checking.matching import find_runs, index_grams
from replygen.drafting.fill import fill_slots
from replygen.index import Index, open_index
from replygen.models import Block, CheckReport, Draft, Sentence, Slot
from replygen.parsing import parse_source
from replygen.reading import read_bytes
from replygen.word.report_words import family_of

TODAY = date(2026, 11, 21)

# Fictional: a reply of 岚港市 and a work summary of our own.
FOREIGN = """岚港市市场监督管理局
岚市监办复〔2024〕77号
对市政协十四届三次会议第431号提案的答复
王一舟委员：
您提出的关于管好直播带货的提案收悉，现答复如下：
一、强化监管
一是开展直播电商专项整治。我局与海螺直播签订战略合作协议，全年巡查直播间1860个次，移交案件线索169条，下架问题商品链接420余条。
二是建立直播商品溯源抽检制度，对水产干货、手工饰品两类商品实行每月一检、结果公示、问题追溯的闭环管理，并把抽检结果纳入主播信用档案。
三是组建由行业专家、律师、志愿者组成的直播营销观察团，对头部直播间开展常态化观察评议并公布评议结果。
感谢您对我局工作的关心和支持！
岚港市市场监督管理局
2024年6月6日
"""
OWN = """云川市市场监督管理局2025年工作总结
全年组织直播带货专项监测6轮，筛出违法线索43条，全部移交办理。
在望岳区建成直播电商合规指导站，累计接待商家咨询310人次，编印合规手册2000册。
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index")) as opened:
        for name, text, own, region in (
            ("岚港市答复.txt", FOREIGN, False, "岚港市"),
            ("2025年工作总结.txt", OWN, True, "云川市"),
        ):
            source = read_bytes(name, text.encode())
            opened.add(parse_source(source), source, own=own, region=region)
        opened.catch_up()
        yield opened


@pytest.fixture(scope="module")
def check(index, profile, proposal):
    def run(*paragraphs: str) -> CheckReport:
        return check_document(
            paragraphs, proposal=proposal, profile=profile, index=index, today=TODAY
        )

    return run


@pytest.fixture(scope="module")
def check_typed(index, profile, proposal):
    """Type a value into the open place of one sentence and check the draft; ``edit`` is
    what is done to the text afterwards in Word."""

    def run(sentence: str, slot: str, typed: str, *, kind="数量", edit=lambda t: t) -> CheckReport:
        place = Slot(slot, kind)
        blocks = (Block("body", (Sentence(sentence, "precedent", ("x#1",), (place,)),)),)
        draft = fill_slots(Draft("答复", "letter", blocks, (), ()), {"0.0.0": typed}).draft
        paragraphs = [edit(block.text) for block in draft.blocks]
        return check_document(
            paragraphs, proposal=proposal, profile=profile, index=index, draft=draft, today=TODAY
        )

    return run


def find(report: CheckReport, rule: str) -> list[tuple[str, str]]:
    return [(f.severity, f.message) for f in report.findings if f.rule == rule]


def test_a_leak_names_the_precedent_that_it_came_from(check):
    report = check("我局全年移交案件线索169条，均已查处。")
    assert [(s, "岚港市" in m) for s, m in find(report, "leak.number")] == [("block", True)]


ADDED = "【请补充：已开展的工作】"


def test_a_figure_typed_into_an_open_place_is_the_drafters_word(check_typed):
    report = check_typed(ADDED, ADDED, "2026年9月，我局已检查直播间36家次", kind="补充")
    assert {s for s, _ in find(report, "leak.number")} == {"warn"}
    assert {s for s, _ in find(report, "leak.date")} == {"warn"}
    assert all("起草人填写" in m for _, m in find(report, "leak.number"))


def test_the_same_figure_is_not_when_the_paragraph_was_edited_afterwards(check_typed):
    typed = "我局已检查直播间36家次"
    report = check_typed(ADDED, ADDED, typed, kind="补充", edit=lambda t: t + "成效明显。")
    assert {s for s, _ in find(report, "leak.number")} == {"block"}


@pytest.mark.parametrize(
    ("typed", "unit", "severity"), [("169", "条", "block"), ("两", "类商品", "warn")]
)
def test_a_typed_figure_that_a_precedent_has_too_blocks_unless_chance_may_have_it(
    check_typed, typed, unit, severity
):
    report = check_typed(f"下一步，我局将移交案件线索【数量】{unit}。", "【数量】", typed)
    assert [(s, "岚港市" in m) for s, m in find(report, "leak.number")] == [(severity, True)]


def test_a_figure_is_not_the_end_of_a_longer_one_of_a_precedent(check):
    report = check("下一步，我局将移交案件线索69条，巡查直播间60个次。")  # 169, 1860 there
    assert [(s, "岚港市" in m) for s, m in find(report, "leak.promised")] == [("warn", False)] * 2
    assert find(report, "leak.number") == []


def test_a_sentence_of_a_precedent_pasted_into_an_open_place_blocks(check_typed):
    pasted = "全年巡查直播间1860个次，移交案件线索169条，下架问题商品链接420余条"
    report = check_typed(ADDED, ADDED, pasted, kind="补充")
    assert {s for s, _ in find(report, "leak.number")} == {"block"}


@pytest.mark.parametrize("typed", ["与快手签订协议", "在连云港市设立监测点"])
def test_a_name_typed_into_an_open_place_must_be_ours(check_typed, typed):
    report = check_typed(ADDED, ADDED, f"我局已{typed}", kind="补充")
    assert "block" in [f.severity for f in report.findings if f.rule.startswith("leak.")]


@pytest.mark.parametrize(("kind", "typed"), [("姓名", "陈明"), ("电话", "0570-8600123")])
def test_the_person_and_the_number_that_were_asked_for_are_the_drafters_word(
    check_typed, kind, typed
):
    slot = f"【{kind}】"
    report = check_typed(
        f"联系人：{slot}" if kind == "姓名" else f"电话：{slot}", slot, typed, kind=kind
    )
    found = [f.severity for f in report.findings if f.rule in ("leak.person", "leak.contact")]
    assert found == ["warn"]


def test_a_person_in_a_typed_sentence_must_be_ours(check_typed):
    report = check_typed(ADDED, ADDED, "我局陈明局长已现场督办", kind="补充")
    assert [s for s, _ in find(report, "leak.person")] == ["block"]


def test_a_figure_of_a_precedent_blocks_even_in_a_plan(check):
    report = check("下一步，我局将移交案件线索169条，巡查直播间5000个次。")
    assert [s for s, _ in find(report, "leak.number")] == ["block"]
    assert [s for s, _ in find(report, "leak.promised")] == ["warn"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("下一步，我局将于2027年9月底前在全市新装充电桩350个。", ["2027年9月底前", "350个"]),
        ("今后，我局每年培训楼道管家70人次。", ["70人次"]),
        ("下一步，我局将加强巡查。", []),
        ("2025年，我局新装充电桩350个。", []),  # done: where is it from?
    ],
)
def test_a_new_figure_or_date_of_a_plan_is_told_as_a_commitment(check, text, marked):
    found = [f for f in check(text).findings if f.rule == "leak.promised"]
    assert [f.where.text for f in found if f.where] == marked
    assert all("新的承诺" in f.message and family_of(f.rule) == "承诺" for f in found)


def test_own_figures_are_covered(check):
    report = check(
        "我局在望岳区建成直播电商合规指导站，累计接待商家咨询310人次，编印合规手册2000册。"
    )
    assert [f.rule for f in report.findings if f.rule.startswith(("leak.", "copy."))] == []


COPIED = "建立直播商品溯源抽检制度，对水产干货、手工饰品两类商品实行每月一检、结果公示、问题追溯的闭环管理，并把抽检结果纳入主播信用档案。"


def test_a_long_run_blocks_and_a_short_one_warns(check):
    assert [s for s, _ in find(check(f"我局将{COPIED}"), "copy.run")] == ["warn"]
    assert [s for s, _ in find(check(f"我局将{COPIED}"[:32] + "，逐步推开。"), "copy.run")] == [
        "warn"
    ]
    report = check(
        "我局与海螺直播签订战略合作协议，全年巡查直播间1860个次，移交案件线索169条，下架问题商品链接420余条。二是"
        + COPIED
    )
    assert "block" in [s for s, _ in find(report, "copy.run")]
    assert report.copied.longest >= 60
    assert report.copied.ratio > 0.8
    assert report.copied.source is not None and "岚港市" in report.copied.source


def test_own_words_and_statute_titles_are_not_copied(check):
    report = check("全年组织直播带货专项监测6轮，筛出违法线索43条，全部移交办理。")
    assert find(report, "copy.run") == []
    assert report.copied.ratio == 0


def test_what_only_a_precedent_did_cannot_be_told_as_done(check):
    text = "我局组建了由行业专家、律师、志愿者组成的直播营销观察团，对头部直播间开展常态化观察评议并公布评议结果。"
    assert [s for s, _ in find(check(text), "copy.done")] == ["block"]
    planned = text.replace("组建了", "将组建").replace("我局", "下一步，我局")
    assert find(check(planned), "copy.done") == []


def test_without_an_index_copying_is_named_as_not_run(profile):
    report = check_document(["正文。"], profile=profile)
    assert report.copied.source is None
    assert any(n.startswith("照抄核查") for n in report.not_run)


@pytest.mark.parametrize(
    ("text", "other", "runs"),
    [
        ("加强直播营销合规指引建设", "制定直播营销合规指引", ["直播营销合规指引"]),
        ("直播、营销，合规指引！", "直播营销合规指引", ["直播、营销，合规指引"]),
        ("一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", []),
        ("直播营销合规", "直播营销合规", []),
    ],
)
def test_common_runs_ignore_punctuation(text, other, runs):
    assert [text[r.start : r.end] for r in find_runs(text, index_grams(other))] == runs

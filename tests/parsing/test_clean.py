"""Characters, punctuation, broken lines and leftovers are mended; nothing is guessed."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Source
from replygen.parsing import clean_source, to_simplified
from replygen.parsing.clean import DAMAGE


def _source(*lines: str, format: str = "txt") -> Source:
    rows = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    return Source("a.txt", "0" * 64, format, rows)


def clean_text(text: str) -> str:
    return clean_source(_source(*text.splitlines())).text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("联系人:俞某", "联系人：俞某"),
        ("承诺,依法经营;公平竞争!", "承诺，依法经营；公平竞争！"),
        ("2018年,我局签署协议", "2018年，我局签署协议"),
        ("办法(试行)和(CPR)", "办法（试行）和（CPR）"),
        ('反馈"三书一函",有效', "反馈“三书一函”，有效"),
        ("共1,000条,8:30开始", "共1,000条，8:30开始"),
        ("第 118 号提案于 2015 年提出", "第118号提案于2015年提出"),
        ("答    复", "答复"),
        ("答复见http://a.cn/b", "答复见http://a.cn/b"),
        ("比例为4.7%", "比例为4.7%"),
        ("**一是加强监管。**开展检查。", "一是加强监管。开展检查。"),
        ("- 一是开展专项整治。", "一是开展专项整治。"),
        ("联系人: 俞东 王雪; 电话: 0000-1234567", "联系人：俞东 王雪；电话：0000-1234567"),
        ("⒋加强宣传", "4.加强宣传"),
        ("㈠加强领导", "（一）加强领导"),
    ],
)
def test_half_width_marks_and_spaces_are_mended_where_that_is_safe(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_pinyin_in_brackets_goes_and_real_brackets_stay() -> None:
    raw = "市場(chǎng)監(jiān)管總局召開(kāi)座談會(huì),聯(lián)盟(AACA)實(shí)行辦(bàn)法(試行)。"
    assert clean_text(raw) == "市场监管总局召开座谈会，联盟（AACA）实行办法（试行）。"


def test_a_pinyin_note_in_a_simplified_text_stays() -> None:
    assert clean_text("犇(bēn)字村的道路已经修好。") == "犇（bēn）字村的道路已经修好。"


def test_only_traditional_text_is_converted() -> None:
    assert to_simplified("網絡市場監管專項行動著力解決問題") == "网络市场监管专项行动著力解决问题"
    assert to_simplified("乾隆年间的“發”字碑") == "乾隆年间的“發”字碑"
    assert clean_text("著力強化網絡市場監管") == "着力强化网络市场监管"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (
            "近年来社区食堂数量增长很快，但从走访的情况看供餐质量和就餐环",
            "境还不一致。",
            True,
        ),
        ("坚持公益性质和市场运作相结合，", "完善补贴办法。", True),
        ("我局组织有关人员学习《老年人", "权益保障法》等法律，开展培训。", True),
        ("一、关于加大社区食堂补贴力度方面", "我局已印发补贴办法。", False),
        ("您提出的提案收悉，现答复如下：", "近年来，我局积极工作。", False),
        (
            "（一）建立和完善养老助餐服务的体制机制推动资源共享和共同发展",
            "助餐服务关系民生。",
            False,
        ),
        ("落实食堂主体责任，督促承办企业对从业人员核验健康证和建立档案", "二是加强监测。", False),
        (
            "感谢您对我市网络市场监管工作的关心支持并希望继续提出宝贵的意见",
            "云川市人大代表：",
            False,
        ),
    ],
)
def test_lines_that_a_page_cut_are_joined(first: str, second: str, joined: bool) -> None:
    paragraphs = clean_source(_source(first, "", second)).paragraphs
    assert (len(paragraphs) == 1) is joined


def test_a_page_number_between_two_halves_of_a_line_is_dropped() -> None:
    text = clean_text("画出既好看好认、又有本地味道并且能够让市民一眼看懂的指\n3\n示牌。")
    assert text.endswith("一眼看懂的指示牌。")


def test_bold_runs_survive_cleaning() -> None:
    paragraph = Paragraph("一是 部门联动 。开展检查,成效明显。", bold=((3, 7),))
    cleaned = clean_source(Source("a", "0", "docx", (paragraph,))).paragraphs[0]
    (start, end) = cleaned.bold[0]
    assert cleaned.text[start:end] == "部门联动"


def test_destroyed_characters_are_marked_not_guessed() -> None:
    source = clean_source(_source("请老年人代表参加监督评议?！ ?/p>", "清理虚假?V告信息。"))
    assert source.paragraphs[0].text == f"请老年人代表参加监督评议{DAMAGE}"
    assert source.paragraphs[1].text == f"清理虚假{DAMAGE}告信息。"
    assert any("损坏" in warning for warning in source.warnings)


def test_the_leftovers_of_a_web_page_are_dropped() -> None:
    text = clean_text(
        "索引号：000014349/2025\n浏览次数：118\n感谢您的关心。\n-\n某地：创新监管模式2025-01-17\n"
        "官方微信公众号\n\n上一篇：关于某事的通知"
    )
    assert text == "感谢您的关心。"


def test_the_cells_of_a_form_become_lines() -> None:
    cells = tuple(
        Paragraph(text, style="table")
        for text in ("提案人", "林静、周海明", "主办单位", "市教育局")
    )
    source = clean_source(Source("a", "0", "docx", cells))
    assert [p.text for p in source.paragraphs] == ["提案人：林静、周海明", "主办单位：市教育局"]

"""Whole replies of different shapes (fictional), and what is said when facts are missing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from replygen.models import Reply, Source
from replygen.parsing import parse_reply, parse_source, split_measures

Make = Callable[..., Source]

LETTER = """办理结果：B
云川市教育局
云教提复〔2026〕7号
签发人：贺长川
关于对市政协五届三次会议
第0071号提案的答复
民盟云川市委员会：
贵会在市政协五届三次会议上提出的《关于推进课后服务提质扩面的提案》（第0071号）收悉。经商市财政局，现答复如下：
一、基本情况
近年来，我局在全市推行课后服务。目前已有96所学校开展课后服务，参加学生6.2万人。
二、意见建议办理情况
1.关于丰富课程内容的建议。会同市文化馆开发课程42门，组织非遗传承人进校园授课，学生选择面明显扩大。下一步，我局将编制课程目录，每学期更新一次。
2.关于保障教师待遇的建议。联合市财政局印发补助办法，按课时核发补助。
三、下一步工作打算
（一）扩大试点范围。将农村小学全部纳入课后服务，2026年底前实现全覆盖。
（二）加强质量评价。建立家长满意度调查制度。
专此答复。
云川市教育局
二〇二六年六月三十日
（此件公开发布）
联系人：简宁　联系电话：0000-1234567
抄送：市政协提案委员会，市政府督查室。
"""

PLAIN = """对县十六届人大三次会议第19号建议的答复
尊敬的罗小河代表：
您好！您提出的关于加强农村公路养护的建议收悉，现答复如下：
县交通运输局已完成县道养护大修37公里，修复水毁路段14处，群众出行条件得到改善。
今后，我局将建立路长巡查制度，对破损路段及时修复。
感谢您对交通工作的关心和支持。
2026年5月8日
"""


def test_a_letter_with_all_its_parts_is_taken_apart(make_source: Make) -> None:
    reply = parse_source(make_source(LETTER))
    assert isinstance(reply, Reply)
    assert reply.title == "关于对市政协五届三次会议 第0071号提案的答复"
    assert (reply.channel, reply.level, reply.region) == ("cppcc", "市", "云川市")
    assert (reply.session, reply.number) == ("五届三次", "0071")
    assert reply.subject == "关于推进课后服务提质扩面"
    assert reply.addressees == ("民盟云川市委员会",)
    assert (reply.issuer, reply.doc_number) == ("云川市教育局", "云教提复〔2026〕7号")
    assert (reply.signer, reply.result_class, reply.openness) == ("贺长川", "B", "公开发布")
    assert (reply.date, reply.host_role) == ("2026-06-30", "主办")
    assert reply.contacts[0].name == "简宁"
    assert reply.cc == ("市政协提案委员会", "市政府督查室")
    assert [s.role for s in reply.sections] == [
        "preamble",
        "done",
        "done",
        "planned",
        "planned",
        "planned",
        "closing",
    ]


def test_a_plan_inside_something_done_becomes_a_planned_measure(make_source: Make) -> None:
    reply = parse_reply(make_source(LETTER))
    found = {m.lead: m.tense for m in reply.measures}
    assert found["关于丰富课程内容的建议"] == "done"
    assert found["编制课程目录，每学期更新一次"] == "planned"
    assert found["扩大试点范围"] == "planned"
    assert found["加强质量评价"] == "planned"
    assert all(m.region == "云川市" for m in reply.measures)


def test_a_letter_without_headings_gives_its_paragraphs(make_source: Make) -> None:
    reply = parse_reply(make_source(PLAIN))
    assert reply.channel == "npc" and reply.number == "19" and reply.addressees == ("罗小河",)
    assert reply.date == "2026-05-08"
    assert [m.tense for m in reply.measures] == ["done", "planned"]
    assert reply.measures[0].actor == "县交通运输局"


def test_what_is_missing_is_said(make_source: Make) -> None:
    reply = parse_reply(make_source(PLAIN))
    assert reply.issuer is None and reply.doc_number is None
    joined = "；".join(reply.warnings)
    assert "答复单位" in joined and "地区" in joined


@pytest.mark.parametrize(
    ("opening", "role"),
    [
        ("您提出的《关于某事的提案》收悉，由我局主办，市财政局会办，现答复如下：", "主办"),
        ("您提出的《关于某事的提案》收悉，作为分办单位，现答复如下：", "分办"),
        ("全国政协交由有关部门和我委分别办理，现就涉及我委职能的事项答复如下：", "分办"),
        ("现对委员提出的提案提出如下会办意见，供你单位答复委员时参考：", "会办"),
    ],
)
def test_the_role_of_the_unit_is_what_the_opening_says(
    make_source: Make, opening: str, role: str
) -> None:
    text = f"关于市政协五届三次会议第6号提案的复函\n方知夏委员：\n{opening}\n已开展检查12次。\n"
    assert parse_reply(make_source(text)).host_role == role


def test_channel_follows_the_body_not_the_word(make_source: Make) -> None:
    text = (
        "关于市政协五届三次会议第6号建议的答复\n方知夏委员：\n您的建议收悉，现答复如下："
        "\n已办理。\n"
    )
    assert parse_reply(make_source(text)).channel == "cppcc"


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (
            "一是加强排查。对全市餐饮单位全部建档。二是严格执法。查处案件12件。",
            ["加强排查", "严格执法"],
        ),
        (
            "首先，摸清底数。开展普查，登记造册。其次，分类整治。对问题单位逐一整改。",
            ["摸清底数", "分类整治"],
        ),
        (
            "（1）建立台账制度，做到一户一档。（2）开展联合检查，做到全面覆盖。",
            ["建立台账制度，做到一户一档", "开展联合检查，做到全面覆盖"],
        ),
    ],
)
def test_measures_are_split_at_their_numbers(text: str, leads: list[str]) -> None:
    assert [m.lead for m in split_measures(text, tense="done")] == leads


def test_bold_lead_sentences_divide_a_paragraph_without_numbers() -> None:
    text = "加强源头监管。对生产企业开展检查。畅通投诉渠道。设立维权服务站。"
    measures = split_measures(text, bold=((0, 7), (17, 24)), tense="done")
    assert [m.lead for m in measures] == ["加强源头监管", "畅通投诉渠道"]


def test_a_long_reply_is_parsed_in_twenty_milliseconds(make_source: Make) -> None:
    body = "".join(
        f"（{c}）强化协同联动。联合有关部门开展专项检查，{'梳理问题线索，督促整改落实，' * 12}。\n"
        for c in "一二三四五六七八九十"
    )
    source = make_source(LETTER.replace("一、基本情况\n", "一、基本情况\n" + body))
    parse_source(source)
    started = time.perf_counter()
    for _ in range(5):
        parse_source(source)
    assert len(source.text) > 2_000
    assert (time.perf_counter() - started) / 5 < 0.1  # 0.02 s alone; room for a busy machine

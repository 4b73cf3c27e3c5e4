"""A paragraph that reports and goes on with plans is two measures."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Reply, Source
from replygen.parsing import parse_source, split_measures

# a paragraph, the tense of each measure in it
TURNS = [
    ("第一片区已于今年9月完工。第二、第三片区将于2025年启动改造。", ["done", "planned"]),
    (
        "去年以来，我局已支持3家茶企建成冷库4座。对冷链车辆购置补贴，我局将于今年四季度出台指南。",
        ["done", "planned"],
    ),
    ("今年建成日间托养点2处，服务63人。明年将在河口镇再建1处托养点。", ["done", "planned"]),
    ("5处采石场已完成削坡覆土。剩余3处的治理方案已通过评审，计划2025年3月开工。", ["done"]),
    (
        "全市已建成骑手驿站33处，均配有充电柜。年内还将新建驿站12处，明年计划再建20处。",
        ["done", "planned"],
    ),
    ("背街小巷的路灯已修复207盏。力争年底前全部更换为节能灯具。", ["done", "planned"]),
    ("已完成管网检测112公里，查出错接点76处。第二批检测已经启动。", ["done"]),
    ("将于2025年启动第二片区改造。预计年底前全部完工。", ["planned"]),
    (
        "我局已于今年1月将3路末班车延长至23时。对其余线路，将在客流调查后于下半年分批调整。",
        ["done", "planned"],
    ),
    ("我局已约谈责任主体。对不按规定交付的行为，责令改正，已立案3起。", ["done"]),
]


@pytest.mark.parametrize(("text", "tenses"), TURNS)
def test_plans_behind_a_report_are_a_measure_of_their_own(text: str, tenses: list[str]) -> None:
    measures = split_measures(text)
    assert [m.tense for m in measures] == tenses
    assert "".join(m.text for m in measures) == text


@pytest.mark.parametrize(
    "opening",
    [
        ("非常感谢您对民政工作的关注。您提出的关于社区食堂的提案已收悉，现答复如下：",),
        ("感谢您对民政工作的关心和支持。", "您提出的关于社区食堂的提案收悉，现答复如下："),
        ("衷心感谢您的建议。您提出的提案收悉，现将办理情况答复如下：",),
    ],
)
def test_thanks_that_open_a_letter_do_not_close_it(opening: tuple[str, ...]) -> None:
    lines = (
        "关于市政协十二届三次会议第0211号提案的答复", "骆书遥委员：", *opening,
        "我局已建成社区食堂42家，覆盖31个社区。", "青澜市民政局", "2024年6月3日",
    )  # fmt: skip
    rows = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    reply = parse_source(Source("a.txt", "0" * 64, "txt", rows))
    assert isinstance(reply, Reply)
    assert [m.text for m in reply.measures] == ["我局已建成社区食堂42家，覆盖31个社区。"]

"""What stands below a letter's date loses neither date nor unit, and is in no measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Source
from replygen.parsing import parse_reply

HEAD = (
    "桦垣县市场监督管理局关于县政协十届三次会议第9号提案的答复\n冯老山委员：\n"
    "您提出的《关于加强农村“小饭桌”管理的提案》收悉，现答复如下：\n"
    "近年来，我局加强监管，建立台账412份。下一步，我局将开展专项检查。\n感谢您的关心支持。\n"
)
UNIT = "桦垣县市场监督管理局"


@pytest.mark.parametrize(
    "end",
    [
        f"{UNIT}\n2024年6月3日\n（示例·虚构）",
        f"{UNIT}\n2024年6月3日\n示例·虚构",
        f"{UNIT}（盖章）\n2024年6月3日\n办复类别：C\n承办负责人：佟海　联系电话：0000-4480096",
        f"{UNIT}2024年6月3日\n类别：A　公开属性：主动公开",
        f"{UNIT}\n二〇二四年六月三日\n附件：办理情况征询意见表\n抄送：县政协提案委。",
        f"特此答复。\n{UNIT}\n2024年6月3日\n联系人：佟海\n联系电话：0000-4480096\n共印5份",
    ],
)
def test_lines_below_the_date_change_nothing(make_source: Callable[..., Source], end: str) -> None:
    reply = parse_reply(make_source(HEAD + end))
    assert reply.date == "2024-06-03"
    assert reply.issuer == UNIT
    assert reply.region == "桦垣县"
    assert reply.subject == "关于加强农村“小饭桌”管理"
    assert [(m.tense, m.text) for m in reply.measures] == [
        ("done", "近年来，我局加强监管，建立台账412份。"),
        ("planned", "下一步，我局将开展专项检查。"),
    ]


@pytest.mark.parametrize(
    ("quoted", "subject"),
    [
        ("“关于整治保健品“会销”乱象的提案”", "关于整治保健品“会销”乱象"),
        ("《关于规范“小饭桌”等校外托管的提案》", "关于规范“小饭桌”等校外托管"),
        ("关于治理“飞线充电”的提案", "关于治理“飞线充电”"),
    ],
)
def test_subject_keeps_its_inner_quotes(
    make_source: Callable[..., Source], quoted: str, subject: str
) -> None:
    text = HEAD.replace("《关于加强农村“小饭桌”管理的提案》", quoted)
    assert parse_reply(make_source(f"{text}{UNIT}\n2024年6月3日")).subject == subject

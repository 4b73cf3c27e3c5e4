"""What a reply will not do is no measure, and what it does is no refusal."""

from __future__ import annotations

import hashlib

import pytest

from replygen.models import Paragraph, Reply, Source
from replygen.parsing import parse_source
from replygen.parsing.refusals import judge_refusal


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("当前市级财政收支矛盾突出，暂不具备设立专项补助的条件。", "deferred"),
        ("所提选址位于生态保护红线内，按规定不得新建。", "declined"),
        ("制定收费标准不属于我局职责。", "declined"),
        ("目前没有资金来源，待上级政策明确后再行研究。", "deferred"),
        ("该项建议与现行规定不符，不予采纳。", "declined"),
        ("网点开在哪里属于银行自主经营事项，政府不宜干预。", "declined"),
        ("条件尚不成熟，暂缓实施。", "deferred"),
        ("尚无上位法依据，难以实施。", "declined"),
        ("需待省级出台实施办法后方可执行。", "deferred"),
        ("须待规划批复后才能开工。", "deferred"),
        ("《青澜市养犬管理条例》对禁养犬种已有明确规定，故不再另行制定名录。", "declined"),
        ("国家已有统一标准，因此不再单独出台地方标准。", "declined"),
        ("上级文件已有明确规定，我市不再重复制定实施细则。", "declined"),
        ("鉴于已有相关办法，没有必要另行制定条例。", "declined"),
        ("现有政策已作规定，不必另行立法。", "declined"),
        ("故不再另建场馆。", "declined"),
        ("围棋不属于省定体育考试项目目录；", "declined"),
        ("该药品不属于医保清单。", "declined"),
        ("因此，目前无法将围棋列为选考项目。", "deferred"),
        ("现阶段不能把该线路列为公交专线。", "deferred"),
        ("暂无法对所有小区实施改造。", "deferred"),
        ("认为封闭围网会切断小型兽类通道，不宜修建。", "declined"),
        ("经评估，该地块不适宜建设停车场。", "declined"),
        ("专家一致认为修建该坝将影响行洪，不应建设。", "declined"),
        ("我局认为，增设红绿灯会降低通行效率，不建议增设。", "declined"),
        ("我局已将不属于本部门职责的事项转交市城管局。", None),
        ("今年已无法按原方案推进，我局调整方案后于6月开工。", None),
        ("专家认为不宜在汛期施工，我局已将工期调整至10月。", None),
        ("企业变更地址不再另行提交证明。", None),
        ("已不再使用一次性餐具。", None),
        ("群众无需另行申报。", None),
        ("该区域不属于禁养区，可以养殖。", None),
        ("对核心景区内不得新建宾馆的要求开展检查3次，拆除违建2处。", None),
        ("对不符合安全要求的电梯，责令停止使用。", None),
        ("查处无证无照经营行为126起。", None),
        ("明确商住楼内不得新设产生油烟的餐饮项目。", None),
        ("查出不宜剧烈运动的学生88人，安排免考。", None),
        ("着力解决设施不符合要求的问题。", None),
        ("我局每季度开展一次抽检。", None),
        ("下一步，将研究制定老人用餐补贴办法。", None),
    ],
)
def test_a_sentence_refuses_or_not(sentence: str, outcome: str | None) -> None:
    assert judge_refusal(sentence) == outcome


LETTER = (
    "青澜市财政局关于市政协十二届三次会议第0311号提案的答复",
    "喻清和委员：",
    "您提出的《关于设立宠物医院专项补助的提案》收悉，现答复如下：",
    "一、关于设立专项补助资金",
    "宠物诊疗不属于财政事权范围，暂不具备设立专项补助的条件。",
    "二、关于加强诊疗机构监管",
    "会同市农业农村局开展动物诊疗机构专项检查，公开检查结果。",
    "感谢您对财政工作的关心！",
    "青澜市财政局",
    "2024年7月2日",
)


def test_a_letter_keeps_its_refusals_apart_with_reason_and_section() -> None:
    lines = tuple(Paragraph(t, index=i) for i, t in enumerate(LETTER))
    digest = hashlib.sha256("".join(LETTER).encode()).hexdigest()
    parsed = parse_source(Source("a.txt", digest, "txt", lines))
    assert isinstance(parsed, Reply)
    assert [(r.outcome, r.section) for r in parsed.refusals] == [
        ("deferred", "关于设立专项补助资金")
    ]
    assert parsed.refusals[0].reason == "宠物诊疗不属于财政事权范围"
    assert [m.section for m in parsed.measures] == ["关于加强诊疗机构监管"]


def _read(*body: str) -> Reply:
    lines = (*LETTER[:3], *body, *LETTER[-3:])
    rows = tuple(Paragraph(t, index=i) for i, t in enumerate(lines))
    parsed = parse_source(Source("a.txt", "0" * 64, "txt", rows))
    assert isinstance(parsed, Reply)
    return parsed


@pytest.mark.parametrize(
    "text",
    [
        "一是各校操场面积普遍较小，难以划出场地；二是专业教师缺口较大。因此，目前无法将围棋列为选考项目。",
        "一是老城道路宽度只有九米左右。二是沿线管线密集交错。综上，现阶段不具备建设天桥的条件。",
        "1.该路段高峰车流每小时两千辆。\n2.两侧没有可用的土地。故不宜增设停车位。",
    ],
)
def test_the_grounds_of_a_refusal_are_no_measures(text: str) -> None:
    reply = _read(*text.split("\n"))
    assert reply.measures == ()
    assert reply.refusals


def test_what_was_done_above_a_refusal_stays_a_measure() -> None:
    reply = _read(
        "一是我局已在两所学校开设围棋课。二是专业教师缺口较大。因此，目前无法将围棋列为选考项目。"
    )
    assert [m.tense for m in reply.measures] == ["done"]
    assert len(reply.refusals) == 1

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

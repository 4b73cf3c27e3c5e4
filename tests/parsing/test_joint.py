"""会办意见 of several units in one file: whose each paragraph is."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph, Source
from replygen.parsing.clean import clean_source
from replygen.parsing.joint import part_opinions, read_joint_opinions

BY_TITLE = """市医疗保障局关于市政协三届二次会议第0021号提案的会办意见
市民政局：
现就提案中“长期护理保险”提出会办意见如下：
试点城市由国家确定，我市不能自行开展。
（市医疗保障局，2026年4月9日）
——————————
市卫生健康委员会关于市政协三届二次会议第0021号提案的会办意见
2025年，建立家庭病床310张。"""
BY_NAME = """县十届人大五次会议第46号建议会办意见汇总
一、县发展和改革局（2026年4月2日）
收费标准已列入成本调查计划，9月底前完成。
二、县财政局（2026年4月7日）
预算安排补助资金86万元。
三、国网岚溪供电公司：
管线迁改由我公司实施。"""
BARE = """国网岚溪县供电公司会办意见（2026年4月10日）
县农业农村局：
冷库用电执行农业生产用电价格。
县自然资源局会办意见（2026年4月13日）
设施用地由乡镇备案。"""
ALONE = """市公安局关于市政协三届二次会议第0021号提案的会办意见
一、关于夜间巡查
我局已增加夜间巡查。
二、关于停车管理
我局将增设车位。"""
OWN = """关于市政协三届二次会议第0021号提案的答复
一、县财政局（2026年4月7日）安排资金86万元。
二、县教育局增加学位。"""


def _source(text: str) -> Source:
    lines = tuple(Paragraph(line, index=n) for n, line in enumerate(text.splitlines()))
    return Source("x.txt", "0" * 64, "txt", lines)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (BY_TITLE, ["市医疗保障局", "市卫生健康委员会"]),
        (BY_NAME, ["县发展和改革局", "县财政局", "国网岚溪供电公司"]),
        (BARE, ["国网岚溪县供电公司", "县自然资源局"]),
        (ALONE, []),
        (OWN, []),
    ],
)
def test_each_unit_has_its_own_words(text: str, units: list[str]) -> None:
    assert [unit for unit, _ in part_opinions(clean_source(_source(text)))] == units


def test_nothing_that_a_unit_says_is_lost_and_its_signature_is_none_of_it() -> None:
    reply = read_joint_opinions(clean_source(_source(BY_TITLE)))
    assert reply is not None and reply.issuer is None and reply.host_role == "会办"
    said = [(m.section, m.text) for m in reply.measures]
    assert ("市医疗保障局", "试点城市由国家确定，我市不能自行开展。") in said
    assert said[-1] == ("市卫生健康委员会", "2025年，建立家庭病床310张。")
    assert not any("2026年4月9日" in text for _, text in said)

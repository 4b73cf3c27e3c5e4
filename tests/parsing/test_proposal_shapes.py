"""Proposals in shapes that carry their asks: tables with bars, problems with remedies, an order
that is said; and heads in one pair of brackets or in one sentence."""

from __future__ import annotations

import pytest

from replygen.models import Paragraph
from replygen.parsing import parse_proposal_text
from replygen.parsing.grids import read_grids

BARS = """关于改善老年人就医的建议
代表：葛青山、陶雪
交办意见：由区卫生健康局主办，区民政局、区医疗保障局会办
一、基本情况
我区老年人多，就医不便。
二、问题和建议
序号 | 方面 | 存在问题 | 具体建议
1 | 挂号 | 老年人不会用手机预约 | 保留人工挂号窗口，开通电话预约
2 | 陪诊 | 独居老人没有人陪 | 组建志愿陪诊队伍
3 | 用药 | 乡镇药品不全 | 扩大乡镇卫生院用药目录
以上建议，请予研究。"""
PROBLEMS = """关于规范校外托管的提案
提案人：顾及之
现将问题和建议归纳如下。
问题一：场所安全没有人管
不少托管点设在居民楼里。
建议：对托管场所开展消防检查；公布合格名单。
问题二：收费不透明
家长不知道钱花在哪里。
建议：推行收费公示。"""
SAID = """关于治理扬尘的提案
提案人：段与同
治理扬尘，首先要看得见。希望在工地加装扬尘监测设备，数据向社会公布。
其次，要管得住。建议对渣土车实行密闭运输，违规的依法处罚。
还有裸露地块。城东片区多年没有开工，建议尽快覆绿。
最后，可以学习外地经验，开展绿色工地创建，选几个工地先试起来。"""


NESTED = """政协岚溪市第三届委员会第五次会议
提案者：民进岚溪市委会
题　目：关于完善健身服务的提案
群众健身热情高涨，场地不足。
（一）壮大指导员队伍
1.加强培训，提高上岗率；
2.组织指导员进社区。
（二）织密身边的设施
1.利用边角地建设口袋公园；
2.更新超期器材。
（三）让利群众
1.大型场馆免费开放；
2.发放消费券。"""


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        (NESTED, ["壮大指导员队伍", "织密身边的设施", "让利群众"]),
        (BARS, ["保留人工挂号窗口", "组建志愿陪诊队伍", "扩大乡镇卫生院"]),
        (PROBLEMS, ["对托管场所开展", "推行收费公示"]),
        (SAID, ["看得见。希望", "要管得住。建议", "还有裸露地块", "可以学习外地"]),
    ],
)
def test_every_ask_is_found_in_its_shape(text: str, openings: list[str]) -> None:
    asks = parse_proposal_text(text).asks
    assert all(opening in ask.text for opening, ask in zip(openings, asks, strict=True))


CELLS = """岚溪市政协三届二次会议提案
提案编号
第0126号
案由
关于规范夜市经营的提案
提案人
林望舒、周海晏
主办单位
市城市管理局
会办单位
市商务局、市公安局
关于规范夜市经营的提案
情况分析
夜市占道严重。
建议
一、划定夜市范围。
二、规范摊位管理。"""
HEADS = [
    (CELLS, ("林望舒", "周海晏"), "市城市管理局", ("市商务局", "市公安局")),
    (BARS, ("葛青山", "陶雪"), "区卫生健康局", ("区民政局", "区医疗保障局")),
    (
        "关于保护古井的提案\n（政协岚溪市第三届委员会第二次会议第0093号；提案人：范若川；"
        "主办单位：市文化和旅游局；会办单位：市水务局）\n建议为每口古井建立档案，划定保护范围。",
        ("范若川",),
        "市文化和旅游局",
        ("市水务局",),
    ),
]


@pytest.mark.parametrize(("text", "proposers", "host", "co_hosts"), HEADS)
def test_the_head_is_read_where_it_stands(
    text: str, proposers: tuple[str, ...], host: str, co_hosts: tuple[str, ...]
) -> None:
    read = parse_proposal_text(text)
    assert (read.proposers, read.host, read.co_hosts) == (proposers, host, co_hosts)


LEDGER = """# 供水处2025年度任务完成台账

| 任务 | 年初计划 | 实际完成 | 备注 |
|---|---|---|---|
| 老旧小区供水设施改造 | 50个小区 | 47个小区，惠及2.16万户 | 3个顺延 |
| 排水管网改造 | 60公里 | 63.4公里 | 排水处任务，抄录备查 |
| 居民水表轮换 | 9万只 | 9.8万只 | |
"""
LIST = """通讯录
科室 | 姓名 | 房间
供水处 | 林望舒 | 301
排水处 | 周海晏 | 302
"""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (LEDGER, ["完成老旧小区供水设施改造47个小区，惠及2.16万户。", "完成居民水表轮换9.8万只。"]),
        (LIST, ["科室 | 姓名 | 房间", "供水处 | 林望舒 | 301", "排水处 | 周海晏 | 302"]),
    ],
)
def test_a_ledger_tells_what_was_done_and_another_table_stays(text: str, lines: list[str]) -> None:
    paragraphs = [Paragraph(line) for line in text.splitlines()[1:] if line.strip()]
    assert [p.text for p in read_grids(paragraphs)] == lines

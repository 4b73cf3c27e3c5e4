"""An ask is taken apart into demands; reasons, examples and hopes are none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from replygen.parsing.demands import split_demands

# ⟦…⟧ is a demand. All places and bodies are invented.
ASKS = """
加强校园周边食品安全监管。⟦建立小餐饮登记台账⟧，⟦定期开展联合检查⟧，保障学生饮食安全。
目前部分小区停车难问题突出。建议⟦在老旧小区增设立体停车库⟧，⟦鼓励机关单位夜间开放停车位⟧，缓解停车压力。
⟦设立社区助餐专项补贴⟧，⟦对高龄老人给予用餐优惠⟧。
由于乡村医生年龄偏大，应⟦提高乡村医生补助标准⟧，⟦完善乡村医生养老保险制度⟧，稳定村医队伍。
完善公交线网。⟦优化云川大道沿线站点布局⟧，⟦开通学校定制公交线路⟧，⟦延长夜间公交运营时间⟧，方便市民出行。
⟦制定电动自行车充电设施建设规划⟧，⟦明确物业服务企业的管理责任⟧，避免飞线充电。
近年来，我市旅游业发展迅速。建议⟦整合全市文旅资源⟧，⟦打造精品旅游线路⟧，⟦加大对民宿经济的扶持力度⟧，推动旅游业高质量发展。
⟦建立校外培训机构黑名单制度⟧，并⟦向社会公布名单⟧。
一是⟦加强对平台企业的监管⟧。二是⟦畅通消费者投诉渠道⟧。三是⟦开展网络促销专项整治⟧。
⟦推广使用可降解包装⟧，⟦对快递企业回收包装给予奖励⟧，以减少白色污染。
⟦建设智慧水务平台⟧，⟦对供水管网实行在线监测⟧，实现漏损早发现。
政府应⟦加大对职业教育的投入⟧，⟦支持企业与职业院校共建实训基地⟧，为产业发展提供人才支撑。
⟦出台新能源汽车充电桩建设标准⟧，⟦简化充电桩报装流程⟧。
⟦组织开展消防安全演练⟧，⟦为高层住宅配备逃生器材⟧，提高居民自救能力。
比如青岚市已经建立了这项制度，取得了良好效果。建议我市⟦借鉴其做法⟧，⟦建立困境儿童动态监测机制⟧。
⟦设立人才发展基金⟧，⟦完善高层次人才住房保障政策⟧，吸引更多人才来我市创业。
⟦开展河道清淤整治⟧，⟦健全河长巡查制度⟧，⟦严厉打击非法排污行为⟧，形成水清岸绿的良好环境。
⟦修订云川市物业管理条例⟧，⟦明确业主委员会的职责⟧。
⟦培育家政服务龙头企业⟧，⟦加强家政服务人员培训⟧，⟦建立家政服务信用体系⟧，促进行业健康发展。
老年人是数字社会的弱势群体。要⟦保留必要的人工服务窗口⟧，⟦开展老年人智能手机培训⟧，让老年人共享数字生活。
⟦将罕见病用药纳入医保目录⟧，减轻患者负担。
⟦推进城市书房建设⟧，⟦延长图书馆开放时间⟧，满足群众阅读需求。
⟦建立农产品质量追溯平台⟧，⟦统一农产品包装标识⟧，⟦扶持农村电商发展⟧。
⟦加快老旧电梯更新改造⟧，⟦设立电梯维修专项资金⟧。
⟦完善知识产权快速维权机制⟧，⟦加大对侵权行为的处罚力度⟧，营造良好的创新环境。
当前中小学生近视率居高不下。建议⟦改善教室照明条件⟧，⟦每学期开展两次视力检查⟧，⟦保证学生每天两小时户外活动⟧。
⟦成立产业链招商专班⟧，⟦建立重点项目跟踪服务机制⟧。
⟦鼓励金融机构开发绿色信贷产品⟧，⟦对绿色项目给予贴息支持⟧。
⟦严格落实垃圾分类制度⟧，⟦增设分类投放点⟧，⟦加强对居民的分类指导⟧，提升城市文明水平。
⟦支持社会力量举办托育机构⟧，⟦完善托育机构准入标准⟧，⟦加强日常监管⟧。
⟦公开行政审批事项清单⟧，⟦压缩企业开办时间⟧，优化营商环境。
⟦对传统村落实行分类保护⟧，⟦编制传统村落保护规划⟧。
⟦搭建政企沟通平台⟧，⟦定期召开企业家座谈会⟧，⟦及时回应企业诉求⟧。
⟦增加基层卫生院编制⟧，⟦提高基层医务人员待遇⟧，确保基层留得住人。
⟦取消不合理的学历限制⟧，⟦畅通技能人才晋升通道⟧。
⟦加强非遗传承人培养⟧，⟦推动非遗进校园⟧，⟦支持非遗工坊发展⟧。
⟦在主要路口安装智能信号灯⟧，⟦优化路口交通组织⟧，提高通行效率。
⟦制定社区工作者职业发展规划⟧，⟦落实社区工作者薪酬增长机制⟧。
⟦实施耕地地力提升工程⟧，⟦推广测土配方施肥技术⟧，⟦对秸秆还田给予补贴⟧。
⟦建立跨部门数据共享机制⟧，⟦统一数据标准⟧，打破信息孤岛。
""".strip().splitlines()


@dataclass(frozen=True)
class Count:
    wanted: int
    found: int
    right: int


def _read(marked: str) -> tuple[str, list[str]]:
    text = marked.replace("⟦", "").replace("⟧", "")
    return text, [piece.split("⟧")[0] for piece in marked.split("⟦")[1:]]


def _count(marked: str) -> Count:
    text, wanted = _read(marked)
    found = [d.text for d in split_demands(text)]
    free = list(found)
    right = 0
    for demand in wanted:
        for piece in free:
            if piece in demand or demand in piece and len(demand) * 2 >= len(piece):
                free.remove(piece)
                right += 1
                break
    return Count(len(wanted), len(found), right)


def test_demands_of_forty_asks_are_found() -> None:
    counts = [_count(ask) for ask in ASKS]
    right = sum(c.right for c in counts)
    f1 = 2 * right / sum(c.wanted + c.found for c in counts)
    print(f"F1 {f1:.3f}")
    assert len(ASKS) == 40
    assert f1 >= 0.85


@pytest.mark.parametrize("ask", ASKS)
def test_a_demand_stands_at_its_place(ask: str) -> None:
    text, _ = _read(ask)
    demands = split_demands(text)
    assert demands
    assert all(d.text == text[d.start : d.end] for d in demands)
    assert all(a.end <= b.start for a, b in zip(demands, demands[1:], strict=False))


@pytest.mark.parametrize("text", ["", "。", "一、", "\n\n"])
def test_an_empty_text_has_no_demands(text: str) -> None:
    assert split_demands(text) == ()


def test_a_heading_that_ran_into_its_text_is_not_joined_to_it() -> None:
    text = (
        "加强助餐服务，增强送餐上门保障力度进一步加强与物业公司的对接协调，在配送等方面加强合作。"
    )
    assert not any("力度进一步" in demand.text for demand in split_demands(text))

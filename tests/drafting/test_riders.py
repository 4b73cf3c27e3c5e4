"""Riders: what is said beside a commitment or of a study comes only where it is really asked.

A word alone asks for nothing: a bank's branch is no public body, 名额 are no posts, 环境 has 境.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.drafting.duties import is_our_kind, names_us
from replygen.drafting.limits import limit_demands, share_demand
from replygen.drafting.speaker import make_speaker
from replygen.drafting.stance import load_rules, take_stances
from replygen.drafting.tables import TABLES
from replygen.models import Ask, Demand, Proposal, Stance
from replygen.settings import Profile

PROVINCE = Profile(
    name="澜江省人民政府办公厅", region="澜江省", province="澜江省", level="省", short="我厅"
)


def _unit(name: str) -> Profile:
    return replace(PROVINCE, name=f"澜江省{name}", short="我委")


def _ask(demand: str) -> tuple[Ask, Proposal]:
    ask = Ask(1, demand[:20], demand, (Demand(demand, 0, len(demand)),))
    return ask, Proposal("关于有关工作的提案", "cppcc", None, None, (), None, "", "", (ask,))


def _take(demand: str, profile: Profile = PROVINCE) -> Stance:
    return take_stances(_ask(demand)[1], (), profile=profile)[0].demands[0]


def _share(demand: str, said: str = "", profile: Profile = PROVINCE) -> tuple[str, str]:
    speaker = make_speaker(_ask(demand)[1], profile)
    return share_demand(_take(demand, profile), said or demand, speaker)


def _tell(demand: str, profile: Profile) -> str:
    ask, proposal = _ask(demand)
    stances = take_stances(proposal, (), profile=profile)[0].demands
    limits = limit_demands(ask, stances, make_speaker(proposal, profile), {}, set(), {})
    return "；".join(f"{limit.how}，{limit.then}" for limit in limits)


_KINDS = {
    "licence": ("licence", "licence_less"),
    "organisation": ("organisation", "staffing", "leading_group"),
}

ASKED = {
    "money": [
        "设立老旧管网更新补助资金",
        "把村医培训经费列入财政预算",
        "加大对县域图书馆的财政投入",
        "对购置农机具的农户给予补贴",
        "设立返乡创业引导基金",
        "提高护林员工资待遇",
        "为环卫工人免费提供体检",
        "通过政府购买服务开展居家探访",
        "对通过认证的民宿给予一次性奖励",
        "提高城乡低保标准",
    ],
    "organisation": [
        "成立全域旅游工作领导小组",
        "增加乡镇卫生院人员编制",
        "在县级设立殡葬管理处",
        "组建校园安全工作专班",
        "加挂数据管理局牌子",
        "充实基层应急执法力量",
        "补充乡村小学音体美教师",
        "在局内增设老龄工作内设机构",
        "核定特教学校教师编制",
    ],
    "land": [
        "优先安排养老项目建设用地",
        "落实冷链仓储设施用地",
        "预留充电场站建设用地",
        "给予民宿集群用地支持",
        "划拨土地用于建设公墓",
        "新建小区配建托育用房",
        "加快机场北片征地工作",
        "盘活存量土地用于租赁住房",
    ],
    "building": [
        "新建一所特殊教育学校",
        "建设全省珍贵树种种质资源数据库",
        "在老城区新建公共停车场",
        "改造乡镇污水处理设施",
        "打造中小企业融资服务平台",
        "改造高速出口监控设备",
        "建成三座区域性冷链物流园区",
        "布局一批换电站",
    ],
    "legislation": [
        "制定河湖岸线保护条例",
        "修订《澜江省燃气管理条例》",
        "推动家政服务地方立法",
        "出台电动自行车管理地方性法规",
        "将分餐制写入餐饮条例",
        "把古茶树保护列入立法计划",
        "修改《澜江省实施〈中华人民共和国森林法〉办法》",
        "完善预付卡监管方面的法规",
    ],
    "utility_price": [
        "降低养殖大棚用电价格",
        "对养老机构执行居民水价",
        "减免受灾企业水电费",
        "完善峰谷电价政策",
        "下调工业企业天然气价格",
        "降低洗车行业自来水费用",
        "适当降低农村供暖费用",
        "对数据中心给予电费优惠",
    ],
    "licence": [
        "建立家政人员持证上岗制度",
        "提高危货运输企业准入门槛",
        "严格民宿准入条件",
        "明确校外配餐企业的准入标准",
        "由省里统一发放讲解员资格证",
        "设立心理咨询师职业资格",
        "放宽社区托育机构准入条件",
        "建立宠物诊疗市场准入制度",
    ],
    "pilot_above": [
        "争取列为全国农村改革试点",
        "将我省列入低空经济试点省份",
        "申报国家全民健身试点城市",
        "力争获批数据要素试点",
    ],
    "medical_price": [
        "理顺中医医疗服务价格形成机制",
        "下调心脏支架等耗材价格",
        "建立医疗服务价格动态调整机制",
    ],
    "pilot": [
        "选择两个县开展长护险试点",
        "在高新区先行先试数据确权",
        "推行林长制考核试点",
        "开展宅基地有偿退出试点",
        "增加家庭病床试点单位",
    ],
    "norm": [
        "制定困难家庭认定标准",
        "明确民宿星级评定标准",
        "出台家庭农场认定标准",
        "统一各市窗口服务评价标准",
        "建立科普场馆分级标准",
        "细化文明工地考评标准",
        "研究农村幸福院星级标准",
        "确立乡村工匠评价标准",
    ],
    "standard": [
        "制定充电桩安装技术规范",
        "出台茶叶冷链行业标准",
        "编制适老化改造地方标准",
        "建立数字乡村标准体系",
        "统一社区食堂服务标准",
        "起草盲道铺设施工标准",
        "研制葛根产品团体标准",
        "制定无人机植保作业技术规程",
    ],
    "national_law": [
        "修改《中华人民共和国道路交通安全法》",
        "完善《反家庭暴力法》的有关规定",
        "推动虐待动物行为入刑",
        "修订《食品安全法》",
        "将网络欺凌写入刑法",
        "建议制定《家政服务法》",
        "把高空抛物的从重情节纳入刑法",
        "推进《学前教育法》修订",
    ],
}

NOT_ASKED = {
    "money": [
        "推动银行在内部资金转移定价上优惠小企业",
        "把考核结果与财政补贴挂钩",
        "发挥两市在资金、人才等方面的优势",
        "严肃查处骗取补贴的行为",
        "公开村集体资金使用情况",
        "引导社会资金参与文物保护",
        "放宽企业信贷资金用途",
        "在项目核准、资质申请方面给予优先考虑",
        "推动企业加大研发投入",
        "加强惠农补贴资金监管",
        "投入更多精力整治校园周边",
        "开展最美河长评选，给予精神奖励",
    ],
    "organisation": [
        "支持银行设立绿色金融专营机构",
        "鼓励物业企业组建应急小分队",
        "职称评审名额向乡镇倾斜",
        "编制全省水网规划",
        "优化城市功能布局",
        "加强志愿者队伍建设",
        "引导小区成立业主委员会",
        "成立茶产业协会",
        "督促企业配齐专职安全员",
    ],
    "land": [
        "在局机关加挂档案馆牌子",
        "查处违法占用土地行为",
        "提供健身活动场所",
        "减免小微商户房租",
        "推进受污染土地修复治理",
        "开展校园场地安全检查",
        "优先保障重点项目用电",
        "规范征用林地审批材料",
    ],
    "building": [
        "加强养老设施建设质量的监管",
        "完善校车系统日常管理",
        "发挥博物馆的教育作用",
        "加强充电设施安全检查",
        "规范停车场收费公示",
        "增开大数据专业",
        "用好乡镇文化站",
        "加强监控设备维护",
    ],
    "legislation": [
        "完善收益分成办法，在现行法律框架内签订协议",
        "修订《澜江省生态补偿资金管理暂行办法》",
        "严格掌握入刑标准",
        "完善听取企业意见的立法工作机制",
        "营造法治化营商环境",
        "宣传《反电信网络诈骗法》",
        "加大条例执行情况的检查力度",
        "提供公益法律服务",
        "修改《中华人民共和国消防法》",
        "健全单位内部规章制度",
    ],
    "utility_price": [
        "提高教学水平评价的科学性",
        "降低动力电池成本",
        "推进水利工程建设",
        "推行电子缴费",
        "完善气象服务收费公示",
        "加快电动汽车推广",
        "推广节水器具",
        "开展用水普查",
    ],
    "licence": [
        "落实市场准入负面清单制度",
        "帮助农民工取得职业资格证书",
        "把支持民营经济的举措落到实处",
        "组织护工参加资格培训",
        "加强网约车日常监管",
        "清理不合理的招投标门槛",
        "引导企业守法经营",
        "做好企业开办服务",
    ],
    "pilot_above": [
        "选两个乡镇开展清洁取暖试点",
        "巩固全国文明城市试点的成果",
        "参与国家林业改革试点",
    ],
    "medical_price": [
        "公开药品价格",
        "查处药品价格虚高",
        "下调停车收费",
    ],
    "price": [
        "减免孤儿的学费",
        "落实困难学生学费减免",
        "免除残疾儿童的书本费和住宿费",
    ],
    "pilot": [
        "给予试点地区更大的用地自主权",
        "允许试点街道自行安排经费",
        "宽容改革先行先试中的失误",
        "把试验中的错误与违纪区分开来",
        "扩大乡镇卫生院签约服务包试点",
        "总结长护险试点经验",
        "支持试点地区发展分布式光伏",
        "扩大托育试点成果的宣传",
        "率先建立老年人档案",
        "建设农业科技试验站",
        "推广试点学校的做法",
        "加强实验室安全管理",
        "参与国家林业改革试点",
    ],
    "norm": [
        "提高肿瘤科床位规模",
        "严格按照标准验收",
        "建设高标准农田",
        "提高农村低保标准",
        "推进标准化厂房建设",
        "落实校服质量标准",
        "宣传营养健康标准",
        "达到一级医院标准",
    ],
    "standard": [
        "严格执行国家标准",
        "推广标准地供应",
        "明确补助标准",
        "规范执法行为",
        "建设标准化学校",
        "对标国际先进标准改进服务",
        "规范窗口服务",
        "宣传节能标准",
    ],
    "national_law": [
        "严格掌握入刑标准",
        "落实《中华人民共和国乡村振兴促进法》",
        "修订《澜江省项目管理办法》",
        "学习宣传民法典",
        "依照《安全生产法》开展检查",
        "制定河长制条例",
        "依据刑法打击盗采河砂",
        "加强《森林法》执法检查",
    ],
}


@pytest.mark.parametrize(("rule", "demand"), [(r, d) for r, rows in ASKED.items() for d in rows])
def test_a_rider_comes_where_it_is_asked(rule: str, demand: str) -> None:
    stance = _take(demand)
    assert stance.rule in _KINDS.get(rule, (rule,)), stance
    rows = [r for r in TABLES.toml("limits.toml")["partly"] if r["rule"] == stance.rule]
    if rows:
        assert _share(demand)[1] in rows[0]["notes"]


@pytest.mark.parametrize(
    ("rule", "demand"), [(r, d) for r, rows in NOT_ASKED.items() for d in rows]
)
def test_a_word_alone_calls_for_no_rider(rule: str, demand: str) -> None:
    assert _take(demand).rule not in _KINDS.get(rule, (rule,))


@pytest.mark.parametrize(
    ("demand", "said", "lead", "note"),
    [
        # what is said needs no money though its sentence asked for some, too
        ("适当降低考核指标，并安排专项资金", "适当降低考核指标", "研究", ""),
        ("适当降低考核指标，并安排专项资金", "安排专项资金", "会同财政部门研究", "预算程序"),
        ("成立领导小组，完善会商办法", "完善会商办法", "研究", ""),
        # 出台政策，包括电价 asks for a policy; what stands behind an example still counts
        ("对高校，如东岭大学，给予财政支持", "给予财政支持", "会同财政部门研究", "预算程序"),
        # money with what other units give
        ("给予土地和资金扶持", "给予土地和资金扶持", "会同财政等有关部门研究", "预算程序"),
        # favours are no money
        ("加大专业设置的政策倾斜", "加大专业设置的政策倾斜", "会同教育部门研究", ""),
        ("在项目核准方面给予优先考虑", "在项目核准方面给予优先考虑", "会同有关部门研究", ""),
    ],
)
def test_what_is_said_decides_what_is_said_of_it(
    demand: str, said: str, lead: str, note: str
) -> None:
    found = _share(demand, said)
    assert found[0] == lead and (note in found[1]) and bool(note) == bool(found[1]), found


@pytest.mark.parametrize(
    ("unit", "demand"),
    [
        ("财政厅", "加大对县域图书馆的财政投入"),
        ("自然资源厅", "优先安排养老项目建设用地"),
        ("教育厅", "加大职业学校专业设置的政策倾斜"),
    ],
)
def test_we_do_nothing_together_with_ourselves(unit: str, demand: str) -> None:
    lead, _ = _share(demand, profile=_unit(unit))
    assert not names_us(lead, _unit(unit)) and lead == "会同有关部门研究"


@pytest.mark.parametrize(
    ("unit", "demand"),
    [
        ("发展和改革委员会", "降低养殖大棚用电价格"),
        ("发展和改革委员会", "下调景区门票价格"),
        ("教育厅", "将急救知识纳入中考内容"),
        ("教育厅", "在本科院校增设家庭教育专业"),
        ("医疗保障局", "将安宁疗护纳入医保支付范围"),
        ("市场监督管理局", "编制适老化改造地方标准"),
    ],
)
def test_who_decides_a_matter_does_not_pass_it_on_to_himself(unit: str, demand: str) -> None:
    said = _tell(demand, _unit(unit))
    assert said and not names_us(said.split("，", 1)[1], _unit(unit)), said


def test_every_study_can_be_told_by_every_unit() -> None:
    """Whoever we are, one way is left that does not name ourselves."""
    units = ("发展和改革委员会", "教育厅", "医疗保障局", "市场监督管理局", "税务局", "财政厅")
    for row in TABLES.toml("limits.toml")["study"]:
        for unit in units:
            assert any(not names_us(then, _unit(unit)) for then in row["then"]), (unit, row["rule"])


@pytest.mark.parametrize(
    ("unit", "name", "ours"),
    [
        ("林业局", "林草局", True),
        ("林业局", "省林草局", True),
        ("林业局", "市林业局", False),
        ("林业局", "林业草原主管部门", True),
        ("林业局", "水利部门", False),
        ("知识产权局", "政府专利管理部门", True),
        ("知识产权局", "财政部门", False),
        ("发展和改革委员会", "价格主管部门", True),
        ("政务服务管理办公室", "公管办", True),
        ("教育厅", "教育主管部门", True),
        ("教育厅", "体育局", False),
    ],
)
def test_our_own_unit_is_known_by_its_general_names(unit: str, name: str, ours: bool) -> None:
    assert is_our_kind(name, _unit(unit)) is ours


def test_the_riders_are_told_of_rules_that_exist() -> None:
    known = {rule.name for rule in load_rules()} | {"", "shared", "joint", "aside"}
    table = TABLES.toml("limits.toml")
    assert {row["rule"] for row in (*table["partly"], *table["study"])} <= known

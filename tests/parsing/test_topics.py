"""The short topic of an ask reads well between 关于 and 方面."""

from __future__ import annotations

import pytest

from replygen.parsing.asks import Found, make_asks
from replygen.parsing.demands import split_demands
from replygen.parsing.matters import find_matter
from replygen.parsing.topics import is_a_part, make_topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("开展专项整治，对会场逐一排查，从严查处。", "开展专项整治，对会场逐一排查，从严查处"),
        ("建议由市教育局牵头建立校外托管管理办法。", "建立校外托管管理办法"),
        ("同时应当对现有机构来一次全面排查，建立台账。", "对现有机构来一次全面排查，建立台账"),
        ("此外还要规范收费行为，要求明码标价、使用合同示范文本。", "规范收费行为"),
        # the full stop behind a heading was lost
        ("完善人才评价机制目前我市人才评价以职称为主，企业自主评价少。", "完善人才评价机制"),
        ("发挥纪念馆的教育功能纪念馆应当努力开发各种研学课程吸引学生。", "发挥纪念馆的教育功能"),
        ("加大宣传引导力度一是利用媒体开设专栏，二是组织志愿者上门讲解。", "加大宣传引导力度"),
        # who, where and why are no topic
        ("为了方便群众办事，压缩审批时限。", "压缩审批时限"),
        (
            "市教育局牵头、各学校参与，统一制定课后服务收费标准，报价格部门备案后执行。",
            "统一制定课后服务收费标准",
        ),
        (
            "在现有网点的基础上，增设便民服务站点，方便老年人就近办事和缴纳各种费用。",
            "增设便民服务站点",
        ),
        (
            "多措并举，强化义务教育阶段学校的课后服务功能以减轻家长负担。",
            "强化义务教育阶段学校的课后服务功能",
        ),
        ("鼓励民营企业深度参与。", "鼓励民营企业深度参与"),
        ("纠正“一刀切”倾向。", "纠正“一刀切”倾向"),
        ("线下：完善环卫公厕指引系统。", "完善环卫公厕指引系统"),
        (
            "设立涵盖消防、电梯、燃气、水电、环卫诸方面行家组成的物业咨询小组。",
            "设立物业咨询小组",
        ),
        ("加大网点整合，打造示范街区我市应统筹布局网点，方便居民。", "加大网点整合，打造示范街区"),
        ("让他们了解政策，开展上门宣讲，发放办事指南。", "开展上门宣讲，发放办事指南"),
        ("进一步完善监测网络加强数据共享利用，形成合力。", "完善监测网络，加强数据共享利用"),
        ("健全投诉处理工作机制工作机制，压缩办理时限。", "健全投诉处理工作机制，压缩办理时限"),
        # marks inside quotes divide nothing, and a long quoted attribute may go
        (
            "一律不得采用“一处渗漏，整片小区停水停电”运动式抢修等简单处理办法。",
            "一律不得采用运动式抢修等简单处理办法",
        ),
        # the head of a phrase stands at its end: what is too long loses words in front
        (
            "尽快出台云川市社区矫正专职工作人员岗位津贴发放标准和管理办法。",
            "出台工作人员岗位津贴发放标准和管理办法",
        ),
        (
            "建议将“云上康”等慢性肝病治疗药物全部纳入门诊医疗保险支付范围，减轻负担。",
            "将治疗药物全部纳入门诊医疗保险支付范围",
        ),
        # a long list without 等
        ("加大评选最美河湖、节水单位、环保工匠、绿色社区的力度。", "加大评选最美河湖等的力度"),
        ("明确责任单位首先应明确各镇的职责，再谈考核。", "明确责任单位"),
        # who must act, in front of what a long wish wants
        (
            "各镇、街道办事处有关部门应调整对环卫作业企业承包费用的核定标准。",
            "调整对环卫作业企业承包费用的核定标准",
        ),
        # by whom and in what way is not yet what
        ("由市编办、市财政局联合发文，明确文化站为公益一类单位。", "明确文化站为公益一类单位"),
        (
            "由市民政局牵头，会同财政、市场监管部门，每年对助餐点开展一次评估。",
            "每年对助餐点开展一次评估",
        ),
        # a slogan without its object gives way
        ("建立长效机制，将节水知识与中小学课程相结合。", "将节水知识与中小学课程相结合"),
        # the text behind a heading says it again, with what leads up to it
        (
            "合理安排站点，引导有序停放合理的安排站点是管好单车的前提。",
            "合理安排站点，引导有序停放",
        ),
        (
            "采取多种形式加大对全市广大社区工作者的业务技能教育。",
            "加大对全市广大社区工作者的业务技能教育",
        ),
        # by what means, in what spirit: the act behind them is what is asked for
        ("运用卫星遥感手段，查清全市违法用地。", "查清全市违法用地"),
        ("仍然采取一企一策。对停产企业逐家制定复产方案。", "对停产企业逐家制定复产方案"),
        # who is urged, in short, and to what
        (
            "支持云川环保集团等拥有自主技术的民营龙头企业在全市各开发区分批建设污水处理厂。",
            "支持民营龙头企业分批建设污水处理厂",
        ),
        ("市水务局应尽快开展城乡供水管网漏损普查。", "尽快开展城乡供水管网漏损普查"),
        # a heading without its mark does not end with the verb of its text
        (
            "强化乡镇综合执法队伍职能参照目前邻市的做法，把执法事项逐项下放。",
            "强化乡镇综合执法队伍职能",
        ),
        # what things are to become is no demand
        ("推动我市殡葬改革走在前列，建设节地生态公墓。", "建设节地生态公墓"),
        # a word alone before a comma begins no text, a verb alone is no heading
        ("规范村级账目，落实审计给予公示，每季度张榜。", "规范村级账目，落实审计给予公示"),
        ("在课程设置中，增加乡土教育方面的劳动实践内容。", "增加乡土教育方面的劳动实践内容"),
        (
            "适当放宽对村级养殖场的环评和验收要求调研发现，多数养殖场规模小，少数条件宜降低。",
            "适当放宽对村级养殖场的环评和验收要求",
        ),
        # a list that 的 closes goes on
        (
            "构建主体多元、分工合理、机制完善的社区矫正帮教体系，要把重点放在镇一级。",
            "构建社区矫正帮教体系",
        ),
        ("发挥其优势，建设县级冷链物流中心。", "建设县级冷链物流中心"),
        ("放大助餐示范街区的集聚效应。", "放大助餐示范街区的集聚效应"),
        # a heading of two clauses that fits is the ask's own name
        ("统一标识，让路牌“看得懂”。目前各镇路牌样式不一。", "统一标识，让路牌“看得懂”"),
        ("严格准入，建立网约护士退出机制。平台对人员审核不严。", "严格准入，建立网约护士退出机制"),
        ("分类施策，对症下药。对小散企业可以先行提醒。", "分类施策，对症下药"),
        # who is to act, in front of the act
        ("市配送分中心建立两种温度的周转冷库，减少损耗。", "建立两种温度的周转冷库，减少损耗"),
        ("县文旅局组织民间艺人进校授课，传承剪纸。", "组织民间艺人进校授课，传承剪纸"),
        (
            "物业企业和有条件的业主自治组织尽快登记小区充电设施。",
            "尽快登记小区充电设施",
        ),
        ("镇政府和村委会定期清理河面漂浮物，确保水质。", "定期清理河面漂浮物，确保水质"),
        (
            "建议物价部门对停车收费标准的执行情况开展检查。",
            "对停车收费标准的执行情况开展检查",
        ),
        ("市民政局可指导各镇评定助餐点星级。", "指导各镇评定助餐点星级"),
        # words of the same shape that are no body with its act
        ("村医招聘名额由县卫健局统一核定。", "村医招聘名额由县卫健局统一核定"),
        ("下一步，压缩网约车证件办理时限。现在要等一个月。", "压缩网约车证件办理时限"),
        ("政府采购绿色建材试点。", "政府采购绿色建材试点"),
        ("合理布局充电站点规划，方便夜间停放。", "合理布局充电站点规划，方便夜间停放"),
        ("积极争取云川市列入国家水网先导区。", "积极争取云川市列入国家水网先导区"),
        ("建设退役军人服务中心开展就业帮扶。", "建设退役军人服务中心开展就业帮扶"),
        # what is said of the thing wanted
        (
            "禁止在电梯轿厢内停放电动自行车可以有效减少火灾伤亡。",
            "禁止在电梯轿厢内停放电动自行车",
        ),
        ("强化对独居老人的日常走访是对他们最实在的关心。", "强化对独居老人的日常走访"),
        # three clauses: the first two are nearest to the whole
        (
            "厘清镇村两级的管护边界，落实河塘巡查责任，以利水质长久改善。目前各镇做法不一。",
            "厘清镇村两级的管护边界，落实河塘巡查责任",
        ),
        # what is done for whom says more than the words before it
        (
            "精简材料，优化流程，为返乡创业青年提供一站式帮办服务。目前窗口分散。",
            "为返乡创业青年提供一站式帮办服务",
        ),
        # for what the money is
        ("设立专项资金，用于补贴山区护林员。", "设立专项资金补贴山区护林员"),
        # a topic does not say that it must be
        ("校车驾驶人聘用前必须通过心理测评。", "校车驾驶人聘用前通过心理测评"),
        ("所有河道采砂作业前必须报送水文监测站。", "所有河道采砂作业前报送水文监测站"),
        # the text says the heading again
        (
            "建筑垃圾处置审批问题建筑垃圾处置审批分为核准和备案两类，群众要跑多次。",
            "建筑垃圾处置审批问题",
        ),
        (
            "统一标准，规范流程，办好乡镇政务驿站。一些镇办事要跑几处。",
            "统一标准，规范流程，办好乡镇政务驿站",
        ),
        # 把好 takes nothing up, and a thing that must is no doer
        ("把好建材进场关，让隐患早发现、早处置。", "把好建材进场关，让隐患早发现、早处置"),
        (
            "乡镇灯光球场应在农闲和节假日向村民免费开放，由村委会派人管理。",
            "乡镇灯光球场在农闲和节假日向村民免费开放",
        ),
        (
            "依托市气象台建立全市山洪易发沟道雨量监测站网和分级预警发布平台。",
            "建立沟道雨量监测站网和分级预警发布平台",
        ),
        # how, three times
        (
            "推行城乡供水管网漏损的精细化、网格化、信息化管理。",
            "推行城乡供水管网漏损管理",
        ),
        # a noun that is a verb elsewhere: the act stands behind where
        ("在云川市农业教育研究院的院区内创办蚕桑标本馆，每周向中小学生开放。", "创办蚕桑标本馆"),
        # what 将 takes up stays with what is done to it
        (
            "将未取得上岗证书的护理员，先安排到基地轮训，再上岗。",
            "将未取得上岗证书的护理员安排到基地轮训",
        ),
    ],
)
def test_topic_names_what_is_asked(text: str, topic: str) -> None:
    assert make_topic(text) == topic


@pytest.mark.parametrize(
    ("title", "matter"),
    [
        ("关于推动我市夜间经济发展的建议", "夜间经济"),
        ("关于优化营商环境的提案", "营商环境"),
        ("关于加快乡村数字化建设，提升治理效能的提案", "乡村数字化"),
        ("加大古树名木保护力度，全力做好申报工作", "古树名木保护"),
        ("关于检查站管理体制有关问题的建议", "检查站"),  # no 检查
        ("关于提升云川市农村公路养护水平的提案", "农村公路养护"),
        # an ill, a means, a deed are no matter
        ("关于破解老旧小区停车难问题的建议", ""),
        ("关于减轻基层负担的建议", ""),
        ("发挥侨商优势助推外贸发展", ""),
        ("运用无人机技术巡护山林", ""),
        ("让科普走进乡村", ""),
        ("做实村医签约服务", ""),
    ],
)
def test_a_title_says_what_a_proposal_is_about(title: str, matter: str) -> None:
    assert find_matter(title) == matter


@pytest.mark.parametrize(
    ("text", "title", "topic"),
    [
        # nothing in the ask says what is wanted: the proposal does
        (
            "针对护林员老龄化突出的问题，应尽快解决。",
            "关于加强山区森林防火的建议",
            "加强山区森林防火",
        ),
        ("目前路灯缺口不小。应尽快补齐。", "关于改善乡村夜间照明的提案", "改善乡村夜间照明"),
        ("对于这些小区。", "关于推进老旧小区加装电梯的建议", "推进老旧小区加装电梯"),
        # words that stand together in the title are not parted
        (
            "尽快出台护理员津贴发放细则各县区财政部门要从实际出发，保证资金到位。",
            "关于出台护理员津贴发放细则的提案",
            "尽快出台护理员津贴发放细则",
        ),
        ("加强村医培训。", "关于提升基层医疗水平的建议", "加强村医培训"),
        # words of every plan: on what matter, the title says
        (
            "健全工作机制。建议由分管领导任召集人，定期会商。",
            "关于进一步推进我省冷链物流高质量发展的建议",
            "健全冷链物流工作机制",
        ),
        (
            "建立完善相关管理机制。对违规转租的，及时清退。",
            "关于公租房管理有关问题的建议",
            "建立完善公租房管理机制",
        ),
        (
            "加大政策扶持力度。目前仅有一次性补助。",
            "发展林下经济，助力乡村振兴",
            "加大林下经济政策扶持力度",
        ),
    ],
)
def test_title_helps_where_the_ask_does_not_say_it(text: str, title: str, topic: str) -> None:
    assert make_topic(text, title=title) == topic


def test_what_a_topic_leaves_out_does_not_turn_the_wish_round() -> None:
    topic = make_topic("将尚未取得上岗证书的养老护理员，先安排到市级实训基地分批轮训。")
    assert not topic.startswith(("将养老", "将护理"))


def test_topics_of_a_list_that_lost_all_its_marks_end_with_their_headings() -> None:
    found = [
        "健全河湖巡查工作机制目前各镇巡查次数不一，记录不全，发现的问题往往拖到汛期才处理，群众对此反映强烈，各方面都认为亟待改变。",
        "加大河道清淤资金投入近三年的清淤资金主要靠镇村自筹，缺口较大，许多支河多年没有清过，一到雨季就漫堤，两岸大片的农田和民房常常受淹。",
        "做好河湖岸线与城市绿道的衔接沿河步道在多处中断，居民散步要绕行机动车道，既不方便也不安全，应当逐段打通，尽快把它们连接起来。",
    ]
    spans = [Found(0, len(text), text) for text in found]
    assert [ask.topic for ask in make_asks(spans)] == [
        "健全河湖巡查工作机制",
        "加大河道清淤资金投入",
        "做好河湖岸线与城市绿道的衔接",
    ]


def test_items_that_only_argue_are_no_asks_beside_others() -> None:
    found = [
        "“云川工匠”的由来一百多年前，本地木匠就以榫卯手艺闻名，代代相传，成了城市的名片。",
        "我市评选“云川工匠”的重要性和必要性制造业的竞争归根到底是人的竞争，手艺是城市的底气。",
        "设立“云川工匠”评选专项资金，每两年评选一次。",
    ]
    asks = make_asks([Found(0, len(text), text) for text in found])
    assert [(ask.order, ask.text) for ask in asks] == [(1, found[2])]
    assert len(make_asks([Found(0, len(text), text) for text in found[:2]])) == 2


WHOLE_OR_PART = [
    # no heading of its own, several wishes: the topic is one of them
    (
        "支持企业牵头建设种业创新平台；引导平台内部加强合作，打造示范基地。",
        "引导平台内部加强合作",
        True,
    ),
    ("建议简化验收手续，公开办理时限；对逾期未办的挂牌督办。", "简化验收手续", True),
    # its own heading, a topic that a clerk typed, a single wish
    ("简化验收手续。公开办理时限，压缩环节；对逾期未办的挂牌督办。", "简化验收手续", False),
    ("建议简化验收手续，公开办理时限；对逾期未办的挂牌督办。", "改进验收工作", False),
    ("建议尽快简化老旧厂房改造的验收手续。", "简化老旧厂房改造的验收手续", False),
    ("建议简化验收等手续，公开办理时限；对逾期未办的挂牌督办。", "简化验收等手续", False),
]


@pytest.mark.parametrize(("text", "topic", "part"), WHOLE_OR_PART)
def test_a_topic_that_is_one_of_several_wishes_is_known(text: str, topic: str, part: bool) -> None:
    assert is_a_part(topic, text, split_demands(text)) is part

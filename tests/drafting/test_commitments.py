"""What a proposal demands, said as what the bureau will do."""

import pytest

from replygen.drafting.acts import opens_with_act
from replygen.drafting.commitments import word_commitment
from replygen.drafting.speaker import make_speaker
from replygen.models import Ask, Proposal
from replygen.settings import Profile

OURS = Profile(
    name="云川市民政局",
    short="我局",
    region="云川市",
    level="市",
    province="澜江省",
    places=("望岳区", "柳塘镇"),
)
SUBJECT = Proposal(
    "关于推进社区助餐服务的提案",
    "cppcc",
    "五届三次",
    "0126",
    ("林静",),
    None,
    "",
    "",
    (Ask(1, "扩大社区助餐点覆盖", "扩大社区助餐点覆盖。"),),
)

# demand -> commitment, None where nothing is left that we could undertake
DEMANDS = [
    # as they stand
    ("加大助餐点建设力度", "加大助餐点建设力度"),
    ("建立健全助餐服务质量评价制度", "建立健全助餐服务质量评价制度"),
    ("引导餐饮企业、物业服务企业参与助餐", "引导餐饮企业、物业服务企业参与助餐"),
    ("对经济困难的老年人给予就餐补贴", "对经济困难的老年人给予就餐补贴"),
    ("在老年人集中的小区增设助餐点", "在老年人集中的小区增设助餐点"),
    ("充分利用闲置的社区用房", "充分利用闲置的社区用房"),
    ("通过网络及时发布助餐点信息", "通过网络及时发布助餐点信息"),
    # the proposer's voice
    ("建议政府加大对助餐点的扶持力度", "加大对助餐点的扶持力度"),
    ("希望有关部门尽快制定助餐服务规范", "尽快制定助餐服务规范"),
    ("要进一步完善老年食堂的布局", "进一步完善老年食堂的布局"),
    ("应当建立助餐员培训制度", "建立助餐员培训制度"),
    ("呼吁市政府设立助餐专项资金", "设立助餐专项资金"),
    ("能否在医院周边开设老年食堂", "在医院周边开设老年食堂"),
    ("建议由政府牵头制定助餐地图", "制定助餐地图"),
    ("首先，应该摸清独居老人的底数", "摸清独居老人的底数"),
    ("一是要推广中央厨房加配送的办法", "推广中央厨房加配送的办法"),
    ("同时，还要加强对助餐点的日常检查", "加强对助餐点的日常检查"),
    ("务必做好食品留样", "做好食品留样"),
    # somebody else is to do it
    ("由市场监管部门牵头，制定老年餐配餐规范", "会同市场监管部门制定老年餐配餐规范"),
    ("由教育部门负责组织学生志愿者送餐", "会同教育部门组织学生志愿者送餐"),
    ("企业要建立食材溯源制度", "引导企业建立食材溯源制度"),
    ("社区应当定期公布助餐点账目", "指导社区定期公布助餐点账目"),
    ("学校可以开放食堂供周边老人用餐", "指导学校开放食堂供周边老人用餐"),
    ("街道负责日常管理", "推动街道负责日常管理"),
    ("让社会组织参与助餐点运营", "引导社会组织参与助餐点运营"),
    (
        "建议有条件的养老机构推行弹性送餐制度，建立助餐志愿者队伍",
        "引导有条件的养老机构推行弹性送餐制度，建立助餐志愿者队伍",
    ),
    (
        "有条件的餐饮企业推出老年套餐，开展送餐上门服务",
        "引导有条件的餐饮企业推出老年套餐，开展送餐上门服务",
    ),
    ("符合条件的餐饮企业开展上门送餐", "引导符合条件的餐饮企业开展上门送餐"),
    ("国有企业和民营企业共同参与助餐", "引导国有企业和民营企业共同参与助餐"),
    ("政府发布助餐服务指导价格", "发布助餐服务指导价格"),
    ("指示牌应安装在显眼处", "推动指示牌安装在显眼处"),
    ("助餐点的桌椅、灯光、地面要相互配合", "推动助餐点的桌椅、灯光、地面相互配合"),
    ("由社会公益机构进行运作", "引导社会公益机构进行运作"),
    ("对社会上的错误说法应严肃加以纠正", "对社会上的错误说法严肃加以纠正"),
    ("财政给予一定的运营补贴", "会同财政部门给予一定的运营补贴"),
    # figures and dates are not ours to promise
    ("增设50个助餐点", "增设助餐点"),
    ("到2027年底前建成老年食堂", "建成老年食堂"),
    ("每年评选100名优秀助餐员", "每年评选优秀助餐员"),
    ("三年内实现助餐服务全覆盖", "实现助餐服务全覆盖"),
    ("在社区建设3至5处示范食堂", "在社区建设示范食堂"),
    ("对每份老年餐补贴不少于8元", "对每份老年餐给予补贴"),
    ("为3-6岁儿童提供午餐", "为3-6岁儿童提供午餐"),
    ("建设十五分钟助餐圈", "建设十五分钟助餐圈"),
    ("开通12345热线助餐专席", "开通12345热线助餐专席"),
    # 将 that only tells when, 将 that takes an object
    ("将组织助餐员参加技能比武", "组织助餐员参加技能比武"),
    ("将组织工作纳入街道考核", "把组织工作纳入街道考核"),
    ("将完善后的配餐标准推广到全部助餐点", "把完善后的配餐标准推广到全部助餐点"),
    ("由牵头部门会同消防、城管进行检查", "会同消防、城管进行检查"),
    ("成立省助餐行业协会", "成立市助餐行业协会"),
    # what is forbidden is watched
    ("严禁无证人员加工老年餐", "加强监督检查，严禁无证人员加工老年餐"),
    ("不得向老年人推销保健品", None),
    # only means, only how things are
    ("通过深入实施助餐服务改革", "深入实施助餐服务改革"),
    ("通过严厉查处过期食材事件", "严厉查处过期食材事件"),
    ("通过社区公告栏公布每日菜单", "通过社区公告栏公布每日菜单"),
    ("社区承担着老年人用餐安全的职责", None),
    ("办好助餐点有助于弘扬敬老传统", None),
    ("制定有利于助餐点发展的政策", "制定有利于助餐点发展的政策"),
    ("多部门联动，建立助餐点巡查制度", "建立助餐点巡查制度"),
    ("尤为加大对农村助餐点的扶持力度", "加大对农村助餐点的扶持力度"),
    # reasons and hopes go, what is wanted stays
    ("加强助餐员培训，从而提高服务水平", "加强助餐员培训"),
    ("开展送餐上门，以便行动不便的老人就餐", "开展送餐上门"),
    ("为了方便老人，设置无障碍通道", "设置无障碍通道"),
    ("由于用房紧张，盘活闲置的公共用房", "盘活闲置的公共用房"),
    ("完善补贴办法，使企业愿意长期参与", "完善补贴办法"),
    # other places and their ways
    ("借鉴杭州经验，建立助餐点星级评定制度", "建立助餐点星级评定制度"),
    ("像上海那样设立社区长者食堂", None),
    ("推广成都市青羊区的做法", None),
    ("参照外地模式，探索助餐时间银行", "探索助餐时间银行"),
    ("聘请专业人员，例如营养师、厨师", "聘请专业人员"),
    # our own place, our level
    ("在我市主城区推广助餐卡", "在我市主城区推广助餐卡"),
    ("在全省推广助餐卡", "在全市推广助餐卡"),
    ("建设省级助餐服务平台", "建设市级助餐服务平台"),
    ("在望岳区先行建设一批老年食堂", "在望岳区先行建设一批老年食堂"),
    # no demand of ours at all
    ("老年人吃饭难的问题由来已久", None),
    ("这是一件利国利民的大事", None),
    ("两侧不宜开发商品房", None),
    ("其覆盖面有待扩大", None),
    ("难道不应该重视吗", None),
    ("不鼓励、不提倡低价竞争", None),
    # grammar
    ("将助餐点纳入日常食品安全检查", "把助餐点纳入日常食品安全检查"),
    ("根据老人口味，更新菜单品种", "根据老人口味，更新菜单品种"),
    ("对于行动不便的老人，应予以送餐上门", "对行动不便的老人，予以送餐上门"),
    ("让经营良好的食堂为社区供餐", "推动经营良好的食堂为社区供餐"),
    ("配备营养师极为重要", None),
    ("依托大型综合性物流园", None),
    ("将剩饭剩菜作为饲料等行为", None),
    ("严查以次充好等行为", "严查以次充好等行为"),
    ("升级改造成讲究体验的社区食堂", None),
    ("由人社部门和民政部门牵头", None),
    ("由一个专门部门牵头负责助餐点的登记", "会同一个专门部门负责助餐点的登记"),
    ("街道会同社区、物业部门应定期检查", "推动街道会同社区、物业部门定期检查"),
    ("迫切需要建立食材溯源制度", "建立食材溯源制度"),
    (
        "构建以社区为主体，企业为补充，以志愿服务为支撑的助餐体系",
        "构建以社区为主体，企业为补充，以志愿服务为支撑的助餐体系",
    ),
    ("建立统一领导，杭州式的助餐体系", None),
    ("提升农产品、食材的质量，", "提升农产品、食材的质量"),
    ("1.加强对中央厨房的监督检查；", "加强对中央厨房的监督检查"),
    ('设立"爱心助餐"专柜', "设立“爱心助餐”专柜"),
    ("开展网上验证核对", "开展网上验证核对"),
    ("在薄弱环节、关键环节加强调研", "在薄弱环节、关键环节加强调研"),
    # a question, somebody told of before, who does it without what becomes of them
    ("民政部门如何调动志愿者的积极性", "研究如何调动志愿者的积极性"),
    ("给予他安享晚年的条件", None),
    ("从事助餐服务的企业", None),
    ("奖励从事助餐服务的企业", "奖励从事助餐服务的企业"),
    # a noun like a verb before its modal
    ("宣传的形式要多样化", "推动宣传的形式多样化"),
    ("会同市卫健委、市民政局制定营养餐指引", "会同市卫健委制定营养餐指引"),
    ("民政行政主管部门加强助餐点督导", "加强助餐点督导"),
    ("教育主管部门加强食堂督导", "会同教育主管部门加强食堂督导"),
    ("会同市民政局制定营养餐指引", "制定营养餐指引"),
    # bodies in short, several of them, ourselves among them
    ("市民政局制定助餐规划", "制定助餐规划"),
    ("民政部门和市场监管部门定期会商助餐监管", "会同市场监管部门定期会商助餐监管"),
    ("卫健、住建、消防等部门联合验收助餐点", "会同卫健、住建、消防等部门联合验收助餐点"),
    ("各区建立助餐分中心", "推动各区建立助餐分中心"),
    # who acts stands in a clause that is gone
    ("助餐企业要依照承诺，公示菜单和价格", "引导助餐企业公示菜单和价格"),
    # what is left without its act, its object or its name is no phrase
    ("扶持社会组织依托自身优势", None),
    ("组织营养师按照国家的指南", None),
    ("市公安局结合上级部署", None),
    ("进行统一管理", None),
    ("让渡可由市场调节的空间", None),
    ("加大对岚溪县的扶持力度", None),
    ("参照北岭经验，在全市推广助餐卡", "在全市推广助餐卡"),
    # a principle is nothing that is done, of what the proposal told before nothing is known
    ("坚持“政府主导、社会参与”的原则", None),
    ("坚持规划引领", None),
    ("强化顶层设计", None),
    ("改造该校食堂", None),
    ("落实该意见的要求", None),
    # a law that no longer holds is not cited from the proposal
    ("根据《中华人民共和国民法通则》，完善助餐合同", "完善助餐合同"),
    ("贯彻落实《合同法》", None),
    ("贯彻落实《中华人民共和国老年人权益保障法》", "贯彻落实《中华人民共和国老年人权益保障法》"),
    ("发挥其场地、人员等优势，开展助餐", "发挥场地、人员等优势，开展助餐"),
    ("把补贴期限延长至2028年", "延长补贴期限"),
    # a verb that is part of a name: who acts, or no act at all
    ("调度中心进行全区摸底", "推动调度中心进行全区摸底"),
    ("施工单位应当公示工期", "引导施工单位公示工期"),
    ("建设单位食堂", "建设单位食堂"),
    ("创新的助餐设备需要花费大量资金", None),
    ("全面、深入了解助餐企业和餐饮企业经营现状", "全面、深入了解助餐企业和餐饮企业经营现状"),
    ("云川市积极融入省级助餐平台", "积极融入市级助餐平台"),
    ("（1）学校坚持以食堂供餐为主", "指导学校坚持以食堂供餐为主"),
    # words that only look like something else
    ("成立助餐工作委员会", "成立助餐工作委员会"),
    ("打造全国一流、国际先进的助餐品牌", "打造全国一流、国际先进的助餐品牌"),
    ("建设老年俱乐部", "建设老年俱乐部"),
    ("营造应享尽享的氛围", "营造应享尽享的氛围"),
    ("和社区食堂衔接，方便老人就餐", "和社区食堂衔接，方便老人就餐"),
    # by which means is left out before what is wanted
    (
        "通过财政补贴、税费优惠、场地支持、以奖代补、专项债券、慈善捐赠、福彩公益金、志愿服务、"
        "时间银行、企业认领等多种方式，大力发展社区助餐服务",
        "大力发展社区助餐服务",
    ),
]

# what stands before a demand in its sentence, the demand, the commitment
LED = [
    ("助餐企业应当诚信经营，", "公示菜单和价格", "引导助餐企业公示菜单和价格"),
    ("开发商在小区建设时，", "配建助餐用房", "引导开发商配建助餐用房"),
    ("对各类助餐机构，要实行谁经营谁负责，", "做好食品留样", "引导助餐机构做好食品留样"),
    ("各街道要建立台账，", "定期走访独居老人", "推动各街道定期走访独居老人"),
    ("市财政局等有关部门，", "研究运营补贴的范围", "会同财政部门研究运营补贴的范围"),
    ("还是部门条线业务平台要统一，", "做好整体规划", "做好整体规划"),
    ("社区要公开透明，", "会同街道公布账目", "会同街道公布账目"),
    ("市政府要重视助餐，", "做好食品留样", "做好食品留样"),
    ("市民政局要牵头，", "完善配送制度", "完善配送制度"),
    ("为了食品安全，", "加强日常检查", "加强日常检查"),
    ("学校食堂的经验表明，", "做好配送到户", "做好配送到户"),
]


@pytest.mark.parametrize(("demand", "commitment"), DEMANDS, ids=[d for d, _ in DEMANDS])
def test_a_demand_is_said_as_what_we_will_do(demand: str, commitment: str | None) -> None:
    assert word_commitment(demand, make_speaker(SUBJECT, OURS)) == commitment


@pytest.mark.parametrize(("before", "demand", "commitment"), LED)
def test_who_is_to_act_may_stand_before_a_demand(before: str, demand: str, commitment: str) -> None:
    assert word_commitment(demand, make_speaker(SUBJECT, OURS), before=before) == commitment


def test_a_part_of_our_province_is_ours() -> None:
    ours = Profile(name="江苏省体育局", short="我局", region="江苏省", level="省")
    said = word_commitment("加大对苏北、苏中地区的扶持力度", make_speaker(SUBJECT, ours))
    assert said == "加大对苏北、苏中地区的扶持力度"


@pytest.mark.parametrize("demand", [d for d, c in DEMANDS if c])
def test_a_commitment_stands_behind_our_name(demand: str) -> None:
    said = word_commitment(demand, make_speaker(SUBJECT, OURS)) or ""
    assert not said.startswith("将")
    assert not any(word in said for word in ("建议", "希望", "呼吁", "杭州", "我局"))


def test_the_first_clause_alone_is_said_where_room_is_short() -> None:
    demand = "建立助餐点星级评定制度，定期向社会公布评定结果，并与运营补贴的发放标准相衔接"
    speaker = make_speaker(SUBJECT, OURS)
    assert word_commitment(demand, speaker, longest=20) == "建立助餐点星级评定制度"


def test_without_a_region_the_place_the_proposal_is_about_is_ours() -> None:
    text = "在云川市，老人多；在云川市，食堂少；在云川市，要办食堂。"
    proposal = Proposal("关于助餐的提案", None, None, None, (), None, text, "", SUBJECT.asks)
    said = word_commitment("在云川市推广助餐卡", make_speaker(proposal, Profile()))
    assert said == "在云川市推广助餐卡"


@pytest.mark.parametrize(
    ("clause", "act"),
    [("进一步完善制度", True), ("对企业给予补贴", True), ("制度的完善", False), ("老年人", False)],
)
def test_an_act_opens_with_a_verb_or_has_one_behind_its_frame(clause: str, act: bool) -> None:
    assert opens_with_act(clause) is act

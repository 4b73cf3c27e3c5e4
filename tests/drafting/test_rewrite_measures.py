"""Measures of a foreign place, reworded for our fictional unit; the texts are our own."""

import pytest

from replygen.drafting import rewrite_measure
from replygen.entities import find_mentions
from replygen.models import Document, Passage
from replygen.settings import Profile

OURS = Profile(
    name="云川市市场监督管理局",
    region="云川市",
    province="澜江省",
    level="市",
    function="市场监管",
    doc_prefix="云市监提复",
)
THEIRS = Document(
    "d", "a.txt", "reply", "答复", "东岭市", "市", "东岭市市场监督管理局", "2024-05-06"
)


def measure(text, document=THEIRS, tense="done"):
    return Passage("d#1", document, "measure", 1, "", text, tense, document.region)


def rewrite(text, known="", profile=OURS):
    result = rewrite_measure(measure(text), profile=profile, known=known)
    return result.text if result else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what was done is planned
        ("建立了部门联席会议制度，完善会商机制。", "建立部门联席会议制度，完善会商机制"),
        ("已建成网络交易监测系统，开展线上巡查。", "建设网络交易监测系统，开展线上巡查"),
        ("先后开展了价格欺诈专项检查，规范明码标价。", "开展价格欺诈专项检查，规范明码标价"),
        ("我局继续加强网络交易监测，及时处置违法线索。", "加强网络交易监测，及时处置违法线索"),
        ("下一步，我局将健全线索移送和案件协查机制。", "健全线索移送和案件协查机制"),
        ("组建了食品安全社会监督员队伍。", "组建食品安全社会监督员队伍"),
        ("近年来，我们大力推广电子发票和电子合同。", "大力推广电子发票和电子合同"),
        ("完成了老旧电梯安全评估，推动更新改造。", "推进老旧电梯安全评估，推动更新改造"),
        ("一是强化信用监管，完善失信惩戒机制。", "强化信用监管，完善失信惩戒机制"),
        ("（二）畅通投诉渠道，完善先行赔付制度。", "畅通投诉渠道，完善先行赔付制度"),
        # documents of theirs become things to make
        (
            "制定《东岭市直播带货经营指引》，明确商品负面清单。",
            "制定直播带货经营指引，明确商品负面清单",
        ),
        ("印发了《东岭市网络餐饮服务监管办法》。", "制定网络餐饮服务监管办法"),
        (
            "出台了《关于规范校外托管机构管理的通知》，明确部门职责。",
            "制定规范校外托管机构管理的相关文件，明确部门职责",
        ),
        (
            "每年面向公众印发《东岭市地方标准编制指引》，广泛征集标准立项建议。",
            "广泛征集标准立项建议",
        ),
        ("修订了《东岭市小餐饮管理细则》，放宽准入条件。", "制定小餐饮管理细则，放宽准入条件"),
        # figures of results go, figures of building fall away
        (
            "新建口袋公园12处，改造老旧小区35个，惠及居民3万余人。",
            "新建口袋公园，改造老旧小区",
        ),
        ("开展联合检查，移交案件线索169条，罚没款12.5万元。", None),
        ("加强网络监测，发现违法线索43条。提请部门联合处置违法网站。", None),
        (
            "开展直播专项治理，查办夸大功效、冒用产地案件62件。",
            "开展直播专项治理，依法查处夸大功效、冒用产地等违法行为",
        ),
        ("截至2024年6月，共办结投诉举报5600件。", None),
        ("满意率达到98.6%，同比提高3个百分点。", None),
        # dates go
        (
            "2023年4月我局开展餐饮环节专项整治，规范后厨管理。",
            "开展餐饮环节专项整治，规范后厨管理",
        ),
        ("自2019年以来，积极鼓励企业参与标准制定。", "积极鼓励企业参与标准制定"),
        # brands, systems, campaigns
        (
            "与快手电商平台签订合作协议，推动商家信息核验。",
            "与电商平台签订合作协议，推动商家信息核验",
        ),
        (
            "开展“清风护苗”专项行动，严厉打击校园周边违法经营行为。",
            "开展专项行动，严厉打击校园周边违法经营行为",
        ),
        ("对平台企业开展“一对一”行政指导。", "对平台企业开展“一对一”行政指导"),
        ("推行“互联网+明厨亮灶”，实行餐食留样。", "推行“互联网+明厨亮灶”，实行餐食留样"),
        # what says that we have it already
        (
            "依托东岭市智慧监管平台开展线上巡查，加强网络监测数据分析研判。",
            "加强网络监测数据分析研判",
        ),
        ("发挥网络市场监管联席会议作用，健全跨部门协同监管机制。", "健全跨部门协同监管机制"),
        # bodies
        (
            "市网信办牵头建立了网络市场执法联动机制。",
            "配合市网信办建立网络市场执法联动机制",
        ),
        (
            "会同东岭市商务局开展电商企业信用评价。",
            "会同商务部门开展电商企业信用评价",
        ),
        (
            "会同市市场监督管理局把老年食堂纳入监管范围。",
            None,
        ),
        # areas below
        ("指导青山县、白河县开展质量提升行动。", "指导各县（市、区）开展质量提升行动"),
        # laws are cited by the draft itself, when the index has them in force
        (
            "依据《中华人民共和国电子商务法》，督促平台履行核验登记义务。",
            "督促平台履行核验登记义务",
        ),
        # no measure
        ("营商环境持续优化，走在全省前列。", None),
        ("您提出的建议很有针对性。", None),
        ("高度重视，认真研究，积极采纳。", None),
        ("荣获全国消费者权益保护工作先进集体称号。", None),
        ("由于监管手段有限等原因，问题仍然存在。", None),
        ("取得了良好的社会效果。", None),
        ("督促其落实入网审核义务。", None),
        ("《东岭市标准化条例》于2023年施行。", None),
        ("形成《东岭市直播监测报告》。", None),
        ("建立由我局牵头，市商务局等单位参加的会商机制。", None),
        ("将青河上游、饮用水源地周边的村庄优先纳入。", None),
        (
            "发布“长三角地区平台经济管理规范指引”，对平台开展行政指导。",
            "发布平台经济管理规范指引，对平台开展行政指导",
        ),
    ],
)
def test_a_foreign_measure_becomes_a_plan_of_ours_or_nothing(text, expected):
    if expected is None and rewrite(text) is not None:
        # what is left of a refused sentence must still be a clean plan
        assert not any(
            m.kind in ("number", "person", "brand") for m in find_mentions(rewrite(text))
        )
        assert not any(
            word in rewrite(text) for word in ("东岭", "169", "《", "其", "您", "由我局")
        )
    else:
        assert rewrite(text) == expected


FOREIGN = [
    ("与星桥直播平台签订战略合作协议，推动商家信息核验登记。", "星桥"),
    ("东岭市直播电商协会发布自律公约，引导商家诚信经营。", "东岭"),
    ("在青山街道建成社区食堂8家，开展助餐服务。", "青山"),
    ("在石湾古窑址周边建设传习所，开设陶艺培训班。", "石湾"),
    ("推出春赏花、冬泡泉等特色产品，开展旅游推介活动。", "泡泉"),
    ("由王建国同志牵头成立工作专班，推进问题整改。", "王建国"),
    ("开通举报电话0518-85801234，畅通群众投诉渠道。", "0518"),
    ("推进东岭经济技术开发区标准厂房建设，完善配套设施。", "东岭"),
    ("打造“红盾云桥”惠企服务直通车，建立案件协查机制。", "红盾"),
    ("学习杭州市经验做法，建立直播电商行业自律机制。", "杭州"),
    ("赴浙江义乌考察学习，探索建立网红主播孵化基地。", "义乌"),
    ("委托东岭大学开展立法调研，完善地方监管制度。", "东岭"),
    ("联合三一重工集团建设实训基地，开展职业技能培训。", "三一"),
    ("投入财政资金三百余万元，更新检验检测设备。", "三百"),
    ("为百余家企业提供上门服务，开展质量管理培训。", "百余"),
    ("在抖音、快手等平台投放公益广告，开展消费警示宣传。", "抖音"),
    ("依照《东岭市电梯安全管理办法》，督促维保单位落实责任。", "东岭"),
    ("组织东岭、南屏两地开展跨区域执法协作，共享案件信息。", "南屏"),
    ("印发东市监〔2024〕15号文件，部署开展专项整治行动。", "15"),
    ("在人民路、解放大道设置公交专用道，优化信号配时。", "解放"),
]


@pytest.mark.parametrize(("text", "name"), FOREIGN)
def test_no_name_of_theirs_survives(text, name):
    assert name not in (rewrite(text) or "")


@pytest.mark.parametrize(("text", "_"), FOREIGN)
def test_what_survives_is_a_whole_plan(text, _):
    result = rewrite(text)
    if result is not None:
        assert len(result) >= 10
        assert not result.startswith(("的", "了", "，", "等", "其"))
        assert not result.endswith(("的", "了", "，", "、", "和", "与"))
        assert not any(past in result for past in ("已", "建成", "截至", "先后", "累计", "完成"))


def test_names_that_the_proposal_gives_may_stay():
    text = "规范“清风夜市”经营秩序，完善夜间消费配套服务设施。"
    assert rewrite(text) is None or "清风夜市" not in rewrite(text)
    assert "清风夜市" in (rewrite(text, known="建议规范“清风夜市”经营秩序") or "清风夜市")


def test_a_figure_never_stays_even_when_the_proposal_has_it():
    text = "建设充电桩1200个，完善充电安全管理制度。"
    assert "1200" not in (rewrite(text, known="建议建设充电桩1200个") or "")


def test_a_county_speaks_of_its_county():
    county = Profile(name="青榆县市场监督管理局", region="青榆县", level="县", province="澜江省")
    assert (
        rewrite("在全市推行食品安全责任保险制度。", profile=county)
        == "在全县推行食品安全责任保险制度"
    )


def test_more_than_two_slots_are_no_measure():
    result = rewrite_measure(
        measure("与快手签订协议，与抖音签订协议，与京东签订协议，共享商家核验数据。"), profile=OURS
    )
    assert result is None or len(result.slots) <= 2


def test_the_report_says_what_was_removed():
    result = rewrite_measure(
        measure("2024年，开展联合检查，规范直播营销行为，查处案件12件。"), profile=OURS
    )
    assert result is not None
    assert {m.kind for m in result.removed} == {"date", "number"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在全国率先制定直播平台管理规范。", "制定直播平台管理规范"),
        ("对全省23家平台企业开展“一对一”行政指导。", "对全市平台企业开展“一对一”行政指导"),
        ("在社区开展“守护夕阳”防骗宣讲活动。", "在社区开展防骗宣讲活动"),
        ("检查直播间商家57家，公开曝光典型案例12件。", "检查直播间商家，公开曝光典型案例"),
        ("覆盖生产、加工、销售全过程。", None),
        ("纳入平台统一预约、统一计费。", None),
        ("会同有关部门依法取缔。", None),
        ("市场监管部门负责登记和餐饮监管。", None),
        ("建议市政府明确牵头部门。", None),
    ],
)
def test_what_is_left_says_what_is_done(text, expected):
    assert rewrite(text) == expected

"""How demands are answered: the kind, the reason a clerk reads, the unit it goes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replygen.drafting.stance import load_rules, read_choices, take_stances
from replygen.errors import SettingsError
from replygen.models import (
    Ask,
    Demand,
    Document,
    Evidence,
    Hit,
    HostRole,
    Passage,
    Proposal,
    Stance,
    StanceKind,
)
from replygen.settings import Profile

MARKET = Profile(name="云川市市场监督管理局", region="云川市", province="澜江省")
CIVIL = Profile(name="云川市民政局", region="云川市", province="澜江省")
HOUSING = Profile(name="云川市住房和城乡建设局", region="云川市", province="澜江省")
EDUCATION = Profile(name="禾溪县教育体育局", region="禾溪县", level="县", province="澜江省")
HEALTH = Profile(name="澜江省卫生健康委员会", region="澜江省", level="省", short="我委")
CITY = Profile(name="云川市人民政府办公室", region="云川市", province="澜江省", short="我办")


def propose(
    demand: str,
    profile: Profile,
    *,
    topic: str = "",
    title: str = "",
    evidence: Evidence | None = None,
    given: dict[str, StanceKind] | None = None,
) -> Stance:
    ask = Ask(1, topic or demand[:20], demand, (Demand(demand, 0, len(demand)),))
    proposal = Proposal(title or topic or demand, "cppcc", None, None, (), None, "", "", (ask,))
    found = () if evidence is None else (evidence,)
    return take_stances(proposal, found, profile=profile, given=given)[0].demands[0]


@pytest.mark.parametrize(
    ("profile", "demand", "kind", "reason"),
    [
        # ours
        (MARKET, "加大对直播间虚假宣传的查处力度", "adopt", "职责和本级权限内"),
        (MARKET, "督促外卖商家使用食品安全封签", "adopt", "职责和本级权限内"),
        (CIVIL, "完善困境儿童走访关爱制度", "adopt", "职责和本级权限内"),
        (HOUSING, "加强物业公司服务质量监督", "adopt", "职责和本级权限内"),
        (EDUCATION, "推动学校操场节假日开放", "adopt", "职责和本级权限内"),
        (HEALTH, "推进医疗机构检查结果互认", "adopt", "职责和本级权限内"),
        (CITY, "加密城乡公交班次", "adopt", "本级政府职责内"),
        (Profile(), "推行课后服务", "adopt", "本级政府职责内"),
        # what a demand rests on is not what it asks for
        (MARKET, "结合食品安全条例的修订，强化对网络餐饮的监管", "adopt", "职责和本级权限内"),
        (MARKET, "加快实施《云川市网络餐饮监督管理办法》", "adopt", "职责和本级权限内"),
        (MARKET, "加强企业在计量、检验检测试点等方面的培训", "adopt", "职责和本级权限内"),
        (HEALTH, "将安宁疗护纳入医保支付范围", "study", "医保目录"),
        # laws
        (HOUSING, "制定我市住宅物业管理条例", "study", "由市人民代表大会及其常务委员会决定"),
        (CIVIL, "推动养老服务地方立法", "study", "立法权限"),
        (MARKET, "出台直播电商管理条例", "study", "由省级以上立法机关决定"),
        (EDUCATION, "制定校园安全地方性法规", "study", "县级没有地方立法权"),
        (MARKET, "推动省里修改小餐饮管理条例", "refer", "由省级立法机关决定"),
        (EDUCATION, "推动省里出台校园食品安全条例", "refer", "由省级立法机关决定"),
        (HEALTH, "修订《澜江省母婴设施管理条例》", "study", "由省人民代表大会"),
        (MARKET, "认真贯彻执行食品安全法", "adopt", "职责"),
        (HOUSING, "加强物业管理条例宣传", "adopt", "职责"),
        # standards
        (MARKET, "制定直播选品地方标准", "study", "标准化法"),
        (CIVIL, "统一老年助餐点服务标准", "study", "属市市场监督管理局职责"),
        (HOUSING, "严格按照国家标准开展消防验收", "adopt", "职责"),
        # what the law on standards does not mean
        (CIVIL, "明确低保对象的认定标准", "study", "调研论证"),
        (EDUCATION, "体育课不少于每天两个小时，人均场地不低于八平方米", "study", "测算论证"),
        # what is named in a title is not built
        (CIVIL, "落实《关于推进综合服务中心建设的意见》", "adopt", "职责"),
        (CIVIL, "加强对养老机构经费使用的审计", "adopt", "职责"),
        (EDUCATION, "由教育部门和市场监管部门共同牵头治理", "partly", ""),
        # taxes, prices
        (CIVIL, "对养老机构减免企业所得税", "study", "税收"),
        (MARKET, "落实小微企业税收优惠政策", "refer", "属市税务局职责"),
        (CIVIL, "减免助餐点水电气费用", "refer", "属市发展改革委职责"),
        (CIVIL, "对养老院执行居民电价", "refer", "价格主管部门"),
        (HOUSING, "降低停车收费标准", "study", "定价权限"),
        (HEALTH, "提高中医诊疗费", "study", "定价权限"),
        (MARKET, "查处价格欺诈行为", "adopt", "职责"),
        # pilots, licences, curricula, policy
        (CIVIL, "选择三个街道开展时间银行试点", "study", "试点"),
        (MARKET, "推广企业开办试点经验", "adopt", ""),
        (HEALTH, "建立专科医师准入制度", "study", "准入条件"),
        (EDUCATION, "将急救知识纳入中考内容", "study", "课程、教材、考试"),
        (CIVIL, "出台养老护理员管理办法", "study", "政策性文件"),
        (HOUSING, "将物业费拖欠者列入失信黑名单", "study", "清单管理"),
        (MARKET, "依法依规对严重违法的直播间开展失信联合惩戒", "adopt", "职责"),
        (HEALTH, "延长女职工产假", "study", "统一规定"),
        (CITY, "在城东增设高速公路出入口", "study", "报上级批准"),
        # against the law
        (MARKET, "强制商家购买食品安全责任保险", "decline", "不得强制"),
        (HOUSING, "优先采购使用本地企业的建材产品", "decline", "公平竞争"),
        (HEALTH, "终止未通过培训医师的行医范围", "decline", "行政处罚"),
        # money, posts, land, bodies
        (CIVIL, "设立社区助餐专项补贴", "partly", "预算"),
        (EDUCATION, "提高乡村教师待遇", "partly", "预算"),
        (HOUSING, "在老城区新建立体停车场", "partly", "立项"),
        (HEALTH, "成立母婴安全领导小组", "partly", "按程序报批"),
        (MARKET, "增加基层市场监管所执法人员", "partly", "按程序报批"),
        (EDUCATION, "为新建小区幼儿园预留用地", "partly", "供地"),
        (MARKET, "建设网络交易监测平台", "partly", "立项"),
        (MARKET, "编制消费维权指引", "adopt", "职责"),
        # others' duty, higher levels
        (MARKET, "为乡村小学补充音体美教师", "refer", "属市教育局职责"),
        (MARKET, "延长夜间公交运营时间", "refer", "属市交通运输局职责"),
        (CIVIL, "扩大HPV疫苗接种范围", "refer", "属市卫生健康委职责"),
        (EDUCATION, "清淤疏浚农村河道", "refer", "属县水利局职责"),
        (HEALTH, "推行企业开办“一件事”", "refer", "属省"),
        (MARKET, "与公安机关建立直播案件移送机制", "partly", "市公安局"),
        (CIVIL, "建议国家修改养老金调整办法", "study", ""),
        (EDUCATION, "由省政府统筹编制乡村教师计划", "refer", "向上级有关部门反映"),
        (CITY, "从国家层面出台托育支持措施", "refer", "向省有关部门反映"),
        (HEALTH, "从国家层面统一电子病历格式", "refer", "向国家有关部门反映"),
    ],
)
def test_a_demand_gets_the_stance_that_its_words_and_duty_call_for(
    profile: Profile, demand: str, kind: StanceKind, reason: str
) -> None:
    stance = propose(demand, profile)
    assert (stance.kind, reason in stance.reason) == (kind, True), stance


def test_a_demand_passed_on_names_the_unit() -> None:
    stance = propose("为乡村小学补充音体美教师", MARKET)
    assert (stance.units, stance.rule) == (("市教育局",), "duty")


def test_a_paper_on_schools_that_was_handed_to_the_education_bureau_is_theirs() -> None:
    demands = [
        "进一步加大投入",
        "定期开展家长开放日活动",
        "提高班主任津贴",
        "完善入学报名流程",
        "落实课间活动时间",
    ]
    asks = tuple(
        Ask(n, "改进中小学管理", text, (Demand(text, 0, len(text)),))
        for n, text in enumerate(demands, start=1)
    )
    title = "关于提高我市中小学办学水平的提案"
    proposal = Proposal(title, "cppcc", None, None, (), None, "", "", asks, "云川市教育局")
    stances = take_stances(proposal, (), profile=MARKET)
    assert [s.kind for s in stances] == ["refer"] * len(demands)
    assert {s.demands[0].units for s in stances} == {("市教育局",)}


def test_a_paper_that_was_handed_to_us_is_ours() -> None:
    text = "定期开展家长开放日活动"
    ask = Ask(1, "改进中小学管理", text, (Demand(text, 0, len(text)),))
    paper = Proposal(
        "关于中小学的提案", "cppcc", None, None, (), "主办", "", "", (ask,), MARKET.name
    )
    assert take_stances(paper, (), profile=MARKET)[0].kind == "adopt"


@pytest.mark.parametrize(
    ("role", "kind", "reason"),
    [("主办", "partly", "属会办单位市教育局职责，需会同办理"), ("会办", "refer", "属市教育局职责")],
)
def test_the_host_answers_for_its_co_hosts(role: HostRole, kind: StanceKind, reason: str) -> None:
    text = "为乡村小学补充音体美教师"
    ask = Ask(1, text, text, (Demand(text, 0, len(text)),))
    paper = Proposal(
        "提案", "cppcc", None, None, (), role, "", "", (ask,), None, ("云川市教育局", "市商务局")
    )
    stance = take_stances(paper, (), profile=MARKET)[0].demands[0]
    assert (stance.kind, stance.reason) == (kind, reason)


def test_a_co_hosts_opinion_is_answered_with() -> None:
    text = "为乡村小学补充音体美教师"
    document = Document("b" * 16, "b.txt", "opinion", "会办意见", None, None, "云川市教育局", None)
    passage = Passage(f"{'b' * 16}#0", document, "measure", 0, "", "已招聘教师50名。")
    found = Evidence(Ask(1, text, text), opinions=(Hit(passage, 1.0, ("words",)),))
    stance = propose(text, MARKET, evidence=found)
    assert (stance.kind, "已有会办意见" in stance.reason) == ("partly", True)


def test_a_pilot_in_the_topic_makes_all_demands_of_the_ask_studied() -> None:
    stance = propose("由社区组织低龄老人服务高龄老人", CIVIL, topic="开展时间银行试点")
    assert (stance.kind, stance.rule) == ("study", "pilot")


# ── own material ───────────────────────────────────────────────────────────


def _evidence(demand: str, text: str, *, tense: str = "done", refused: bool = False) -> Evidence:
    document = Document(
        "a" * 16, "a.txt", "reply", "2025年工作总结", "云川市", "市", None, None, True
    )
    kind = "refusal" if refused else "measure"
    passage = Passage(f"{'a' * 16}#0", document, kind, 0, "", text, tense)  # type: ignore[arg-type]
    hit = Hit(passage, 1.0, ("words",))
    ask = Ask(1, demand[:20], demand, ())
    return Evidence(ask, refusals=(hit,)) if refused else Evidence(ask, own=(hit,))


DEMAND = "建立直播营销重点监测名单"


def test_own_material_that_reports_the_very_demand_makes_it_done() -> None:
    found = _evidence(DEMAND, "2025年，我局建立直播营销重点监测名单，收录直播间120个。")
    stance = propose(DEMAND, MARKET, evidence=found)
    assert (stance.kind, stance.reason) == ("done", "本单位材料里已有这项工作：《2025年工作总结》")


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("我局将建立直播营销重点监测名单。", "planned"),
        ("2025年，我局开展直播营销监测6轮，移交线索43条。", "done"),
    ],
)
def test_a_plan_and_another_deed_do_not_make_it_done(text: str, tense: str) -> None:
    assert propose(DEMAND, MARKET, evidence=_evidence(DEMAND, text, tense=tense)).kind == "adopt"


def test_a_short_demand_is_not_done_because_something_of_its_kind_was() -> None:
    found = _evidence("制定地方标准", "2021年，我局制定地方标准3项，涉及茶叶和竹编。")
    assert propose("制定地方标准", MARKET, evidence=found).kind == "study"


def test_what_our_own_answer_ruled_out_is_declined() -> None:
    text = "建立直播营销重点监测名单涉及企业商业信息，暂不具备条件。"
    stance = propose(DEMAND, MARKET, evidence=_evidence(DEMAND, text, refused=True))
    assert (stance.kind, "不能办理" in stance.reason) == ("decline", True)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("关于规范维保收费", "decline"),
        ("关于“规范维保收费”的建议", "decline"),
        ("关于公开检验信息", "study"),
        ("关于收费", "study"),
    ],
)
def test_our_refusal_is_of_the_demand_that_its_heading_names(heading: str, kind: str) -> None:
    found = _evidence("规范维保收费", "目前没有上位法依据，暂不具备条件。", refused=True)
    (hit,) = found.refusals
    named = replace(hit, passage=replace(hit.passage, context=heading))
    found = replace(found, refusals=(named,))
    assert propose("规范维保收费", MARKET, evidence=found).kind == kind


# ── the clerk's choice ─────────────────────────────────────────────────────


@pytest.mark.parametrize("given", [{"1": "study"}, {"1.1": "study"}])
def test_the_clerk_decides(given: dict[str, StanceKind]) -> None:
    stance = propose(DEMAND, MARKET, given=given)
    assert (stance.kind, stance.given, stance.reason) == ("study", True, "由起草人选定")


def test_a_demand_that_the_clerk_passes_on_names_the_unit_that_its_words_point_to() -> None:
    stance = propose("规范直播电商基地招商", MARKET, given={"1.1": "refer"})
    assert stance.units == ("市商务局",)


def test_an_ask_without_demands_is_answered_as_a_whole() -> None:
    ask = Ask(1, "制定地方标准", "制定地方标准。")
    proposal = Proposal("关于直播的提案", "cppcc", None, None, (), None, "", "", (ask,))
    stance = take_stances(proposal, (), profile=MARKET)[0]
    assert (stance.kind, [d.demand.text for d in stance.demands]) == ("study", ["制定地方标准"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2"], "2=study"),
        (["study"], "2=study"),
        (["0=study"], "2=study"),
        (["2=maybe"], "没有“maybe”这种答法"),
        (["2.1.1=adopt"], "2=study"),
    ],
)
def test_a_choice_that_is_none_is_refused(words: list[str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_choices(words)


def test_choices_are_read() -> None:
    assert read_choices(["2=study", " 3.1 = refer "]) == {"2": "study", "3.1": "refer"}


@pytest.mark.parametrize("number", ["2", "1.2"])
def test_a_choice_for_what_the_proposal_has_not_is_refused(number: str) -> None:
    with pytest.raises(SettingsError, match=f"没有第 {number} 项建议"):
        propose(DEMAND, MARKET, given={number: "study"})


def test_every_rule_has_a_reason_without_open_names() -> None:
    for rule in load_rules():
        told = rule.reason.format(
            own="", region="", upper="", units="", whose="", legislation="", title=""
        )
        assert told and "{" not in told

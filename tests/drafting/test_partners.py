"""With whom, and whose: which unit a demand is handed to or shared with, and what we call us."""

from __future__ import annotations

import pytest

from replygen.drafting.basis import _NO_BASIS
from replygen.drafting.charged import find_charged
from replygen.drafting.duties import name_unit, our_keys, score_units
from replygen.drafting.leads import without_ourselves
from replygen.drafting.limits import share_demand
from replygen.drafting.speaker import make_speaker
from replygen.drafting.stance import take_stances
from replygen.models import Ask, Demand, Level, Proposal, Stance
from replygen.settings import Profile, default_short

_REGION = {"省": "澜江省", "市": "云川市"}


def _unit(name: str, level: Level = "省") -> Profile:
    region = _REGION[level]
    return Profile(name=f"{region}{name}", region=region, level=level, province="澜江省")


def _ask(text: str, demand: str, topic: str = "完善工作机制") -> Ask:
    start = text.index(demand)
    return Ask(1, topic, text, (Demand(demand, start, start + len(demand)),))


def _take(text: str, demand: str, profile: Profile) -> tuple[Proposal, Stance]:
    ask = _ask(text, demand)
    proposal = Proposal("关于改进服务的提案", "cppcc", None, None, (), "主办", "", "", (ask,))
    return proposal, take_stances(proposal, (), profile=profile)[0].demands[0]


def _lead(text: str, demand: str, profile: Profile) -> str:
    proposal, stance = _take(text, demand, profile)
    return share_demand(stance, demand, make_speaker(proposal, profile))[0]


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("地方金融监督管理局", "地方金融管理局"),
        ("金融工作办公室", "地方金融管理局"),
        ("国土资源厅", "自然资源厅"),
        ("卫生和计划生育委员会", "卫生健康委员会"),
        ("经济和信息化委员会", "工业和信息化厅"),
        ("环境保护厅", "生态环境厅"),
        ("扶贫办公室", "农业农村厅"),
        ("法制办公室", "司法厅"),
        ("人民防空办公室", "国防动员办公室"),
        ("大数据管理局", "数据局"),
        ("台湾工作办公室", "台湾事务办公室"),
    ],
)
def test_a_body_is_itself_under_its_old_and_its_new_name(old: str, now: str) -> None:
    assert our_keys(_unit(old)) & our_keys(_unit(now))


def test_the_local_financial_bureau_is_not_the_watch_of_banks() -> None:
    ours = our_keys(_unit("地方金融监督管理局"))
    assert not ours & our_keys(_unit("银保监局"))
    assert not ours & our_keys(_unit("国家金融监督管理总局澜江监管局"))


@pytest.mark.parametrize(
    ("text", "demand", "keys"),
    [
        # charged at the head of the sentence
        ("由省财政厅牵头，设立风险补偿池，细化申领办法", "细化申领办法", {"finance"}),
        ("建议：税务部门公开办税指南；简化退库手续", "简化退库手续", {"tax"}),
        ("澜江银保监局完善监管评级，提高不良容忍度", "提高不良容忍度", {"finance_watch"}),
        ("省民政厅、省卫生健康委制定标准，统一床位标识", "统一床位标识", {"civil", "health"}),
        ("请省司法厅加强律师执业监管；规范收费", "规范收费", {"justice"}),
        # the sentence before charged somebody: this one nobody
        ("由省财政厅牵头设立补偿池。细化申领办法", "细化申领办法", set()),
        # what something is done with or to
        ("加强财政部门监管，细化申领办法", "细化申领办法", set()),
        ("会同税务部门公开指南；简化手续", "简化手续", set()),
        ("财政部门的资金要公开，细化申领办法", "细化申领办法", set()),
        # others of its own
        ("由省财政厅牵头设立补偿池，学校制定申领办法", "学校制定申领办法", set()),
        ("由省财政厅牵头设立补偿池，教育部门制定办法", "教育部门制定办法", set()),
        # we ourselves
        ("由省教育厅牵头，完善课程，细化申领办法", "细化申领办法", {"education"}),
    ],
)
def test_who_is_charged_at_the_head_of_a_sentence_is_charged_to_its_end(
    text: str, demand: str, keys: set[str]
) -> None:
    ours = _unit("教育厅")
    found = set(find_charged(_ask(text, demand).demands[0], _ask(text, demand), ours))
    assert {name_unit(k, ours) for k in found} == {name_unit(k, ours) for k in keys}


@pytest.mark.parametrize(
    ("text", "demand", "named"),
    [
        (
            "澜江银保监局完善评级办法；督促银行制定尽职免责细则",
            "督促银行制定尽职免责细则",
            "金融监管部门",
        ),
        (
            "由省税务局牵头，推动银税数据互通，提高小微企业贷款可得性",
            "提高小微企业贷款可得性",
            "省税务局",
        ),
    ],
)
def test_the_body_that_the_sentence_names_comes_first(text: str, demand: str, named: str) -> None:
    profile = _unit("地方金融监督管理局")
    _, stance = _take(text, demand, profile)
    assert stance.units and stance.units[0] == named
    assert all("地方金融" not in unit for unit in stance.units)


@pytest.mark.parametrize(
    ("text", "key", "points"),
    [
        ("深化海峡两岸青年交流", "taiwan", True),
        ("促进两岸经贸往来", "taiwan", True),
        ("治理青龙河两岸环境", "taiwan", False),
        ("推动跨江两岸城市错位发展", "taiwan", False),
        ("查处基层不廉洁行为", "discipline", True),
        ("按照廉洁化、透明化要求公开流程", "discipline", False),
        ("推进混合所有制改革", "state_assets", True),
        ("探索混合所有制办学模式", "state_assets", False),
        ("加快偏远山村5G网络覆盖", "telecom", True),
        ("引导通信运营商参与旧电池回收", "telecom", False),
    ],
)
def test_one_word_alone_calls_no_unit(text: str, key: str, points: bool) -> None:
    assert (score_units(text, Profile())[key] >= 1.0) is points


@pytest.mark.parametrize(
    ("demand", "lead"),
    [
        ("鼓励商会开展培训", ""),
        ("鼓励各地给予技师补贴", "会同财政部门"),
        ("统筹安排专项经费", "会同财政部门"),
        ("安排专项经费", "会同财政部门研究"),
        ("考核结果与绩效工资挂钩", "会同有关部门研究推动"),
        ("把考核结果与绩效工资挂钩", "会同有关部门研究"),
    ],
)
def test_what_promises_nothing_firm_is_not_studied_first(demand: str, lead: str) -> None:
    stance = Stance(Demand(demand, 0, len(demand)), "partly", "", "1.1", False, "money")
    if "挂钩" in demand:
        stance = Stance(Demand(demand, 0, len(demand)), "partly", "", "1.1", False, "linked")
    if not lead:
        stance = Stance(Demand(demand, 0, len(demand)), "adopt", "", "1.1", False)
    ask = _ask(demand, demand)
    proposal = Proposal("关于改进服务的提案", "cppcc", None, None, (), "主办", "", "", (ask,))
    assert share_demand(stance, demand, make_speaker(proposal, _unit("教育厅")))[0] == lead


@pytest.mark.parametrize(
    ("clause", "ground"),
    [
        ("背书是指在票据背面记载有关事项并签章的行为", False),
        ("湿地，是指具有显著生态功能的自然区域", False),
        ("县级以上人民政府应当建立湿地保护协作机制", True),
        ("银行应当指导企业规范使用票据", True),
    ],
)
def test_what_a_word_means_is_no_ground(clause: str, ground: bool) -> None:
    assert (_NO_BASIS.search(clause) is None) is ground


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("澜江省红十字会", "我会"),
        ("云川市工商业联合会", "我会"),
        ("云川市残疾人联合会", "我会"),
        ("澜江省科学技术协会", "我会"),
        ("云川市总工会", "我会"),
        ("云川市妇联", "我会"),
        ("云川市卫生健康委员会", "我委"),
        ("澜江省发展和改革委", "我委"),
        ("共青团云川市委员会", "我委"),
        ("澜江省教育厅", "我厅"),
        ("云川市人民政府办公室", "我办"),
        ("云川市教育局", "我局"),
        ("云川市城投", "我局"),
    ],
)
def test_a_unit_is_called_by_its_kind_where_its_profile_says_nothing(name: str, short: str) -> None:
    assert default_short(name) == short


@pytest.mark.parametrize(
    ("unit", "clause", "said"),
    [
        ("澜江省财政厅", "会同省科技厅、省财政厅制定目录", "会同省科技厅制定目录"),
        ("云川市公安局", "会同公安机关开展专项整治", "开展专项整治"),
        ("云川市公安局", "会同公安机关，开展专项整治", "开展专项整治"),
        ("澜江省财政厅", "推动省财政厅建立项目库", "建立项目库"),
        (
            "澜江省财政厅",
            "推动省地方金融监督管理局、省财政厅联合发文",
            "会同省地方金融监督管理局联合发文",
        ),
        ("澜江省残疾人联合会", "会同省残联、省科技厅制定目录", "会同省科技厅制定目录"),
        ("澜江省残疾人联合会", "推动省残联建立辅具配送制度", "建立辅具配送制度"),
        ("澜江省总工会", "会同省科技厅、省总工会制定目录", "会同省科技厅制定目录"),
        ("澜江省财政厅", "会同移动互联网企业开展培训", "会同移动互联网企业开展培训"),
    ],
)
def test_we_do_not_act_with_ourselves(unit: str, clause: str, said: str) -> None:
    proposal = Proposal("关于加强协作的提案", "cppcc", None, None, (), None, "", "", ())
    assert without_ourselves(clause, make_speaker(proposal, _unit(unit))) == said

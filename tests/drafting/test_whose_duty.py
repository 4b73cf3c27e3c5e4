"""Whose duty a demand is, over a sheet of own-written demands of bureaus of every kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from replygen.drafting.limits import _without_unit
from replygen.drafting.roles import strip_means, weigh_places
from replygen.drafting.stance import take_stances
from replygen.models import Ask, Demand, Level, Proposal, Stance
from replygen.settings import Profile

_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("whose_duty.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
_PLACES: dict[str, tuple[Level, str]] = {
    "省": ("省", "澜江省"),
    "市": ("市", "云川市"),
    "县": ("县", "禾溪县"),
}
_ABOVE = {
    *("national", "provincial", "approval_above", "state_power", "title_series"),
    *("strategy", "authority", "leading_group", "tax", "wages"),
}


@pytest.mark.parametrize(("part", "least"), [("fit", 0.92), ("held", 0.87)])
def test_a_demand_is_answered_by_whom_it_concerns(part: str, least: float) -> None:
    rows = [row for row in _ROWS if row[0] == part]
    wrong = [row[1:] for row in rows if not _is_right(_take(*row[1:5]), row[5])]
    assert len(wrong) <= (1 - least) * len(rows), wrong


def test_hardly_any_demand_is_turned_over_to_a_unit_that_has_nothing_to_do_with_it() -> None:
    kinds: Counter[str] = Counter()
    for row in _ROWS:
        stance = _take(*row[1:5])
        if stance.kind == "refer" and stance.units:
            kinds["right" if _names_only(stance, row[5]) else "wrong"] += 1
    assert kinds["wrong"] <= 0.1 * kinds.total(), kinds


def _take(unit: str, title: str, topic: str, demand: str) -> Stance:
    text = f"{topic}。{demand}。"
    start = len(topic) + 1
    ask = Ask(1, topic.removeprefix("关于"), text, (Demand(demand, start, start + len(demand)),))
    paper = Proposal(title, "cppcc", None, None, (), None, "", "", (ask,))
    return take_stances(paper, (), profile=_profile(unit))[0].demands[0]


def _profile(unit: str) -> Profile:
    level, region = _PLACES.get(unit[0], _PLACES["市"])
    name = unit if unit[0] not in _PLACES else f"{region}{unit[1:]}"
    name = f"中共{name}" if unit.startswith("市委") else name
    return Profile(name=name, region=region, level=level, province="澜江省", short="我单位")


def _is_right(stance: Stance, wanted: str) -> bool:
    return any(_is_so(stance, way) for way in wanted.split("|"))


def _is_so(stance: Stance, wanted: str) -> bool:
    kind, _, names = wanted.partition(":")
    if kind.startswith("己"):
        return stance.kind not in ("refer", "decline") and _names_only(stance, wanted)
    if kind == "他":
        if stance.units or "己" not in names.split("/"):
            return bool(stance.units) and _names_only(stance, wanted)
        return stance.kind != "refer"
    if names == "编办":
        return stance.rule == "staffing"
    return stance.rule in _ABOVE and all("税务" in unit for unit in stance.units)


def _names_only(stance: Stance, wanted: str) -> bool:
    """Return whether every unit of the stance is one of those that the sheet names."""
    full = wanted.replace("市场监管", "市场监督").replace("医保", "医疗保障")
    names = full.partition(":")[2] or full
    known = [name for name in names.replace("/", "+").split("+") if name != "己"]
    return all(any(name in unit for name in known) for unit in stance.units)


@pytest.mark.parametrize(
    ("demand", "aside"),
    [
        ("通过举办消费季活动，扩大汽车消费", "举办消费季活动"),
        ("利用报纸、电视等媒体宣传垃圾分类", "报纸、电视"),
        ("以保税仓库为依托，发展冷链加工", "保税仓库"),
        ("结合老旧小区改造，增设养老床位", "老旧小区"),
        ("像“路长”一样设立片长", "路长"),
        ("开设“古树门诊”", "古树门诊"),
        ("在地铁站周边设置公共自行车", "地铁站"),
        ("为乡村教师安排体检", "乡村教师"),
        ("将互联网诊疗纳入医保支付", "互联网诊疗"),
    ],
)
def test_how_and_where_and_for_whom_count_less_than_what(demand: str, aside: str) -> None:
    weights = weigh_places(demand)
    start = demand.index(aside)
    assert max(weights[start : start + len(aside)]) < 1.0
    assert weights[-1] == 1.0 or demand.endswith("”")


@pytest.mark.parametrize(
    "demand",
    [
        "建设区域医疗中心",
        "把儿童青少年视力筛查做实",
        "对建筑工地扬尘在线监控",
        "存在安全隐患的桥梁尽快加固",
        "认为职称评审过于繁琐的，应予简化",
    ],
)
def test_what_is_asked_for_counts_whole(demand: str) -> None:
    assert set(weigh_places(demand)) == {1.0}


@pytest.mark.parametrize(
    ("demand", "asked"),
    [
        ("以空港为依托，发展临空产业", "发展临空产业"),
        ("通过举办论坛等形式推介家乡特产", "推介家乡特产"),
        ("通过冷链体系的设计", ""),
        ("围绕青年需求，增加夜校课程", "增加夜校课程"),
        ("扩大夜校招生", "扩大夜校招生"),
    ],
)
def test_a_demand_is_named_by_what_it_asks_for(demand: str, asked: str) -> None:
    assert strip_means(demand) == asked


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ("推动教育部门开展护眼宣讲", "开展护眼宣讲"),
        ("推动企业开展护眼宣讲", "推动企业开展护眼宣讲"),
        ("推动教育部门和学校开展护眼宣讲", "推动教育部门和学校开展护眼宣讲"),
        ("开展护眼宣讲", "开展护眼宣讲"),
    ],
)
def test_a_wish_of_one_unit_is_named_without_it(wish: str, named: str) -> None:
    assert _without_unit(wish) == named
